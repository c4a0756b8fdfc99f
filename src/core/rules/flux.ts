import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'flux',
  title: 'Flux',
  programs: ['flux'],
  docs: 'https://fluxcd.io/flux/cmd/',
  valueOptions: ['--context', '-n', '--namespace', '--kubeconfig', '--cluster', '--timeout', '--server', '--path'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'kubernetes', option: ['--context'], scope: ['-n', '--namespace'], settings: { kubeconfig: ['--kubeconfig'], cluster: ['--cluster'], server: ['--server'] } },
  operations: [
    { id: 'uninstall', words: ['uninstall'], verb: 'delete', kind: 'Flux', reversibility: 'irreversible', name: [], why: 'Removes Flux from the cluster; nothing keeps it as git says any more.', saferWay: 'Show what would go: flux uninstall --dry-run.' },
    { id: 'delete', words: ['delete'], verb: 'delete', kind: 'Flux resource', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name}, and with pruning everything it made.', saferWay: 'Suspend it instead: flux suspend.' },
    { id: 'suspend', words: ['suspend'], verb: 'stop', kind: 'reconciliation', reversibility: 'reversible', name: [{ operands: 'all' }], why: 'Stops keeping {name} as git says.', saferWay: 'Let a person suspend it.' },
  ],
  unlisted: 'Flux resource',
  cases: {
    caught: [
      { command: 'flux uninstall --silent', by: 'uninstall' },
      { command: 'flux --context prod uninstall', by: 'uninstall' },
      { command: 'flux delete kustomization shop -s', by: 'delete' },
      { command: 'flux delete helmrelease shop', by: 'delete' },
      { command: 'flux suspend kustomization shop', by: 'suspend' },
      { command: 'flux uninstall --keep-namespace -s', by: 'uninstall' },
      { command: 'flux delete source git shop -n flux-system', by: 'delete' },
      { command: 'flux -n apps delete helmrelease redis --silent', by: 'delete' },
      { command: 'flux suspend helmrelease --all', by: 'suspend' },
      { command: 'flux --context prod suspend source git shop', by: 'suspend' },
      { command: 'flux operator purge x', by: 'unlisted' },
    ],
    passes: ['flux get kustomizations', 'flux reconcile kustomization shop', 'flux check', 'flux diff kustomization shop', 'flux logs', 'flux uninstall --dry-run', 'flux tree kustomization shop'],
  },
};
