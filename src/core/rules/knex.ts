import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'knex',
  title: 'Knex',
  programs: ['knex'],
  docs: 'https://knexjs.org/guide/migrations.html#migration-cli',
  valueOptions: ['--env', '--knexfile', '--connection', '--client', '--migrations-directory', '--migrations-table-name', '--cwd', '--specific'],
  safeOptions: ['-h'],
  target: { database: 'knex', option: ['--connection'], config: ['--knexfile'], environment: ['--env'] },
  operations: [
    { id: 'rollback-all', words: ['migrate:rollback'], needs: ['--all'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ option: ['--env'] }], why: 'Undoes every migration: all tables they made go with their data.', saferWay: 'Undo it with a new migration.' },
    { id: 'rollback', words: ['migrate:rollback|migrate:down'], verb: 'overwrite', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [{ option: ['--env'] }], why: 'Undoes migrations: what they added goes with its data.', saferWay: 'Undo it with a new migration.' },
    { id: 'unlock', words: ['migrate:unlock'], verb: 'revoke', kind: 'migration lock', reversibility: 'reversible', name: [], why: 'Removes the lock that keeps two migrations from running at once.', saferWay: 'Ask who holds the lock.' },
  ],
  cases: {
    caught: [
      { command: 'npx knex migrate:rollback --all', by: 'rollback-all' },
      { command: 'knex migrate:rollback --all --env production', by: 'rollback-all' },
      { command: 'knex --knexfile db/knexfile.js migrate:rollback --all', by: 'rollback-all' },
      { command: 'knex migrate:rollback', by: 'rollback' },
      { command: 'knex migrate:down 001_users.js', by: 'rollback' },
      { command: 'knex migrate:unlock', by: 'unlock' },
      { command: 'pnpm dlx knex migrate:rollback --all', by: 'rollback-all' },
      { command: 'npx knex migrate:unlock', by: 'unlock' },
      { command: 'npx knex --env production migrate:unlock', by: 'unlock' },
      { command: 'yarn knex --env staging migrate:rollback', by: 'rollback' },
    ],
    passes: ['knex migrate:latest', 'knex migrate:status', 'knex migrate:list', 'knex seed:run', 'knex migrate:make drop_users', 'knex migrate:up', 'npx knex migrate:currentVersion', 'knex seed:make users'],
  },
};
