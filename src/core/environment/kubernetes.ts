import type { World } from '../world.ts';
import { beliefInHost, hostOf } from './host.ts';
import { beliefInName, type Belief } from './named.ts';

/** Contexts that cluster-in-a-box tools make. */
const localContexts = /^(?:minikube|docker-desktop|docker-for-desktop|rancher-desktop|colima|orbstack|microk8s|kind-.+|k3d-.+|k3s-local)$/;
const longestConfig = 512 * 1024;

export interface KubeConfig {
  readonly current: string | undefined;
  /** Cluster by context. */
  readonly clusters: ReadonlyMap<string, string>;
  /** Server URL by cluster. */
  readonly servers: ReadonlyMap<string, string>;
  /** Default namespace by context. */
  readonly namespaces: ReadonlyMap<string, string>;
}

/**
 * Reads what is needed of a kubeconfig as kubectl writes it: block style, two lists of named items.
 * https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/
 */
export function readKubeConfig(text: string): KubeConfig {
  const clusters = new Map<string, string>();
  const servers = new Map<string, string>();
  const namespaces = new Map<string, string>();
  let current: string | undefined;
  let section = '';
  let item: Record<string, string> = {};
  const finish = (): void => {
    const { name, server, cluster, namespace } = item;
    if (name !== undefined && section === 'clusters' && server !== undefined) servers.set(name, server);
    if (name !== undefined && section === 'contexts' && cluster !== undefined) clusters.set(name, cluster);
    if (name !== undefined && section === 'contexts' && namespace !== undefined) namespaces.set(name, namespace);
    item = {};
  };
  for (const line of text.split('\n')) {
    const entry = /^(\s*)(-\s+)?([\w-]+):\s*(.*)$/.exec(line);
    if (!entry) continue;
    const [, indent, dash, key, rest] = entry as unknown as [string, string, string | undefined, string, string];
    const value = unquote(rest);
    if (indent === '' && dash === undefined) {
      finish();
      section = key;
      if (key === 'current-context' && value !== '') current = value;
      continue;
    }
    if (dash !== undefined) finish();
    if (value !== '') item[key] = value;
  }
  finish();
  return { current, clusters, servers, namespaces };
}

function unquote(text: string): string {
  const trimmed = text.replace(/\s+#.*$/, '').trim();
  return /^(["']).*\1$/.test(trimmed) ? trimmed.slice(1, -1) : trimmed;
}

/** The cluster kubectl and helm would talk to: the context named, else the current one of the first configuration that has one. */
export function placeCluster(name: string | undefined, scope: string | undefined, env: Readonly<Record<string, string>>, home: string | undefined, world: World): Belief | undefined {
  const files = env.KUBECONFIG ? env.KUBECONFIG.split(world.platform === 'windows' ? ';' : ':').filter(Boolean) : home === undefined ? [] : [`${home}/.kube/config`];
  const configs = files.flatMap((file) => {
    const text = world.read(file, longestConfig);
    return text === undefined ? [] : [readKubeConfig(text)];
  });
  const context = name ?? configs.find((config) => config.current !== undefined)?.current;
  if (context === undefined) return undefined;
  const config = configs.find((candidate) => candidate.clusters.has(context));
  const server = config?.servers.get(config.clusters.get(context) ?? '');
  const byServer = server === undefined ? undefined : beliefInHost(hostOf(server), { services: [], login: false });
  // A name can lie about a cluster; the address of this machine cannot.
  if (byServer?.environment === 'local') return { environment: 'local', evidence: `kube context “${context}” is a cluster on this machine` };
  if (localContexts.test(context)) return server === undefined ? { environment: 'local', evidence: `kube context “${context}” is a cluster on this machine` } : undefined;
  const namespace = scope ?? config?.namespaces.get(context);
  const byNamespace = namespace === undefined ? undefined : beliefInName('namespace', namespace);
  const byContext = beliefInName('kube context', context);
  if (byNamespace?.environment === 'production') return byNamespace;
  const believed = byContext ?? byServer ?? byNamespace;
  // Only a cluster on this machine is local, whatever its name.
  return believed?.environment === 'local' ? undefined : believed;
}
