import type { Action } from './action.ts';
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
