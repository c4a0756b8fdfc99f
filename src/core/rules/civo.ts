import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'civo',
  title: 'Civo',
  programs: ['civo'],
  docs: 'https://www.civo.com/docs/overview/civo-cli',
  valueOptions: ['--profile', '--region', '-c', '--compartment-id', '--config', '--context', '-o', '--output', '--id', '--name', '--config-file', '-g'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'civo', option: ['--profile', '--context'] },
  operations: [],
  unlisted: 'Civo resource',
  controlPlane: { hosts: ['api.civo.com'] },
  cases: {
    caught: [
      { command: 'civo kubernetes remove shop', by: 'unlisted' },
      { command: 'civo instance remove web', by: 'unlisted' },
      { command: 'civo database delete shop', by: 'unlisted' },
      { command: 'curl -X DELETE https://api.civo.com/v1/servers/1', by: 'unlisted-request' },
    ],
    passes: ['civo kubernetes list', 'civo instance create web', 'civo region ls'],
  },
};
