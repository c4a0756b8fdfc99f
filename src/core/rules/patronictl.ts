import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'patronictl',
  title: 'Patroni',
  programs: ['patronictl'],
  docs: 'https://patroni.readthedocs.io/en/latest/patronictl.html',
  valueOptions: ['-c', '--config-file', '-d', '--dcs-url', '-k', '--group', '--candidate', '--leader', '--primary', '--member', '-s', '--set', '-p', '--apply'],
  safeOptions: ['-h'],
  target: { system: 'patroni', option: ['-c', '--config-file'] },
  operations: [
    { id: 'remove', words: ['remove'], verb: 'delete', kind: 'cluster', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes what is known of the cluster {name}.', saferWay: 'Look first: patronictl list.' },
    { id: 'reinit', words: ['reinit'], verb: 'overwrite', kind: 'member', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the data of members of {name} and copies it anew.', saferWay: 'Look first: patronictl list.' },
    { id: 'failover', words: ['failover|switchover'], verb: 'stop', kind: 'primary', reversibility: 'reversible', name: [{ operand: 0 }], why: 'Makes another member of {name} the primary.', saferWay: 'Look first: patronictl list.' },
    { id: 'restart', words: ['restart|pause'], verb: 'stop', kind: 'cluster', reversibility: 'reversible', name: [{ operand: 0 }], why: 'Restarts members of {name}, or switches off what takes over when the primary fails.', saferWay: 'Look first: patronictl list.' },
    { id: 'edit-config', words: ['edit-config'], needs: ['--force', '-s', '--set', '--apply', '--replace', '-p'], verb: 'overwrite', kind: 'cluster settings', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Changes settings of the whole cluster {name}.', saferWay: 'Look first: patronictl show-config.' },
  ],
  cases: {
    caught: [
      { command: 'patronictl -c /etc/patroni.yml remove shop', by: 'remove' },
      { command: 'patronictl remove shop --group 0', by: 'remove' },
      { command: 'docker exec pg patronictl remove shop', by: 'remove' },
      { command: 'patronictl reinit shop pg-2 --force', by: 'reinit' },
      { command: 'patronictl -c x.yml reinit shop', by: 'reinit' },
      { command: 'kubectl exec pg-0 -- patronictl reinit shop pg-1', by: 'reinit' },
      { command: 'patronictl failover shop --candidate pg-2 --force', by: 'failover' },
      { command: 'patronictl switchover shop --force', by: 'failover' },
      { command: 'kubectl exec pg-0 -- patronictl failover', by: 'failover' },
      { command: 'patronictl restart shop --force', by: 'restart' },
      { command: 'patronictl pause shop', by: 'restart' },
      { command: 'patronictl -c x.yml restart shop pg-1', by: 'restart' },
      { command: 'patronictl edit-config shop -s ttl=1 --force', by: 'edit-config' },
      { command: 'patronictl -c x.yml edit-config --apply a.yml --force', by: 'edit-config' },
      { command: 'kubectl exec pg-0 -- patronictl edit-config -s loop_wait=1', by: 'edit-config' },
    ],
    passes: ['patronictl list', 'patronictl show-config', 'patronictl history', 'patronictl topology', 'patronictl resume shop', 'patronictl reload shop'],
  },
};
