import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'k3s-scripts',
  title: 'K3s and RKE2',
  programs: ['k3s-uninstall.sh', 'k3s-agent-uninstall.sh', 'rke2-uninstall.sh', 'k3s-killall.sh', 'rke2-killall.sh'],
  docs: 'https://docs.k3s.io/installation/uninstall',
  valueOptions: [],
  operations: [
    { id: 'uninstall', words: [], verb: 'delete', kind: 'cluster', reversibility: 'irreversible', name: [{ text: 'this machine' }], why: 'Stops everything the cluster runs on {name}; the uninstall scripts delete its state and volumes too.', saferWay: 'Save a snapshot first: k3s etcd-snapshot save.' },
  ],
  cases: {
    caught: [
      { command: '/usr/local/bin/k3s-uninstall.sh', by: 'uninstall' },
      { command: 'sudo k3s-agent-uninstall.sh', by: 'uninstall' },
      { command: 'sudo /usr/bin/rke2-uninstall.sh', by: 'uninstall' },
      { command: 'k3s-killall.sh', by: 'uninstall' },
    ],
    passes: ['ls /usr/local/bin/k3s-uninstall.sh', 'which k3s-killall.sh', 'cat /usr/local/bin/k3s-uninstall.sh'],
  },
};
