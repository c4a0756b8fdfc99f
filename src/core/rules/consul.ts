import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'consul',
  title: 'Consul',
  programs: ['consul'],
  docs: 'https://developer.hashicorp.com/consul/commands',
  valueOptions: ['-id', '-address', '-http-addr', '-token', '-datacenter', '-namespace', '-partition', '-ca-file'],
  optionStyle: 'single-dash',
  safeOptions: ['-h', '-help'],
  target: { system: 'consul', option: ['-http-addr', '-datacenter'], variable: ['CONSUL_HTTP_ADDR'] },
  operations: [
    { id: 'kv-delete', words: ['kv', 'delete'], verb: 'delete', kind: 'keys', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the key {name}, with -recurse everything below it.', saferWay: 'Export it first: consul kv export.' },
    { id: 'kv-import', words: ['kv', 'import'], verb: 'overwrite', kind: 'keys', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Writes keys over those that are there.', saferWay: 'Export them first: consul kv export.' },
    { id: 'snapshot-restore', words: ['snapshot', 'restore'], verb: 'overwrite', kind: 'cluster state', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Replaces the state of the whole cluster with {name}.', saferWay: 'Save one first: consul snapshot save.' },
    { id: 'leave', words: ['leave|force-leave'], verb: 'stop', kind: 'node', reversibility: 'reversible', name: [{ operand: 0 }], why: 'Takes the node {name} out of the cluster.', saferWay: 'Look first: consul members.' },
    { id: 'peer', words: ['operator', 'raft'], needs: ['-address', '-id'], verb: 'delete', kind: 'peer', reversibility: 'irreversible', name: [{ operand: 1 }], why: 'Changes which servers hold the state.', saferWay: 'Look first: consul operator raft list-peers.' },
  ],
  unlisted: 'Consul resource',
  cases: {
    caught: [
      { command: 'consul kv delete -recurse config/', by: 'kv-delete' },
      { command: 'consul kv delete config/a', by: 'kv-delete' },
      { command: 'consul kv -http-addr=https://c.example.com delete x', by: 'kv-delete' },
      { command: 'consul kv import @old.json', by: 'kv-import' },
      { command: 'consul snapshot restore old.snap', by: 'snapshot-restore' },
      { command: 'consul leave', by: 'leave' },
      { command: 'consul force-leave node-1', by: 'leave' },
      { command: 'consul operator raft remove-peer -id=x', by: 'peer' },
      { command: 'consul acl token delete -id x', by: 'unlisted' },
      { command: 'consul services deregister -id=web', by: 'unlisted' },
    ],
    passes: ['consul members', 'consul kv get config/a', 'consul kv export', 'consul snapshot save x.snap', 'consul catalog services', 'consul kv put a b', 'consul operator raft list-peers'],
  },
};
