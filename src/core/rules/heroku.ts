import type { Analysis } from '../analysis.ts';
import { optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { HttpOperation, Rule } from '../rule.ts';
import { givenStatements } from '../sql/given.ts';
import { targetFrom } from '../target.ts';

/** https://devcenter.heroku.com/articles/platform-api-reference */
const paths: readonly HttpOperation[] = [
  { id: 'api-app-delete', request: 'DELETE /apps/:app', verb: 'delete', kind: 'app', reversibility: 'irreversible', name: ['app'], why: 'Deletes the Heroku app {name} with its add-ons and their data.', saferWay: 'List it first and let a person delete it.' },
  { id: 'api-addon-delete', request: 'DELETE /apps/:app/addons/:addon', verb: 'delete', kind: 'add-on', reversibility: 'irreversible', backup: true, name: ['addon'], why: 'Deletes the add-on {name}; a database goes with its data and backups.', saferWay: 'Keep a copy of the data first.' },
  { id: 'api-domain-delete', request: 'DELETE /apps/:app/domains/:domain', verb: 'delete', kind: 'domain', reversibility: 'irreversible', name: ['domain'], why: 'Deletes the domain {name}; the address stops answering.', saferWay: 'List it first and let a person delete it.' },
  { id: 'api-maintenance', request: 'PATCH /apps/:app', needs: ['maintenance=true'], verb: 'stop', kind: 'app', reversibility: 'reversible', name: ['app'], why: 'Takes {name} offline for everybody.', saferWay: 'Let a person start maintenance.' },
  { id: 'api-config-vars', request: 'PATCH /apps/:app/config-vars', dataVariables: true, verb: 'overwrite', kind: 'variables', reversibility: 'irreversible', certainty: 'likely', name: ['app'], why: 'Replaces or deletes variables of {name} on which its data hangs.', saferWay: 'Read the present values first and keep them.' },
  { id: 'api-formation', request: 'PATCH /apps/:app/formation', needs: ['quantity=0'], verb: 'stop', kind: 'dynos', reversibility: 'reversible', name: ['app'], why: 'Takes dynos of {name} offline.', saferWay: 'Let a person scale it.' },
  { id: 'api-rollback', request: 'POST /apps/:app/releases', needs: ['release'], verb: 'overwrite', kind: 'release', reversibility: 'recoverable', name: ['app'], why: 'Puts {name} back to an earlier release and its variables.', saferWay: 'Look first: GET /apps/…/releases.' },
  { id: 'api-pg-reset', request: 'PUT /client/:version/databases/:database/reset', verb: 'drop', kind: 'database', reversibility: 'irreversible', name: ['database'], why: 'Drops everything in the database {name}: all data is lost.', saferWay: 'Capture a backup first: heroku pg:backups:capture.' },
];

export const rule: Rule = {
  tool: 'heroku',
  title: 'Heroku',
  programs: ['heroku'],
  docs: 'https://devcenter.heroku.com/articles/heroku-cli-commands',
  valueOptions: ['-a', '--app', '-r', '--remote', '-c', '--confirm', '-t', '--team', '-s', '--space', '-n', '--name', '--type', '--size'],
  safeOptions: ['-h'],
  target: { system: 'heroku', option: ['-a', '--app'], variable: ['HEROKU_APP'], settings: { remote: ['-r', '--remote'] } },
  operations: [
    { id: 'app-destroy', words: ['apps:destroy|apps:delete|destroy'], verb: 'delete', kind: 'app', reversibility: 'irreversible', name: [{ operand: 0 }, { option: ['-a', '--app'] }], why: 'Deletes the Heroku app {name} with its add-ons and their data.', saferWay: 'List it first and let a person delete it.' },
    { id: 'addon-destroy', words: ['addons:destroy|addons:delete|addons:remove'], verb: 'delete', kind: 'add-on', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }], why: 'Deletes the add-on {name}; a database goes with its data and backups.', saferWay: 'Capture a backup first and keep it elsewhere: heroku pg:backups:download.' },
    { id: 'pg-reset', words: ['pg:reset'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ operand: 0 }, { option: ['-a', '--app'] }], why: 'Drops everything in the database of {name}: all data is lost.', saferWay: 'Capture a backup first: heroku pg:backups:capture.' },
    { id: 'pg-copy', words: ['pg:copy'], verb: 'overwrite', kind: 'database', reversibility: 'irreversible', name: [{ operand: 1 }], why: 'Replaces everything in {name} with another database.', saferWay: 'Copy into a new database.' },
    { id: 'pg-push', words: ['pg:push|pg:restore|pg:backups:restore'], verb: 'overwrite', kind: 'database', reversibility: 'irreversible', name: [{ operand: 1 }, { option: ['-a', '--app'] }], why: 'Replaces the data of a database of {name}.', saferWay: 'Restore into a new database.' },
    { id: 'pg-killall', words: ['pg:killall|pg:kill'], verb: 'stop', kind: 'database connections', reversibility: 'reversible', name: [{ option: ['-a', '--app'] }], why: 'Ends connections to the database of {name}; what they do is rolled back.', saferWay: 'Look first: heroku pg:ps.' },
    { id: 'pg-backups-delete', words: ['pg:backups:delete|pg:backups:unschedule'], verb: 'delete', kind: 'backup', reversibility: 'irreversible', backup: true, name: [{ operand: 0 }], why: 'Deletes the backup or schedule {name}.', saferWay: 'List them first: heroku pg:backups.' },
    { id: 'pg-promote', words: ['pg:promote|pg:unfollow|pg:upgrade:run|pg:upgrade'], verb: 'overwrite', kind: 'database', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Changes which database the app uses, or cuts {name} from its leader.', saferWay: 'Let a person do it in a quiet hour.' },
    { id: 'pg-credentials', words: ['pg:credentials:destroy|pg:credentials:rotate|pg:credentials:repair-default'], verb: 'revoke', kind: 'credentials', reversibility: 'irreversible', name: [{ option: ['-a', '--app'] }], why: 'Makes database credentials of {name} invalid.', saferWay: 'Let a person rotate credentials.' },
    { id: 'config-set', words: ['config:set|config:add'], dataVariables: true, verb: 'overwrite', kind: 'variable', reversibility: 'irreversible', certainty: 'likely', name: [{ dataVariables: true }], why: 'Replaces {name}, on which the app’s data hangs: it may reach another database from now on.', saferWay: 'Read the present value first and keep it: heroku config:get.' },
    { id: 'config-unset', words: ['config:unset|config:remove'], verb: 'delete', kind: 'variable', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name} and restarts the app without it.', saferWay: 'Let a person keep the value first.' },
    { id: 'ps-stop', words: ['ps:stop|ps:kill|dyno:kill|dyno:stop'], verb: 'stop', kind: 'dynos', reversibility: 'reversible', name: [{ operand: 0 }, { option: ['-a', '--app'] }], why: 'Stops {name}.', saferWay: 'Restart instead: heroku ps:restart.' },
    { id: 'maintenance', words: ['maintenance:on'], verb: 'stop', kind: 'app', reversibility: 'reversible', name: [{ option: ['-a', '--app'] }], why: 'Takes {name} offline for everybody.', saferWay: 'Let a person start maintenance.' },
    { id: 'release-rollback', words: ['releases:rollback|rollback'], verb: 'overwrite', kind: 'release', reversibility: 'recoverable', name: [{ operand: 0 }, { option: ['-a', '--app'] }], why: 'Puts the app back to an earlier release.', saferWay: 'Look first: heroku releases.' },
    { id: 'repo-reset', words: ['repo:reset|repo:purge_cache'], verb: 'delete', kind: 'repository', reversibility: 'irreversible', name: [{ option: ['-a', '--app'] }], why: 'Empties the app repository of {name} on Heroku.', saferWay: 'Keep a copy of the data first.' },
  ],
  unlisted: 'Heroku resource',
  inspect,
  controlPlane: {
    hosts: ['api.heroku.com', 'api.data.heroku.com'],
    paths,
  },
  cases: {
    caught: [
      { command: 'heroku apps:delete shop -c shop', by: 'app-destroy' },
      { command: 'heroku addons:remove redis-1 --confirm shop', by: 'addon-destroy' },
      { command: 'heroku addons:destroy postgresql-a-1 postgresql-b-2', by: 'addon-destroy' },
      { command: 'heroku pg:reset --confirm shop', by: 'pg-reset' },
      { command: 'heroku pg:copy DATABASE_URL COPPER', by: 'pg-copy' },
      { command: 'heroku pg:copy shop-staging::DATABASE DATABASE -a shop --confirm shop', by: 'pg-copy' },
      { command: 'heroku pg:backups:restore https://files.example.com/x.dump DATABASE_URL', by: 'pg-push' },
      { command: 'heroku pg:kill 31912 -a shop', by: 'pg-killall' },
      { command: 'heroku pg:killall', by: 'pg-killall' },
      { command: 'heroku pg:backups:unschedule DATABASE_URL', by: 'pg-backups-delete' },
      { command: 'heroku pg:backups:delete b7 -c shop', by: 'pg-backups-delete' },
      { command: 'heroku pg:unfollow GREEN', by: 'pg-promote' },
      { command: 'heroku pg:upgrade:run -a shop', by: 'pg-promote' },
      { command: 'heroku pg:credentials:destroy app -a shop', by: 'pg-credentials' },
      { command: 'heroku pg:credentials:rotate --all', by: 'pg-credentials' },
      { command: 'heroku config:set DATABASE_URL=postgres://x -a shop', by: 'config-set' },
      { command: 'heroku config:add REDIS_URL=redis://x', by: 'config-set' },
      { command: 'heroku config:set A=1 ENCRYPTION_KEY=abc', by: 'config-set' },
      { command: 'heroku config:unset A B -a shop', by: 'config-unset' },
      { command: 'heroku config:remove SENTRY_DSN', by: 'config-unset' },
      { command: 'heroku scale web=0', by: 'scale-zero' },
      { command: 'heroku ps:scale worker=0 web=0:standard-1x', by: 'scale-zero' },
      { command: 'heroku ps:kill worker.2', by: 'ps-stop' },
      { command: 'heroku ps:stop run.4711', by: 'ps-stop' },
      { command: 'heroku maintenance:on', by: 'maintenance' },
      { command: 'heroku maintenance:on --app shop-production', by: 'maintenance' },
      { command: 'heroku rollback v12 -a shop', by: 'release-rollback' },
      { command: 'heroku releases:rollback', by: 'release-rollback' },
      { command: 'heroku repo:purge_cache', by: 'repo-reset' },
      { command: 'heroku repo:reset --app shop-staging', by: 'repo-reset' },
      { command: 'heroku pg:psql -a shop -c "drop table orders"', by: 'sql/drop-table' },
      { command: 'echo "truncate orders" | heroku pg:psql', by: 'sql/truncate' },
      { command: 'curl -X DELETE https://api.heroku.com/apps/shop/domains/www.example.com', by: 'api-domain-delete' },
      { command: `curl -X PATCH https://api.heroku.com/apps/shop -d '{"maintenance":true}'`, by: 'api-maintenance' },
      { command: `curl -X PATCH https://api.heroku.com/apps/shop/config-vars -d '{"DATABASE_URL":null}'`, by: 'api-config-vars' },
      { command: `curl -X PATCH https://api.heroku.com/apps/shop/formation -d '{"updates":[{"type":"web","quantity":0}]}'`, by: 'api-formation' },
      { command: `curl -X POST https://api.heroku.com/apps/shop/releases -d '{"release":"v40"}'`, by: 'api-rollback' },
      { command: 'curl -X PUT https://api.data.heroku.com/client/v11/databases/d1/reset', by: 'api-pg-reset' },
      { command: 'heroku apps:destroy shop --confirm shop', by: 'app-destroy' },
      { command: 'heroku destroy -a shop', by: 'app-destroy' },
      { command: 'heroku addons:destroy heroku-postgresql -a shop', by: 'addon-destroy' },
      { command: 'heroku pg:reset DATABASE --app shop --confirm shop', by: 'pg-reset' },
      { command: 'heroku pg:reset -a shop-staging', by: 'pg-reset' },
      { command: 'heroku pg:copy shop::BLUE GREEN -a shop', by: 'pg-copy' },
      { command: 'heroku pg:push local DATABASE -a shop', by: 'pg-push' },
      { command: 'heroku pg:backups:restore b101 DATABASE_URL -a shop', by: 'pg-push' },
      { command: 'heroku pg:killall -a shop', by: 'pg-killall' },
      { command: 'heroku pg:backups:delete b101', by: 'pg-backups-delete' },
      { command: 'heroku pg:promote GREEN -a shop', by: 'pg-promote' },
      { command: 'heroku pg:credentials:rotate -a shop', by: 'pg-credentials' },
      { command: 'heroku config:unset STRIPE_KEY', by: 'config-unset' },
      { command: 'heroku ps:scale web=0 -a shop', by: 'scale-zero' },
      { command: 'heroku ps:stop web.1 -a shop', by: 'ps-stop' },
      { command: 'heroku maintenance:on -a shop', by: 'maintenance' },
      { command: 'heroku releases:rollback v40', by: 'release-rollback' },
      { command: 'heroku repo:reset -a shop', by: 'repo-reset' },
      { command: 'heroku domains:clear -a shop', by: 'unlisted' },
      { command: 'heroku run rails db:reset -a shop', by: 'rails/db-reset' },
      { command: 'curl -X DELETE https://api.heroku.com/apps/shop', by: 'api-app-delete' },
      { command: 'curl -X DELETE https://api.heroku.com/apps/shop/addons/db', by: 'api-addon-delete' },
    ],
    passes: ['heroku ps:scale web=2 -a shop', 'heroku ps:scale', 'heroku config:set LOG_LEVEL=info -a shop', 'heroku pg:psql -a shop -c "select 1"', `curl -X PATCH https://api.heroku.com/apps/shop/config-vars -d '{"LOG_LEVEL":"info"}'`, 'heroku apps', 'heroku logs --tail -a shop', 'heroku config -a shop', 'heroku config:set DELETE_OLD=1', 'heroku pg:info', 'heroku pg:backups', 'heroku pg:backups:capture', 'heroku ps', 'heroku ps:restart', 'heroku releases', 'heroku run rails db:migrate', 'curl https://api.heroku.com/apps'],
  },
};

/** `ps:scale web=0` takes the app offline, and `pg:psql` carries SQL. https://devcenter.heroku.com/articles/heroku-cli-commands */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const [command, ...rest] = call.operands.map((word) => word.text);
  const app = optionValue(call, '-a', '--app')?.text;
  if (command === 'pg:psql' || command === 'psql') return givenStatements(call, 'psql', targetFrom(rule.target, call), analysis);
  const stopped = /^(?:ps:|dyno:)?scale$/.test(command ?? '') ? rest.filter((word) => /^[\w-]{1,40}=0(?::|$)/.test(word)) : [];
  if (stopped.length === 0) return [];
  const { env, span } = call.invocation;
  return [{
    verb: 'stop', resource: { kind: 'dynos', name: app ?? stopped.join(', '), provider: 'Heroku' }, reversibility: 'reversible', certainty: 'certain', rule: 'heroku/scale-zero',
    why: `Takes ${app ?? 'the app'} offline: no dyno is left to answer (${stopped.join(', ')}).`, saferWay: 'Let a person scale it.', docs: rule.docs, env,
    target: targetFrom(rule.target, call), ...(span ? { span } : {}),
  }];
}
