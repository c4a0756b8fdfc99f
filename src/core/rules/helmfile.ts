import type { Rule } from '../rule.ts';

const production = /(?<!(?:pre|non|not)[-_.]?)(?:^|[-_./])(?:prod|production|prd|live)(?:$|[-_./\d])/i;

export const rule: Rule = {
  tool: 'helmfile',
  title: 'Helmfile',
  programs: ['helmfile'],
  docs: 'https://helmfile.readthedocs.io/en/latest/#cli-reference',
  valueOptions: ['-f', '--file', '-e', '--environment', '-l', '--selector', '-n', '--namespace', '--kube-context', '--kubeconfig', '-b', '--helm-binary', '--set', '--state-values-set', '--state-values-file', '--values', '--concurrency', '--args', '-c', '--chart', '--color', '--log-level'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'helm', option: ['--kube-context'], scope: ['-n', '--namespace'], settings: { environment: ['-e', '--environment'] } },
  operations: [
    { id: 'destroy', words: ['destroy|delete'], verb: 'delete', kind: 'releases', reversibility: 'irreversible', name: [{ option: ['-l', '--selector', '-f', '--file'] }], why: 'Uninstalls every release of {name} with everything it runs.', saferWay: 'Show them first: helmfile list.' },
    { id: 'production-change', words: ['apply|sync'], value: { of: ['-e', '--environment', '-n', '--namespace', '--kube-context'], fits: production }, verb: 'overwrite', kind: 'releases', reversibility: 'recoverable', certainty: 'likely', name: [{ option: ['-e', '--environment', '--kube-context'] }], why: 'Changes every release in {name}, which is named production.', saferWay: 'Show the change first: helmfile diff.' },
  ],
  cases: {
    caught: [
      { command: 'helmfile destroy', by: 'destroy' },
      { command: 'helmfile -e staging delete --purge', by: 'destroy' },
      { command: 'helmfile -f apps.yaml -l name=shop destroy', by: 'destroy' },
      { command: 'helmfile -e production apply', by: 'production-change' },
      { command: 'helmfile --environment=prod sync', by: 'production-change' },
      { command: 'helmfile --kube-context eu-prod apply --skip-diff-on-install', by: 'production-change' },
    ],
    passes: ['helmfile diff', 'helmfile -e dev apply', 'helmfile list', 'helmfile template', 'helmfile -e pre-prod apply', 'helmfile lint'],
  },
};
