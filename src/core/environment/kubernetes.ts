import { joinPath } from '../files/path.ts';
import { inConfigFolder, inHome, readFile, readFirst, unquoted, type ConfigFile } from './config-files.ts';
import { hostOf } from './host.ts';
import { placeHost } from './hosts.ts';
import { environmentInName } from './named.ts';
import { flagged, isSet, setting, variable, type Asked, type Clue, type Place, type Placers, type Surroundings } from './placer.ts';

/** Contexts that cluster-in-a-box tools make. */
const localContexts = /^(?:minikube|docker-desktop|docker-for-desktop|rancher-desktop|colima|orbstack|microk8s|kind-.+|k3d-.+|k3s-local)$/;
/** The networks minikube makes on this machine. https://minikube.sigs.k8s.io/docs/handbook/vpn_and_proxy/ */
const minikubeNetworks = /^192\.168\.(?:39|49|59|99)\.\d{1,3}$/;
const mostFiles = 16;

export const kubernetesPlacers: Placers = {
  kubernetes: placeCluster,
  /** https://helm.sh/docs/helm/helm/ */
  helm: (asked, around) => placeCluster({
    ...asked,
    ...(asked.scope === undefined && around.env.HELM_NAMESPACE ? { scope: around.env.HELM_NAMESPACE } : {}),
    ...(asked.settings.server === undefined && around.env.HELM_KUBEAPISERVER ? { settings: { ...asked.settings, server: [around.env.HELM_KUBEAPISERVER] } } : {}),
  }, around),
  argocd: placeArgo,
};

interface KubeConfig {
  readonly current: string | undefined;
  /** Cluster by context. */
  readonly clusters: ReadonlyMap<string, string>;
  /** Server URL by cluster. */
  readonly servers: ReadonlyMap<string, string>;
  /** Default namespace by context. */
  readonly namespaces: ReadonlyMap<string, string>;
  /** Server by context, in files whose contexts name one themselves. */
  readonly contextServers: ReadonlyMap<string, string>;
}

/**
 * Reads what is needed of a kubeconfig as kubectl writes it: block style, two lists of named items.
 * https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/
 */
export function readKubeConfig(text: string): KubeConfig {
  const clusters = new Map<string, string>();
  const servers = new Map<string, string>();
  const namespaces = new Map<string, string>();
  const contextServers = new Map<string, string>();
  let current: string | undefined;
  let section = '';
  let item: Record<string, string> = {};
  const finish = (): void => {
    const { name, server, cluster, namespace } = item;
    item = {};
    if (name === undefined) return;
    if (section === 'clusters' && server !== undefined) servers.set(name, server);
    if (section !== 'contexts') return;
    if (cluster !== undefined) clusters.set(name, cluster);
    if (namespace !== undefined) namespaces.set(name, namespace);
    if (server !== undefined) contextServers.set(name, server);
  };
  for (const line of text.split('\n')) {
    const entry = /^(\s*)(-\s+)?([\w-]+):\s*(.*)$/.exec(line);
    if (!entry) continue;
    const [, indent, dash, key, rest] = entry as unknown as [string, string, string | undefined, string, string];
    const value = unquoted(rest);
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
  return { current, clusters, servers, namespaces, contextServers };
}

interface ReadConfig extends KubeConfig {
  readonly from: string;
}

/** The files kubectl merges: `--kubeconfig` alone, else those of KUBECONFIG, else the one in the home folder. */
function configsOf(asked: Asked, around: Surroundings): readonly ReadConfig[] {
  const { env, world } = around;
  const given = setting(asked, 'kubeconfig');
  const listed = env.KUBECONFIG?.split(world.platform === 'windows' ? ';' : ':').filter(Boolean) ?? [];
  const paths = given !== undefined ? [given] : listed.length > 0 ? listed.slice(0, mostFiles) : inHome(around, '.kube/config');
  return paths.flatMap((path) => readFile(path, around) ?? []).map((file) => ({ ...readKubeConfig(file.text), from: file.from }));
}

/** The first file that knows a name says what it is, as kubectl merges them. */
function firstOf(configs: readonly ReadConfig[], kind: 'clusters' | 'servers' | 'namespaces', name: string): string | undefined {
  return configs.map((config) => config[kind].get(name)).find((value) => value !== undefined);
}

/** The cluster kubectl and helm would talk to, and the namespace in it. https://kubernetes.io/docs/reference/kubectl/generated/kubectl/ */
function placeCluster(asked: Asked, around: Surroundings): Place {
  const configs = configsOf(asked, around);
  const current = configs.find((config) => config.current !== undefined);
  const context = flagged(asked) ?? (current?.current === undefined ? undefined : { name: current.current, from: `selected ${current.from}` });
  const cluster = setting(asked, 'cluster') ?? (context && firstOf(configs, 'clusters', context.name));
  const server = setting(asked, 'server') ?? (cluster === undefined ? undefined : firstOf(configs, 'servers', cluster));
  const namespace = asked.scope ?? (context && firstOf(configs, 'namespaces', context.name));
  const reached = server === undefined ? undefined : placeHost('kube API server', server);
  const shown = context === undefined ? 'the cluster' : `kube context “${context.name}”`;
  const here = { environment: 'local' as const, evidence: `${shown} is a cluster on this machine` };
  const inBox = context !== undefined && localContexts.test(context.name);
  // A tunnel from this machine may lead to what is called production.
  const tunnel = !inBox && setting(asked, 'server') === undefined && environmentInName(`${context?.name ?? ''} ${cluster ?? ''}`) === 'production';
  // A name can lie about a cluster; the address of this machine cannot.
  if ((reached?.sure && !tunnel) || (inBox && (server === undefined ? unconfigured(asked, around, configs) : context.name === 'minikube' && minikubeNetworks.test(hostOf(server))))) return { sure: here, clues: [] };
  return {
    clues: [
      namespace === undefined ? undefined : { what: 'namespace', name: namespace },
      context === undefined ? undefined : { what: 'kube context', ...context, ...(inBox ? { environment: 'unknown' as const } : {}) },
      cluster === undefined || cluster === context?.name ? undefined : { what: 'cluster', name: cluster },
      ...(reached?.clues ?? []),
      ...idsIn([context?.name, cluster]),
      asked.settings.environment === undefined ? undefined : { what: 'environment', name: setting(asked, 'environment') ?? '' },
    ],
  };
}

/** True where nothing was there to say otherwise of a name that cluster-in-a-box tools give. */
function unconfigured(asked: Asked, { env }: Surroundings, configs: readonly ReadConfig[]): boolean {
  return configs.length === 0 && setting(asked, 'kubeconfig') === undefined && !env.KUBECONFIG;
}

/** Accounts and projects that EKS and GKE put into the names of contexts and clusters. */
function idsIn(names: readonly (string | undefined)[]): readonly Clue[] {
  const text = names.filter((name) => name !== undefined).join(' ');
  const account = /\barn:[^\s:]*:eks:[^\s:]*:(\d{12}):/.exec(text)?.[1];
  const project = /(?:^|\s)gke_([^\s_]+)_/.exec(text)?.[1];
  return [...(account === undefined ? [] : [{ what: 'AWS account', name: account }]), ...(project === undefined ? [] : [{ what: 'Google Cloud project', name: project }])];
}

/** The server argocd would talk to. https://argo-cd.readthedocs.io/en/stable/user-guide/commands/argocd/ */
function placeArgo(asked: Asked, around: Surroundings): Place {
  if (isSet(asked, 'core')) return placeCluster({ ...asked, settings: {} }, around);
  const server = setting(asked, 'server');
  const named = server === undefined ? variable(around, 'ARGOCD_SERVER') : { name: server, from: 'from --server' };
  if (named) return placeHost('Argo CD server', named.name, named.from);
  const file = argoConfig(asked, around);
  const config = readKubeConfig(file?.text ?? '');
  const context = flagged(asked) ?? (config.current === undefined || file === undefined ? undefined : { name: config.current, from: `selected ${file.from}` });
  if (context === undefined) return { clues: [] };
  const reached = placeHost('Argo CD server', config.contextServers.get(context.name) ?? context.name);
  return { ...reached, clues: [{ what: 'Argo CD context', ...context }, ...reached.clues] };
}

function argoConfig(asked: Asked, around: Surroundings): ConfigFile | undefined {
  const given = setting(asked, 'config');
  if (given !== undefined) return readFile(given, around);
  const folder = around.env.ARGOCD_CONFIG_DIR;
  return readFirst(folder ? [joinPath(folder, 'config', around.world.platform)] : [...inHome(around, '.argocd/config'), ...inConfigFolder(around, 'argocd/config')], around);
}
