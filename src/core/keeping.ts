import type { Action } from './action.ts';
import type { Effect, RepositoryStake, Verb } from './effect.ts';
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

/** Rules of what takes names away and never writes into what they name. */
const unlinking: ReadonlySet<string> = new Set(['rm/delete', 'find/delete', 'files/delete']);

/** True when an effect takes files of this machine that cannot simply be made again. */
export function losesLocalPaths({ verb, target, regenerable, paths }: Effect): boolean {
  return losing.has(verb) && target.by === 'path' && !regenerable && paths !== undefined && paths.length > 0;
}

/** True when the vault can copy what an effect takes: files of this machine, and what a repository holds. */
export function canBeKept(effect: Effect): boolean {
  return effect.repository !== undefined || losesLocalPaths(effect);
}

/** What is copied before an action. */
export interface KeepPlan {
  /** Paths with all below them. */
  readonly whole: readonly string[];
  /** Of these, the ones that only lose their names. */
  readonly unlinked: ReadonlySet<string>;
  /** Paths of which only what no commit holds is lost. */
  readonly uncommitted: readonly string[];
  readonly repositories: readonly RepositoryStake[];
}

/** All that the findings of a verdict would lose and the vault can copy. */
export function planKeep({ findings }: Verdict): KeepPlan {
  const local = findings.filter(losesLocalPaths);
  const isWhole = ({ verb, recursive }: Effect): boolean => verb !== 'discard' || recursive === true;
  const written = new Set(pathsOf(local.filter(({ rule }) => !unlinking.has(rule))));
  return {
    whole: pathsOf(local.filter(isWhole)),
    unlinked: new Set(pathsOf(local).filter((path) => !written.has(path))),
    uncommitted: pathsOf(local.filter((effect) => !isWhole(effect))),
    repositories: findings.flatMap(({ repository }) => repository ?? []),
  };
}

function pathsOf(effects: readonly Effect[]): readonly string[] {
  return effects.flatMap(({ paths = [] }) => paths);
}
