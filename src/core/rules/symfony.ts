import type { Analysis } from '../analysis.ts';
import type { Call } from '../call.ts';
import { customCommandEffects } from '../custom-commands.ts';
import { clientOf, databaseTarget } from '../database-target.ts';
import type { Effect } from '../effect.ts';
import { placeOf } from '../inputs.ts';
import type { Rule } from '../rule.ts';

const target = { database: 'symfony', environment: ['-e', '--env'], section: ['-c', '--connection'], script: { name: 'bin/console', above: 1 } } as const;

export const rule: Rule = {
  tool: 'symfony',
  title: 'Symfony',
  programs: ['console', 'symfony', 'doctrine', 'doctrine-migrations'],
  docs: 'https://symfony.com/doc/current/doctrine.html',
  valueOptions: ['-e', '--env', '-c', '--connection', '--em', '--group', '--purger', '--down-to'],
  safeOptions: ['-h', '--dump-sql', '--dry-run'],
  tasks: true,
  target,
  operations: [
    { id: 'database-drop', words: ['doctrine:database:drop|d:d:d'], needs: ['-f', '--force'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ option: ['-c', '--connection'] }], why: 'Drops the database: all data is lost.', saferWay: 'Keep the data first.' },
    { id: 'schema-drop', words: ['doctrine:schema:drop|orm:schema-tool:drop|doctrine:mongodb:schema:drop'], needs: ['-f', '--force'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ option: ['--em'] }], why: 'Drops every table: all data is lost.', saferWay: 'Print the SQL first: add --dump-sql.' },
    { id: 'schema-update', words: ['doctrine:schema:update|orm:schema-tool:update|d:s:u'], needs: ['-f', '--force'], verb: 'drop', kind: 'database', reversibility: 'irreversible', certainty: 'likely', name: [{ option: ['--em'] }], why: 'Changes the tables to fit the entities: columns they lack go with their data.', saferWay: 'Print the SQL first: add --dump-sql.' },
    { id: 'fixtures', words: ['doctrine:fixtures:load|hautelook:fixtures:load'], unless: ['--append'], verb: 'truncate', kind: 'database', reversibility: 'irreversible', name: [{ option: ['--em'] }], why: 'Empties the database before it loads the fixtures.', saferWay: 'Add to it instead: --append.' },
    { id: 'migrate-first', words: ['doctrine:migrations:migrate|migrations:migrate|d:m:m', 'first|0'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], why: 'Undoes every migration: all tables they made go with their data.', saferWay: 'Undo it with a new migration.' },
    { id: 'execute-down', words: ['doctrine:migrations:execute|migrations:execute|d:m:e'], needs: ['--down'], verb: 'overwrite', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [{ operand: 0 }], why: 'Undoes the migration {name}: what it added goes with its data.', saferWay: 'Undo it with a new migration.' },
    { id: 'migrate-prev', words: ['doctrine:migrations:migrate|migrations:migrate|d:m:m', 'prev|current-*'], verb: 'overwrite', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [], why: 'Undoes the newest migration: what it added goes with its data.', saferWay: 'Undo it with a new migration.' },
    { id: 'migration-versions', words: ['doctrine:migrations:version|doctrine:migrations:rollup|migrations:version|migrations:rollup'], verb: 'overwrite', kind: 'migration history', reversibility: 'recoverable', certainty: 'likely', name: [{ operand: 0 }], why: 'Rewrites which migrations the database is believed to have.', saferWay: 'Compare first: doctrine:migrations:status.' },
    { id: 'messages-removed', words: ['messenger:failed:remove'], verb: 'delete', kind: 'messages', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes messages that failed and that nobody has handled.', saferWay: 'Look at them first: messenger:failed:show.' },
  ],
  inspect,
  cases: {
    caught: [
      { command: 'php bin/console doctrine:database:drop --force', by: 'database-drop' },
      { command: 'bin/console doctrine:database:drop --force --if-exists', by: 'database-drop' },
      { command: 'symfony console doctrine:database:drop -f', by: 'database-drop' },
      { command: 'php bin/console doctrine:schema:drop --force --full-database', by: 'schema-drop' },
      { command: 'php bin/console doctrine:schema:update --force', by: 'schema-update' },
      { command: 'php bin/console doctrine:fixtures:load -n', by: 'fixtures' },
      { command: 'php bin/console doctrine:migrations:migrate first', by: 'migrate-first' },
      { command: 'php bin/console doctrine:migrations:execute App1 --down', by: 'execute-down' },
      { command: 'php bin/console doctrine:migrations:migrate prev', by: 'migrate-prev' },
      { command: 'bin/console doctrine:schema:drop -f --em=shop', by: 'schema-drop' },
      { command: 'php vendor/bin/doctrine orm:schema-tool:drop --force', by: 'schema-drop' },
      { command: 'bin/console doctrine:schema:update --force --complete', by: 'schema-update' },
      { command: 'symfony console d:s:u -f', by: 'schema-update' },
      { command: 'bin/console doctrine:fixtures:load --no-interaction --env=prod', by: 'fixtures' },
      { command: 'docker compose exec php bin/console hautelook:fixtures:load -n', by: 'fixtures' },
      { command: 'php bin/console d:m:m prev', by: 'migrate-prev' },
      { command: 'bin/console doctrine:migrations:execute --down "App\\Migrations\\Version2025"', by: 'execute-down' },
      { command: 'vendor/bin/doctrine-migrations migrations:execute --down Version2025', by: 'execute-down' },
      { command: 'php bin/console doctrine:migrations:version --delete --all', by: 'migration-versions' },
      { command: 'bin/console doctrine:migrations:rollup', by: 'migration-versions' },
      { command: 'vendor/bin/doctrine-migrations migrations:version Version2025 --add', by: 'migration-versions' },
      { command: 'bin/console messenger:failed:remove 20', by: 'messages-removed' },
      { command: 'php bin/console messenger:failed:remove --all --force', by: 'messages-removed' },
      { command: 'symfony console messenger:failed:remove 4 5', by: 'messages-removed' },
      { command: 'php bin/console dbal:run-sql "DELETE FROM orders"', by: 'sql/delete-all' },
      { command: 'bin/console app:purge-customers --force', by: 'custom-command' },
      { command: 'php bin/console shop:orders:delete', by: 'custom-command' },
    ],
    passes: ['php bin/console doctrine:migrations:migrate', 'php bin/console doctrine:schema:update --dump-sql', 'php bin/console cache:clear', 'php bin/console doctrine:fixtures:load --append', 'php bin/console doctrine:migrations:status', 'symfony serve', 'php bin/console make:migration', 'php bin/console doctrine:database:create', 'php bin/console dbal:run-sql "SELECT 1"', 'bin/console messenger:failed:show', 'bin/console cache:pool:clear cache.app', 'bin/console app:clear-cache', 'symfony server:stop'],
  },
};

/** Symfony's own commands; their names are not judged by their verbs. */
const own = /^(?:doctrine|orm|dbal|d|migrations|hautelook|cache|debug|lint|make|messenger|router|secrets|server|assets|config|translation|about|console|symfony|security|mailer|list|help|local|proxy|cloud|env|project|environment|deploy|check|new|php|composer|run|open|serve)(?::|$)/;

function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const words = call.operands[0]?.text === 'console' ? call.operands.slice(1) : call.operands;
  const [command, text] = words;
  if (/^(?:doctrine:query:sql|dbal:run-sql|doctrine:query:dql|orm:run-dql)$/.test(command?.text ?? '')) {
    return text === undefined ? [] : analysis.sql(text.text, clientOf(databaseTarget(target, call)), placeOf(call.invocation));
  }
  return command === undefined || own.test(command.text) || !command.text.includes(':') ? [] : customCommandEffects(command, call, rule, databaseTarget(target, call));
}
