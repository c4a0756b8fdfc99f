import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { HookAnswer } from '../agents/adapter.ts';
import { ID_HEADER } from './bounds.ts';
import { isProven, PROOF_HEADER } from './gate-key.ts';
import { NotConnected, send, type Reply } from './http-json.ts';
import type { HookRequest } from './protocol.ts';
import { isRunFolderSafe, standbySocket, windowSockets, type State } from './state.ts';

/** Why the gate gave no answer. */
export type GateFailure = 'no editor' | 'editor closed' | 'no answer in time' | 'unusable answer';

export type GateResult = { readonly answer: HookAnswer } | { readonly failure: GateFailure };

export interface AskOptions {
  readonly state: State;
  /** Milliseconds since the epoch after which no answer counts. */
  readonly deadline: number;
  readonly now?: () => number;
  /** The same however often a request is asked: a window that has the question open already does not open it again. */
  readonly id?: string;
  /** True when a window has gone away already while it had the request. */
  readonly lost?: boolean;
  /** Aborts when nobody wants the answer any more. */
  readonly signal?: AbortSignal;
}

/** How long another window has for taking the place of one that is gone, and how long at most while one is there: the machine may be busy. */
const HANDOVER_MS = 1_500;
const LONGEST_HANDOVER_MS = 10_000;
const RETRY_MS = 25;
/** How long to stay away from a window that has no room. */
const BUSY_MS = 100;
const BUSY = 503;
/** A window that goes away with each request is the request's doing. */
const MOST_LOSSES = 5;
const ALIVE_MS = 500;
const LONGEST_STANDBY_MS = 30_000;

/** Asks the window that answers agents. When that window goes while the question is open, the next one is asked. Never rejects. */
export async function askGate(request: HookRequest, options: AskOptions): Promise<GateResult> {
  const { state, deadline, now = Date.now, id = randomUUID(), lost = false, signal } = options;
  if (!isRunFolderSafe(state)) return { failure: lost ? 'editor closed' : 'no editor' };
  const stop = new AbortController();
  const end = (): void => stop.abort(new Error('no answer in time'));
  const timer = setTimeout(end, Math.max(0, deadline - now()));
  signal?.addEventListener('abort', end, { once: true });
  if (signal?.aborted) end();
  try {
    return await askUntil(JSON.stringify(request), stop.signal, { state, now, id, lost });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
}

async function askUntil(body: string, until: AbortSignal, { state, now, id, lost }: { readonly state: State; readonly now: () => number; readonly id: string; readonly lost: boolean }): Promise<GateResult> {
  let losses = lost ? 1 : 0;
  let handoverBegan = lost ? now() : undefined;
  let handoverEnds = lost ? now() + HANDOVER_MS : undefined;
  while (!until.aborted) {
    try {
      const reply = await send(state.socket, 'POST', '/v1/hook', body, until, { [ID_HEADER]: id });
      if (reply.status !== BUSY) return usable(reply, id, state);
      await pause(BUSY_MS * (1 + Math.random()));
    } catch (error) {
      if (until.aborted) break;
      if (!(error instanceof NotConnected)) {
        losses += 1;
        handoverBegan = now();
        handoverEnds = handoverBegan + HANDOVER_MS;
      }
      handoverBegan ??= now();
      // Without an editor there is nothing to wait for, and every agent would feel the wait.
      if (now() >= (handoverEnds ?? 0) && now() < handoverBegan + LONGEST_HANDOVER_MS && (await isAnyWindowThere(state))) handoverEnds = now() + HANDOVER_MS;
      if (now() >= (handoverEnds ?? 0) || losses > MOST_LOSSES) return { failure: losses > 0 ? 'editor closed' : 'no editor' };
      await pause(RETRY_MS);
    }
  }
  return { failure: 'no answer in time' };
}

/**
 * Asks the program that stands by while no editor runs, which answers by the last policy as this process would, with everything loaded
 * already. Undefined where none does, or not usably: nobody was asked, so this process judges itself. Never rejects.
 */
export async function askStandby(request: HookRequest, { state, deadline, id = randomUUID() }: Pick<AskOptions, 'state' | 'deadline' | 'id'>): Promise<HookAnswer | undefined> {
  if (!isRunFolderSafe(state)) return undefined;
  const until = AbortSignal.timeout(standbyLimit(Math.max(0, deadline - Date.now())));
  try {
    const result = usable(await send(standbySocket(state), 'POST', '/v1/hook', JSON.stringify(request), until, { [ID_HEADER]: id }), id, state);
    return 'answer' in result ? result.answer : undefined;
  } catch {
    if (until.aborted) forgetStandby(state);
    return undefined;
  }
}

/** Of the time there is, what one that stands by may take: no person is asked there, and this process needs time too. Milliseconds. */
function standbyLimit(left: number): number {
  return Math.min(Math.floor(left / 2), LONGEST_STANDBY_MS);
}

/** One that hangs is not found any more, and ends once it looks; the next hook starts another. */
export function forgetStandby(state: State): void {
  if (state.platform === 'posix') rmSync(standbySocket(state), { force: true });
}

/** What whoever listened has said; nothing where they cannot have been a window. */
function usable({ status, text, headers }: Reply, id: string, state: State): GateResult {
  const proof = headers[PROOF_HEADER];
  if (status !== 200 || !isProven(state, 'answer', `${id}\n${text}`, typeof proof === 'string' ? proof : undefined)) return { failure: 'unusable answer' };
  const answer = answerIn(text);
  return answer === undefined ? { failure: 'unusable answer' } : { answer };
}

/** By hand: a library that describes shapes takes longer to load than all else a hook does while an editor runs. */
function answerIn(text: string): HookAnswer | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { stdout, stderr, exitCode } = value as Partial<Record<keyof HookAnswer, unknown>>;
  if (typeof stdout !== 'string' || typeof stderr !== 'string' || typeof exitCode !== 'number') return undefined;
  return Number.isInteger(exitCode) && exitCode >= 0 && exitCode <= 255 ? { stdout, stderr, exitCode } : undefined;
}

/** Windows that follow still listen on sockets of their own while none leads. */
async function isAnyWindowThere(state: State): Promise<boolean> {
  const answers = windowSockets(state).map((socket) => send(socket, 'GET', '/v1/status', '', AbortSignal.timeout(ALIVE_MS)).then(() => true, (error: unknown) => !(error instanceof NotConnected)));
  return (await Promise.all(answers)).includes(true);
}
