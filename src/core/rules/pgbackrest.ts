import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'pgbackrest',
  title: 'pgBackRest',
  programs: ['pgbackrest'],
  docs: 'https://pgbackrest.org/command.html',
  valueOptions: ['--stanza', '--repo', '--set', '--type', '--target', '--pg1-path', '--config', '--config-path', '--log-level-console', '--process-max', '--db-include'],
  safeOptions: ['--dry-run'],
  target: { system: 'pgbackrest', option: ['--stanza'], variable: ['PGBACKREST_STANZA'] },
  operations: [
    { id: 'stanza-delete', words: ['stanza-delete'], verb: 'delete', kind: 'backups', reversibility: 'irreversible', backup: true, name: [{ option: ['--stanza'] }], why: 'Deletes every backup and archive of {name}.', saferWay: 'Look first: pgbackrest info.' },
    { id: 'expire', words: ['expire'], verb: 'delete', kind: 'backups', reversibility: 'irreversible', backup: true, name: [{ option: ['--set'] }, { option: ['--stanza'] }], why: 'Deletes backups of {name}.', saferWay: 'Show what would go: add --dry-run.' },
    { id: 'restore', words: ['restore'], needs: ['--delta', '--force'], verb: 'overwrite', kind: 'database cluster', reversibility: 'irreversible', name: [{ option: ['--stanza'] }], why: 'Writes a backup over the data folder of {name}.', saferWay: 'Restore into an empty folder: --pg1-path.' },
    { id: 'stop', words: ['stop'], verb: 'stop', kind: 'backup', reversibility: 'irreversible', backup: true, name: [{ option: ['--stanza'] }], why: 'Keeps pgBackRest from archiving and backing up {name}.', saferWay: 'Look for a running backup first: pgbackrest info.' },
    { id: 'repo-rm', words: ['repo-rm'], verb: 'delete', kind: 'repository files', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }], why: 'Deletes files of the backup repository: {name}.', saferWay: 'List them first: pgbackrest repo-ls.' },
  ],
  cases: {
    caught: [
      { command: 'pgbackrest --stanza=main stanza-delete --force', by: 'stanza-delete' },
      { command: 'sudo -u postgres pgbackrest --stanza main --repo 1 stanza-delete', by: 'stanza-delete' },
      { command: 'PGBACKREST_STANZA=main pgbackrest stanza-delete', by: 'stanza-delete' },
      { command: 'pgbackrest --stanza=main expire --set=20250101-010101F', by: 'expire' },
      { command: 'sudo -u postgres pgbackrest --stanza=main expire', by: 'expire' },
      { command: 'pgbackrest expire --stanza=main --repo1-retention-full=1', by: 'expire' },
      { command: 'pgbackrest --stanza=main --delta restore', by: 'restore' },
      { command: 'sudo -u postgres pgbackrest --stanza=main --type=time --target=x --delta restore', by: 'restore' },
      { command: 'pgbackrest restore --stanza=main --force', by: 'restore' },
      { command: 'pgbackrest stop', by: 'stop' },
      { command: 'pgbackrest --stanza=main stop --force', by: 'stop' },
      { command: 'sudo -u postgres pgbackrest stop', by: 'stop' },
      { command: 'pgbackrest repo-rm backup/main/20250101F', by: 'repo-rm' },
      { command: 'pgbackrest --repo=1 repo-rm --recurse archive/main', by: 'repo-rm' },
      { command: 'sudo -u postgres pgbackrest repo-rm x', by: 'repo-rm' },
    ],
    passes: ['pgbackrest info', 'pgbackrest --stanza=main backup --type=full', 'pgbackrest --stanza=main check', 'pgbackrest --stanza=main expire --dry-run', 'pgbackrest verify --stanza=main', 'pgbackrest --stanza=main restore', 'pgbackrest start', 'pgbackrest help stanza-delete'],
  },
};
