import type { Analysis } from '../analysis.ts';
import { hasOption, optionValue, type Call } from '../call.ts';
import type { Certainty, Effect, Verb } from '../effect.ts';
import { environmentInName } from '../environment/named.ts';
import type { Rule } from '../rule.ts';
import { destructiveVerb } from '../verbs.ts';

const docs = 'https://kubernetes.io/docs/reference/kubectl/generated/';

export const rule: Rule = {
  tool: 'kubectl',
  title: 'kubectl',
  programs: ['kubectl', 'oc', 'k3s', 'microk8s.kubectl', 'minikube-kubectl', 'kubecolor'],
  docs,
  valueOptions: [
    '-n', '--namespace', '--context', '--cluster', '--user', '--kubeconfig', '-s', '--server', '--token', '--as', '--as-group', '--request-timeout', '--cache-dir', '-v',
    '-f', '--filename', '-k', '--kustomize', '-l', '--selector', '--field-selector', '-o', '--output', '--grace-period', '--timeout', '--replicas', '--current-replicas', '--resource-version', '-c', '--container', '-p', '--patch', '--type', '--pod-selector', '--to-revision', '--raw', '--template', '--sort-by', '--field-manager', '--prune-allowlist',
  ],
  safeOptions: ['-h'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'kubectl delete namespace payments', by: 'delete' },
      { command: 'kubectl -n prod delete deploy/web', by: 'delete' },
      { command: 'kubectl delete -f k8s/', by: 'delete' },
      { command: 'kubectl delete pvc --all', by: 'delete' },
      { command: 'kubectl delete --raw /api/v1/namespaces/prod', by: 'delete' },
      { command: 'kubectl --context prod delete pod web-1', by: 'delete' },
      { command: 'kubectl drain node-1 --ignore-daemonsets', by: 'drain' },
      { command: 'kubectl scale deploy/web --replicas=0', by: 'scale-down' },
      { command: 'kubectl replace --force -f pod.yaml', by: 'replace-force' },
      { command: 'kubectl apply --prune --all -f .', by: 'apply-prune' },
      { command: 'kubectl rollout undo deploy/web', by: 'rollout-undo' },
      { command: 'kubectl apply -n production -f k8s/', by: 'production-change' },
      { command: 'kubectl --context prod-eu apply -k overlays/eu', by: 'production-change' },
      { command: 'kubectl -n prod set image deploy/web web=shop:2', by: 'production-change' },
      { command: 'kubectl -n production rollout restart deploy/web', by: 'production-change' },
      { command: 'kubectl scale deploy/web --replicas=1 -n prod', by: 'production-change' },
      { command: 'kubectl patch deploy web -n prod -p x', by: 'production-change' },
      { command: 'kubectl taint nodes n1 a=b:NoExecute', by: 'taint' },
      { command: 'kubectl config delete-context prod', by: 'unlisted' },
      { command: 'oc delete project shop', by: 'delete' },
    ],
    passes: ['kubectl get pods', 'kubectl -n production get pods', 'kubectl -n staging apply -f k8s/', 'kubectl -n production apply -f k8s/ --dry-run=server', 'kubectl -n production rollout status deploy/web', 'kubectl -n production logs web-1', 'kubectl delete pod web-1 --dry-run=client', 'kubectl delete ns x --dry-run=server', 'kubectl describe ns prod', 'kubectl apply -f k8s/', 'kubectl scale deploy/web --replicas=3', 'kubectl logs web-1', 'kubectl diff -f k8s/', 'kubectl rollout status deploy/web', 'kubectl replace -f pod.yaml', 'kubectl explain deletecollection', 'kubectl cordon node-1', 'kubectl get deploy delete'],
  },
};

/** Kinds that hold data, or everything. */
const heavyKinds = /^(?:ns|namespaces?|pvc?|persistentvolume(?:claim)?s?|sts|statefulsets?|crds?|customresourcedefinitions?|nodes?|projects?|secrets?|databases?|clusters?|postgresqls?|volumesnapshots?)(?:\.[\w.-]+)?$/i;
/** Kinds that their controller makes again. */
const lightKinds = /^(?:po|pods?|rs|replicasets?|events?|ev|endpoints?|leases?)(?:\.[\w.-]+)?$/i;

function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const dryRun = optionValue(call, '--dry-run')?.text;
  if (hasOption(call, '--dry-run') && dryRun !== 'none') return [];
  const words = call.operands.map((word) => word.text);
  // `k3s kubectl …` is kubectl.
  const at = words[0] === 'kubectl' ? 1 : 0;
  const [verb = '', ...rest] = words.slice(at);
  const losses = lossEffects(verb, rest, call, analysis);
  return losses.length > 0 ? losses : changeEffects(verb, rest, call);
}

function lossEffects(verb: string, rest: readonly string[], call: Call, analysis: Analysis): readonly Effect[] {
  switch (verb) {
    case 'delete':
      return [deleteEffect(rest, call)];
    case 'drain':
      return [effect(call, { id: 'drain', verb: 'stop', kind: 'node', name: rest.join(', '), why: `Evicts everything that runs on ${rest.join(', ') || 'the selected nodes'}.`, saferWay: 'Show what would be evicted: add --dry-run=server.' })];
    case 'scale':
      return optionValue(call, '--replicas')?.text === '0' ? [effect(call, { id: 'scale-down', verb: 'stop', kind: 'workload', name: named(rest, call), why: `Stops ${named(rest, call) || 'the workload'}: no replica is left.`, saferWay: 'Scale to a smaller number first.' })] : [];
    case 'replace':
      return hasOption(call, '--force') ? [effect(call, { id: 'replace-force', verb: 'delete', kind: 'resource', name: named(rest, call), why: `Deletes what ${named(rest, call) || 'the file'} describes and makes it again.`, saferWay: 'Use kubectl apply, which changes it in place.' })] : [];
    case 'apply':
      return hasOption(call, '--prune') ? [effect(call, { id: 'apply-prune', verb: 'delete', kind: 'resources', name: named(rest, call), certainty: 'likely', why: 'Deletes whatever the files no longer mention.', saferWay: 'Show it first: add --dry-run=server.' })] : [];
    case 'rollout':
      return rest[0] === 'undo' ? [effect(call, { id: 'rollout-undo', verb: 'overwrite', kind: 'workload', name: rest.slice(1).join('/'), why: `Puts ${rest.slice(1).join('/') || 'the workload'} back to an earlier version.`, saferWay: 'Look at the revisions: kubectl rollout history.' })] : [];
    case 'taint':
      return rest.some((word) => word.endsWith(':NoExecute')) ? [effect(call, { id: 'taint', verb: 'stop', kind: 'node', name: rest[1] ?? '', why: `Evicts what runs on ${rest[1] ?? 'the node'} and does not put up with the taint.`, saferWay: 'Use NoSchedule, which leaves running pods alone.' })] : [];
    default:
      return unlisted(verb, rest, call, analysis);
  }
}

/** Commands that change what runs without deleting it. */
const changing: ReadonlySet<string> = new Set(['apply', 'scale', 'autoscale', 'set', 'patch', 'edit', 'replace', 'create', 'run', 'expose', 'rollout', 'label', 'annotate', 'cordon', 'uncordon', 'cp']);

/** A change to something that is named production is a person's to make; where no name says so, a rollout can be undone. */
function changeEffects(verb: string, rest: readonly string[], call: Call): readonly Effect[] {
  if (!changing.has(verb) || (verb === 'rollout' && !/^(?:restart|pause|resume)$/.test(rest[0] ?? ''))) return [];
  const places = ['-n', '--namespace', '--context', '--cluster'].flatMap((option) => optionValue(call, option)?.text ?? []);
  const place = places.find((name) => environmentInName(name) === 'production');
  if (place === undefined) return [];
  return [effect(call, { id: 'production-change', verb: 'overwrite', kind: 'workload', name: named(rest, call), certainty: 'likely', why: `Changes what runs in ${place}: ${verb} ${named(rest, call)}`.trim() + '.', saferWay: 'Show the change first: kubectl diff.' })];
}

function deleteEffect(rest: readonly string[], call: Call): Effect {
  const raw = optionValue(call, '--raw')?.text;
  const kind = rest[0]?.split('/')[0] ?? '';
  const all = hasOption(call, '--all', '-A', '--all-namespaces') || kind === 'all';
  const namespace = optionValue(call, '-n', '--namespace')?.text;
  const where = namespace === undefined ? '' : ` in namespace ${namespace}`;
  const name = raw ?? named(rest, call);
  const light = lightKinds.test(kind) && !all;
  return effect(call, {
    id: 'delete', verb: 'delete', kind: kind === '' || rest[0]?.includes(',') ? 'resource' : kind, name, reversibility: light ? 'recoverable' : 'irreversible',
    why: all ? `Deletes every ${kind === 'all' ? 'workload' : kind || 'resource'}${where}.` : `Deletes ${name || 'the selected resources'}${where}${heavyKinds.test(kind) ? ' and everything it holds' : ''}.`,
    saferWay: 'Show what would go: add --dry-run=server.',
  });
}

/** `deploy/web`, `deploy web`, or the file that names the resources. */
function named(rest: readonly string[], call: Call): string {
  const file = optionValue(call, '-f', '--filename', '-k', '--kustomize')?.text;
  const selector = optionValue(call, '-l', '--selector')?.text;
  const operands = rest.length > 1 && !rest[0]?.includes('/') ? `${rest[0]} ${rest.slice(1).join(', ')}` : rest.join(', ');
  return [operands, selector && `with ${selector}`, file].filter(Boolean).join(' ');
}

/** Plug-ins and less common subcommands whose verb means destruction. */
function unlisted(verb: string, rest: readonly string[], call: Call, analysis: Analysis): readonly Effect[] {
  analysis.spend(1);
  const isConfig = verb === 'config';
  const name = isConfig ? rest[0] : verb;
  const does = name === undefined ? undefined : destructiveVerb(name);
  if (does === undefined || (isConfig && name === 'unset')) return [];
  return [effect(call, { id: 'unlisted', verb: does, kind: isConfig ? 'kube configuration' : 'resource', name: rest.slice(isConfig ? 1 : 0).join(' '), certainty: 'likely', why: `Asks kubectl to ${isConfig ? 'config ' : ''}${name} ${rest.slice(isConfig ? 1 : 0).join(' ')}`.trim() + ', which by its name cannot be undone.', saferWay: 'Look at it first with kubectl get.' })];
}

interface Loss {
  readonly id: string;
  readonly verb: Verb;
  readonly kind: string;
  readonly name: string;
  readonly why: string;
  readonly saferWay: string;
  readonly certainty?: Certainty;
  readonly reversibility?: Effect['reversibility'];
}

function effect(call: Call, { id, kind, name, certainty = 'certain', reversibility = 'irreversible', ...loss }: Loss): Effect {
  const { span, cwd } = call.invocation;
  const context = optionValue(call, '--context', '--cluster')?.text;
  const namespace = optionValue(call, '-n', '--namespace')?.text ?? (/^(?:ns|namespaces?|projects?)$/.test(kind) ? name.split(' ').at(-1) : undefined);
  const config = optionValue(call, '--kubeconfig')?.text;
  const env = config === undefined ? call.invocation.env : { ...call.invocation.env, KUBECONFIG: config };
  const server = optionValue(call, '-s', '--server')?.text;
  return {
    ...loss,
    resource: { kind, name, provider: 'kubernetes' },
    reversibility,
    certainty,
    rule: `kubectl/${id}`,
    docs,
    target: server === undefined
      ? { by: 'named', system: 'kubernetes', ...(context === undefined ? {} : { name: context }), ...(namespace === undefined ? {} : { scope: namespace }), ...(cwd === undefined ? {} : { folder: cwd }) }
      : { by: 'host', host: server },
    env,
    ...(span ? { span } : {}),
  };
}
