import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'pagerduty',
  title: 'PagerDuty',
  programs: ['pd'],
  docs: 'https://developer.pagerduty.com/api-reference/',
  valueOptions: [],
  safeOptions: ['-h'],
  target: { system: 'pagerduty' },
  operations: [],
  unlisted: 'PagerDuty resource',
  controlPlane: { hosts: ['api.pagerduty.com'] },
  cases: {
    caught: [
      { command: 'pd service delete -n web', by: 'unlisted' },
      { command: 'pd team delete -n x', by: 'unlisted' },
      { command: 'pd schedule delete x', by: 'unlisted' },
      { command: 'curl -X DELETE https://api.pagerduty.com/services/P1', by: 'unlisted-request' },
    ],
    passes: ['pd service list', 'pd incident list', 'pd user list'],
  },
};
