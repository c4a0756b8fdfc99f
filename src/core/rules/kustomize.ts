import type { Analysis } from '../analysis.ts';
import type { Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { pathEffects } from '../files/path-effects.ts';
import type { Rule } from '../rule.ts';
import { knownWord } from '../shell/word.ts';

const docs = 'https://kubectl.docs.kubernetes.io/references/kustomize/cmd/edit/remove/';

export const rule: Rule = {
  tool: 'kustomize',
  title: 'Kustomize',
  programs: ['kustomize'],
  docs,
  valueOptions: ['-o', '--output', '-e', '--env', '--helm-command', '--load-restrictor', '--mount', '--network-name', '--reorder', '--stack-trace'],
  safeOptions: ['-h'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'kustomize edit remove resource deployment.yaml', by: 'edit' },
      { command: 'cd overlays/prod && kustomize edit remove patch --path p.yaml', by: 'edit' },
      { command: 'kustomize edit fix --vars', by: 'edit' },
      { command: 'kustomize build overlays/prod | kubectl delete -f -', by: 'kubectl/delete' },
    ],
    passes: ['kustomize build overlays/prod', 'kustomize version', 'kustomize build overlays/prod | kubectl apply --dry-run=server -f -', 'kustomize edit --help', 'kustomize edit set image web=shop:2'],
  },
};

/** It changes nothing but its own file; what it renders another program applies. */
function inspect({ operands, invocation }: Call, analysis: Analysis): readonly Effect[] {
  if (operands[0]?.text !== 'edit' || !/^(?:remove|fix)$/.test(operands[1]?.text ?? '')) return [];
  return pathEffects([knownWord('kustomization.yaml')], { verb: 'overwrite', recursive: false, rule: 'kustomize/edit', docs, says: 'Rewrites', saferWay: 'Commit the file first.' }, invocation, analysis);
}
