import type { Action } from './action.ts';
import type { Kept } from './keeping.ts';
import type { Verdict } from './verdict.ts';

/** `unanswered` carries why: nobody answered in time, the agent went away, the dialog could not be shown. */
export type PersonAnswer = { readonly answer: 'allow' } | { readonly answer: 'deny' } | { readonly answer: 'unanswered'; readonly why: string };

/** Everything that can stand in the journal. */
export type JournalEvent =
  | { readonly type: 'action'; readonly action: Action; readonly verdict: Verdict; readonly outcome: Outcome; readonly kept?: Kept }
  | { readonly type: 'answer'; readonly question: string; readonly answer: PersonAnswer; readonly delayMs: number }
  /** Values of secrets in what a tool gave back, by name; `shown` where the model saw them all the same. */
  | { readonly type: 'masked'; readonly action: Action; readonly names: readonly string[]; readonly shown: boolean }
  | { readonly type: 'unreadable'; readonly agent: string; readonly why: string }
  | { readonly type: 'configuration'; readonly what: string; readonly by: 'person' | 'interlock' };

/** What the agent was told, and why. */
export interface Outcome {
  readonly decision: 'allow' | 'deny';
  /** `verdict`: the policy alone; `person`: a click; the others say what failed. */
  readonly by: 'verdict' | 'person' | 'no answer in time' | 'no editor' | 'editor closed' | 'agent gone' | 'copy failed' | 'error';
}

/** Appends to the journal. Resolves when the record is on disk. */
export interface Recorder {
  record(event: JournalEvent): Promise<void>;
}
