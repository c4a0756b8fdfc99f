import { lstatSync, readdirSync, readlinkSync, realpathSync, type Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { KeepFailed } from '../core/keeping.ts';
import type { Budget } from './bounds.ts';
import type { Entry } from './manifest.ts';
import type { ObjectStore } from './objects.ts';
import { Pace } from './pace.ts';

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
  const walk: Walk = { copied: { entries: [], leftOut: [] }, files: [], seen: new Set([except]), budget, pace: new Pace() };
  for (const path of paths) {
    const real = resolveFolder(path);
    if (real !== undefined) await collect(real, 0, walk);
  }
  for (const { path, facts } of walk.files) {
    const { sha256, size } = await store.add(path, facts.size).catch((error: unknown) => {
      throw new KeepFailed(`No copy was kept: ${path} cannot be copied.`, { cause: error });
    });
    walk.copied.entries.push({ type: 'file', path, mode: facts.mode & 0o7777, modified: facts.mtimeMs, size, sha256 });
    budget.checkTime();
    await walk.pace.step();
  }
  return walk.copied;
}

interface Walk {
  readonly copied: Copied;
  readonly files: { readonly path: string; readonly facts: Stats }[];
  readonly seen: Set<string>;
  readonly budget: Budget;
  readonly pace: Pace;
}

/** The path with links in its folder resolved, the last part as it is; undefined where there is no such folder. */
function resolveFolder(path: string): string | undefined {
  const folder = orMissing(path, () => realpathSync(dirname(path)));
  return folder === undefined ? undefined : join(folder, basename(path));
}

async function collect(path: string, depth: number, walk: Walk): Promise<void> {
  if (walk.seen.has(path)) return;
  walk.seen.add(path);
  const facts = orMissing(path, () => lstatSync(path));
  if (!facts) return;
  walk.budget.take(facts.isFile() ? facts.size : 0, depth);
  await walk.pace.step();
  if (facts.isFile()) walk.files.push({ path, facts });
  else if (facts.isSymbolicLink()) walk.copied.entries.push({ type: 'link', path, target: readlinkSync(path) });
  else if (facts.isDirectory()) await collectFolder(path, facts, depth, walk);
  else walk.copied.leftOut.push(path);
}

async function collectFolder(path: string, facts: Stats, depth: number, walk: Walk): Promise<void> {
  if (depth > 0 && madeAgain.has(basename(path))) {
    walk.copied.leftOut.push(path);
    return;
  }
  walk.copied.entries.push({ type: 'folder', path, mode: facts.mode & 0o7777, modified: facts.mtimeMs });
  for (const name of orMissing(path, () => readdirSync(path)) ?? []) await collect(join(path, name), depth + 1, walk);
}

/** Undefined where the path does not exist; anything else that goes wrong ends the copy. */
function orMissing<T>(path: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new KeepFailed(`No copy was kept: ${path} cannot be read.`, { cause: error });
  }
}
