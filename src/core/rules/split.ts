import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'split',
  title: 'Split feature flags',
  programs: ['split'],
  docs: 'https://help.split.io/hc/en-us',
  valueOptions: ['--workspace', '--apikey', '--environment', '-w', '-e', '-k'],
  safeOptions: ['-h', '--help', '--version'],
  target: { system: 'split', option: ['-e', '--environment', '-w', '--workspace'] },
  operations: [
    { id: 'flag-delete', words: ['splits|segments|workspaces|environments|traffic-types|users|groups|attributes', 'delete|kill|archive|deactivate'], verb: 'delete', kind: 'feature flag', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes or kills {name}: what asks for it gets the default.', saferWay: 'Look first with the get command.' },
  ],
  cases: {
    caught: [
      { command: 'split splits delete checkout --workspace shop', by: 'flag-delete' },
      { command: 'split splits kill checkout --environment production', by: 'flag-delete' },
      { command: 'split --workspace shop segments delete testers', by: 'flag-delete' },
    ],
    passes: ['split -b 10m dump.sql part-', 'split -l 1000 list.txt', 'split splits list --workspace shop', 'split -n 4 data.csv chunk'],
  },
};
