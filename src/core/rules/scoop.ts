import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'scoop',
  title: 'Scoop',
  programs: ['scoop'],
  docs: 'https://github.com/ScoopInstaller/Scoop/wiki/Commands',
  valueOptions: ['-a', '--arch'],
  safeOptions: ['-h'],
  operations: [
    { id: 'purge', words: ['uninstall'], needs: ['-p', '--purge'], verb: 'delete', kind: 'app', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Removes {name} with the data it keeps.', saferWay: 'Leave out --purge: its data then stays.' },
  ],
  cases: {
    caught: [
      { command: 'scoop uninstall postgresql -p', by: 'purge' },
      { command: 'scoop uninstall --purge vscode', by: 'purge' },
      { command: 'scoop uninstall -p redis nginx', by: 'purge' },
    ],
    passes: ['scoop uninstall ripgrep', 'scoop list', 'scoop cleanup *', 'scoop install git'],
  },
};
