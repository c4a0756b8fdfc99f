import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'sqlx',
  title: 'SQLx',
  programs: ['sqlx', 'cargo-sqlx', 'cargo'],
  docs: 'https://github.com/launchbadge/sqlx/blob/main/sqlx-cli/README.md',
  valueOptions: ['-D', '--database-url', '--source', '--target-version', '--connect-timeout'],
  safeOptions: ['-h', '--dry-run'],
  target: { database: 'sqlx', option: ['-D', '--database-url'] },
  operations: [
    { id: 'database-drop', words: ['database|db', 'drop'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], why: 'Drops the database: all data is lost.', saferWay: 'Run new migrations only: sqlx migrate run.' },
    { id: 'database-reset', words: ['database|db', 'reset'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], why: 'Drops the database and builds it again empty: all data is lost.', saferWay: 'Run new migrations only: sqlx migrate run.' },
    { id: 'migrate-revert', words: ['migrate|mig', 'revert'], verb: 'overwrite', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [], why: 'Undoes a migration: what it added goes with its data.', saferWay: 'Undo it with a new migration.' },
    { id: 'cargo-database', words: ['sqlx', 'database|db', 'drop|reset'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], why: 'Drops the database: all data is lost.', saferWay: 'Run new migrations only: cargo sqlx migrate run.' },
    { id: 'cargo-migrate-revert', words: ['sqlx', 'migrate|mig', 'revert'], verb: 'overwrite', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [], why: 'Undoes a migration: what it added goes with its data.', saferWay: 'Undo it with a new migration.' },
  ],
  cases: {
    caught: [
      { command: 'sqlx database drop -y', by: 'database-drop' },
      { command: 'cargo sqlx database drop', by: 'cargo-database' },
      { command: 'sqlx database drop --database-url postgres://u@db.example.com/shop', by: 'database-drop' },
      { command: 'sqlx database reset -y', by: 'database-reset' },
      { command: 'cargo sqlx db reset', by: 'cargo-database' },
      { command: 'cargo sqlx migrate revert', by: 'cargo-migrate-revert' },
      { command: 'sqlx migrate revert', by: 'migrate-revert' },
      { command: 'sqlx mig revert -D postgres://u@db.example.com/shop', by: 'migrate-revert' },
      { command: 'sqlx migrate revert --target-version 0', by: 'migrate-revert' },
      { command: 'cargo sqlx mig revert', by: 'cargo-migrate-revert' },
      { command: 'cargo sqlx migrate revert --target-version 0', by: 'cargo-migrate-revert' },
      { command: 'DATABASE_URL=postgres://u@db.example.com/shop sqlx db reset -y', by: 'database-reset' },
    ],
    passes: ['sqlx migrate run', 'sqlx database create', 'sqlx migrate info', 'cargo sqlx prepare', 'sqlx migrate add drop_users', 'sqlx migrate revert --dry-run', 'sqlx database setup', 'sqlx migrate build-script', 'sqlx database setup --help'],
  },
};
