import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

/** How a program ended. */
export type Ending = { readonly code: number } | { readonly signal: NodeJS.Signals };

/** A program that is started for this one and goes with it. */
export interface ServerProcess {
  readonly input: Writable;
  readonly output: Readable;
  /** Resolves once it has ended and all it said was read. Rejects where it could not be started. */
  readonly ended: Promise<Ending>;
  kill(signal: NodeJS.Signals): void;
  /** To be called when its client has gone: its input ends, and after a while so does it. */
  end(): void;
}

/** What a server has for ending by itself once its input has ended, and then for ending after being told to. */
const PATIENCE_MS = 10_000;
const LAST_MS = 3_000;

/** Waits for the end of its input, which comes when this process is gone however it went, and then ends the group of the server. */
const WATCHER = 'read -r _; kill -TERM -"$1"; sleep 2; kill -KILL -"$1"';

/** Starts a program with its own process group; its standard error is this one's. */
export function startServer([program = '', ...args]: readonly string[]): ServerProcess {
  const posix = process.platform !== 'win32';
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'], detached: posix, windowsHide: true });
  const watcher = posix && child.pid !== undefined ? watch(child.pid) : undefined;
  const kill = (signal: NodeJS.Signals): void => {
    if (child.pid === undefined) return;
    try {
      if (posix) process.kill(-child.pid, signal);
      else child.kill(signal);
    } catch {
      // It has ended.
    }
  };
  const timers: NodeJS.Timeout[] = [];
  // It ends, and says so, when it can be written to no more.
  child.stdin.on('error', () => undefined);
  const ended = new Promise<Ending>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => {
      // What it has started may still hold its output open.
      timers.push(setTimeout(() => kill('SIGKILL'), LAST_MS));
    });
    child.once('close', (code, signal) => {
      for (const timer of timers) clearTimeout(timer);
      kill('SIGKILL');
      watcher?.kill('SIGKILL');
      resolve(signal === null ? { code: code ?? 1 } : { signal });
    });
  });
  return {
    input: child.stdin,
    output: child.stdout,
    ended,
    kill,
    end() {
      child.stdin.end();
      timers.push(setTimeout(() => kill('SIGTERM'), PATIENCE_MS), setTimeout(() => kill('SIGKILL'), PATIENCE_MS + LAST_MS));
    },
  };
}

function watch(pid: number): ChildProcess {
  const watcher = spawn('/bin/sh', ['-c', WATCHER, 'interlock', String(pid)], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  watcher.on('error', () => undefined);
  watcher.stdin.on('error', () => undefined);
  return watcher;
}
