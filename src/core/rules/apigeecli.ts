import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'apigeecli',
  title: 'Apigee',
  programs: ['apigeecli'],
  docs: 'https://github.com/apigee/apigeecli',
  valueOptions: ['-o', '--org', '-e', '--env', '-t', '--token', '-n', '--name', '-a', '--account'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'apigeecli' },
  operations: [],
  unlisted: 'Apigee resource',
  cases: {
    caught: [
      { command: 'apigeecli apis delete -n x', by: 'unlisted' },
      { command: 'apigeecli envs delete --name prod', by: 'unlisted' },
      { command: 'apigeecli orgs delete', by: 'unlisted' },
      { command: 'apigeecli --token t apps delete -n x', by: 'unlisted' },
    ],
    passes: ['apigeecli apis list', 'apigeecli orgs get', 'apigeecli apis create'],
  },
};
