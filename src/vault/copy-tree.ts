import { lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync, type Stats } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isMadeAnywhere, isMadeFolder } from '../core/files/places.ts';
import { KeepFailed } from '../core/keeping.ts';
import { readAttributes } from './attributes.ts';
import type { Budget } from './bounds.ts';
import { onDisk, pathOf } from './disk-path.ts';
import type { Entry } from './manifest.ts';
import { KeepsChanging, type ObjectStore } from './objects.ts';
import { Pace } from './pace.ts';
import { bytesOnDisk, isSparse } from './sparse.ts';

export interface Copied {
  readonly entries: Entry[];
  readonly leftOut: string[];
  /** False where the machine has no tool for extended attributes. */
  readonly attributes: boolean;
}

export interface CopyOptions {
  readonly store: ObjectStore;
  readonly budget: Budget;
  /** The vault's own folder, which is never copied into itself. */
  readonly except: string;
  /** Paths whose names the action takes away without writing into what they name. */
  readonly unlinked: ReadonlySet<string>;
  /** True for a folder that git ignores, undefined outside any repository. */
  readonly ignores: (folder: string) => Promise<boolean | undefined>;
}

/**
 * Copies paths with all that is below them. What does not exist is left out; links are copied as links.
 * @throws KeepFailed when something cannot be read or a bound is met
 */
export async function copyTrees(paths: readonly string[], options: CopyOptions): Promise<Copied> {
  const { store, budget, except } = options;
  const walk: Walk = { entries: [], leftOut: [], files: [], seen: new Set([except]), pace: new Pace(), options };
  for (const path of paths) {
    for (const real of placesOf(path)) await collect(real, { depth: 0, unlinked: options.unlinked.has(path) }, walk);
  }
  await budget.makeRoom();
  for (const { path, facts, link } of walk.files) {
    const stored = await store.add(path, facts, link).catch((error: unknown) => {
      throw new KeepFailed(`No copy was kept: ${problemOf(path, error)}.`, { cause: error });
    });
    walk.entries.push({ type: 'file', path, ...commonOf(facts), mode: modeOf(facts), ...stored, ...(isSparse(facts) ? { sparse: true as const } : {}) });
    budget.checkTime();
    await walk.pace.step();
  }
  const attributes = await readAttributes(walk.entries.map(({ path }) => path));
  budget.checkTime();
  const entries = attributes ? walk.entries.map((entry) => withAttributes(entry, attributes.get(entry.path))) : walk.entries;
  return { entries, leftOut: walk.leftOut, attributes: attributes !== undefined };
}

function withAttributes(entry: Entry, attributes: Readonly<Record<string, string>> | undefined): Entry {
  return attributes && Object.keys(attributes).length > 0 ? { ...entry, attributes } : entry;
}

interface Walk {
  readonly entries: Entry[];
  readonly leftOut: string[];
  readonly files: { readonly path: string; readonly facts: Stats; readonly link: boolean }[];
  readonly seen: Set<string>;
  readonly pace: Pace;
  readonly options: CopyOptions;
}

interface Place {
  readonly depth: number;
  readonly unlinked: boolean;
}

/** The path with links in its folder resolved, the last part as it is; undefined where there is no such folder. */
function resolveFolder(path: string): string | undefined {
  const folder = orMissing(path, () => pathOf(realpathSync(onDisk(dirname(path)), 'buffer')));
  return folder === undefined ? undefined : join(folder, basename(path));
}

/** The path itself, or, where it was read from a name that is not UTF-8, every name that reads the same. */
function placesOf(path: string): readonly string[] {
  const real = resolveFolder(path);
  if (real === undefined) return [];
  const name = basename(real);
  if (!name.includes('\uFFFD') || orMissing(path, () => lstatSync(real))) return [real];
  const folder = dirname(real);
  const names = orMissing(path, () => readdirSync(onDisk(folder), 'buffer')) ?? [];
  return names.filter((candidate) => candidate.toString('utf8') === name).map((candidate) => join(folder, pathOf(candidate)));
}

async function collect(path: string, place: Place, walk: Walk): Promise<void> {
  if (walk.seen.has(path)) return;
  walk.seen.add(path);
  const facts = orMissing(path, () => lstatSync(onDisk(path)));
  if (!facts) return;
  walk.options.budget.take(facts.isFile() ? bytesOnDisk(facts) : 0, place.depth);
  await walk.pace.step();
  if (facts.isFile()) walk.files.push({ path, facts, link: place.unlinked && isGitObject(path, facts) });
  else if (facts.isSymbolicLink()) walk.entries.push({ type: 'link', path, ...commonOf(facts), target: pathOf(readlinkSync(onDisk(path), 'buffer')) });
  else if (facts.isDirectory()) await collectFolder(path, facts, place, walk);
  else walk.entries.push({ type: 'odd', path, ...commonOf(facts), mode: modeOf(facts), kind: facts.isFIFO() ? 'fifo' : facts.isSocket() ? 'socket' : 'device' });
}

async function collectFolder(path: string, facts: Stats, { depth, unlinked }: Place, walk: Walk): Promise<void> {
  if (depth > 0 && (await isMadeAgain(path, walk.options))) {
    walk.leftOut.push(path);
    return;
  }
  walk.entries.push({ type: 'folder', path, ...commonOf(facts), mode: modeOf(facts) });
  const names = orMissing(path, () => readdirSync(onDisk(path), 'buffer')) ?? [];
  for (const name of names) {
    const child = join(path, pathOf(name));
    await collect(child, { depth: depth + 1, unlinked }, walk);
    // A linked working tree keeps its index and HEAD beside the repository it belongs to, and loses them with it.
    if (basename(child) === '.git') await collectLinked(child, { depth: depth + 1, unlinked }, walk);
  }
}

/** Packages, caches and what a build makes: where git has them they are work, and outside any repository only a name that nothing else has is believed. */
async function isMadeAgain(folder: string, { ignores }: CopyOptions): Promise<boolean> {
  const name = basename(folder);
  // Branches are folders of git's own, and may have such names.
  if (!isMadeFolder(name) || /[\\/]\.git[\\/]/.test(folder)) return false;
  const ignored = await ignores(folder);
  return ignored ?? isMadeAnywhere(name);
}

async function collectLinked(dotGit: string, place: Place, walk: Walk): Promise<void> {
  const facts = orMissing(dotGit, () => lstatSync(onDisk(dotGit)));
  if (!facts?.isFile() || facts.size > LONGEST_LINK) return;
  const target = /^gitdir: (.+)\n?$/.exec(pathOf(orMissing(dotGit, () => readFileSync(onDisk(dotGit))) ?? Buffer.alloc(0)))?.[1];
  if (target === undefined) return;
  const real = resolveFolder(resolve(dirname(dotGit), target));
  if (real !== undefined && /[\\/]worktrees[\\/][^\\/]+$/.test(real)) await collect(real, place, walk);
}

const LONGEST_LINK = 8_192;

/**
 * Git writes an object or pack once, under another name, and never into it. Any other file may be written to while it has a second
 * name, by who holds it open or by an action that in the end did not delete it.
 */
function isGitObject(path: string, facts: Stats): boolean {
  return facts.nlink === 1 && (facts.mode & 0o222) === 0 && /[\\/]objects[\\/](?:[0-9a-f]{2}[\\/][0-9a-f]{38,62}|pack[\\/]pack-[0-9a-f]{40,64}\.(?:pack|idx|rev|bitmap|mtimes))$/.test(path);
}

function commonOf({ mtimeMs, uid, gid }: Stats): { modified: number; uid: number; gid: number } {
  return { modified: mtimeMs, uid, gid };
}

function modeOf(facts: Stats): number {
  return facts.mode & 0o7777;
}

function problemOf(path: string, error: unknown): string {
  if (error instanceof KeepsChanging) return `${path} is written to all the time`;
  return codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT' ? 'the disk with the vault is full' : `${path} cannot be copied`;
}

/** Undefined where the path does not exist; anything else that goes wrong ends the copy. */
function orMissing<T>(path: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw new KeepFailed(`No copy was kept: ${path} cannot be read.`, { cause: error });
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
