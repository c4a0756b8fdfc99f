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
    { id: 'variable-delete', words: ['variable', 'delete|remove'], verb: 'delete', kind: 'variable', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the variable {name}; its value may not be readable again.', saferWay: 'Let a person keep the value first.' },
  ],
  unlisted: 'GitLab resource',
  inspect,
  controlPlane: {
    hosts: ['gitlab.com'],
    paths: [
      { id: 'api-project-delete', request: 'DELETE /api/v4/projects/:project', verb: 'delete', kind: 'repository', reversibility: 'irreversible', name: ['project'], why: 'Deletes the project {name} on GitLab with its issues, merge requests and pipelines.', saferWay: 'Archive it instead.' },
      { id: 'api-group-delete', request: 'DELETE /api/v4/groups/:group', verb: 'delete', kind: 'group', reversibility: 'irreversible', name: ['group'], why: 'Deletes the group {name} with every project in it.', saferWay: 'List it first and let a person delete it.' },
      { id: 'api-protection-delete', request: 'DELETE /api/v4/projects/:project/protected_branches/:branch', verb: 'revoke', kind: 'branch protection', reversibility: 'irreversible', name: ['branch'], why: 'Removes the rules that protect the branch {name}.', saferWay: 'Let a person change the rules.' },
    ],
  },
  cases: {
    caught: [
      { command: 'glab repo delete acme/shop --yes', by: 'repo-delete' },
      { command: 'glab variable delete TOKEN', by: 'variable-delete' },
      { command: 'glab repo archive acme/shop', by: 'archive' },
      { command: 'glab release delete v1 -y', by: 'unlisted' },
      { command: 'glab issue delete 5', by: 'unlisted' },
      { command: 'glab ci delete 12', by: 'unlisted' },
      { command: 'glab ssh-key delete 3', by: 'unlisted' },
      { command: 'glab schedule delete 10', by: 'unlisted' },
      { command: 'glab mr delete 5', by: 'unlisted' },
      { command: 'glab api -X DELETE projects/12', by: 'api-project-delete' },
      { command: 'glab api -XDELETE /projects/12/variables/TOKEN', by: 'unlisted-request' },
      { command: 'glab api --method=DELETE /projects/12/protected_branches/main', by: 'api-protection-delete' },
      { command: 'curl -X DELETE https://gitlab.com/api/v4/projects/12', by: 'api-project-delete' },
      { command: 'curl -X DELETE https://gitlab.com/api/v4/projects/12/protected_branches/main', by: 'api-protection-delete' },
      { command: 'curl -X DELETE https://gitlab.com/api/v4/groups/12', by: 'api-group-delete' },
    ],
    passes: ['glab api projects/12', 'glab api projects/12/issues -F title=delete', 'glab mr list', 'glab issue create -t delete', 'glab repo clone acme/shop', 'glab ci status', 'glab mr merge 5', 'glab repo view', 'glab variable list', 'curl https://gitlab.com/api/v4/projects/12'],
  },
};

/** `glab api`: a request to GitLab like any other. https://docs.gitlab.com/cli/api/ */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const path = call.operands[1]?.text;
  if (call.operands[0]?.text !== 'api' || path === undefined) return [];
  const fields = ['-F', '--field', '-f', '--raw-field'];
  const method = optionValue(call, '-X', '--method')?.text ?? (hasOption(call, ...fields, '--input') ? 'POST' : 'GET');
  const url = /^https?:\/\//.test(path) ? path : `https://gitlab.com/api/v4/${path.replace(/^\//, '')}`;
  const given = fields.flatMap((option) => call.options.get(option) ?? []).flatMap((word) => (word?.text.includes('=') ? [[word.text.slice(0, word.text.indexOf('=')), word.text.slice(word.text.indexOf('=') + 1)]] : []));
  return analysis.http({ method: method.toUpperCase(), url, headers: [], uploads: [], ...(given.length > 0 ? { body: JSON.stringify(Object.fromEntries(given)) } : {}) }, placeOf(call.invocation));
}
