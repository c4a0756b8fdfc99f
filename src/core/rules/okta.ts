import type { HttpOperation, Rule } from '../rule.ts';

function lifecycle(id: string, path: string, verb: 'revoke' | 'stop', kind: string, why: string): HttpOperation {
  return { id, request: `POST /api/v1/${path}`, verb, kind, reversibility: 'reversible', name: ['id'], why, saferWay: 'Let a person do it.' };
}

export const rule: Rule = {
  tool: 'okta',
  title: 'Okta',
  programs: ['okta'],
  docs: 'https://developer.okta.com/docs/api/',
  valueOptions: [],
  safeOptions: ['-h'],
  target: { system: 'okta' },
  operations: [],
  unlisted: 'Okta resource',
  verbs: { deactivate: 'stop', suspend: 'stop' },
  controlPlane: {
    hosts: ['*.okta.com', '*.oktapreview.com', '*.okta-emea.com'],
    paths: [
      lifecycle('api-user-deactivate', 'users/:id/lifecycle/deactivate', 'revoke', 'user', 'Locks {name} out of everything; the account can then be deleted for good.'),
      lifecycle('api-user-suspend', 'users/:id/lifecycle/suspend', 'revoke', 'user', 'Locks {name} out of everything.'),
      lifecycle('api-app-deactivate', 'apps/:id/lifecycle/deactivate', 'stop', 'app', 'Turns the app {name} off: nobody can sign in to it.'),
      lifecycle('api-factors-reset', 'users/:id/lifecycle/reset_factors', 'revoke', 'user', 'Removes every second factor of {name}.'),
    ],
  },
  cases: {
    caught: [
      { command: 'okta apps delete 0oa1', by: 'unlisted' },
      { command: 'curl -X POST https://acme.okta.com/api/v1/users/00u1/lifecycle/deactivate', by: 'api-user-deactivate' },
      { command: 'curl -X POST https://acme.okta.com/api/v1/users/00u1/lifecycle/suspend', by: 'api-user-suspend' },
      { command: 'curl -X POST https://acme.oktapreview.com/api/v1/apps/0oa1/lifecycle/deactivate', by: 'api-app-deactivate' },
      { command: 'curl -X POST https://acme.okta.com/api/v1/users/00u1/lifecycle/reset_factors', by: 'api-factors-reset' },
      { command: 'curl -X DELETE https://acme.okta.com/api/v1/users/00u1', by: 'unlisted-request' },
    ],
    passes: ['okta apps list', 'okta login', 'curl https://acme.okta.com/api/v1/users', 'curl -X POST https://acme.okta.com/api/v1/users/00u1/lifecycle/activate'],
  },
};
