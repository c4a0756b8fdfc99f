import { request as startRequest } from 'node:http';
import { after, type TestContext } from 'node:test';
import { askGate, type GateResult } from '../../../src/gate/client.ts';
import type { Room } from '../../../src/gate/gate-http.ts';
import type { JudgeServices } from '../../../src/gate/judge.ts';
import type { HookRequest } from '../../../src/gate/protocol.ts';
import { startGate, type Gate } from '../../../src/gate/server.ts';
import type { State } from '../../../src/gate/state.ts';
import { services, temporaryState, TestAsker } from './gate-fixture.ts';

const removals: (() => void)[] = [];
after(() => removals.forEach((remove) => remove()));

/** A state folder that goes with the tests. */
export function fresh(): State {
  const { state, remove } = temporaryState();
  removals.push(remove);
  return state;
}

/** A window of the editor, as far as the gate knows it. */
export interface Window {
  readonly gate: Gate;
  readonly asker: TestAsker;
  readonly used: ReturnType<typeof services>;
  folders: readonly string[];
  focused: boolean;
}

/** Opens a window that closes with the test. */
export async function open(t: TestContext, state: State, { folders = ['/work'], focused = false, answer, given = {}, checkEvery = 60_000, room }: { folders?: readonly string[]; focused?: boolean; answer?: 'allow' | 'deny'; given?: Partial<JudgeServices>; checkEvery?: number; room?: Room } = {}): Promise<Window> {
  const asker = new TestAsker(answer);
  const used = services({ asker, ...given });
  const window: { -readonly [Key in keyof Window]: Window[Key] } = { asker, used, folders, focused, gate: undefined as unknown as Gate };
  window.gate = await startGate({ state, folders: () => window.folders, focused: () => window.focused, services: used, checkEvery, ...(room ? { room } : {}) });
  t.after(() => window.gate.close());
  return window;
}

/** Asks as a hook program does. */
export const ask = (state: State, request: HookRequest, { within = 20_000, signal }: { within?: number; signal?: AbortSignal } = {}): Promise<GateResult> => askGate(request, { state, deadline: Date.now() + within, ...(signal ? { signal } : {}) });

/** `allow`, `deny` or why there was no answer. */
export function said(result: GateResult): string {
  return 'failure' in result ? result.failure : result.answer.exitCode === 0 ? 'allow' : 'deny';
}

export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((done) => setTimeout(done, 5));
}

/** Sends a request as any program can. */
export function raw(socketPath: string, method: string, path: string, body: string, headers: Readonly<Record<string, string>> = {}): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    const request = startRequest({ socketPath, method, path, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.once('end', () => resolve({ status: response.statusCode, text }));
    });
    request.once('error', reject);
    request.end(body);
  });
}
