import { createHash } from 'node:crypto';
import type { HookAnswer } from '../agents/adapter.ts';
import type { Withdrawal } from './judge.ts';
import type { HookRequest } from './protocol.ts';

/** One who waits for an answer. */
export interface Waiter {
  readonly answer: Promise<HookAnswer>;
  /** To be called when it cannot be told any more. With `again` it is waited a moment for the same request to be asked anew. */
  readonly leave: (again: boolean) => void;
}

interface Kept {
  readonly id: string;
  readonly withdrawal: AbortController;
  answer: Promise<HookAnswer>;
  waiters: number;
  /** Units of the answer, once there is one. */
  size: number | undefined;
  timer: NodeJS.Timeout | undefined;
}

/** What the hand-over to another leader may take, with the hook's asking anew. */
const ASKED_AGAIN_MS = 3_000;
/** How long an answer that was given is kept, in case that it did not arrive. */
const KEPT_MS = 5_000;
const MOST_KEPT_UNITS = 8_388_608;

/**
 * The requests that this window judges. One that comes again, because the window that passed it on has gone, is the same one still: its
 * question stays open, and an answer that was given but did not arrive is given again, so that nobody is asked twice.
 */
export class Answers {
  private readonly kept = new Map<string, Kept>();
  private keptUnits = 0;

  /** The answer to a request. Only the very same request under the same id is taken for one that came before. */
  ask(id: string, request: HookRequest, judge: (signal: AbortSignal) => Promise<HookAnswer>): Waiter {
    const key = `${id} ${createHash('sha256').update(JSON.stringify(request)).digest('hex')}`;
    const before = this.kept.get(key);
    // One that was withdrawn ends with a refusal that was meant for somebody who has gone.
    const one = before === undefined || before.withdrawal.signal.aborted ? this.begin(key, id, judge) : before;
    one.waiters += 1;
    if (one.size === undefined) clearTimeout(one.timer);
    let left = false;
    const leave = (again: boolean): void => {
      if (left) return;
      left = true;
      one.waiters -= 1;
      if (one.waiters > 0 || one.size !== undefined) return;
      if (again) one.timer = setTimeout(() => one.withdrawal.abort('agent gone' satisfies Withdrawal), ASKED_AGAIN_MS);
      else one.withdrawal.abort('agent gone' satisfies Withdrawal);
    };
    return { answer: one.answer, leave };
  }

  /** The agent has gone: nobody will ask anew. */
  withdraw(id: string): void {
    for (const one of this.kept.values()) if (one.id === id) one.withdrawal.abort('agent gone' satisfies Withdrawal);
  }

  /** Ends all questions. */
  close(): void {
    for (const { withdrawal, timer } of this.kept.values()) {
      clearTimeout(timer);
      withdrawal.abort('editor closed' satisfies Withdrawal);
    }
  }

  /** Forgets answers that were given: what was right before may not be any more. */
  forgetGiven(): void {
    for (const [key, one] of this.kept) if (one.size !== undefined) this.forget(key, one);
  }

  private begin(key: string, id: string, judge: (signal: AbortSignal) => Promise<HookAnswer>): Kept {
    const withdrawal = new AbortController();
    const one: Kept = { id, withdrawal, answer: judge(withdrawal.signal), waiters: 0, size: undefined, timer: undefined };
    this.kept.set(key, one);
    one.answer = one.answer.then((answer) => {
      this.settle(key, one, answer.stdout.length + answer.stderr.length);
      return answer;
    }, (error: unknown) => {
      this.forget(key, one);
      throw error;
    });
    // Whoever waits sees it too.
    one.answer.catch(() => undefined);
    return one;
  }

  private settle(key: string, one: Kept, size: number): void {
    clearTimeout(one.timer);
    if (one.withdrawal.signal.aborted || this.kept.get(key) !== one) {
      this.forget(key, one);
      return;
    }
    one.size = size;
    this.keptUnits += size;
    one.timer = setTimeout(() => this.forget(key, one), KEPT_MS).unref();
    for (const [oldKey, old] of this.kept) {
      if (this.keptUnits <= MOST_KEPT_UNITS) break;
      if (old.size !== undefined) this.forget(oldKey, old);
    }
  }

  private forget(key: string, one: Kept): void {
    clearTimeout(one.timer);
    if (this.kept.get(key) !== one) return;
    this.kept.delete(key);
    this.keptUnits -= one.size ?? 0;
  }
}
