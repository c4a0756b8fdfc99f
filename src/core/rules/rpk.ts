import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'rpk',
  title: 'Redpanda',
  programs: ['rpk'],
  docs: 'https://docs.redpanda.com/current/reference/rpk/',
  valueOptions: ['-X', '--brokers', '--profile', '-o', '--offset', '-p', '--partitions', '--config'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'kafka', option: ['--brokers', '--profile'] },
  operations: [
    { id: 'trim', words: ['topic', 'trim-prefix'], verb: 'truncate', kind: 'topic', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the older messages of {name}.', saferWay: 'Look first: rpk topic describe.' },
  ],
  unlisted: 'Redpanda resource',
  cases: {
    caught: [
      { command: 'rpk topic delete orders', by: 'unlisted' },
      { command: 'rpk group delete g', by: 'unlisted' },
      { command: 'rpk acl delete --allow-principal x', by: 'unlisted' },
      { command: 'rpk topic trim-prefix orders -o end', by: 'trim' },
    ],
    passes: ['rpk topic list', 'rpk cluster info', 'rpk topic create x', 'rpk group describe g'],
  },
};
