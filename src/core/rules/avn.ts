import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'avn',
  title: 'Aiven',
  programs: ['avn'],
  docs: 'https://aiven.io/docs/tools/cli',
  valueOptions: ['--project', '--url', '--auth-ca', '--auth-token', '--config', '--cloud', '-p', '--plan', '-c', '--partitions', '--topic', '--dbname', '--username', '--organization-id'],
  safeOptions: ['-h'],
  target: { system: 'aiven', option: ['--project'] },
  operations: [
    { id: 'service-terminate', words: ['service', 'terminate'], verb: 'delete', kind: 'service', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }], why: 'Terminates {name}: its data and backups go with it.', saferWay: 'Power it off instead: avn service update --power-off.' },
    { id: 'power-off', words: ['service', 'update'], needs: ['--power-off', '--disable-termination-protection', '--no-termination-protection'], verb: 'stop', kind: 'service', reversibility: 'reversible', name: [{ operand: 0 }], why: 'Takes {name} offline.', saferWay: 'Ask who uses it first.' },
    { id: 'database-delete', words: ['service', 'database-delete|topic-delete|user-delete|connector-delete|schema-delete|index-delete|user-password-reset|connection-pool-delete|queries-reset'], verb: 'delete', kind: 'database or topic', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name} of the service.', saferWay: 'List it first: avn service get.' },
    { id: 'project-delete', words: ['project|account|organization', 'delete'], verb: 'delete', kind: 'project', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name} with everything in it.', saferWay: 'List it first and let a person delete it.' },
  ],
  unlisted: 'Aiven resource',
  controlPlane: {
    hosts: ['api.aiven.io'],
    paths: [
      { id: 'api-service-terminate', request: 'DELETE /v1/project/:project/service/:service', verb: 'delete', kind: 'service', reversibility: 'irreversible', backup: true, name: ['service'], why: 'Terminates {name}: its data and backups go with it.', saferWay: 'Power it off instead.' },
      { id: 'api-database-delete', request: 'DELETE /v1/project/:project/service/:service/db/:database', verb: 'drop', kind: 'database', reversibility: 'irreversible', name: ['database'], why: 'Drops the database {name}: all data is lost.', saferWay: 'Dump it first.' },
      { id: 'api-topic-delete', request: 'DELETE /v1/project/:project/service/:service/topic/:topic', verb: 'delete', kind: 'topic', reversibility: 'irreversible', name: ['topic'], why: 'Deletes the topic {name} with its messages.', saferWay: 'Keep a copy of the messages first.' },
    ],
  },
  cases: {
    caught: [
      { command: 'avn service terminate shop-pg --force', by: 'service-terminate' },
      { command: 'avn --project prod service terminate shop-kafka', by: 'service-terminate' },
      { command: 'sudo avn service terminate shop-pg', by: 'service-terminate' },
      { command: 'avn service update shop-pg --power-off', by: 'power-off' },
      { command: 'avn service database-delete shop-pg --dbname shop', by: 'database-delete' },
      { command: 'avn service topic-delete shop-kafka orders', by: 'database-delete' },
      { command: 'avn project delete prod', by: 'project-delete' },
      { command: 'avn --auth-token x project delete prod', by: 'project-delete' },
      { command: 'avn organization delete org1', by: 'project-delete' },
      { command: 'avn vpc delete --project-vpc-id 1', by: 'unlisted' },
      { command: 'curl -X DELETE https://api.aiven.io/v1/project/prod/service/shop-pg', by: 'api-service-terminate' },
      { command: 'curl -X DELETE https://api.aiven.io/v1/project/prod/service/shop-pg/db/shop', by: 'api-database-delete' },
      { command: 'curl -X DELETE https://api.aiven.io/v1/project/prod/service/shop-kafka/topic/orders', by: 'api-topic-delete' },
    ],
    passes: ['avn service list', 'avn service get shop-pg', 'avn service create shop-pg -t pg -p hobbyist', 'avn project list', 'avn service update shop-pg -p startup-4', 'avn service backup-list shop-pg'],
  },
};
