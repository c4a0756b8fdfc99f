import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'zfs',
  title: 'ZFS',
  programs: ['zfs'],
  docs: 'https://openzfs.github.io/openzfs-docs/man/master/8/zfs-destroy.8.html',
  valueOptions: ['-o', '-x', '-t'],
  safeOptions: ['-h'],
  operations: [
    { id: 'destroy', words: ['destroy'], unless: ['-n'], verb: 'delete', kind: 'dataset', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }], why: 'Destroys {name} with its files, with -r its snapshots and everything below it.', saferWay: 'Show what would go: zfs destroy -nv.' },
    { id: 'rollback', words: ['rollback'], verb: 'discard', kind: 'dataset', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Throws away everything written since {name}, with -r newer snapshots too.', saferWay: 'Clone the snapshot instead: zfs clone.' },
    { id: 'receive-force', words: ['receive|recv'], needs: ['-F'], unless: ['-n'], verb: 'overwrite', kind: 'dataset', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Rolls {name} back to receive: what was written since is lost.', saferWay: 'Receive into a new dataset.' },
  ],
  cases: {
    caught: [
      { command: 'sudo zfs rollback tank/data@tuesday', by: 'rollback' },
      { command: 'zfs rollback -Rf tank@monday', by: 'rollback' },
      { command: 'sudo zfs recv -F tank/copy', by: 'receive-force' },
      { command: 'zfs recv -dF tank', by: 'receive-force' },
      { command: 'zfs destroy -r tank/data', by: 'destroy' },
      { command: 'sudo zfs destroy tank/data@monday', by: 'destroy' },
      { command: 'zfs destroy -rf tank', by: 'destroy' },
      { command: 'zfs rollback -r tank/data@monday', by: 'rollback' },
      { command: 'zfs receive -F tank/data', by: 'receive-force' },
      { command: 'sudo zfs rollback tank/data@friday', by: 'rollback' },
      { command: 'zfs rollback -Rf tank/home@monday', by: 'rollback' },
      { command: 'zfs send -i a backup@b | zfs recv -F tank/data', by: 'receive-force' },
      { command: 'ssh nas zfs receive -F tank/copy', by: 'receive-force' },
    ],
    passes: ['zfs list', 'zfs snapshot tank/data@x', 'zfs destroy -nv tank/data', 'zfs clone tank/data@x tank/y', 'zfs get all tank', 'zfs send tank/data@x'],
  },
};
