import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'local-clusters',
  title: 'kind, k3d and MicroK8s',
  programs: ['kind', 'k3d', 'microk8s', 'ctlptl'],
  docs: 'https://kind.sigs.k8s.io/docs/user/quick-start/',
  valueOptions: ['-p', '--profile', '--name', '-n', '--kubeconfig', '-v', '--verbosity', '-c', '--config'],
  safeOptions: ['-h'],
  operations: [
    { id: 'delete', words: ['delete'], verb: 'delete', kind: 'cluster', reversibility: 'irreversible', name: [{ option: ['-p', '--profile', '--name', '-n'] }, { operand: 1 }, { text: 'the default one' }], why: 'Deletes the local cluster {name} with the volumes and data in it.', saferWay: 'Stop it instead, which keeps its data.' },
    { id: 'cluster-delete', words: ['cluster|node|registry', 'delete|rm|del'], verb: 'delete', kind: 'cluster', reversibility: 'irreversible', name: [{ operands: 'all' }, { text: 'the default one' }], why: 'Deletes the local cluster {name} with the volumes and data in it.', saferWay: 'Stop it instead: k3d cluster stop.' },
    { id: 'reset', words: ['reset'], verb: 'delete', kind: 'cluster', reversibility: 'irreversible', name: [{ text: 'MicroK8s' }], why: 'Takes everything out of the cluster of {name}; with --destroy-storage its volumes go too.', saferWay: 'Stop it instead: microk8s stop.' },
    { id: 'leave', words: ['leave|remove-node'], verb: 'stop', kind: 'node', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Takes the node {name} out of its cluster.', saferWay: 'Drain it first: microk8s kubectl drain.' },
  ],
  cases: {
    caught: [
      { command: 'kind delete clusters --all', by: 'delete' },
      { command: 'sudo kind delete cluster', by: 'delete' },
      { command: 'kind delete cluster --name shop', by: 'delete' },
      { command: 'k3d cluster delete shop', by: 'cluster-delete' },
      { command: 'k3d cluster rm --all', by: 'cluster-delete' },
      { command: 'k3d registry delete k3d-images', by: 'cluster-delete' },
      { command: 'microk8s reset --destroy-storage', by: 'reset' },
      { command: 'sudo microk8s reset', by: 'reset' },
      { command: 'sudo -n microk8s reset', by: 'reset' },
      { command: 'microk8s leave', by: 'leave' },
      { command: 'microk8s remove-node worker-2 --force', by: 'leave' },
      { command: 'sudo microk8s leave', by: 'leave' },
    ],
    passes: ['kind create cluster', 'kind get clusters', 'k3d cluster list', 'microk8s status', 'kind load docker-image web:1'],
  },
};
