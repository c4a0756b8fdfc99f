import { joinPath, parentOf } from '../files/path.ts';
import { foldersUp, inHome, readFile, readFirst, readSections, type ConfigFile } from './config-files.ts';
import { hostOf, isLoopback } from './host.ts';
import { beliefInHost } from './host.ts';
import { environmentInName } from './named.ts';
import { setting, variable, type Asked, type Clue, type Place, type Placers, type Surroundings } from './placer.ts';
import { aliasOf } from './ssh.ts';

export const remotePlacers: Placers = { git: placeGit, ansible: placeAnsible, kamal: placeKamal };

const releaseBranch = /^(?:main|master|trunk|default|release(?:[-/].*)?|releases(?:[-/].*)?|gh-pages|HEAD)$/i;

/**
 * The remote a push goes to and the branch on it. A branch whose name is not one people release from is development.
 * https://git-scm.com/docs/git-push and https://git-scm.com/docs/git-config (branch.<name>.pushRemote, remote.pushDefault)
 */
function placeGit(asked: Asked, around: Surroundings): Place {
  const config = gitConfig(around);
  const branch = asked.scope ?? '';
  const remote = asked.name ?? config?.get(`branch "${branch}"`)?.get('pushremote') ?? config?.get('remote')?.get('pushdefault') ?? config?.get(`branch "${branch}"`)?.get('remote') ?? 'origin';
  const url = isUrl(remote) ? remote : (config?.get(`remote "${remote}"`)?.get('pushurl') ?? config?.get(`remote "${remote}"`)?.get('url'));
  if (url !== undefined && isFolder(url) && (isUrl(remote) || environmentInName(remote) !== 'production')) return { sure: { environment: 'local', evidence: `remote “${remote}” is a folder on this machine` }, clues: [{ what: 'remote', name: remote }] };
  return { clues: [remoteClue(remote), ...(url === undefined ? [] : urlClues(url, around)), branchClue(branch)] };
}

function remoteClue(remote: string): Clue {
  const production = !isUrl(remote) && environmentInName(remote) === 'production';
  return { what: 'remote', name: isUrl(remote) ? withoutCredentials(remote) : remote, environment: production ? 'production' : 'unknown' };
}

/** Where a remote's repository is: its host, and for a platform that deploys what is pushed the app. */
function urlClues(url: string, around: Surroundings): readonly Clue[] {
  const host = gitHost(url);
  const real = aliasOf(host, around) ?? host;
  const path = /^[^:/]+@?[^:/]*:(?!\/\/)(.+)$/.exec(url)?.[1] ?? /^\w+:\/\/[^/]*\/(.+)$/.exec(url)?.[1] ?? '';
  const repository = path.replace(/\.git\/?$/, '').slice(0, 200);
  const believed = beliefInHost(real, { services: [], login: true });
  const deploys = /heroku\.com$|^dokku@/.test(host) || /heroku|dokku/.test(url);
  return [
    { what: 'remote host', name: real, environment: believed?.environment === 'local' ? 'unknown' : (believed?.environment ?? 'unknown') },
    // What a repository of code is called says nothing of an environment; an app is called like one.
    { what: deploys ? 'app' : 'repository', name: repository, ...(deploys ? {} : { environment: 'unknown' as const }) },
  ];
}

function branchClue(branch: string): Clue | undefined {
  if (branch === '') return undefined;
  const named = environmentInName(branch);
  if (releaseBranch.test(branch) || named === 'production') return { what: 'branch', name: branch, environment: 'production', because: 'is one people release from' };
  return { what: 'branch', name: branch, environment: named === 'staging' ? 'staging' : 'development', because: `is named like ${named === 'staging' ? 'staging' : 'work in progress'}` };
}

function isUrl(remote: string): boolean {
  return /[/:\\]/.test(remote);
}

/** A path, or one behind `file:`. */
function isFolder(url: string): boolean {
  return /^(?:file:|\/|\.{1,2}[/\\]|~|[a-z]:[\\/])/i.test(url);
}

/** The host of `git@host:path` or a URL. */
function gitHost(url: string): string {
  return hostOf(/^\w+:\/\//.test(url) ? url : (url.split(':')[0] ?? ''));
}

function withoutCredentials(url: string): string {
  return url.replace(/^([a-z+]+:\/\/)[^/@]*@/i, '$1');
}

/** Addresses of git remotes by name. */
export function remoteUrls(around: Surroundings): ReadonlyMap<string, string> {
  const urls = new Map<string, string>();
  for (const [name, section] of gitConfig(around) ?? []) {
    const remote = /^remote "(.*)"$/.exec(name)?.[1];
    const url = section.get('url');
    if (remote !== undefined && url !== undefined) urls.set(remote, url);
  }
  return urls;
}

/** Keys in git's configuration do not tell letter case apart. */
function gitConfig(around: Surroundings): ReadonlyMap<string, ReadonlyMap<string, string>> | undefined {
  const file = configOfRepository(around);
  return file && readSections(file.text, (key) => key.toLowerCase());
}

/** `.git/config`, which the worktrees of a repository share. https://git-scm.com/docs/gitrepository-layout */
function configOfRepository(around: Surroundings): ConfigFile | undefined {
  const { platform } = around.world;
  for (const folder of foldersUp(around)) {
    const config = readFile(joinPath(folder, '.git/config', platform), around);
    if (config) return config;
    const link = /^gitdir: (.+)$/m.exec(readFile(joinPath(folder, '.git', platform), around)?.text ?? '')?.[1];
    if (link === undefined) continue;
    const gitFolder = joinPath(folder, link.trim(), platform);
    const common = readFile(joinPath(gitFolder, 'commondir', platform), around)?.text.trim() ?? '.';
    return readFile(joinPath(joinPath(gitFolder, common, platform), 'config', platform), around);
  }
  return undefined;
}

/** The machines of an inventory that a pattern means. https://docs.ansible.com/ansible/latest/inventory_guide/intro_inventory.html */
function placeAnsible(asked: Asked, around: Surroundings): Place {
  const patterns = [asked.name ?? '', ...(asked.settings.limit ?? [])].filter((pattern) => pattern !== '');
  const inventories = asked.settings.inventory ?? configuredInventory(around);
  const hosts = inventories.slice(0, 4).flatMap((inventory) => hostsIn(inventory, patterns, around)).slice(0, 16);
  if (setting(asked, 'connection') === 'local' || (inventories.length > 0 && inventories.every((inventory) => /^(?:localhost|127\.0\.0\.1),?$/.test(inventory)))) return { sure: { environment: 'local', evidence: 'the play runs on this machine' }, clues: [] };
  return {
    clues: [
      ...patterns.map((name) => ({ what: 'hosts', name })),
      ...inventories.map((name) => ({ what: 'inventory', name })),
      ...hosts.filter((host) => !isLoopback(host)).map((name) => ({ what: 'host', name, environment: beliefInHost(name, { services: [], login: true })?.environment ?? ('unknown' as const) })),
    ],
  };
}

/** https://docs.ansible.com/ansible/latest/reference_appendices/config.html#the-configuration-file */
function configuredInventory(around: Surroundings): readonly string[] {
  const named = variable(around, 'ANSIBLE_INVENTORY');
  if (named) return named.name.split(',');
  const file = readFirst([...(around.env.ANSIBLE_CONFIG ? [around.env.ANSIBLE_CONFIG] : []), 'ansible.cfg', ...inHome(around, '.ansible.cfg'), '/etc/ansible/ansible.cfg'], around);
  const configured = readSections(file?.text ?? '').get('defaults')?.get('inventory');
  if (configured === undefined || file === undefined) return [];
  return configured.split(',').map((path) => joinPath(parentOf(file.path, around.world.platform), path.trim(), around.world.platform));
}

/** The hosts of the groups a pattern names, in an inventory in INI form; all of them for `all`. */
function hostsIn(inventory: string, patterns: readonly string[], around: Surroundings): readonly string[] {
  if (inventory.includes(',')) return inventory.split(',').filter(Boolean);
  const wanted = new Set(patterns.flatMap((pattern) => pattern.split(/[:,]/)));
  const every = wanted.has('all') || wanted.has('*');
  const hosts: string[] = [];
  let inside = every;
  for (const line of (readFile(inventory, around)?.text ?? '').split('\n').slice(0, 4000)) {
    const header = /^\s*\[([^\]:]+)(:\w+)?\]/.exec(line);
    if (header) inside = header[2] === undefined && (every || wanted.has(header[1] as string));
    const name = header || !inside ? undefined : /^\s*([\w.-]+)/.exec(line)?.[1];
    if (name !== undefined) hosts.push(/\bansible_host=(\S+)/.exec(line)?.[1] ?? name);
  }
  return hosts;
}

/** The destination, and the servers its file names. https://kamal-deploy.org/docs/configuration/overview/#destinations */
function placeKamal(asked: Asked, around: Surroundings): Place {
  const destination = asked.name;
  const given = setting(asked, 'config') ?? 'config/deploy.yml';
  const file = (destination === undefined ? undefined : readFile(given.replace(/(\.ya?ml)?$/, `.${destination}$1`), around)) ?? readFile(given, around);
  const hosts = setting(asked, 'hosts')?.split(',') ?? serversIn(file?.text ?? '');
  return {
    clues: [
      destination === undefined ? undefined : { what: 'kamal destination', name: destination },
      ...hosts.slice(0, 8).map((name) => ({ what: 'server', name, ...(file ? { from: file.from } : {}), environment: beliefInHost(hostOf(name), { services: [], login: true })?.environment ?? ('unknown' as const) })),
    ],
  };
}

function serversIn(text: string): readonly string[] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith('servers:'));
  const rest = start < 0 ? [] : lines.slice(start + 1);
  const end = rest.findIndex((line) => /^[\w"']/.test(line));
  return rest.slice(0, end < 0 ? undefined : end).flatMap((line) => /^\s*-\s*["']?([\w-]+(?:\.[\w-]+)+)/.exec(line)?.[1] ?? []);
}
