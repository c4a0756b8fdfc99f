import type { Analysis } from '../analysis.ts';
import { optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { placeOf, readWord } from '../inputs.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'ovhcloud',
  title: 'OVHcloud',
  programs: ['ovhcloud'],
  docs: 'https://github.com/ovh/ovhcloud-cli',
  valueOptions: ['--profile', '-f', '--format', '-o', '--output', '--cloud-project', '--from-file'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'ovhcloud', option: ['--profile', '--cloud-project'] },
  operations: [
    { id: 'reinstall', words: ['vps|baremetal', 'reinstall|terminate|confirm-termination'], verb: 'delete', kind: 'server', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Erases the disks of the server {name}, to install it anew or for good.', saferWay: 'Keep a copy of the data first.' },
    { id: 'power', words: ['vps|baremetal', 'stop|reboot|reboot-rescue|power'], verb: 'stop', kind: 'server', reversibility: 'reversible', name: [{ operand: 0 }], why: 'Stops or restarts the server {name}.', saferWay: 'Look first: ovhcloud vps get.' },
    { id: 'snapshot', words: ['vps', 'snapshot|automated-backup', 'restore|delete|abort'], verb: 'overwrite', kind: 'snapshot', reversibility: 'irreversible', backup: true, name: [{ operand: 0 }], why: 'Deletes the snapshot of the server {name}, or puts it in the place of its disk.', saferWay: 'Keep snapshots until a person says otherwise.' },
    { id: 'backup-delete', words: ['baremetal', 'backup|backup-agent', '*', 'delete'], verb: 'delete', kind: 'backup space', reversibility: 'irreversible', backup: true, name: [{ operand: 0 }], why: 'Deletes the backup space of the server {name}.', saferWay: 'Keep snapshots until a person says otherwise.' },
    { id: 'instance-reinstall', words: ['cloud', 'instance', 'reinstall'], verb: 'delete', kind: 'instance', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Erases the disk of the instance {name} and installs it anew.', saferWay: 'Keep a copy of the data first.' },
    { id: 'instance-stop', words: ['cloud', 'instance', 'stop|shelve|reboot|reboot-rescue'], verb: 'stop', kind: 'instance', reversibility: 'reversible', name: [{ operand: 0 }], why: 'Stops or restarts the instance {name}.', saferWay: 'Look first: ovhcloud cloud instance get.' },
  ],
  unlisted: 'OVHcloud resource',
  inspect,
  controlPlane: {
    hosts: ['eu.api.ovh.com', 'ca.api.ovh.com', 'api.us.ovhcloud.com', 'eu.api.ovhcloud.com', 'ca.api.ovhcloud.com'],
    // https://eu.api.ovh.com/console/
    paths: [
      { id: 'api-vps-reinstall', request: 'POST /:version/vps/:server/reinstall', verb: 'delete', kind: 'server', reversibility: 'irreversible', name: ['server'], why: 'Erases the disk of the server {name} and installs it anew.', saferWay: 'Keep a copy of the data first.' },
      { id: 'api-vps-rebuild', request: 'POST /:version/vps/:server/rebuild', verb: 'delete', kind: 'server', reversibility: 'irreversible', name: ['server'], why: 'Erases the disk of the server {name} and installs it anew.', saferWay: 'Keep a copy of the data first.' },
      { id: 'api-vps-stop', request: 'POST /:version/vps/:server/stop', verb: 'stop', kind: 'server', reversibility: 'reversible', name: ['server'], why: 'Stops the server {name}.', saferWay: 'Look first with GET.' },
      { id: 'api-dedicated-reinstall', request: 'POST /:version/dedicated/server/:server/reinstall', verb: 'delete', kind: 'server', reversibility: 'irreversible', name: ['server'], why: 'Erases the disks of the server {name} and installs it anew.', saferWay: 'Keep a copy of the data first.' },
      { id: 'api-instance-reinstall', request: 'POST /:version/cloud/project/:project/instance/:instance/reinstall', verb: 'delete', kind: 'instance', reversibility: 'irreversible', name: ['instance'], why: 'Erases the disk of the instance {name} and installs it anew.', saferWay: 'Keep a copy of the data first.' },
      { id: 'api-zone-reset', request: 'POST /:version/domain/zone/:zone/reset', verb: 'delete', kind: 'zone', reversibility: 'irreversible', name: ['zone'], why: 'Deletes every record of the zone {name} and puts the default ones in their place.', saferWay: 'Keep them first: GET /domain/zone/…/export.' },
      { id: 'api-zone-import', request: 'POST /:version/domain/zone/:zone/import', verb: 'overwrite', kind: 'zone', reversibility: 'irreversible', name: ['zone'], why: 'Replaces every record of the zone {name}.', saferWay: 'Keep them first: GET /domain/zone/…/export.' },
    ],
  },
  cases: {
    caught: [
      { command: 'ovhcloud api call POST /vps/v1/reinstall', by: 'api-vps-reinstall' },
      { command: 'ovhcloud api call delete /cloud/project/p1/instance/i1', by: 'unlisted-request' },
      { command: 'ovhcloud vps reinstall vps-1', by: 'reinstall' },
      { command: 'ovhcloud baremetal reinstall ns1.example.com', by: 'reinstall' },
      { command: 'ovhcloud --profile prod vps terminate vps-1', by: 'reinstall' },
      { command: 'ovhcloud vps stop vps-1', by: 'power' },
      { command: 'ovhcloud baremetal reboot ns1.example.com', by: 'power' },
      { command: 'ovhcloud vps snapshot restore vps-1', by: 'snapshot' },
      { command: 'ovhcloud vps snapshot delete vps-1', by: 'snapshot' },
      { command: 'ovhcloud baremetal backup ftp delete ns1', by: 'backup-delete' },
      { command: 'ovhcloud baremetal backup cloud delete ns1 --force', by: 'backup-delete' },
      { command: 'ovhcloud -o json baremetal backup ftp delete ns2', by: 'backup-delete' },
      { command: 'ovhcloud cloud instance reinstall i1', by: 'instance-reinstall' },
      { command: 'ovhcloud cloud instance stop i1', by: 'instance-stop' },
      { command: 'ovhcloud cloud --cloud-project p1 instance shelve i1', by: 'instance-stop' },
      { command: 'ovhcloud cloud instance delete i1', by: 'unlisted' },
      { command: 'curl -X POST https://eu.api.ovh.com/1.0/vps/v1/reinstall', by: 'api-vps-reinstall' },
      { command: 'curl -X POST https://eu.api.ovh.com/v1/vps/v1/rebuild', by: 'api-vps-rebuild' },
      { command: 'curl -X POST https://ca.api.ovh.com/1.0/vps/v1/stop', by: 'api-vps-stop' },
      { command: 'curl -X POST https://eu.api.ovh.com/1.0/dedicated/server/ns1/reinstall', by: 'api-dedicated-reinstall' },
      { command: 'curl -X POST https://eu.api.ovh.com/1.0/cloud/project/p1/instance/i1/reinstall', by: 'api-instance-reinstall' },
      { command: 'curl -X POST https://eu.api.ovh.com/1.0/domain/zone/example.com/reset', by: 'api-zone-reset' },
      { command: 'curl -X POST https://eu.api.ovh.com/1.0/domain/zone/example.com/import', by: 'api-zone-import' },
    ],
    passes: ['ovhcloud api call GET /dedicated/server', 'ovhcloud api call DELETE /vps/v1/snapshot --dry-run', 'ovhcloud vps list', 'ovhcloud cloud instance list', 'ovhcloud cloud instance get i1', 'curl https://eu.api.ovh.com/1.0/vps', 'curl -X POST https://eu.api.ovh.com/1.0/vps/v1/start'],
  },
};

/** `api call DELETE /vps/1`: a request like any other. https://github.com/ovh/ovhcloud-cli/blob/main/doc/ovhcloud_api_call.md */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const [group, command, method, path] = call.operands.map((word) => word.text);
  if (group !== 'api' || command !== 'call' || method === undefined || path === undefined) return [];
  const bare = path.replace(/^\//, '');
  const body = readWord(optionValue(call, '--from-file'), call.invocation.cwd, analysis);
  return analysis.http({ method: method.toUpperCase(), url: `https://eu.api.ovh.com/${/^v\d\//.test(bare) ? bare : `v1/${bare}`}`, headers: [], uploads: [], ...(body === undefined ? {} : { body }) }, placeOf(call.invocation));
}
