import type { HttpOperation, Rule } from '../rule.ts';

/** https://docs.gitea.com/api/ */
const paths: readonly HttpOperation[] = [
  { id: 'api-repo-delete', request: 'DELETE /api/v1/repos/:owner/:repo', verb: 'delete', kind: 'repository', reversibility: 'irreversible', name: ['repo'], why: 'Deletes the repository {name} with its issues, pull requests and releases.', saferWay: 'Archive it instead.' },
  { id: 'api-org-delete', request: 'DELETE /api/v1/orgs/:org', verb: 'delete', kind: 'organization', reversibility: 'irreversible', name: ['org'], why: 'Deletes the organization {name}.', saferWay: 'List it first and let a person delete it.' },
  { id: 'api-branch-delete', request: 'DELETE /api/v1/repos/:owner/:repo/branches/:branch', verb: 'delete', kind: 'branch', reversibility: 'irreversible', name: ['branch'], why: 'Deletes the branch {name} on the server.', saferWay: 'Let a person delete it.' },
  { id: 'api-repo-edit', request: 'PATCH /api/v1/repos/:owner/:repo', needs: ['name', 'private', 'archived', 'default_branch'], verb: 'overwrite', kind: 'repository', reversibility: 'recoverable', certainty: 'likely', name: ['repo'], why: 'Changes the repository {name} itself: its name, visibility or whether it is archived.', saferWay: 'Let a person change it on the website.' },
];

export const rule: Rule = {
  tool: 'tea',
  title: 'Gitea',
  programs: ['tea'],
  docs: 'https://gitea.com/gitea/tea/src/branch/main/docs/CLI.md',
  valueOptions: ['-l', '--login', '-r', '--repo', '-R', '--remote', '-o', '--output', '-t', '--title', '-d', '--description', '--owner', '--name', '-O', '--org', '--tag', '--target', '-a', '--asset', '--url', '--branch'],
  safeOptions: ['-h'],
  target: { system: 'gitea', option: ['-r', '--repo', '-l', '--login'] },
  operations: [
    { id: 'repo-delete', words: ['repos|repo', 'delete|rm'], verb: 'delete', kind: 'repository', reversibility: 'irreversible', name: [{ option: ['--name'] }, { operand: 0 }], why: 'Deletes the repository {name} with its issues, pull requests and releases.', saferWay: 'Archive it instead.' },
    { id: 'release-delete', words: ['releases|release|r', 'delete|rm'], verb: 'delete', kind: 'release', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the release {name} and its files.', saferWay: 'Mark it as a draft instead: tea releases edit --draft.' },
  ],
  unlisted: 'Gitea resource',
  controlPlane: { hosts: ['gitea.com', 'codeberg.org'], paths },
  cases: {
    caught: [
      { command: 'tea repos delete --owner acme --name shop --force', by: 'repo-delete' },
      { command: 'tea repo rm --name shop', by: 'repo-delete' },
      { command: 'tea repos delete --login work --name shop', by: 'repo-delete' },
      { command: 'tea releases delete v1.0 --confirm', by: 'release-delete' },
      { command: 'tea release rm v1.0', by: 'release-delete' },
      { command: 'tea r delete v1.0 --delete-tag', by: 'release-delete' },
      { command: 'tea organizations delete acme', by: 'unlisted' },
      { command: 'curl -X DELETE https://gitea.com/api/v1/repos/acme/shop', by: 'api-repo-delete' },
      { command: 'curl -X DELETE https://codeberg.org/api/v1/repos/acme/shop/branches/main', by: 'api-branch-delete' },
      { command: 'curl -X DELETE https://codeberg.org/api/v1/orgs/acme', by: 'api-org-delete' },
      { command: `curl -X PATCH https://codeberg.org/api/v1/repos/acme/shop -d '{"private":false}'`, by: 'api-repo-edit' },
    ],
    passes: ['tea repos list', 'tea issues', 'tea pulls checkout 12', 'tea releases create --tag v1.0 --draft', 'curl https://codeberg.org/api/v1/repos/acme/shop', `curl -X PATCH https://codeberg.org/api/v1/repos/acme/shop -d '{"description":"delete me"}'`],
  },
};
