import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'partition',
  title: 'partition tools',
  programs: ['fdisk', 'cfdisk', 'sfdisk', 'sgdisk', 'gdisk', 'cgdisk'],
  docs: 'https://man7.org/linux/man-pages/man8/fdisk.8.html',
  valueOptions: [],
  safeOptions: ['-h'],
  operations: [
    { id: 'edit', words: ['*'], unless: ['-l', '--list', '-p', '--print', '-v', '--verify', '-i', '--info', '-d', '--dump', '-V', '-s', '--getsz', '--script-print'], verb: 'overwrite', kind: 'partition table', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Changes the partitions of {name}; files on them may be lost.', saferWay: 'Look first: lsblk.' },
  ],
  cases: {
    caught: [
      { command: 'sudo cfdisk /dev/sdb', by: 'edit' },
      { command: 'fdisk /dev/sdb', by: 'edit' },
      { command: 'sgdisk --zap-all /dev/sdb', by: 'edit' },
      { command: 'sfdisk --delete /dev/sdb 1', by: 'edit' },
    ],
    passes: ['fdisk -l', 'sfdisk --dump /dev/sdb', 'sgdisk -p /dev/sdb', 'cfdisk --help'],
  },
};
