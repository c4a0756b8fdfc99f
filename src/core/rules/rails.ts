import type { Rule } from '../rule.ts';

const fresh = 'Run the new migrations only: bin/rails db:migrate.';

export const rule: Rule = {
  tool: 'rails',
  title: 'Rails',
  programs: ['rails', 'rake'],
  docs: 'https://guides.rubyonrails.org/active_record_migrations.html#running-migrations',
  valueOptions: ['-e', '--environment', '-f', '--rakefile', '-r', '--require', '-C', '--directory', '-j', '--jobs', '-I', '--libdir'],
  // Rake only looks with these; `-n` runs nothing.
  safeOptions: ['-h', '-T', '--tasks', '-P', '--prereqs', '-W', '--where', '-D', '--describe', '-n', '--dry-run'],
  tasks: true,
  target: { database: 'rails' },
  operations: [
    { id: 'db-drop', words: ['db:drop|db:drop:*'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], why: 'Drops the database: all data is lost.', saferWay: fresh },
    { id: 'db-reset', words: ['db:reset|db:reset:*|db:migrate:reset|db:migrate:reset:*'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], why: 'Drops the database and builds it again empty: all data is lost.', saferWay: fresh },
    { id: 'db-schema-load', words: ['db:schema:load|db:schema:load:*|db:structure:load|db:structure:load:*|db:setup|db:setup:*'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], why: 'Builds every table again from the schema file: the data in them is lost.', saferWay: fresh },
    { id: 'db-truncate', words: ['db:truncate_all|db:truncate_all:*|db:seed:replant|db:seed:replant:*|db:purge|db:purge:*'], verb: 'truncate', kind: 'database', reversibility: 'irreversible', name: [], why: 'Empties every table of the database.', saferWay: 'Seed without emptying: bin/rails db:seed.' },
    { id: 'db-rollback', words: ['db:rollback|db:rollback:*|db:migrate:down|db:migrate:down:*|db:migrate:redo|db:migrate:redo:*'], verb: 'overwrite', kind: 'tables', reversibility: 'recoverable', certainty: 'likely', name: [], why: 'Undoes migrations: tables and columns they added go with their data.', saferWay: 'Undo it with a new migration.' },
    { id: 'credentials', words: ['credentials:diff'], needs: ['--disenroll'], verb: 'overwrite', kind: 'git attributes', reversibility: 'recoverable', name: [], why: 'Takes the diff helper for credentials out of git.', saferWay: 'Leave it as it is.' },
  ],
  cases: {
    caught: [
      { command: 'bin/rails db:drop', by: 'db-drop' },
      { command: 'bundle exec rake db:drop db:create db:migrate', by: 'db-drop' },
      { command: 'rails db:drop:primary', by: 'db-drop' },
      { command: 'RAILS_ENV=test bin/rails db:reset', by: 'db-reset' },
      { command: 'rake db:create db:migrate:reset', by: 'db-reset' },
      { command: 'ruby bin/rails db:reset', by: 'db-reset' },
      { command: 'bin/rails db:schema:load', by: 'db-schema-load' },
      { command: 'DATABASE_URL=postgres://u@db.example.com/shop rails db:schema:load', by: 'db-schema-load' },
      { command: 'rake db:setup', by: 'db-schema-load' },
      { command: 'rails db:seed:replant', by: 'db-truncate' },
      { command: 'DISABLE_DATABASE_ENVIRONMENT_CHECK=1 rails db:truncate_all', by: 'db-truncate' },
      { command: 'rails db:purge', by: 'db-truncate' },
      { command: 'rails db:rollback STEP=3', by: 'db-rollback' },
      { command: 'rails credentials:diff --disenroll', by: 'credentials' },
    ],
    passes: ['bin/rails db:migrate', 'rails db:create', 'rails db:seed', 'rails db:prepare', 'rails db:test:prepare', 'rails generate migration DropUsers', 'rake -T db:drop', 'rake -n db:reset', 'rails routes', 'rails test', 'rake assets:precompile', 'bundle install', 'rails db:migrate:status', 'rails db:version', 'rails db:schema:dump'],
  },
};
