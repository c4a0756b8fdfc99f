import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'nats',
  title: 'NATS',
  programs: ['nats'],
  docs: 'https://docs.nats.io/using-nats/nats-tools/nats_cli',
  valueOptions: ['-s', '--server', '--context', '--creds', '--user', '--password', '--timeout'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'nats', option: ['--context', '-s', '--server'] },
  operations: [],
  unlisted: 'NATS resource',
  cases: {
    caught: [
      { command: 'nats stream delete ORDERS -f', by: 'unlisted' },
      { command: 'nats stream rm ORDERS', by: 'unlisted' },
      { command: 'nats stream purge ORDERS', by: 'unlisted' },
      { command: 'nats kv del CONFIG key', by: 'unlisted' },
      { command: 'nats consumer rm ORDERS c', by: 'unlisted' },
      { command: 'nats object delete bucket a', by: 'unlisted' },
    ],
    passes: ['nats stream ls', 'nats stream info ORDERS', 'nats pub deleted x', 'nats kv get CONFIG key', 'nats account info'],
  },
};
