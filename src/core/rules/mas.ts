import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'mas',
  title: 'mas',
  programs: ['mas'],
  docs: 'https://github.com/mas-cli/mas',
  valueOptions: [],
  safeOptions: ['-h', '--dry-run'],
  operations: [
    { id: 'uninstall', words: ['uninstall'], verb: 'delete', kind: 'app', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Moves the app {name} to the trash.', saferWay: 'Let a person remove it.' },
  ],
  cases: {
    caught: [
      { command: 'sudo mas uninstall 497799835', by: 'uninstall' },
      { command: 'mas uninstall 497799835 409183694', by: 'uninstall' },
      { command: '/opt/homebrew/bin/mas uninstall 1295203466', by: 'uninstall' },
    ],
    passes: ['mas list', 'mas install 497799835', 'mas uninstall --dry-run 497799835', 'mas outdated'],
  },
};
