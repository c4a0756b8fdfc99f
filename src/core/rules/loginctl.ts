import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'loginctl',
  title: 'systemd-logind',
  programs: ['loginctl'],
  docs: 'https://www.freedesktop.org/software/systemd/man/latest/loginctl.html',
  valueOptions: ['-H', '--host', '-M', '--machine', '-p', '--property', '-s', '--signal', '-n', '-o'],
  safeOptions: ['-h'],
  operations: [
    { id: 'terminate', words: ['terminate-session|terminate-user|terminate-seat|kill-session|kill-user'], verb: 'stop', kind: 'session', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Ends the session of {name} with every program in it; what is not saved is lost.', saferWay: 'Let a person log out.' },
  ],
  cases: {
    caught: [
      { command: 'loginctl terminate-user alice', by: 'terminate' },
      { command: 'sudo loginctl kill-session 4', by: 'terminate' },
      { command: 'loginctl terminate-session c1', by: 'terminate' },
    ],
    passes: ['loginctl list-sessions', 'loginctl show-user alice', 'loginctl enable-linger'],
  },
};
