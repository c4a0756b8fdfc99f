import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'crossplane',
  title: 'Crossplane',
  programs: ['crossplane', 'crank', 'up'],
  docs: 'https://docs.crossplane.io/latest/cli/command-reference/',
  valueOptions: ['--context', '-c', '-n', '--namespace', '-o', '--output', '-f', '--package-files', '--domain', '-a', '--account', '--profile', '--kubeconfig', '--package-root'],
  safeOptions: ['-h'],
  target: { system: 'kubernetes', option: ['--context', '--profile'], scope: ['-n', '--namespace'] },
  operations: [
    { id: 'update', words: ['xpkg', 'update'], verb: 'overwrite', kind: 'package', reversibility: 'recoverable', certainty: 'likely', name: [{ operand: 1 }, { operand: 0 }], why: 'Replaces the package {name} in the cluster; resources it manages may be changed or deleted with it.', saferWay: 'Look first at what the new version manages: crossplane beta trace.' },
    { id: 'push', words: ['xpkg', 'push'], verb: 'publish', kind: 'package', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Publishes {name} for others to install.', saferWay: 'Let a person publish it.' },
    { id: 'uninstall', words: ['uxp', 'uninstall'], verb: 'delete', kind: 'Crossplane', reversibility: 'irreversible', name: [], why: 'Removes Crossplane from the cluster; nothing keeps what it made as it was declared any more.', saferWay: 'Let a person uninstall it.' },
    { id: 'ctp-delete', words: ['controlplane|ctp', 'delete'], verb: 'delete', kind: 'control plane', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the control plane {name} with everything it manages.', saferWay: 'List what it manages first and let a person delete it.' },
  ],
  unlisted: 'Crossplane resource',
  cases: {
    caught: [
      { command: 'crossplane xpkg update provider xpkg.crossplane.io/acme/provider-x:v2', by: 'update' },
      { command: 'crossplane --verbose xpkg update configuration registry.example.com/net:v3', by: 'update' },
      { command: 'crossplane xpkg push registry.example.com/net:v3 -f net.xpkg', by: 'push' },
      { command: 'up uxp uninstall -n upbound-system', by: 'uninstall' },
      { command: 'up uxp uninstall', by: 'uninstall' },
      { command: 'up --kubeconfig prod.yaml uxp uninstall', by: 'uninstall' },
      { command: 'up controlplane delete prod', by: 'ctp-delete' },
      { command: 'up ctp delete staging', by: 'ctp-delete' },
      { command: 'up -a acme ctp delete staging', by: 'ctp-delete' },
      { command: 'up repository delete net', by: 'unlisted' },
      { command: 'kubectl delete managed --all', by: 'kubectl/delete' },
    ],
    passes: ['crossplane xpkg build', 'crossplane render xr.yaml composition.yaml functions.yaml', 'crossplane beta trace cluster.example.org shop', 'crossplane version', 'crossplane composition render xr.yaml composition.yaml functions.yaml', 'crossplane resource trace cluster.example.org shop', 'crossplane cluster top', 'crossplane beta validate x y', 'up login'],
  },
};
