import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'scw',
  title: 'Scaleway',
  programs: ['scw'],
  docs: 'https://cli.scaleway.com/',
  valueOptions: ['--profile', '--region', '-c', '--compartment-id', '--config', '--context', '-o', '--output', '--id', '--name', '--config-file', '-g'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'scw', option: ['--profile', '--context'] },
  operations: [],
  unlisted: 'Scaleway resource',
  controlPlane: { hosts: ['api.scaleway.com'] },
  cases: {
    caught: [
      { command: 'scw instance server delete abc', by: 'unlisted' },
      { command: 'scw rdb instance delete abc', by: 'unlisted' },
      { command: 'scw instance server terminate abc', by: 'unlisted' },
      { command: 'scw k8s cluster delete abc', by: 'unlisted' },
      { command: 'curl -X DELETE https://api.scaleway.com/v1/servers/1', by: 'unlisted-request' },
    ],
    passes: ['scw instance server list', 'scw rdb instance get abc', 'scw config info'],
  },
};
