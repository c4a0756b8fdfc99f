import type { Analysis } from '../analysis.ts';
import { hasOption, optionValue, type Call } from '../call.ts';
import type { Certainty, Effect, Verb } from '../effect.ts';
import { environmentInName } from '../environment/named.ts';
import type { Rule } from '../rule.ts';
import { isKnown } from '../shell/word.ts';
import { namedTarget } from '../target.ts';
import { destructiveVerb } from '../verbs.ts';

const docs = 'https://kubernetes.io/docs/reference/kubectl/generated/';
const cluster = { system: 'kubernetes', option: ['--context'], scope: ['-n', '--namespace'], settings: { kubeconfig: ['--kubeconfig'], cluster: ['--cluster'], server: ['-s', '--server'] } };

export const rule: Rule = {
  tool: 'kubectl',
  title: 'kubectl',
  programs: ['kubectl', 'oc', 'k3s', 'microk8s.kubectl', 'minikube-kubectl', 'kubecolor'],
  docs,
  harmless: { kubectl: { first: ['get', 'describe', 'explain', 'top', 'version', 'api-resources', 'api-versions', 'cluster-info'] }, oc: { first: ['get', 'describe', 'explain', 'version', 'api-resources'] } },
  valueOptions: [
    '-n', '--namespace', '--context', '--cluster', '--user', '--kubeconfig', '-s', '--server', '--token', '--as', '--as-group', '--request-timeout', '--cache-dir', '-v',
    '-f', '--filename', '-k', '--kustomize', '-l', '--selector', '--field-selector', '-o', '--output', '--grace-period', '--timeout', '--replicas', '--current-replicas', '--resource-version', '-c', '--container', '-p', '--patch', '--type', '--pod-selector', '--to-revision', '--raw', '--template', '--sort-by', '--field-manager', '--prune-allowlist',
  ],
  safeOptions: ['-h'],
  target: cluster,
  operations: [],
  inspect,
  controlPlane: {
    hosts: [],
    // The API server's own ports, and those of `kubectl proxy`, minikube and MicroK8s.
    ports: [6443, 8001, 8443, 16443],
    paths: [
      { id: 'api-namespace-delete', request: 'DELETE /api/v1/namespaces/:namespace', verb: 'delete', kind: 'namespace', reversibility: 'irreversible', name: ['namespace'], why: 'Deletes the namespace {name} and everything in it.', saferWay: 'Show what would go: add ?dryRun=All.' },
      { id: 'api-delete', request: 'DELETE /api/v1/namespaces/:namespace/*', verb: 'delete', kind: 'resource', reversibility: 'irreversible', name: ['namespace'], why: 'Deletes resources in the namespace {name}.', saferWay: 'Show what would go: add ?dryRun=All.' },
      { id: 'api-evict', request: 'POST /api/v1/namespaces/:namespace/pods/:pod/eviction', verb: 'stop', kind: 'pod', reversibility: 'recoverable', name: ['pod'], why: 'Evicts the pod {name} from its node.', saferWay: 'Show what would go: add ?dryRun=All.' },
      { id: 'api-node-delete', request: 'DELETE /api/v1/nodes/:node', verb: 'delete', kind: 'node', reversibility: 'irreversible', name: ['node'], why: 'Takes the node {name} out of the cluster.', saferWay: 'Drain it first.' },
      { id: 'api-volume-delete', request: 'DELETE /api/v1/persistentvolumes/:volume', verb: 'delete', kind: 'volume', reversibility: 'irreversible', name: ['volume'], why: 'Deletes the volume {name}, its data too where it is not retained.', saferWay: 'Show what would go: add ?dryRun=All.' },
      { id: 'api-group-delete', request: 'DELETE /apis/:group/*', verb: 'delete', kind: 'resource', reversibility: 'irreversible', name: ['group'], why: 'Deletes resources of {name} from the cluster.', saferWay: 'Show what would go: add ?dryRun=All.' },
    ],
  },
  cases: {
    caught: [
      { command: 'kubectl delete namespace payments', by: 'delete' },
      { command: 'oc rsh -n shop -c web pod/web-1 rm -rf /srv/app', by: 'rm/delete' },
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
      { command: 'kubectl delete pvc data-0 --dry-run=$MODE', by: 'delete' },
      { command: 'kubectl delete -f shop.yaml --dry-run=none', by: 'delete' },
      { command: 'kubectl scale sts/db --replicas 0 -n shop', by: 'scale-down' },
      { command: `kubectl patch deploy web -p '{"spec":{"replicas":0}}'`, by: 'scale-down' },
      { command: `kubectl patch ns shop -p '{"metadata":{"finalizers":null}}' --type=merge`, by: 'patch-finalizers' },
      { command: `kubectl patch pvc data --type json -p '[{"op":"remove","path":"/metadata/finalizers"}]'`, by: 'patch-finalizers' },
      { command: `kubectl patch pv pv-1 -p '{"spec":{"persistentVolumeReclaimPolicy":"Delete"}}'`, by: 'patch-reclaim' },
      { command: 'kubectl apply --force -f job.yaml', by: 'apply-force' },
      { command: 'oc idle web', by: 'idle' },
      { command: 'oc rollback web', by: 'rollout-undo' },
      { command: 'oc adm drain node-1 --delete-emptydir-data', by: 'drain' },
      { command: 'oc adm prune images --confirm', by: 'prune' },
      { command: 'oc adm policy remove-cluster-role-from-user admin bob', by: 'unlisted' },
      { command: 'k3s etcd-snapshot delete nightly-1', by: 'snapshot-delete' },
      { command: 'k3s etcd-snapshot prune --etcd-snapshot-retention 1', by: 'snapshot-delete' },
      { command: 'k3s server --cluster-reset', by: 'cluster-reset' },
      { command: 'k3s kubectl delete ns shop', by: 'delete' },
      { command: 'curl -k -X DELETE https://10.0.0.1:6443/api/v1/namespaces/shop', by: 'api-namespace-delete' },
      { command: 'curl -X DELETE http://localhost:8001/api/v1/namespaces/shop', by: 'api-namespace-delete' },
      { command: 'curl -X DELETE http://127.0.0.1:8001/api/v1/namespaces/shop/persistentvolumeclaims/data', by: 'api-delete' },
      { command: 'curl -k -X POST https://127.0.0.1:6443/api/v1/namespaces/shop/pods/web-1/eviction -d @e.json', by: 'api-evict' },
      { command: 'curl -X DELETE http://localhost:8001/api/v1/nodes/node-1', by: 'api-node-delete' },
      { command: 'curl -X DELETE http://localhost:8001/api/v1/persistentvolumes/pv-1', by: 'api-volume-delete' },
      { command: 'curl -X DELETE http://localhost:8001/apis/apps/v1/namespaces/shop/deployments/web', by: 'api-group-delete' },
    ],
    passes: ['oc rsh pod/web-1 ls /srv/app', 'oc rsh dc/web', 'kubectl proxy --port=8001', 'curl http://localhost:8001/api/v1/namespaces', 'curl -X DELETE http://localhost:8001/api/v1/carts/7', 'kubectl apply --server-side --force-conflicts -f k8s/', `kubectl patch deploy web -p '{"spec":{"replicas":3}}'`, 'oc adm prune images', 'oc adm top nodes', 'k3s etcd-snapshot save', 'kubectl kustomize overlays/prod', 'kubectl get pods', 'kubectl -n production get pods', 'kubectl -n staging apply -f k8s/', 'kubectl -n production apply -f k8s/ --dry-run=server', 'kubectl -n production rollout status deploy/web', 'kubectl -n production logs web-1', 'kubectl delete pod web-1 --dry-run=client', 'kubectl delete ns x --dry-run=server', 'kubectl describe ns prod', 'kubectl apply -f k8s/', 'kubectl scale deploy/web --replicas=3', 'kubectl logs web-1', 'kubectl diff -f k8s/', 'kubectl rollout status deploy/web', 'kubectl replace -f pod.yaml', 'kubectl explain deletecollection', 'kubectl cordon node-1', 'kubectl get deploy delete'],
  },
};

/** Kinds that hold data, or everything. */
const heavyKinds = /^(?:ns|namespaces?|pvc?|persistentvolume(?:claim)?s?|sts|statefulsets?|crds?|customresourcedefinitions?|nodes?|projects?|secrets?|databases?|clusters?|postgresqls?|volumesnapshots?)(?:\.[\w.-]+)?$/i;
/** Kinds that their controller makes again. */
const lightKinds = /^(?:po|pods?|rs|replicasets?|events?|ev|endpoints?|leases?)(?:\.[\w.-]+)?$/i;

function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  if (isDryRun(call)) return [];
  const words = call.operands.map((word) => word.text);
  // `k3s kubectl …` is kubectl.
  const at = words[0] === 'kubectl' ? 1 : 0;
  const [verb = '', ...rest] = words.slice(at);
  const losses = lossEffects(verb, rest, call, analysis);
  return losses.length > 0 ? losses : changeEffects(verb, rest, call);
}

/** A value that only becomes known when it runs may be `none`. */
function isDryRun(call: Call): boolean {
  const value = optionValue(call, '--dry-run');
  return hasOption(call, '--dry-run') && (value === undefined || (isKnown(value) && value.text !== 'none'));
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
      if (hasOption(call, '--force') && !hasOption(call, '--server-side')) return [effect(call, { id: 'apply-force', verb: 'delete', kind: 'resource', name: named(rest, call), certainty: 'likely', why: `Deletes what ${named(rest, call) || 'the file'} describes and makes it again where it cannot be changed in place.`, saferWay: 'Apply without --force and look at what it refuses.' })];
      return hasOption(call, '--prune') ? [effect(call, { id: 'apply-prune', verb: 'delete', kind: 'resources', name: named(rest, call), certainty: 'likely', why: 'Deletes whatever the files no longer mention.', saferWay: 'Show it first: add --dry-run=server.' })] : [];
    case 'patch':
      return patchEffects(rest, call);
    case 'idle':
      return [effect(call, { id: 'idle', verb: 'stop', kind: 'workload', name: named(rest, call), why: `Stops what serves ${named(rest, call)} until somebody asks for it.`, saferWay: 'Show what would stop: add --dry-run.' })];
    case 'rollback':
      return [effect(call, { id: 'rollout-undo', verb: 'overwrite', kind: 'workload', name: named(rest, call), why: `Puts ${named(rest, call) || 'the workload'} back to an earlier version.`, saferWay: 'Look at the revisions first.' })];
    case 'adm':
      return adminEffects(rest, call, analysis);
    case 'etcd-snapshot':
      return /^(?:delete|prune)$/.test(rest[0] ?? '') ? [effect(call, { id: 'snapshot-delete', verb: 'delete', kind: 'snapshot', name: rest.slice(1).join(', '), why: `Deletes snapshots of the cluster: ${rest.slice(1).join(', ') || 'the older ones'}. This removes the way back.`, saferWay: 'Keep snapshots until a person says otherwise.' })] : [];
    case 'server':
      return hasOption(call, '--cluster-reset') ? [effect(call, { id: 'cluster-reset', verb: 'overwrite', kind: 'cluster', name: 'etcd', why: 'Makes a new cluster out of one member: what the others knew is lost.', saferWay: 'Save a snapshot first: k3s etcd-snapshot save.' })] : [];
    case 'rollout':
      return rest[0] === 'undo' ? [effect(call, { id: 'rollout-undo', verb: 'overwrite', kind: 'workload', name: rest.slice(1).join('/'), why: `Puts ${rest.slice(1).join('/') || 'the workload'} back to an earlier version.`, saferWay: 'Look at the revisions: kubectl rollout history.' })] : [];
    case 'taint':
      return rest.some((word) => word.endsWith(':NoExecute')) ? [effect(call, { id: 'taint', verb: 'stop', kind: 'node', name: rest[1] ?? '', why: `Evicts what runs on ${rest[1] ?? 'the node'} and does not put up with the taint.`, saferWay: 'Use NoSchedule, which leaves running pods alone.' })] : [];
    default:
      return unlisted(verb, rest, call, analysis);
  }
}

/** A patch may take the last protection off, or every copy away. */
function patchEffects(rest: readonly string[], call: Call): readonly Effect[] {
  const patch = optionValue(call, '-p', '--patch')?.text ?? '';
  const name = named(rest, call);
  if (/finalizers["']?\s*:\s*(?:null|\[\s*\])/.test(patch) || (/finalizers/.test(patch) && /["']?op["']?\s*:\s*["']?remove/.test(patch))) {
    return [effect(call, { id: 'patch-finalizers', verb: 'delete', kind: 'resource', name, why: `Takes the finalizers off ${name}: what they would have cleaned up or kept is left behind or lost.`, saferWay: 'Find out what the finalizer waits for.' })];
  }
  if (/persistentVolumeReclaimPolicy["']?\s*:\s*["']?Delete/.test(patch)) {
    return [effect(call, { id: 'patch-reclaim', verb: 'revoke', kind: 'volume', name, why: `Has the data of ${name} deleted as soon as its claim goes.`, saferWay: 'Leave the reclaim policy at Retain.' })];
  }
  return /["']?replicas["']?\s*:\s*0\b/.test(patch) ? [effect(call, { id: 'scale-down', verb: 'stop', kind: 'workload', name, why: `Stops ${name || 'the workload'}: no replica is left.`, saferWay: 'Scale to a smaller number first.' })] : [];
}

/** OpenShift's commands for administrators. https://docs.openshift.com/container-platform/latest/cli_reference/openshift_cli/administrator-cli-commands.html */
function adminEffects(rest: readonly string[], call: Call, analysis: Analysis): readonly Effect[] {
  const [command = '', ...names] = rest;
  if (command === 'drain') return lossEffects('drain', names, call, analysis);
  if (command === 'prune') return hasOption(call, '--confirm') ? [effect(call, { id: 'prune', verb: 'delete', kind: names[0] ?? 'resources', name: names.join(' '), why: `Deletes every one of the ${names[0] ?? 'resources'} that looks unused.`, saferWay: 'Show what would go: leave out --confirm.' })] : [];
  return unlisted(names[0] ?? command, names.slice(1), call, analysis);
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
  const { span } = call.invocation;
  const namespace = optionValue(call, '-n', '--namespace')?.text ?? (/^(?:ns|namespaces?|projects?)$/.test(kind) ? name.split(' ').at(-1) : undefined);
  const { env } = call.invocation;
  const server = optionValue(call, '-s', '--server')?.text;
  return {
    ...loss,
    resource: { kind, name, provider: 'kubernetes' },
    reversibility,
    certainty,
    rule: `kubectl/${id}`,
    docs,
    target: server === undefined
      ? { ...namedTarget(cluster, call), ...(namespace === undefined ? {} : { scope: namespace }) }
      : { by: 'host', host: server },
    env,
    ...(span ? { span } : {}),
  };
}
