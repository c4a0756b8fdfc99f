import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RepositoryStake } from '../core/effect.ts';
import type { Budget } from './bounds.ts';
import type { KeptRepository } from './manifest.ts';
import { DRAFTS, type ObjectStore, type Stored } from './objects.ts';
import { moveOut, pin } from './pins.ts';
import { keepRemote } from './remote.ts';
import type { Change, Repository } from './repository.ts';
import { contentsOf, readState } from './repository-state.ts';

export interface KeepRepositoryOptions {
  readonly changes: readonly Change[];
  readonly id: string;
  readonly at: number;
  readonly store: ObjectStore;
  readonly budget: Budget;
  /** Folder of the vault. */
  readonly folder: string;
}

/**
 * Writes down what a repository holds and holds on to it.
 * @throws KeepFailed
 */
export async function keepRepository(repository: Repository, stakes: readonly RepositoryStake[], { changes, id, at, store, budget, folder }: KeepRepositoryOptions): Promise<{ readonly repository: KeptRepository; readonly contents: readonly Stored[] }> {
  const { root } = repository;
  const remotes: KeptRepository['remotes'] = [];
  for (const { push } of stakes) if (push) remotes.push(await keepRemote(root, `${id}/remote/${remotes.length}`, push, budget));
  const everyRef = stakes.some((stake) => stake.everyRef);
  const { state, tips } = await readState(repository, changes, {
    records: everyRef || stakes.some((stake) => stake.records !== undefined),
    objects: stakes.some((stake) => stake.records === 'objects'),
    store,
    budget,
  });
  const stored = store.addBytes(Buffer.from(JSON.stringify(state)));
  const pinned = await pin(root, id, at, everyRef || stakes.some((stake) => stake.tags) ? tips : { ...tips, tags: new Set() }, budget);
  const drafts = join(folder, 'objects', DRAFTS);
  await mkdir(drafts, { recursive: true, mode: 0o700 });
  const bundle = everyRef ? await moveOut(repository, store, budget, drafts) : undefined;
  return {
    repository: { root, state: stored, pin: pinned, remotes, ...(bundle ? { bundle } : {}) },
    contents: [stored, ...contentsOf(state), ...(bundle ? [bundle] : [])],
  };
}
