// The program that agents call before each action. Whatever happens in here, an action runs only after an answer that says so:
// the exit code is a refusal from the first line on.
import type { HookAnswer } from './agents/adapter.ts';
import { TERMINAL_GUARD } from './agents/terminal-guard.ts';
import { MASK } from './core/shell/mask-word.ts';
import { MAX_ENV, MAX_PAYLOAD, sizeOfEnv } from './gate/bounds.ts';
import { askGate, askStandby, forgetStandby, type GateResult } from './gate/client.ts';
import { loadEngine } from './gate/engine-loader.ts';
import { callerEnvironment, NotUtf8, payloadText, UNNAMED } from './gate/hook-call.ts';
import { maskStdin } from './gate/mask-stdin.ts';
import type { HookRequest } from './gate/protocol.ts';
import { startStandby } from './gate/standby-start.ts';
import { locateState, type State } from './gate/state.ts';
import { STAND_IN } from './terminal/stand-in-variables.ts';

const REFUSED = 2;
process.exitCode = REFUSED;

const STDIN_MS = 10_000;
const MAX_STDIN_BYTES = 16_777_216;
const PARENT_CHECK_MS = 500;
/** Where the launcher has not said how long the agent waits. */
const USUAL_SECONDS = 60;

const [, , agent = UNNAMED, event] = process.argv;

/** What is to be started for the hooks after this one. */
let leaveBehind = async (): Promise<void> => undefined;

/** Input that cannot be judged; `message` is fit for the agent. */
class UnusableInput extends Error {
  override readonly name = 'UnusableInput';
}

/** With an editor running this is a messenger, and loads nothing more. */
async function main(): Promise<HookAnswer> {
  if (agent === '') throw new UnusableInput('The hook was called without the name of an agent that Interlock knows.');
  const payload = await readStdin();
  const request = readRequest(payload);
  const state = locateState();
  if (payload.length > MAX_PAYLOAD) {
    const passed = (await loadEngine()).passLarge(state, request);
    if (passed !== undefined) return passed;
    throw new UnusableInput('The request is too large to be looked into. Do it in smaller steps.');
  }
  return answerTo(request, state);
}

async function answerTo(request: HookRequest, state: State): Promise<HookAnswer> {
  const result = await ask(request, state);
  if ('answer' in result) return result.answer;
  // The terminal guard asks from inside an agent's shell, where a sandbox may show less of this machine than there is.
  if (result.failure === 'no editor' && request.agent !== TERMINAL_GUARD) leaveBehind = () => startStandby(state);
  return (await loadEngine()).answerAlone(state, request, result.failure);
}

/** For a batch file on the PATH of an agent on Windows. */
async function standIn(): Promise<number> {
  const { standInFor } = await import('./gate/stand-in.ts');
  return standInFor(process.argv.slice(3), { env: process.env, cwd: currentFolder(), ask: (request) => answerTo(request, locateState()), say: (text) => process.stderr.write(text) });
}

/** Goes on from where `messenger.pl` had to stop: what was asked without a usable answer is not asked a second time. */
async function ask(request: HookRequest, state: State): Promise<GateResult> {
  const soFar = process.env['INTERLOCK_SO_FAR'];
  if (soFar === 'no answer in time' || soFar === 'unusable answer') return { failure: soFar };
  const now = Date.now();
  const since = Number(process.env['INTERLOCK_SINCE']) * 1000;
  const seconds = Number(process.env['INTERLOCK_SECONDS']) || USUAL_SECONDS;
  const id = process.env['INTERLOCK_REQUEST'];
  const options = { state, deadline: (since > 0 && since < now ? since : now) + seconds * 1000, ...(id === undefined ? {} : { id }) };
  if (soFar === 'standby hangs') forgetStandby(state);
  const result = await askGate(request, { ...options, lost: soFar === 'connection lost' });
  if ('answer' in result || result.failure !== 'no editor' || soFar === 'no standby' || soFar === 'standby hangs') return result;
  const answer = await askStandby(request, options);
  return answer === undefined ? result : { answer };
}

function readRequest(payload: string): HookRequest {
  const env = callerEnvironment(Object.entries(process.env));
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
        resolve(payloadText(Buffer.concat(chunks)));
      } catch (error) {
        reject(error);
      }
    });
  });
}

/** A deny in the agent's own way, or in the one that every agent takes for a deny. */
async function denyFor(error: unknown): Promise<HookAnswer> {
  const why = error instanceof UnusableInput || error instanceof NotUtf8 ? error.message : 'Something failed inside Interlock’s hook.';
  try {
    return (await loadEngine()).denyUnread(agent, why);
  } catch {
    return { stdout: '', stderr: `Interlock could not judge this, so it was not run. ${why}\n`, exitCode: REFUSED };
  }
}

/** Ends the process once all is written. An answer that could not be written in full is a refusal. */
function finish({ stdout, stderr, exitCode }: HookAnswer): void {
  process.stderr.write(stderr, () => {
    process.stdout.write(stdout, (error) => void leaveBehind().finally(() => process.exit(error ? REFUSED : exitCode)));
  });
}

process.stdout.on('error', () => process.exit(REFUSED));
process.stderr.on('error', () => undefined);
process.on('uncaughtException', (error) => void denyFor(error).then(finish));
// An agent that gives up ends the launcher, which leaves this program behind with a question nobody waits for.
const parent = Number(process.env['INTERLOCK_LAUNCHER']) || process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(REFUSED);
}, PARENT_CHECK_MS).unref();

if (process.argv[2] === MASK) maskStdin(locateState(), currentFolder()).then(() => process.stdout.write('', () => process.exit(0)), () => process.exit(REFUSED));
else if (agent === STAND_IN) standIn().then((code) => process.exit(code), () => process.exit(REFUSED));
else main().catch(denyFor).then(finish, () => process.exit(REFUSED));
