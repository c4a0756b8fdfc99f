import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { KeepFailed } from '../core/keeping.ts';
import { isMadeFolder } from '../core/files/places.ts';
import { onDisk, pathOf } from './disk-path.ts';
import { git, gitLine, tryGit } from './git-run.ts';

/** Where a repository lies. All paths are absolute. */
export interface Repository {
  /** The working tree, or the repository itself where it is bare. */
  readonly root: string;
  /** What belongs to this working tree alone: HEAD, index, a merge under way. */
  readonly gitDir: string;
  /** What all working trees share: refs, objects, configuration. */
  readonly commonDir: string;
  readonly bare: boolean;
}

/** One line of `git status`: two letters, and a path relative to the working tree. */
export interface Change {
  readonly state: string;
  readonly path: string;
}

/** Finds the repositories that paths belong to, and asks git once about each. */
export class Repositories {
  private readonly known = new Map<string, Promise<Repository | undefined>>();
  private readonly changed = new Map<Repository, Promise<readonly Change[]>>();

  /** The repository that holds a path; undefined where there is none. */
  async at(path: string): Promise<Repository | undefined> {
    const folder = repositoryFolder(path);
    if (folder === undefined) return undefined;
    const known = this.known.get(folder);
    if (known) return known;
    const found = findRepository(folder);
    this.known.set(folder, found);
    return found;
  }

  /**
   * Changed and untracked files, as they were when first asked for.
   * @throws KeepFailed when git cannot say
   */
  changes(repository: Repository): Promise<readonly Change[]> {
    const known = this.changed.get(repository);
    if (known) return known;
    const found = changesIn(repository);
    this.changed.set(repository, found);
    return found;
  }

  /** True for a folder that git ignores; undefined outside any working tree. */
  async ignores(folder: string): Promise<boolean | undefined> {
    const repository = await this.at(dirname(folder));
    if (!repository || repository.bare) return undefined;
    const { status } = await tryGit(repository.root, ['check-ignore', '-q', '--', folder]);
    // Git answers 128 where it cannot say.
    return status === 0;
  }
}

/** The nearest folder above that looks like a working tree or like a repository itself. */
function repositoryFolder(path: string): string | undefined {
  for (let folder = path; ; folder = dirname(folder)) {
    const has = (name: string): boolean => existsSync(onDisk(join(folder, name)));
    if (has('.git') || (has('HEAD') && has('objects') && has('refs'))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

async function findRepository(folder: string): Promise<Repository | undefined> {
  const { output } = await tryGit(folder, ['rev-parse', '--absolute-git-dir', '--git-common-dir', '--show-toplevel']);
  const lines = output.toString('utf8').split('\n').slice(0, -1);
  // One answer for each question where a path holds line ends.
  const [gitDir, common, root] = lines.length <= 3 ? lines : await Promise.all(['--absolute-git-dir', '--git-common-dir', '--show-toplevel'].map((question) => gitLine(folder, ['rev-parse', question])));
  if (gitDir === undefined) return undefined;
  return { root: root ?? gitDir, gitDir, commonDir: resolve(folder, common ?? gitDir), bare: root === undefined };
}

/**
 * Changed and untracked files of a working tree.
 * @throws KeepFailed when git cannot say
 */
async function changesIn({ root, bare }: Repository): Promise<readonly Change[]> {
  if (bare) return [];
  const output = await git(root, ['status', '--porcelain=v1', '-z', '--untracked-files=all', '--ignore-submodules=none', '--no-renames']);
  return namesIn(output).map((line) => ({ state: line.slice(0, 2), path: line.slice(3) }));
}

/**
 * What git does not track, a folder of which nothing is tracked as one, empty folders among them.
 * @param ignored what git ignores too, but for what can be made again
 * @param below only there; absolute paths
 * @throws KeepFailed when git cannot say
 */
export async function untrackedIn({ root, bare }: Repository, ignored: boolean, below: readonly string[] | undefined): Promise<readonly string[]> {
  if (bare) return [];
  const specs = below ? ['--', ...below] : [];
  const list = async (...options: readonly string[]): Promise<readonly string[]> => namesIn(await git(root, ['--literal-pathspecs', 'ls-files', '-z', '--others', '--exclude-standard', '--directory', ...options, ...specs])).map((name) => join(root, name.replace(/\/$/, '')));
  const untracked = await list();
  return ignored ? [...untracked, ...(await list('--ignored')).filter((path) => !isMadeFolder(basename(path)))] : untracked;
}

/** Absolute paths of files that are exactly as the last commit has them: replacing one loses nothing. Empty where git cannot say. */
export async function committedFiles(repository: Repository): Promise<ReadonlySet<string>> {
  try {
    const [tracked, changes] = await Promise.all([git(repository.root, ['ls-files', '-z']), changesIn(repository)]);
    const changed = new Set(changes.map(({ path }) => path));
    return new Set(namesIn(tracked).filter((name) => !changed.has(name)).map((name) => join(repository.root, name)));
  } catch (error) {
    if (error instanceof KeepFailed) return new Set();
    throw error;
  }
}

/** Names that end with a zero byte each. */
export function namesIn(output: Buffer): readonly string[] {
  const names: string[] = [];
  for (let from = 0, end = output.indexOf(0); end >= 0; from = end + 1, end = output.indexOf(0, from)) if (end > from) names.push(pathOf(output.subarray(from, end)));
  return names;
}
