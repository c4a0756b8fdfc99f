import type { Action } from '../action.ts';
import type { Effect, TargetHint } from '../effect.ts';
import { displayPath, isSame } from '../files/path.ts';
import { isDroppingPlace, isPrivateHost } from '../http/destinations.ts';
import { isLoopback } from '../http/url.ts';
import type { KnownSecret, World } from '../world.ts';
import { reachOfKind } from './advice.ts';
import { foundIn } from './found-in.ts';
import { wordsOf } from './names.ts';
import { isHostOf, providerById, providerOfWord, type Provider } from './providers.ts';
import { shapeOfKind } from './shapes.ts';

/** Longest text of an action looked through, in characters. */
const maxText = 256 * 1024;

/** A secret seen in what an action sends or writes. */
interface Carried {
  readonly name: string;
  readonly kind: string;
  readonly provider: Provider | undefined;
  /** Of its value, where it is a known one. */
  readonly fingerprint?: string;
  /** Where it was found before; undefined where it is only known by its shape. */
  readonly file?: string;
}

/**
 * Effects of spending a secret's value that the action itself carries: a known one anywhere it may take effect,
 * or one that looks like a secret in a request that leaves this machine.
 * @param effects what the action was already found to do; their hosts say where the value goes
 */
export function traceEffects(action: Action, effects: readonly Effect[], world: World): readonly Effect[] {
  const text = textOf(action);
  if (text === '') return [];
  const hosts = hostsOf(text, effects);
  const home = action.env.HOME ?? action.env.USERPROFILE;
  const known = oneFileEach(world.secretsIn(text), action, world);
  const carried = known.length > 0 ? known.map((secret) => carriedOf(secret, action, home, world)) : literals(action, text, hosts, world);
  if (carried.length === 0 || isInert(action, text)) return [];
  const only = onlyHost(action, text, hosts);
  return distinct(carried).slice(0, 8).map((secret) => spentEffect(secret, action, hosts, only));
}

/** One place for each value; a value written into a file that holds it already goes nowhere. */
function oneFileEach(secrets: readonly KnownSecret[], action: Action, world: World): readonly KnownSecret[] {
  const kept = new Set(action.tool === 'write' ? secrets.filter((secret) => secret.commit === undefined && isSame(secret.file, action.path, world.platform)).map((secret) => secret.fingerprint) : []);
  return [...new Map(secrets.map((secret) => [secret.fingerprint, secret])).values()].filter((secret) => !kept.has(secret.fingerprint));
}

function textOf(action: Action): string {
  switch (action.tool) {
    case 'shell': return action.command.slice(0, maxText);
    case 'http': return [action.url, ...Object.entries(action.headers).map(([name, value]) => `${name}: ${value}`), action.body ?? ''].join('\n').slice(0, maxText);
    case 'mcp': return stringsOf(action.arguments);
    case 'write': return (action.content ?? '').slice(0, maxText);
    case 'read':
    case 'delete':
    case 'search':
    case 'other':
    default: return '';
  }
}

/** Names and texts of nested arguments, one a line. */
function stringsOf(value: unknown): string {
  const lines: string[] = [];
  const waiting: unknown[] = [value];
  let length = 0;
  for (let next = waiting.pop(); waiting.length < 4096 && length < maxText && next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string') {
      lines.push(next);
      length += next.length;
    } else if (Array.isArray(next)) waiting.push(...(next as unknown[]).slice(0, 1024));
    else if (typeof next === 'object' && next !== null) for (const [name, inner] of Object.entries(next).slice(0, 1024)) waiting.push(typeof inner === 'string' ? `${name}: ${inner}` : inner);
  }
  return lines.join('\n').slice(0, maxText);
}

/** Programs that do nothing with their words but print, store or compare them. */
const inertPrograms = new Set(['echo', 'printf', 'true', 'false', ':', 'test', '[', '[[', 'git', 'grep', 'rg', 'ag', 'ack', 'sed', 'awk', 'cat', 'head', 'tail', 'ls', 'cd', 'pwd', 'mkdir', 'touch', 'wc', 'sort', 'uniq', 'cut', 'tr', 'jq', 'diff', 'find', 'set', 'unset']);

/** True for commands in which the value is not spent: a commit message, an `echo`, a search. */
function isInert(action: Action, text: string): boolean {
  if (action.tool !== 'shell') return false;
  const programs = [...text.matchAll(/(?:^|[;&|\n(){}`]|\$\(|\b(?:then|do|else)\s)\s*(?:[A-Za-z_]\w*=(?:"[^"]*"|'[^']*'|[^\s;&|]*)\s+)*([\w./:[\]-]+)/g)].map((match) => (match[1] ?? '').replace(/^.*\//, ''));
  return programs.length > 0 && programs.every((program) => inertPrograms.has(program)) && !/\bgit(?:\s+-\S+(?:\s+[^-\s]\S*)?){0,4}\s+(?:clone|push|fetch|pull|remote|ls-remote|config|credential)\b/.test(text) && !/\/dev\/(?:tcp|udp)\//.test(text);
}

/** Hosts the action talks to, as far as its text and its effects say; this machine left out. */
function hostsOf(text: string, effects: readonly Effect[]): readonly string[] {
  const written = !text.includes('://') ? [] : [...text.matchAll(/\b(?:https?|wss?):\/\/(?:[^\s/@"'`]{0,256}@)?([\w.-]{1,253})/gi)].map((match) => (match[1] ?? '').toLowerCase());
  const bare = /\b(?:curl|wget|http|https|xh|xhs)\b/.test(text) ? [...text.matchAll(/(?<=\s)((?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,12})(?=[/:\s]|$)/gi)].map((match) => (match[1] ?? '').toLowerCase()) : [];
  const targeted = effects.flatMap(({ target }) => (target.by === 'host' && /^[\w.-]+$/.test(target.host) ? [target.host.toLowerCase()] : []));
  return [...new Set([...written, ...targeted, ...(written.length > 0 ? [] : bare)])].filter((host) => !isLoopback(host));
}

function carriedOf(secret: KnownSecret, action: Action, home: string | undefined, world: World): Carried {
  const file = displayPath(secret.file, action.workspaceRoots, home, world.platform);
  const place = secret.commit === undefined ? file : `the git history (${file} at ${secret.commit})`;
  return { name: secret.name, kind: secret.kind, provider: providerOf(secret), fingerprint: secret.fingerprint, file: place };
}

function providerOf({ kind, name }: Pick<KnownSecret, 'kind' | 'name'>): Provider | undefined {
  const shaped = shapeOfKind(kind)?.provider;
  return (shaped === undefined ? undefined : providerById(shaped)) ?? [...wordsOf(kind), ...wordsOf(name)].map(providerOfWord).find((entry) => entry !== undefined);
}

/** Secrets nobody has indexed, seen by their shape in a request, or in front of a provider's own program. */
function literals(action: Action, text: string, hosts: readonly string[], world: World): readonly Carried[] {
  if (action.tool === 'write') return [];
  const requests = action.tool === 'http' || hosts.length > 0;
  // In front of a provider's own program only the shapes of its tokens count, which are all longer than this.
  if (!requests && !/[\w-]{16}/.test(text)) return [];
  const { findings } = foundIn(text, '', world);
  return findings
    .filter(({ kind, provider }) => requests || (provider !== undefined && kind.includes(' ') && !kind.includes('password') && action.tool === 'shell'))
    .map(({ name, kind, provider }) => ({ name, kind, provider: provider === undefined ? undefined : providerById(provider) }));
}

function distinct(carried: readonly Carried[]): readonly Carried[] {
  return [...new Map(carried.map((secret) => [`${secret.name}\n${secret.file ?? ''}`, secret])).values()];
}

/** Options by which a request goes another way than its address says. */
const detours = /(?:^|\s)(?:-x|--proxy\S*|--preproxy|--socks\S*|--resolve|--connect-to|--unix-socket|-k|--insecure|-L|--location\S*|-K|--config)(?=[\s=]|$)|proxy=/i;

/** The host everything in an action goes to; undefined where another command, a variable or an option may send it elsewhere. */
function onlyHost(action: Action, text: string, hosts: readonly string[]): string | undefined {
  const [host] = hosts;
  if (host === undefined || hosts.length > 1 || isDroppingPlace(host)) return undefined;
  if (action.tool === 'http') return host;
  if (action.tool !== 'shell') return undefined;
  const bare = text.replace(/'[^']*'/g, "''").replace(/"[^"`$\\]*"/g, '""');
  return /[;&|<>`$\n\\]/.test(bare) || detours.test(text) ? undefined : host;
}

function spentEffect(secret: Carried, action: Action, hosts: readonly string[], only: string | undefined): Effect {
  const { provider } = secret;
  const dropped = hosts.find((host) => isDroppingPlace(host));
  const own = provider && hosts.find((host) => isHostOf(provider, host));
  const foreign = provider && provider.hosts.length > 0 && !own ? hosts.find((host) => !isPrivateHost(host)) : undefined;
  const stray = dropped ?? foreign;
  const host = stray ?? own ?? hosts[0];
  const called = secret.name === secret.kind ? `a ${secret.kind}` : `${secret.name} (${secret.kind})`;
  const origin = secret.file === undefined ? '' : `, found in ${secret.file},`;
  const can = shapeOfKind(secret.kind)?.can ?? provider?.can;
  const says = reachOfKind(secret.kind)?.what ?? (can === undefined ? undefined : `It ${can}.`);
  const ability = says === undefined ? '' : ` ${says}`;
  const why = stray !== undefined ? `Sends ${called}${origin} to ${stray}, which is not where it belongs.${ability}`
    : action.tool === 'write' ? `Writes ${called}${origin} into ${action.path}.${ability}`
    : `Spends ${called}${origin} as a credential${host === undefined ? '' : ` at ${host}`}.${ability}`;
  return {
    verb: stray !== undefined ? 'expose' : 'useCredential',
    resource: { kind: 'credential', name: secret.name, ...(provider ? { provider: provider.id } : {}) },
    reversibility: 'irreversible',
    certainty: secret.file === undefined ? 'likely' : 'certain',
    rule: secret.file === undefined ? 'secrets/literal' : 'secrets/known-value',
    why,
    saferWay: 'Ask the person for a credential meant for this task, or refer to it by its variable so that its value is never written out.',
    target: targetOf(host, provider, action),
    env: action.env,
    ...(stray === undefined && only !== undefined && secret.fingerprint !== undefined ? { spent: { credential: secret.fingerprint, host: only } } : {}),
  };
}

function targetOf(host: string | undefined, provider: Provider | undefined, action: Action): TargetHint {
  if (action.tool === 'write') return { by: 'path' };
  if (host !== undefined) return { by: 'host', host };
  return provider ? { by: 'named', system: provider.id } : { by: 'path' };
}
