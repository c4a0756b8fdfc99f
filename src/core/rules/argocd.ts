import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'argocd',
  title: 'Argo CD',
  programs: ['argocd'],
  docs: 'https://argo-cd.readthedocs.io/en/stable/user-guide/commands/argocd/',
  valueOptions: ['--server', '--auth-token', '--config', '--argocd-context', '--kube-context', '--core-context', '--grpc-web-root-path', '-o', '--output', '-p', '--project', '-l', '--selector', '--kind', '--resource-name', '--revision', '-N', '--app-namespace'],
  safeOptions: ['-h'],
  target: { system: 'argocd', option: ['--argocd-context', '--server'], variable: ['ARGOCD_SERVER'] },
  operations: [
    { id: 'app-delete', words: ['app|appset', 'delete|rm'], verb: 'delete', kind: 'application', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name} and, unless told otherwise, everything it runs.', saferWay: 'Keep what it runs: --cascade=false.' },
    { id: 'app-sync-prune', words: ['app', 'sync'], needs: ['--prune', '--force', '--replace'], unless: ['--dry-run'], verb: 'delete', kind: 'application', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes whatever of {name} is no longer in git, or makes it again.', saferWay: 'Show it first: argocd app diff.' },
    { id: 'app-rollback', words: ['app', 'rollback'], verb: 'overwrite', kind: 'application', reversibility: 'recoverable', name: [{ operand: 0 }], why: 'Puts {name} back to an earlier revision.', saferWay: 'Look first: argocd app history.' },
    { id: 'terminate', words: ['app', 'terminate-op'], verb: 'stop', kind: 'operation', reversibility: 'reversible', name: [{ operand: 0 }], why: 'Stops the running operation of {name}.', saferWay: 'Wait for it.' },
    { id: 'delete-resource', words: ['app', 'delete-resource'], verb: 'delete', kind: 'resource', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes a resource of {name}.', saferWay: 'List it first and let a person delete it.' },
  ],
  unlisted: 'Argo CD resource',
  cases: {
    caught: [
      { command: 'argocd app delete shop --yes', by: 'app-delete' },
      { command: 'argocd app delete shop --cascade', by: 'app-delete' },
      { command: 'argocd appset delete tenants', by: 'app-delete' },
      { command: 'argocd app sync shop --prune', by: 'app-sync-prune' },
      { command: 'argocd app rollback shop 3', by: 'app-rollback' },
      { command: 'argocd app terminate-op shop', by: 'terminate' },
      { command: 'argocd app delete-resource shop --kind Deployment', by: 'delete-resource' },
      { command: 'argocd cluster rm prod', by: 'unlisted' },
      { command: 'argocd proj delete shop', by: 'unlisted' },
    ],
    passes: ['argocd app list', 'argocd app get shop', 'argocd app diff shop', 'argocd app sync shop', 'argocd app history shop', 'argocd login cd.example.com', 'argocd app sync shop --prune --dry-run'],
  },
};
