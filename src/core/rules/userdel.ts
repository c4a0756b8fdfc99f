import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'userdel',
  title: 'userdel',
  programs: ['userdel', 'deluser', 'groupdel', 'delgroup'],
  docs: 'https://man7.org/linux/man-pages/man8/userdel.8.html',
  valueOptions: ['-R', '--root', '-P', '--prefix', '--backup-to'],
  safeOptions: ['-h'],
  operations: [
    { id: 'delete', words: ['*'], verb: 'delete', kind: 'account', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the account {name} of this machine, with -r its home folder too.', saferWay: 'Lock it instead: usermod --lock.' },
  ],
  cases: {
    caught: [
      { command: 'sudo userdel -r alice', by: 'delete' },
      { command: 'deluser --remove-home alice', by: 'delete' },
      { command: 'sudo groupdel devs', by: 'delete' },
      { command: 'delgroup devs', by: 'delete' },
    ],
    passes: ['userdel --help', 'deluser --help', 'groupdel --help'],
  },
};
