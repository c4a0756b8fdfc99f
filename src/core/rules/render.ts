import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'render',
  title: 'Render',
  programs: ['render'],
  docs: 'https://render.com/docs/cli',
  valueOptions: ['-o', '--output', '-r', '--resources', '--text', '--type', '--commit', '--image'],
  safeOptions: ['-h'],
  target: { system: 'render' },
  operations: [
    { id: 'service-delete', words: ['services', 'delete'], verb: 'delete', kind: 'service', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the Render service {name} with its disk.', saferWay: 'List it first and let a person delete it.' },
    { id: 'deploy-cancel', words: ['deploys', 'cancel'], verb: 'stop', kind: 'deploy', reversibility: 'reversible', name: [{ operands: 'all' }], why: 'Cancels the deploy {name}.', saferWay: 'Let it finish.' },
  ],
  unlisted: 'Render resource',
  controlPlane: {
    hosts: ['api.render.com'],
    paths: [
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
    passes: ['render services', 'render services list', 'render logs -r srv-1', 'render deploys list srv-1', 'render deploys create srv-1', 'render workspace current', 'curl https://api.render.com/v1/services'],
  },
};
