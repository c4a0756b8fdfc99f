import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'winget',
  title: 'WinGet',
  programs: ['winget'],
  docs: 'https://learn.microsoft.com/windows/package-manager/winget/uninstall',
  valueOptions: ['--id', '--name', '-v', '--version', '-s', '--source', '-m', '--manifest', '--scope', '-o', '--log', '-e'],
  safeOptions: ['-?', '--help'],
  operations: [
    { id: 'purge', words: ['uninstall|remove|rm'], needs: ['--purge'], verb: 'delete', kind: 'app', reversibility: 'irreversible', name: [{ option: ['--id', '--name'] }, { operands: 'all' }], why: 'Removes {name} with every file in its folder.', saferWay: 'Leave out --purge: its files then stay.' },
    { id: 'all-versions', words: ['uninstall|remove|rm'], needs: ['--all-versions', '--all'], verb: 'delete', kind: 'app', reversibility: 'irreversible', name: [{ option: ['--id', '--name'] }, { operands: 'all' }], why: 'Removes every version of {name}.', saferWay: 'Name the version that is meant.' },
  ],
  cases: {
    caught: [
      { command: 'winget uninstall --id PostgreSQL.PostgreSQL --purge', by: 'purge' },
      { command: 'winget rm vscode --purge', by: 'purge' },
      { command: 'winget uninstall Python --all-versions', by: 'all-versions' },
    ],
    passes: ['winget uninstall --id BurntSushi.ripgrep', 'winget list', 'winget install git', 'winget upgrade'],
  },
};
