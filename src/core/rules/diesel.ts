import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'diesel',
  title: 'Diesel',
  programs: ['diesel'],
  docs: 'https://diesel.rs/guides/getting-started',
  valueOptions: ['--database-url', '--config-file', '--migration-dir', '-n', '--number'],
  safeOptions: ['-h'],
  target: { database: 'diesel', option: ['--database-url'] },
  operations: [
    { id: 'database-reset', words: ['database|db', 'reset|drop'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], why: 'Drops the database: all data is lost.', saferWay: 'Run new migrations only: diesel migration run.' },
    { id: 'migration-revert-all', words: ['migration', 'revert'], needs: ['-a', '--all'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], why: 'Undoes every migration: all tables they made go with their data.', saferWay: 'Undo it with a new migration.' },
    { id: 'migration-revert', words: ['migration', 'revert|redo'], verb: 'overwrite', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [], why: 'Undoes a migration: what it added goes with its data.', saferWay: 'Undo it with a new migration.' },
  ],
  cases: {
    caught: [
      { command: 'diesel database reset', by: 'database-reset' },
      { command: 'diesel db drop --database-url postgres://u@db.example.com/shop', by: 'database-reset' },
      { command: 'DATABASE_URL=postgres://u@db.example.com/shop diesel database reset', by: 'database-reset' },
      { command: 'diesel migration revert --all', by: 'migration-revert-all' },
      { command: 'diesel migration redo', by: 'migration-revert' },
      { command: 'diesel migration revert', by: 'migration-revert' },
      { command: 'DATABASE_URL=postgres://u@db.example.com/shop diesel migration revert -n 2', by: 'migration-revert' },
    ],
    passes: ['diesel migration run', 'diesel setup', 'diesel migration list', 'diesel print-schema', 'diesel migration generate drop_users', 'diesel migration pending', 'diesel database setup', 'diesel migration run --help'],
  },
};
