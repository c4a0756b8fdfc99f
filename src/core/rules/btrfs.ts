import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'btrfs',
  title: 'btrfs',
  programs: ['btrfs', 'btrfstune'],
  docs: 'https://btrfs.readthedocs.io/en/latest/btrfs-subvolume.html',
  valueOptions: ['-i', '--subvolid', '-c', '--commit-after', '-m', '-d', '-s'],
  safeOptions: ['-h', '--dry-run'],
  operations: [
    { id: 'subvolume-delete', words: ['subvolume|sub|su', 'delete|del|d'], verb: 'delete', kind: 'subvolume', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }], why: 'Deletes the subvolume {name} with every file in it; snapshots are subvolumes too.', saferWay: 'Snapshot it first: btrfs subvolume snapshot.' },
    { id: 'device-remove', words: ['device|dev', 'remove|delete|rem|del'], verb: 'delete', kind: 'device', reversibility: 'recoverable', name: [{ operands: 'all' }], why: 'Takes a disk out of a file system: {name}.', saferWay: 'Look first: btrfs filesystem usage.' },
    { id: 'repair', words: ['check|rescue'], needs: ['--repair', '--init-csum-tree', '--init-extent-tree', '--clear-space-cache', '--clear-ino-cache'], verb: 'overwrite', kind: 'file system', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Rewrites what holds the file system on {name} together; a wrong repair loses all of it.', saferWay: 'Copy the files off first: btrfs restore.' },
    { id: 'zero-log', words: ['rescue', 'zero-log|chunk-recover|super-recover|clear-uuid-tree'], verb: 'overwrite', kind: 'file system', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Throws away the log of {name}: what was not yet written is lost.', saferWay: 'Copy the files off first: btrfs restore.' },
    { id: 'shrink', words: ['filesystem|fi', 'resize'], verb: 'overwrite', kind: 'file system', reversibility: 'irreversible', certainty: 'likely', name: [{ operands: 'all' }], why: 'Changes the size of a file system: {name}.', saferWay: 'Look first: btrfs filesystem usage.' },
  ],
  cases: {
    caught: [
      { command: 'sudo btrfs subvolume delete /mnt/@home', by: 'subvolume-delete' },
      { command: 'btrfs sub del -c /snapshots/1', by: 'subvolume-delete' },
      { command: 'sudo btrfs su delete /mnt/a /mnt/b', by: 'subvolume-delete' },
      { command: 'btrfs device remove /dev/sdb /mnt', by: 'device-remove' },
      { command: 'sudo btrfs dev delete missing /mnt', by: 'device-remove' },
      { command: 'btrfs device del 2 /mnt', by: 'device-remove' },
      { command: 'sudo btrfs check --repair /dev/sdb', by: 'repair' },
      { command: 'btrfs check --init-extent-tree /dev/sdb', by: 'repair' },
      { command: 'btrfs rescue zero-log /dev/sdb', by: 'zero-log' },
      { command: 'sudo btrfs rescue chunk-recover /dev/sdb', by: 'zero-log' },
      { command: 'sudo btrfs rescue super-recover /dev/sdb', by: 'zero-log' },
      { command: 'sudo btrfs check --clear-space-cache v2 /dev/sdb', by: 'repair' },
      { command: 'sudo btrfs filesystem resize -50G /mnt', by: 'shrink' },
      { command: 'btrfs fi resize 1:100G /mnt', by: 'shrink' },
      { command: 'sudo btrfs fi resize -10g /', by: 'shrink' },
    ],
    passes: ['btrfs subvolume list /', 'sudo btrfs subvolume snapshot / /snapshots/1', 'btrfs filesystem usage /', 'btrfs check /dev/sdb', 'sudo btrfs scrub start /', 'btrfs fi show'],
  },
};
