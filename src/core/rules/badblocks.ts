import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'badblocks',
  title: 'badblocks',
  programs: ['badblocks'],
  docs: 'https://man7.org/linux/man-pages/man8/badblocks.8.html',
  valueOptions: ['-b', '-c', '-e', '-d', '-i', '-o', '-p', '-t'],
  safeOptions: ['-h', '-V'],
  operations: [
    { id: 'write', words: [], needs: ['-w'], verb: 'overwrite', kind: 'disk', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Writes test patterns over every block of {name}: every file on it is lost.', saferWay: 'Test it without loss: badblocks -n.' },
  ],
  cases: {
    caught: [
      { command: 'sudo badblocks -w /dev/sdb', by: 'write' },
      { command: 'badblocks -wsv /dev/sdb', by: 'write' },
      { command: 'sudo badblocks -s -w -t random /dev/sdb1', by: 'write' },
    ],
    passes: ['badblocks -v /dev/sdb', 'sudo badblocks -nsv /dev/sdb', 'badblocks -sv -o bad.txt /dev/sdb'],
  },
};
