import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'koyeb',
  title: 'Koyeb',
  programs: ['koyeb'],
  docs: 'https://www.koyeb.com/docs/build-and-deploy/cli/reference',
  valueOptions: ['-c', '--config', '-o', '--output', '--token', '--url', '--organization', '-a', '--app'],
  safeOptions: ['-h', '--help'],
  target: { system: 'koyeb', option: ['-a', '--app', '--organization'] },
  operations: [
    { id: 'delete', words: ['app|apps|a', 'delete|del|rm|pause'], verb: 'delete', kind: 'app', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the app {name} with its services, or takes it offline.', saferWay: 'List it first and let a person delete it.' },
    { id: 'service-delete', words: ['service|services|svc|s', 'delete|del|rm|pause'], verb: 'delete', kind: 'service', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the service {name}, or takes it offline.', saferWay: 'List it first and let a person delete it.' },
    { id: 'database-delete', words: ['database|databases|db', 'delete|del|rm'], verb: 'delete', kind: 'database', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the database {name} with its data.', saferWay: 'Keep a copy of the data first.' },
    { id: 'volume-delete', words: ['volume|volumes|vol|snapshot|snapshots', 'delete|del|rm'], verb: 'delete', kind: 'volume or snapshot', reversibility: 'irreversible', backup: true, name: [{ operand: 0 }], why: 'Deletes the volume or snapshot {name}.', saferWay: 'Keep a copy of the data first.' },
  ],
  unlisted: 'Koyeb resource',
  controlPlane: {
    hosts: ['app.koyeb.com'],
    // https://developer.koyeb.com/reference
    paths: [
      { id: 'api-app-delete', request: 'DELETE /v1/apps/:app', verb: 'delete', kind: 'app', reversibility: 'irreversible', name: ['app'], why: 'Deletes the app {name} with its services.', saferWay: 'List it first and let a person delete it.' },
      { id: 'api-service-delete', request: 'DELETE /v1/services/:service', verb: 'delete', kind: 'service', reversibility: 'irreversible', name: ['service'], why: 'Deletes the service {name}; a database service goes with its data.', saferWay: 'List it first and let a person delete it.' },
      { id: 'api-service-pause', request: 'POST /v1/services/:service/pause', verb: 'stop', kind: 'service', reversibility: 'reversible', name: ['service'], why: 'Takes the service {name} offline.', saferWay: 'Let a person pause it.' },
    ],
  },
  cases: {
    caught: [
      { command: 'curl -X DELETE https://app.koyeb.com/v1/apps/a1', by: 'api-app-delete' },
      { command: 'curl -X DELETE https://app.koyeb.com/v1/services/s1', by: 'api-service-delete' },
      { command: 'curl -X POST https://app.koyeb.com/v1/services/s1/pause', by: 'api-service-pause' },
      { command: 'koyeb app delete shop', by: 'delete' },
      { command: 'koyeb apps rm shop', by: 'delete' },
      { command: 'koyeb app pause shop', by: 'delete' },
      { command: 'koyeb service delete shop/api', by: 'service-delete' },
      { command: 'koyeb svc pause shop/api', by: 'service-delete' },
      { command: 'koyeb services rm api --app shop', by: 'service-delete' },
      { command: 'koyeb database delete shop-db', by: 'database-delete' },
      { command: 'koyeb databases delete shop-db', by: 'database-delete' },
      { command: 'koyeb db rm shop-db', by: 'database-delete' },
      { command: 'koyeb volume delete data', by: 'volume-delete' },
      { command: 'koyeb snapshot delete snap-1', by: 'volume-delete' },
      { command: 'koyeb volumes delete data2', by: 'volume-delete' },
      { command: 'koyeb secret delete KEY', by: 'unlisted' },
    ],
    passes: ['koyeb app list', 'koyeb service logs shop/api', 'koyeb service redeploy shop/api', 'koyeb database list', 'koyeb volume list'],
  },
};
