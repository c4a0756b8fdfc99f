import type { Analysis } from '../analysis.ts';
import type { Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';
import { givenStatements } from '../sql/given.ts';

export const rule: Rule = {
  tool: 'dokku',
  title: 'Dokku',
  programs: ['dokku'],
  docs: 'https://dokku.com/docs/deployment/application-management/',
  valueOptions: [],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'dokku' },
  operations: [
    { id: 'app-destroy', words: ['apps:destroy'], verb: 'delete', kind: 'app', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the app {name} with its settings, images and domains.', saferWay: 'Stop it instead: dokku ps:stop.' },
    // https://github.com/dokku/dokku-postgres and its siblings
    { id: 'service-destroy', words: ['postgres:destroy|mysql:destroy|mariadb:destroy|mongo:destroy|redis:destroy|couchdb:destroy|rethinkdb:destroy|elasticsearch:destroy|clickhouse:destroy|rabbitmq:destroy|meilisearch:destroy'], verb: 'delete', kind: 'database', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the database service {name}: all data is lost.', saferWay: 'Export it first: dokku postgres:export.' },
    { id: 'service-import', words: ['postgres:import|mysql:import|mariadb:import|mongo:import|redis:import'], verb: 'overwrite', kind: 'database', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Replaces data of the database service {name} with a dump.', saferWay: 'Export it first, or import into a new service.' },
    { id: 'backup-unschedule', words: ['postgres:backup-unschedule|mysql:backup-unschedule|mariadb:backup-unschedule|mongo:backup-unschedule|redis:backup-unschedule'], verb: 'delete', kind: 'backup schedule', reversibility: 'reversible', backup: true, name: [{ operand: 0 }], why: 'Stops the automatic backups of {name}.', saferWay: 'Keep at least one schedule.' },
    { id: 'config-set', words: ['config:set'], dataVariables: true, verb: 'overwrite', kind: 'variable', reversibility: 'irreversible', certainty: 'likely', name: [{ dataVariables: true }], why: 'Replaces {name}, on which the app’s data hangs.', saferWay: 'Read the present value first and keep it: dokku config:get.' },
    { id: 'scale-zero', words: ['ps:scale', '*', 'web=0|worker=0'], verb: 'stop', kind: 'app', reversibility: 'reversible', name: [{ text: 'the app' }], why: 'Takes processes of {name} offline.', saferWay: 'Let a person scale it.' },
    { id: 'storage-unmount', words: ['storage:unmount'], verb: 'stop', kind: 'storage', reversibility: 'reversible', name: [{ operand: 0 }], why: 'Takes storage away from {name}; it no longer finds its files.', saferWay: 'Look first: dokku storage:list.' },
    { id: 'config-unset', words: ['config:unset|config:clear'], verb: 'delete', kind: 'variable', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes variables of {name} and restarts it without them.', saferWay: 'Let a person keep the value first.' },
    { id: 'stop', words: ['ps:stop'], verb: 'stop', kind: 'app', reversibility: 'reversible', name: [{ operand: 0 }], why: 'Stops {name}.', saferWay: 'Restart it instead: dokku ps:restart.' },
  ],
  unlisted: 'Dokku resource',
  inspect,
  cases: {
    caught: [
      { command: 'dokku ps:scale shop web=0', by: 'scale-zero' },
      { command: 'dokku ps:scale shop worker=0 web=1', by: 'scale-zero' },
      { command: 'sudo dokku ps:scale shop web=0 worker=0', by: 'scale-zero' },
      { command: 'echo "drop table orders" | dokku postgres:connect shop', by: 'sql/drop-table' },
      { command: 'dokku redis:connect cache <<< "FLUSHALL"', by: 'redis/flushall' },
      { command: 'dokku run shop rails db:drop', by: 'rails/db-drop' },
      { command: 'dokku enter shop web rm -rf /app/storage', by: 'rm/delete' },
      { command: 'dokku network:destroy intern', by: 'unlisted' },
      { command: 'dokku apps:destroy shop-staging', by: 'app-destroy' },
      { command: 'dokku mysql:destroy shop --force', by: 'service-destroy' },
      { command: 'sudo dokku redis:destroy cache', by: 'service-destroy' },
      { command: 'dokku postgres:import shop < dump.sql', by: 'service-import' },
      { command: 'dokku mongo:import shop < dump.gz', by: 'service-import' },
      { command: 'cat dump.sql | dokku mysql:import shop', by: 'service-import' },
      { command: 'dokku postgres:backup-unschedule shop', by: 'backup-unschedule' },
      { command: 'dokku mysql:backup-unschedule shop', by: 'backup-unschedule' },
      { command: 'sudo dokku mongo:backup-unschedule shop', by: 'backup-unschedule' },
      { command: 'dokku config:set shop DATABASE_URL=postgres://x', by: 'config-set' },
      { command: 'dokku config:set --no-restart shop REDIS_URL=redis://x', by: 'config-set' },
      { command: 'sudo dokku config:set shop A=1 SECRET_KEY_BASE=x', by: 'config-set' },
      { command: 'dokku storage:unmount shop /var/lib/dokku/data/storage/shop:/data', by: 'storage-unmount' },
      { command: 'sudo dokku storage:unmount shop /srv:/data', by: 'storage-unmount' },
      { command: 'dokku storage:unmount web /srv:/srv', by: 'storage-unmount' },
      { command: 'dokku config:clear shop', by: 'config-unset' },
      { command: 'dokku config:unset --no-restart shop A B', by: 'config-unset' },
      { command: 'dokku ps:stop --all', by: 'stop' },
      { command: 'sudo dokku ps:stop web', by: 'stop' },
      { command: 'dokku apps:destroy shop --force', by: 'app-destroy' },
      { command: 'dokku postgres:destroy shop', by: 'service-destroy' },
      { command: 'dokku config:unset shop KEY', by: 'config-unset' },
      { command: 'dokku --force apps:destroy shop', by: 'app-destroy' },
      { command: 'dokku ps:stop shop', by: 'stop' },
    ],
    passes: ['dokku ps:scale shop web=2', 'dokku ps:scale shop', 'echo "select 1" | dokku postgres:connect shop', 'dokku run shop rails db:migrate', 'dokku config:set shop LOG_LEVEL=info', 'dokku postgres:backup shop bucket', 'dokku storage:list shop', 'dokku apps:list', 'dokku logs shop', 'dokku config:show shop', 'dokku ps:report shop', 'dokku postgres:export shop'],
  },
};

/** `postgres:connect` and its siblings take statements on their input. https://github.com/dokku/dokku-postgres */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const [group, command] = call.operands.map((word) => word.text);
  const client = /^(postgres|mysql|mariadb|mongo|redis|clickhouse):(?:connect|enter)$/.exec(group ?? '')?.[1];
  if (client === undefined) return [];
  const name = command;
  return givenStatements(call, client === 'postgres' ? 'psql' : client, { by: 'named', system: 'dokku', ...(name === undefined ? {} : { name }) }, analysis);
}
