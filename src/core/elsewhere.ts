import { optionValue, parseCall } from './call.ts';
import type { Effect, NamedHint, TargetHint } from './effect.ts';
import { isLoopback } from './http/url.ts';
import type { Invocation } from './invocation.ts';
import { own } from './own.ts';
import type { Rule } from './rule.ts';
import { namedTarget } from './target.ts';
import { isDataVariable } from './variables.ts';

const sshOptions = ['-b', '-c', '-D', '-E', '-e', '-F', '-I', '-i', '-J', '-L', '-l', '-m', '-O', '-o', '-p', '-Q', '-R', '-S', '-W', '-w'];

/** What would happen to this machine happens on the other host: its paths, and the databases it finds beside it. */
export function onHost(effect: Effect, host: string, invocation: Invocation): Effect {
  if (!isBesideProgram(effect.target) && !isServedThere(effect.target)) return distant(effect);
  const name = host.replace(/^.*@/, '');
  const target: TargetHint = invocation.program === 'ssh' ? sshHost(host, name, invocation) : { by: 'host', host: name, login: true };
  return { ...effect, target, reversibility: effect.regenerable ? effect.reversibility : 'irreversible' };
}

/** The host `-o HostName` names counts before that of the alias, and the file of `-F` before the person's own. https://man.openbsd.org/ssh */
function sshHost(written: string, alias: string, invocation: Invocation): TargetHint {
  // What follows the host is the command's.
  const at = invocation.argv.findIndex((word) => word.text === written);
  const call = parseCall({ ...invocation, argv: invocation.argv.slice(0, at < 0 ? undefined : at) }, { valueOptions: sshOptions });
  const given = call.options.get('-o')?.map((word) => /^\s*hostname\s*[=\s]\s*(\S+)/i.exec(word?.text ?? '')?.[1]).find((name) => name !== undefined);
  const config = optionValue(call, '-F')?.text;
  return { by: 'host', host: given ?? alias, login: true, ...(config === undefined ? {} : { config }) };
}

/** Programs that take another to the place their own rule speaks of, with the word at which their own options end. */
const carriers: Readonly<Record<string, RegExp>> = {
  heroku: /^--$/, fly: /^--$/, flyctl: /^--$/, railway: /^--$/, kamal: /^--$/, modal: /^--$/,
  kubectl: /^--$/, oc: /^--$/, k3s: /^--$/, docker: /^exec$/, podman: /^exec$/, nerdctl: /^exec$/, 'docker-compose': /^(?:exec|run)$/,
};

/** The place a wrapper takes its program to, as the wrapper's own words say. */
export function carriedTo(invocation: Invocation, rules: readonly Rule[]): NamedHint | undefined {
  const end = own(carriers, invocation.program);
  if (end === undefined) return undefined;
  const at = invocation.argv.findIndex((word, index) => index > 0 && end.test(word.text));
  const rule = rules.find(({ target }) => target !== undefined && 'system' in target);
  const source = rule?.target && 'system' in rule.target ? rule.target : { system: invocation.program };
  return namedTarget(source, parseCall({ ...invocation, argv: at < 0 ? invocation.argv : invocation.argv.slice(0, at) }, rule ?? { valueOptions: [] }));
}

const containerPrograms: ReadonlySet<string> = new Set(['docker', 'podman', 'nerdctl', 'docker-compose']);

/** What runs in a container, without the variables of this machine: they do not reach it. */
export function inImage(invocation: Invocation, wrapper: Invocation): Invocation {
  return containerPrograms.has(wrapper.program) ? withoutStored(invocation) : invocation;
}

/** What a program in a container or on a platform's machine finds beside it is where that machine is. */
export function inContainer(effect: Effect, place: NamedHint | undefined, { env, program }: Invocation): Effect {
  // A container's settings, and the compose file's, say which database a service reaches; where docker is counts besides.
  if (place && containerPrograms.has(program) && effect.target.by === 'database') return { ...effect, target: { ...effect.target, within: place } };
  return place && isBesideProgram(effect.target) ? { ...effect, target: place, env } : distant(effect);
}

/** The same on a machine of a platform, from which nothing comes back. */
export function onPlatform(effect: Effect, place: NamedHint, invocation: Invocation): Effect {
  const moved = inContainer(effect, place, invocation);
  return moved.target !== place ? moved : { ...moved, reversibility: effect.regenerable ? effect.reversibility : 'irreversible' };
}

/**
 * Programs that set variables of what they run from a store elsewhere, with the options that name its environment:
 * https://docs.railway.com/guides/cli, https://docs.doppler.com/docs/cli, https://infisical.com/docs/cli/commands/run, https://developer.1password.com/docs/cli/reference/commands/run/,
 * https://vercel.com/docs/cli/env, https://docs.netlify.com/api-and-cli-guides/cli-guides/get-started-with-cli/, https://github.com/segmentio/chamber
 */
const stores: Readonly<Record<string, readonly string[]>> = {
  railway: ['-e', '--environment'], doppler: ['-c', '--config'], infisical: ['--env', '-e'], op: ['--env-file', '--environment'], teller: ['-c', '--config'], varlock: ['--env'],
  vercel: ['-e', '--environment'], netlify: ['--context'], ntl: ['--context'], chamber: [],
};

/** True for a program whose store decides what variables the program it runs gets. */
export function isStore(program: string): boolean {
  return Object.hasOwn(stores, program);
}

/** What it runs, without the variables that its store may set anew. */
export function withoutStored(invocation: Invocation): Invocation {
  return { ...invocation, env: Object.fromEntries(Object.entries(invocation.env).filter(([name]) => !isDataVariable(name))) };
}

/** A database that a program finds by its variables is the one the store names. */
export function byStore(effect: Effect, invocation: Invocation): Effect {
  if (effect.target.by !== 'database' || effect.target.url !== undefined) return effect;
  const options = stores[invocation.program] ?? [];
  const call = parseCall(invocation, { valueOptions: options });
  const name = optionValue(call, ...options)?.text ?? (invocation.program === 'chamber' ? call.operands[1]?.text : undefined);
  return { ...effect, target: { by: 'named', system: invocation.program, ...(name === undefined ? {} : { name }), ...(invocation.cwd === undefined ? {} : { folder: invocation.cwd }) } };
}

/** Credentials of a profile count for every AWS tool that names none. https://github.com/99designs/aws-vault/blob/master/USAGE.md */
export function withProfile(effect: Effect, invocation: Invocation): Effect {
  const { target } = effect;
  const profile = invocation.program === 'aws-vault' ? parseCall(invocation, { valueOptions: [] }).operands[1]?.text : undefined;
  return profile !== undefined && target.by === 'named' && /^(?:aws|cdk)$/.test(target.system) && target.name === undefined ? { ...effect, target: { ...target, name: profile, from: 'aws-vault' } } : effect;
}

/** Contexts, profiles and links of this machine say nothing of what a tool on another finds there; a branch is what it is everywhere. */
function distant(effect: Effect): Effect {
  return effect.target.by === 'named' && effect.target.system !== 'git' ? { ...effect, target: { ...effect.target, distant: true } } : effect;
}

const served: ReadonlySet<string> = new Set(['docker', 'vault', 'nomad', 'consul', 'etcd', 'loki']);

/** True for a server that its client looks for on its own machine unless told otherwise. */
function isServedThere(target: TargetHint): boolean {
  return target.by === 'named' && served.has(target.system) && (target.name === undefined || target.from?.startsWith('-') === false);
}

/** True for what a program finds on the machine it runs on. */
function isBesideProgram(target: TargetHint): boolean {
  switch (target.by) {
    case 'path':
      return true;
    case 'host':
      return isLoopback(target.host);
    case 'database':
      return target.url === undefined || /^(?:host=)?(?:localhost|127\.|\/|\.)|@(?:localhost|127\.)/.test(target.url) || !/[.:@=]/.test(target.url);
    case 'named':
      return false;
  }
}
