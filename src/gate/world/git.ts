import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { Bounds } from './bounds.ts';

/** Largest answer of git that is read, in bytes. */
const largestAnswer = 32 * 1024 * 1024;

/** Output of a git command; undefined where git is missing, took too long, said too much, or may not be called again. */
export interface Git {
  run(root: string, args: readonly string[]): GitAnswer | undefined;
}

interface GitAnswer {
  readonly status: number;
  readonly output: string;
}

const safe = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'submodule.recurse=false'];

/**
 * Calls git so that it only looks: no hooks, pager, file-system monitor or prompts, no locks taken.
 * Nothing of the caller's `GIT_*` environment is passed on, as it could point to another repository.
 */
export function createGit(bounds: Pick<Bounds, 'gitTimeout' | 'gitCalls'>): Git {
  let left = bounds.gitCalls;
  const env = lookingEnvironment();
  return {
    run(root, args) {
      if (left-- <= 0) return undefined;
      const result = spawnSync('git', ['-C', root, ...safe, ...args], { env, timeout: bounds.gitTimeout, maxBuffer: largestAnswer, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], windowsHide: true });
      return result.error || result.status === null ? undefined : { status: result.status, output: result.stdout };
    },
  };
}

/**
 * Starts git so that it only looks, as above, and never reaches for another machine: objects that a partial clone left out stay out.
 * Nor does it look at what replaces objects, or at what the system's configuration says: https://git-scm.com/docs/git#_environment_variables
 * @param signal ends it
 */
export function startGit(root: string, args: readonly string[], signal?: AbortSignal): ChildProcessByStdio<Writable, Readable, null> {
  const env = { ...lookingEnvironment(), GIT_CONFIG_NOSYSTEM: '1', GIT_NO_REPLACE_OBJECTS: '1', GIT_ALLOW_PROTOCOL: 'none' };
  return spawn('git', ['-C', root, ...safe, ...args], { env, stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true, ...(signal ? { signal } : {}) });
}

function lookingEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'USERPROFILE', 'SYSTEMROOT', 'APPDATA', 'XDG_CONFIG_HOME'].flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]] as const]));
  return { ...Object.fromEntries(kept), LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_PAGER: 'cat', GIT_NO_LAZY_FETCH: '1' };
}
