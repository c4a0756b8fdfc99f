import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'kubeadm',
  title: 'kubeadm',
  programs: ['kubeadm'],
  docs: 'https://kubernetes.io/docs/reference/setup-tools/kubeadm/kubeadm-reset/',
  valueOptions: ['--cert-dir', '--cri-socket', '--kubeconfig', '--skip-phases', '--config', '-v'],
  safeOptions: ['-h', '--dry-run'],
  operations: [
    { id: 'reset', words: ['reset'], verb: 'delete', kind: 'cluster', reversibility: 'irreversible', name: [{ text: 'this node' }], why: 'Takes {name} out of its cluster and deletes its part of the cluster’s state; on the only control plane all of it.', saferWay: 'Save a snapshot of etcd first, and drain the node.' },
    { id: 'token-delete', words: ['token', 'delete'], verb: 'revoke', kind: 'join token', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the token {name}: machines that wait with it cannot join.', saferWay: 'List them first: kubeadm token list.' },
  ],
  cases: {
    caught: [
      { command: 'sudo kubeadm reset -f', by: 'reset' },
      { command: 'kubeadm reset --force --cleanup-tmp-dir', by: 'reset' },
      { command: 'ssh node-1 sudo kubeadm reset', by: 'reset' },
      { command: 'kubeadm token delete abc.def', by: 'token-delete' },
      { command: 'kubeadm --kubeconfig admin.conf token delete abc', by: 'token-delete' },
      { command: 'sudo kubeadm token delete abc def', by: 'token-delete' },
    ],
    passes: ['kubeadm init --dry-run', 'kubeadm reset --dry-run', 'kubeadm token list', 'kubeadm version', 'kubeadm certs check-expiration'],
  },
};
