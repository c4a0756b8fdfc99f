import type { Analysis } from '../analysis.ts';
import { optionValue, type Call } from '../call.ts';
import { customCommandEffects } from '../custom-commands.ts';
import { databaseTarget } from '../database-target.ts';
import type { Effect } from '../effect.ts';
import { placeOf } from '../inputs.ts';
import type { Rule } from '../rule.ts';

const target = { database: 'laravel', environment: ['--env'], section: ['--database'], script: { name: 'artisan', above: 0 } } as const;
const migrate = 'Run the new migrations only: php artisan migrate.';

export const rule: Rule = {
  tool: 'artisan',
  title: 'Laravel',
  programs: ['artisan'],
  docs: 'https://laravel.com/docs/migrations#running-migrations',
  valueOptions: ['--env', '--database', '--path', '--schema-path', '--seeder', '--step', '--batch', '--class', '--execute'],
  // `--pretend` prints the SQL and runs none of it.
  safeOptions: ['-h', '--pretend'],
  target,
  operations: [
    { id: 'migrate-fresh', words: ['migrate:fresh|tenants:migrate-fresh'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ option: ['--database'] }], why: 'Drops every table and runs all migrations again: all data is lost.', saferWay: migrate },
    { id: 'db-wipe', words: ['db:wipe'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ option: ['--database'] }], why: 'Drops every table, view and type: all data is lost.', saferWay: migrate },
    { id: 'migrate-refresh', words: ['migrate:refresh|migrate:reset'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ option: ['--database'] }], why: 'Undoes the migrations: the tables they made go with their data.', saferWay: migrate },
    { id: 'migrate-rollback', words: ['migrate:rollback'], verb: 'overwrite', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [], why: 'Undoes migrations: tables and columns they added go with their data.', saferWay: 'Look at the SQL first: add --pretend.' },
    { id: 'migrate-force', words: ['migrate'], needs: ['--force'], verb: 'overwrite', kind: 'database', reversibility: 'irreversible', certainty: 'likely', name: [], why: 'Runs migrations in production without asking.', saferWay: 'Look at the SQL first: add --pretend.' },
    { id: 'key-generate-force', words: ['key:generate'], needs: ['--force'], verb: 'overwrite', kind: 'application key', reversibility: 'irreversible', name: [], target: { system: 'laravel', option: ['--env'], variable: ['APP_ENV'] }, why: 'Replaces the application key: what was encrypted with the old one can no longer be read.', saferWay: 'Show a new key only: php artisan key:generate --show.' },
    { id: 'queue-clear', words: ['queue:clear|queue:flush|horizon:clear|queue:prune-failed|queue:prune-batches|model:prune|telescope:clear|activitylog:clean'], verb: 'truncate', kind: 'queue', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes waiting or failed work that nobody has looked at.', saferWay: 'Look first: php artisan queue:failed.' },
    { id: 'down', words: ['down'], verb: 'stop', kind: 'application', reversibility: 'reversible', name: [], target: { system: 'laravel', option: ['--env'], variable: ['APP_ENV'] }, why: 'Takes the application offline.', saferWay: 'Let a person start maintenance.' },
    { id: 'backup-clean', words: ['backup:clean'], verb: 'delete', kind: 'backups', reversibility: 'irreversible', backup: true, name: [], target: { system: 'laravel', option: ['--env'], variable: ['APP_ENV'] }, why: 'Deletes older backups of the application.', saferWay: 'List them first: php artisan backup:list.' },
    { id: 'search-index', words: ['scout:flush|scout:delete-index|scout:delete-all-indexes'], verb: 'delete', kind: 'search index', reversibility: 'recoverable', name: [{ operand: 0 }], target: { system: 'laravel', option: ['--env'], variable: ['APP_ENV'] }, why: 'Empties or deletes the search index of {name}: nothing is found until it is filled again.', saferWay: 'Import into a new index.' },
  ],
  inspect,
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
      { command: 'docker compose exec app php artisan migrate:reset --force', by: 'migrate-refresh' },
      { command: 'php artisan migrate:rollback --step=3', by: 'migrate-rollback' },
      { command: './vendor/bin/sail artisan migrate:rollback --batch=2', by: 'migrate-rollback' },
      { command: 'APP_ENV=production php artisan migrate --force', by: 'migrate-force' },
      { command: 'docker compose exec -T app php artisan migrate --force --seed', by: 'migrate-force' },
      { command: 'php /srv/shop/artisan key:generate --force', by: 'key-generate-force' },
      { command: './vendor/bin/sail artisan key:generate --force', by: 'key-generate-force' },
      { command: 'php artisan queue:clear redis --queue=mail', by: 'queue-clear' },
      { command: './vendor/bin/sail artisan horizon:clear', by: 'queue-clear' },
      { command: 'php artisan down --secret=x', by: 'down' },
      { command: 'php /srv/shop/artisan down --render=errors::503', by: 'down' },
      { command: 'php artisan backup:clean', by: 'backup-clean' },
      { command: './vendor/bin/sail artisan backup:clean', by: 'backup-clean' },
      { command: 'docker compose exec app php artisan backup:clean --disable-notifications', by: 'backup-clean' },
      { command: 'php artisan scout:flush "App\\Models\\Product"', by: 'search-index' },
      { command: 'php artisan scout:delete-index products', by: 'search-index' },
      { command: './vendor/bin/sail artisan scout:delete-all-indexes', by: 'search-index' },
      { command: 'php artisan orders:purge --all', by: 'custom-command' },
      { command: './artisan app:delete-customers', by: 'custom-command' },
    ],
    passes: ['php artisan migrate', 'php artisan migrate:status', 'php artisan migrate:fresh --pretend', 'php artisan make:migration drop_users_table', 'php artisan test --filter=OrderTest', 'php artisan cache:clear', 'php artisan db:seed', 'php artisan db:show', 'php artisan serve', 'php artisan route:list', 'php artisan key:generate --show', 'php artisan migrate:rollback --pretend', 'php artisan tinker --help', 'php artisan optimize:clear', 'php artisan schedule:run', 'php artisan backup:run', 'php artisan scout:import "App\\Models\\Product"', 'php artisan tinker --execute="echo User::count();"', 'php artisan auth:clear-resets', 'php artisan orders:delete-expired'],
  },
};

/** Laravel's own commands and those of its usual packages; their names are not judged by their verbs. */
const own = /^(?:migrate|db|queue|horizon|cache|config|route|view|event|optimize|auth|session|schedule|storage|make|model|key|telescope|activitylog|backup|scout|sanctum|passport|tenants|test|package|vendor|stub|clear-compiled|down)(?::|$)/;

function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const [command] = call.operands;
  const place = placeOf(call.invocation);
  // https://laravel.com/docs/artisan#tinker
  if (command?.text === 'tinker') {
    const text = optionValue(call, '--execute')?.text ?? (call.invocation.stdin?.known ? call.invocation.stdin.text : undefined);
    return text === undefined ? [] : analysis.code('php', text, place);
  }
  return command === undefined || own.test(command.text) ? [] : customCommandEffects(command, call, rule, databaseTarget(target, call));
}
