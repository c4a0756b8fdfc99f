import type { Analysis } from '../analysis.ts';
import { hasOption, optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { holdsDataVariable } from '../http/fields.ts';
import { placeOf, readNamed, readWord } from '../inputs.ts';
import { isRecord, parseJson } from '../json.ts';
import type { HttpOperation, Operation, Rule } from '../rule.ts';
import { sentence } from '../sentence.ts';
import { targetFrom } from '../target.ts';
import { dataVariables } from '../variables.ts';

const endpoint = 'https://backboard.railway.com/graphql/v2';
const askWhich = 'Run `railway status` and check the project and environment; let a person delete it in the dashboard.';
const backupFirst = 'Create a backup of the volume, copy its files off Railway, and check which environment it belongs to.';

const operations: readonly Operation[] = [
  {
    id: 'volume-delete', words: ['volume|volumes', 'delete|remove|rm'], verb: 'delete', kind: 'volume', reversibility: 'irreversible', backup: true,
    name: [{ option: ['--volume', '-v'] }, { operand: 0 }],
    why: 'Deletes the Railway volume {name} with all its data and its backups.', saferWay: backupFirst,
  },
  {
    id: 'volume-detach', words: ['volume|volumes', 'detach'], verb: 'stop', kind: 'volume', reversibility: 'reversible', name: [{ option: ['--volume', '-v'] }],
    why: 'Takes the volume {name} away from its running service.', saferWay: askWhich,
  },
  {
    id: 'project-delete', words: ['delete'], verb: 'delete', kind: 'project', reversibility: 'irreversible', name: [{ option: ['--project', '-p'] }],
    why: 'Deletes the Railway project {name}: every service, deployment and volume in it.', saferWay: askWhich,
  },
  {
    id: 'environment-delete', words: ['environment|env', 'delete|rm|remove'], verb: 'delete', kind: 'environment', reversibility: 'irreversible',
    name: [{ operand: 0 }, { option: ['--environment', '-e'] }],
    why: 'Deletes the Railway environment {name} with the services and volumes in it.', saferWay: askWhich,
  },
  {
    id: 'service-delete', words: ['service', 'delete|remove|rm'], verb: 'delete', kind: 'service', reversibility: 'irreversible', name: [{ operand: 0 }, { option: ['--service', '-s'] }],
    why: 'Deletes the Railway service {name} from its environment.', saferWay: askWhich,
  },
  {
    id: 'bucket-delete', words: ['bucket', 'delete|remove|rm'], verb: 'delete', kind: 'bucket', reversibility: 'irreversible', name: [{ option: ['--bucket', '-b'] }],
    why: 'Deletes the Railway bucket {name} and every object in it.', saferWay: 'Copy the objects elsewhere first.',
  },
  {
    id: 'bucket-credentials-reset', words: ['bucket', 'credentials'], needs: ['--reset'], verb: 'revoke', kind: 'bucket credentials', reversibility: 'irreversible', name: [{ option: ['--bucket', '-b'] }],
    why: 'Makes the present credentials of the bucket {name} invalid for everything that uses them.', saferWay: 'Let a person rotate credentials.',
  },
  {
    id: 'backup-delete', words: ['postgres', 'pitr', 'backup', 'delete'], verb: 'delete', kind: 'backup', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }],
    why: 'Deletes the volume backups {name}.', saferWay: 'List the backups and let a person choose.',
  },
  {
    id: 'backup-restore', words: ['postgres', 'pitr', 'backup', 'restore'], verb: 'overwrite', kind: 'database', reversibility: 'irreversible', name: [{ option: ['--service', '-s'] }],
    why: 'Replaces the data of the database {name} with an older backup.', saferWay: 'Restore into a new service with `railway postgres pitr restore --at`.',
  },
  {
    id: 'backup-schedule-none', words: ['postgres', 'pitr', 'schedule', 'set'], needs: ['--none'], verb: 'delete', kind: 'backup schedule', reversibility: 'reversible', backup: true,
    name: [{ option: ['--service', '-s'] }], why: 'Stops all automatic backups of {name}.', saferWay: 'Keep at least one schedule.',
  },
  {
    id: 'pitr-disable', words: ['postgres', 'pitr', 'disable'], verb: 'delete', kind: 'continuous backup', reversibility: 'irreversible', backup: true, name: [{ option: ['--service', '-s'] }],
    why: 'Turns off continuous backups of {name}.', saferWay: 'Leave point-in-time recovery on.',
  },
  {
    // What the file leaves out is deleted: https://docs.railway.com/cli/config
    id: 'config-apply', words: ['config', 'apply'], needs: ['-y', '--yes', '--confirm-destructive'], verb: 'delete', kind: 'services', reversibility: 'irreversible', certainty: 'likely', name: [{ option: ['--environment', '-e'] }],
    why: 'Deletes every service, volume and variable of the environment {name} that its file leaves out.', saferWay: 'Read `railway config plan` first, and let a person apply deletions.',
  },
  {
    id: 'down', words: ['down'], verb: 'stop', kind: 'deployment', reversibility: 'recoverable', name: [{ option: ['--service', '-s'] }],
    why: 'Takes the newest deployment of {name} offline.', saferWay: 'Use `railway redeploy` to replace it without a gap.',
  },
  {
    id: 'variable-delete', words: ['variable|variables|vars|var', 'delete|rm|remove'], verb: 'delete', kind: 'variable', reversibility: 'irreversible', name: [{ operand: 0 }],
    why: 'Deletes the variable {name}; its value cannot be read back.', saferWay: 'Let a person keep the value first.',
  },
];

const dataVariable = 'Read the present value first, keep it, and check which environment this is: railway status.';

const mutation = (request: string, name: readonly string[], kind: string, why: string, saferWay: string, more: Partial<HttpOperation> = {}): HttpOperation => ({
  id: `api-${request.replace(/([A-Z])/g, (letter) => `-${letter.toLowerCase()}`)}`, request, name, verb: 'delete', kind, reversibility: 'irreversible', why, saferWay, ...more,
});

/** https://docs.railway.com/integrations/api (one page for each kind of resource) */
const mutations: readonly HttpOperation[] = [
  mutation('volumeDelete', ['volumeId', 'id'], 'volume', 'Deletes the Railway volume {name} with all its data and its backups, at once.', backupFirst, { backup: true }),
  mutation('volumeInstanceBackupDelete', ['volumeInstanceBackupId', 'volumeInstanceId'], 'backup', 'Deletes the volume backup {name}.', 'Keep backups until a person says otherwise.', { backup: true }),
  mutation('volumeInstanceBackupBatchDelete', ['volumeInstanceBackupIds', 'volumeInstanceId'], 'backups', 'Deletes the volume backups {name}.', 'Keep backups until a person says otherwise.', { backup: true }),
  mutation('volumeInstanceBackupRestore', ['volumeInstanceId', 'volumeInstanceBackupId'], 'volume', 'Replaces the data of the volume {name} with an older backup.', backupFirst, { verb: 'overwrite' }),
  mutation('volumeInstanceBackupScheduleUpdate', ['volumeInstanceId'], 'backup schedule', 'Changes or removes the automatic backups of the volume {name}.', 'Keep at least one schedule.', { reversibility: 'reversible', backup: true }),
  mutation('serviceDelete', ['id', 'serviceId'], 'service', 'Deletes the Railway service {name}.', askWhich),
  mutation('environmentDelete', ['id', 'environmentId'], 'environment', 'Deletes the Railway environment {name} with the services and volumes in it.', askWhich),
  mutation('projectDelete', ['id', 'projectId'], 'project', 'Deletes the Railway project {name}: every service, deployment and volume in it.', askWhich),
  mutation('projectScheduleDelete', ['id', 'projectId'], 'project', 'Schedules the Railway project {name} for deletion.', askWhich),
  mutation('projectTokenDelete', ['id'], 'project token', 'Revokes the project token {name}; whatever uses it stops working.', askWhich, { verb: 'revoke' }),
  mutation('apiTokenDelete', ['id'], 'API token', 'Revokes the API token {name}; whatever uses it stops working.', askWhich, { verb: 'revoke' }),
  mutation('pluginDelete', ['id'], 'database plugin', 'Deletes the database plugin {name} with its data.', backupFirst),
  mutation('deploymentRemove', ['id', 'deploymentId'], 'deployment', 'Takes the deployment {name} offline and removes it.', askWhich, { verb: 'stop', reversibility: 'recoverable' }),
  mutation('deploymentStop', ['id'], 'deployment', 'Stops the deployment {name}.', askWhich, { verb: 'stop', reversibility: 'recoverable' }),
  mutation('variableDelete', ['name', 'variableName'], 'variable', 'Deletes the variable {name}; its value cannot be read back.', 'Let a person keep the value first.'),
  mutation('variableUpsert', ['name'], 'variable', 'Replaces the variable {name}, on which the service’s data hangs.', dataVariable, { verb: 'overwrite', dataVariables: true }),
  // https://docs.railway.com/integrations/api/manage-variables
  { ...mutation('variableCollectionUpsert', ['serviceId', 'environmentId'], 'variables', 'Replaces all variables of {name}: those not in the request are deleted.', 'Leave out `replace: true`.', { needs: ['replace=true'] }), id: 'api-variables-replace' },
  mutation('variableCollectionUpsert', ['serviceId', 'environmentId'], 'variables', 'Replaces variables of {name} on which its data hangs.', dataVariable, { verb: 'overwrite', dataVariables: true }),
  mutation('volumeInstanceUpdate', ['volumeId'], 'volume', 'Takes the volume {name} away from its service, or mounts it elsewhere; the service no longer finds its data.', backupFirst, { verb: 'stop', reversibility: 'reversible', needs: ['serviceId', 'mountPath', 'state'] }),
  mutation('deploymentCancel', ['id'], 'deployment', 'Cancels the deployment {name}.', askWhich, { verb: 'stop', reversibility: 'recoverable' }),
  mutation('environmentPatchCommit', ['environmentId'], 'environment', 'Deletes what the patch marks as deleted in the environment {name}.', askWhich, { needs: ['isDeleted=true'] }),
  mutation('environmentPatchCommitStaged', ['environmentId'], 'environment', 'Applies whatever changes are staged in the environment {name}, deletions of services and volumes among them.', 'Read `environmentStagedChanges` first.', { certainty: 'likely' }),
  mutation('deploymentRollback', ['id'], 'deployment', 'Puts the service back to the deployment {name}.', askWhich, { verb: 'overwrite', reversibility: 'recoverable' }),
  mutation('disablePitrForHaCluster', ['clusterId', 'serviceId', 'environmentId'], 'continuous backup', 'Turns off continuous backups of {name}.', 'Leave point-in-time recovery on.', { backup: true }),
  mutation('railwayDomainNameserversSet', ['domainId', 'domain'], 'domain', 'Changes who answers for the domain {name}; its addresses may stop answering.', askWhich, { verb: 'overwrite' }),
  mutation('railwayDomainDnsRecordUpdate', ['recordId', 'id'], 'DNS record', 'Changes where the DNS record {name} leads.', 'Keep the record first.', { verb: 'overwrite' }),
  mutation('customDomainDelete', ['id'], 'domain', 'Deletes the custom domain {name}; its address stops answering.', askWhich),
  mutation('serviceDomainDelete', ['id'], 'domain', 'Deletes the service domain {name}; its address stops answering.', askWhich),
  mutation('tcpProxyDelete', ['id'], 'TCP proxy', 'Deletes the TCP proxy {name}; clients outside Railway lose their way in.', askWhich),
  mutation('bucketCredentialsReset', ['bucketId', 'id'], 'bucket credentials', 'Makes the present credentials of the bucket {name} invalid.', 'Let a person rotate credentials.', { verb: 'revoke' }),
];

/** `railway api`, `railway connect` and staged configuration carry orders of their own. */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const [command, second] = call.operands;
  if (command?.text === 'api' && !['search', 'describe', 'schema'].includes(second?.text ?? '')) return sendDocument(call, analysis);
  if (/^var(?:s|iables?)?$/.test(command?.text ?? '')) return replacedVariables(call);
  if (command?.text === 'connect' && call.invocation.stdin) {
    return analysis.sql(call.invocation.stdin.text, { client: 'railway connect', ...(second ? { name: second.text } : {}) }, placeOf(call.invocation));
  }
  if (/^env(?:ironment)?$/.test(command?.text ?? '') && /^(?:edit|update)$/.test(second?.text ?? '')) return stagedDeletion(call);
  return [];
}

/** https://docs.railway.com/cli/api */
function sendDocument(call: Call, analysis: Analysis): readonly Effect[] {
  const { invocation } = call;
  const file = optionValue(call, '--file', '-f');
  const inline = call.operands[1];
  const query = inline ? inline.text : file && file.text !== '-' ? readWord(file, invocation.cwd, analysis) : invocation.stdin?.text;
  const given = optionValue(call, '--variables')?.text ?? '{}';
  const json = given.startsWith('@') ? readNamed(given.slice(1), invocation.cwd, analysis) : given;
  const pairs = ['--var', '--raw-var'].flatMap((option) => call.options.get(option) ?? []).map((word) => /^([^=]+)=(.*)$/s.exec(word?.text ?? ''));
  const variables = { ...asRecord(json), ...Object.fromEntries(pairs.flatMap((pair) => (pair ? [[pair[1] ?? '', pair[2] ?? '']] : []))) };
  const operationName = optionValue(call, '--operation-name')?.text;
  const body = query === undefined ? {} : { body: JSON.stringify({ query, variables, operationName }) };
  return analysis.http({ method: 'POST', url: endpoint, headers: [], uploads: [], ...body }, placeOf(invocation));
}

function asRecord(json: string | undefined): Record<string, unknown> {
  const value = json === undefined ? undefined : parseJson(json);
  return isRecord(value) ? value : {};
}

/** https://docs.railway.com/cli/variable */
function replacedVariables(call: Call): readonly Effect[] {
  const set = call.operands[1]?.text === 'set' ? call.operands.slice(2) : [];
  const flags = ['--set', '--set-from-stdin'].flatMap((option) => call.options.get(option) ?? []);
  const name = dataVariables([...set, ...flags].map((word) => word?.text ?? '')).join(', ');
  const json = hasOption(call, '--json') && holdsDataVariable(asRecord(set[0]?.text.replaceAll('\\"', '"')));
  if (name === '' && !json) return [];
  return [{
    verb: 'overwrite', resource: { kind: 'variable', name, provider: 'Railway' }, reversibility: 'irreversible', certainty: 'likely', rule: 'railway/variable-set',
    why: sentence('Replaces {name}, on which the service’s data hangs: it may reach another database from now on.', name, 'variable'), saferWay: dataVariable,
    target: targetFrom(rule.target, call), env: call.invocation.env, docs: 'https://docs.railway.com/cli/variable',
    ...(call.invocation.span ? { span: call.invocation.span } : {}),
  }];
}

/** A configuration patch that marks something as deleted. */
function stagedDeletion(call: Call): readonly Effect[] {
  const words = call.invocation.argv.map((word) => word.text).join(' ');
  const text = `${words} ${call.invocation.stdin?.text ?? ''}`.slice(0, 65_536);
  if (!/\bisDeleted["']?\s*[:= ]\s*["']?true/.test(text)) return [];
  return [{
    verb: 'delete', resource: { kind: 'service', name: optionValue(call, '--service-config', '-s')?.text ?? '', provider: 'Railway' }, reversibility: 'irreversible', certainty: 'certain',
    rule: 'railway/configured-delete', why: 'Deletes a service or volume by marking it as deleted in the environment’s configuration.', saferWay: askWhich,
    target: targetFrom(rule.target, call), env: call.invocation.env, docs: rule.docs,
    ...(call.invocation.span ? { span: call.invocation.span } : {}),
  }];
}

const deleteVolume = `-d '{"query":"mutation { volumeDelete(volumeId: \\"3d2c42fb\\") }"}'`;

export const rule: Rule = {
  tool: 'railway',
  title: 'Railway',
  programs: ['railway'],
  packages: ['@railway/cli'],
  docs: 'https://docs.railway.com/cli',
  valueOptions: [
    '-s', '--service', '-e', '--environment', '-p', '--project', '-v', '--volume', '-m', '--mount-path', '--message', '-n', '--name', '-b', '--bucket', '-f', '--file', '--2fa-code',
    '--variables', '--var', '--set', '--set-from-stdin', '--raw-var', '--operation-name', '--at', '-t', '--template', '-w', '--workspace', '--service-config', '--region', '--new-service-name', '--source-repo-path',
  ],
  target: { system: 'railway', option: ['--environment', '-e'], settings: { project: ['-p', '--project'] } },
  operations,
  unlisted: 'Railway resource',
  inspect,
  controlPlane: { hosts: ['backboard.railway.com', 'backboard.railway.app'], mutations },
  cases: {
    caught: [
      { command: 'railway config apply --yes --confirm-destructive', by: 'config-apply' },
      { command: 'railway config apply --confirm-destructive -e production', by: 'config-apply' },
      { command: 'npx @railway/cli config apply -y', by: 'config-apply' },
      { command: `railway api 'mutation { environmentPatchCommitStaged(environmentId: "e1") }'`, by: 'api-environment-patch-commit-staged' },
      { command: `railway api 'mutation { deploymentRollback(id: "d1") }'`, by: 'api-deployment-rollback' },
      { command: `railway api 'mutation { disablePitrForHaCluster(environmentId: "e1", serviceId: "s1") }'`, by: 'api-disable-pitr-for-ha-cluster' },
      { command: `railway api 'mutation { railwayDomainNameserversSet(domainId: "d1", nameservers: []) }'`, by: 'api-railway-domain-nameservers-set' },
      { command: `railway api 'mutation { railwayDomainDnsRecordUpdate(recordId: "r1", input: {}) }'`, by: 'api-railway-domain-dns-record-update' },
      { command: 'railway ssh -s api -- rm -rf /data/uploads', by: 'rm/delete' },
      { command: 'railway volume delete --volume pg-data --yes', by: 'volume-delete' },
      { command: 'railway volumes rm -v pg-data -y', by: 'volume-delete' },
      { command: 'railway -e production volume delete', by: 'volume-delete' },
      { command: 'railway delete --project shop --yes', by: 'project-delete' },
      { command: 'railway environment delete staging -y', by: 'environment-delete' },
      { command: 'railway service delete api', by: 'service-delete' },
      { command: 'railway bucket delete -b uploads --yes', by: 'bucket-delete' },
      { command: 'railway bucket credentials --reset --yes', by: 'bucket-credentials-reset' },
      { command: 'railway postgres pitr backup delete b1 b2 -y', by: 'backup-delete' },
      { command: 'railway postgres pitr backup restore b1 -y', by: 'backup-restore' },
      { command: 'railway postgres pitr schedule set --none', by: 'backup-schedule-none' },
      { command: 'railway postgres pitr disable -y', by: 'pitr-disable' },
      { command: 'railway volume detach --volume pg-data -y', by: 'volume-detach' },
      { command: 'railway down -y', by: 'down' },
      { command: 'railway down --service api', by: 'down' },
      { command: 'npx @railway/cli down', by: 'down' },
      { command: 'railway delete', by: 'project-delete' },
      { command: 'railway delete -p shop -y --2fa-code 123456', by: 'project-delete' },
      { command: 'railway env rm staging', by: 'environment-delete' },
      { command: 'railway environment remove pr-12 --yes', by: 'environment-delete' },
      { command: 'railway service rm worker -y', by: 'service-delete' },
      { command: 'railway service remove --service worker', by: 'service-delete' },
      { command: 'railway bucket rm --bucket uploads', by: 'bucket-delete' },
      { command: 'railway vars rm STRIPE_KEY -s api', by: 'variable-delete' },
      { command: 'railway var delete STRIPE_KEY --environment production', by: 'variable-delete' },
      { command: 'railway variable set DATABASE_URL=postgres://db.internal/shop', by: 'variable-set' },
      { command: 'railway variables --set LOG_LEVEL=info --set SHOP_REDIS_URL=redis://cache.internal', by: 'variable-set' },
      { command: 'openssl rand -hex 32 | railway vars set SECRET_KEY_BASE --stdin', by: 'variable-set' },
      { command: `railway var set --json '{"MONGODB_URI":"mongodb://db.internal/shop"}'`, by: 'variable-set' },
      { command: 'railway variable delete DATABASE_URL', by: 'variable-delete' },
      { command: 'railway sandbox destroy', by: 'unlisted' },
      { command: 'npx @railway/cli volume delete --volume pg-data', by: 'volume-delete' },
      { command: `railway environment edit --service-config api isDeleted true`, by: 'configured-delete' },
      { command: `railway api 'mutation { volumeDelete(volumeId: "v1") }'`, by: 'api-volume-delete' },
      { command: `railway api 'mutation { volumeInstanceBackupDelete(volumeInstanceId: "v", volumeInstanceBackupId: "b") }'`, by: 'api-volume-instance-backup-delete' },
      { command: `railway api 'mutation { volumeInstanceBackupBatchDelete(volumeInstanceId: "v", volumeInstanceBackupIds: ["b1", "b2"]) }'`, by: 'api-volume-instance-backup-batch-delete' },
      { command: `railway api 'mutation { volumeInstanceBackupRestore(volumeInstanceId: "v", volumeInstanceBackupId: "b") }'`, by: 'api-volume-instance-backup-restore' },
      { command: `railway api 'mutation { volumeInstanceBackupScheduleUpdate(volumeInstanceId: "v", kinds: []) }'`, by: 'api-volume-instance-backup-schedule-update' },
      { command: `railway api 'mutation { serviceDelete(id: "s1") }'`, by: 'api-service-delete' },
      { command: `railway api 'mutation { environmentDelete(id: "e1") }'`, by: 'api-environment-delete' },
      { command: `railway api 'mutation { projectScheduleDelete(id: "p1") }'`, by: 'api-project-schedule-delete' },
      { command: `railway api 'mutation { projectTokenDelete(id: "t1") }'`, by: 'api-project-token-delete' },
      { command: `railway api 'mutation { apiTokenDelete(id: "t1") }'`, by: 'api-api-token-delete' },
      { command: `railway api 'mutation { pluginDelete(id: "pg") }'`, by: 'api-plugin-delete' },
      { command: `railway api 'mutation { deploymentRemove(id: "d1") }'`, by: 'api-deployment-remove' },
      { command: `railway api 'mutation { deploymentStop(id: "d1") }'`, by: 'api-deployment-stop' },
      { command: `railway api 'mutation { deploymentCancel(id: "d1") }'`, by: 'api-deployment-cancel' },
      { command: `railway api 'mutation { variableDelete(input: {projectId: "p", environmentId: "e", name: "STRIPE_KEY"}) }'`, by: 'api-variable-delete' },
      { command: `railway api 'mutation { variableUpsert(input: {projectId: "p", environmentId: "e", name: "DATABASE_URL", value: "postgres://x"}) }'`, by: 'api-variable-upsert' },
      { command: `railway api 'mutation { variableCollectionUpsert(input: {projectId: "p", environmentId: "e", replace: true, variables: {LOG_LEVEL: "info"}}) }'`, by: 'api-variables-replace' },
      { command: `railway api 'mutation { variableCollectionUpsert(input: {projectId: "p", environmentId: "e", variables: {POSTGRES_URL: "x"}}) }'`, by: 'api-variable-collection-upsert' },
      { command: `railway api 'mutation { volumeInstanceUpdate(volumeId: "v1", input: {serviceId: null}) }'`, by: 'api-volume-instance-update' },
      { command: `railway api 'mutation { environmentPatchCommit(environmentId: "e1", patch: {services: {s1: {isDeleted: true}}}) }'`, by: 'api-environment-patch-commit' },
      { command: `railway api 'mutation { customDomainDelete(id: "c1") }'`, by: 'api-custom-domain-delete' },
      { command: `railway api 'mutation { serviceDomainDelete(id: "c1") }'`, by: 'api-service-domain-delete' },
      { command: `railway api 'mutation { tcpProxyDelete(id: "t1") }'`, by: 'api-tcp-proxy-delete' },
      { command: `railway api 'mutation { bucketCredentialsReset(bucketId: "b1") }'`, by: 'api-bucket-credentials-reset' },
      { command: `railway api 'mutation($id: String!) { projectDelete(id: $id) }' --var id=p1`, by: 'api-project-delete' },
      { command: `curl -X POST https://backboard.railway.app/graphql/v2 -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" ${deleteVolume}`, by: 'api-volume-delete' },
      { command: `curl https://backboard.railway.com/graphql/v2 --json '{"query":"mutation($v:String!){x:volumeDelete(volumeId:$v)}","variables":{"v":"3d2c42fb"}}'`, by: 'api-volume-delete' },
      { command: `curl https://backboard.railway.com/graphql/v2 -d "$BODY"`, by: 'unreadable-request' },
      { command: `curl https://backboard.railway.com/graphql/v2 -d '{"query":"mutation { workspaceDelete(id: 1) }"}'`, by: 'unlisted-mutation' },
    ],
    passes: ['railway config plan', 'railway config pull', 'railway ssh -s api -- ls /data', 
      'railway volume list',
      'railway up --detach',
      'railway status --json',
      'railway logs -n 100',
      'railway variable set DELETE_OLD=true',
      'railway variables --set NODE_ENV=production --set API_URL=https://api.example.com',
      'railway variable list --kv',
      `railway api 'mutation { variableUpsert(input: {projectId: "p", environmentId: "e", name: "LOG_LEVEL", value: "info"}) }'`,
      `railway api 'mutation { variableCollectionUpsert(input: {projectId: "p", environmentId: "e", replace: false, variables: {LOG_LEVEL: "info"}}) }'`,
      `railway api 'mutation { deploymentRedeploy(id: "d1") { id } }'`,
      'railway environment new staging --duplicate production',
      'railway delete --help',
      `railway api 'query { me { id } }'`,
      'railway api search volumeDelete',
      `curl https://backboard.railway.app/graphql/v2 -d '{"query":"query { project(id: \\"p\\") { volumes { edges { node { id } } } } }"}'`,
      `curl https://backboard.railway.app/graphql/v2 -d '{"query":"mutation { volumeInstanceBackupCreate(volumeInstanceId: \\"v\\") }"}'`,
    ],
  },
};
