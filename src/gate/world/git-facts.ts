import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { GitFacts } from '../../core/world.ts';
import type { Git } from './git.ts';

/** Most names kept of each list. */
const longestList = 5_000;

/** The root of the repository whose working tree holds a path; undefined where there is none. */
export function repositoryRoot(path: string): string | undefined {
  let folder = path;
  for (;;) {
    if (existsSync(join(folder, '.git'))) return folder;
    const parent = dirname(folder);
    if (parent === folder) return undefined;
    folder = parent;
  }
}

/** State of every changed, untracked and (where asked for) ignored path of a working tree. */
export interface Status {
  readonly branch: string | undefined;
  readonly ahead: number | undefined;
  readonly dirty: readonly string[];
  readonly untracked: readonly string[];
  /** Files, and folders with a final `/`. */
  readonly ignored: readonly string[];
}

/**
 * Reads `git status --porcelain=v2 -z`.
 * https://git-scm.com/docs/git-status#_porcelain_format_version_2
 */
export function parseStatus(output: string): Status {
  const status = { branch: undefined as string | undefined, ahead: undefined as number | undefined, dirty: [] as string[], untracked: [] as string[], ignored: [] as string[] };
  const records = output.split('\0');
  for (let at = 0; at < records.length; at++) {
    const record = records[at] as string;
    switch (record.charAt(0)) {
      case '#':
        readHeader(record, status);
        break;
      case '1':
        status.dirty.push(afterFields(record, 8));
        break;
      case '2':
        // A rename: the old path is the next record.
        status.dirty.push(afterFields(record, 9));
        at++;
        break;
      case 'u':
        status.dirty.push(afterFields(record, 10));
        break;
      case '?':
        status.untracked.push(record.slice(2));
        break;
      case '!':
        status.ignored.push(record.slice(2));
        break;
    }
  }
  return status;
}

function readHeader(record: string, status: { branch: string | undefined; ahead: number | undefined }): void {
  const [, key, first] = record.split(' ');
  if (key === 'branch.head' && first !== '(detached)') status.branch = record.slice('# branch.head '.length);
  if (key === 'branch.ab' && first !== undefined) status.ahead = Number(first);
}

/** The rest of a record after so many fields parted by single spaces. */
function afterFields(record: string, fields: number): string {
  let at = 0;
  for (let field = 0; field < fields; field++) at = record.indexOf(' ', at) + 1;
  return record.slice(at);
}

/** What git says of the working tree at `root`. Where it does not answer, `truncated` says that the lists are not the whole truth. */
export function readGitFacts(root: string, git: Git): GitFacts {
  const answer = git.run(root, ['status', '--porcelain=v2', '--branch', '-z', '--untracked-files=all', '--no-renames']);
  const stashes = countStashes(root);
  if (answer?.status !== 0) return { root, dirty: [], untracked: [], stashes, truncated: true };
  const { branch, ahead, dirty, untracked } = parseStatus(answer.output);
  return {
    root,
    ...(branch === undefined ? {} : { branch }),
    dirty: dirty.slice(0, longestList),
    untracked: untracked.slice(0, longestList),
    stashes,
    ...(ahead === undefined ? {} : { unpushed: ahead }),
    truncated: dirty.length > longestList || untracked.length > longestList,
  };
}

/** Stashes are the lines of one log file, which saves a call of git. */
function countStashes(root: string): number {
  try {
    const log = readFileSync(join(commonFolder(join(root, '.git')), 'logs', 'refs', 'stash'), 'utf8');
    return log.split('\n').filter(Boolean).length;
  } catch {
    return 0;
  }
}

/** The folder all working trees of a repository share. https://git-scm.com/docs/gitrepository-layout */
function commonFolder(dotGit: string): string {
  if (statSync(dotGit).isDirectory()) return dotGit;
  const folder = resolve(dirname(dotGit), readFileSync(dotGit, 'utf8').replace(/^gitdir:\s*/, '').trim());
  const shared = join(folder, 'commondir');
  return existsSync(shared) ? resolve(folder, readFileSync(shared, 'utf8').trim()) : folder;
}

/**
 * Commits and stashes that are gone when the repository at `root` is: those no remote has.
 * A linked working tree or a submodule keeps its commits elsewhere. Where git does not answer, one is assumed.
 */
export function commitsOnlyIn(root: string, git: Git): number {
  if (!statSync(join(root, '.git'), { throwIfNoEntry: false })?.isDirectory()) return 0;
  const answer = git.run(root, ['rev-list', '--count', '--exclude=refs/stash', '--all', '--not', '--remotes']);
  return (answer?.status === 0 ? Number(answer.output) : 1) + countStashes(root);
}
