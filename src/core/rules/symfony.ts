import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'symfony',
  title: 'Symfony',
  programs: ['console', 'symfony', 'doctrine', 'doctrine-migrations'],
  docs: 'https://symfony.com/doc/current/doctrine.html',
  valueOptions: ['-e', '--env', '-c', '--connection', '--em', '--group', '--purger'],
  safeOptions: ['-h', '--dump-sql', '--dry-run'],
  tasks: true,
  target: { database: 'symfony' },
  operations: [
    { id: 'database-drop', words: ['doctrine:database:drop|d:d:d'], needs: ['-f', '--force'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ option: ['-c', '--connection'] }], why: 'Drops the database: all data is lost.', saferWay: 'Keep the data first.' },
    { id: 'schema-drop', words: ['doctrine:schema:drop|orm:schema-tool:drop|doctrine:mongodb:schema:drop'], needs: ['-f', '--force'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ option: ['--em'] }], why: 'Drops every table: all data is lost.', saferWay: 'Print the SQL first: add --dump-sql.' },
    { id: 'schema-update', words: ['doctrine:schema:update|orm:schema-tool:update|d:s:u'], needs: ['-f', '--force'], verb: 'drop', kind: 'database', reversibility: 'irreversible', certainty: 'likely', name: [{ option: ['--em'] }], why: 'Changes the tables to fit the entities: columns they lack go with their data.', saferWay: 'Print the SQL first: add --dump-sql.' },
    { id: 'fixtures', words: ['doctrine:fixtures:load|hautelook:fixtures:load'], unless: ['--append'], verb: 'truncate', kind: 'database', reversibility: 'irreversible', name: [{ option: ['--em'] }], why: 'Empties the database before it loads the fixtures.', saferWay: 'Add to it instead: --append.' },
    { id: 'migrate-first', words: ['doctrine:migrations:migrate', 'first'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], why: 'Undoes every migration: all tables they made go with their data.', saferWay: 'Undo it with a new migration.' },
    { id: 'execute-down', words: ['doctrine:migrations:execute'], needs: ['--down'], verb: 'overwrite', kind: 'tables', reversibility: 'recoverable', certainty: 'likely', name: [{ operand: 0 }], why: 'Undoes the migration {name}: what it added goes with its data.', saferWay: 'Undo it with a new migration.' },
    { id: 'migrate-prev', words: ['doctrine:migrations:migrate', 'prev'], verb: 'overwrite', kind: 'tables', reversibility: 'recoverable', certainty: 'likely', name: [], why: 'Undoes the newest migration: what it added goes with its data.', saferWay: 'Undo it with a new migration.' },
  ],
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
    ],
    passes: ['php bin/console doctrine:migrations:migrate', 'php bin/console doctrine:schema:update --dump-sql', 'php bin/console cache:clear', 'php bin/console doctrine:fixtures:load --append', 'php bin/console doctrine:migrations:status', 'symfony serve', 'php bin/console make:migration', 'php bin/console doctrine:database:create'],
  },
};
