import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'lvm',
  title: 'LVM',
  programs: ['lvremove', 'vgremove', 'pvremove'],
  docs: 'https://man7.org/linux/man-pages/man8/lvremove.8.html',
  valueOptions: ['--config', '-S', '--select'],
  safeOptions: ['-h', '-t', '--test'],
  operations: [
    { id: 'remove', words: ['*'], verb: 'delete', kind: 'volume', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name} with every file on it.', saferWay: 'Keep a copy of the data first.' },
  ],
  cases: {
    caught: [
      { command: 'sudo lvremove -y vg0/root', by: 'remove' },
      { command: 'vgremove vg0', by: 'remove' },
      { command: 'pvremove /dev/sdb1', by: 'remove' },
    ],
    passes: ['lvremove --test vg0/root', 'lvremove --help', 'vgremove -t vg0'],
  },
};
