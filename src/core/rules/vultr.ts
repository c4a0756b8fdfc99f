import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'vultr',
  title: 'Vultr',
  programs: ['vultr-cli', 'vultr'],
  docs: 'https://github.com/vultr/vultr-cli',
  valueOptions: ['--profile', '--region', '-c', '--compartment-id', '--config', '--context', '-o', '--output', '--id', '--name', '--config-file', '-g'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'vultr', option: ['--profile', '--context'] },
  operations: [],
  unlisted: 'Vultr resource',
  controlPlane: { hosts: ['api.vultr.com'] },
  cases: {
    caught: [
      { command: 'vultr-cli instance delete abc', by: 'unlisted' },
      { command: 'vultr-cli database delete abc', by: 'unlisted' },
      { command: 'vultr-cli snapshot delete abc', by: 'unlisted' },
      { command: 'curl -X DELETE https://api.vultr.com/v1/servers/1', by: 'unlisted-request' },
    ],
    passes: ['vultr-cli instance list', 'vultr-cli regions list', 'vultr-cli instance get abc'],
  },
};
