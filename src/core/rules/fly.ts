import type { Analysis } from '../analysis.ts';
import type { Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { placeOf } from '../inputs.ts';
import type { HttpOperation, Rule } from '../rule.ts';
import { targetFrom } from '../target.ts';

const graphql = (id: string, request: string, name: readonly string[], kind: string, why: string, saferWay: string, more: Partial<HttpOperation> = {}): HttpOperation => ({
  id, request, name, verb: 'delete', kind, reversibility: 'irreversible', why, saferWay, ...more,
});

/** The interface flyctl itself uses. https://github.com/superfly/fly-go */
const mutations: readonly HttpOperation[] = [
  graphql('graphql-app-delete', 'deleteApp', ['appId'], 'app', 'Deletes the Fly app {name} with its machines and volumes.', 'List it first and let a person delete it.'),
  graphql('graphql-volume-delete', 'deleteVolume', ['volumeId'], 'volume', 'Deletes the volume {name} with its data.', 'Fork it first: fly volumes fork.', { backup: true }),
  graphql('graphql-add-on-delete', 'deleteAddOn', ['name', 'addOnId'], 'add-on', 'Deletes the add-on {name} with its data.', 'Keep a copy of the data first.'),
  graphql('graphql-organization-delete', 'deleteOrganization', ['organizationId'], 'organization', 'Deletes the organization {name} with its apps.', 'List it first and let a person delete it.'),
  graphql('graphql-secrets-unset', 'unsetSecrets', ['keys', 'appId'], 'secret', 'Deletes {name}: the value cannot be read back.', 'Let a person keep the value first.'),
  graphql('graphql-secrets-set', 'setSecrets', ['appId'], 'secret', 'Replaces secrets of {name} on which its data hangs; the old values cannot be read back.', 'Use a new name.', { verb: 'overwrite', dataVariables: true }),
];

export const rule: Rule = {
  tool: 'fly',
  title: 'Fly.io',
  programs: ['fly', 'flyctl'],
  docs: 'https://fly.io/docs/flyctl/',
  valueOptions: ['-a', '--app', '-c', '--config', '-t', '--access-token', '-o', '--org', '-r', '--region', '-g', '--process-group', '-C', '--command', '--image', '--vm-size'],
  safeOptions: ['-h'],
  target: { system: 'fly', option: ['-a', '--app'], variable: ['FLY_APP'], settings: { config: ['-c', '--config'] } },
  operations: [
    { id: 'app-destroy', words: ['apps|app', 'destroy|delete|remove|rm'], verb: 'delete', kind: 'app', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the Fly app {name} with its machines and volumes.', saferWay: 'List it first and let a person delete it.' },
    { id: 'destroy', words: ['destroy'], verb: 'delete', kind: 'app', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the Fly app {name} with its machines and volumes.', saferWay: 'List it first and let a person delete it.' },
    { id: 'volume-destroy', words: ['volumes|volume|vol', 'destroy|delete|rm|remove'], verb: 'delete', kind: 'volume', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }], why: 'Deletes the volume {name} with its data.', saferWay: 'Fork it first: fly volumes fork.' },
    { id: 'machine-destroy', words: ['machine|machines|m', 'destroy|delete|remove|rm'], verb: 'delete', kind: 'machine', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the machine {name} and what it wrote outside its volume.', saferWay: 'Stop it instead: fly machine stop.' },
    { id: 'database-destroy', words: ['mpg|postgres|pg', 'destroy|detach'], verb: 'delete', kind: 'database', reversibility: 'irreversible', name: [{ operand: 0 }, { option: ['-a', '--app'] }], why: 'Deletes or detaches the database {name}.', saferWay: 'Keep a copy of the data first.' },
    { id: 'machine-stop', words: ['machine|machines|m', 'stop|kill|suspend|cordon'], verb: 'stop', kind: 'machine', reversibility: 'reversible', name: [{ operands: 'all' }], why: 'Stops the machine {name}; what it serves stops answering.', saferWay: 'Let a person stop it.' },
    { id: 'scale-zero', words: ['scale', 'count', '0|app=0|web=0|worker=0'], verb: 'stop', kind: 'app', reversibility: 'reversible', name: [{ option: ['-a', '--app'] }], why: 'Stops every machine of {name}.', saferWay: 'Scale to a smaller number first.' },
    { id: 'suspend', words: ['apps|app', 'suspend'], verb: 'stop', kind: 'app', reversibility: 'reversible', name: [{ operand: 0 }], why: 'Stops every machine of {name}.', saferWay: 'Let a person stop it.' },
    { id: 'suspend-app', words: ['suspend'], verb: 'stop', kind: 'app', reversibility: 'reversible', name: [{ operand: 0 }, { option: ['-a', '--app'] }], why: 'Stops every machine of {name}.', saferWay: 'Let a person stop it.' },
    { id: 'secrets-set', words: ['secrets|secret', 'set'], dataVariables: true, verb: 'overwrite', kind: 'secret', reversibility: 'irreversible', certainty: 'likely', name: [{ dataVariables: true }], why: 'Replaces {name}, on which the app’s data hangs; the old value cannot be read back.', saferWay: 'Look which secrets there are first: fly secrets list.' },
    { id: 'secrets-unset', words: ['secrets|secret', 'unset|rm|remove'], verb: 'delete', kind: 'secret', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name}: the value cannot be read back, and the app restarts without it.', saferWay: 'Let a person keep the value first.' },
    { id: 'storage-destroy', words: ['storage|redis|extensions|ext|litefs-cloud|consul', 'destroy|delete|detach'], verb: 'delete', kind: 'storage', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes {name} with its data.', saferWay: 'Keep a copy of the data first.' },
  ],
  unlisted: 'Fly resource',
  inspect,
  controlPlane: {
    hosts: ['api.machines.dev', '_api.internal', 'api.fly.io'],
    mutations,
    // https://docs.machines.dev
    paths: [
      { id: 'api-machine-stop', request: 'POST /v1/apps/:app/machines/:machine/stop', verb: 'stop', kind: 'machine', reversibility: 'reversible', name: ['machine'], why: 'Stops the machine {name}; what it serves stops answering.', saferWay: 'Let a person stop it.' },
      { id: 'api-machine-suspend', request: 'POST /v1/apps/:app/machines/:machine/suspend', verb: 'stop', kind: 'machine', reversibility: 'reversible', name: ['machine'], why: 'Suspends the machine {name}; what it serves stops answering.', saferWay: 'Let a person stop it.' },
      { id: 'api-machine-cordon', request: 'POST /v1/apps/:app/machines/:machine/cordon', verb: 'stop', kind: 'machine', reversibility: 'reversible', name: ['machine'], why: 'Takes the machine {name} out of what answers requests.', saferWay: 'Let a person do it.' },
      { id: 'api-secret-delete', request: 'DELETE /v1/apps/:app/secrets/:secret', verb: 'delete', kind: 'secret', reversibility: 'irreversible', name: ['secret'], why: 'Deletes the secret {name}: the value cannot be read back.', saferWay: 'Let a person keep the value first.' },
      { id: 'api-app-delete', request: 'DELETE /v1/apps/:app', verb: 'delete', kind: 'app', reversibility: 'irreversible', name: ['app'], why: 'Deletes the Fly app {name} with its machines and volumes.', saferWay: 'List it first and let a person delete it.' },
      { id: 'api-volume-delete', request: 'DELETE /v1/apps/:app/volumes/:volume', verb: 'delete', kind: 'volume', reversibility: 'irreversible', backup: true, name: ['volume'], why: 'Deletes the volume {name} with its data.', saferWay: 'Keep a copy of the data first.' },
      { id: 'api-machine-delete', request: 'DELETE /v1/apps/:app/machines/:machine', verb: 'delete', kind: 'machine', reversibility: 'irreversible', name: ['machine'], why: 'Deletes the machine {name}.', saferWay: 'Stop it instead.' },
    ],
  },
  cases: {
    caught: [
      { command: 'fly scale count web=0 -a shop', by: 'scale-zero' },
      { command: 'echo "drop table orders" | fly postgres connect -a shop-db', by: 'sql/drop-table' },
      { command: 'fly mpg connect <<< "truncate orders"', by: 'sql/truncate' },
      { command: 'fly ssh console -a shop -C "rm -rf /data/uploads"', by: 'rm/delete' },
      { command: 'fly machine exec 9185 "rm -rf /data/uploads"', by: 'rm/delete' },
      { command: 'fly app rm shop -y', by: 'app-destroy' },
      { command: 'fly destroy shop --yes', by: 'destroy' },
      { command: 'flyctl destroy shop', by: 'destroy' },
      { command: 'fly volume delete vol_1 vol_2', by: 'volume-destroy' },
      { command: 'fly machines remove 9185', by: 'machine-destroy' },
      { command: 'flyctl m kill 9185', by: 'machine-stop' },
      { command: 'fly pg destroy shop-db', by: 'database-destroy' },
      { command: 'fly scale count 0', by: 'scale-zero' },
      { command: 'flyctl scale count 0 --app shop -y', by: 'scale-zero' },
      { command: 'fly app suspend shop', by: 'suspend' },
      { command: 'fly suspend shop', by: 'suspend-app' },
      { command: 'flyctl suspend -a shop', by: 'suspend-app' },
      { command: 'fly suspend', by: 'suspend-app' },
      { command: 'fly secrets unset A B', by: 'secrets-unset' },
      { command: 'fly secret rm STRIPE_KEY', by: 'secrets-unset' },
      { command: 'fly secrets set DATABASE_URL=postgres://db.internal/shop -a shop', by: 'secrets-set' },
      { command: 'fly redis destroy cache', by: 'storage-destroy' },
      { command: 'fly ext destroy tigris', by: 'storage-destroy' },
      { command: 'curl -X POST https://api.machines.dev/v1/apps/shop/machines/m1/stop', by: 'api-machine-stop' },
      { command: 'curl -X POST https://api.machines.dev/v1/apps/shop/machines/m1/suspend', by: 'api-machine-suspend' },
      { command: 'curl -X POST https://api.machines.dev/v1/apps/shop/machines/m1/cordon', by: 'api-machine-cordon' },
      { command: 'curl -X DELETE http://_api.internal:4280/v1/apps/shop/secrets/KEY', by: 'api-secret-delete' },
      { command: `curl https://api.fly.io/graphql -d '{"query":"mutation { deleteApp(appId: \\"shop\\") { organization { id } } }"}'`, by: 'graphql-app-delete' },
      { command: `curl https://api.fly.io/graphql -d '{"query":"mutation { deleteVolume(input: {volumeId: \\"vol_1\\"}) { app { id } } }"}'`, by: 'graphql-volume-delete' },
      { command: `curl https://api.fly.io/graphql -d '{"query":"mutation { deleteAddOn(input: {name: \\"cache\\"}) { deletedAddOnName } }"}'`, by: 'graphql-add-on-delete' },
      { command: `curl https://api.fly.io/graphql -d '{"query":"mutation { deleteOrganization(input: {organizationId: \\"o1\\"}) { clientMutationId } }"}'`, by: 'graphql-organization-delete' },
      { command: `curl https://api.fly.io/graphql -d '{"query":"mutation { unsetSecrets(input: {appId: \\"shop\\", keys: [\\"K\\"]}) { app { id } } }"}'`, by: 'graphql-secrets-unset' },
      { command: `curl https://api.fly.io/graphql -d '{"query":"mutation { setSecrets(input: {appId: \\"shop\\", secrets: [{key: \\"DATABASE_URL\\", value: \\"x\\"}]}) { app { id } } }"}'`, by: 'graphql-secrets-set' },
      { command: 'fly apps destroy shop --yes', by: 'app-destroy' },
      { command: 'flyctl apps destroy shop -y', by: 'app-destroy' },
      { command: 'fly destroy shop', by: 'destroy' },
      { command: 'fly volumes destroy vol_123 -y', by: 'volume-destroy' },
      { command: 'fly vol rm vol_123', by: 'volume-destroy' },
      { command: 'fly machine destroy 9185 --force', by: 'machine-destroy' },
      { command: 'fly postgres detach shop-db -a shop', by: 'database-destroy' },
      { command: 'fly mpg destroy abc', by: 'database-destroy' },
      { command: 'fly machine stop 9185 -a shop', by: 'machine-stop' },
      { command: 'fly scale count 0 -a shop', by: 'scale-zero' },
      { command: 'fly apps suspend shop', by: 'suspend' },
      { command: 'fly secrets unset DATABASE_URL -a shop', by: 'secrets-unset' },
      { command: 'fly storage destroy bucket', by: 'storage-destroy' },
      { command: 'fly certs remove example.com', by: 'unlisted' },
      { command: 'curl -X DELETE https://api.machines.dev/v1/apps/shop', by: 'api-app-delete' },
      { command: 'curl -X DELETE https://api.machines.dev/v1/apps/shop/volumes/vol_1', by: 'api-volume-delete' },
      { command: 'curl -X DELETE "https://api.machines.dev/v1/apps/shop/machines/m1?force=true"', by: 'api-machine-delete' },
    ],
    passes: ['fly scale count web=2 worker=1', 'echo "select 1" | fly postgres connect -a shop-db', 'fly ssh console -a shop -C "ls /data"', 'fly secrets set LOG_LEVEL=info -a shop', 'fly machine start 9185', 'curl -X POST https://api.machines.dev/v1/apps/shop/machines/m1/start', `curl https://api.fly.io/graphql -d '{"query":"query { viewer { email } }"}'`, 'fly status', 'fly deploy', 'fly logs -a shop', 'fly apps list', 'fly volumes list', 'fly machine list', 'fly scale count 2', 'fly secrets list', 'fly secrets set DELETE_OLD=true', 'fly ssh console -C ls', 'fly releases', 'curl https://api.machines.dev/v1/apps/shop/machines'],
  },
};

/** `fly postgres connect` takes statements on its input. https://fly.io/docs/flyctl/postgres-connect/ */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const [group, command] = call.operands.map((word) => word.text);
  const { env, stdin } = call.invocation;
  if (!/^(?:postgres|pg|mpg)$/.test(group ?? '') || command !== 'connect' || !stdin) return [];
  const target = targetFrom(rule.target, call);
  return analysis.sql(stdin.text, { client: 'psql' }, placeOf(call.invocation)).map((effect) => ({ ...effect, target, env }));
}
