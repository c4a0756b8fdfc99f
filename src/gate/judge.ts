import type { Adapter, HookAnswer } from '../agents/adapter.ts';
import type { Action } from '../core/action.ts';
import type { Verdict } from '../core/verdict.ts';
import type { Asker, Keeper, Recorder } from './ports.ts';
import type { HookRequest } from './protocol.ts';

/** What `judge` works with. The editor gives all of it; a hook on its own has no `asker`. */
export interface JudgeServices {
  readonly adapters: readonly Adapter[];
  readonly decide: (action: Action) => Verdict;
  readonly keeper?: Keeper;
  readonly asker?: Asker;
  readonly recorder: Recorder;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** How long a person has for an answer; milliseconds. Read at each question, so that a changed setting counts at once. */
  readonly answerWithin: () => number;
}

/** Why a request is no longer waited for; the reason of the signal given to `judge`. */
export type Withdrawal = 'editor closed' | 'agent gone';

/** Answers one request of a hook program. Never rejects: what goes wrong is a deny that says so. */
export declare function judge(request: HookRequest, services: JudgeServices, signal?: AbortSignal): Promise<HookAnswer>;
