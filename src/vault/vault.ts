import { join } from 'node:path';
import type { Action } from '../core/action.ts';
import { type Kept, type Keeper, losesLocalPaths } from '../core/keeping.ts';
import type { Verdict } from '../core/verdict.ts';
import { Budget, type VaultBounds } from './bounds.ts';
import { copyTrees } from './copy-tree.ts';
import { repositoryOf, saveTracked, uncommittedFiles } from './git-work.ts';
import { type GitWork, listManifests, type Manifest, newManifestId, readManifest, writeManifest } from './manifest.ts';
import { ObjectStore } from './objects.ts';
import { type Restored, restoreManifest, type RestoreOptions } from './restore.ts';

export interface VaultOptions {
  /** Absolute folder of the vault, readable by the owner alone. */
  readonly folder: string;
  /** Read for every action, so that a changed setting counts at once. */
  readonly bounds: () => VaultBounds;
  /** The action in one line, secrets masked. */
  readonly describe: (action: Action) => string;
  readonly now?: () => number;
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
   * Copies exactly the local paths the verdict says would be lost. The manifest is written last: a copy that was cut short does not exist.
   * @throws KeepFailed
   */
  async keep(action: Action, verdict: Verdict): Promise<Kept> {
    const losing = verdict.findings.filter(losesLocalPaths);
    const whole = losing.filter(({ verb }) => verb !== 'discard').flatMap(({ paths }) => paths ?? []);
    const discarded = losing.filter(({ verb }) => verb === 'discard').flatMap(({ paths }) => paths ?? []);
    return this.save(action, whole, discarded);
  }

  /** Manifests, newest first. */
  list(): Promise<readonly Manifest[]> {
    return listManifests(this.manifests);
  }

  /** @throws UnreadableManifest */
  manifest(id: string): Promise<Manifest> {
    return readManifest(this.manifests, id);
  }

  /**
   * Puts back what a manifest lists. What would be replaced with `overwriteNewer` is copied into the vault first.
   * @throws KeepFailed when that copy cannot be made; nothing is replaced then
   */
  async restore(manifest: Manifest, options: RestoreOptions): Promise<Restored> {
    if (options.overwriteNewer) {
      const context = { agent: 'person', session: '', cwd: '', workspaceRoots: [], env: {} };
      const paths = options.files ?? manifest.entries.filter(({ type }) => type !== 'folder').map(({ path }) => path);
      await this.save({ ...context, tool: 'other', name: 'restore', input: { manifest: manifest.id } }, paths, []);
    }
    return restoreManifest(manifest, this.store, options);
  }

  private async save(action: Action, whole: readonly string[], discarded: readonly string[]): Promise<Kept> {
    const budget = new Budget(this.options.bounds(), this.now);
    const at = this.now();
    const id = newManifestId(at);
    const roots = await groupByRepository(discarded);
    const uncommitted: string[] = [];
    for (const { root, paths } of roots) {
      if (root === undefined) uncommitted.push(...paths);
      else for (const path of paths) uncommitted.push(...(await uncommittedFiles(root, path)));
    }
    const { entries, leftOut } = await copyTrees([...whole, ...uncommitted], this.store, budget, this.options.folder);
    const git: GitWork[] = [];
    for (const { root } of roots) {
      const work = root === undefined ? undefined : await saveTracked(root, id);
      if (work) git.push(work);
    }
    if (entries.length === 0 && git.length === 0) return { files: 0, bytes: 0 };
    const { agent, session } = action;
    await writeManifest(this.manifests, { version: 1, id, at, agent, session, title: this.options.describe(action), entries, leftOut, git });
    return { manifest: id, files: entries.filter(({ type }) => type === 'file').length, bytes: budget.bytes };
  }
}

async function groupByRepository(paths: readonly string[]): Promise<readonly { readonly root: string | undefined; readonly paths: readonly string[] }[]> {
  const groups = new Map<string | undefined, string[]>();
  for (const path of paths) {
    const root = await repositoryOf(path);
    const group = groups.get(root);
    if (group) group.push(path);
    else groups.set(root, [path]);
  }
  return [...groups].map(([root, group]) => ({ root, paths: group }));
}
