import { type Dirent, type Stats } from 'node:fs';
import { lstat, readdir, readlink, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { KeepFailed } from '../core/keeping.ts';
import type { Budget } from './bounds.ts';
import type { Entry } from './manifest.ts';
import type { ObjectStore } from './objects.ts';

/** Files copied at a time: enough to keep a disk busy, few enough for the limit of open files. */
const PARALLEL = 16;
/** Folders an install makes again; a tree that holds one is kept without it. */
const madeAgain = new Set(['node_modules', '__pycache__']);

export interface Copied {
  readonly entries: Entry[];
  readonly leftOut: string[];
}

/**
 * Copies paths with all that is below them. What does not exist is left out; links are copied as links.
 * @param except the vault's own folder, which is never copied into itself
 * @throws KeepFailed when something cannot be read or a bound is met
 */
export async function copyTrees(paths: readonly string[], store: ObjectStore, budget: Budget, except: string): Promise<Copied> {
  const copied: Copied = { entries: [], leftOut: [] };
  const files: { readonly path: string; readonly facts: Stats }[] = [];
  const seen = new Set<string>([except]);
  for (const path of paths) {
    const real = await resolveFolder(path);
    if (real !== undefined) await collect(real, 0, { copied, files, seen, budget });
  }
  await inParallel(files, async ({ path, facts }) => {
    const { sha256, size } = await store.add(path, facts.size).catch((error: unknown) => {
      throw new KeepFailed(`No copy was kept: ${path} cannot be read.`, { cause: error });
    });
    copied.entries.push({ type: 'file', path, mode: facts.mode & 0o7777, modified: facts.mtimeMs, size, sha256 });
  });
  return copied;
}

interface Walk {
  readonly copied: Copied;
  readonly files: { readonly path: string; readonly facts: Stats }[];
  readonly seen: Set<string>;
  readonly budget: Budget;
}

/** The path with links in its folder resolved, the last part as it is; undefined where there is no such folder. */
async function resolveFolder(path: string): Promise<string | undefined> {
  const folder = await orMissing(path, () => realpath(dirname(path)));
  return folder === undefined ? undefined : join(folder, basename(path));
}

async function collect(path: string, depth: number, walk: Walk): Promise<void> {
  if (walk.seen.has(path)) return;
  walk.seen.add(path);
  const facts = await orMissing(path, () => lstat(path));
  if (!facts) return;
  walk.budget.take(facts.isFile() ? facts.size : 0, depth);
  if (facts.isFile()) walk.files.push({ path, facts });
  else if (facts.isSymbolicLink()) walk.copied.entries.push({ type: 'link', path, target: await readlink(path) });
  else if (facts.isDirectory()) await collectFolder(path, facts, depth, walk);
  else walk.copied.leftOut.push(path);
}

async function collectFolder(path: string, facts: Stats, depth: number, walk: Walk): Promise<void> {
  if (depth > 0 && madeAgain.has(basename(path))) {
    walk.copied.leftOut.push(path);
    return;
  }
  walk.copied.entries.push({ type: 'folder', path, mode: facts.mode & 0o7777, modified: facts.mtimeMs });
  const children = (await orMissing(path, () => readdir(path, { withFileTypes: true }))) ?? [];
  for (const child of children as readonly Dirent[]) await collect(join(path, child.name), depth + 1, walk);
}

/** Undefined where the path does not exist; anything else that goes wrong ends the copy. */
async function orMissing<T>(path: string, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new KeepFailed(`No copy was kept: ${path} cannot be read.`, { cause: error });
  }
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
}
