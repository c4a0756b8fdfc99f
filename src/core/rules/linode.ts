import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'linode',
  title: 'Linode',
  programs: ['linode-cli', 'linode', 'lin'],
  docs: 'https://techdocs.akamai.com/cloud-computing/docs/cli',
  valueOptions: ['--profile', '--region', '-c', '--compartment-id', '--config', '--context', '-o', '--output', '--id', '--name', '--config-file', '-g'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'linode', option: ['--profile', '--context'] },
  operations: [],
  unlisted: 'Linode resource',
  controlPlane: { hosts: ['api.linode.com'] },
  cases: {
    caught: [
      { command: 'linode-cli linodes delete 123', by: 'unlisted' },
      { command: 'linode-cli databases postgresql-delete 5', by: 'unlisted' },
      { command: 'linode-cli volumes delete 9', by: 'unlisted' },
      { command: 'linode-cli lke cluster-delete 4', by: 'unlisted' },
      { command: 'curl -X DELETE https://api.linode.com/v1/servers/1', by: 'unlisted-request' },
    ],
    passes: ['linode-cli linodes list', 'linode-cli linodes create --type g6', 'linode-cli volumes view 9', 'linode-cli regions list'],
  },
};
