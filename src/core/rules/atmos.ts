import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'atmos',
  title: 'Atmos',
  programs: ['atmos'],
  docs: 'https://atmos.tools/cli/commands/',
  valueOptions: ['-s', '--stack', '--base-path', '--config', '--config-path', '--logs-level'],
  optionStyle: 'single-dash',
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'terraform', option: ['-s', '--stack'] },
  operations: [
    { id: 'destroy', words: ['terraform|tf|opentofu|tofu|helmfile|packer', 'destroy|clean'], verb: 'delete', kind: 'infrastructure', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Destroys {name}, or deletes its state and plans.', saferWay: 'Show what would go: atmos terraform plan -destroy.' },
    { id: 'apply', words: ['terraform|tf|opentofu|tofu|helmfile', 'deploy'], verb: 'overwrite', kind: 'infrastructure', reversibility: 'irreversible', certainty: 'likely', name: [{ operand: 0 }], why: 'Applies changes to {name} that nobody has looked at; they may replace or destroy what runs.', saferWay: 'Show them first: atmos terraform plan.' },
    { id: 'apply-approved', words: ['terraform|tf|opentofu|tofu|helmfile', 'apply'], needs: ['-auto-approve', '--auto-approve'], verb: 'overwrite', kind: 'infrastructure', reversibility: 'irreversible', certainty: 'likely', name: [{ operand: 0 }], why: 'Applies changes to {name} that nobody has looked at; they may replace or destroy what runs.', saferWay: 'Show them first: atmos terraform plan.' },
    { id: 'workspace-delete', words: ['terraform|tf|opentofu|tofu', 'workspace', 'delete'], verb: 'delete', kind: 'workspace', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the workspace {name} with its state.', saferWay: 'List it first and let a person delete it.' },
    { id: 'state', words: ['terraform|tf|opentofu|tofu', 'state', 'rm|mv|push|replace-provider'], verb: 'overwrite', kind: 'state', reversibility: 'irreversible', certainty: 'likely', name: [{ operand: 0 }], why: 'Changes the state of {name} by hand: what it forgets is built again beside the old, or destroyed.', saferWay: 'Keep a copy first: atmos terraform state pull.' },
    { id: 'taint', words: ['terraform|tf|opentofu|tofu', 'taint'], verb: 'delete', kind: 'infrastructure', reversibility: 'irreversible', certainty: 'likely', name: [{ operand: 0 }], why: 'Has a resource of {name} destroyed and built again by the next apply.', saferWay: 'Show it first: atmos terraform plan -replace.' },
    { id: 'unlock', words: ['terraform|tf|opentofu|tofu', 'force-unlock'], verb: 'revoke', kind: 'state lock', reversibility: 'reversible', name: [{ operand: 0 }], why: 'Removes the lock that keeps two runs from writing the state at once.', saferWay: 'Ask who holds the lock.' },
  ],
  cases: {
    caught: [
      { command: 'atmos terraform workspace delete dev', by: 'workspace-delete' },
      { command: 'atmos terraform force-unlock vpc -s prod abc', by: 'unlock' },
      { command: 'atmos terraform destroy vpc -s prod', by: 'destroy' },
      { command: 'atmos terraform clean --everything --force', by: 'destroy' },
      { command: 'atmos helmfile destroy app -s prod', by: 'destroy' },
      { command: 'atmos terraform deploy vpc -s prod', by: 'apply' },
      { command: 'atmos terraform apply vpc -s prod -auto-approve', by: 'apply-approved' },
      { command: 'atmos terraform state rm vpc -s prod aws_vpc.a', by: 'state' },
      { command: 'atmos tofu state mv vpc -s prod a b', by: 'state' },
      { command: 'atmos terraform taint vpc -s prod aws_vpc.a', by: 'taint' },
    ],
    passes: ['atmos terraform plan vpc -s prod', 'atmos describe stacks', 'atmos list components', 'atmos terraform apply vpc -s dev', 'atmos validate stacks'],
  },
};
