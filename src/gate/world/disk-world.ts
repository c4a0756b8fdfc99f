import { closeSync, constants, fstatSync, lstatSync, openSync, opendirSync, readSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';
import type { FileFacts, GitFacts, KnownSecret, Losses, World } from '../../core/world.ts';
import { defaultBounds, type Bounds } from './bounds.ts';
import { createGit } from './git.ts';
import { readGitFacts, repositoryRoot } from './git-facts.ts';
import { countLosses } from './losses.ts';
import { isUndecodableName } from './undecodable-name.ts';

export interface DiskWorldOptions {
  /** Known secrets whose value occurs in a text. */
  readonly secretsIn: (text: string) => readonly KnownSecret[];
  /** Values that the person said are for tests. */
  readonly isTestValue?: (value: string) => boolean;
  readonly bounds?: Partial<Bounds>;
}

/**
 * The machine as it is, looked at while one action is judged. Answers are remembered for as long as the world lives,
 * so make one for each action. Everything is bounded; what lies beyond a bound counts as not known, never as not there.
 */
export function createDiskWorld({ secretsIn, isTestValue, bounds: given }: DiskWorldOptions): World {
  const bounds: Bounds = { ...defaultBounds, ...given };
  const git = createGit(bounds);
  let bytesLeft = bounds.bytes;
  const stat = remember(factsOf);
  const rootOf = remember((path: string) => repositoryRoot(stat(path)?.kind === 'folder' ? path : dirname(path)));
  const gitFacts = remember((root: string) => readGitFacts(root, git));
  return {
    platform: process.platform === 'win32' ? 'windows' : 'posix',
    sighted: true,
    stat,
    resolve: remember(resolveLinks),
    list: remember((folder: string) => listFolder(folder, bounds.names)),
    read(path, limit) {
      const text = readText(path, Math.min(limit, bytesLeft));
      bytesLeft -= text?.bytes ?? 0;
      return text?.text;
    },
    git(path): GitFacts | undefined {
      const root = rootOf(path);
      return root === undefined ? undefined : gitFacts(root);
    },
    ignores: remember((path: string) => {
      const root = rootOf(dirname(path));
      if (root === undefined) return undefined;
      const answer = git.run(root, ['check-ignore', '--quiet', '--', `./${relative(root, path)}`]);
      // A leading `./` keeps `:(top)x` a name. Where git does not say, the path may be work.
      return answer?.status === 0;
    }),
    losses(paths): Losses {
      try {
        return countLosses(paths, bounds, git);
      } catch {
        return { files: 0, bytes: 0, untracked: 0, dirty: 0, ignored: 0, unpushed: 0, truncated: true };
      }
    },
    secretsIn,
    ...(isTestValue ? { isTestValue } : {}),
  };
}

function remember<Answer>(ask: (path: string) => Answer): (path: string) => Answer {
  const answers = new Map<string, Answer>();
  return (path) => {
    if (!answers.has(path)) answers.set(path, ask(path));
    return answers.get(path) as Answer;
  };
}

function factsOf(path: string): FileFacts | undefined {
  if (!isAbsolute(path)) return undefined;
  try {
    const facts = lstatSync(path, { throwIfNoEntry: false });
    if (!facts) return isUndecodableName(path) ? { kind: 'other', size: 0 } : undefined;
    const kind = facts.isFile() ? 'file' : facts.isDirectory() ? 'folder' : facts.isSymbolicLink() ? 'link' : 'other';
    return { kind, size: facts.size };
  } catch (error) {
    // A path that may not be looked at can still be there for the command, which may run as somebody else.
    return hasCode(error, 'EACCES', 'EPERM') ? { kind: 'other', size: 0 } : undefined;
  }
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code);
}

function resolveLinks(path: string): string {
  const missing: string[] = [];
  let existing = path;
  for (;;) {
    try {
      return join(realpathSync.native(existing), ...missing);
    } catch {
      const parent = dirname(existing);
      if (parent === existing) return path;
      missing.unshift(basename(existing));
      existing = parent;
    }
  }
}

function listFolder(folder: string, most: number): readonly string[] | undefined {
  try {
    const names: string[] = [];
    const open = opendirSync(folder);
    try {
      for (let entry = open.readSync(); entry; entry = open.readSync()) {
        if (names.length >= most) return undefined;
        names.push(entry.name);
      }
    } finally {
      open.closeSync();
    }
    return names.toSorted();
  } catch {
    return undefined;
  }
}

/** Text of a regular file. Opened without waiting, as a pipe without a writer would keep the reader forever. */
function readText(path: string, limit: number): { readonly text: string; readonly bytes: number } | undefined {
  if (limit <= 0 || !isAbsolute(path)) return undefined;
  let file: number | undefined;
  try {
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const facts = fstatSync(file);
    if (!facts.isFile()) return undefined;
    const buffer = Buffer.alloc(Math.min(limit, facts.size));
    let length = 0;
    for (let got = -1; got !== 0 && length < buffer.length; length += got) got = readSync(file, buffer, length, buffer.length - length, length);
    const text = decode(buffer.subarray(0, length));
    return text === undefined ? undefined : { text, bytes: length };
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** UTF-8, or UTF-16 with its mark as Windows tools write it; undefined for anything that is no text. */
function decode(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString('utf16le');
  if (bytes.includes(0)) return undefined;
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}
