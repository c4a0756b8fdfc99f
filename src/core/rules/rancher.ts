import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'rancher',
  title: 'Rancher',
  programs: ['rancher', 'rke'],
  docs: 'https://ranchermanager.docs.rancher.com/reference-guides/cli-with-rancher',
  valueOptions: ['-c', '--config', '--server', '--token', '--context', '--format', '--name'],
  safeOptions: ['-h'],
  target: { system: 'rancher', option: ['--context', '--server', '-c', '--config'] },
  operations: [
    { id: 'cluster-delete', words: ['clusters|cluster|projects|project|namespaces|namespace|apps|app|nodes|node|machines', 'delete|rm'], verb: 'delete', kind: 'cluster', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name} with everything that runs in it.', saferWay: 'List it first and let a person delete it.' },
    { id: 'rke-remove', words: ['remove'], verb: 'delete', kind: 'cluster', reversibility: 'irreversible', name: [{ option: ['--config'] }, { operand: 0 }], why: 'Removes the cluster {name} from its machines.', saferWay: 'Save a snapshot first: rke etcd snapshot-save.' },
    { id: 'etcd-restore', words: ['etcd', 'snapshot-restore'], verb: 'overwrite', kind: 'cluster state', reversibility: 'irreversible', name: [{ option: ['--name'] }], why: 'Replaces the state of the whole cluster with the snapshot {name}.', saferWay: 'Save one first: rke etcd snapshot-save.' },
    { id: 'app-rollback', words: ['app|apps', 'rollback|upgrade'], verb: 'overwrite', kind: 'app', reversibility: 'recoverable', certainty: 'likely', name: [{ operand: 0 }], why: 'Changes what runs of {name}.', saferWay: 'Look first: rancher apps ls.' },
  ],
  unlisted: 'Rancher resource',
  cases: {
    caught: [
      { command: 'rancher clusters delete c-abc', by: 'cluster-delete' },
      { command: 'rancher projects rm p-1', by: 'cluster-delete' },
      { command: 'rancher --context c-1:p-1 namespaces delete shop', by: 'cluster-delete' },
      { command: 'rancher apps delete shop', by: 'cluster-delete' },
      { command: 'rke remove --config cluster.yml --force', by: 'rke-remove' },
      { command: 'rke --debug remove', by: 'rke-remove' },
      { command: 'rke remove -f', by: 'rke-remove' },
      { command: 'rke etcd snapshot-restore --name nightly', by: 'etcd-restore' },
      { command: 'rke etcd snapshot-restore --config cluster.yml --name nightly', by: 'etcd-restore' },
      { command: 'rke -q etcd snapshot-restore --name old', by: 'etcd-restore' },
      { command: 'rancher app rollback shop 3', by: 'app-rollback' },
      { command: 'rancher apps upgrade shop 2.0.0', by: 'app-rollback' },
      { command: 'rancher --context c-1:p-1 app rollback shop 1', by: 'app-rollback' },
      { command: 'rancher settings reset server-url', by: 'unlisted' },
    ],
    passes: ['rancher clusters ls', 'rancher kubectl get pods', 'rancher context switch', 'rke up', 'rke etcd snapshot-save --name x', 'rancher login https://rancher.example.com'],
  },
};
