import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'ovhcloud',
  title: 'OVHcloud',
  programs: ['ovhcloud'],
  docs: 'https://github.com/ovh/ovhcloud-cli',
  valueOptions: ['--profile', '-f', '--format', '--cloud-project', '--ignore-errors'],
  safeOptions: ['-h'],
  target: { system: 'ovhcloud', option: ['--profile', '--cloud-project'] },
  operations: [
    { id: 'reinstall', words: ['baremetal|vps|cloud', 'reinstall|reboot'], verb: 'delete', kind: 'server', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Installs the server {name} anew, or restarts it: its disk is erased by an install.', saferWay: 'Keep a copy of the data first.' },
    { id: 'instance-reinstall', words: ['cloud', 'instance', 'reinstall|stop|shelve|reboot'], verb: 'delete', kind: 'instance', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Installs the instance {name} anew or stops it.', saferWay: 'Keep a copy of the data first.' },
  ],
  unlisted: 'OVHcloud resource',
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
      { command: 'ovhcloud vps reinstall vps-1', by: 'reinstall' },
      { command: 'ovhcloud baremetal reinstall ns1.example.com', by: 'reinstall' },
      { command: 'ovhcloud --profile prod vps reinstall vps-1', by: 'reinstall' },
      { command: 'ovhcloud cloud instance reinstall i1', by: 'instance-reinstall' },
      { command: 'ovhcloud cloud instance stop i1', by: 'instance-reinstall' },
      { command: 'ovhcloud cloud --cloud-project p1 instance shelve i1', by: 'instance-reinstall' },
      { command: 'ovhcloud cloud instance delete i1', by: 'unlisted' },
      { command: 'curl -X POST https://eu.api.ovh.com/1.0/vps/v1/reinstall', by: 'api-vps-reinstall' },
      { command: 'curl -X POST https://eu.api.ovh.com/v1/vps/v1/rebuild', by: 'api-vps-rebuild' },
      { command: 'curl -X POST https://ca.api.ovh.com/1.0/vps/v1/stop', by: 'api-vps-stop' },
      { command: 'curl -X POST https://eu.api.ovh.com/1.0/dedicated/server/ns1/reinstall', by: 'api-dedicated-reinstall' },
      { command: 'curl -X POST https://eu.api.ovh.com/1.0/cloud/project/p1/instance/i1/reinstall', by: 'api-instance-reinstall' },
      { command: 'curl -X POST https://eu.api.ovh.com/1.0/domain/zone/example.com/reset', by: 'api-zone-reset' },
      { command: 'curl -X POST https://eu.api.ovh.com/1.0/domain/zone/example.com/import', by: 'api-zone-import' },
    ],
    passes: ['ovhcloud vps list', 'ovhcloud cloud instance list', 'ovhcloud cloud instance get i1', 'curl https://eu.api.ovh.com/1.0/vps', 'curl -X POST https://eu.api.ovh.com/1.0/vps/v1/start'],
  },
};
