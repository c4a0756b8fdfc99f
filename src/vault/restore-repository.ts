import { lstatSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { restoreBranchSettings } from './branch-settings.ts';
import { onDisk } from './disk-path.ts';
import { git, gitLine, tryGit } from './git-run.ts';
import type { KeptRepository } from './manifest.ts';
import type { ObjectStore } from './objects.ts';
import { namesIn, type Repository } from './repository.ts';
import { parseState, readHead, readRefs, readStashes, type RepositoryState } from './repository-state.ts';
import type { Outcome, Skip, Withhold } from './restore.ts';

export interface RepositoryRestore {
  readonly repository: Repository;
  readonly kept: KeptRepository;
  readonly store: ObjectStore;
  /** Replace what is newer. */
  readonly overwrite: boolean;
  /** Files that were exactly as their last commit before anything was restored. */
  readonly committed: ReadonlySet<string>;
  /** Files of a commit that are neither put back nor taken away. */
  readonly withhold?: Withhold;
}

/** What was done with one part of a repository: `branch main`, `stashes`, `index`. */
export interface PartOutcome {
  readonly part: string;
  readonly outcome: Outcome;
}

/**
 * Puts back refs, stashes, reflogs, HEAD, index and, where those come back, the files of the commit. A branch that only went back, or is
 * gone, comes back at once; one that holds commits the kept one has not is newer, and waits for `overwrite`.
 */
export async function restoreRepository(options: RepositoryRestore): Promise<readonly PartOutcome[]> {
  const { repository, kept, store, overwrite } = options;
  const { root } = repository;
  const state = parseState(store.read(kept.state));
  if (!state) return [{ part: 'repository', outcome: 'damaged' }];
  const now = new Map((await readRefs(root)).map(({ name, object }) => [name, object]));
  const headNow = await readHead(root);
  const parts: PartOutcome[] = [];
  const refs = new Map<string, Outcome>();
  for (const ref of state.refs) {
    const outcome = await restoreRef(root, ref, now.get(ref.name), overwrite);
    refs.set(ref.name, outcome);
    parts.push({ part: nameOf(ref.name), outcome });
  }
  const back = state.refs.filter(({ name }) => name.startsWith(BRANCH) && !now.has(name) && refs.get(name) === 'restored').map(({ name }) => name.slice(BRANCH.length));
  for (const [branch, all] of await restoreBranchSettings(root, state.branchSettings ?? [], new Set(back))) parts.push({ part: `settings of branch ${branch}`, outcome: all ? 'restored' : 'failed' });
  parts.push({ part: 'stashes', outcome: await restoreStashes(root, state.stashes) });
  // The stash's own log is the list of stashes, which has just come back.
  const logs = state.logs.filter(({ path }) => !/[\\/]refs[\\/]stash$/.test(path));
  parts.push(...logs.map((log) => ({ part: `reflog ${log.path.replace(/^.*logs[\\/]/, '')}`, outcome: restoreLog(repository, log, store) })));
  if (!repository.bare) parts.push(...(await restoreWork(options, state, headNow, refs)));
  return parts;
}

const BRANCH = 'refs/heads/';

function nameOf(ref: string): string {
  return ref.replace(/^refs\/heads\//, 'branch ').replace(/^refs\/tags\//, 'tag ').replace(/^refs\/remotes\//, 'remote branch ');
}

async function restoreRef(root: string, { name, object, symref }: RepositoryState['refs'][number], now: string | undefined, overwrite: boolean): Promise<Outcome> {
  if (symref !== undefined) {
    if (now !== undefined) return 'unchanged';
    return (await tryGit(root, ['symbolic-ref', name, symref])).status === 0 ? 'restored' : 'failed';
  }
  if (now === object) return 'unchanged';
  if (now !== undefined) {
    // What the remote has is learned from the remote.
    if (name.startsWith('refs/remotes/')) return 'unchanged';
    const wentBack = (await tryGit(root, ['merge-base', '--is-ancestor', now, object])).status === 0;
    if (!wentBack && !overwrite) return 'newer';
  }
  const { status } = await tryGit(root, ['update-ref', '-m', 'interlock: restored', '--create-reflog', name, object, now ?? '']);
  return status === 0 ? 'restored' : 'failed';
}

/** What was stashed since then stays on top. */
async function restoreStashes(root: string, kept: RepositoryState['stashes']): Promise<Outcome> {
  const now = await readStashes(root);
  const since = now.filter(({ object }) => !kept.some((stash) => stash.object === object));
  const wanted = [...since, ...kept];
  if (wanted.length === now.length && wanted.every(({ object }, at) => object === now[at]?.object)) return 'unchanged';
  if (now.length > 0) await git(root, ['stash', 'clear']);
  // The list is built from its oldest end.
  for (const { object, message } of wanted.toReversed()) await git(root, ['stash', 'store', '-q', '-m', message, object]);
  return 'restored';
}

/** What was written since then stays after what was there. */
function restoreLog({ commonDir }: Repository, log: RepositoryState['logs'][number], store: ObjectStore): Outcome {
  const kept = store.read(log);
  if (!kept) return 'damaged';
  const path = join(commonDir, log.path);
  const lines = linesOf(kept);
  const now = linesOf(readOrEmpty(path));
  const known = new Set(lines);
  const since = now.filter((line) => !known.has(line));
  if (now.length === lines.length + since.length) return 'unchanged';
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.interlock.lock`;
  writeFileSync(draft, Buffer.from([...lines, ...since].map((line) => `${line}\n`).join(''), 'latin1'));
  renameSync(draft, path);
  return 'restored';
}

function linesOf(content: Buffer): readonly string[] {
  return content.toString('latin1').split('\n').filter((line) => line !== '');
}

function readOrEmpty(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}

/** HEAD, index and files belong together: an index without its commit would show everything else as changed. */
async function restoreWork(options: RepositoryRestore, state: RepositoryState, headNow: RepositoryState['head'], refs: ReadonlyMap<string, Outcome>): Promise<readonly PartOutcome[]> {
  const { repository: { root }, overwrite } = options;
  const { head } = state;
  if (head.ref !== undefined && refs.get(head.ref) === 'newer') return [{ part: 'index', outcome: 'newer' }];
  const parts: PartOutcome[] = [];
  if (!overwrite && (await isIndexNewer(options, state, headNow.commit))) return [{ part: 'index', outcome: 'newer' }];
  const moved = headNow.ref !== head.ref || (head.ref === undefined && headNow.commit !== head.commit);
  if (moved) {
    const loose = headNow.ref === undefined && headNow.commit !== undefined && head.commit !== undefined && (await tryGit(root, ['merge-base', '--is-ancestor', headNow.commit, head.commit])).status !== 0;
    // Commits that only a detached HEAD holds.
    if (loose && !overwrite && (await gitLine(root, ['for-each-ref', '--count=1', '--contains', headNow.commit ?? '', 'refs/heads', 'refs/remotes', 'refs/tags'])) === undefined) return [{ part: 'HEAD', outcome: 'newer' }];
    const { status } = head.ref === undefined ? await tryGit(root, ['update-ref', '--no-deref', '-m', 'interlock: restored', 'HEAD', head.commit ?? '']) : await tryGit(root, ['symbolic-ref', '-m', 'interlock: restored', 'HEAD', head.ref]);
    parts.push({ part: 'HEAD', outcome: status === 0 ? 'restored' : 'failed' });
    if (status !== 0) return parts;
  }
  const index = await restoreIndex(options, state);
  parts.push({ part: 'index', outcome: index });
  return index === 'restored' || index === 'unchanged' ? [...parts, ...(await restoreCommitted(options, state))] : parts;
}

/** What is staged by now, and was not then, is newer. */
async function isIndexNewer({ repository: { root, gitDir }, store }: RepositoryRestore, { index }: RepositoryState, headNow: string | undefined): Promise<boolean> {
  const now = readOrEmpty(join(gitDir, 'index'));
  if (now.length === 0) return false;
  if (index === undefined) return true;
  return store.read(index)?.equals(now) !== true && (await stagesSomething(root, headNow)) && !(await sameEntries(root, store.pathOf(index.sha256)));
}

async function restoreIndex({ repository, store }: RepositoryRestore, { index }: RepositoryState): Promise<Outcome> {
  const { root, gitDir } = repository;
  const path = join(gitDir, 'index');
  const now = readOrEmpty(path);
  if (index === undefined) return now.length === 0 ? 'unchanged' : removed(path);
  const kept = store.read(index);
  if (!kept) return 'damaged';
  if (now.equals(kept)) return 'unchanged';
  const lock = `${path}.lock`;
  try {
    writeFileSync(lock, kept, { flag: 'wx' });
  } catch {
    // Git is at work in it.
    return 'failed';
  }
  // Older than any file: git then compares contents instead of trusting times.
  utimesSync(lock, 1, 1);
  renameSync(lock, path);
  await tryGit(root, ['update-index', '-q', '--refresh'], { env: { GIT_OPTIONAL_LOCKS: '1' } });
  return 'restored';
}

function removed(path: string): Outcome {
  rmSync(path, { force: true });
  return 'restored';
}

/** True where the index differs from the commit that HEAD was on before anything was restored. */
async function stagesSomething(root: string, commit: string | undefined): Promise<boolean> {
  if (commit === undefined) return true;
  return (await tryGit(root, ['diff-index', '--cached', '--quiet', '--ignore-submodules=all', commit])).status !== 0;
}

async function sameEntries(root: string, index: string): Promise<boolean> {
  const [now, then] = await Promise.all([tryGit(root, ['ls-files', '-s', '-z']), tryGit(root, ['ls-files', '-s', '-z'], { env: { GIT_INDEX_FILE: index } })]);
  return now.status === 0 && then.status === 0 && now.output.equals(then.output);
}

/** Files that were as committed come back from the commit, and those that came with another commit go; what is not committed is left alone. */
async function restoreCommitted({ repository: { root }, overwrite, committed, withhold }: RepositoryRestore, { changes }: RepositoryState): Promise<readonly PartOutcome[]> {
  const changed = new Set(changes.map(({ path }) => path));
  const differing = namesIn(await git(root, ['diff-files', '--name-only', '-z', '--ignore-submodules=all'])).filter((name) => !changed.has(name));
  const mayReplace = (name: string): boolean => overwrite || committed.has(join(root, name)) || !exists(join(root, name));
  const whyNot = (path: string): Skip | undefined => withhold?.({ path, place: path, type: 'file', content: () => readOrEmpty(path).toString('utf8') });
  const replaced = differing.filter((name) => mayReplace(name) && !whyNot(join(root, name)));
  if (replaced.length > 0) await git(root, ['checkout-index', '-q', '-f', '-z', '--stdin'], { input: Buffer.concat(replaced.map((name) => Buffer.concat([bufferOf(name), Buffer.of(0)]))) });
  const tracked = new Set(namesIn(await git(root, ['ls-files', '-z'])).map((name) => join(root, name)));
  const kept = new Set(changes.filter(({ state }) => !state.endsWith('D')).map(({ path }) => join(root, path)));
  const gone = new Set(changes.filter(({ state }) => state.endsWith('D')).map(({ path }) => join(root, path)));
  const surplus = [...committed].filter((path) => (!tracked.has(path) || gone.has(path)) && !kept.has(path) && exists(path) && !whyNot(path));
  for (const path of surplus) removeFile(path, root);
  const left = differing.flatMap((name) => {
    const why = mayReplace(name) ? whyNot(join(root, name)) : 'newer';
    return why ? [{ part: join(root, name), outcome: why }] : [];
  });
  return [...left, ...(replaced.length + surplus.length > 0 ? [{ part: 'files as committed', outcome: 'restored' as const }] : [])];
}

function bufferOf(name: string): Buffer {
  const path = onDisk(name);
  return typeof path === 'string' ? Buffer.from(path) : path;
}

function exists(path: string): boolean {
  return lstatSync(onDisk(path), { throwIfNoEntry: false }) !== undefined;
}

/** With the folders that are empty then. */
function removeFile(path: string, root: string): void {
  rmSync(onDisk(path), { force: true });
  for (let folder = dirname(path); folder.length > root.length; folder = dirname(folder)) {
    try {
      rmdirSync(onDisk(folder));
    } catch {
      return;
    }
  }
}

