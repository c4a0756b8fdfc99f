import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decide } from '../../src/core/decide.ts';
import type { Environment } from '../../src/core/effect.ts';
import { defaultPolicy } from '../../src/core/policy/defaults.ts';
import type { Verdict } from '../../src/core/verdict.ts';
import { fakeWorld } from '../unit/core/fake-world.ts';

const root = '/home/dev/project';

function run(command: string, files: Readonly<Record<string, string>> = {}, env: Readonly<Record<string, string>> = {}): Verdict {
  const entries = Object.entries(files).map(([path, text]) => [`${root}/${path}`, { text, size: text.length, state: 'clean' as const }]);
  const world = fakeWorld({ files: Object.fromEntries(entries), folders: [root], repositories: [root] });
  return decide({ tool: 'shell', shell: 'bash', command, agent: 'test', session: '', cwd: root, workspaceRoots: [root], env: { HOME: '/home/dev', ...env } }, world, defaultPolicy);
}

const here = 'postgres://app@localhost:5432/shop';
const elsewhere = 'postgres://app@db.prod.shop.example/shop';

describe('the database a framework would really reach', () => {
  const cases: readonly (readonly [command: string, files: Readonly<Record<string, string>>, environment: Environment, env?: Readonly<Record<string, string>>])[] = [
    ['bin/rails db:reset', { '.env': `DATABASE_URL=${here}` }, 'local'],
    ['bin/rails db:reset', { '.env': `DATABASE_URL=${elsewhere}` }, 'production'],
    ['RAILS_ENV=test bin/rails db:reset', { '.env': `DATABASE_URL=${elsewhere}` }, 'production'],
    ['bin/rails db:reset', { '.env': `DATABASE_URL=${here}` }, 'production', { DATABASE_URL: elsewhere }],
    [`DATABASE_URL=${here} bin/rails db:reset`, { '.env': `DATABASE_URL=${elsewhere}` }, 'local'],
    ['bin/rails db:reset', {}, 'unknown'],
    ['php artisan migrate:fresh', { '.env': 'DB_HOST=127.0.0.1' }, 'local'],
    ['php artisan migrate:fresh --env=testing', { '.env': 'DB_HOST=db.prod.shop.example' }, 'production'],
    ['python manage.py flush', { '.env': `DATABASE_URL=${elsewhere}` }, 'production'],
    ['alembic downgrade base', { 'alembic.ini': `[alembic]\nsqlalchemy.url = ${elsewhere}\n` }, 'production'],
    ['alembic downgrade base', { 'alembic.ini': `[alembic]\nsqlalchemy.url = ${here}\n` }, 'local'],
    ['flyway clean', { 'flyway.conf': 'flyway.url=jdbc:postgresql://db.staging.shop.example/shop' }, 'staging'],
    ['flyway -url=jdbc:postgresql://localhost/shop clean', { 'flyway.conf': 'flyway.url=jdbc:postgresql://db.staging.shop.example/shop' }, 'local'],
    ['liquibase drop-all', { 'liquibase.properties': 'url: jdbc:postgresql://db.staging.shop.example/shop' }, 'staging'],
    [`goose postgres "${elsewhere}" reset`, {}, 'production'],
    [`dbmate --url ${here} drop`, { '.env': `DATABASE_URL=${elsewhere}` }, 'local'],
    ['supabase db reset --linked', {}, 'unknown'],
  ];
  for (const [command, files, environment, env] of cases) {
    it(`${command} with ${JSON.stringify(files)} → ${environment}`, () => {
      const verdict = run(command, files, env);
      assert.equal(verdict.decision, 'ask');
      assert.equal(verdict.findings[0]?.environment, environment);
    });
  }
});

describe('one tool called another way', () => {
  const held: readonly (readonly [command: string, rule: string])[] = [
    ['php artisan db:wipe', 'artisan/db-wipe'],
    ['php -d memory_limit=-1 artisan db:wipe', 'artisan/db-wipe'],
    ['python -W ignore -m alembic downgrade base', 'alembic/downgrade-base'],
    ['python3.12 -u ./src/manage.py flush', 'django/flush'],
    ['ruby -Ilib bin/rake db:drop', 'rails/db-drop'],
    ['node ./node_modules/.bin/typeorm schema:drop', 'typeorm/schema-drop'],
    ['sail artisan migrate:fresh', 'artisan/migrate-fresh'],
    ['docker compose run --rm web bundle exec rails db:drop', 'rails/db-drop'],
    ['docker exec web php artisan migrate:fresh', 'artisan/migrate-fresh'],
    ['heroku run -a shop rake db:reset', 'rails/db-reset'],
    ['RAILS_ENV=production bundle exec rake db:create db:drop', 'rails/db-drop'],
    ['mix do deps.get, ecto.drop, ecto.create', 'mix/ecto-drop'],
    ['cargo yank --version 1.0.0 shop', 'cargo/yank'],
    ['gcloud beta compute instance-groups managed delete web', 'gcloud/unlisted'],
  ];
  for (const [command, rule] of held) it(`holds ${command}`, () => assert.ok(run(command).findings.some((finding) => finding.rule === rule)));

  const passes: readonly string[] = [
    'php artisan test --filter=DropTest', 'python manage.py test flush', 'python -m pytest tests/test_flush.py', 'python -c "print(1)" flush', 'node app.js delete', 'ruby lib/tool.rb db:drop',
    'rake test TEST=db:drop', 'bash artisan', 'sail up -d', 'docker compose run --rm web rails db:migrate', 'heroku run -a shop rails console', 'mix test test/ecto.drop_test.exs', 'cargo --version', 'cargo add publish',
    'supabase migration new delete_orders', 'vercel --version', 'gcloud compute instances list --filter=delete', 'stripe products create --name delete', 'fly secrets set DELETE=1',
  ];
  for (const command of passes) it(`lets ${command} pass`, () => assert.equal(run(command).decision, 'allow'));
});
