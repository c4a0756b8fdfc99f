import type { WrittenFiles } from './shell/written.ts';

/** The only way `core` learns facts about the machine; tests and the `check` command supply their own. */

export interface FileFacts {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  /** Bytes. */
  readonly size: number;
}

/** What git knows of one repository. */
export interface GitFacts {
  readonly root: string;
  readonly branch?: string;
  /** Tracked files with uncommitted changes, staged or not; relative to `root`. */
  readonly dirty: readonly string[];
  /** Untracked files that git does not ignore; relative to `root`. */
  readonly untracked: readonly string[];
  readonly stashes: number;
  /** Commits of the current branch that no remote has; undefined where there is no upstream. */
  readonly unpushed?: number;
  /** True when the lists were cut at the bound. */
  readonly truncated: boolean;
}

/** How much work the removal or replacement of some paths would cost. */
export interface Losses {
  readonly files: number;
  readonly bytes: number;
  /** Files with no committed copy: untracked and not ignored, or outside any repository. */
  readonly untracked: number;
  /** Tracked files with uncommitted changes. */
  readonly dirty: number;
  /** Files git ignores that no build makes again: `.env`, local databases. */
  readonly ignored: number;
  /** Commits that exist only in a repository below the paths. */
  readonly unpushed: number;
  /** True when counting stopped at the bound: there is at least this much. */
  readonly truncated: boolean;
}

/** A secret the index knows, found again in some text. Never its value. */
export interface KnownSecret {
  /** The name it is assigned to, e.g. `RAILWAY_TOKEN`. */
  readonly name: string;
  /** Vendor or shape, e.g. `railway token`, `private key`. */
  readonly kind: string;
  /** Absolute path it was found in. */
  readonly file: string;
  /** First characters of its salted fingerprint, for telling two secrets apart. */
  readonly fingerprint: string;
  /** First characters of the commit that has it, where it is in the git history and in no file any more. */
  readonly commit?: string;
}

export interface World {
  readonly platform: 'posix' | 'windows';
  /** What the action itself has written so far, where that is followed; the other answers take it in. */
  readonly written?: WrittenFiles;
  /** False where nothing on disk may be consulted: paths are then judged by their text alone. */
  readonly sighted: boolean;
  /** True for the disk of another machine: what is on it can never be looked at. */
  readonly distant?: boolean;
  /** Facts of a path itself (a link is not followed); undefined where it does not exist or may not be consulted. */
  stat(path: string): FileFacts | undefined;
  /** The path with links resolved as far as it exists. */
  resolve(path: string): string;
  /** Names in a folder, bounded; undefined where it cannot be listed. */
  list(folder: string): readonly string[] | undefined;
  /** Text of a file, at most `limit` bytes of it; undefined where it cannot be read as text. */
  read(path: string, limit: number): string | undefined;
  /** The repository that holds a path. */
  git(path: string): GitFacts | undefined;
  /** True when git ignores the path or a folder above it; false also where git does not say; undefined outside any repository. */
  ignores(path: string): boolean | undefined;
  /** What would be lost with these paths, build output left out; undefined where nothing may be consulted. */
  losses(paths: readonly string[]): Losses | undefined;
  /** Known secrets whose value occurs in a text. */
  secretsIn(text: string): readonly KnownSecret[];
  /** True for a value that the person said is for tests; where it is missing none is. */
  isTestValue?(value: string): boolean;
}

/** A world without a disk: every question is answered with "not known". */
export function blindWorld(platform: 'posix' | 'windows' = 'posix'): World {
  return {
    platform,
    sighted: false,
    stat: () => undefined,
    resolve: (path) => path,
    list: () => undefined,
    read: () => undefined,
    git: () => undefined,
    ignores: () => undefined,
    losses: () => undefined,
    secretsIn: () => [],
  };
}
