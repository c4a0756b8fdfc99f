import { joinPath } from '../files/path.ts';
import { isRecord } from '../json.ts';
import { foldersUp, inConfigFolder, inHome, jsonIn, readAbove, readFirst, readSections, recordAt, textAt, yamlScalar, type ConfigFile } from './config-files.ts';
import { placeHost } from './hosts.ts';
import { environmentClue, flagged, resourceClue, setting, variable, type Asked, type Clue, type Place, type Placer, type Placers, type Surroundings } from './placer.ts';

/** A tool that keeps named contexts in one file of the person's, with the name of the current one. */
interface ContextTool {
  /** `doctl context`. */
  readonly what: string;
  /** Variables that name the context. */
  readonly variables: readonly string[];
  /** Variables that hold a token of their own: the context then says nothing of the account. */
  readonly tokens: readonly string[];
  readonly files: (around: Surroundings) => readonly string[];
  readonly current: (text: string) => string | undefined;
}

const tools: Readonly<Record<string, ContextTool>> = {
  /** https://docs.digitalocean.com/reference/doctl/reference/auth/switch/ */
  digitalocean: { what: 'doctl context', variables: ['DIGITALOCEAN_CONTEXT'], tokens: ['DIGITALOCEAN_ACCESS_TOKEN'], files: (around) => inConfigFolder(around, 'doctl/config.yaml'), current: (text) => yamlScalar(text, 'context') },
  /** https://github.com/hetznercloud/cli/blob/main/docs/reference/manual/hcloud_config.md */
  hetzner: { what: 'hcloud context', variables: ['HCLOUD_CONTEXT'], tokens: ['HCLOUD_TOKEN'], files: (around) => (around.env.HCLOUD_CONFIG ? [around.env.HCLOUD_CONFIG] : inConfigFolder(around, 'hcloud/cli.toml')), current: (text) => readSections(text).get('')?.get('active_context') },
  /** https://techdocs.akamai.com/cloud-computing/docs/configure-linode-cli */
  linode: { what: 'Linode user', variables: [], tokens: ['LINODE_CLI_TOKEN'], files: (around) => [...(around.env.LINODE_CLI_CONFIG ? [around.env.LINODE_CLI_CONFIG] : []), ...inConfigFolder(around, 'linode-cli'), ...inHome(around, '.linode-cli')], current: (text) => readSections(text).get('DEFAULT')?.get('default-user') },
  /** https://github.com/scaleway/scaleway-cli/blob/master/docs/commands/config.md */
  scaleway: { what: 'Scaleway profile', variables: ['SCW_PROFILE'], tokens: ['SCW_SECRET_KEY'], files: (around) => (around.env.SCW_CONFIG_PATH ? [around.env.SCW_CONFIG_PATH] : inConfigFolder(around, 'scw/config.yaml')), current: (text) => yamlScalar(text, 'active_profile') },
};

export const contextPlacers: Placers = {
  ...Object.fromEntries(Object.entries(tools).map(([system, tool]) => [system, placerOf(tool)])),
  coolify: placeCoolify,
  doppler: placeDoppler,
  infisical: placeInfisical,
  modal: placeModal,
  nats: placeNats,
};

function placerOf(tool: ContextTool): Placer {
  return (asked, around) => {
    const token = variable(around, ...tool.tokens) !== undefined;
    const named = flagged(asked) ?? variable(around, ...tool.variables) ?? selected(readFirst(tool.files(around), around), tool.current);
    return { clues: [named && { what: tool.what, ...named, ...(token ? { label: true } : {}) }, resourceClue(asked)] };
  };
}

/** The name a file gives, with where. */
function selected(file: ConfigFile | undefined, current: (text: string) => string | undefined): Omit<Clue, 'what'> | undefined {
  const name = file && current(file.text);
  return name && file ? { name, from: `selected ${file.from}` } : undefined;
}

/** https://coolify.io/docs/cli/contexts */
function placeCoolify(asked: Asked, around: Surroundings): Place {
  const file = readFirst([...inConfigFolder(around, 'coolify/config.json'), ...inHome(around, '.coolify/config.json')], around);
  const instances = jsonIn(file).instances;
  const known = Array.isArray(instances) ? instances.slice(0, 64).filter(isRecord) : [];
  const named = flagged(asked);
  const instance = known.find((each) => (named ? textAt(each, 'name') === named.name : each.default === true));
  const address = setting(asked, 'host') ?? textAt(instance, 'fqdn');
  const context = named ?? selected(file, () => textAt(instance, 'name'));
  const reached = address === undefined ? undefined : placeHost('Coolify server', address);
  return { ...reached, clues: [context && { what: 'Coolify context', ...context }, ...(reached?.clues ?? [])] };
}

/** Flags, variables, then what `doppler setup` has noted for the folder. https://docs.doppler.com/docs/cli */
function placeDoppler(asked: Asked, around: Surroundings): Place {
  const file = readFirst(around.env.DOPPLER_CONFIG_DIR ? [joinPath(around.env.DOPPLER_CONFIG_DIR, '.doppler.yaml', around.world.platform)] : inHome(around, '.doppler/.doppler.yaml'), around);
  const scoped = (key: string): string | undefined => file && foldersUp(around).map((folder) => yamlScalar(file.text, 'scoped', folder, key)).find((value) => value !== undefined);
  const named = (what: string, given: Omit<Clue, 'what'> | undefined, key: string): Clue | undefined => {
    const noted = given ?? selected(file, () => scoped(key));
    return noted && environmentClue(what, noted);
  };
  return { clues: [named('Doppler config', flagged(asked) ?? variable(around, 'DOPPLER_CONFIG', 'DOPPLER_ENVIRONMENT'), 'enclave.config'), named('Doppler project', asked.scope === undefined ? variable(around, 'DOPPLER_PROJECT') : { name: asked.scope }, 'enclave.project')] };
}

/** The standard environment is `dev`. https://infisical.com/docs/cli/project-config */
function placeInfisical(asked: Asked, around: Surroundings): Place {
  const file = readAbove(['.infisical.json'], around);
  const config = jsonIn(file);
  const branch = around.world.git(around.folder)?.branch;
  const mapped = branch === undefined ? undefined : textAt(config, 'gitBranchToEnvironmentMapping', branch);
  const environment = flagged(asked) ?? selected(file, () => mapped ?? textAt(config, 'defaultEnvironment')) ?? { name: 'dev', from: 'by default' };
  const project = textAt(config, 'workspaceId');
  return { clues: [environmentClue('Infisical environment', environment), project === undefined ? undefined : { what: 'Infisical project', name: project }] };
}

/** https://modal.com/docs/reference/modal.config */
function placeModal(asked: Asked, around: Surroundings): Place {
  const file = readFirst(around.env.MODAL_CONFIG_PATH ? [around.env.MODAL_CONFIG_PATH] : inHome(around, '.modal.toml'), around);
  const profiles = readSections(file?.text ?? '');
  const active = variable(around, 'MODAL_PROFILE') ?? selected(file, () => [...profiles].find(([, profile]) => profile.get('active') === 'true')?.[0]);
  const environment = flagged(asked) ?? variable(around, 'MODAL_ENVIRONMENT') ?? selected(file, () => profiles.get(active?.name ?? 'default')?.get('environment'));
  return { clues: [environment && environmentClue('Modal environment', environment), active && { what: 'Modal profile', ...active }] };
}

/** A server in the command or the environment, else that of the context. https://docs.nats.io/using-nats/nats-tools/nats_cli#configuration-contexts */
function placeNats(asked: Asked, around: Surroundings): Place {
  const server = setting(asked, 'server');
  const given = server === undefined ? undefined : { name: server, from: 'from --server' };
  const context = flagged(asked) ?? variable(around, 'NATS_CONTEXT') ?? selected(readFirst(inConfigFolder(around, 'nats/context.txt'), around), (text) => text.trim());
  const file = context === undefined || !/^[\w.-]+$/.test(context.name) ? undefined : readFirst(inConfigFolder(around, `nats/context/${context.name}.json`), around);
  const address = given ?? variable(around, 'NATS_URL') ?? selected(file, () => textAt(recordAt(jsonIn(file)), 'url'));
  const clue: Clue | undefined = context && { what: 'NATS context', ...context, ...(given ? { label: true } : {}) };
  if (address === undefined) return context ? { clues: [clue] } : placeHost('NATS server', '127.0.0.1:4222', 'by default');
  const reached = placeHost('NATS server', address.name, address.from);
  return { ...reached, clues: [clue, ...reached.clues] };
}
