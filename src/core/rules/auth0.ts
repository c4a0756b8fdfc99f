import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'auth0',
  title: 'Auth0',
  programs: ['auth0'],
  docs: 'https://auth0.github.io/auth0-cli/',
  valueOptions: ['--tenant', '--debug', '-n', '--name'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'auth0', option: ['--tenant'] },
  operations: [],
  unlisted: 'Auth0 resource',
  controlPlane: { hosts: ['*.auth0.com'] },
  cases: {
    caught: [
      { command: 'auth0 apps delete app1', by: 'unlisted' },
      { command: 'auth0 users delete u1', by: 'unlisted' },
      { command: 'auth0 apis rm api1', by: 'unlisted' },
      { command: 'auth0 orgs delete o1', by: 'unlisted' },
      { command: 'auth0 api delete clients/c1', by: 'unlisted' },
      { command: 'curl -X DELETE https://shop.eu.auth0.com/api/v2/users/u1', by: 'unlisted-request' },
    ],
    passes: ['auth0 apps list', 'auth0 users search', 'auth0 logs tail', 'auth0 tenants list', 'auth0 apps show a1'],
  },
};
