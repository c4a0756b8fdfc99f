import { optionValue, parseCall } from './call.ts';
import type { Effect, TargetHint } from './effect.ts';
import { isLoopback } from './http/url.ts';
import type { Invocation } from './invocation.ts';

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
