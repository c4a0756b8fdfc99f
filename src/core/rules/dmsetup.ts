import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'dmsetup',
  title: 'dmsetup',
  programs: ['dmsetup'],
  docs: 'https://man7.org/linux/man-pages/man8/dmsetup.8.html',
  valueOptions: [],
  safeOptions: ['-h'],
  operations: [
    { id: 'remove', words: ['remove|remove_all|wipe_table|clear|suspend'], verb: 'stop', kind: 'device', reversibility: 'reversible', name: [{ operands: 'all' }], why: 'Takes the device {name} away from whatever uses it.', saferWay: 'Look first: dmsetup info.' },
  ],
  cases: {
    caught: [
      { command: 'sudo dmsetup remove my-dev', by: 'remove' },
      { command: 'dmsetup remove_all --force', by: 'remove' },
      { command: 'dmsetup wipe_table my-dev', by: 'remove' },
    ],
    passes: ['dmsetup ls', 'dmsetup info my-dev', 'dmsetup status'],
  },
};
