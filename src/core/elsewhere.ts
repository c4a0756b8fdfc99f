import { optionValue, parseCall } from './call.ts';
import type { Effect, TargetHint } from './effect.ts';
import { isLoopback } from './http/url.ts';
import type { Invocation } from './invocation.ts';
import { isDataVariable } from './variables.ts';

/** What would happen to this machine happens on the other host: its paths, and the databases it finds beside it. */
export function onHost(effect: Effect, host: string): Effect {
  if (!isBesideProgram(effect.target)) return effect;
  return { ...effect, target: { by: 'host', host: host.replace(/^.*@/, ''), login: true }, reversibility: effect.regenerable ? effect.reversibility : 'irreversible' };
}

/** A pod runs in the cluster that kubectl's context names, and so does the database beside it. */
export function inContainer(effect: Effect, invocation: Invocation): Effect {
  if (!/^(?:kubectl|oc|k3s)$/.test(invocation.program) || !isBesideProgram(effect.target)) return effect;
  const context = optionValue(parseCall(invocation, { valueOptions: ['--context'] }), '--context')?.text;
  return { ...effect, target: { by: 'named', system: 'kubernetes', ...(context === undefined ? {} : { name: context }) } };
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
