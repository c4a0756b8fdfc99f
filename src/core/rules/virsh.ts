import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'virsh',
  title: 'virsh',
  programs: ['virsh'],
  docs: 'https://www.libvirt.org/manpages/virsh.html',
  valueOptions: ['-c', '--connect', '--domain', '--pool', '--vol', '--snapshotname'],
  safeOptions: ['-h'],
  operations: [
    { id: 'undefine', words: ['undefine|vol-delete|vol-wipe|pool-delete|snapshot-delete|checkpoint-delete|net-undefine|pool-undefine'], verb: 'delete', kind: 'virtual machine', reversibility: 'irreversible', name: [{ operand: 0 }, { option: ['--domain', '--vol', '--pool'] }], why: 'Deletes {name} or its storage.', saferWay: 'Keep its description first: virsh dumpxml.' },
    { id: 'destroy', words: ['destroy|reset|net-destroy|pool-destroy|shutdown'], verb: 'stop', kind: 'virtual machine', reversibility: 'reversible', name: [{ operand: 0 }, { option: ['--domain'] }], why: 'Ends {name} at once; what it has not written is lost.', saferWay: 'Let it shut down from inside.' },
    { id: 'revert', words: ['snapshot-revert|restore|blockcommit'], verb: 'discard', kind: 'virtual machine', reversibility: 'irreversible', name: [{ operand: 0 }, { option: ['--domain'] }], why: 'Throws away what {name} did since the snapshot.', saferWay: 'Take a snapshot first.' },
  ],
  cases: {
    caught: [
      { command: 'virsh undefine web --remove-all-storage', by: 'undefine' },
      { command: 'virsh undefine --domain web', by: 'undefine' },
      { command: 'virsh vol-delete disk.qcow2 --pool default', by: 'undefine' },
      { command: 'virsh -c qemu:///system destroy web', by: 'destroy' },
      { command: 'virsh snapshot-revert web monday', by: 'revert' },
      { command: 'virsh destroy web --graceful', by: 'destroy' },
      { command: 'sudo virsh destroy db', by: 'destroy' },
      { command: 'virsh snapshot-revert --domain web --snapshotname monday', by: 'revert' },
      { command: 'sudo virsh snapshot-revert db clean --force', by: 'revert' },
    ],
    passes: ['virsh list --all', 'virsh start web', 'virsh dumpxml web', 'virsh snapshot-create web', 'virsh console web'],
  },
};
