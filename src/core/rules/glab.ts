import type { Analysis } from '../analysis.ts';
import { hasOption, optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { placeOf } from '../inputs.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'glab',
  title: 'GitLab',
  programs: ['glab'],
  docs: 'https://docs.gitlab.com/cli/',
  valueOptions: ['-R', '--repo', '-g', '--group', '-t', '--title', '-d', '--description', '-m', '--message', '-X', '--method', '-F', '--field', '-f', '--raw-field', '-H', '--header', '--input', '--hostname', '-s', '--scope', '-b', '--branch', '-l', '--label', '-a', '--assignee'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'gitlab', option: ['-R', '--repo'] },
  operations: [
    { id: 'repo-delete', words: ['repo|project', 'delete'], verb: 'delete', kind: 'repository', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes {name} on GitLab with its issues, merge requests and pipelines.', saferWay: 'Archive it instead: glab repo archive.' },
    { id: 'archive', words: ['repo|project', 'archive|transfer'], verb: 'stop', kind: 'repository', reversibility: 'recoverable', name: [{ operand: 0 }], why: 'Makes {name} read-only for everybody, or moves it.', saferWay: 'Let a person do it.' },
    { id: 'member-remove', words: ['repo|project', 'members', 'remove'], verb: 'revoke', kind: 'member', reversibility: 'recoverable', name: [{ option: ['--username', '--user-id'] }, { operand: 0 }], why: 'Takes away the access of {name}.', saferWay: 'Let a person change members.' },
    { id: 'issue-delete', words: ['issue|incident|mr|merge-request', 'delete|del'], verb: 'delete', kind: 'issue or merge request', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes {name} with its discussion.', saferWay: 'Close it instead.' },
    { id: 'release-delete', words: ['release', 'delete'], verb: 'delete', kind: 'release', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the release {name}, with --with-tag its tag too.', saferWay: 'Let a person delete it.' },
    { id: 'pipeline-delete', words: ['ci|pipe|pipeline', 'delete'], verb: 'delete', kind: 'pipeline', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the pipeline {name} with its jobs, logs and artifacts.', saferWay: 'Download what is in it first: glab job artifact.' },
    { id: 'pipeline-cancel', words: ['ci|pipe|pipeline', 'cancel'], verb: 'stop', kind: 'pipeline', reversibility: 'reversible', name: [{ operand: 1 }], why: 'Stops the pipeline or job {name} half-way; a deployment in it stays half done.', saferWay: 'Look first what it does: glab ci view.' },
    { id: 'token-revoke', words: ['token', 'revoke|rotate'], verb: 'revoke', kind: 'token', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Makes the token {name} invalid: whatever uses it stops working.', saferWay: 'Make the new token first.' },
    { id: 'variable-set', words: ['variable', 'set|update|new|create'], dataVariables: true, verb: 'overwrite', kind: 'variable', reversibility: 'irreversible', certainty: 'likely', name: [{ dataVariables: true }], why: 'Sets {name}, on which the data of what is deployed hangs.', saferWay: 'Read the present value first and keep it: glab variable get.' },
    { id: 'state-delete', words: ['opentofu|terraform|tf', 'state', 'delete'], verb: 'delete', kind: 'state', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the state {name}: nobody knows any more what was built with it.', saferWay: 'Download it first: glab opentofu state download.' },
    { id: 'variable-delete', words: ['variable', 'delete|remove'], verb: 'delete', kind: 'variable', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the variable {name}; its value may not be readable again.', saferWay: 'Let a person keep the value first.' },
  ],
  unlisted: 'GitLab resource',
  inspect,
  controlPlane: {
    hosts: ['gitlab.com', 'gitlab.*'],
    // https://docs.gitlab.com/api/api_resources/
    paths: [
      { id: 'api-project-edit', request: 'PUT /api/v4/projects/:project', verb: 'overwrite', kind: 'repository', reversibility: 'recoverable', certainty: 'likely', needs: ['name', 'path', 'visibility', 'default_branch', 'archived'], name: ['project'], why: 'Renames the project {name}, moves it, or changes who can see it.', saferWay: 'Let a person change it on the website.' },
      { id: 'api-archive', request: 'POST /api/v4/projects/:project/archive', verb: 'stop', kind: 'repository', reversibility: 'recoverable', name: ['project'], why: 'Makes the project {name} read-only for everybody.', saferWay: 'Let a person archive it.' },
      { id: 'api-transfer', request: 'PUT /api/v4/projects/:project/transfer', verb: 'overwrite', kind: 'repository', reversibility: 'recoverable', name: ['project'], why: 'Moves the project {name} to another namespace.', saferWay: 'Let a person do it.' },
      { id: 'api-branch-delete', request: 'DELETE /api/v4/projects/:project/repository/branches/:branch', verb: 'delete', kind: 'branch', reversibility: 'irreversible', name: ['branch'], why: 'Deletes the branch {name} on GitLab.', saferWay: 'Let a person delete it.' },
      { id: 'api-merged-delete', request: 'DELETE /api/v4/projects/:project/repository/merged_branches', verb: 'delete', kind: 'branches', reversibility: 'irreversible', name: ['project'], why: 'Deletes every merged branch of {name}.', saferWay: 'Let a person choose them.' },
      { id: 'api-registry-delete', request: 'DELETE /api/v4/projects/:project/registry/repositories/*', verb: 'delete', kind: 'container images', reversibility: 'irreversible', name: ['project'], why: 'Deletes container images of {name}.', saferWay: 'List it first and let a person delete it.' },
      { id: 'api-pipeline-cancel', request: 'POST /api/v4/projects/:project/pipelines/:pipeline/cancel', verb: 'stop', kind: 'pipeline', reversibility: 'reversible', name: ['pipeline'], why: 'Stops the pipeline {name} half-way.', saferWay: 'Look first what it does.' },
      { id: 'api-job-cancel', request: 'POST /api/v4/projects/:project/jobs/:job/cancel', verb: 'stop', kind: 'job', reversibility: 'reversible', name: ['job'], why: 'Stops the job {name} half-way.', saferWay: 'Look first what it does.' },
      { id: 'api-job-erase', request: 'POST /api/v4/projects/:project/jobs/:job/erase', verb: 'delete', kind: 'job', reversibility: 'irreversible', name: ['job'], why: 'Deletes the log and the artifacts of the job {name}.', saferWay: 'Download them first.' },
      { id: 'api-environment-stop', request: 'POST /api/v4/projects/:project/environments/:environment/stop', verb: 'stop', kind: 'environment', reversibility: 'recoverable', name: ['environment'], why: 'Takes the environment {name} offline.', saferWay: 'Let a person stop it.' },
      { id: 'api-state-delete', request: 'DELETE /api/v4/projects/:project/terraform/state/:state', verb: 'delete', kind: 'state', reversibility: 'irreversible', name: ['state'], why: 'Deletes the state {name}: nobody knows any more what was built with it.', saferWay: 'Download it first with GET.' },
      { id: 'api-variable-set', request: 'PUT /api/v4/projects/:project/variables/:key', verb: 'overwrite', kind: 'variable', reversibility: 'irreversible', dataVariables: true, name: ['key'], why: 'Replaces the variable {name}, on which the data of what is deployed hangs.', saferWay: 'Read the present state first with GET.' },
      { id: 'api-project-delete', request: 'DELETE /api/v4/projects/:project', verb: 'delete', kind: 'repository', reversibility: 'irreversible', name: ['project'], why: 'Deletes the project {name} on GitLab with its issues, merge requests and pipelines.', saferWay: 'Archive it instead.' },
      { id: 'api-group-delete', request: 'DELETE /api/v4/groups/:group', verb: 'delete', kind: 'group', reversibility: 'irreversible', name: ['group'], why: 'Deletes the group {name} with every project in it.', saferWay: 'List it first and let a person delete it.' },
      { id: 'api-protection-delete', request: 'DELETE /api/v4/projects/:project/protected_branches/:branch', verb: 'revoke', kind: 'branch protection', reversibility: 'irreversible', name: ['branch'], why: 'Removes the rules that protect the branch {name}.', saferWay: 'Let a person change the rules.' },
    ],
    harmless: ['DELETE /api/v4/projects/:project/issues/:issue/award_emoji/:emoji', 'DELETE /api/v4/projects/:project/merge_requests/:request/award_emoji/:emoji'],
  },
  cases: {
    caught: [
      { command: 'glab project delete acme/shop', by: 'repo-delete' },
      { command: 'glab repo transfer shop --target-namespace other', by: 'archive' },
      { command: 'glab repo members remove --username alice', by: 'member-remove' },
      { command: 'glab incident delete 4', by: 'issue-delete' },
      { command: 'glab release delete v2 --with-tag', by: 'release-delete' },
      { command: 'glab release delete v3 -R acme/shop', by: 'release-delete' },
      { command: 'glab pipeline delete 13', by: 'pipeline-delete' },
      { command: 'glab ci cancel pipeline 12', by: 'pipeline-cancel' },
      { command: 'glab ci cancel job 99', by: 'pipeline-cancel' },
      { command: 'glab token revoke deploy', by: 'token-revoke' },
      { command: 'glab token rotate deploy -D 30d', by: 'token-revoke' },
      { command: 'glab token revoke --user @me ci', by: 'token-revoke' },
      { command: 'glab variable set DATABASE_URL postgres://x', by: 'variable-set' },
      { command: 'glab variable update REDIS_URL redis://x -s production', by: 'variable-set' },
      { command: 'glab variable remove TOKEN -g acme', by: 'variable-delete' },
      { command: 'glab opentofu state delete prod', by: 'state-delete' },
      { command: 'glab tf state delete prod -y', by: 'state-delete' },
      { command: 'glab opentofu state delete prod 4', by: 'state-delete' },
      { command: 'glab api -X PUT projects/12 -f visibility=public', by: 'api-project-edit' },
      { command: 'glab api -X POST projects/12/archive', by: 'api-archive' },
      { command: 'glab api -X PUT projects/12/transfer -f namespace=other', by: 'api-transfer' },
      { command: 'glab api -X DELETE projects/12/repository/branches/main', by: 'api-branch-delete' },
      { command: 'curl -X DELETE https://gitlab.example.org/api/v4/projects/12/repository/merged_branches', by: 'api-merged-delete' },
      { command: 'glab api -X DELETE projects/12/registry/repositories/3', by: 'api-registry-delete' },
      { command: 'curl -X POST https://gitlab.example.org/api/v4/projects/12/pipelines/7/cancel', by: 'api-pipeline-cancel' },
      { command: 'curl -X POST https://gitlab.com/api/v4/projects/12/jobs/7/cancel', by: 'api-job-cancel' },
      { command: 'curl -X POST https://gitlab.com/api/v4/projects/12/jobs/7/erase', by: 'api-job-erase' },
      { command: 'curl -X POST https://gitlab.com/api/v4/projects/12/environments/1/stop', by: 'api-environment-stop' },
      { command: 'glab api -X DELETE projects/12/terraform/state/prod', by: 'api-state-delete' },
      { command: 'glab api -X PUT projects/12/variables/DATABASE_URL -f value=x', by: 'api-variable-set' },
      { command: 'glab repo delete acme/shop --yes', by: 'repo-delete' },
      { command: 'glab variable delete TOKEN', by: 'variable-delete' },
      { command: 'glab repo archive acme/shop', by: 'archive' },
      { command: 'glab release delete v1 -y', by: 'release-delete' },
      { command: 'glab issue delete 5', by: 'issue-delete' },
      { command: 'glab ci delete 12', by: 'pipeline-delete' },
      { command: 'glab ssh-key delete 3', by: 'unlisted' },
      { command: 'glab schedule delete 10', by: 'unlisted' },
      { command: 'glab mr delete 5', by: 'issue-delete' },
      { command: 'glab api -X DELETE projects/12', by: 'api-project-delete' },
      { command: 'glab api -XDELETE /projects/12/variables/TOKEN', by: 'unlisted-request' },
      { command: 'glab api --method=DELETE /projects/12/protected_branches/main', by: 'api-protection-delete' },
      { command: 'curl -X DELETE https://gitlab.com/api/v4/projects/12', by: 'api-project-delete' },
      { command: 'curl -X DELETE https://gitlab.com/api/v4/projects/12/protected_branches/main', by: 'api-protection-delete' },
      { command: 'curl -X DELETE https://gitlab.com/api/v4/groups/12', by: 'api-group-delete' },
    ],
    passes: ['glab api -X PUT projects/12 -f description=x', 'glab variable set LOG_LEVEL info', 'glab ci run', 'glab ci retry 99', 'curl -X POST https://gitlab.example.org/api/v4/projects/12/pipeline?ref=main', 'glab api projects/12', 'glab api projects/12/issues -F title=delete', 'glab mr list', 'glab issue create -t delete', 'glab repo clone acme/shop', 'glab ci status', 'glab mr merge 5', 'glab repo view', 'glab variable list', 'curl https://gitlab.com/api/v4/projects/12'],
  },
};

/** `glab api`: a request to GitLab like any other. https://docs.gitlab.com/cli/api/ */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const path = call.operands[1]?.text;
  if (call.operands[0]?.text !== 'api' || path === undefined) return [];
  const fields = ['-F', '--field', '-f', '--raw-field'];
  const method = optionValue(call, '-X', '--method')?.text ?? (hasOption(call, ...fields, '--input') ? 'POST' : 'GET');
  const host = optionValue(call, '--hostname')?.text ?? 'gitlab.com';
  const url = /^https?:\/\//.test(path) ? path : `https://${host}/api/v4/${path.replace(/^\//, '')}`;
  const given = fields.flatMap((option) => call.options.get(option) ?? []).flatMap((word) => (word?.text.includes('=') ? [[word.text.slice(0, word.text.indexOf('=')), word.text.slice(word.text.indexOf('=') + 1)]] : []));
  return analysis.http({ method: method.toUpperCase(), url, headers: [], uploads: [], ...(given.length > 0 ? { body: JSON.stringify(Object.fromEntries(given)) } : {}) }, placeOf(call.invocation));
}
