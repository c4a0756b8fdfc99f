import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'deck',
  title: 'decK',
  programs: ['deck'],
  docs: 'https://developer.konghq.com/deck/',
  valueOptions: ['--kong-addr', '--headers', '-s', '--state', '-w', '--workspace', '--config', '--konnect-token', '--select-tag'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'deck', option: ['--kong-addr'], scope: ['-w', '--workspace'] },
  operations: [
    { id: 'reset-old', words: ['reset'], verb: 'delete', kind: 'gateway configuration', reversibility: 'irreversible', name: [], why: 'Deletes every route, service and plugin of the gateway.', saferWay: 'Dump it first: deck gateway dump.' },
    { id: 'reset', words: ['gateway', 'reset'], verb: 'delete', kind: 'gateway configuration', reversibility: 'irreversible', name: [], why: 'Deletes every route, service and plugin of the gateway.', saferWay: 'Dump it first: deck gateway dump.' },
    { id: 'sync-old', words: ['sync'], verb: 'overwrite', kind: 'gateway configuration', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Makes the gateway as the file says: what is not in it is deleted.', saferWay: 'Show it first: deck gateway diff.' },
    { id: 'sync', words: ['gateway', 'sync'], verb: 'overwrite', kind: 'gateway configuration', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Makes the gateway as the file says: what is not in it is deleted.', saferWay: 'Show it first: deck gateway diff.' },
  ],
  cases: {
    caught: [
      { command: 'deck gateway reset -f', by: 'reset' },
      { command: 'deck reset --force', by: 'reset-old' },
      { command: 'deck gateway sync kong.yaml', by: 'sync' },
      { command: 'deck sync -s kong.yaml', by: 'sync-old' },
      { command: 'deck --kong-addr https://k.example.com gateway sync kong.yaml', by: 'sync' },
      { command: 'deck reset -f --workspace shop', by: 'reset-old' },
      { command: 'deck reset --select-tag shop --force', by: 'reset-old' },
      { command: 'deck sync -s kong.yaml --workspace shop', by: 'sync-old' },
      { command: 'deck sync --state a.yaml', by: 'sync-old' },
    ],
    passes: ['deck gateway dump', 'deck gateway diff kong.yaml', 'deck file validate kong.yaml', 'deck gateway ping', 'deck file remove-tags --tag old -s kong.yaml'],
  },
};
