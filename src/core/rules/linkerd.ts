import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'linkerd',
  title: 'Linkerd',
  programs: ['linkerd'],
  docs: 'https://linkerd.io/2-edge/reference/cli/',
  valueOptions: ['--context', '--kubeconfig', '-L', '--linkerd-namespace', '--api-addr', '--as', '--as-group', '-n', '--namespace', '-o', '--output'],
  safeOptions: ['-h'],
  target: { system: 'kubernetes', option: ['--context'], scope: ['-n', '--namespace'], settings: { kubeconfig: ['--kubeconfig'] } },
  // Its commands only print; what deletes is the program they are handed to.
  operations: [],
  unlisted: 'Linkerd resource',
  cases: {
    caught: [
      { command: 'linkerd uninstall > remove.yaml', by: 'unlisted' },
      { command: 'linkerd viz uninstall', by: 'unlisted' },
      { command: 'linkerd --context prod multicluster unlink --cluster-name west', by: 'unlisted' },
      { command: 'linkerd prune | kubectl delete -f -', by: 'kubectl/delete' },
    ],
    passes: ['linkerd check', 'linkerd viz stat deploy', 'linkerd install', 'linkerd version', 'linkerd viz dashboard'],
  },
};
