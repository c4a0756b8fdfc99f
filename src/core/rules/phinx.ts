import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'phinx',
  title: 'Phinx',
  programs: ['phinx'],
  docs: 'https://book.cakephp.org/phinx/0/en/commands.html',
  valueOptions: ['-e', '--environment', '-t', '--target', '-d', '--date', '-c', '--configuration', '-p', '--parser'],
  safeOptions: ['-h', '--dry-run', '-x'],
  target: { database: 'phinx', config: ['-c', '--configuration'], environment: ['-e', '--environment'] },
  operations: [
    { id: 'rollback', words: ['rollback'], verb: 'drop', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [{ option: ['-e', '--environment'] }], why: 'Undoes migrations, with -t 0 all of them: what they added goes with its data.', saferWay: 'Print the SQL first: add --dry-run.' },
  ],
  cases: {
    caught: [
      { command: 'vendor/bin/phinx rollback -t 0', by: 'rollback' },
      { command: 'phinx rollback -e production -t 0', by: 'rollback' },
      { command: 'php vendor/bin/phinx rollback -t 0 -f', by: 'rollback' },
      { command: 'phinx rollback', by: 'rollback' },
      { command: 'sudo -u app vendor/bin/phinx rollback -t 0', by: 'rollback' },
      { command: 'docker compose exec app vendor/bin/phinx rollback -d 20250101', by: 'rollback' },
    ],
    passes: ['phinx migrate', 'phinx status', 'phinx create DropUsers', 'phinx rollback --dry-run', 'phinx seed:run', 'vendor/bin/phinx breakpoint', 'vendor/bin/phinx migrate --dry-run'],
  },
};
