import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'helm',
  title: 'Helm',
  programs: ['helm', 'helm3'],
  docs: 'https://helm.sh/docs/helm/helm_uninstall/',
  valueOptions: ['-n', '--namespace', '--kube-context', '--kubeconfig', '--kube-apiserver', '--kube-token', '--timeout', '--cascade', '--description', '-f', '--values', '--set', '--set-string', '--set-file', '--version', '--repo', '--history-max', '--max'],
  safeOptions: ['--dry-run', '-h'],
  target: { system: 'kubernetes', option: ['--kube-context'], variable: ['HELM_KUBECONTEXT'] },
  operations: [
    { id: 'uninstall', words: ['uninstall|delete|del|un'], verb: 'delete', kind: 'release', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Uninstalls {name}: everything it runs is deleted, its data as far as the chart owns it.', saferWay: 'Show what would go: add --dry-run.' },
    { id: 'upgrade-force', words: ['upgrade'], needs: ['--force', '--force-replace'], verb: 'delete', kind: 'release', reversibility: 'irreversible', certainty: 'likely', name: [{ operand: 0 }], why: 'Replaces the resources of {name} instead of changing them in place.', saferWay: 'Upgrade without --force.' },
    { id: 'upgrade-reset', words: ['upgrade'], needs: ['--reset-values'], verb: 'overwrite', kind: 'release', reversibility: 'recoverable', certainty: 'likely', name: [{ operand: 0 }], why: 'Throws away the values {name} was configured with.', saferWay: 'Use --reuse-values.' },
    { id: 'rollback', words: ['rollback'], verb: 'overwrite', kind: 'release', reversibility: 'recoverable', name: [{ operand: 0 }], why: 'Puts {name} back to an earlier revision.', saferWay: 'Look at the revisions: helm history.' },
  ],
  cases: {
    caught: [
      { command: 'helm uninstall web', by: 'uninstall' },
      { command: 'helm delete -n prod postgres', by: 'uninstall' },
      { command: 'helm --kube-context prod un web --keep-history', by: 'uninstall' },
      { command: 'helm upgrade web ./chart --force', by: 'upgrade-force' },
      { command: 'helm upgrade --reset-values web ./chart', by: 'upgrade-reset' },
      { command: 'helm rollback web 3', by: 'rollback' },
    ],
    passes: ['helm uninstall web --dry-run', 'helm list', 'helm upgrade --install web ./chart', 'helm template ./chart', 'helm status web', 'helm repo remove stable', 'helm history web', 'helm get values web'],
  },
};
