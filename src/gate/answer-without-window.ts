import type { Adapter, HookAnswer } from '../agents/adapter.ts';
import { TIME_TO_ANSWER } from './bounds.ts';
import type { GateFailure } from './client.ts';
import { loadEngine } from './engine-loader.ts';
import { DEFAULT_ANSWER_SECONDS, type loadSnapshot } from './policy-snapshot.ts';
import type { HookRequest } from './protocol.ts';
import type { State } from './state.ts';

type Snapshot = Awaited<ReturnType<typeof loadSnapshot>>;

/** A question may come twice: whether to do it, and whether to do it without a copy. */
const QUESTIONS = 2;
const SLACK_SECONDS = 10;

/** How long a window has for its answer. */
export function secondsToAnswer(snapshot: Snapshot, { timeoutSeconds }: Adapter): number {
  const seconds = 'problem' in snapshot ? DEFAULT_ANSWER_SECONDS : snapshot.answerSeconds;
  return Math.min(seconds * QUESTIONS + SLACK_SECONDS, timeoutSeconds - TIME_TO_ANSWER);
}

/** What becomes of a request that no window has answered: without an editor it is judged here, in all other cases refused. */
export async function answerWithoutWindow(failure: GateFailure, request: HookRequest, state: State): Promise<HookAnswer> {
  const { answerAlone } = await loadEngine();
  return answerAlone(state, request, failure);
}
