import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'upcloud',
  title: 'UpCloud',
  programs: ['upctl'],
  docs: 'https://upcloudltd.github.io/upcloud-cli/',
  valueOptions: ['--client-timeout', '--config', '-o', '--output', '-t', '--type', '--zone', '--wait'],
  safeOptions: ['-h'],
  target: { system: 'upcloud', option: ['--config'] },
  operations: [
    { id: 'server-delete', words: ['server|srv', 'delete'], verb: 'delete', kind: 'server', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the server {name}, with --delete-storages its disks too.', saferWay: 'Stop it instead: upctl server stop.' },
    { id: 'server-stop', words: ['server|srv', 'stop|restart'], verb: 'stop', kind: 'server', reversibility: 'reversible', name: [{ operands: 'all' }], why: 'Stops or restarts the server {name}.', saferWay: 'Look first: upctl server show.' },
    { id: 'storage-delete', words: ['storage|st', 'delete'], verb: 'delete', kind: 'storage', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the storage {name} with its data.', saferWay: 'Keep a backup first: upctl storage backup create.' },
    { id: 'backup-restore', words: ['storage|st', 'backup', 'restore'], verb: 'overwrite', kind: 'storage', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Replaces the data of a storage with the backup {name}.', saferWay: 'Clone the backup into a new storage.' },
    { id: 'database-delete', words: ['database|db', 'delete|stop'], verb: 'delete', kind: 'database', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes or stops the database {name}.', saferWay: 'Keep a copy of the data first.' },
  ],
  unlisted: 'UpCloud resource',
  controlPlane: {
    hosts: ['api.upcloud.com'],
    // https://developers.upcloud.com/1.3/
    paths: [
      { id: 'api-server-delete', request: 'DELETE /:version/server/:server', verb: 'delete', kind: 'server', reversibility: 'irreversible', name: ['server'], why: 'Deletes the server {name}.', saferWay: 'Stop it instead.' },
      { id: 'api-server-stop', request: 'POST /:version/server/:server/stop', verb: 'stop', kind: 'server', reversibility: 'reversible', name: ['server'], why: 'Stops the server {name}.', saferWay: 'Look first with GET.' },
      { id: 'api-storage-delete', request: 'DELETE /:version/storage/:storage', verb: 'delete', kind: 'storage', reversibility: 'irreversible', name: ['storage'], why: 'Deletes the storage {name} with its data.', saferWay: 'Keep a backup first.' },
      { id: 'api-storage-restore', request: 'POST /:version/storage/:storage/restore', verb: 'overwrite', kind: 'storage', reversibility: 'irreversible', name: ['storage'], why: 'Replaces the data of a storage with the backup {name}.', saferWay: 'Clone the backup into a new storage.' },
      { id: 'api-database-delete', request: 'DELETE /:version/database/:database', verb: 'delete', kind: 'database', reversibility: 'irreversible', backup: true, name: ['database'], why: 'Deletes the database {name} with its data and backups.', saferWay: 'Keep a copy of the data first.' },
    ],
  },
  cases: {
    caught: [
      { command: 'upctl server delete web-1 --delete-storages', by: 'server-delete' },
      { command: 'upctl srv delete web-1', by: 'server-delete' },
      { command: 'upctl --config prod.yaml server delete web-1', by: 'server-delete' },
      { command: 'upctl server stop web-1', by: 'server-stop' },
      { command: 'upctl storage delete data', by: 'storage-delete' },
      { command: 'upctl st delete data', by: 'storage-delete' },
      { command: 'upctl storage backup restore b1', by: 'backup-restore' },
      { command: 'upctl database delete shop', by: 'database-delete' },
      { command: 'upctl db delete shop', by: 'database-delete' },
      { command: 'upctl database stop shop', by: 'database-delete' },
      { command: 'upctl kubernetes delete shop', by: 'unlisted' },
      { command: 'curl -X DELETE https://api.upcloud.com/1.3/server/s1', by: 'api-server-delete' },
      { command: 'curl -X POST https://api.upcloud.com/1.3/server/s1/stop -d "{}"', by: 'api-server-stop' },
      { command: 'curl -X DELETE "https://api.upcloud.com/1.3/storage/st1?backups=delete"', by: 'api-storage-delete' },
      { command: 'curl -X POST https://api.upcloud.com/1.3/storage/b1/restore', by: 'api-storage-restore' },
      { command: 'curl -X DELETE https://api.upcloud.com/1.3/database/d1', by: 'api-database-delete' },
    ],
    passes: ['upctl server list', 'upctl server create --hostname web-1', 'upctl storage show data', 'upctl database list', 'curl https://api.upcloud.com/1.3/server'],
  },
};
