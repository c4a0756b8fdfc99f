import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { Adapter, HookAnswer } from '../../agents/adapter.ts';
import { adapter as acp } from '../../agents/acp.ts';
import { adapter as mcp } from '../../agents/mcp.ts';
import { ProxyAnswer as Answer } from '../../agents/proxy-answer.ts';
import { answerWithoutWindow, secondsToAnswer } from '../answer-without-window.ts';
import { askGate } from '../client.ts';
import { loadEngine } from '../engine-loader.ts';
import { failure } from '../messages.ts';
import { loadSnapshot } from '../policy-snapshot.ts';
import { MAX_ENV, MAX_PAYLOAD, sizeOfEnv } from '../bounds.ts';
import type { HookRequest } from '../protocol.ts';
import { locateState, type State } from '../state.ts';
import { JsonLines } from './json-lines.ts';
import { AcpProxy } from './acp-proxy.ts';
import { McpProxy } from './mcp-proxy.ts';
import type { Proxy, ProxyAnswer, ProxyPorts } from './ports.ts';
import { startServer, type Ending, type ServerProcess } from './server-process.ts';

export interface ProxyOptions {
  /** The name under which the person knows it. */
  readonly name?: string;
  /** The program behind the proxy and its arguments. */
  readonly command: readonly string[];
}

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const OUTPUT_MS = 20_000;
const NOT_STARTED = 127;

/** A protocol that a proxy speaks: who answers for it in the gate, and what stands between its two sides. */
interface Protocol<Deed> {
  readonly adapter: Adapter;
  readonly between: (ports: ProxyPorts<Deed>) => Proxy;
}

/** Who does something, and what: what the adapter of the protocol decodes. */
interface Asked<Deed> {
  readonly session: string;
  readonly server: string;
  readonly cwd: string;
  readonly does: Deed;
  readonly output?: unknown;
}

/** Runs a server of the Model Context Protocol behind the gate. */
export function runMcp(options: ProxyOptions): Promise<Ending> {
  return run({ adapter: mcp, between: (ports) => new McpProxy(ports) }, options);
}

/** Runs an agent of the Agent Client Protocol behind the gate. */
export function runAcp(options: ProxyOptions): Promise<Ending> {
  return run({ adapter: acp, between: (ports) => new AcpProxy(ports) }, options);
}

/**
 * Runs a program behind the gate, speaking for it on standard input and output.
 * @returns how the program ended; this one should end the same way
 */
async function run<Deed>(protocol: Protocol<Deed>, { name, command }: ProxyOptions): Promise<Ending> {
  const server = startServer(command);
  for (const signal of SIGNALS) process.on(signal, () => server.kill(signal));
  const connection = connect(protocol, server, { server: name ?? nameOf(command), session: randomUUID(), cwd: process.cwd() });
  try {
    const ending = await server.ended;
    await connection;
    return ending;
  } catch (error) {
    process.stderr.write(`interlock: ${command[0]} could not be started: ${error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'}\n`);
    return { code: NOT_STARTED };
  } finally {
    for (const signal of SIGNALS) process.removeAllListeners(signal);
    process.stdin.destroy();
  }
}

/** Resolves when the server has said all. */
async function connect<Deed>({ adapter, between }: Protocol<Deed>, server: ServerProcess, who: Omit<Asked<Deed>, 'does' | 'output'>): Promise<void> {
  const proxy = between({
    toClient: (line) => write(process.stdout, line),
    toServer: (line) => write(server.input, line),
    ask: (does, signal) => ask(adapter, { ...who, does }, signal),
    mask: (does, output) => ask(adapter, { ...who, does, output }, new AbortController().signal),
    fail: (why) => {
      process.stderr.write(`interlock: ${why}\n`);
      server.kill('SIGKILL');
    },
  });
  const over = (): void => {
    proxy.close();
    server.end();
  };
  process.stdout.on('error', over);
  lines(process.stdin, (line) => proxy.fromClient(line)).then(over, over);
  await lines(server.output, (line) => proxy.fromServer(line));
}

/** Reads one line at a time, so that what nobody takes piles up with its sender. */
async function lines(from: Readable, take: (line: Buffer | undefined) => Promise<void>): Promise<void> {
  const split = new JsonLines();
  for await (const piece of from) for (const line of split.push(piece as Buffer)) await take(line);
}

/** Resolves once more may be written; also where nobody reads any more, which is noticed elsewhere. */
function write(to: Writable, line: Buffer): Promise<void> {
  return new Promise((resolve) => {
    if (!to.writable) resolve();
    else to.write(line, () => resolve());
  });
}

/** Asks as a hook does. Never rejects. */
async function ask<Deed>(adapter: Adapter, asked: Asked<Deed>, signal: AbortSignal): Promise<ProxyAnswer> {
  try {
    const request: HookRequest = { agent: adapter.id, payload: JSON.stringify(asked), env: environment(), cwd: asked.cwd, pid: process.pid };
    return readAnswer('output' in asked ? await maskedAnswer(adapter, request) : await answer(adapter, request, signal));
  } catch {
    return { decision: 'deny', why: failure('Something failed inside Interlock’s proxy.').toAgent };
  }
}

async function answer(adapter: Adapter, request: HookRequest, signal: AbortSignal): Promise<HookAnswer> {
  if (request.payload.length > MAX_PAYLOAD) return adapter.encode({ decision: 'deny', ...failure('The call is too large to be looked into. Do it in smaller steps.') }, undefined);
  if (sizeOfEnv(request.env) > MAX_ENV) return adapter.encode({ decision: 'deny', ...failure('The environment is too large to be looked into.') }, undefined);
  const state = locateState();
  const snapshot = await loadSnapshot(state);
  const result = await askGate(request, { state, deadline: Date.now() + secondsToAnswer(snapshot, adapter) * 1000, signal });
  return 'answer' in result ? result.answer : answerWithoutWindow(result.failure, request, state);
}

/** A window knows secrets best; what it cannot take, or does not answer soon, is searched here. */
async function maskedAnswer(adapter: Adapter, request: HookRequest): Promise<HookAnswer> {
  const state = locateState();
  if (request.payload.length <= MAX_PAYLOAD) {
    const result = await askGate(request, { state, deadline: Date.now() + OUTPUT_MS });
    if ('answer' in result) return result.answer;
  }
  return searchedAlone(adapter, request, state);
}

async function searchedAlone(adapter: Adapter, request: HookRequest, state: State): Promise<HookAnswer> {
  const [snapshot, { judgeAlone }] = await Promise.all([loadSnapshot(state), loadEngine()]);
  return 'problem' in snapshot ? adapter.encode({ decision: 'deny', ...failure(snapshot.problem) }, undefined) : judgeAlone(state, request, snapshot);
}

function readAnswer({ stdout, stderr }: HookAnswer): ProxyAnswer {
  try {
    return Answer.parse(JSON.parse(stdout));
  } catch {
    return { decision: 'deny', why: stderr.trim() || failure('The answer cannot be used.').toAgent };
  }
}

function environment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** Programs that run another one. */
const runners = /^(?:npx|npm|pnpm|pnpx|yarn|bunx?|node|deno|tsx|uvx?|pipx|python[\d.]*|docker|podman|run|exec|dlx|tool|x|-{1,2}.*|\w+=.*)$/;

/** What the program is called: the first word of its command that names more than what runs it. Never an address, which may hold a password. */
export function nameOf(command: readonly string[]): string {
  const word = command.map((each) => basename(each)).find((each, at) => each !== '' && !runners.test(each) && !(command[at] ?? '').includes('://'));
  return (word ?? basename(command[0] ?? 'server')).replace(/\.(?:[cm]?[jt]s|py|exe|cmd)$/, '').replace(/(?<=.)@[\w.^~-]+$/, '').slice(0, 100);
}
