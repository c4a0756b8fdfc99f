import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'fastly',
  title: 'Fastly',
  programs: ['fastly'],
  docs: 'https://www.fastly.com/documentation/reference/cli/',
  valueOptions: [],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'fastly' },
  operations: [],
  unlisted: 'Fastly resource',
  controlPlane: { hosts: ['api.fastly.com'] },
  cases: {
    caught: [
      { command: 'fastly service delete --service-id x', by: 'unlisted' },
      { command: 'fastly vcl delete --name main', by: 'unlisted' },
      { command: 'fastly domain delete --name x', by: 'unlisted' },
      { command: 'curl -X DELETE https://api.fastly.com/service/x', by: 'unlisted-request' },
      { command: 'fastly purge --all', by: 'unlisted' },
    ],
    passes: ['fastly service list', 'fastly compute build', 'fastly whoami'],
  },
};
