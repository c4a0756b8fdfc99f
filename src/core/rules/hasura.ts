import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'hasura',
  title: 'Hasura',
  programs: ['hasura'],
  packages: ['hasura-cli'],
  docs: 'https://hasura.io/docs/2.0/hasura-cli/commands/hasura_migrate_apply/',
  valueOptions: ['--endpoint', '--admin-secret', '--project', '--envfile', '--database-name', '--up', '--down', '--goto', '--version', '--type', '--log-level'],
  safeOptions: ['-h', '--dry-run'],
  target: { database: 'hasura', option: ['--endpoint'], config: ['--project'], envFile: ['--envfile'] },
  operations: [
    { id: 'migrate-down', words: ['migrate', 'apply'], needs: ['--down', '--goto'], verb: 'overwrite', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [{ option: ['--database-name'] }], why: 'Undoes migrations: what they added goes with its data.', saferWay: 'Print the SQL first: add --dry-run.' },
    { id: 'migrate-delete', words: ['migrate', 'delete'], verb: 'delete', kind: 'migrations', reversibility: 'irreversible', name: [{ option: ['--database-name'] }], why: 'Deletes migrations from the project and the server.', saferWay: 'Keep them in git first.' },
    { id: 'metadata-clear', words: ['metadata', 'clear|reset'], verb: 'delete', kind: 'metadata', reversibility: 'irreversible', name: [], why: 'Deletes all metadata: permissions, relations and events are gone.', saferWay: 'Export it first: hasura metadata export.' },
    { id: 'metadata-drop', words: ['metadata', 'inconsistency', 'drop'], verb: 'delete', kind: 'metadata', reversibility: 'irreversible', name: [], why: 'Deletes all metadata that does not fit the database.', saferWay: 'List it first: hasura metadata inconsistency list.' },
  ],
  cases: {
    caught: [
      { command: 'hasura migrate apply --down all --database-name default', by: 'migrate-down' },
      { command: 'hasura migrate apply --goto 1 --endpoint https://api.example.com', by: 'migrate-down' },
      { command: 'hasura migrate delete --all --database-name default', by: 'migrate-delete' },
      { command: 'hasura metadata clear', by: 'metadata-clear' },
      { command: 'hasura metadata clear --endpoint https://api.example.com', by: 'metadata-clear' },
      { command: 'hasura metadata inconsistency drop', by: 'metadata-drop' },
      { command: 'npx hasura-cli migrate apply --down 1 --database-name default', by: 'migrate-down' },
      { command: 'hasura --endpoint https://api.example.com --admin-secret x metadata clear', by: 'metadata-clear' },
    ],
    passes: ['hasura migrate apply --up all', 'hasura migrate status', 'hasura metadata export', 'hasura metadata apply', 'hasura console', 'hasura migrate apply --down 1 --dry-run', 'hasura metadata diff', 'hasura metadata reload', 'hasura seed create users'],
  },
};
