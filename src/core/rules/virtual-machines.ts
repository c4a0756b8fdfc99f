import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'virtual-machines',
  title: 'virtual machines',
  programs: ['multipass', 'orb', 'orbctl', 'limactl', 'vagrant', 'colima', 'minikube', 'lxc', 'incus'],
  docs: 'https://multipass.run/docs/delete-command',
  valueOptions: ['-p', '--profile'],
  safeOptions: ['-h'],
  operations: [
    { id: 'delete', words: ['delete|rm|remove|reset|destroy|purge|factory-reset'], verb: 'delete', kind: 'virtual machine', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the virtual machine {name} with every file in it.', saferWay: 'Stop it instead.' },
  ],
  unlisted: 'virtual machine',
  cases: {
    caught: [
      { command: 'multipass delete --purge dev', by: 'delete' },
      { command: 'orb delete ubuntu', by: 'delete' },
      { command: 'limactl delete -f default', by: 'delete' },
      { command: 'vagrant destroy -f', by: 'delete' },
      { command: 'colima delete', by: 'delete' },
      { command: 'minikube delete --all', by: 'delete' },
      { command: 'multipass snapshot purge dev', by: 'unlisted' },
    ],
    passes: ['multipass list', 'orb list', 'limactl list', 'vagrant up', 'vagrant halt', 'colima stop', 'minikube start', 'multipass stop dev'],
  },
};
