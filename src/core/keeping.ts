import type { Action } from './action.ts';
import type { Effect, Verb } from './effect.ts';
import type { Verdict } from './verdict.ts';

/** Copies what an action would lose, before it runs. */
export interface Keeper {
  /** @throws KeepFailed when not everything could be copied within the bounds. */
  keep(action: Action, verdict: Verdict): Promise<Kept>;
}

export interface Kept {
  /** Id of the vault's manifest; undefined when there was nothing to copy. */
  readonly manifest?: string;
  readonly files: number;
  readonly bytes: number;
}

/** Not everything could be copied; `message` is fit for a person. */
export class KeepFailed extends Error {
  override readonly name = 'KeepFailed';
}

/** Verbs after which something on this machine's disk is gone or replaced. */
const losing: ReadonlySet<Verb> = new Set(['delete', 'overwrite', 'discard', 'drop', 'truncate'] as const);

/** True when an effect takes files of this machine that cannot simply be made again: what the vault copies. */
export function losesLocalPaths({ verb, target, regenerable, paths }: Effect): boolean {
  return losing.has(verb) && target.by === 'path' && !regenerable && paths !== undefined && paths.length > 0;
}
