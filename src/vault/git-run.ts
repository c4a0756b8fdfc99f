import { spawn } from 'node:child_process';
import { KeepFailed } from '../core/keeping.ts';
import { endGroup } from './process-group.ts';

export interface GitAnswer {
  readonly status: number;
  readonly output: Buffer;
}

export interface GitCall {
  readonly input?: string | Buffer;
  /** Variables of git's own: another index. */
  readonly env?: Readonly<Record<string, string>>;
  readonly limitMs?: number;
}

const LIMIT_MS = 10_000;
const LARGEST_OUTPUT = 128 * 1024 * 1024;

/** A repository's own configuration must not start programs while its work is saved, nor may anything ask for a password. */
const quiet = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.quotePath=false', '-c', 'core.askPass=', '-c', 'submodule.recurse=false', '-c', 'fetch.recurseSubmodules=false', '-c', 'gc.auto=0', '-c', 'maintenance.auto=false'];

/** Runs git and gives what it answered, whatever its exit code. It has no terminal to ask at, and is ended with all it started when its time is over. */
export function tryGit(folder: string, args: readonly string[], { input, env = {}, limitMs = LIMIT_MS }: GitCall = {}): Promise<GitAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', [...quiet, ...args], { cwd: folder, env: { ...environment(), ...env }, stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true, detached: process.platform !== 'win32' });
    const parts: Buffer[] = [];
    let size = 0;
    const fail = (why: string): void => {
      endGroup(child);
      reject(new KeepFailed(`No copy was kept: ${why}.`));
    };
    const timer = setTimeout(() => fail('git took too long'), limitMs);
    child.stdout.on('data', (part: Buffer) => {
      size += part.length;
      if (size > LARGEST_OUTPUT) fail('git had too much to say');
      else parts.push(part);
    });
    child.once('error', () => fail('git could not be run'));
    child.once('close', (status) => {
      clearTimeout(timer);
      resolve({ status: status ?? 128, output: Buffer.concat(parts) });
    });
    // Git may have ended without reading all of it.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/**
 * What git said.
 * @throws KeepFailed where it failed
 */
export async function git(folder: string, args: readonly string[], call: GitCall = {}): Promise<Buffer> {
  const { status, output } = await tryGit(folder, args, call);
  if (status !== 0) throw new KeepFailed(`No copy was kept: git ${args.find((word) => !word.startsWith('-')) ?? ''} failed.`);
  return output;
}

/** The first line of what git said; undefined where it failed or said nothing. */
export async function gitLine(folder: string, args: readonly string[], call: GitCall = {}): Promise<string | undefined> {
  const { status, output } = await tryGit(folder, args, call);
  const line = output.toString('utf8').replace(/\r?\n$/, '');
  return status === 0 && line !== '' ? line : undefined;
}

/** The environment without variables that point git elsewhere, and without any way to ask a question. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_') && name !== 'SSH_ASKPASS');
  return { ...Object.fromEntries(kept), GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', GIT_PAGER: 'cat', GIT_NO_LAZY_FETCH: '1', SSH_ASKPASS_REQUIRE: 'never', GCM_INTERACTIVE: 'never', LC_ALL: 'C' };
}
