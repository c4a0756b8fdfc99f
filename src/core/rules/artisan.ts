import type { Rule } from '../rule.ts';

const migrate = 'Run the new migrations only: php artisan migrate.';

export const rule: Rule = {
  tool: 'artisan',
  title: 'Laravel',
  programs: ['artisan'],
  docs: 'https://laravel.com/docs/migrations#running-migrations',
  valueOptions: ['--env', '--database', '--path', '--schema-path', '--seeder', '--step', '--batch', '--class'],
  // `--pretend` prints the SQL and runs none of it.
  safeOptions: ['-h', '--pretend'],
  target: { database: 'laravel' },
  operations: [
    { id: 'migrate-fresh', words: ['migrate:fresh'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ option: ['--database'] }], why: 'Drops every table and runs all migrations again: all data is lost.', saferWay: migrate },
    { id: 'db-wipe', words: ['db:wipe'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ option: ['--database'] }], why: 'Drops every table, view and type: all data is lost.', saferWay: migrate },
    { id: 'migrate-refresh', words: ['migrate:refresh|migrate:reset'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ option: ['--database'] }], why: 'Undoes the migrations: the tables they made go with their data.', saferWay: migrate },
    { id: 'migrate-rollback', words: ['migrate:rollback'], verb: 'overwrite', kind: 'tables', reversibility: 'recoverable', certainty: 'likely', name: [], why: 'Undoes migrations: tables and columns they added go with their data.', saferWay: 'Look at the SQL first: add --pretend.' },
    { id: 'migrate-force', words: ['migrate'], needs: ['--force'], verb: 'overwrite', kind: 'database', reversibility: 'irreversible', certainty: 'likely', name: [], why: 'Runs migrations in production without asking.', saferWay: 'Look at the SQL first: add --pretend.' },
    { id: 'key-generate-force', words: ['key:generate'], needs: ['--force'], verb: 'overwrite', kind: 'application key', reversibility: 'irreversible', name: [], target: { system: 'laravel', option: ['--env'], variable: ['APP_ENV'] }, why: 'Replaces the application key: what was encrypted with the old one can no longer be read.', saferWay: 'Show a new key only: php artisan key:generate --show.' },
    { id: 'queue-clear', words: ['queue:clear|queue:flush|horizon:clear|queue:prune-failed|model:prune'], verb: 'truncate', kind: 'queue', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes waiting or failed work that nobody has looked at.', saferWay: 'Look first: php artisan queue:failed.' },
    { id: 'down', words: ['down'], verb: 'stop', kind: 'application', reversibility: 'reversible', name: [], target: { system: 'laravel', option: ['--env'], variable: ['APP_ENV'] }, why: 'Takes the application offline.', saferWay: 'Let a person start maintenance.' },
  ],
  cases: {
    caught: [
      { command: 'php artisan migrate:fresh --seed', by: 'migrate-fresh' },
      { command: 'php artisan migrate:fresh --env=testing', by: 'migrate-fresh' },
      { command: './vendor/bin/sail artisan migrate:fresh', by: 'migrate-fresh' },
      { command: 'docker compose exec app php artisan migrate:fresh --force', by: 'migrate-fresh' },
      { command: 'php artisan db:wipe --force', by: 'db-wipe' },
      { command: 'php -d memory_limit=-1 artisan db:wipe', by: 'db-wipe' },
      { command: 'php /srv/shop/artisan db:wipe --database=mysql', by: 'db-wipe' },
      { command: 'php artisan migrate:refresh --step=5', by: 'migrate-refresh' },
      { command: './artisan migrate:reset', by: 'migrate-refresh' },
      { command: 'php artisan migrate:rollback', by: 'migrate-rollback' },
      { command: 'php artisan migrate --force', by: 'migrate-force' },
      { command: 'php artisan key:generate --force', by: 'key-generate-force' },
      { command: 'php artisan queue:flush', by: 'queue-clear' },
      { command: 'php artisan down', by: 'down' },
    ],
    passes: ['php artisan migrate', 'php artisan migrate:status', 'php artisan migrate:fresh --pretend', 'php artisan make:migration drop_users_table', 'php artisan test --filter=OrderTest', 'php artisan cache:clear', 'php artisan db:seed', 'php artisan db:show', 'php artisan serve', 'php artisan route:list', 'php artisan key:generate --show', 'php artisan migrate:rollback --pretend', 'php artisan tinker --help'],
  },
};
