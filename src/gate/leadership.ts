import { randomUUID } from 'node:crypto';
import { watch } from 'node:fs';
import type { Server, ServerResponse } from 'node:http';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { withLock } from '../journal/lock-file.ts';
import { ID_HEADER } from './bounds.ts';
import { type Asked, closeServer, createGateServer, listen, removeStale, type Room } from './gate-http.ts';
import { isProven, proofOf, PROOF_HEADER, renewGateKey } from './gate-key.ts';
import { hold, NotConnected, send, sendText } from './http-json.ts';
import { GateStatus, PASSED_ON_HEADER, WindowRegistration, type HookRequest } from './protocol.ts';
import { windowSockets, type State } from './state.ts';
import { ownerOf } from './windows.ts';

export interface LeadershipOptions {
  readonly state: State;
  /** This window as it is now. */
  readonly self: () => WindowRegistration;
  /** Judges a request in this window. */
  readonly answerHere: (asked: Asked, response: ServerResponse) => Promise<void>;
  /** Nobody waits any more for this window's answer to the request of that id. */
  readonly withdrawn: (id: string) => void;
  /** Folders a request belongs to, best first. */
  readonly placesOf: (request: HookRequest) => readonly string[];
  readonly log: (line: string) => void;
  /** Writes down what the person should know. */
  readonly tell: (what: string) => void;
  readonly checkEvery: number;
  readonly room?: Room;
}

/** This window's part in answering the well-known socket: as the one that does, or as one that it passes requests to. */
export interface Leadership {
  leads(): boolean;
  /** True where there is another window that could answer in this one's place. */
  hasOthers(): boolean;
  /** The other windows, where this one leads. */
  followers(): readonly WindowRegistration[];
  /** Resolves when this window leads or is known to the one that does. */
  start(status: (id: string, response: ServerResponse) => void): Promise<void>;
  update(): void;
  /** Ends the part at once; requests under way in this window go on. */
  stop(): void;
  close(): Promise<void>;
}

interface Follower {
  readonly window: WindowRegistration;
  readonly response: ServerResponse;
}

/** A leader that says nothing for so long is taken for hung, and replaced. */
const SILENT_MS = 5_000;
const RETRY_MS = 20;
const LONGEST_RETRY_MS = 1_000;
const WITHDRAWAL_MS = 2_000;
const SOON_MS = 50;

export function createLeadership({ state, self, answerHere, withdrawn, placesOf, log, tell, checkEvery, room }: LeadershipOptions): Leadership {
  const followers = new Map<string, Follower>();
  const passedOn = new Set<ServerResponse>();
  let server: Server | undefined;
  /** The open request that tells the leader of this window. */
  let held: { readonly request: { close(): void }; readonly token: { ended: boolean } } | undefined;
  const stopping = new AbortController();
  let status: (id: string, response: ServerResponse) => void;
  let starting = true;
  let updates = Promise.resolve();

  const takePart = async (): Promise<void> => {
    for (let wait = RETRY_MS; !stopping.signal.aborted; wait = Math.min(wait * 2, LONGEST_RETRY_MS)) {
      try {
        if (!(await tryToLead())) await follow();
        return;
      } catch (error) {
        log(`no part in the gate yet: ${error instanceof Error ? error.message : 'unknown error'}`);
        await pause(wait * (1 + Math.random()));
      }
    }
  };

  /** Under a lock: of two windows that find the leader gone, the second must not remove the socket of the first. */
  const tryToLead = (): Promise<boolean> =>
    withLock(join(state.root, 'gate.lock'), async () => {
      const leader = await probe(state, state.socket);
      if (typeof leader === 'object') return false;
      if (leader === 'stranger') tell('Something that is no window of the editor listened on Interlock’s socket. It was put aside.');
      if (stopping.signal.aborted) return true;
      if (starting && !(await isAnotherThere(state, self().socket))) await renewGateKey(state);
      await removeStale(state.socket);
      server = await listen(state.socket, createGateServer({ hook: route, withdrawn, status, windows: register, log }, room));
      log('this window answers agents');
      await removeDeadWindows(state, self().socket);
      return true;
    });

  const follow = async (): Promise<void> => {
    const token = { ended: false };
    const body = JSON.stringify(self());
    const request = await hold(state.socket, '/v1/windows', body, { [PROOF_HEADER]: proofOf(state, 'window', body) ?? '' }, () => {
      token.ended = true;
      if (held?.token === token) leaderGone();
    });
    held?.request.close();
    held = { request, token };
    if (stopping.signal.aborted) request.close();
    else if (token.ended) leaderGone();
  };

  const leaderGone = (): void => {
    held = undefined;
    void takePart();
  };

  const register = (body: unknown, proof: string | undefined, response: ServerResponse): void => {
    const parsed = WindowRegistration.safeParse(body);
    if (!parsed.success || !isProven(state, 'window', JSON.stringify(body), proof)) {
      log(parsed.success ? 'somebody who does not know the key wanted to answer agents as a window' : 'a window registered in a form that is not known');
      response.writeHead(parsed.success ? 403 : 400).end();
      return;
    }
    const follower = { window: parsed.data, response };
    followers.set(parsed.data.id, follower);
    response.once('close', () => {
      if (followers.get(parsed.data.id) === follower) followers.delete(parsed.data.id);
    });
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
  };

  /** To the window it belongs to; where that one has gone, to the next. */
  const route = async (asked: Asked, response: ServerResponse): Promise<void> => {
    const { request, id } = asked;
    const places = placesOf(request);
    const gone = new AbortController();
    response.once('close', () => gone.abort(new Error('agent gone')));
    while (!gone.signal.aborted) {
      const here = self();
      const owner = ownerOf(places, [here, ...[...followers.values()].map(({ window }) => window)], state.platform);
      if (owner === undefined || owner.id === here.id) return answerHere(asked, response);
      passedOn.add(response);
      try {
        const reply = await send(owner.socket, 'POST', '/v1/hook', JSON.stringify(request), gone.signal, { [ID_HEADER]: id, [PASSED_ON_HEADER]: 'yes' });
        const proof = reply.headers[PROOF_HEADER];
        sendText(response, reply.status, reply.text, typeof proof === 'string' ? { [PROOF_HEADER]: proof } : {});
        return;
      } catch {
        // Where this window closes, the agent is still there and asks again.
        if (!gone.signal.aborted && followers.get(owner.id)?.window === owner) followers.delete(owner.id);
        if (gone.signal.aborted && !stopping.signal.aborted) await withdraw(owner.socket, id);
      } finally {
        passedOn.delete(response);
      }
    }
  };

  /**
   * The socket's file may have been removed, somebody may listen in its place, or another window may have taken this one for hung. A leader
   * that hangs keeps the connections of those it knows open, so they have to look too.
   */
  const check = async (): Promise<void> => {
    const answer = await probe(state, state.socket);
    if (stopping.signal.aborted) return;
    if (server === undefined) {
      if (held === undefined || answer === 'none' || typeof answer === 'object') return;
      log('the window that answers agents hangs');
      held.request.close();
      held = undefined;
    } else {
      if (answer === 'silent' || (typeof answer === 'object' && answer.id === self().id)) return;
      log('this window does not answer agents any more');
      const lost = server;
      server = undefined;
      // Closing would remove the socket file, which is another's by now; requests under way go on.
      if (answer === 'none') lost.close();
      else lost.unref();
      for (const { response } of followers.values()) response.end();
      followers.clear();
    }
    await takePart();
  };
  let checking = Promise.resolve();
  const checkNow = (): void => {
    checking = checking.then(check).catch(() => undefined);
  };
  const timer = setInterval(checkNow, checkEvery).unref();
  let unwatch = (): void => undefined;

  return {
    leads: () => server !== undefined,
    hasOthers: () => (server === undefined ? held !== undefined : followers.size > 0),
    followers: () => [...followers.values()].map(({ window }) => window),
    async start(given) {
      status = given;
      await takePart();
      starting = false;
      if (!stopping.signal.aborted) unwatch = watchSocket(state, checkNow);
    },
    update() {
      self();
      if (held === undefined) return;
      // Where it fails the leader has gone, which the open request notices by itself.
      updates = updates.then(() => (held === undefined ? undefined : follow())).catch(() => undefined);
    },
    stop() {
      stopping.abort();
      clearInterval(timer);
      unwatch();
      held?.request.close();
      // Their hooks ask again, through the next leader, and the next leader is one of the followers.
      for (const response of passedOn) response.destroy();
      server?.close();
      for (const { response } of followers.values()) response.end();
    },
    async close() {
      if (server !== undefined) await closeServer(server);
      server = undefined;
    },
  };
}

/** Who answers a socket: nobody, somebody who does not say so in time, somebody who is no window, or the window whose status it is. */
async function probe(state: State, socket: string): Promise<'none' | 'silent' | 'stranger' | GateStatus> {
  const id = randomUUID();
  try {
    const { text, headers } = await send(socket, 'GET', '/v1/status', '', AbortSignal.timeout(SILENT_MS), { [ID_HEADER]: id });
    const proof = headers[PROOF_HEADER];
    if (!isProven(state, 'status', `${id}\n${text}`, typeof proof === 'string' ? proof : undefined)) return 'stranger';
    return GateStatus.parse(JSON.parse(text));
  } catch (error) {
    return error instanceof NotConnected ? 'none' : 'silent';
  }
}

/** Calls back soon after something has happened to the well-known socket's file. Gives what ends that. */
function watchSocket(state: State, changed: () => void): () => void {
  if (state.platform === 'windows') return () => undefined;
  let soon: NodeJS.Timeout | undefined;
  try {
    const watcher = watch(state.run, { persistent: false }, (_, name) => {
      if (name !== basename(state.socket)) return;
      clearTimeout(soon);
      soon = setTimeout(changed, SOON_MS).unref();
    });
    // What is not noticed at once is noticed at the next look.
    watcher.on('error', () => undefined);
    return () => {
      clearTimeout(soon);
      watcher.close();
    };
  } catch {
    return () => undefined;
  }
}

/** True where another window listens, which has the key in use. */
async function isAnotherThere(state: State, own: string): Promise<boolean> {
  const answers = await Promise.all(windowSockets(state).filter((socket) => socket !== own).map((socket) => probe(state, socket)));
  return answers.some((answer) => answer === 'silent' || typeof answer === 'object');
}

/** Socket files of windows that were killed. */
async function removeDeadWindows(state: State, own: string): Promise<void> {
  await Promise.all(
    windowSockets(state)
      .filter((socket) => socket !== own)
      .map(async (socket) => {
        if ((await probe(state, socket)) === 'none') await removeStale(socket);
      }),
  );
}

/** Tells a window that the agent has gone. Where that fails the window finds out a little later. */
async function withdraw(socket: string, id: string): Promise<void> {
  await send(socket, 'POST', '/v1/withdrawn', JSON.stringify({ id }), AbortSignal.timeout(WITHDRAWAL_MS)).catch(() => undefined);
}
