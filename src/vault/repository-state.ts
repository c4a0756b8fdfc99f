import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import * as z from 'zod/mini';
import type { Budget } from './bounds.ts';
import { readBranchSettings } from './branch-settings.ts';
import { git, gitLine, tryGit } from './git-run.ts';
import type { ObjectStore, Stored } from './objects.ts';
import { type Change, namesIn, type Repository } from './repository.ts';

const stored = z.object({ size: z.number(), sha256: z.string() });

/** What a repository held beside the files of its working tree. */
const stateSchema = z.object({
  head: z.object({ ref: z.optional(z.string()), commit: z.optional(z.string()) }),
  refs: z.array(z.object({ name: z.string(), object: z.string(), symref: z.optional(z.string()) })),
  /** Newest first. */
  stashes: z.array(z.object({ object: z.string(), message: z.string() })),
  index: z.optional(stored),
  /** As `git status` tells them: paths relative to the working tree. */
  changes: z.array(z.object({ state: z.string(), path: z.string() })),
  /** Files of the reflog, relative to the folder all working trees share. */
  logs: z.array(z.object({ path: z.string(), ...stored.shape })),
  /** What branches follow. Absent in copies of earlier versions. */
  branchSettings: z.optional(z.array(z.object({ key: z.string(), value: z.string() }))),
});
export type RepositoryState = z.infer<typeof stateSchema>;

/** Objects a state names, which have to stay in the repository for it to come back. */
export interface Tips {
  readonly commits: ReadonlySet<string>;
  /** Commits that only records of earlier states or nothing at all holds. */
  readonly records: ReadonlySet<string>;
  readonly tags: ReadonlySet<string>;
  /** Trees and blobs. */
  readonly contents: ReadonlyMap<string, 'tree' | 'blob'>;
}

/** Hidden refs of copies, which no list of branches shows and no ordinary push sends. */
export const HIDDEN = 'refs/interlock/';

/** Files that say what git is in the middle of. https://git-scm.com/docs/gitrepository-layout */
const underWay = ['MERGE_HEAD', 'MERGE_MSG', 'MERGE_MODE', 'MERGE_RR', 'AUTO_MERGE', 'CHERRY_PICK_HEAD', 'REVERT_HEAD', 'REBASE_HEAD', 'SQUASH_MSG', 'BISECT_START', 'BISECT_LOG', 'rebase-merge', 'rebase-apply', 'sequencer'];
const namesOfHeads = ['HEAD', 'ORIG_HEAD', 'MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD', 'REBASE_HEAD'];

/** Paths of a merge, rebase or the like that is under way. */
export function pathsUnderWay({ gitDir }: Repository): readonly string[] {
  return underWay.map((name) => join(gitDir, name));
}

export interface StateOptions {
  /** The reflog is lost too. */
  readonly records: boolean;
  /** Objects nothing points to are lost too. */
  readonly objects: boolean;
  readonly store: ObjectStore;
  readonly budget: Budget;
}

/**
 * Reads what a repository holds, and puts its index and, where they are at stake, its reflogs into the store.
 * @throws KeepFailed
 */
export async function readState(repository: Repository, changes: readonly Change[], { records, objects, store, budget }: StateOptions): Promise<{ readonly state: RepositoryState; readonly tips: Tips }> {
  const { root, gitDir } = repository;
  const [head, refs, stashes, branchSettings] = await Promise.all([readHead(root), readRefs(root), readStashes(root), readBranchSettings(root)]);
  const index = indexOf(gitDir, store);
  const logs = records ? readLogs(repository, store) : [];
  const found = await Promise.all([
    typesOf(root, [...refs.map(({ object }) => object), ...stashes.map(({ object }) => object), ...namesOfHeads]),
    repository.bare ? new Map<string, ObjectType>() : stagedObjects(root, head.commit),
    records ? typesOf(root, logs.flatMap(({ objects }) => objects)) : new Map<string, ObjectType>(),
    objects ? danglingObjects(root, budget) : new Map<string, ObjectType>(),
  ]);
  budget.checkTime();
  const [named, staged, logged, dangling] = found;
  const of = (type: ObjectType, ...maps: readonly ReadonlyMap<string, ObjectType>[]): Set<string> => new Set(maps.flatMap((map) => [...map].filter(([, other]) => other === type).map(([object]) => object)));
  const contents = new Map<string, 'tree' | 'blob'>();
  for (const map of [staged, dangling, named]) for (const [object, type] of map) if (type === 'tree' || type === 'blob') contents.set(object, type);
  return {
    state: { head, refs, stashes, ...(index ? { index } : {}), changes: [...changes], logs: logs.map(({ path, sha256, size }) => ({ path, sha256, size })), branchSettings: [...branchSettings] },
    tips: { commits: of('commit', named), records: of('commit', logged, dangling), tags: of('tag', named, dangling), contents },
  };
}

/** @returns undefined where it is damaged */
export function parseState(content: Buffer | undefined): RepositoryState | undefined {
  if (content === undefined) return undefined;
  try {
    return stateSchema.parse(JSON.parse(content.toString('utf8')));
  } catch {
    return undefined;
  }
}

/** Contents of the store that a state needs. */
export function contentsOf({ index, logs }: RepositoryState): readonly Stored[] {
  return [...(index ? [index] : []), ...logs];
}

export async function readHead(root: string): Promise<RepositoryState['head']> {
  const [ref, commit] = await Promise.all([gitLine(root, ['symbolic-ref', '-q', 'HEAD']), gitLine(root, ['rev-parse', '-q', '--verify', 'HEAD^{commit}'])]);
  return { ...(ref === undefined ? {} : { ref }), ...(commit === undefined ? {} : { commit }) };
}

/** Every ref but the hidden ones and the stash, which is a list. */
export async function readRefs(root: string): Promise<RepositoryState['refs']> {
  const output = await git(root, ['for-each-ref', '--format=%(objectname) %(refname) %(symref)']);
  return output.toString('utf8').split('\n').flatMap((line) => {
    const [object, name, symref] = line.split(' ');
    if (object === undefined || name === undefined || name.startsWith(HIDDEN) || name === 'refs/stash') return [];
    return [{ name, object, ...(symref ? { symref } : {}) }];
  });
}

/** https://git-scm.com/docs/git-stash#_discussion */
export async function readStashes(root: string): Promise<RepositoryState['stashes']> {
  const { status, output } = await tryGit(root, ['log', '-g', '-z', '--format=%H %gs', 'refs/stash', '--']);
  if (status !== 0) return [];
  return output.toString('utf8').split('\0').filter((line) => line !== '').map((line) => ({ object: line.slice(0, line.indexOf(' ')), message: line.slice(line.indexOf(' ') + 1) }));
}

function indexOf(gitDir: string, store: ObjectStore): Stored | undefined {
  try {
    return store.addBytes(readFileSync(join(gitDir, 'index')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

type ObjectType = 'commit' | 'tree' | 'blob' | 'tag';

/** Types of those objects that are there, which may be given by name. */
async function typesOf(root: string, objects: readonly string[]): Promise<ReadonlyMap<string, ObjectType>> {
  const asked = [...new Set(objects)].filter((object) => !/^0+$/.test(object));
  if (asked.length === 0) return new Map();
  const output = await git(root, ['cat-file', '--batch-check=%(objectname) %(objecttype)'], { input: `${asked.join('\n')}\n` });
  return new Map([...output.toString('utf8').matchAll(/^([0-9a-f]{40,64}) (commit|tree|blob|tag)$/gm)].map(([, object = '', type]) => [object, type as ObjectType]));
}

/** Blobs the index holds and the last commit does not, the sides of a conflict among them. */
async function stagedObjects(root: string, head: string | undefined): Promise<ReadonlyMap<string, ObjectType>> {
  const base = head ?? (await git(root, ['hash-object', '-t', 'tree', '--stdin'], { input: '' })).toString('utf8').trim();
  const [changed, unmerged] = await Promise.all([git(root, ['diff-index', '--cached', '--raw', '-z', '--no-abbrev', '--no-renames', '--ignore-submodules=all', base]), git(root, ['ls-files', '-u', '-z'])]);
  const staged = namesIn(changed).flatMap((line) => /^:\d+ \d+ [0-9a-f]+ ([0-9a-f]+) /.exec(line)?.[1] ?? []);
  const sides = namesIn(unmerged).flatMap((line) => /^\d+ ([0-9a-f]+) \d\t/.exec(line)?.[1] ?? []);
  return typesOf(root, [...staged, ...sides]);
}

/** https://git-scm.com/docs/git-fsck#_extracted_diagnostics */
async function danglingObjects(root: string, budget: Budget): Promise<ReadonlyMap<string, ObjectType>> {
  const { output } = await tryGit(root, ['fsck', '--connectivity-only', '--dangling', '--no-progress'], { limitMs: budget.remaining(60_000) });
  return new Map([...output.toString('utf8').matchAll(/^dangling (commit|tree|blob|tag) ([0-9a-f]{40,64})$/gm)].map(([, type, object = '']) => [object, type as ObjectType]));
}

interface Log extends Stored {
  readonly path: string;
  readonly objects: readonly string[];
}

function readLogs({ gitDir, commonDir }: Repository, store: ObjectStore): readonly Log[] {
  const folders = [...new Set([join(commonDir, 'logs'), join(gitDir, 'logs')])];
  return folders.flatMap((folder) => filesBelow(folder)).map((file) => {
    const content = readFileSync(file);
    const objects = [...content.toString('latin1').matchAll(/^([0-9a-f]{40,64}) ([0-9a-f]{40,64}) /gm)].flatMap(([, old = '', next = '']) => [old, next]);
    return { path: relative(commonDir, file), ...store.addBytes(content), objects };
  });
}

function filesBelow(folder: string): readonly string[] {
  const names = statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  return names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
