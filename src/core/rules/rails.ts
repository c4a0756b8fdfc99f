import type { Analysis } from '../analysis.ts';
import type { Call } from '../call.ts';
import { customCommandEffects } from '../custom-commands.ts';
import { clientOf, databaseTarget } from '../database-target.ts';
import type { Effect, TargetHint } from '../effect.ts';
import { placeOf, readWord } from '../inputs.ts';
import type { Rule } from '../rule.ts';
import { isKnown } from '../shell/word.ts';
import { sqlEffects } from '../sql/sources.ts';

const target = { database: 'rails', environment: ['-e', '--environment'], assigns: true, script: { name: 'bin/rails', above: 1 } } as const;
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
  target,
  operations: [
    { id: 'db-drop', words: ['db:drop|db:drop:*'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], why: 'Drops the database: all data is lost.', saferWay: fresh },
    { id: 'db-reset', words: ['db:reset|db:reset:*|db:migrate:reset|db:migrate:reset:*'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], why: 'Drops the database and builds it again empty: all data is lost.', saferWay: fresh },
    { id: 'db-schema-load', words: ['db:schema:load|db:schema:load:*|db:structure:load|db:structure:load:*|db:setup|db:setup:*'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], why: 'Builds every table again from the schema file: the data in them is lost.', saferWay: fresh },
    { id: 'db-truncate', words: ['db:truncate_all|db:truncate_all:*|db:seed:replant|db:seed:replant:*|db:purge|db:purge:*|db:fixtures:load|db:fixtures:load:*'], verb: 'truncate', kind: 'database', reversibility: 'irreversible', name: [], why: 'Empties every table of the database.', saferWay: 'Seed without emptying: bin/rails db:seed.' },
    { id: 'db-rollback', words: ['db:rollback|db:rollback:*|db:migrate:down|db:migrate:down:*|db:migrate:redo|db:migrate:redo:*'], verb: 'overwrite', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [], why: 'Undoes migrations: tables and columns they added go with their data.', saferWay: 'Undo it with a new migration.' },
    { id: 'credentials', words: ['credentials:diff'], needs: ['--disenroll'], verb: 'overwrite', kind: 'git attributes', reversibility: 'recoverable', name: [], why: 'Takes the diff helper for credentials out of git.', saferWay: 'Leave it as it is.' },
    { id: 'db-environment', words: ['db:environment:set|db:environment:set:*'], verb: 'overwrite', kind: 'database', reversibility: 'irreversible', name: [], why: 'Changes which environment the database says it is: what protects production from being dropped relies on it.', saferWay: 'Leave it as it is.' },
  ],
  inspect,
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
      { command: 'RAILS_ENV=production bundle exec rake db:rollback STEP=2', by: 'db-rollback' },
      { command: 'bin/rails db:migrate:down VERSION=20250101', by: 'db-rollback' },
      { command: 'rake db:migrate:redo', by: 'db-rollback' },
      { command: 'bin/rails credentials:diff --disenroll', by: 'credentials' },
      { command: 'bundle exec rails credentials:diff --disenroll', by: 'credentials' },
      { command: 'bin/rails db:environment:set RAILS_ENV=development', by: 'db-environment' },
      { command: 'RAILS_ENV=development rake db:environment:set', by: 'db-environment' },
      { command: 'bundle exec rails db:environment:set:primary', by: 'db-environment' },
      { command: 'rails db:migrate VERSION=0', by: 'migrate-zero' },
      { command: 'VERSION=0 bundle exec rake db:migrate', by: 'migrate-zero' },
      { command: 'bin/rails db:fixtures:load', by: 'db-truncate' },
      { command: 'bin/rails runner "User.delete_all"', by: 'code/data' },
      { command: 'echo "Order.destroy_all" | rails console', by: 'code/data' },
      { command: 'bin/rails dbconsole <<< "DROP TABLE users"', by: 'sql/drop-table' },
      { command: 'bundle exec rake customers:purge', by: 'custom-command' },
      { command: 'bin/rails shop:wipe_orders', by: 'custom-command' },
    ],
    passes: ['bin/rails db:migrate', 'rails db:create', 'rails db:seed', 'rails db:prepare', 'rails db:test:prepare', 'rails generate migration DropUsers', 'rake -T db:drop', 'rake -n db:reset', 'rails routes', 'rails test', 'rake assets:precompile', 'bundle install', 'rails db:migrate:status', 'rails db:version', 'rails db:schema:dump', 'rails db:migrate VERSION=20250101', 'bin/rails runner "puts User.count"', 'rake tmp:clear log:clear', 'rails assets:clobber', 'rake sessions:purge', 'bin/rails tmp:cache:clear'],
  },
};

/** Tasks Rails brings itself; their names are not judged by their verbs. */
const own = /^(?:db|tmp|log|logs|assets|app|test|active_storage|action_mailbox|action_text|webpacker|stats|notes|zeitwerk|cache_digests|dev|time|importmap|tailwindcss|spec|secret|credentials|encrypted|generate|g|destroy|d|new|plugin)(?::|$)/;

function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const [first, second] = call.operands;
  const place = placeOf(call.invocation);
  const database = databaseTarget(target, call);
  switch (first?.text) {
    // `rails runner` takes code or a file of it. https://guides.rubyonrails.org/command_line.html#bin-rails-runner
    case 'runner':
    case 'r':
      return second && isKnown(second) ? analysis.code('ruby', readWord(second, call.invocation.cwd, analysis) ?? second.text, place) : [];
    case 'console':
    case 'c':
      return call.invocation.stdin?.known ? analysis.code('ruby', call.invocation.stdin.text, place) : [];
    case 'dbconsole':
    case 'db':
      return sqlEffects(call, { inline: [], files: [] }, clientOf(database), analysis);
    default:
      return [...downTo(call, database), ...call.operands.filter((word) => word.text.includes(':') && !own.test(word.text)).flatMap((word) => customCommandEffects(word, call, rule, database))];
  }
}

/** `db:migrate VERSION=0` undoes every migration. */
function downTo(call: Call, database: TargetHint): readonly Effect[] {
  const migrates = call.operands.some((word) => /^db:migrate(?::\w+)?$/.test(word.text));
  const version = call.operands.map((word) => /^VERSION=(.*)$/.exec(word.text)?.[1]).find((value) => value !== undefined) ?? call.invocation.env['VERSION'];
  if (!migrates || version !== '0') return [];
  const { env, span } = call.invocation;
  return [{
    verb: 'drop', resource: { kind: 'database', name: '', provider: 'Rails' }, reversibility: 'irreversible', certainty: 'certain', rule: 'rails/migrate-zero', docs: rule.docs, target: database, env, ...(span ? { span } : {}),
    why: 'Undoes every migration: all tables they made go with their data.', saferWay: 'Undo it with a new migration.',
  }];
}
