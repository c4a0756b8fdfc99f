import type { Action } from '../core/action.ts';
import type { PersonAnswer } from '../core/recording.ts';
import type { Verdict } from '../core/verdict.ts';
import type { Losses } from '../core/world.ts';
import type { BackupFacts } from './backups.ts';
import type { CountedRows } from './counted-rows.ts';

/** What a person is asked. */
export interface Question {
  readonly id: string;
  readonly action: Action;
  readonly verdict: Verdict;
  /** The agent's name as people write it. */
  readonly agentTitle: string;
  /** True where the action would run in a folder that no window has open. */
  readonly elsewhere?: boolean;
  /** Milliseconds since the epoch at which the answer becomes "no". */
  readonly deadline: number;
  /** What would be lost on this machine, counted as the question is asked. */
  readonly losses?: Losses;
  /** What a command of the person's own has counted of it just now. */
  readonly rows?: CountedRows;
  /** What the person's own commands say of backups. */
  readonly backup?: BackupFacts;
}

export type { PersonAnswer };

/** Puts a question to a person. */
export interface Asker {
  /** Resolves `unanswered` at the deadline or when `signal` aborts; an answer given later counts for nothing. Never rejects. */
  ask(question: Question, signal: AbortSignal): Promise<PersonAnswer>;
}
