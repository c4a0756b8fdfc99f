import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'init',
  title: 'init',
  programs: ['init', 'telinit'],
  docs: 'https://man7.org/linux/man-pages/man1/init.1.html',
  valueOptions: [],
  safeOptions: ['-h'],
  operations: [
    { id: 'runlevel', words: ['0|6|1|s|S'], verb: 'stop', kind: 'computer', reversibility: 'reversible', name: [{ text: 'this computer' }], why: 'Shuts {name} down, restarts it or ends all but one session.', saferWay: 'Let a person do it.' },
  ],
  cases: {
    caught: [
      { command: 'sudo init 0', by: 'runlevel' },
      { command: 'init 6', by: 'runlevel' },
      { command: 'telinit 1', by: 'runlevel' },
    ],
    passes: ['init --version', 'telinit q', 'init 3'],
  },
};
