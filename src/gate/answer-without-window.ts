import type { Adapter, HookAnswer } from '../agents/adapter.ts';
import type { GateFailure } from './client.ts';
import { loadEngine } from './engine-loader.ts';
import { DEFAULT_ANSWER_SECONDS, type loadSnapshot } from './policy-snapshot.ts';
import { TIME_TO_ANSWER, type HookRequest } from './protocol.ts';
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
export async function answerWithoutWindow(failure: GateFailure, request: HookRequest, state: State, snapshot: Snapshot): Promise<HookAnswer> {
  // With an editor running this program is a messenger, and reads no more than itself.
  const { judgeAlone, refuseAlone } = await loadEngine();
  switch (failure) {
    case 'no editor':
      return 'problem' in snapshot ? refuseAlone(state, request, 'error', `${snapshot.problem} Start the editor once to have it written again.`) : judgeAlone(state, request, snapshot);
    case 'editor closed':
    case 'no answer in time':
      return refuseAlone(state, request, failure);
    case 'unusable answer':
    default:
      return refuseAlone(state, request, 'error', 'The editor gave an answer that cannot be used.');
  }
}
