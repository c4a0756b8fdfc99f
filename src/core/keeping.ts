import type { Action } from './action.ts';
import type { Finding, Verdict } from './verdict.ts';

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
const losing: ReadonlySet<Finding['verb']> = new Set(['delete', 'overwrite', 'discard', 'drop', 'truncate'] as const);

/** True when a finding takes files of this machine that cannot simply be made again: what the vault copies. */
export function losesLocalPaths(finding: Finding): boolean {
  return losing.has(finding.verb) && finding.target.by === 'path' && !finding.regenerable && finding.paths !== undefined && finding.paths.length > 0;
}
