import type { Action } from '../core/action.ts';
import type { Kept } from '../core/keeping.ts';
import type { Verdict } from '../core/verdict.ts';

export { KeepFailed, type Keeper, type Kept } from '../core/keeping.ts';

/** What a person is asked. */
export interface Question {
  readonly id: string;
  readonly action: Action;
  readonly verdict: Verdict;
  /** The agent's name as people write it. */
  readonly agentTitle: string;
  /** Milliseconds since the epoch at which the answer becomes "no". */
  readonly deadline: number;
}

/** `unanswered` carries why: nobody answered in time, the agent went away, the dialog could not be shown. */
export type PersonAnswer = { readonly answer: 'allow' } | { readonly answer: 'deny' } | { readonly answer: 'unanswered'; readonly why: string };

/** Puts a question to a person. */
export interface Asker {
  /** Resolves `unanswered` at the deadline or when `signal` aborts; an answer given later counts for nothing. Never rejects. */
  ask(question: Question, signal: AbortSignal): Promise<PersonAnswer>;
}

/** Everything that can stand in the journal. */
export type JournalEvent =
  | { readonly type: 'action'; readonly action: Action; readonly verdict: Verdict; readonly outcome: Outcome; readonly kept?: Kept }
  | { readonly type: 'answer'; readonly question: string; readonly answer: PersonAnswer; readonly delayMs: number }
  | { readonly type: 'unreadable'; readonly agent: string; readonly why: string }
  | { readonly type: 'configuration'; readonly what: string; readonly by: 'person' | 'interlock' };

/** What the agent was told, and why. */
export interface Outcome {
  readonly decision: 'allow' | 'deny';
  /** `verdict`: the policy alone; `person`: a click; the others say what failed. */
  readonly by: 'verdict' | 'person' | 'no answer in time' | 'no editor' | 'editor closed' | 'copy failed' | 'error';
}

/** Appends to the journal. Resolves when the record is on disk. */
export interface Recorder {
  record(event: JournalEvent): Promise<void>;
}
