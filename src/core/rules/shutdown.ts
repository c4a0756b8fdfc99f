import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'shutdown',
  title: 'shutdown',
  programs: ['shutdown', 'reboot', 'poweroff', 'halt'],
  docs: 'https://man7.org/linux/man-pages/man8/shutdown.8.html',
  valueOptions: [],
  operations: [
    { id: 'shutdown', words: [], unless: ['-c', '-k', '/a', '-w', '--wtmp-only', '--show'], verb: 'stop', kind: 'computer', reversibility: 'reversible', name: [{ text: 'this computer' }], why: 'Shuts {name} down or restarts it; whatever is not saved is lost.', saferWay: 'Let a person do it.' },
  ],
  cases: {
    caught: [
      { command: 'sudo shutdown -h now', by: 'shutdown' },
      { command: 'reboot', by: 'shutdown' },
      { command: 'poweroff -f', by: 'shutdown' },
      { command: 'halt', by: 'shutdown' },
    ],
    passes: ['shutdown -c', 'shutdown --help', 'shutdown --show', 'halt -w'],
  },
};
