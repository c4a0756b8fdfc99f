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
      { command: 'curl -X DELETE https://gitlab.com/api/v4/projects/12', by: 'api-project-delete' },
      { command: 'curl -X DELETE https://gitlab.com/api/v4/projects/12/protected_branches/main', by: 'api-protection-delete' },
      { command: 'curl -X DELETE https://gitlab.com/api/v4/groups/12', by: 'api-group-delete' },
    ],
    passes: ['glab mr list', 'glab issue create -t delete', 'glab repo clone acme/shop', 'glab ci status', 'glab mr merge 5', 'glab repo view', 'glab variable list', 'curl https://gitlab.com/api/v4/projects/12'],
  },
};
