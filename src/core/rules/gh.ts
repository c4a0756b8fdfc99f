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
  valueOptions: ['-R', '--repo', '-X', '--method', '-H', '--header', '-q', '--jq', '-t', '--template', '--hostname', '--input', '--preview', '-p', '--cache', ...fields, '-e', '--env', '-o', '--org', '-u', '--user', '--app', '-a', '--visibility', '-b', '--body', '--title', '-m', '--match-head-commit', '--subject', '-c', '--codespace', '--days', '-L', '--limit', '--json', '--default-branch', '-d', '--description', '--comment', '--reason', '-s', '--state', '--fork-name', '--remote-name', '--id', '--owner', '--project-id', '--tag', '--target', '--notes', '-n'],
  safeOptions: ['-h'],
  target: { system: 'github', option: ['-R', '--repo'], variable: ['GH_REPO'] },
  operations: [
    { id: 'repo-delete', words: ['repo', 'delete'], verb: 'delete', kind: 'repository', reversibility: 'irreversible', name: [{ operand: 0 }, { text: 'the current repository' }], why: 'Deletes {name} on GitHub with its issues, pull requests and releases.', saferWay: 'Archive it instead: gh repo archive.' },
    { id: 'repo-archive', words: ['repo', 'archive'], verb: 'stop', kind: 'repository', reversibility: 'recoverable', name: [{ operand: 0 }, { text: 'the current repository' }], why: 'Makes {name} read-only for everybody.', saferWay: 'Let a person archive it.' },
    { id: 'repo-visibility', words: ['repo', 'edit'], needs: ['--visibility'], verb: 'publish', kind: 'repository', reversibility: 'irreversible', name: [{ operand: 0 }, { text: 'the current repository' }], why: 'Changes who can see {name}; stars and watchers are lost, and what was public stays known.', saferWay: 'Let a person change it on the website.' },
    { id: 'repo-rename', words: ['repo', 'rename'], verb: 'overwrite', kind: 'repository', reversibility: 'recoverable', certainty: 'likely', name: [{ option: ['-R', '--repo'] }, { operand: 0 }], why: 'Renames {name}; whoever uses the old name may reach another repository.', saferWay: 'Let a person rename it.' },
    { id: 'fork-rename', words: ['repo', 'fork'], needs: ['--fork-name'], verb: 'overwrite', kind: 'repository', reversibility: 'recoverable', certainty: 'likely', name: [{ operand: 0 }, { text: 'the current repository' }], why: 'Gives the fork of {name} another name; a fork you already have is renamed, and whoever uses its old name may reach another repository.', saferWay: 'Look first which forks you have, and rename none: gh repo list --fork.' },
    { id: 'repo-default-branch', words: ['repo', 'edit'], needs: ['--default-branch'], verb: 'overwrite', kind: 'repository', reversibility: 'recoverable', name: [{ operand: 0 }, { text: 'the current repository' }], why: 'Changes the branch everybody gets of {name}.', saferWay: 'Let a person change it on the website.' },
    { id: 'repo-sync-force', words: ['repo', 'sync'], needs: ['--force'], verb: 'rewriteHistory', kind: 'branch', reversibility: 'irreversible', name: [{ operand: 0 }, { text: 'the current repository' }], why: 'Overwrites a branch of {name} with its source: commits that are only there are lost.', saferWay: 'Sync without --force.' },
    { id: 'release-delete', words: ['release', 'delete|delete-asset'], verb: 'delete', kind: 'release', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the release {name} and its files.', saferWay: 'Mark it as a draft instead: gh release edit --draft.' },
    { id: 'release-clobber', words: ['release', 'upload'], needs: ['--clobber'], verb: 'overwrite', kind: 'release', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Replaces files of the release {name}: what people may already have downloaded.', saferWay: 'Upload under new names: leave out --clobber.' },
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
    { id: 'run-cancel', words: ['run', 'cancel'], verb: 'stop', kind: 'workflow run', reversibility: 'reversible', name: [{ operand: 0 }], why: 'Stops the run {name} half-way; a deployment in it stays half done.', saferWay: 'Look first what it does: gh run view.' },
    { id: 'run-delete', words: ['run', 'delete'], verb: 'delete', kind: 'workflow run', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the record of run {name}.', saferWay: 'Download its logs first: gh run view --log.' },
    { id: 'codespace-delete', words: ['codespace|cs', 'delete'], verb: 'delete', kind: 'codespace', reversibility: 'irreversible', name: [{ option: ['-c', '--codespace'] }], why: 'Deletes the codespace {name} with all work that was not pushed.', saferWay: 'Stop it instead: gh codespace stop.' },
    { id: 'key-delete', words: ['ssh-key|gpg-key', 'delete'], verb: 'revoke', kind: 'key', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Removes the key {name} from the account: whatever uses it stops working.', saferWay: 'Add the new key first.' },
    { id: 'deploy-key-delete', words: ['repo', 'deploy-key', 'delete'], verb: 'revoke', kind: 'deploy key', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Removes the deploy key {name}: whatever uses it stops working.', saferWay: 'Add the new key first.' },
    { id: 'project-part-delete', words: ['project', 'item-delete|field-delete'], verb: 'delete', kind: 'project item', reversibility: 'irreversible', name: [{ option: ['--id'] }, { operand: 0 }], why: 'Deletes an item or field of the project {name}.', saferWay: 'Archive it instead: gh project item-archive.' },
    { id: 'project-delete', words: ['project', 'delete'], verb: 'delete', kind: 'project', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the project {name} with its items and fields.', saferWay: 'Close it instead: gh project close.' },
  ],
  inspect,
  controlPlane: {
    hosts: ['api.github.com'],
    // https://docs.github.com/en/rest
    paths: [
      { id: 'api-transfer', request: 'POST /repos/:owner/:repo/transfer', verb: 'overwrite', kind: 'repository', reversibility: 'recoverable', name: ['repo'], why: 'Gives the repository {name} to another owner.', saferWay: 'Let a person do it.' },
      { id: 'api-org-delete', request: 'DELETE /orgs/:org', verb: 'delete', kind: 'organization', reversibility: 'irreversible', name: ['org'], why: 'Deletes the organization {name} with every repository in it.', saferWay: 'List it first and let a person delete it.' },
      { id: 'api-release-delete', request: 'DELETE /repos/:owner/:repo/releases/:release', verb: 'delete', kind: 'release', reversibility: 'irreversible', name: ['release'], why: 'Deletes the release {name} and its files.', saferWay: 'Mark it as a draft instead.' },
      { id: 'api-environment-delete', request: 'DELETE /repos/:owner/:repo/environments/:environment', verb: 'delete', kind: 'environment', reversibility: 'irreversible', name: ['environment'], why: 'Deletes the environment {name} with its secrets and rules.', saferWay: 'List it first and let a person delete it.' },
      { id: 'api-secret-set', request: 'PUT /repos/:owner/:repo/actions/secrets/:secret', verb: 'overwrite', kind: 'secret', reversibility: 'irreversible', certainty: 'likely', name: ['secret'], why: 'Sets the secret {name}; an old value cannot be read back.', saferWay: 'Use a new name.' },
      { id: 'api-protection-set', request: 'PUT /repos/:owner/:repo/branches/:branch/protection', verb: 'overwrite', kind: 'branch protection', reversibility: 'irreversible', name: ['branch'], why: 'Replaces the rules that protect the branch {name}.', saferWay: 'Let a person change the rules.' },
      { id: 'api-ruleset-change', request: 'PUT /repos/:owner/:repo/rulesets/:ruleset', verb: 'overwrite', kind: 'ruleset', reversibility: 'irreversible', name: ['ruleset'], why: 'Replaces the rules {name} that protect branches.', saferWay: 'Let a person change the rules.' },
      { id: 'api-ruleset-delete', request: 'DELETE /repos/:owner/:repo/rulesets/:ruleset', verb: 'revoke', kind: 'ruleset', reversibility: 'irreversible', name: ['ruleset'], why: 'Removes the rules {name} that protect branches.', saferWay: 'Let a person change the rules.' },
      { id: 'api-run-cancel', request: 'POST /repos/:owner/:repo/actions/runs/:run/cancel', verb: 'stop', kind: 'workflow run', reversibility: 'reversible', name: ['run'], why: 'Stops the run {name} half-way.', saferWay: 'Look first what it does.' },
      { id: 'api-run-force-cancel', request: 'POST /repos/:owner/:repo/actions/runs/:run/force-cancel', verb: 'stop', kind: 'workflow run', reversibility: 'reversible', name: ['run'], why: 'Stops the run {name} half-way.', saferWay: 'Look first what it does.' },
      { id: 'api-workflow-disable', request: 'PUT /repos/:owner/:repo/actions/workflows/:workflow/disable', verb: 'stop', kind: 'workflow', reversibility: 'recoverable', name: ['workflow'], why: 'Turns the workflow {name} off.', saferWay: 'Let a person turn it off.' },
      { id: 'api-repo-delete', request: 'DELETE /repos/:owner/:repo', verb: 'delete', kind: 'repository', reversibility: 'irreversible', name: ['repo'], why: 'Deletes the repository {name} on GitHub with its issues, pull requests and releases.', saferWay: 'Archive it instead.' },
      { id: 'api-ref-delete', request: 'DELETE /repos/:owner/:repo/git/refs/*', verb: 'delete', kind: 'branch', reversibility: 'irreversible', name: ['repo'], why: 'Deletes a branch or tag of {name} on GitHub.', saferWay: 'Let a person delete it.' },
      { id: 'api-protection-delete', request: 'DELETE /repos/:owner/:repo/branches/:branch/protection', verb: 'revoke', kind: 'branch protection', reversibility: 'irreversible', name: ['branch'], why: 'Removes the rules that protect the branch {name}.', saferWay: 'Let a person change the rules.' },
      { id: 'api-ref-force', request: 'PATCH /repos/:owner/:repo/git/refs/*', verb: 'rewriteHistory', kind: 'branch', reversibility: 'irreversible', certainty: 'likely', name: ['repo'], why: 'Moves a branch of {name} on GitHub; commits that only it holds may be lost.', saferWay: 'Push to a new branch.' },
      { id: 'api-repo-edit', request: 'PATCH /repos/:owner/:repo', needs: ['name', 'private', 'visibility', 'archived', 'default_branch'], verb: 'overwrite', kind: 'repository', reversibility: 'recoverable', certainty: 'likely', name: ['repo'], why: 'Changes the repository {name} itself: its name, visibility or whether it is archived.', saferWay: 'Let a person change it on the website.' },
    ],
    harmless: [
      'DELETE /repos/:owner/:repo/issues/:number/labels/*', 'DELETE /repos/:owner/:repo/issues/:number/labels', 'DELETE /repos/:owner/:repo/issues/:number/assignees', 'DELETE /repos/:owner/:repo/issues/:number/lock',
      'DELETE /repos/:owner/:repo/issues/:number/reactions/:reaction', 'DELETE /repos/:owner/:repo/pulls/:number/requested_reviewers', 'DELETE /repos/:owner/:repo/subscription', 'DELETE /repos/:owner/:repo/actions/caches',
      'DELETE /repos/:owner/:repo/actions/caches/:cache', 'DELETE /user/starred/:owner/:repo', 'DELETE /notifications/threads/*',
    ],
    mutations: [
      { id: 'graphql-archive', request: 'archiveRepository', verb: 'stop', kind: 'repository', reversibility: 'recoverable', name: ['repositoryId'], why: 'Makes a repository read-only for everybody.', saferWay: 'Let a person archive it.' },
      { id: 'graphql-protection-delete', request: 'deleteBranchProtectionRule', verb: 'revoke', kind: 'branch protection', reversibility: 'irreversible', name: ['branchProtectionRuleId'], why: 'Removes rules that protect branches.', saferWay: 'Let a person change the rules.' },
      { id: 'graphql-ref-force', request: 'updateRef', verb: 'rewriteHistory', kind: 'branch', reversibility: 'irreversible', needs: ['force=true'], name: ['refId'], why: 'Moves a branch on GitHub; commits that only it holds are lost.', saferWay: 'Push to a new branch.' },
      { id: 'graphql-repo-edit', request: 'updateRepository', verb: 'overwrite', kind: 'repository', reversibility: 'recoverable', needs: ['name'], name: ['repositoryId'], why: 'Renames a repository or moves what it is reached by.', saferWay: 'Let a person change it on the website.' },
      { id: 'graphql-issue-transfer', request: 'transferIssue', verb: 'delete', kind: 'issue', reversibility: 'recoverable', name: ['issueId'], why: 'Moves an issue to another repository.', saferWay: 'Let a person move it.' },
      { id: 'graphql-project-delete', request: 'deleteProjectV2', verb: 'delete', kind: 'project', reversibility: 'irreversible', name: ['projectId'], why: 'Deletes a project with its items and fields.', saferWay: 'Close it instead.' },
      { id: 'graphql-environment-delete', request: 'deleteEnvironment', verb: 'delete', kind: 'environment', reversibility: 'irreversible', name: ['id'], why: 'Deletes an environment with its secrets and rules.', saferWay: 'List it first and let a person delete it.' },
      { id: 'graphql-ref-delete', request: 'deleteRef', verb: 'delete', kind: 'branch', reversibility: 'irreversible', name: ['refId'], why: 'Deletes a branch or tag on GitHub.', saferWay: 'Let a person delete it.' },
      { id: 'graphql-issue-delete', request: 'deleteIssue', verb: 'delete', kind: 'issue', reversibility: 'irreversible', name: ['issueId'], why: 'Deletes an issue with its discussion.', saferWay: 'Close it instead.' },
    ],
  },
  cases: {
    caught: [
      { command: 'gh repo fork acme/shop --fork-name shop-fork --clone=false', by: 'fork-rename' },
      { command: 'gh repo edit acme/shop --default-branch develop', by: 'repo-default-branch' },
      { command: 'gh release upload v1.0 dist/app.zip --clobber', by: 'release-clobber' },
      { command: 'gh release delete-asset v1.0 app.zip -y', by: 'release-delete' },
      { command: 'gh secret remove DEPLOY_KEY --org acme', by: 'secret-delete' },
      { command: 'gh variable remove REGION', by: 'variable-delete' },
      { command: 'gh variable delete REGION -e production', by: 'variable-delete' },
      { command: 'gh issue delete https://github.com/acme/shop/issues/5', by: 'issue-delete' },
      { command: 'gh pr merge --admin --rebase', by: 'pr-merge-admin' },
      { command: 'gh pr merge 7 --admin -d', by: 'pr-merge-admin' },
      { command: 'gh gist delete abc --yes', by: 'gist-delete' },
      { command: 'gh workflow disable 123', by: 'workflow-disable' },
      { command: 'gh workflow disable CI -R acme/shop', by: 'workflow-disable' },
      { command: 'gh run cancel 4711', by: 'run-cancel' },
      { command: 'gh run cancel 4711 -R acme/shop', by: 'run-cancel' },
      { command: 'gh codespace delete -c c1 --force', by: 'codespace-delete' },
      { command: 'gh cs delete --days 7', by: 'codespace-delete' },
      { command: 'gh gpg-key delete ABCD --yes', by: 'key-delete' },
      { command: 'gh ssh-key delete 13 -y', by: 'key-delete' },
      { command: 'gh project item-delete 3 --owner acme --id PVTI_1', by: 'project-part-delete' },
      { command: 'gh project delete 3 --owner acme', by: 'project-delete' },
      { command: 'gh api -X POST repos/acme/shop/transfer -f new_owner=other', by: 'api-transfer' },
      { command: 'gh api --method DELETE /orgs/acme', by: 'api-org-delete' },
      { command: 'curl -X DELETE https://api.github.com/repos/acme/shop', by: 'api-repo-delete' },
      { command: 'gh api -X DELETE repos/acme/shop/releases/12', by: 'api-release-delete' },
      { command: 'gh api -X DELETE repos/acme/shop/environments/production', by: 'api-environment-delete' },
      { command: 'gh api -X PUT repos/acme/shop/actions/secrets/TOKEN -f encrypted_value=x -f key_id=1', by: 'api-secret-set' },
      { command: 'gh api -X PUT repos/acme/shop/branches/main/protection --input rules.json', by: 'api-protection-set' },
      { command: 'gh api -X PUT repos/acme/shop/rulesets/7 -f enforcement=disabled', by: 'api-ruleset-change' },
      { command: 'gh api -X DELETE repos/acme/shop/rulesets/7', by: 'api-ruleset-delete' },
      { command: 'gh api -X POST repos/acme/shop/actions/runs/1/cancel', by: 'api-run-cancel' },
      { command: 'gh api -X POST repos/acme/shop/actions/runs/1/force-cancel', by: 'api-run-force-cancel' },
      { command: 'gh api -X PUT repos/acme/shop/actions/workflows/ci.yml/disable', by: 'api-workflow-disable' },
      { command: 'gh api -X PATCH repos/acme/shop --input settings.json', by: 'api-repo-edit' },
      { command: `gh api graphql -f query='mutation { archiveRepository(input: {repositoryId: "r"}) { clientMutationId } }'`, by: 'graphql-archive' },
      { command: `gh api graphql -f query='mutation { deleteBranchProtectionRule(input: {branchProtectionRuleId: "b"}) { clientMutationId } }'`, by: 'graphql-protection-delete' },
      { command: `gh api graphql -f query='mutation { updateRef(input: {refId: "r", oid: "o", force: true}) { clientMutationId } }'`, by: 'graphql-ref-force' },
      { command: `gh api graphql -f query='mutation { updateRepository(input: {repositoryId: "r", name: "old-shop"}) { clientMutationId } }'`, by: 'graphql-repo-edit' },
      { command: `gh api graphql -f query='mutation { transferIssue(input: {issueId: "i", repositoryId: "r"}) { clientMutationId } }'`, by: 'graphql-issue-transfer' },
      { command: `gh api graphql -f query='mutation { deleteProjectV2(input: {projectId: "p"}) { clientMutationId } }'`, by: 'graphql-project-delete' },
      { command: `gh api graphql -f query='mutation { deleteEnvironment(input: {id: "e"}) { clientMutationId } }'`, by: 'graphql-environment-delete' },
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
    passes: ['gh repo fork acme/shop --clone', 'gh api -X PATCH repos/acme/shop -f description=x', 'gh api -X DELETE repos/acme/shop/issues/5/labels/bug', 'gh api -X DELETE user/starred/acme/shop', 'gh release upload v1.0 dist/app.zip', 'gh run watch 4711', 'gh workflow run ci.yml', 'gh repo edit --add-topic cli', `gh api graphql -f query='mutation { updateRepository(input: {repositoryId: "r", description: "x"}) { clientMutationId } }'`, `gh api graphql -f query='mutation { removeLabelsFromLabelable(input: {labelableId: "i", labelIds: ["l"]}) { clientMutationId } }'`, 'gh codespace ssh -c c1 -- ls', 'gh pr view 12', 'gh pr create --title "delete repo" --body x', 'gh api repos/acme/shop', 'gh api repos/acme/shop/issues --paginate', "gh api graphql -f query='query { viewer { login } }'", 'gh repo view acme/shop', 'gh repo clone acme/shop', 'gh repo create acme/shop --private', 'gh gist list', 'gh run list', 'gh release view v1.0', 'gh release create v1.0 --draft', 'gh pr merge 12 --squash', 'gh issue close 5', 'gh secret list', 'gh auth status', 'gh issue comment 5 --body "please delete the repo"'],
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
  const body = hasBody ? bodyOf(call) : undefined;
  return analysis.http({ method: method.toUpperCase(), url, headers: [], uploads: [], ...(body === undefined ? {} : { body }) }, placeOf(call.invocation));
}

/** The JSON body that `-f name=value` make together. */
function bodyOf(call: Call): string | undefined {
  const input = optionValue(call, '--input')?.text;
  if (input !== undefined) return input === '-' && call.invocation.stdin?.known ? call.invocation.stdin.text : undefined;
  const given = fields.flatMap((option) => call.options.get(option) ?? []).flatMap((word) => {
    const equals = word?.text.indexOf('=') ?? -1;
    return word && equals > 0 ? [[word.text.slice(0, equals), word.text.slice(equals + 1)] as const] : [];
  });
  const variables = given.filter(([name]) => name !== 'query' && name !== 'operationName');
  const query = given.find(([name]) => name === 'query')?.[1];
  return JSON.stringify(query === undefined ? Object.fromEntries(given) : { query, variables: Object.fromEntries(variables) });
}
