import { spawnSync } from 'node:child_process';
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

/**
 * Calls git so that it only looks: no hooks, pager, file-system monitor or prompts, no locks taken.
 * Nothing of the caller's `GIT_*` environment is passed on, as it could point to another repository.
 */
export function createGit(bounds: Pick<Bounds, 'gitTimeout' | 'gitCalls'>): Git {
  let left = bounds.gitCalls;
  const kept = ['PATH', 'HOME', 'USERPROFILE', 'SYSTEMROOT', 'APPDATA', 'XDG_CONFIG_HOME'].flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]] as const]));
  const env = { ...Object.fromEntries(kept), LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_PAGER: 'cat', GIT_NO_LAZY_FETCH: '1' };
  return {
    run(root, args) {
      if (left-- <= 0) return undefined;
      const safe = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'submodule.recurse=false'];
      const result = spawnSync('git', ['-C', root, ...safe, ...args], { env, timeout: bounds.gitTimeout, maxBuffer: largestAnswer, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], windowsHide: true });
      return result.error || result.status === null ? undefined : { status: result.status, output: result.stdout };
    },
  };
}
