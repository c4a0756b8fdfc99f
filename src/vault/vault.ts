import { lstatSync } from 'node:fs';
import { chmod, mkdir, realpath } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join, relative, sep } from 'node:path';
import type { Action } from '../core/action.ts';
import type { RepositoryStake } from '../core/effect.ts';
import { KeepFailed, type Keeper, type KeepPlan, type Kept, planKeep } from '../core/keeping.ts';
import type { Verdict } from '../core/verdict.ts';
import { Budget, type VaultBounds } from './bounds.ts';
import { copyTrees } from './copy-tree.ts';
import { onDisk } from './disk-path.ts';
import { keepRepository } from './keep-repository.ts';
import { type KeptRepository, listManifests, type Manifest, newManifestId, readManifest, writeManifest } from './manifest.ts';
import { ObjectStore, type Stored } from './objects.ts';
import { bringBack } from './pins.ts';
import { pushBack, type RemoteChange, remoteChanges } from './remote.ts';
import { committedFiles, type Repository, Repositories, untrackedIn } from './repository.ts';
import { pathsUnderWay } from './repository-state.ts';
import { chosen, type Restored, restoreFiles, type Withhold } from './restore.ts';
import { contentsFor, type Retention, sweep, type Swept } from './retention.ts';
import { type RepositoryRestore, restoreRepository } from './restore-repository.ts';

export interface VaultOptions {
  /** Absolute folder of the vault, readable by the owner alone. */
  readonly folder: string;
  /** Read for every action, so that a changed setting counts at once. */
  readonly bounds: () => VaultBounds;
  /** The action in one line, secrets masked. */
  readonly describe: (action: Action) => string;
  readonly now?: () => number;
}

export interface RestoreOptions {
  /** Only these paths and what is below them; absent: everything. */
  readonly files?: readonly string[];
  /** Refs, stashes and index of the repositories too; as a rule where everything comes back. */
  readonly repositories?: boolean;
  /** Replace what has been changed or made at the same place since. */
  readonly overwriteNewer: boolean;
  /** Put the files below this folder and leave their own places, and all repositories, alone. */
  readonly to?: string;
  /** What is not to be put back, also where it would be put back from a commit. */
  readonly withhold?: Withhold;
}

/** A copy with what is left of it. */
export interface CopyFacts {
  readonly manifest: Manifest;
  readonly files: number;
  /** Of all its contents. */
  readonly bytes: number;
  /** Contents that are not in the vault any more. */
  readonly gone: number;
}

/** What a person does who brings something of a copy back. */
function restoring({ id }: Manifest): Action {
  return { agent: 'person', session: '', cwd: '', workspaceRoots: [], env: {}, tool: 'other', name: 'restore', input: { manifest: id } };
}

/** Copies of what actions lost, and their way back. */
export class Vault implements Keeper {
  private readonly options: VaultOptions;
  private readonly store: ObjectStore;
  private readonly manifests: string;
  private readonly now: () => number;

  constructor(options: VaultOptions) {
    this.options = options;
    this.store = new ObjectStore(join(options.folder, 'objects'));
    this.manifests = join(options.folder, 'manifests');
    this.now = options.now ?? Date.now;
  }

  /**
   * Copies exactly what the verdict says would be lost. The manifest is written last: a copy that was cut short does not exist.
   * @throws KeepFailed
   */
  async keep(action: Action, verdict: Verdict): Promise<Kept> {
    return this.save(action, planKeep(verdict));
  }

  /** Manifests, newest first. */
  list(): Promise<readonly Manifest[]> {
    return listManifests(this.manifests);
  }

  /** All copies with what is left of them, newest first. Contents are looked for, not into. */
  async overview(): Promise<readonly CopyFacts[]> {
    const [manifests, there] = await Promise.all([this.list(), this.store.names()]);
    return manifests.map((manifest) => {
      const contents = contentsFor(manifest, this.store);
      return { manifest, files: manifest.entries.filter(({ type }) => type === 'file').length, bytes: contents.reduce((sum, { size }) => sum + size, 0), gone: contents.filter(({ sha256 }) => !there.has(sha256)).length };
    });
  }

  /** The content of a kept file; undefined where it is gone or damaged. */
  content(entry: Stored): Buffer | undefined {
    return this.store.read(entry);
  }

  /** @throws UnreadableManifest */
  manifest(id: string): Promise<Manifest> {
    return readManifest(this.manifests, id);
  }

  /**
   * Puts back what a manifest lists. What would be replaced with `overwriteNewer`, and what repositories hold by now, is copied first.
   * @throws KeepFailed when that copy cannot be made; nothing is replaced then
   */
  async restore(manifest: Manifest, options: RestoreOptions): Promise<Restored> {
    const { files, overwriteNewer, to, withhold } = options;
    const which = { ...(files ? { files } : {}), ...(withhold ? { withhold } : {}) };
    if (to !== undefined) return restoreFiles(manifest, this.store, { ...which, overwrite: false, committed: new Set(), to: await realFolder(to) });
    const repositories = (options.repositories ?? files === undefined) ? manifest.git : [];
    await this.saveBefore(manifest, options, repositories);
    const found = new Repositories();
    const before = new Map<string, ReadonlySet<string>>();
    // A commit holds them, also where only files come back.
    for (const { root } of manifest.git) {
      const repository = await found.at(root);
      before.set(root, repository ? await committedFiles(repository) : new Set());
    }
    const committed = new Set([...before.values()].flatMap((paths) => [...paths]));
    const result = await restoreFiles(manifest, this.store, { ...which, overwrite: overwriteNewer, committed });
    const parts = { restored: [...result.restored], unchanged: [...result.unchanged], skipped: [...result.skipped] };
    for (const kept of repositories) {
      for (const { part, outcome } of await this.restoreRepository(manifest.id, kept, { overwrite: overwriteNewer, committed: before.get(kept.root) ?? new Set(), ...(withhold ? { withhold } : {}) })) {
        const path = part.startsWith(kept.root) ? part : `${kept.root}: ${part}`;
        if (outcome === 'restored' || outcome === 'unchanged') parts[outcome].push(path);
        else parts.skipped.push({ path, why: outcome });
      }
    }
    return parts;
  }

  /** What remotes had before a push and have not now, and the remotes that could not be asked. */
  async remoteChanges(manifest: Manifest): Promise<{ readonly changes: readonly RemoteChange[]; readonly unreachable: readonly string[] }> {
    const changes: RemoteChange[] = [];
    const unreachable: string[] = [];
    for (const { root, remotes } of manifest.git) {
      for (const remote of remotes.filter(({ refs }) => refs.length > 0)) {
        const found = await remoteChanges(root, remote).catch(() => undefined);
        if (found === undefined) unreachable.push(remote.name);
        else changes.push(...found);
      }
    }
    return { changes, unreachable };
  }

  /**
   * Pushes back what remotes had before a push, each where it still has what the change says. That is copied first.
   * @returns what is there again
   * @throws KeepFailed when that copy cannot be made; nothing is pushed then
   */
  async pushBack(manifest: Manifest, changes: readonly RemoteChange[]): Promise<readonly RemoteChange[]> {
    const repositories = changes.filter(({ now }) => now !== undefined).map(({ root, remote, ref }): RepositoryStake => ({ folder: root, push: { remote, refs: [ref] } }));
    if (repositories.length > 0) await this.save(restoring(manifest), { whole: [], unlinked: new Set(), uncommitted: [], repositories });
    const done: RemoteChange[] = [];
    for (const change of changes) {
      const repository = await new Repositories().at(change.root);
      if (repository) await this.bringBack(repository, manifest.id);
      if (repository && (await pushBack(change).catch(() => false))) done.push(change);
    }
    return done;
  }

  /** Removes copies that are too old or too many, and contents that no copy needs. */
  sweep(retention: Retention): Promise<Swept> {
    return sweep({ folder: this.options.folder, store: this.store, retention, now: this.now() });
  }

  private async restoreRepository(id: string, kept: KeptRepository, how: Pick<RepositoryRestore, 'overwrite' | 'committed' | 'withhold'>): ReturnType<typeof restoreRepository> {
    try {
      // Looked for anew: the repository itself may just have come back.
      const repository = await new Repositories().at(kept.root);
      if (!repository || repository.root !== kept.root) return [{ part: 'repository', outcome: 'moved' }];
      await this.bringBack(repository, id);
      return await restoreRepository({ ...how, repository, kept, store: this.store });
    } catch {
      return [{ part: 'repository', outcome: 'failed' }];
    }
  }

  /** Hidden refs that a later copy has taken out of the repository are in a bundle of that one. */
  private async bringBack({ root }: Repository, id: string): Promise<void> {
    for (const { git } of await this.list()) {
      const bundle = git.find((kept) => kept.root === root && kept.bundle?.pins.includes(id))?.bundle;
      if (bundle && (await bringBack(root, this.store.pathOf(bundle.sha256), id))) return;
    }
  }

  private async saveBefore(manifest: Manifest, { files, overwriteNewer }: RestoreOptions, repositories: readonly KeptRepository[]): Promise<void> {
    const whole = overwriteNewer ? (files ?? chosen(manifest, undefined).filter(({ type }) => type !== 'folder').map(({ path }) => path)) : [];
    const stakes = repositories.map(({ root }): RepositoryStake => ({ folder: root, tags: true }));
    if (whole.length + stakes.length > 0) await this.save(restoring(manifest), { whole, unlinked: new Set(), uncommitted: [], repositories: stakes });
  }

  private async save(action: Action, plan: KeepPlan): Promise<Kept> {
    const at = this.now();
    const id = newManifestId(at);
    const budget = new Budget(this.options.bounds(), this.options.folder, this.now);
    await this.makePrivate();
    try {
      const found = new Repositories();
      const staked = await stakesByRepository(plan.repositories, found);
      const trees = [...plan.whole, ...(await uncommittedOf(plan.uncommitted, found)), ...(await filesOf(staked, found))];
      const copied = await copyTrees(trees, { store: this.store, budget, except: this.options.folder, unlinked: plan.unlinked, ignores: (folder) => found.ignores(folder) });
      const kept = [];
      for (const [repository, stakes] of staked) kept.push(await keepRepository(repository, stakes, { changes: await found.changes(repository), id, at, store: this.store, budget, folder: this.options.folder }));
      const git = kept.map(({ repository }) => repository);
      if (copied.entries.length === 0 && git.length === 0) return { files: 0, bytes: 0 };
      await this.settle([...copied.entries.filter((entry) => entry.type === 'file'), ...kept.flatMap(({ contents }) => contents)]);
      const { agent, session } = action;
      await writeManifest(this.manifests, { version: 1, id, at, agent, session, title: this.options.describe(action), ...copied, git });
      return { manifest: id, files: copied.entries.filter(({ type }) => type === 'file').length, bytes: budget.bytes };
    } catch (error) {
      throw error instanceof KeepFailed ? error : new KeepFailed(reasonOf(error), { cause: error });
    }
  }

  private async settle(contents: readonly Stored[]): Promise<void> {
    await this.store.settle(contents);
    const there = await this.store.names();
    if (!contents.every(({ sha256 }) => there.has(sha256))) throw new KeepFailed('No copy was kept: a part of it is gone again.');
  }

  /** Secrets are copied too, so nobody else may enter. */
  private async makePrivate(): Promise<void> {
    const { folder } = this.options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (process.platform === 'win32') return;
    const { uid, mode } = lstatSync(await realpath(folder));
    if (uid !== userInfo().uid) throw new KeepFailed('No copy was kept: the vault belongs to somebody else.');
    if ((mode & 0o077) !== 0) await chmod(folder, 0o700);
  }
}

async function realFolder(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  return realpath(folder);
}

async function stakesByRepository(stakes: readonly RepositoryStake[], found: Repositories): Promise<ReadonlyMap<Repository, readonly RepositoryStake[]>> {
  const byRepository = new Map<Repository, RepositoryStake[]>();
  const byRoot = new Map<string, Repository>();
  for (const stake of stakes) {
    const at = await found.at(stake.folder);
    if (!at) continue;
    const repository = byRoot.get(at.root) ?? at;
    byRoot.set(at.root, repository);
    byRepository.set(repository, [...(byRepository.get(repository) ?? []), stake]);
  }
  return byRepository;
}

/** Files below some paths that no commit holds; outside any repository the paths themselves. */
async function uncommittedOf(paths: readonly string[], found: Repositories): Promise<readonly string[]> {
  const groups = new Map<Repository | undefined, string[]>();
  for (const path of paths) {
    const repository = await found.at(path);
    groups.set(repository, [...(groups.get(repository) ?? []), path]);
  }
  const files: string[] = [];
  for (const [repository, inside] of groups) {
    if (!repository || repository.bare) files.push(...inside);
    else files.push(...(await changedBelow(repository, inside, found)));
  }
  return files;
}

/** A name that is not UTF-8 cannot be told apart by then: all that is uncommitted is taken. */
async function changedBelow(repository: Repository, paths: readonly string[], found: Repositories): Promise<readonly string[]> {
  const names = paths.map((path) => relative(repository.root, path).split(sep).join('/'));
  const all = names.some((name) => name === '' || name.startsWith('../') || name.includes('\uFFFD'));
  const wanted = new Set(names);
  const changes = await found.changes(repository);
  const isMeant = (path: string): boolean => {
    if (all || wanted.has(path)) return true;
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) if (wanted.has(path.slice(0, at))) return true;
    return false;
  };
  // A folder is a repository of its own, which git leaves alone.
  return changes.filter(({ path }) => !path.endsWith('/') && isMeant(path)).map(({ path }) => join(repository.root, path)).filter((path) => !isFolder(path));
}

function isFolder(path: string): boolean {
  return lstatSync(onDisk(path), { throwIfNoEntry: false })?.isDirectory() === true;
}

/** What goes of the working tree and of git's own files beside what the paths of the effects name. */
async function filesOf(staked: ReadonlyMap<Repository, readonly RepositoryStake[]>, found: Repositories): Promise<readonly string[]> {
  const files: string[] = [];
  for (const [repository, stakes] of staked) {
    files.push(...pathsUnderWay(repository));
    if (stakes.some(({ everyRef }) => everyRef)) files.push(join(repository.commonDir, 'config'));
    for (const stake of stakes) {
      if (stake.files === undefined) continue;
      files.push(...(await found.changes(repository)).filter(({ state, path }) => state !== '??' && !isFolder(join(repository.root, path))).map(({ path }) => join(repository.root, path)));
      if (stake.files !== 'changed') files.push(...(await untrackedIn(repository, stake.files === 'ignored' || stakes.some(({ ignoreFile }) => ignoreFile), stake.below)));
    }
  }
  return files;
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOSPC' || code === 'EDQUOT' ? 'No copy was kept: the disk with the vault is full.' : 'No copy was kept: the vault cannot be written.';
}
