import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'cdk',
  title: 'AWS CDK',
  programs: ['cdk'],
  packages: ['aws-cdk'],
  docs: 'https://docs.aws.amazon.com/cdk/v2/guide/ref-cli-cmd.html',
  valueOptions: ['-a', '--app', '-c', '--context', '-o', '--output', '--profile', '-r', '--role-arn', '--parameters', '--concurrency', '--toolkit-stack-name', '--require-approval', '--rollback-buffer-days', '--action', '--type'],
  safeOptions: ['-h'],
  target: { system: 'cdk', option: ['--profile'], settings: { context: ['-c', '--context'] } },
  operations: [
    { id: 'destroy', words: ['destroy'], verb: 'delete', kind: 'stack', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Destroys the stacks {name} with the resources in them.', saferWay: 'Show what is there: cdk list, cdk diff.' },
    { id: 'deploy', words: ['deploy'], needs: ['--force', '-f', '--hotswap', '--hotswap-fallback'], verb: 'overwrite', kind: 'stack', reversibility: 'irreversible', certainty: 'likely', name: [{ operands: 'all' }], why: 'Deploys {name} without asking; changes may replace or destroy what runs.', saferWay: 'Show them first: cdk diff.' },
    { id: 'deploy-unasked', words: ['deploy'], needs: ['--require-approval'], verb: 'overwrite', kind: 'stack', reversibility: 'irreversible', certainty: 'likely', name: [{ operands: 'all' }], why: 'Deploys {name} without asking for approval; changes may replace or destroy what runs.', saferWay: 'Show them first: cdk diff.' },
    { id: 'rollback', words: ['rollback'], verb: 'overwrite', kind: 'stack', reversibility: 'irreversible', certainty: 'likely', name: [{ operands: 'all' }], why: 'Rolls the stack {name} back.', saferWay: 'Look first: cdk diff.' },
    { id: 'gc', words: ['gc'], unless: ['--action'], verb: 'delete', kind: 'assets', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes assets that no stack uses now; a rollback may need them.', saferWay: 'Show them first: cdk gc --action print.' },
  ],
  cases: {
    caught: [
      { command: 'cdk destroy --all --force', by: 'destroy' },
      { command: 'npx cdk destroy ShopStack', by: 'destroy' },
      { command: 'npx aws-cdk destroy --all -f', by: 'destroy' },
      { command: 'cdk --profile prod destroy ShopStack --force', by: 'destroy' },
      { command: 'cdk deploy --hotswap', by: 'deploy' },
      { command: 'cdk deploy --all --require-approval never', by: 'deploy-unasked' },
      { command: 'cdk rollback ShopStack', by: 'rollback' },
      { command: 'cdk gc --unstable=gc', by: 'gc' },
      { command: 'cdk deploy ShopStack --hotswap-fallback', by: 'deploy' },
      { command: 'cdk rollback ShopStack --force', by: 'rollback' },
      { command: 'npx cdk rollback --all', by: 'rollback' },
      { command: 'cdk gc --unstable=gc --rollback-buffer-days 0 --confirm false', by: 'gc' },
      { command: 'npx cdk gc aws://123456789012/eu-west-1 --unstable=gc', by: 'gc' },
    ],
    passes: ['cdk diff', 'cdk synth', 'cdk list', 'cdk deploy ShopStack', 'cdk bootstrap', 'cdk init app --language typescript', 'cdk doctor'],
  },
};
