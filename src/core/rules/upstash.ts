import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'upstash',
  title: 'Upstash',
  programs: ['upstash'],
  packages: ['@upstash/cli'],
  docs: 'https://upstash.com/docs/common/account/developerapi',
  valueOptions: ['--id', '-i', '--name', '--region', '-c', '--config', '--email', '--key'],
  safeOptions: ['-h'],
  target: { system: 'upstash' },
  operations: [
    { id: 'delete', words: ['redis|kafka|qstash|vector|team|search', 'delete|remove-member'], verb: 'delete', kind: 'database', reversibility: 'irreversible', name: [{ option: ['--id', '-i', '--name'] }, { operand: 0 }], why: 'Deletes {name} with its data.', saferWay: 'Export it first.' },
    { id: 'reset-password', words: ['redis', 'reset-password'], verb: 'revoke', kind: 'password', reversibility: 'irreversible', name: [{ option: ['--id', '-i'] }], why: 'Makes the present password of {name} invalid.', saferWay: 'Let a person rotate passwords.' },
  ],
  unlisted: 'Upstash resource',
  controlPlane: {
    hosts: ['api.upstash.com', '*.upstash.io'],
    // https://upstash.com/docs/devops/developer-api
    paths: [
      // Commands stand in the path, whatever the method: https://upstash.com/docs/redis/features/restapi
      { id: 'rest-flushall-get', request: 'GET /flushall', verb: 'truncate', kind: 'database', reversibility: 'irreversible', name: [], why: 'Deletes every key of the Redis database.', saferWay: 'Check which database the address is.' },
      { id: 'rest-flushall', request: 'POST /flushall', verb: 'truncate', kind: 'database', reversibility: 'irreversible', name: [], why: 'Deletes every key of the Redis database.', saferWay: 'Check which database the address is.' },
      { id: 'rest-flushdb-get', request: 'GET /flushdb', verb: 'truncate', kind: 'database', reversibility: 'irreversible', name: [], why: 'Deletes every key of the Redis database.', saferWay: 'Check which database the address is.' },
      { id: 'rest-flushdb', request: 'POST /flushdb', verb: 'truncate', kind: 'database', reversibility: 'irreversible', name: [], why: 'Deletes every key of the Redis database.', saferWay: 'Check which database the address is.' },
      { id: 'api-redis-delete', request: 'DELETE /v2/redis/database/:id', verb: 'delete', kind: 'database', reversibility: 'irreversible', name: ['id'], why: 'Deletes the Redis database {name} with its data.', saferWay: 'Export it first.' },
      { id: 'api-redis-reset', request: 'POST /v2/redis/reset-password/:id', verb: 'revoke', kind: 'password', reversibility: 'irreversible', name: ['id'], why: 'Makes the present password of {name} invalid.', saferWay: 'Let a person rotate passwords.' },
      { id: 'api-backup-delete', request: 'DELETE /v2/redis/delete-backup/:id/:backup', verb: 'delete', kind: 'backup', reversibility: 'irreversible', backup: true, name: ['backup'], why: 'Deletes the backup {name}.', saferWay: 'Keep backups until a person says otherwise.' },
    ],
  },
  cases: {
    caught: [
      { command: 'curl -X DELETE -u me:k https://api.upstash.com/v2/redis/database/1a2b', by: 'api-redis-delete' },
      { command: 'curl -X POST -u me:k https://api.upstash.com/v2/redis/reset-password/1a2b', by: 'api-redis-reset' },
      { command: 'curl -X DELETE -u me:k https://api.upstash.com/v2/redis/delete-backup/1a2b/b1', by: 'api-backup-delete' },
      { command: 'upstash redis delete --id 1a2b', by: 'delete' },
      { command: 'upstash team delete -i 9', by: 'delete' },
      { command: 'npx @upstash/cli redis delete --id 1a2b', by: 'delete' },
      { command: 'upstash redis reset-password --id 1a2b', by: 'reset-password' },
      { command: 'upstash vector delete --id 7', by: 'delete' },
      { command: 'upstash auth revoke', by: 'unlisted' },
      { command: 'curl https://eu1-cat-1.upstash.io/flushall -H "Authorization: Bearer $T"', by: 'rest-flushall-get' },
      { command: 'curl -X POST https://eu1-cat-1.upstash.io/flushall', by: 'rest-flushall' },
      { command: 'curl https://eu1-cat-1.upstash.io/flushdb', by: 'rest-flushdb-get' },
      { command: 'http POST https://eu1-cat-1.upstash.io/flushdb', by: 'rest-flushdb' },
    ],
    passes: ['upstash redis list', 'upstash redis get --id 1a2b', 'upstash redis create --name x --region eu-west-1', 'upstash redis stats --id 1', 'curl https://eu1-cat-1.upstash.io/get/flushall', 'curl https://eu1-cat-1.upstash.io/dbsize'],
  },
};
