import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'datadog',
  title: 'Datadog',
  programs: ['dog', 'dogwrap', 'datadog-ci'],
  packages: ['@datadog/datadog-ci'],
  docs: 'https://docs.datadoghq.com/api/latest/',
  valueOptions: [],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'datadog' },
  operations: [],
  unlisted: 'Datadog resource',
  controlPlane: { hosts: ['api.datadoghq.com', 'api.datadoghq.eu', '*.datadoghq.com'] },
  cases: {
    caught: [
      { command: 'dog monitor delete 12', by: 'unlisted' },
      { command: 'dog dashboard delete x', by: 'unlisted' },
      { command: 'datadog-ci dashboards delete x', by: 'unlisted' },
      { command: 'curl -X DELETE https://api.datadoghq.com/api/v1/monitor/12', by: 'unlisted-request' },
    ],
    passes: ['dog monitor show_all', 'datadog-ci synthetics run-tests', 'datadog-ci junit upload x', 'curl https://api.datadoghq.com/api/v1/monitor'],
  },
};
