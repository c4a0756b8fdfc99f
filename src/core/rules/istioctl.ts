import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'istioctl',
  title: 'Istio',
  programs: ['istioctl'],
  docs: 'https://istio.io/latest/docs/reference/commands/istioctl/',
  valueOptions: ['--context', '-c', '--kubeconfig', '-i', '--istioNamespace', '-n', '--namespace', '-f', '--filename', '-r', '--revision', '--set', '-s', '-d', '--manifests', '--vklog', '--as', '--as-group'],
  safeOptions: ['-h', '--dry-run'],
  prefixes: ['x', 'experimental'],
  target: { system: 'kubernetes', option: ['--context'], scope: ['-n', '--namespace'], settings: { kubeconfig: ['--kubeconfig'] } },
  operations: [
    { id: 'uninstall', words: ['uninstall'], verb: 'delete', kind: 'service mesh', reversibility: 'irreversible', name: [{ option: ['-r', '--revision'] }, { text: 'Istio' }], why: 'Removes {name} from the cluster: traffic between its services is no longer steered or encrypted.', saferWay: 'Show what would go: add --dry-run.' },
    { id: 'install', words: ['install|upgrade'], needs: ['-y', '--skip-confirmation', '--force'], verb: 'overwrite', kind: 'service mesh', reversibility: 'recoverable', certainty: 'likely', name: [{ option: ['-f', '--filename'] }, { text: 'Istio' }], why: 'Changes {name} in the cluster without asking; traffic may break meanwhile.', saferWay: 'Show the change first: istioctl manifest diff.' },
    { id: 'tag', words: ['tag', 'remove|set'], needs: ['-y', '--skip-confirmation', '--overwrite'], verb: 'overwrite', kind: 'revision tag', reversibility: 'recoverable', name: [{ operand: 0 }], why: 'Moves or removes the tag {name}: namespaces that use it get another mesh or none.', saferWay: 'Look first: istioctl tag list.' },
  ],
  unlisted: 'Istio resource',
  cases: {
    caught: [
      { command: 'istioctl uninstall --purge -y', by: 'uninstall' },
      { command: 'istioctl x uninstall --revision canary', by: 'uninstall' },
      { command: 'istioctl --context prod uninstall -f istio.yaml', by: 'uninstall' },
      { command: 'istioctl install -y --set profile=demo', by: 'install' },
      { command: 'istioctl upgrade --skip-confirmation -f istio.yaml', by: 'install' },
      { command: 'istioctl --context prod install -f istio.yaml --force', by: 'install' },
      { command: 'istioctl tag remove prod -y', by: 'tag' },
      { command: 'istioctl tag set prod --revision canary --overwrite', by: 'tag' },
      { command: 'istioctl x tag remove stable --skip-confirmation', by: 'tag' },
      { command: 'istioctl waypoint delete --all', by: 'unlisted' },
    ],
    passes: ['istioctl analyze', 'istioctl proxy-status', 'istioctl install --dry-run', 'istioctl version', 'istioctl tag list', 'istioctl proxy-config routes web', 'istioctl uninstall --purge --dry-run'],
  },
};
