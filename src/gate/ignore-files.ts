import { lstat, mkdir, readFile, realpath, rmdir, unlink } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { UnreadableConfig } from '../agents/adapter.ts';
import type { IgnoreFile } from '../agents/ignore-files/ignore-file.ts';
import { ignoreFiles } from '../agents/ignore-files/table.ts';
import type { HiddenPatterns } from '../core/secrets/name-patterns.ts';
import { defaultBounds } from './world/bounds.ts';
import { createGit } from './world/git.ts';
import { writeAtomic } from './write-atomic.ts';

/** Bytes; such files are written by hand. */
const MAX_FILE = 4_194_304;

/** What is to be known of an ignore file before a person chooses. */
export interface IgnoreFileState {
  readonly file: IgnoreFile;
  /** Absolute. */
  readonly path: string;
  readonly exists: boolean;
  /** Git tracks it: a change of it is one that others get. */
  readonly tracked: boolean;
  readonly rules: 'none' | 'stale' | 'current' | 'broken';
  /** Why it cannot be changed, fit for a person. */
  readonly problem?: string;
}

/** Every agent's ignore file in a workspace folder as it is now. */
export async function ignoreFileStates(folder: string, hidden: HiddenPatterns): Promise<readonly IgnoreFileState[]> {
  const tracked = trackedIn(folder, ignoreFiles.map(({ path }) => path));
  return Promise.all(ignoreFiles.map((file) => stateOf(file, folder, hidden, tracked.has(file.path))));
}

/**
 * Writes our rules into a file, or brings them up to date.
 * @returns false where they were there already
 * @throws UnreadableConfig, fit for a person, where the file cannot be edited safely
 */
export async function writeIgnoreFile(file: IgnoreFile, folder: string, hidden: HiddenPatterns): Promise<boolean> {
  return explained(file, async () => {
    const path = join(folder, file.path);
    const there = await readWithin(folder, path);
    const text = file.form.install(there?.text, hidden);
    if (text === there?.text) return false;
    await mkdir(dirname(path), { recursive: true });
    await staysWithin(folder, dirname(path));
    await writeAtomic(path, text, there?.mode ?? 0o644);
    return true;
  });
}

/** Takes our rules out again, and the file with them where it was ours alone. Gives and throws as `writeIgnoreFile`. */
export async function removeIgnoreFile(file: IgnoreFile, folder: string): Promise<boolean> {
  return explained(file, async () => {
    const path = join(folder, file.path);
    const there = await readWithin(folder, path);
    if (there === undefined) return false;
    const text = file.form.uninstall(there.text);
    if (text === there.text) return false;
    if (text !== undefined) await writeAtomic(path, text, there.mode);
    else {
      await unlink(path);
      // A folder that holds something else stays.
      if (file.path.includes('/')) await rmdir(dirname(path)).catch(() => undefined);
    }
    return true;
  });
}

async function stateOf(file: IgnoreFile, folder: string, hidden: HiddenPatterns, tracked: boolean): Promise<IgnoreFileState> {
  const path = join(folder, file.path);
  try {
    const there = await explained(file, () => readWithin(folder, path));
    return { file, path, exists: there !== undefined, tracked, rules: there === undefined ? 'none' : await explained(file, () => file.form.state(there.text, hidden)) };
  } catch (error) {
    return { file, path, exists: true, tracked, rules: 'broken', problem: error instanceof Error ? error.message : '' };
  }
}

/** A cloned repository may hold links: nothing outside its own folder is read or written through one. */
async function staysWithin(folder: string, path: string): Promise<void> {
  const [root, real] = await Promise.all([realpath(folder), realpath(path)]);
  if (real !== root && !real.startsWith(root + sep)) throw new UnreadableConfig('A link leads out of the workspace; nothing was changed.');
}

async function readWithin(folder: string, path: string): Promise<{ readonly text: string; readonly mode: number } | undefined> {
  const facts = await lstat(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (facts === undefined) return undefined;
  if (!facts.isFile()) throw new UnreadableConfig('It is no ordinary file; nothing was changed.');
  if (facts.size > MAX_FILE) throw new UnreadableConfig('It is too large to be edited; nothing was changed.');
  await staysWithin(folder, path);
  const bytes = await readFile(path);
  const text = bytes.toString('utf8');
  if (!Buffer.from(text).equals(bytes)) throw new UnreadableConfig('It is not UTF-8 text; nothing was changed.');
  return { text, mode: facts.mode & 0o777 };
}

function trackedIn(folder: string, paths: readonly string[]): ReadonlySet<string> {
  const answer = createGit(defaultBounds).run(folder, ['ls-files', '-z', '--', ...paths]);
  return new Set(answer?.status === 0 ? answer.output.split('\0').filter((path) => path !== '') : []);
}

/** Says which file an error is about. */
async function explained<Result>({ path }: IgnoreFile, work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UnreadableConfig) throw new UnreadableConfig(`${path} was left alone. ${error.message}`);
    throw new UnreadableConfig(`${path} could not be changed. ${error instanceof Error && 'code' in error ? `The system says ${String(error.code)}.` : ''}`.trim(), { cause: error });
  }
}
