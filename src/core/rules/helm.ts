import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'helm',
  title: 'Helm',
  programs: ['helm', 'helm3'],
  docs: 'https://helm.sh/docs/helm/helm_uninstall/',
  harmless: { helm: { first: ['list', 'ls', 'status', 'history', 'version', 'search'] } },
  valueOptions: ['-n', '--namespace', '--kube-context', '--kubeconfig', '--kube-apiserver', '--kube-token', '--timeout', '--cascade', '--description', '-f', '--values', '--set', '--set-string', '--set-file', '--version', '--repo', '--history-max', '--max', '--max-history', '--keyring', '-o', '--output', '--post-renderer', '--set-json', '--set-literal', '--registry-config', '--repository-config', '--repository-cache', '--kube-as-user', '--kube-as-group', '--kube-ca-file', '--burst-limit', '--qps', '-l', '--labels'],
  safeOptions: ['--dry-run', '-h'],
  target: { system: 'helm', option: ['--kube-context'], variable: ['HELM_KUBECONTEXT'], scope: ['-n', '--namespace'], settings: { kubeconfig: ['--kubeconfig'], server: ['--kube-apiserver'] } },
  operations: [
    { id: 'uninstall', words: ['uninstall|delete|del|un'], verb: 'delete', kind: 'release', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Uninstalls {name}: everything it runs is deleted, its data as far as the chart owns it.', saferWay: 'Show what would go: add --dry-run.' },
    { id: 'upgrade-force', words: ['upgrade'], needs: ['--force', '--force-replace'], verb: 'delete', kind: 'release', reversibility: 'irreversible', certainty: 'likely', name: [{ operand: 0 }], why: 'Replaces the resources of {name} instead of changing them in place.', saferWay: 'Upgrade without --force.' },
    { id: 'upgrade-reset', words: ['upgrade'], needs: ['--reset-values'], verb: 'overwrite', kind: 'release', reversibility: 'recoverable', certainty: 'likely', name: [{ operand: 0 }], why: 'Throws away the values {name} was configured with.', saferWay: 'Use --reuse-values.' },
    { id: 'production-change', words: ['upgrade'], value: { of: ['-n', '--namespace', '--kube-context'], fits: /(?<!(?:pre|non|not)[-_.]?)(?:^|[-_./])(?:prod|production|prd|live)(?:$|[-_./\d])/i }, verb: 'overwrite', kind: 'release', reversibility: 'recoverable', certainty: 'likely', name: [{ operand: 0 }], why: 'Changes {name} in a place that is named production.', saferWay: 'Show the change first: add --dry-run=server.' },
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
      { command: 'helm upgrade shop ./chart -n production', by: 'production-change' },
      { command: 'helm --kube-context prod-eu upgrade --install shop oci://registry.example.com/shop', by: 'production-change' },
      { command: 'helm upgrade --force-replace web ./chart', by: 'upgrade-force' },
      { command: 'helm rollback web', by: 'rollback' },
      { command: 'helm -n shop rollback web 2 --wait', by: 'rollback' },
      { command: 'helm uninstall web -n staging --wait', by: 'uninstall' },
    ],
    passes: ['helm upgrade shop ./chart -n pre-prod', 'helm upgrade shop ./chart -n production --dry-run', 'helm install shop ./chart', 'helm rollback web --dry-run', 'helm uninstall web --dry-run', 'helm list', 'helm upgrade --install web ./chart', 'helm template ./chart', 'helm status web', 'helm repo remove stable', 'helm history web', 'helm get values web'],
  },
};
