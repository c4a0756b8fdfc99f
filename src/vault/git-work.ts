import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { KeepFailed } from '../core/keeping.ts';
import type { GitWork } from './manifest.ts';

const run = promisify(execFile);
const GIT_LIMIT_MS = 10_000;
const OUTPUT_LIMIT = 64 * 1024 * 1024;
/** A repository's own configuration must not start programs while its work is saved. */
const quietOptions = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.quotePath=false'];

/** The repository that holds a path; undefined where there is none. */
export async function repositoryOf(path: string): Promise<string | undefined> {
  let folder = path;
  while (!(await stat(folder).then((facts) => facts.isDirectory(), () => false))) {
    if (dirname(folder) === folder) return undefined;
    folder = dirname(folder);
  }
  try {
    return (await git(folder, ['rev-parse', '--show-toplevel'])).replace(/\n$/, '') || undefined;
  } catch {
    return undefined;
  }
}

/**
 * Absolute paths below `path` with work that no commit holds: changed or new files git does not ignore.
 * @throws KeepFailed when git cannot say
 */
export async function uncommittedFiles(root: string, path: string): Promise<readonly string[]> {
  let output;
  try {
    output = await git(root, ['status', '--porcelain=v1', '-z', '--untracked-files=all', '--ignore-submodules=none', '--', path]);
  } catch (error) {
    throw new KeepFailed('No copy was kept: git could not say what is uncommitted.', { cause: error });
  }
  const fields = output.split('\0');
  const files: string[] = [];
  for (let at = 0; at < fields.length; at++) {
    const field = fields[at] ?? '';
    if (field.length < 4) continue;
    files.push(join(root, field.slice(3)));
    // A rename or copy is followed by the name it had.
    if (field[0] === 'R' || field[0] === 'C') at++;
  }
  return files;
}

/** Absolute paths of files that are exactly as the last commit has them: replacing one loses nothing. Empty where git cannot say. */
export async function committedFiles(root: string): Promise<ReadonlySet<string>> {
  try {
    const tracked = (await git(root, ['ls-files', '-z'])).split('\0').filter((name) => name !== '').map((name) => join(root, name));
    const uncommitted = new Set(await uncommittedFiles(root, root));
    return new Set(tracked.filter((path) => !uncommitted.has(path)));
  } catch {
    return new Set();
  }
}

/** Saves index and tracked changes as a commit that no branch shows; undefined where there is nothing to save or git cannot (a merge in conflict). */
export async function saveTracked(root: string, id: string): Promise<GitWork | undefined> {
  try {
    const commit = (await git(root, ['stash', 'create', `interlock ${id}`])).trim();
    if (commit === '') return undefined;
    const ref = `refs/interlock/${id}`;
    await git(root, ['update-ref', ref, commit]);
    return { root, ref, commit };
  } catch {
    return undefined;
  }
}

async function git(folder: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run('git', ['-C', folder, ...quietOptions, ...args], { env: gitEnvironment(), timeout: GIT_LIMIT_MS, maxBuffer: OUTPUT_LIMIT, windowsHide: true });
  return stdout;
}

/** The environment without variables that point git elsewhere, and without any way to ask a question. */
function gitEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  return { ...Object.fromEntries(kept), GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', GIT_PAGER: 'cat', LC_ALL: 'C' };
}
