import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'secret-tool',
  title: 'libsecret',
  programs: ['secret-tool'],
  docs: 'https://gnome.pages.gitlab.gnome.org/libsecret/',
  valueOptions: ['-l', '--label'],
  safeOptions: ['-h'],
  operations: [
    { id: 'clear', words: ['clear'], verb: 'delete', kind: 'password', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes every password that fits {name}.', saferWay: 'Let a person delete it.' },
  ],
  cases: {
    caught: [
      { command: 'secret-tool clear service db', by: 'clear' },
      { command: 'secret-tool clear service db user alice', by: 'clear' },
      { command: '/usr/bin/secret-tool clear app shop', by: 'clear' },
    ],
    passes: ['secret-tool search service db', 'secret-tool store --label=x service db', 'secret-tool search --all app shop'],
  },
};
