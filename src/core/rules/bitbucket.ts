import type { HttpOperation, Rule } from '../rule.ts';

/** https://developer.atlassian.com/cloud/bitbucket/rest/ */
const paths: readonly HttpOperation[] = [
  { id: 'api-repo-delete', request: 'DELETE /2.0/repositories/:workspace/:repo', verb: 'delete', kind: 'repository', reversibility: 'irreversible', name: ['repo'], why: 'Deletes the repository {name} with its pull requests and settings; forks stay.', saferWay: 'List it first and let a person delete it.' },
  { id: 'api-branch-delete', request: 'DELETE /2.0/repositories/:workspace/:repo/refs/branches/:branch', verb: 'delete', kind: 'branch', reversibility: 'irreversible', name: ['branch'], why: 'Deletes the branch {name} on the server.', saferWay: 'Let a person delete it.' },
  { id: 'api-restriction-delete', request: 'DELETE /2.0/repositories/:workspace/:repo/branch-restrictions/:id', verb: 'revoke', kind: 'branch restriction', reversibility: 'recoverable', name: ['repo'], why: 'Removes a rule that protects branches of {name}.', saferWay: 'Let a person change the rules.' },
  { id: 'api-project-delete', request: 'DELETE /2.0/workspaces/:workspace/projects/:project', verb: 'delete', kind: 'project', reversibility: 'irreversible', name: ['project'], why: 'Deletes the project {name}.', saferWay: 'List it first and let a person delete it.' },
  { id: 'api-repo-edit', request: 'PUT /2.0/repositories/:workspace/:repo', needs: ['name', 'is_private', 'project'], verb: 'overwrite', kind: 'repository', reversibility: 'recoverable', certainty: 'likely', name: ['repo'], why: 'Renames or moves the repository {name}, or changes who can see it.', saferWay: 'Let a person change it on the website.' },
];

/** Bitbucket has no command line of its own. */
export const rule: Rule = {
  tool: 'bitbucket',
  title: 'Bitbucket',
  programs: [],
  docs: 'https://developer.atlassian.com/cloud/bitbucket/rest/api-group-repositories/',
  valueOptions: [],
  operations: [],
  controlPlane: { hosts: ['api.bitbucket.org'], paths },
  cases: {
    caught: [
      { command: 'curl -X DELETE https://api.bitbucket.org/2.0/repositories/acme/shop', by: 'api-repo-delete' },
      { command: 'curl -X DELETE -u dev:$APP_PASSWORD https://api.bitbucket.org/2.0/repositories/acme/shop/refs/branches/main', by: 'api-branch-delete' },
      { command: 'http DELETE https://api.bitbucket.org/2.0/repositories/acme/shop/branch-restrictions/7', by: 'api-restriction-delete' },
      { command: 'curl -X DELETE https://api.bitbucket.org/2.0/workspaces/acme/projects/SHOP', by: 'api-project-delete' },
      { command: `curl -X PUT https://api.bitbucket.org/2.0/repositories/acme/shop -H 'content-type: application/json' -d '{"is_private":false}'`, by: 'api-repo-edit' },
      { command: 'curl -X DELETE https://api.bitbucket.org/2.0/repositories/acme/shop/pipelines_config/variables/v1', by: 'unlisted-request' },
    ],
    passes: ['curl https://api.bitbucket.org/2.0/repositories/acme/shop', `curl -X POST https://api.bitbucket.org/2.0/repositories/acme/shop/pullrequests -d '{"title":"delete"}'`, `curl -X PUT https://api.bitbucket.org/2.0/repositories/acme/shop -d '{"description":"x"}'`],
  },
};
