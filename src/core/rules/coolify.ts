import type { HttpOperation, Rule } from '../rule.ts';

const keepFirst = 'Keep a copy of the data first: coolify database backup trigger.';

/** https://coolify.io/docs/api-reference/api */
const paths: readonly HttpOperation[] = [
  { id: 'api-database-delete', request: 'DELETE /api/v1/databases/:uuid', verb: 'delete', kind: 'database', reversibility: 'irreversible', backup: true, name: ['uuid'], why: 'Deletes the database {name} with its volumes, unless told to keep them.', saferWay: keepFirst },
  { id: 'api-application-delete', request: 'DELETE /api/v1/applications/:uuid', verb: 'delete', kind: 'application', reversibility: 'irreversible', name: ['uuid'], why: 'Deletes the application {name} with its volumes, unless told to keep them.', saferWay: 'List it first and let a person delete it.' },
  { id: 'api-service-delete', request: 'DELETE /api/v1/services/:uuid', verb: 'delete', kind: 'service', reversibility: 'irreversible', name: ['uuid'], why: 'Deletes the service {name} with its volumes, unless told to keep them.', saferWay: 'List it first and let a person delete it.' },
  ...['applications', 'databases', 'services'].map((kind): HttpOperation => (
    { id: `api-${kind}-stop`, request: `POST /api/v1/${kind}/:uuid/stop`, verb: 'stop', kind: 'service', reversibility: 'reversible', name: ['uuid'], why: 'Takes {name} offline.', saferWay: 'Restart it instead.' }
  )),
];

export const rule: Rule = {
  tool: 'coolify',
  title: 'Coolify',
  programs: ['coolify'],
  docs: 'https://coolify.io/docs/cli/command-reference/commands/database/delete',
  valueOptions: ['--token', '--context', '--host', '--format', '--config', '--uuid', '--key', '--value', '--file'],
  safeOptions: ['-h'],
  target: { system: 'coolify', option: ['--context'], settings: { host: ['--host'] } },
  operations: [
    { id: 'database-delete', words: ['database|databases|db', 'delete'], verb: 'delete', kind: 'database', reversibility: 'irreversible', backup: true, name: [{ operand: 0 }], why: 'Deletes the database {name} with its volumes.', saferWay: keepFirst },
    { id: 'backup-delete', words: ['database|databases|db', 'backup', 'delete|delete-execution'], verb: 'delete', kind: 'backup', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }], why: 'Deletes the backups {name} or their schedule.', saferWay: 'Keep backups until a person says otherwise.' },
    { id: 'app-delete', words: ['app|apps|application|applications', 'delete'], verb: 'delete', kind: 'application', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the application {name} with its volumes.', saferWay: 'List it first and let a person delete it.' },
    { id: 'service-delete', words: ['service|services|svc', 'delete'], verb: 'delete', kind: 'service', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the service {name} with its volumes.', saferWay: 'List it first and let a person delete it.' },
    { id: 'deploy-cancel', words: ['deploy', 'cancel'], verb: 'stop', kind: 'deployment', reversibility: 'reversible', name: [{ operand: 0 }], why: 'Cancels the deployment {name} half-way.', saferWay: 'Let it finish.' },
    { id: 'stop', words: ['app|apps|application|applications|service|services|svc|database|databases|db', 'stop'], verb: 'stop', kind: 'service', reversibility: 'reversible', name: [{ operand: 0 }], why: 'Takes {name} offline.', saferWay: 'Restart it instead.' },
  ],
  unlisted: 'Coolify resource',
  controlPlane: { hosts: ['app.coolify.io'], paths },
  cases: {
    caught: [
      { command: 'coolify deploy cancel d1', by: 'deploy-cancel' },
      { command: 'coolify --context=prod deploy cancel d1 -f', by: 'deploy-cancel' },
      { command: 'coolify --host https://coolify.example.com deploy cancel d2', by: 'deploy-cancel' },
      { command: 'coolify database delete k4w8s', by: 'database-delete' },
      { command: 'coolify --context production db delete k4w8s --delete-volumes', by: 'database-delete' },
      { command: 'coolify database backup delete k4w8s b1', by: 'backup-delete' },
      { command: 'coolify app delete x2c9 -f', by: 'app-delete' },
      { command: 'coolify apps delete x2c9', by: 'app-delete' },
      { command: 'coolify --token t application delete x2c9', by: 'app-delete' },
      { command: 'coolify service delete n3', by: 'service-delete' },
      { command: 'coolify svc delete n3 --force', by: 'service-delete' },
      { command: 'coolify services delete n3', by: 'service-delete' },
      { command: 'coolify app stop x2c9', by: 'stop' },
      { command: 'coolify service stop n3', by: 'stop' },
      { command: 'coolify database stop k4w8s', by: 'stop' },
      { command: 'coolify server remove s1', by: 'unlisted' },
      { command: 'curl -X DELETE "https://app.coolify.io/api/v1/databases/k4w8s?delete_volumes=true"', by: 'api-database-delete' },
      { command: 'curl -X DELETE https://app.coolify.io/api/v1/applications/x2c9', by: 'api-application-delete' },
      { command: 'curl -X DELETE https://app.coolify.io/api/v1/services/n3', by: 'api-service-delete' },
      { command: 'curl -X POST https://app.coolify.io/api/v1/applications/x2c9/stop', by: 'api-applications-stop' },
      { command: 'curl -X POST https://app.coolify.io/api/v1/databases/k4w8s/stop', by: 'api-databases-stop' },
      { command: 'curl -X POST https://app.coolify.io/api/v1/services/n3/stop', by: 'api-services-stop' },
    ],
    passes: ['coolify app env sync x2c9 --file .env', 'coolify app list', 'coolify database get k4w8s', 'coolify app restart x2c9', 'coolify deploy uuid x2c9', 'coolify app logs x2c9', 'curl https://app.coolify.io/api/v1/applications', 'curl -X POST https://app.coolify.io/api/v1/applications/x2c9/restart'],
  },
};
