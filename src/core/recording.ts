import type { Action } from './action.ts';
import type { Kept } from './keeping.ts';
import type { Verdict } from './verdict.ts';

/**
 * `for: 'session'`: the same action need not be asked about again in its session. `reconsider`: the person has changed the policy, and the
 * action is to be judged by that. `unanswered` carries why: nobody answered in time, the agent went away, the dialog could not be shown.
 */
export type PersonAnswer = { readonly answer: 'allow'; readonly for?: 'session' } | { readonly answer: 'reconsider' } | { readonly answer: 'deny' } | { readonly answer: 'unanswered'; readonly why: string };

/** Everything that can stand in the journal. */
export type JournalEvent =
  | { readonly type: 'action'; readonly action: Action; readonly verdict: Verdict; readonly outcome: Outcome; readonly kept?: Kept }
  | { readonly type: 'answer'; readonly action: Action; readonly question: string; readonly answer: PersonAnswer; readonly delayMs: number }
  /** Values of secrets in what a tool gave back, by name; `shown` where the model saw them all the same. */
  | { readonly type: 'masked'; readonly action: Action; readonly names: readonly string[]; readonly shown: boolean }
  | { readonly type: 'unreadable'; readonly agent: string; readonly why: string }
  /** A hook that did not answer as one that is alive does. */
  | { readonly type: 'canary'; readonly agent: string; readonly file: string; readonly why: string }
  /** `command line`: whoever ran it, which may have been an agent. */
  | { readonly type: 'configuration'; readonly what: string; readonly by: 'person' | 'interlock' | 'command line' };

/** What the agent was told, and why. */
export interface Outcome {
  readonly decision: 'allow' | 'deny';
  /**
   * `verdict`: the policy alone; `person`: a click; `session`: a click earlier in this session; `hook`: what was said to the
   * command that the program is part of; `unasked`: it ran in a terminal and nobody was asked; `unmasked`: the agent was told to have its
   * output masked first; `refused before`, `locked` and `stopped`: what a person or the policy said to earlier tries; the others say what
   * failed.
   */
  readonly by: 'verdict' | 'person' | 'session' | 'hook' | 'unasked' | 'unmasked' | 'refused before' | 'locked' | 'stopped' | 'no answer in time' | 'no editor' | 'editor closed' | 'agent gone' | 'copy failed' | 'backup failed' | 'error';
}

/** Appends to the journal. Resolves when the record is on disk. */
export interface Recorder {
  record(event: JournalEvent): Promise<void>;
}
