import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'hcloud',
  title: 'Hetzner Cloud',
  programs: ['hcloud'],
  docs: 'https://github.com/hetznercloud/cli',
  valueOptions: ['--config', '--context', '--endpoint', '--poll-interval', '-o', '--output', '--name', '--type', '--image', '--label', '-l', '--selector'],
  safeOptions: ['-h'],
  target: { system: 'hetzner', option: ['--context'], variable: ['HCLOUD_CONTEXT'] },
  operations: [
    { id: 'server-delete', words: ['server', 'delete|rebuild'], verb: 'delete', kind: 'server', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the disk of the server {name}.', saferWay: 'Take an image first: hcloud server create-image.' },
    { id: 'volume-delete', words: ['volume', 'delete'], verb: 'delete', kind: 'volume', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the volume {name} with its data.', saferWay: 'Keep a copy of the data first.' },
    { id: 'image-delete', words: ['image', 'delete'], verb: 'delete', kind: 'image', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }], why: 'Deletes the image or snapshot {name}.', saferWay: 'Keep snapshots until a person says otherwise.' },
    { id: 'power', words: ['server', 'poweroff|shutdown|reset|disable-backup|detach-iso|reset-password'], verb: 'stop', kind: 'server', reversibility: 'reversible', name: [{ operand: 0 }], why: 'Stops the server {name} or takes its backups away.', saferWay: 'Look first: hcloud server describe.' },
    { id: 'protection', words: ['server|volume|image|network|floating-ip|load-balancer', 'disable-protection'], verb: 'revoke', kind: 'protection', reversibility: 'reversible', name: [{ operand: 0 }], why: 'Takes away what keeps {name} from being deleted.', saferWay: 'Let a person change protection.' },
  ],
  unlisted: 'Hetzner resource',
  controlPlane: {
    hosts: ['api.hetzner.cloud'],
    paths: [
      { id: 'api-server-delete', request: 'DELETE /v1/servers/:server', verb: 'delete', kind: 'server', reversibility: 'irreversible', name: ['server'], why: 'Deletes the server {name} with its disk.', saferWay: 'Take an image first.' },
      { id: 'api-volume-delete', request: 'DELETE /v1/volumes/:volume', verb: 'delete', kind: 'volume', reversibility: 'irreversible', name: ['volume'], why: 'Deletes the volume {name} with its data.', saferWay: 'Keep a copy of the data first.' },
      { id: 'api-image-delete', request: 'DELETE /v1/images/:image', verb: 'delete', kind: 'image', reversibility: 'irreversible', backup: true, name: ['image'], why: 'Deletes the image or snapshot {name}.', saferWay: 'Keep snapshots until a person says otherwise.' },
    ],
  },
  cases: {
    caught: [
      { command: 'hcloud server ssh web-1 rm -rf /srv/data', by: 'rm/delete' },
      { command: 'hcloud server delete web-1', by: 'server-delete' },
      { command: 'hcloud --context prod server delete web-1', by: 'server-delete' },
      { command: 'hcloud server rebuild web-1 --image ubuntu-24.04', by: 'server-delete' },
      { command: 'hcloud volume delete data', by: 'volume-delete' },
      { command: 'hcloud image delete 123', by: 'image-delete' },
      { command: 'hcloud server poweroff web-1', by: 'power' },
      { command: 'hcloud server disable-protection web-1 delete', by: 'protection' },
      { command: 'hcloud network delete intern', by: 'unlisted' },
      { command: 'curl -X DELETE https://api.hetzner.cloud/v1/servers/1', by: 'api-server-delete' },
      { command: 'curl -X DELETE https://api.hetzner.cloud/v1/volumes/1', by: 'api-volume-delete' },
      { command: 'curl -X DELETE https://api.hetzner.cloud/v1/images/1', by: 'api-image-delete' },
    ],
    passes: ['hcloud server list', 'hcloud server create --name web', 'hcloud volume list', 'hcloud server describe web-1', 'hcloud server create-image web-1', 'hcloud context list', 'hcloud server ssh web-1', 'curl https://api.hetzner.cloud/v1/servers'],
  },
};
