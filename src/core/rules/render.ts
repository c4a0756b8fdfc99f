import type { Analysis } from '../analysis.ts';
import type { Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';
import { givenStatements } from '../sql/given.ts';

export const rule: Rule = {
  tool: 'render',
  title: 'Render',
  programs: ['render'],
  docs: 'https://render.com/docs/cli',
  valueOptions: ['--project', '--environment', '--region', '-c', '--command', '-o', '--output', '-r', '--resources', '--text', '--type', '--commit', '--image'],
  safeOptions: ['-h'],
  target: { system: 'render', option: ['--environment'] },
  operations: [
    { id: 'service-delete', words: ['services', 'delete'], verb: 'delete', kind: 'service', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the Render service {name} with its disk.', saferWay: 'List it first and let a person delete it.' },
    { id: 'postgres-delete', words: ['postgres|postgreses|pg', 'delete'], verb: 'delete', kind: 'database', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }], why: 'Deletes the database {name} with its backups.', saferWay: 'See first what would go: leave out --confirm.' },
    { id: 'ea-postgres-delete', words: ['ea', 'postgres|postgreses|pg', 'delete'], verb: 'delete', kind: 'database', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }], why: 'Deletes the database {name} with its backups.', saferWay: 'See first what would go: leave out --confirm.' },
    { id: 'key-value-delete', words: ['keyvalues|keyvalue|kv', 'delete'], verb: 'delete', kind: 'key value store', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the store {name} with its data.', saferWay: 'See first what would go: leave out --confirm.' },
    { id: 'ea-key-value-delete', words: ['ea', 'keyvalues|keyvalue|kv', 'delete'], verb: 'delete', kind: 'key value store', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the store {name} with its data.', saferWay: 'See first what would go: leave out --confirm.' },
    { id: 'suspend', words: ['postgres|postgreses|pg|keyvalues|keyvalue|kv', 'suspend'], verb: 'stop', kind: 'database', reversibility: 'reversible', name: [{ operands: 'all' }], why: 'Takes {name} offline.', saferWay: 'Let a person suspend it.' },
    { id: 'ea-suspend', words: ['ea', 'postgres|postgreses|pg|keyvalues|keyvalue|kv', 'suspend'], verb: 'stop', kind: 'database', reversibility: 'reversible', name: [{ operands: 'all' }], why: 'Takes {name} offline.', saferWay: 'Let a person suspend it.' },
    { id: 'object-delete', words: ['ea', 'objects|object', 'delete'], verb: 'delete', kind: 'object', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the objects {name} from storage.', saferWay: 'Keep a copy of the data first.' },
    { id: 'job-cancel', words: ['jobs', 'cancel'], verb: 'stop', kind: 'job', reversibility: 'reversible', name: [{ operands: 'all' }], why: 'Stops the job {name} half-way.', saferWay: 'Let it finish.' },
    { id: 'deploy-cancel', words: ['deploys', 'cancel'], verb: 'stop', kind: 'deploy', reversibility: 'reversible', name: [{ operands: 'all' }], why: 'Cancels the deploy {name}.', saferWay: 'Let it finish.' },
  ],
  unlisted: 'Render resource',
  inspect,
  controlPlane: {
    hosts: ['api.render.com'],
    // https://api-docs.render.com/reference
    paths: [
      { id: 'api-env-delete', request: 'DELETE /v1/services/:service/env-vars/:key', verb: 'delete', kind: 'variable', reversibility: 'irreversible', name: ['key'], why: 'Deletes the variable {name}.', saferWay: 'Let a person keep the value first.' },
      { id: 'api-env-set', request: 'PUT /v1/services/:service/env-vars/:key', dataVariables: true, verb: 'overwrite', kind: 'variable', reversibility: 'irreversible', certainty: 'likely', name: ['key'], why: 'Replaces the variable {name}, on which the service’s data hangs.', saferWay: 'Read the present value first and keep it.' },
      { id: 'api-secret-files', request: 'PUT /v1/services/:service/secret-files', verb: 'overwrite', kind: 'secret files', reversibility: 'irreversible', name: ['service'], why: 'Replaces every secret file of {name}: those not in the request are deleted.', saferWay: 'Change single ones: PUT /v1/services/…/secret-files/NAME.' },
      { id: 'api-postgres-suspend', request: 'POST /v1/postgres/:postgres/suspend', verb: 'stop', kind: 'database', reversibility: 'reversible', name: ['postgres'], why: 'Takes the database {name} offline.', saferWay: 'Let a person suspend it.' },
      { id: 'api-key-value-suspend', request: 'POST /v1/key-value/:store/suspend', verb: 'stop', kind: 'key value store', reversibility: 'reversible', name: ['store'], why: 'Takes the store {name} offline.', saferWay: 'Let a person suspend it.' },
      { id: 'api-postgres-recovery', request: 'POST /v1/postgres/:postgres/failover', verb: 'stop', kind: 'database', reversibility: 'recoverable', name: ['postgres'], why: 'Makes the standby of {name} its primary; open connections end.', saferWay: 'Let a person do it.' },
      { id: 'api-rollback', request: 'POST /v1/services/:service/rollback', verb: 'overwrite', kind: 'deploy', reversibility: 'recoverable', name: ['service'], why: 'Puts the service {name} back to an earlier deploy.', saferWay: 'Look first: GET /v1/services/…/deploys.' },
      { id: 'api-scale', request: 'POST /v1/services/:service/scale', needs: ['numInstances=0'], verb: 'stop', kind: 'service', reversibility: 'reversible', name: ['service'], why: 'Takes the service {name} offline.', saferWay: 'Let a person scale it.' },
      { id: 'api-service-delete', request: 'DELETE /v1/services/:service', verb: 'delete', kind: 'service', reversibility: 'irreversible', name: ['service'], why: 'Deletes the Render service {name} with its disk.', saferWay: 'List it first and let a person delete it.' },
      { id: 'api-postgres-delete', request: 'DELETE /v1/postgres/:postgres', verb: 'delete', kind: 'database', reversibility: 'irreversible', backup: true, name: ['postgres'], why: 'Deletes the database {name} with its backups.', saferWay: 'Keep a copy of the data first.' },
      { id: 'api-key-value-delete', request: 'DELETE /v1/key-value/:store', verb: 'delete', kind: 'key value store', reversibility: 'irreversible', name: ['store'], why: 'Deletes the store {name} with its data.', saferWay: 'Keep a copy of the data first.' },
      { id: 'api-disk-delete', request: 'DELETE /v1/disks/:disk', verb: 'delete', kind: 'disk', reversibility: 'irreversible', backup: true, name: ['disk'], why: 'Deletes the disk {name} with its files and snapshots.', saferWay: 'Keep a copy of the data first.' },
      { id: 'api-disk-restore', request: 'POST /v1/disks/:disk/snapshots/restore', verb: 'overwrite', kind: 'disk', reversibility: 'irreversible', name: ['disk'], why: 'Replaces the files of the disk {name} with an older state.', saferWay: 'Keep a copy of the data first.' },
      { id: 'api-env-replace', request: 'PUT /v1/services/:service/env-vars', verb: 'overwrite', kind: 'variables', reversibility: 'irreversible', name: ['service'], why: 'Replaces every variable of {name}: those not in the request are deleted.', saferWay: 'Change single ones: PUT /v1/services/…/env-vars/KEY.' },
      { id: 'api-suspend', request: 'POST /v1/services/:service/suspend', verb: 'stop', kind: 'service', reversibility: 'reversible', name: ['service'], why: 'Takes the service {name} offline.', saferWay: 'Let a person suspend it.' },
    ],
  },
  cases: {
    caught: [
      { command: 'render ea pg delete shop-db --confirm', by: 'ea-postgres-delete' },
      { command: 'render pg delete dpg-1 --confirm -o json', by: 'postgres-delete' },
      { command: 'render postgres delete shop-db --environment production --confirm', by: 'postgres-delete' },
      { command: 'render ea kv delete red-1 --confirm', by: 'ea-key-value-delete' },
      { command: 'render kv delete red-1 --confirm', by: 'key-value-delete' },
      { command: 'render keyvalue delete cache --project shop --confirm', by: 'key-value-delete' },
      { command: 'render keyvalues delete cache2 --confirm', by: 'key-value-delete' },
      { command: 'render ea pg suspend shop-db --confirm', by: 'ea-suspend' },
      { command: 'render pg suspend shop-db', by: 'suspend' },
      { command: 'render ea objects delete a/b --region=oregon --yes', by: 'object-delete' },
      { command: 'render jobs cancel srv-1 job-1', by: 'job-cancel' },
      { command: 'render jobs cancel srv-1 job-2 --confirm', by: 'job-cancel' },
      { command: 'render -o json jobs cancel srv-1 job-3', by: 'job-cancel' },
      { command: 'render psql dpg-1 -- -c "drop table orders"', by: 'sql/drop-table' },
      { command: 'render psql dpg-1 --command "truncate orders" -o text', by: 'sql/truncate' },
      { command: 'render deploys cancel srv-1 dep-2 --confirm', by: 'deploy-cancel' },
      { command: 'render -o json deploys cancel srv-1 dep-3', by: 'deploy-cancel' },
      { command: 'curl -X DELETE https://api.render.com/v1/services/srv-1/env-vars/STRIPE_KEY', by: 'api-env-delete' },
      { command: `curl -X PUT https://api.render.com/v1/services/srv-1/env-vars/DATABASE_URL -d '{"value":"x","key":"DATABASE_URL"}'`, by: 'api-env-set' },
      { command: `curl -X PUT https://api.render.com/v1/services/srv-1/secret-files -d '[]'`, by: 'api-secret-files' },
      { command: 'curl -X POST https://api.render.com/v1/postgres/dpg-1/suspend', by: 'api-postgres-suspend' },
      { command: 'curl -X POST https://api.render.com/v1/key-value/red-1/suspend', by: 'api-key-value-suspend' },
      { command: 'curl -X POST https://api.render.com/v1/postgres/dpg-1/failover', by: 'api-postgres-recovery' },
      { command: `curl -X POST https://api.render.com/v1/services/srv-1/rollback -d '{"deployId":"dep-1"}'`, by: 'api-rollback' },
      { command: `curl -X POST https://api.render.com/v1/services/srv-1/scale -d '{"numInstances":0}'`, by: 'api-scale' },
      { command: 'render services delete srv-1 --confirm', by: 'service-delete' },
      { command: 'render services delete srv-1 -o json', by: 'service-delete' },
      { command: 'render -o json services delete srv-1', by: 'service-delete' },
      { command: 'render deploys cancel srv-1 dep-1', by: 'deploy-cancel' },
      { command: 'render disks delete dsk-1', by: 'unlisted' },
      { command: 'curl -X DELETE https://api.render.com/v1/services/srv-1', by: 'api-service-delete' },
      { command: 'curl -X DELETE https://api.render.com/v1/postgres/dpg-1', by: 'api-postgres-delete' },
      { command: 'curl -X DELETE https://api.render.com/v1/disks/dsk-1', by: 'api-disk-delete' },
      { command: 'curl -X PUT https://api.render.com/v1/services/srv-1/env-vars -d "[]"', by: 'api-env-replace' },
      { command: 'curl -X POST https://api.render.com/v1/services/srv-1/suspend', by: 'api-suspend' },
      { command: 'curl -X POST https://api.render.com/v1/disks/dsk-1/snapshots/restore', by: 'api-disk-restore' },
      { command: 'curl -X DELETE https://api.render.com/v1/key-value/red-1', by: 'api-key-value-delete' },
    ],
    passes: ['render ea pg list', 'render ea kv get red-1', 'render jobs list srv-1', 'render ea objects list --region=oregon', 'render psql dpg-1 -c "select 1" -o text', `curl -X POST https://api.render.com/v1/services/srv-1/scale -d '{"numInstances":3}'`, 'curl -X POST https://api.render.com/v1/services/srv-1/deploys', 'render services', 'render services list', 'render logs -r srv-1', 'render deploys list srv-1', 'render deploys create srv-1', 'render workspace current', 'curl https://api.render.com/v1/services'],
  },
};

/** `render psql` takes statements. https://render.com/docs/cli */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const [group, command] = call.operands.map((word) => word.text);
  if (group !== 'psql') return [];
  const name = command;
  return givenStatements(call, 'psql', { by: 'named', system: 'render', ...(name === undefined ? {} : { name }) }, analysis);
}
