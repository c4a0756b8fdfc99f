import { execFile } from 'node:child_process';
import { join } from 'node:path';

const TIMEOUT_MS = 10_000;
const LARGEST_ANSWER = 32 * 1024 * 1024;
/** Paths a command line holds on every system. */
const AT_ONCE = 200;

/**
 * Which of some files git keeps. None where the folder is in no repository or git cannot be asked.
 * @param root absolute folder to ask in
 * @param paths relative to it
 * @returns absolute paths
 */
export async function trackedFiles(root: string, paths: readonly string[]): Promise<ReadonlySet<string>> {
  const tracked = new Set<string>();
  for (let from = 0; from < paths.length; from += AT_ONCE) {
    const answer = await listed(root, paths.slice(from, from + AT_ONCE));
    if (answer === undefined) break;
    for (const path of answer.split('\0')) if (path !== '') tracked.add(join(root, path));
  }
  return tracked;
}

/** True where git would leave a file out. False where that cannot be told. */
export function isIgnored(root: string, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    execFile('git', ['-C', root, ...quiet, 'check-ignore', '--quiet', '--', path], options(), (error) => resolve(error === null));
  });
}

/** Options by which git only looks: https://git-scm.com/docs/git */
const quiet = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];

function listed(root: string, paths: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile('git', ['-C', root, ...quiet, '--literal-pathspecs', 'ls-files', '-z', '--cached', '--', ...paths], options(), (error, stdout) => resolve(error ? undefined : stdout));
  });
}

/** Nothing of the caller's `GIT_*` environment is passed on, as it could point to another repository. */
function options(): { readonly timeout: number; readonly maxBuffer: number; readonly windowsHide: true; readonly env: NodeJS.ProcessEnv } {
  const kept = Object.entries(process.env).filter(([name]) => !name.toUpperCase().startsWith('GIT_'));
  return { timeout: TIMEOUT_MS, maxBuffer: LARGEST_ANSWER, windowsHide: true, env: { ...Object.fromEntries(kept), GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' } };
}
