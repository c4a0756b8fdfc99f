import { isBelow, isInside, parentOf, segmentsOf } from '../../../src/core/files/path.ts';
import type { Losses, World } from '../../../src/core/world.ts';

export type FileState = 'clean' | 'dirty' | 'untracked' | 'ignored';

interface FakeFile {
  readonly state?: FileState;
  readonly size?: number;
  readonly text?: string;
  /** Makes it a link to another path. */
  readonly link?: string;
}

export interface FakeDisk {
  /** Files by absolute path; a bare state stands for a small file. */
  readonly files: Readonly<Record<string, FileState | FakeFile>>;
  /** Folders that hold nothing. */
  readonly folders?: readonly string[];
  /** Roots of repositories; files below are as their state says, others have no copy anywhere. */
  readonly repositories?: readonly string[];
  readonly unpushed?: number;
  readonly stashes?: number;
}

/** A disk in memory, for tables of cases. */
export function fakeWorld({ files, folders = [], repositories = [], unpushed = 0, stashes = 0 }: FakeDisk): World {
  const entries = new Map(Object.entries(files).map(([path, file]) => [path, typeof file === 'string' ? { state: file } : file]));
  const isFolder = (path: string): boolean => folders.some((folder) => isInside(folder, path, 'posix')) || [...entries.keys()].some((file) => isBelow(file, path, 'posix'));
  const repositoryOf = (path: string): string | undefined => repositories.find((root) => isInside(path, root, 'posix'));
  const below = (path: string): readonly (readonly [string, FakeFile])[] => [...entries].filter(([file]) => isInside(file, path, 'posix'));
  const resolve = (path: string): string => {
    const link = [...entries].find(([file, { link }]) => link !== undefined && isInside(path, file, 'posix'));
    return link ? resolve((link[1].link as string) + path.slice(link[0].length)) : path;
  };
  const inState = (path: string, state: FileState): readonly string[] => below(path).filter(([, file]) => (file.state ?? 'clean') === state).map(([file]) => file);
  const losses = (paths: readonly string[]): Losses => {
    const found = [...new Map(paths.flatMap(below))];
    const count = (state: FileState): number => found.filter(([path, file]) => (repositoryOf(path) ? (file.state ?? 'clean') : 'untracked') === state).length;
    return { files: found.length, bytes: found.reduce((sum, [, file]) => sum + (file.size ?? 10), 0), untracked: count('untracked'), dirty: count('dirty'), ignored: count('ignored'), unpushed, truncated: false };
  };
  return {
    platform: 'posix',
    sighted: true,
    stat(path) {
      const file = entries.get(path);
      if (file) return { kind: file.link === undefined ? 'file' : 'link', size: file.size ?? file.text?.length ?? 10 };
      return path === '/' || isFolder(path) ? { kind: 'folder', size: 0 } : undefined;
    },
    resolve,
    list(folder) {
      if (!isFolder(folder)) return undefined;
      const depth = segmentsOf(folder, 'posix').length;
      return [...new Set([...entries.keys(), ...folders].filter((path) => isBelow(path, folder, 'posix')).map((path) => segmentsOf(path, 'posix')[depth] as string))].toSorted();
    },
    read: (path, limit) => entries.get(path)?.text?.slice(0, limit),
    git(path) {
      const root = repositoryOf(path);
      if (root === undefined) return undefined;
      const relative = (paths: readonly string[]): readonly string[] => paths.map((file) => file.slice(root.length + 1));
      return { root, branch: 'main', dirty: relative(inState(root, 'dirty')), untracked: relative(inState(root, 'untracked')), stashes, unpushed, truncated: false };
    },
    ignores(path) {
      if (repositoryOf(parentOf(path, 'posix')) === undefined) return undefined;
      const found = below(path);
      return found.length > 0 && found.every(([, file]) => file.state === 'ignored');
    },
    losses,
    secretsIn: () => [],
  };
}
