import type { Analysis } from '../analysis.ts';
import { hasOption, optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { placeOf } from '../inputs.ts';
import type { Rule } from '../rule.ts';

const fields = ['-f', '--raw-field', '-F', '--field'];

export const rule: Rule = {
  tool: 'gh',
  title: 'GitHub',
  programs: ['gh'],
  docs: 'https://cli.github.com/manual/gh',
  valueOptions: ['-R', '--repo', '-X', '--method', '-H', '--header', '-q', '--jq', '-t', '--template', '--hostname', '--input', '--preview', '-p', '--cache', ...fields, '-e', '--env', '-o', '--org', '-u', '--user', '--app', '-a', '--visibility', '-b', '--body', '--title', '-m', '--match-head-commit', '--subject', '-c', '--codespace', '--days', '-L', '--limit', '--json', '--default-branch', '-d', '--description', '--comment', '--reason', '-s', '--state'],
  safeOptions: ['-h'],
  target: { system: 'github', option: ['-R', '--repo'], variable: ['GH_REPO'] },
  operations: [
    { id: 'repo-delete', words: ['repo', 'delete'], verb: 'delete', kind: 'repository', reversibility: 'irreversible', name: [{ operand: 0 }, { text: 'the current repository' }], why: 'Deletes {name} on GitHub with its issues, pull requests and releases.', saferWay: 'Archive it instead: gh repo archive.' },
    { id: 'repo-archive', words: ['repo', 'archive'], verb: 'stop', kind: 'repository', reversibility: 'recoverable', name: [{ operand: 0 }, { text: 'the current repository' }], why: 'Makes {name} read-only for everybody.', saferWay: 'Let a person archive it.' },
    { id: 'repo-visibility', words: ['repo', 'edit'], needs: ['--visibility'], verb: 'publish', kind: 'repository', reversibility: 'irreversible', name: [{ operand: 0 }, { text: 'the current repository' }], why: 'Changes who can see {name}; stars and watchers are lost, and what was public stays known.', saferWay: 'Let a person change it on the website.' },
    { id: 'repo-rename', words: ['repo', 'rename'], verb: 'overwrite', kind: 'repository', reversibility: 'recoverable', certainty: 'likely', name: [{ option: ['-R', '--repo'] }, { operand: 0 }], why: 'Renames {name}; whoever uses the old name may reach another repository.', saferWay: 'Let a person rename it.' },
    { id: 'repo-sync-force', words: ['repo', 'sync'], needs: ['--force'], verb: 'rewriteHistory', kind: 'branch', reversibility: 'irreversible', name: [{ operand: 0 }, { text: 'the current repository' }], why: 'Overwrites a branch of {name} with its source: commits that are only there are lost.', saferWay: 'Sync without --force.' },
    { id: 'release-delete', words: ['release', 'delete|delete-asset'], verb: 'delete', kind: 'release', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the release {name} and its files.', saferWay: 'Mark it as a draft instead: gh release edit --draft.' },
    { id: 'release-create', words: ['release', 'create|new'], unless: ['--draft', '-d'], verb: 'publish', kind: 'release', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Publishes the release {name} to everybody.', saferWay: 'Make a draft: add --draft.' },
    { id: 'secret-delete', words: ['secret', 'delete|remove'], verb: 'delete', kind: 'secret', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the secret {name}: its value cannot be read back.', saferWay: 'Let a person remove it.' },
    { id: 'secret-set', words: ['secret', 'set'], verb: 'overwrite', kind: 'secret', reversibility: 'irreversible', certainty: 'likely', name: [{ operand: 0 }], why: 'Sets the secret {name}; an old value cannot be read back.', saferWay: 'Use a new name.' },
    { id: 'variable-delete', words: ['variable', 'delete|remove'], verb: 'delete', kind: 'variable', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the variable {name}.', saferWay: 'Write its value down first: gh variable get.' },
    { id: 'issue-delete', words: ['issue', 'delete'], verb: 'delete', kind: 'issue', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes issue {name} with its discussion.', saferWay: 'Close it instead: gh issue close.' },
    { id: 'issue-transfer', words: ['issue', 'transfer'], verb: 'delete', kind: 'issue', reversibility: 'recoverable', name: [{ operand: 0 }], why: 'Moves issue {name} to another repository.', saferWay: 'Let a person move it.' },
    { id: 'pr-merge-admin', words: ['pr', 'merge'], needs: ['--admin'], verb: 'publish', kind: 'pull request', reversibility: 'irreversible', name: [{ operand: 0 }, { text: 'this pull request' }], why: 'Merges {name} past the rules that protect the branch.', saferWay: 'Merge without --admin once the checks have passed.' },
    { id: 'gist-create', words: ['gist', 'create|new'], verb: 'publish', kind: 'gist', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Puts {name} on the internet, where anybody with the link can read it.', saferWay: 'Share it inside the repository.' },
    { id: 'repo-create-public', words: ['repo', 'create|new'], needs: ['--public'], verb: 'publish', kind: 'repository', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Makes the repository {name} for everybody to see.', saferWay: 'Make it private first: --private.' },
    { id: 'gist-delete', words: ['gist', 'delete'], verb: 'delete', kind: 'gist', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the gist {name}.', saferWay: 'Clone it first: gh gist clone.' },
    { id: 'workflow-disable', words: ['workflow', 'disable'], verb: 'stop', kind: 'workflow', reversibility: 'recoverable', name: [{ operand: 0 }], why: 'Turns the workflow {name} off.', saferWay: 'Let a person turn it off.' },
    { id: 'run-delete', words: ['run', 'delete'], verb: 'delete', kind: 'workflow run', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the record of run {name}.', saferWay: 'Download its logs first: gh run view --log.' },
    { id: 'codespace-delete', words: ['codespace|cs', 'delete'], verb: 'delete', kind: 'codespace', reversibility: 'irreversible', name: [{ option: ['-c', '--codespace'] }], why: 'Deletes the codespace {name} with all work that was not pushed.', saferWay: 'Stop it instead: gh codespace stop.' },
    { id: 'key-delete', words: ['ssh-key|gpg-key', 'delete'], verb: 'revoke', kind: 'key', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Removes the key {name} from the account: whatever uses it stops working.', saferWay: 'Add the new key first.' },
    { id: 'deploy-key-delete', words: ['repo', 'deploy-key', 'delete'], verb: 'revoke', kind: 'deploy key', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Removes the deploy key {name}: whatever uses it stops working.', saferWay: 'Add the new key first.' },
    { id: 'project-delete', words: ['project', 'delete'], verb: 'delete', kind: 'project', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the project {name} with its items and fields.', saferWay: 'Close it instead: gh project close.' },
  ],
  inspect,
  controlPlane: {
    hosts: ['api.github.com'],
    paths: [
      { id: 'api-repo-delete', request: 'DELETE /repos/:owner/:repo', verb: 'delete', kind: 'repository', reversibility: 'irreversible', name: ['repo'], why: 'Deletes the repository {name} on GitHub with its issues, pull requests and releases.', saferWay: 'Archive it instead.' },
      { id: 'api-ref-delete', request: 'DELETE /repos/:owner/:repo/git/refs/*', verb: 'delete', kind: 'branch', reversibility: 'irreversible', name: ['repo'], why: 'Deletes a branch or tag of {name} on GitHub.', saferWay: 'Let a person delete it.' },
      { id: 'api-protection-delete', request: 'DELETE /repos/:owner/:repo/branches/:branch/protection', verb: 'revoke', kind: 'branch protection', reversibility: 'irreversible', name: ['branch'], why: 'Removes the rules that protect the branch {name}.', saferWay: 'Let a person change the rules.' },
      { id: 'api-ref-force', request: 'PATCH /repos/:owner/:repo/git/refs/*', verb: 'rewriteHistory', kind: 'branch', reversibility: 'irreversible', certainty: 'likely', name: ['repo'], why: 'Moves a branch of {name} on GitHub; commits that only it holds may be lost.', saferWay: 'Push to a new branch.' },
      { id: 'api-repo-edit', request: 'PATCH /repos/:owner/:repo', verb: 'overwrite', kind: 'repository', reversibility: 'recoverable', certainty: 'likely', name: ['repo'], why: 'Changes the repository {name} itself: its name, visibility or whether it is archived.', saferWay: 'Let a person change it on the website.' },
    ],
    mutations: [
      { id: 'graphql-ref-delete', request: 'deleteRef', verb: 'delete', kind: 'branch', reversibility: 'irreversible', name: ['refId'], why: 'Deletes a branch or tag on GitHub.', saferWay: 'Let a person delete it.' },
      { id: 'graphql-issue-delete', request: 'deleteIssue', verb: 'delete', kind: 'issue', reversibility: 'irreversible', name: ['issueId'], why: 'Deletes an issue with its discussion.', saferWay: 'Close it instead.' },
    ],
  },
  cases: {
    caught: [
      { command: 'gh codespace ssh -c c1 -- rm -rf /workspaces/shop', by: 'rm/delete' },
      { command: 'gh repo delete acme/shop --yes', by: 'repo-delete' },
      { command: 'gh repo archive acme/shop', by: 'repo-archive' },
      { command: 'gh repo edit --visibility public', by: 'repo-visibility' },
      { command: 'gh repo rename new-name', by: 'repo-rename' },
      { command: 'gh repo sync --force', by: 'repo-sync-force' },
      { command: 'gh release delete v1.0 --cleanup-tag', by: 'release-delete' },
      { command: 'gh release create v1.0', by: 'release-create' },
      { command: 'gh secret delete DEPLOY_KEY', by: 'secret-delete' },
      { command: 'gh secret set DEPLOY_KEY < key', by: 'secret-set' },
      { command: 'gh variable delete REGION', by: 'variable-delete' },
      { command: 'gh issue delete 5 --yes', by: 'issue-delete' },
      { command: 'gh issue transfer 5 acme/other', by: 'issue-transfer' },
      { command: 'gh pr merge 128 --squash --admin', by: 'pr-merge-admin' },
      { command: 'gh gist create notes.md', by: 'gist-create' },
      { command: 'gh repo create acme/shop --public --source .', by: 'repo-create-public' },
      { command: 'gh gist delete abc', by: 'gist-delete' },
      { command: 'gh workflow disable deploy.yml', by: 'workflow-disable' },
      { command: 'gh run delete 12', by: 'run-delete' },
      { command: 'gh codespace delete --all', by: 'codespace-delete' },
      { command: 'gh ssh-key delete 12', by: 'key-delete' },
      { command: 'gh repo deploy-key delete 12', by: 'deploy-key-delete' },
      { command: 'gh project delete 3', by: 'project-delete' },
      { command: 'gh api -X DELETE repos/acme/shop', by: 'api-repo-delete' },
      { command: 'gh api --method DELETE /repos/acme/shop/git/refs/heads/main', by: 'api-ref-delete' },
      { command: 'gh api -X DELETE repos/acme/shop/branches/main/protection', by: 'api-protection-delete' },
      { command: 'gh api -X PATCH repos/acme/shop/git/refs/heads/main -f sha=abc -F force=true', by: 'api-ref-force' },
      { command: 'gh api -X PATCH repos/acme/shop -F private=false', by: 'api-repo-edit' },
      { command: "gh api graphql -f query='mutation { deleteRef(input: {refId: \"x\"}) { clientMutationId } }'", by: 'graphql-ref-delete' },
      { command: "gh api graphql -f query='mutation { deleteIssue(input: {issueId: \"x\"}) { clientMutationId } }'", by: 'graphql-issue-delete' },
    ],
    passes: ['gh codespace ssh -c c1 -- ls', 'gh pr view 12', 'gh pr create --title "delete repo" --body x', 'gh api repos/acme/shop', 'gh api repos/acme/shop/issues --paginate', "gh api graphql -f query='query { viewer { login } }'", 'gh repo view acme/shop', 'gh repo clone acme/shop', 'gh repo create acme/shop --private', 'gh gist list', 'gh run list', 'gh release view v1.0', 'gh release create v1.0 --draft', 'gh pr merge 12 --squash', 'gh issue close 5', 'gh secret list', 'gh auth status', 'gh issue comment 5 --body "please delete the repo"'],
  },
};

/** `gh api`: a request to GitHub like any other. https://cli.github.com/manual/gh_api */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const path = call.operands[1]?.text;
  if (call.operands[0]?.text !== 'api' || path === undefined) return [];
  const hasBody = hasOption(call, ...fields, '--input');
  const method = optionValue(call, '-X', '--method')?.text ?? (hasBody ? 'POST' : 'GET');
  const hostname = optionValue(call, '--hostname')?.text;
  const base = hostname === undefined || hostname === 'github.com' ? 'https://api.github.com' : `https://${hostname}/api/v3`;
  const url = /^https?:\/\//.test(path) ? path : `${base}/${path.replace(/^\//, '')}`;
  return analysis.http({ method: method.toUpperCase(), url, headers: [], uploads: [], ...(hasBody ? { body: bodyOf(call) } : {}) }, placeOf(call.invocation));
}

/** The JSON body that `-f name=value` make together. */
function bodyOf(call: Call): string {
  const input = optionValue(call, '--input')?.text;
  if (input === '-' && call.invocation.stdin?.known) return call.invocation.stdin.text;
  const given = fields.flatMap((option) => call.options.get(option) ?? []).flatMap((word) => {
    const equals = word?.text.indexOf('=') ?? -1;
    return word && equals > 0 ? [[word.text.slice(0, equals), word.text.slice(equals + 1)] as const] : [];
  });
  const variables = given.filter(([name]) => name !== 'query' && name !== 'operationName');
  const query = given.find(([name]) => name === 'query')?.[1];
  return JSON.stringify(query === undefined ? Object.fromEntries(given) : { query, variables: Object.fromEntries(variables) });
}
