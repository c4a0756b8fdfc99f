import { lstat, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Manifest, manifestDrafts, manifestIds, readManifest, removeManifest } from './manifest.ts';
import { DRAFTS, type ObjectStore, type Stored } from './objects.ts';
import { unpin } from './pins.ts';
import { contentsOf, parseState } from './repository-state.ts';

/** How long copies stay. */
export interface Retention {
  readonly days: number;
  /** Of all copies together; the oldest go first. */
  readonly bytes: number;
}

export const defaultRetention: Retention = { days: 30, bytes: 10 * 1024 * 1024 * 1024 };

export interface Swept {
  readonly manifests: number;
  readonly objects: number;
  /** What is left. */
  readonly bytes: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** A copy that is being made has no manifest yet; nothing it has put down or found again is older. */
const IN_THE_MAKING_MS = 60 * 60 * 1000;

export interface SweepOptions {
  /** Folder of the vault. */
  readonly folder: string;
  readonly store: ObjectStore;
  readonly retention: Retention;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Removes copies that are too old or too many, then contents that no copy needs. A manifest goes before what it lists, so a crash leaves
 * contents without a manifest and never the other way round.
 */
export async function sweep({ folder, store, retention, now }: SweepOptions): Promise<Swept> {
  const manifests = join(folder, 'manifests');
  const objects = join(folder, 'objects');
  const { kept, unreadable } = await readAll(manifests);
  const stays = choose(kept, store, retention, now);
  const goes = kept.filter((manifest) => !stays.includes(manifest));
  for (const { id, git } of goes) {
    await removeManifest(manifests, id);
    for (const { root } of git) await unpin(root, id);
  }
  for (const draft of await manifestDrafts(manifests)) await removeOld(draft, now);
  // What a manifest that cannot be read needs nobody knows. It goes when it is too old, and until then everything stays.
  let blocked = false;
  for (const id of unreadable) {
    const facts = await stat(join(manifests, `${id}.json`)).catch(() => undefined);
    if (facts && now - facts.mtimeMs > retention.days * DAY_MS) await removeManifest(manifests, id);
    else blocked ||= facts !== undefined;
  }
  const needed = new Set(stays.flatMap((manifest) => contentsFor(manifest, store).map(({ sha256 }) => sha256)));
  return { manifests: goes.length, ...(await sweepObjects(objects, blocked ? undefined : needed, now)) };
}

async function readAll(folder: string): Promise<{ readonly kept: readonly Manifest[]; readonly unreadable: readonly string[] }> {
  const kept: Manifest[] = [];
  const unreadable: string[] = [];
  for (const id of await manifestIds(folder)) {
    const manifest = await readManifest(folder, id).catch(() => undefined);
    if (manifest) kept.push(manifest);
    else unreadable.push(id);
  }
  return { kept, unreadable };
}

/** Newest first as long as they fit, with those that hold the hidden refs of one that stays. The newest of all always stays. */
function choose(manifests: readonly Manifest[], store: ObjectStore, { days, bytes }: Retention, now: number): readonly Manifest[] {
  const stays: Manifest[] = [];
  const counted = new Set<string>();
  let total = 0;
  for (const manifest of manifests) {
    const isYoung = now - manifest.at <= days * DAY_MS;
    for (const { sha256, size } of contentsFor(manifest, store)) {
      if (!counted.has(sha256)) total += size;
      counted.add(sha256);
    }
    if (isYoung && (stays.length === 0 || total <= bytes)) stays.push(manifest);
  }
  const ids = new Set(stays.map(({ id }) => id));
  const holders = manifests.filter((manifest) => !stays.includes(manifest) && manifest.git.some(({ bundle }) => bundle?.pins.some((id) => ids.has(id))));
  return [...stays, ...holders];
}

/** Every content of the store that a manifest needs to be restored in full. */
export function contentsFor({ entries, git }: Manifest, store: ObjectStore): readonly Stored[] {
  const states = git.flatMap(({ state, bundle }) => {
    const read = parseState(store.read(state));
    return [state, ...(bundle ? [bundle] : []), ...(read ? contentsOf(read) : [])];
  });
  return [...entries.filter((entry) => entry.type === 'file'), ...states];
}

/** @param needed undefined: nothing is removed but drafts */
async function sweepObjects(folder: string, needed: ReadonlySet<string> | undefined, now: number): Promise<{ readonly objects: number; readonly bytes: number }> {
  let objects = 0;
  let bytes = 0;
  for (const part of await readdir(folder).catch(() => [])) {
    for (const name of await readdir(join(folder, part)).catch(() => [])) {
      const path = join(folder, part, name);
      const removed = part === DRAFTS || (needed !== undefined && !needed.has(part + name)) ? await removeOld(path, now) : false;
      if (removed) objects += 1;
      else bytes += (await lstat(path).catch(() => undefined))?.size ?? 0;
    }
  }
  return { objects, bytes };
}

async function removeOld(path: string, now: number): Promise<boolean> {
  const facts = await lstat(path).catch(() => undefined);
  if (!facts || now - Math.max(facts.mtimeMs, facts.ctimeMs) < IN_THE_MAKING_MS) return false;
  await rm(path, { force: true });
  return true;
}
