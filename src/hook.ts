// The program that agents call before each action. Whatever happens in here, an action runs only after an answer that says so:
// the exit code is a refusal from the first line on.
import type { Adapter, Decoded, HookAnswer } from './agents/adapter.ts';
import { adapterLoaders } from './agents/on-demand.ts';
import { answerWithoutWindow, secondsToAnswer } from './gate/answer-without-window.ts';
import { askGate } from './gate/client.ts';
import { loadEngine } from './gate/engine-loader.ts';
import { MASK } from './core/shell/mask-word.ts';
import { maskStdin } from './gate/mask-stdin.ts';
import { failure } from './gate/messages.ts';
import { loadSnapshot } from './gate/policy-snapshot.ts';
import { MAX_ENV, MAX_PAYLOAD, sizeOfEnv, type HookRequest } from './gate/protocol.ts';
import { locateState, type State } from './gate/state.ts';

const REFUSED = 2;
process.exitCode = REFUSED;

const STDIN_MS = 10_000;
/** A picture that a tool gave back may be larger than all that is looked into. */
const MAX_STDIN_BYTES = 16_777_216;
const PARENT_CHECK_MS = 500;

/** What the launcher has set, or kept of the caller's environment. */
const launcherVariables = ['INTERLOCK_HOME', 'INTERLOCK_CALLER_PATH', 'ELECTRON_RUN_AS_NODE'];

/**
 * Whose hook a call without a name is: agents that run Claude Code's hooks as well leave out what it starts them with
 * (https://docs.x.ai/build/features/hooks), and its adapter tells them apart.
 */
const UNNAMED = 'claude-code';

/** Of the agent that calls; the others are not even set up. */
let adapter: Adapter | undefined;

/** Input that cannot be judged; `message` is fit for the agent. */
class UnusableInput extends Error {
  override readonly name = 'UnusableInput';
}

async function main(): Promise<HookAnswer> {
  const name = process.argv[2] ?? UNNAMED;
  adapter = Object.hasOwn(adapterLoaders, name) ? await adapterLoaders[name]?.() : undefined;
  if (adapter === undefined) throw new UnusableInput('The hook was called without the name of an agent that Interlock knows.');
  const payload = await readStdin();
  if (payload.length > MAX_PAYLOAD && adapter.isPicture?.(payload)) return adapter.encode({ decision: 'allow' }, undefined);
  const request = readRequest(adapter.id, payload, process.argv[3]);
  const state = locateState();
  if (payload.length > MAX_PAYLOAD) return maskLarge(request, adapter, state);
  const snapshot = await loadSnapshot(state);
  const limit = secondsToAnswer(snapshot, adapter);
  const result = await askGate(request, { state, deadline: Date.now() + limit * 1000 });
  return 'answer' in result ? result.answer : answerWithoutWindow(result.failure, request, state, snapshot);
}

/** What a tool gave back may be larger than what the editor takes. It needs no answer of a person: it is masked here. */
async function maskLarge(request: HookRequest, agent: Adapter, state: State): Promise<HookAnswer> {
  const { payload, env, cwd } = request;
  if (!('encodeOutput' in agent) || !isOutput(() => agent.decode({ payload, env, cwd }))) throw new UnusableInput('The request is too large to be looked into. Do it in smaller steps.');
  const { refuseAlone } = await loadEngine();
  return refuseAlone(state, request, 'error');
}

function isOutput(decode: () => Decoded): boolean {
  try {
    return decode().kind === 'output';
  } catch {
    return false;
  }
}

function readRequest(agent: string, payload: string, event: string | undefined): HookRequest {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined && !launcherVariables.includes(name)) env[name] = value;
  const path = process.env['INTERLOCK_CALLER_PATH'];
  if (path !== undefined) env['PATH'] = path;
  if (sizeOfEnv(env) > MAX_ENV) throw new UnusableInput('The environment is too large to be looked into.');
  return { agent, payload, env, cwd: currentFolder(), pid: process.pid, ...(event === undefined ? {} : { event }) };
}

/** Empty where the folder has been removed. */
function currentFolder(): string {
  try {
    return process.cwd();
  } catch {
    return '';
  }
}

function readStdin(): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const timer = setTimeout(() => reject(new UnusableInput('The request did not arrive in time.')), STDIN_MS);
    process.stdin.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_STDIN_BYTES) reject(new UnusableInput('The request is too large to be looked into. Do it in smaller steps.'));
      else chunks.push(chunk);
    });
    process.stdin.once('error', () => reject(new UnusableInput('The request could not be read.')));
    process.stdin.once('end', () => {
      clearTimeout(timer);
      try {
        resolve(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
      } catch {
        reject(new UnusableInput('The request is not UTF-8 text.'));
      }
    });
  });
}

/** A deny in the agent's own way, for when nothing is known of the event. */
function denyFor(error: unknown): HookAnswer {
  const text = failure(error instanceof UnusableInput ? error.message : 'Something failed inside Interlock’s hook.');
  try {
    if (adapter !== undefined) return adapter.encode({ decision: 'deny', ...text }, undefined);
  } catch {
    // Said plainly below.
  }
  return { stdout: '', stderr: `${text.toAgent}\n`, exitCode: REFUSED };
}

/** Ends the process once all is written. An answer that could not be written in full is a refusal. */
function finish({ stdout, stderr, exitCode }: HookAnswer): void {
  process.stderr.write(stderr, () => {
    process.stdout.write(stdout, (error) => process.exit(error ? REFUSED : exitCode));
  });
}

process.stdout.on('error', () => process.exit(REFUSED));
process.stderr.on('error', () => undefined);
process.on('uncaughtException', (error) => finish(denyFor(error)));
// An agent that gives up ends the launcher, which leaves this program behind with a question nobody waits for.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(REFUSED);
}, PARENT_CHECK_MS).unref();

if (process.argv[2] === MASK) maskStdin(locateState(), currentFolder()).then(() => process.stdout.write('', () => process.exit(0)), () => process.exit(REFUSED));
else main().catch(denyFor).then(finish, () => process.exit(REFUSED));
