import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'nats',
  title: 'NATS',
  programs: ['nats'],
  docs: 'https://docs.nats.io/using-nats/nats-tools/nats_cli',
  valueOptions: ['-s', '--server', '--context', '--creds', '--user', '--password', '--timeout', '--nkey', '--tlscert', '--tlskey', '--tlsca', '--subject', '--seq', '--keep', '--domain'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'nats', option: ['--context', '-s', '--server'] },
  operations: [
    { id: 'stream-delete', words: ['stream|str|s', 'rm|delete|del'], verb: 'delete', kind: 'stream', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the stream {name} with its messages.', saferWay: 'Keep a copy first: nats stream backup.' },
    { id: 'stream-purge', words: ['stream|str|s', 'purge|rmm|seal'], verb: 'truncate', kind: 'stream', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes messages of the stream {name}, or closes it for good.', saferWay: 'Keep a copy first: nats stream backup.' },
    { id: 'bucket-delete', words: ['kv|object|obj', 'rm|delete|del|purge|seal'], verb: 'delete', kind: 'bucket', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name}, or the whole bucket.', saferWay: 'Look first: nats kv ls.' },
    { id: 'consumer-delete', words: ['consumer|con|c', 'rm|delete|del'], verb: 'delete', kind: 'consumer', reversibility: 'irreversible', name: [{ operand: 1 }], why: 'Deletes the consumer {name}: what it had still to handle is forgotten.', saferWay: 'Look first: nats consumer info.' },
  ],
  unlisted: 'NATS resource',
  cases: {
    caught: [
      { command: 'nats stream delete ORDERS -f', by: 'stream-delete' },
      { command: 'nats stream rm ORDERS', by: 'stream-delete' },
      { command: 'nats stream purge ORDERS', by: 'stream-purge' },
      { command: 'nats kv del CONFIG key', by: 'bucket-delete' },
      { command: 'nats consumer rm ORDERS c', by: 'consumer-delete' },
      { command: 'nats object delete bucket a', by: 'bucket-delete' },
      { command: 'nats --context prod str purge ORDERS -f --keep 10', by: 'stream-purge' },
      { command: 'nats s seal ORDERS -f', by: 'stream-purge' },
      { command: 'nats -s nats://mq.example.com kv purge CONFIG key -f', by: 'bucket-delete' },
      { command: 'nats con rm ORDERS billing -f', by: 'consumer-delete' },
      { command: 'nats --context prod consumer delete ORDERS billing', by: 'consumer-delete' },
      { command: 'nats account tls purge', by: 'unlisted' },
      { command: 'nats auth user rm ops app', by: 'unlisted' },
    ],
    passes: ['nats stream ls', 'nats stream info ORDERS', 'nats pub deleted x', 'nats kv get CONFIG key', 'nats account info', 'nats stream backup ORDERS dir', 'nats consumer next ORDERS billing', 'nats kv ls CONFIG', 'nats stream report'],
  },
};
