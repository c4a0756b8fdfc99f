import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'sst',
  title: 'SST',
  programs: ['sst'],
  docs: 'https://sst.dev/docs/reference/cli/',
  valueOptions: ['--stage', '--config', '--target', '--exclude', '--fallback'],
  safeOptions: ['-h'],
  target: { system: 'sst', option: ['--stage'], variable: ['SST_STAGE'] },
  operations: [
    { id: 'remove', words: ['remove'], verb: 'delete', kind: 'app', reversibility: 'irreversible', name: [{ option: ['--stage'] }, { text: 'the personal stage' }], why: 'Removes every resource of {name} from the cloud.', saferWay: 'Show what would change: sst diff.' },
    { id: 'secret-remove', words: ['secret|secrets', 'remove'], verb: 'delete', kind: 'secret', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the secret {name}.', saferWay: 'Let a person keep the value first.' },
    { id: 'unlock', words: ['unlock'], verb: 'overwrite', kind: 'state', reversibility: 'irreversible', name: [{ option: ['--stage'] }], why: 'Removes the lock that keeps two deploys apart.', saferWay: 'Wait for the other deploy.' },
    { id: 'state', words: ['state', 'edit|remove|repair'], verb: 'overwrite', kind: 'state', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Changes the state by hand: SST forgets {name}.', saferWay: 'Keep the state first: sst state export.' },
  ],
  cases: {
    caught: [
      { command: 'sst remove --stage production', by: 'remove' },
      { command: 'npx sst remove', by: 'remove' },
      { command: 'pnpm exec sst remove --stage pr-12', by: 'remove' },
      { command: 'sst secret remove StripeKey --stage production', by: 'secret-remove' },
      { command: 'sst unlock --stage production', by: 'unlock' },
      { command: 'sst state remove Database --stage production', by: 'state' },
      { command: 'sst secrets remove ApiKey', by: 'secret-remove' },
      { command: 'npx sst secret remove StripeKey --fallback', by: 'secret-remove' },
      { command: 'sst unlock', by: 'unlock' },
      { command: 'npx sst unlock --stage dev', by: 'unlock' },
      { command: 'sst state edit --stage production', by: 'state' },
      { command: 'sst state repair', by: 'state' },
    ],
    passes: ['sst dev', 'sst deploy --stage dev', 'sst diff --stage production', 'sst secret list', 'sst state export', 'sst shell', 'sst version'],
  },
};
