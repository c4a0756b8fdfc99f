import { joinPath } from '../files/path.ts';
import { inConfigFolder, inHome, jsonIn, readFile, readFirst, recordAt, textAt } from './config-files.ts';
import { hostOf, isLoopback } from './host.ts';
import { aliasOf } from './ssh.ts';
import { placeHost } from './hosts.ts';
import { flagged, variable, type Asked, type Clue, type Place, type Placers, type Surroundings } from './placer.ts';

/** Contexts that desktop programs make for the machine they run on. */
const localContexts = /^(?:default|desktop-linux|desktop-windows|colima(?:-.+)?|orbstack|rancher-desktop|rootless|lima(?:-.+)?|podman(?:-.+)?)$/;
const mostContexts = 64;

export const dockerPlacers: Placers = {
  docker: (asked, around) => (asked.program?.startsWith('podman') ? placePodman(asked, around) : placeDocker(asked, around)),
};

/** The machine docker would talk to. https://docs.docker.com/reference/cli/docker/#environment-variables */
function placeDocker(asked: Asked, around: Surroundings): Place {
  const named = flagged(asked);
  const host = named === undefined ? variable(around, 'DOCKER_HOST') : isAddress(named.name) ? named : undefined;
  if (host) return placeEngine('docker', host, around);
  const context = named ?? variable(around, 'DOCKER_CONTEXT') ?? currentContext(around) ?? { name: 'default', from: 'by default' };
  const endpoint = context.name === 'default' ? undefined : endpointOf(context.name, around);
  const clue: Clue = { what: 'docker context', ...context };
  if (endpoint !== undefined) {
    const reached = placeEngine('docker', { name: endpoint, from: `of docker context ${context.name}` }, around);
    return reached.sure ? { sure: { environment: 'local', evidence: `docker context “${context.name}” is this machine` }, clues: [clue] } : { clues: [clue, ...reached.clues] };
  }
  return localContexts.test(context.name) && !isCrowded(around) ? { sure: { environment: 'local', evidence: `docker context “${context.name}” is this machine` }, clues: [clue] } : { clues: [clue] };
}

function isAddress(name: string): boolean {
  return name.includes('://') || /^[\w.-]+:\d+$/.test(name);
}

function placeEngine(what: string, { name, from }: Omit<Clue, 'what'>, around: Surroundings): Place {
  if (/^(?:unix|npipe|fd):/.test(name)) return { sure: { environment: 'local', evidence: `${what} is reached over a socket on this machine` }, clues: [] };
  const host = hostOf(name);
  // A name behind ssh:// is one of the person's own aliases.
  const alias = name.startsWith('ssh:') ? aliasOf(host, around) : undefined;
  if (isLoopback(host)) return placeHost(`${what} host`, host, from);
  const placed = placeHost(`${what} host`, alias ?? host, from);
  // Without a dot it is an alias or a machine of the network, and no service of a compose file.
  const clues: readonly (Clue | undefined)[] = placed.sure && !isLoopback(alias ?? host) ? [{ what: `${what} host`, name: host, ...(from === undefined ? {} : { from }) }] : placed.clues;
  return { clues: [...clues, alias === undefined ? undefined : { what: 'ssh host', name: host }] };
}

/** https://docs.docker.com/engine/manage-resources/contexts/ */
function configFolder({ env, home, world, folder }: Surroundings): string | undefined {
  return env.DOCKER_CONFIG ? joinPath(folder, env.DOCKER_CONFIG, world.platform) : home === undefined ? undefined : joinPath(home, '.docker', world.platform);
}

function currentContext(around: Surroundings): { readonly name: string; readonly from: string } | undefined {
  const folder = configFolder(around);
  const file = folder === undefined ? undefined : readFile(joinPath(folder, 'config.json', around.world.platform), around);
  const name = textAt(jsonIn(file), 'currentContext');
  return name === undefined || file === undefined ? undefined : { name, from: `selected ${file.from}` };
}

function metasIn(around: Surroundings): { readonly folder: string; readonly names: readonly string[] } | undefined {
  const config = configFolder(around);
  const folder = config === undefined ? undefined : joinPath(config, 'contexts/meta', around.world.platform);
  return folder === undefined ? undefined : { folder, names: around.world.list(folder) ?? [] };
}

/** More contexts than are looked at: what one of them leads to is then not known. */
function isCrowded(around: Surroundings): boolean {
  return (metasIn(around)?.names.length ?? 0) > mostContexts;
}

function endpointOf(context: string, around: Surroundings): string | undefined {
  const { folder = '', names = [] } = metasIn(around) ?? {};
  for (const name of names.slice(0, mostContexts)) {
    const meta = jsonIn(readFile(joinPath(folder, `${name}/meta.json`, around.world.platform), around));
    if (textAt(meta, 'Name') === context) return textAt(meta, 'Endpoints', 'docker', 'Host');
  }
  return undefined;
}

/** The machine podman would talk to. https://docs.podman.io/en/latest/markdown/podman-system-connection.1.html */
function placePodman(asked: Asked, around: Surroundings): Place {
  // It knows nothing of docker's own variables.
  const named = asked.from?.startsWith('DOCKER_') ? undefined : flagged(asked);
  const url = named === undefined ? variable(around, 'CONTAINER_HOST') : isAddress(named.name) ? named : undefined;
  if (url) return placeEngine('podman', url, around);
  const file = jsonIn(readFirst([...(around.env.PODMAN_CONNECTIONS_CONF ? [around.env.PODMAN_CONNECTIONS_CONF] : []), ...inConfigFolder(around, 'containers/podman-connections.json'), ...inHome(around, '.config/containers/podman-connections.json')], around));
  const remote = asked.settings.remote !== undefined;
  const connection = named ?? variable(around, 'CONTAINER_CONNECTION') ?? (remote ? defaultConnection(file) : undefined);
  if (connection === undefined) return remote ? { clues: [] } : { sure: { environment: 'local', evidence: 'podman works on this machine' }, clues: [] };
  const clue: Clue = { what: 'podman connection', ...connection };
  const address = textAt(recordAt(file, 'Connection', 'Connections', connection.name), 'URI');
  const reached = address === undefined ? undefined : placeEngine('podman', { name: address }, around);
  if (reached?.sure) return { sure: reached.sure, clues: [clue] };
  // The machines podman makes on this computer are reached over a port of it.
  return { clues: [clue, ...(reached?.clues ?? [])] };
}

function defaultConnection(file: Readonly<Record<string, unknown>>): { readonly name: string } | undefined {
  const name = textAt(file, 'Connection', 'Default');
  return name === undefined ? undefined : { name };
}
