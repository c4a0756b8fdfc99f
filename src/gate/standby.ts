import { rmSync } from 'node:fs';
import type { Server, ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';
import { withLock } from '../journal/lock-file.ts';
import { identityOf } from './compiled.ts';
import type { Engine } from './engine.ts';
import { type Asked, createGateServer, listen, removeStale, sendProven } from './gate-http.ts';
import { ensureGateKey, proofOf } from './gate-key.ts';
import { send, sendJson } from './http-json.ts';
import { OWN_VARIABLES, startingFile } from './standby-start.ts';
import { createState, standbySocket, type State } from './state.ts';

export interface StandbyOptions {
  readonly state: State;
  readonly loadEngine: () => Promise<Pick<Engine, 'answerAlone'>>;
  /** Milliseconds without a request after which it ends. */
  readonly idleMs?: number;
  /** Milliseconds between two looks at whether it is still wanted. */
  readonly checkEvery?: number;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly now?: () => number;
}

const IDLE_MS = 600_000;
const CHECK_EVERY_MS = 5_000;
const STATUS_MS = 2_000;
const BUSY = 503;

/**
 * Answers hooks while no editor runs, exactly as each of them would by itself, from the last policy and with nobody to ask. What is saved
 * is the time in which a process loads the rules. It holds nothing that an answer depends on: policy, secrets and sessions are read for each
 * request. It ends when nobody has asked for some minutes, when its program or its socket is replaced or removed, and it is never in an
 * editor's way, which has a socket of its own that hooks try first.
 * @returns once it has ended; at once where another stands by
 * @throws UnsafeState, LockTimeout
 */
export async function standBy(options: StandbyOptions): Promise<void> {
  const { state, idleMs = IDLE_MS, checkEvery = CHECK_EVERY_MS, env = process.env, now = Date.now } = options;
  const socket = standbySocket(state);
  const engineFile = join(dirname(state.program), 'engine.js');
  const loaded = identityOf(engineFile);
  let askedAt = now();
  let underWay = 0;

  const hook = async ({ request, id }: Asked, response: ServerResponse): Promise<void> => {
    if (current(engineFile) !== loaded || OWN_VARIABLES.some((name) => request.env[name] !== env[name])) {
      sendJson(response, BUSY, { error: 'This has to be judged by the hook itself.' });
      return;
    }
    underWay += 1;
    try {
      const text = JSON.stringify(await (await options.loadEngine()).answerAlone(state, request, 'no editor'));
      sendProven(response, text, proofOf(state, 'answer', `${id}\n${text}`));
    } finally {
      underWay -= 1;
      askedAt = now();
    }
  };
  const sayStatus = (request: string, response: ServerResponse): void => {
    const text = JSON.stringify({ pid: process.pid });
    sendProven(response, text, proofOf(state, 'status', `${request}\n${text}`));
  };

  await createState(state);
  ensureGateKey(state);
  await options.loadEngine();
  const server = await listenUnlessAnother(state, socket, createGateServer({ hook, withdrawn: () => undefined, status: sayStatus, log: () => undefined }));
  rmSync(startingFile(state), { force: true });
  if (server === undefined) return;
  // Pipes of Windows are no files, and go with the process.
  const socketNow = (): string | undefined => (state.platform === 'windows' ? undefined : current(socket));
  const own = socketNow();
  const isWanted = (): boolean => current(engineFile) === loaded && socketNow() === own && (underWay > 0 || now() - askedAt < idleMs);
  await until(() => !isWanted(), checkEvery);
  await ended(server);
}

/** Under a lock: of two that find nobody listening, the second must not remove the socket of the first. */
function listenUnlessAnother(state: State, socket: string, server: Server): Promise<Server | undefined> {
  return withLock(join(state.root, 'standby.lock'), async () => {
    const another = await send(socket, 'GET', '/v1/status', '', AbortSignal.timeout(STATUS_MS)).then(() => true, () => false);
    if (another) return undefined;
    await removeStale(socket);
    return listen(socket, server);
  });
}

/** Which file is there now; undefined where none is. */
function current(file: string): string | undefined {
  try {
    return identityOf(file);
  } catch {
    return undefined;
  }
}

function until(isOver: () => boolean, every: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (!isOver()) return;
      clearInterval(timer);
      resolve();
    }, every);
  });
}

/** What is under way is answered; no more is taken. */
function ended(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
