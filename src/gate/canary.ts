import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import type { Adapter, Canary, HookEnd, HookStart, InstalledHook } from '../agents/adapter.ts';
import { SHARED_LAUNCHER } from '../agents/hook-line.ts';
import { pluginHost } from '../agents/plugin-host.ts';
import { windowsStarts, type WindowsStart } from '../agents/windows-line.ts';
import { canaryName, canaryWitness, type CanaryWitness } from '../core/canary.ts';
import { type HookPlace, readConfig } from './install.ts';
import { nodeHere } from './nodes.ts';
import type { State } from './state.ts';

/** Whether an agent's hooks answer when they are run as the agent would run them. `why` is fit for a person. */
export type Life =
  | { readonly alive: true; readonly by: Exclude<CanaryWitness, 'nobody'> }
  | { readonly alive: false; readonly why: string }
  /** Nothing but the agent itself can prove it. */
  | { readonly alive: 'unknown' };

export interface CanaryOptions {
  readonly adapter: Adapter;
  readonly place: HookPlace;
  readonly platform: State['platform'];
  /** The environment the agent would run in. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder it would work in. */
  readonly cwd: string;
  /** Milliseconds that one hook has for its answer. */
  readonly limit: number;
}

/** What a program says and how it ended, or why it could not be started or was not waited for. */
type Run = HookEnd | 'no answer in time' | { readonly failed: string };

const MOST_OUTPUT = 65_536;
/** What a shell ends with where it cannot start a program. */
const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;
const LONGEST_SAID = 160;
const startFailures: Readonly<Record<string, string>> = { ENOENT: 'its program is not there', EACCES: 'its program cannot be executed' };

/**
 * Runs each of our hooks in the agent's file with a canary in place of an action. Alive is what refuses it with the canary's own answer:
 * then the line, the launcher, the hook, the gate and the decision are all there. Never rejects.
 */
export async function proveAlive(options: CanaryOptions): Promise<Life> {
  const { canary } = options.adapter;
  const { installation, launcher } = options.place;
  if (canary === undefined || installation.hooks === undefined) return { alive: 'unknown' };
  let hooks: readonly InstalledHook[];
  try {
    const text = await readConfig(installation.file);
    if (text === undefined) return { alive: false, why: `${installation.file} is not there.` };
    if (!installation.isInstalled(text, launcher)) return { alive: false, why: `Interlock's entries in ${installation.file} are missing or were changed.` };
    hooks = installation.hooks(text, launcher);
  } catch (error) {
    return { alive: false, why: `${installation.file} cannot be read: ${error instanceof Error ? error.message : 'the reason is not known.'}` };
  }
  if (hooks.length === 0) return { alive: false, why: `No hook of Interlock was found in ${installation.file}.` };
  const lives = await Promise.all(hooks.map((hook) => proveHook(hook, canary, installation.file, options)));
  return lives.find(({ alive }) => alive === false) ?? lives.find((life) => life.alive === true && life.by === 'no editor') ?? (lives[0] as Life);
}

async function proveHook(hook: InstalledHook, canary: Canary, file: string, options: CanaryOptions): Promise<Life> {
  const name = canaryName(randomBytes(16).toString('hex'));
  const lives: Life[] = [];
  for (const request of canary.requests(hook.event, name, options.cwd)) {
    for (const command of await commandsOf(hook.start, options)) {
      const run = await runHook(command, canary, JSON.stringify(request), { ...options, cwd: canary.besideFile && options.place.launcher !== SHARED_LAUNCHER ? dirname(file) : options.cwd });
      lives.push(lifeOf(run, canary, hook.event, name));
    }
  }
  return lives.find(({ alive }) => alive !== true) ?? lives[0] ?? { alive: 'unknown' };
}

/** What a hook's end says of its life, read as the agent reads it. */
export function lifeOf(run: Run, canary: Pick<Canary, 'refusal'>, event: string, name: string): Life {
  const dead = (why: string): Life => ({ alive: false, why: `The hook for ${event} ${why}` });
  if (run === 'no answer in time') return dead('did not answer in time.');
  if ('failed' in run) return dead(`could not be started: ${startFailures[run.failed] ?? run.failed}.`);
  const reason = canary.refusal ? canary.refusal(run, event) : run.exitCode === 2 ? run.stderr : undefined;
  const by = reason === undefined ? undefined : canaryWitness(reason, name);
  if (by === 'nobody') return dead('reached no window: the editor did not answer it.');
  if (by !== undefined) return { alive: true, by };
  if (run.exitCode === NOT_FOUND) return dead(`could not be started: its program is not there.${saidBy(run)}`);
  if (run.exitCode === NOT_EXECUTABLE) return dead(`could not be started: its program cannot be executed.${saidBy(run)}`);
  if (reason !== undefined) return dead(`refuses everything, because it does not work.${saidBy({ ...run, stdout: reason || run.stdout })}`);
  return dead(`${run.exitCode === undefined ? 'was killed' : run.exitCode === 0 ? 'gave an answer that lets actions through' : `ended with code ${run.exitCode}`}.${saidBy(run)}`);
}

function saidBy({ stderr, stdout }: HookEnd): string {
  const said = (stderr.trim() || stdout.trim()).replaceAll(/\s+/g, ' ');
  return said === '' ? '' : ` It said: ${said.length > LONGEST_SAID ? `${said.slice(0, LONGEST_SAID)}…` : said}`;
}

async function runHook({ env, ...command }: Command, canary: Canary, input: string, options: CanaryOptions): Promise<Run> {
  return run(command, input, { cwd: options.cwd, env: { ...agentEnv(options.env), PWD: options.cwd, ...canary.env?.(options.cwd), ...env }, limit: options.limit });
}

interface Command extends WindowsStart {
  readonly env?: Readonly<Record<string, string>>;
}

/** What the agent would start; several where it is not known by which shell. */
async function commandsOf(start: HookStart, { adapter: { canary, windows }, platform }: CanaryOptions): Promise<readonly Command[]> {
  if ('program' in start) return [start];
  if ('plugin' in start) return [{ program: await nodeHere(platform), args: ['-e', pluginHost(canary?.plugin ?? ''), start.plugin], env: nodeAlone }];
  if (platform === 'windows') return windowsStarts(start.line, windows?.shell ?? 'unknown');
  const [program = '', ...args] = canary?.shell ?? ['/bin/sh', '-c'];
  return [{ program, args: [...args, start.line] }];
}

/** The editor's program as Node, without what somebody has Node load besides: the agents' own runtimes would not. */
const nodeAlone = { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' };

/** The editor's environment without what only programs of the editor get. */
function agentEnv(env: CanaryOptions['env']): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && !/^(?:VSCODE_|ELECTRON_|INTERLOCK_)/.test(entry[0])));
}

function run({ program, args, verbatim }: WindowsStart, input: string, { cwd, env, limit }: { readonly cwd: string; readonly env: Record<string, string>; readonly limit: number }): Promise<Run> {
  return new Promise((resolve) => {
    // A group of its own: what the shell has started must end with it.
    const child = spawn(program, args, { cwd, env, detached: process.platform !== 'win32', windowsHide: true, windowsVerbatimArguments: verbatim === true });
    const timer = setTimeout(() => {
      kill(child.pid);
      resolve('no answer in time');
    }, limit);
    const written = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        if (written[stream].length < MOST_OUTPUT) written[stream] += text;
      });
    }
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve({ failed: 'code' in error && typeof error.code === 'string' ? error.code : error.message });
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ ...written, exitCode: code ?? undefined });
    });
    // It may end without reading.
    child.stdin.on('error', () => undefined).end(input);
  });
}

function kill(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}
