import { randomBytes, randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Action } from '../core/action.ts';
import { Answers } from './answers.ts';
import { type Asked, closeServer, createGateServer, listen, type Room, sendProven } from './gate-http.ts';
import { ensureGateKey, proofOf } from './gate-key.ts';
import { judge, type JudgeServices } from './judge.ts';
import { createLeadership } from './leadership.ts';
import { placesOf } from './places.ts';
import type { Asker } from './ports.ts';
import type { GateStatus, HookRequest, WindowRegistration } from './protocol.ts';
import { realPath } from './real-path.ts';
import { createState, windowSocket, type State } from './state.ts';
import { isHeld } from './windows.ts';

export interface GateOptions {
  readonly state: State;
  /** This window's own socket; made up where not given. */
  readonly windowSocket?: string;
  /** Absolute paths of the window's workspace folders, as they are now. */
  readonly folders: () => readonly string[];
  /** True while the window has the focus. */
  readonly focused: () => boolean;
  readonly services: JudgeServices;
  /** One line for a log, without any secret. */
  readonly log?: (line: string) => void;
  /** Milliseconds between two looks at whether the well-known socket still leads here. */
  readonly checkEvery?: number;
  /** What is held of hooks' requests at once; those that find no room come again. */
  readonly room?: Room;
}

export interface Gate {
  /** This window's own socket. */
  readonly socket: string;
  /** True while this window answers the well-known socket. */
  leads(): boolean;
  /** To be called when the folders or the focus of the window have changed. */
  update(): void;
  /** The windows as this one knows them. */
  status(): GateStatus;
  /** Makes room for another window to lead. What waits is asked there; without another it is answered with a denial that says the editor closed. */
  close(): Promise<void>;
}

/** What a closing window waits for its last answers to be read; the editor gives it five seconds in all. */
const LAST_ANSWERS_MS = 2_000;
const CHECK_EVERY_MS = 15_000;
/** Places of one request that are compared with windows' folders. */
const MOST_PLACES = 16;

/**
 * Listens for hook programs on this window's socket and, when no other window does, on the well-known one.
 * @throws UnsafeState when the sockets' folder is not this person's alone.
 */
export async function startGate(options: GateOptions): Promise<Gate> {
  const { state, log = () => undefined } = options;
  await createState(state);
  ensureGateKey(state);
  const id = randomUUID();
  const socket = options.windowSocket ?? windowSocket(state, randomBytes(2).toString('hex'));
  const answers = new Answers();
  const waiting = new Set<ServerResponse>();
  let focusedAt = 0;
  let closing = false;

  /** Where a folder really is, as long as it stays open. */
  const known = new Map<string, string>();
  const folders = (): string[] => options.folders().map((folder) => known.get(folder) ?? remembered(folder, known));

  const self = (): WindowRegistration => {
    if (options.focused()) focusedAt = options.services.now();
    return { id, pid: process.pid, socket, folders: folders(), focusedAt };
  };
  const { asker } = options.services;
  const services: JudgeServices = asker === undefined ? options.services : { ...options.services, asker: saying(asker, (action) => !isHeld(real([action.cwd, ...action.workspaceRoots]), folders(), state.platform)) };

  const answerHere = async ({ request, id, passedOn }: Asked, response: ServerResponse): Promise<void> => {
    const { answer, leave } = answers.ask(id, request, (signal) => judge(request, services, signal));
    waiting.add(response);
    response.once('close', () => {
      waiting.delete(response);
      if (!response.writableFinished) leave(passedOn);
    });
    if (closing) answers.close();
    const text = JSON.stringify(await answer);
    sendProven(response, text, proofOf(state, 'answer', `${id}\n${text}`));
  };
  // What was allowed a moment ago is not any more.
  const unwatch = services.sessions.onChange(() => {
    if (services.sessions.isStopped()) answers.forgetGiven();
  });

  const leadership = createLeadership({ state, self, answerHere, withdrawn: (request) => answers.withdraw(request), placesOf: (request: HookRequest) => real(placesOf(request, services.adapters)), tell: (what: string) => void services.recorder.record({ type: 'configuration', what, by: 'interlock' }).catch(() => undefined), log, checkEvery: options.checkEvery ?? CHECK_EVERY_MS, ...(options.room === undefined ? {} : { room: options.room }) });
  const status = (): GateStatus => ({ id, pid: process.pid, leads: leadership.leads(), windows: [self(), ...leadership.followers()] });
  const sayStatus = (request: string, response: ServerResponse): void => {
    const text = JSON.stringify(status());
    sendProven(response, text, proofOf(state, 'status', `${request}\n${text}`));
  };
  const own = await listen(socket, createGateServer({ hook: answerHere, withdrawn: (request) => answers.withdraw(request), status: sayStatus, log }, options.room));
  await leadership.start(sayStatus);

  return {
    socket,
    leads: () => leadership.leads(),
    update() {
      known.clear();
      leadership.update();
    },
    status,
    async close() {
      closing = true;
      const others = leadership.hasOthers();
      leadership.stop();
      // Whoever waits asks again, there.
      if (others) for (const response of waiting) response.destroy();
      unwatch();
      const last = [...waiting].map((response) => new Promise<void>((done) => response.once('close', done)));
      answers.close();
      await Promise.race([Promise.all(last), new Promise((done) => setTimeout(done, LAST_ANSWERS_MS).unref())]);
      await leadership.close();
      await closeServer(own);
    },
  };
}

/** Tells the person where an action would run in a folder that this window, and so every window, has not open. */
function saying(asker: Asker, isElsewhere: (action: Action) => boolean): Asker {
  return { ask: (question, signal) => asker.ask(isElsewhere(question.action) ? { ...question, elsewhere: true } : question, signal) };
}

function real(places: readonly string[]): string[] {
  return places.slice(0, MOST_PLACES).map(realPath);
}

function remembered(folder: string, known: Map<string, string>): string {
  const path = realPath(folder);
  known.set(folder, path);
  return path;
}
