import { randomBytes } from 'node:crypto';
import { chmodSync, constants, copyFileSync, linkSync, lstatSync, mkdirSync, readlinkSync, realpathSync, renameSync, rmSync, type Stats, symlinkSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { committedFiles } from './git-work.ts';
import { type Entry, type FileEntry, type Manifest } from './manifest.ts';
import { hashOf, type ObjectStore } from './objects.ts';
import { Pace } from './pace.ts';

export interface RestoreOptions {
  /** Only these paths and what is below them; absent: everything. */
  readonly files?: readonly string[];
  /** Replace what has been changed or made at the same place since. */
  readonly overwriteNewer: boolean;
}

/** Why a path was not restored. */
export type Skip = 'newer' | 'damaged' | 'moved' | 'failed';

export interface Restored {
  readonly restored: readonly string[];
  /** Paths that already are what they were. */
  readonly unchanged: readonly string[];
  readonly skipped: readonly { readonly path: string; readonly why: Skip }[];
}

/**
 * Puts back what a manifest lists. Content is checked against its hash before anything is written, and a path that holds
 * something else by now is left alone unless `overwriteNewer` says otherwise or a commit holds it.
 */
export async function restoreManifest(manifest: Manifest, store: ObjectStore, options: RestoreOptions): Promise<Restored> {
  const wanted = manifest.entries.filter(({ path }) => !options.files || options.files.some((chosen) => path === chosen || path.startsWith(`${chosen}/`) || path.startsWith(`${chosen}\\`)));
  const result = { restored: [] as string[], unchanged: [] as string[], skipped: [] as { path: string; why: Skip }[] };
  // Folders before what is in them.
  const entries = wanted.toSorted((a, b) => Number(b.type === 'folder') - Number(a.type === 'folder') || a.path.length - b.path.length);
  const committed = await Promise.all(manifest.git.map(({ root }) => committedFiles(root)));
  const pace = new Pace();
  for (const entry of entries) {
    const overwrite = options.overwriteNewer || committed.some((files) => files.has(entry.path));
    const outcome = await restoreEntry(entry, store, overwrite).catch((): Skip => 'failed');
    if (outcome === 'restored' || outcome === 'unchanged') result[outcome].push(entry.path);
    else result.skipped.push({ path: entry.path, why: outcome });
    await pace.step();
  }
  finishFolders(entries, new Set(result.restored));
  return result;
}

async function restoreEntry(entry: Entry, store: ObjectStore, overwrite: boolean): Promise<'restored' | 'unchanged' | Skip> {
  if (!isWhereItWas(entry.path)) return 'moved';
  switch (entry.type) {
    case 'folder':
      return restoreFolder(entry.path, overwrite);
    case 'link':
      return restoreLink(entry.path, entry.target, overwrite);
    case 'file':
    default:
      return restoreFile(entry, store, overwrite);
  }
}

/** Makes the folder above a path; false where a link now leads elsewhere, so that nothing is written through it. */
function isWhereItWas(path: string): boolean {
  const folder = dirname(path);
  let existing = folder;
  while (!factsOf(existing)) existing = dirname(existing);
  if (realpathSync(existing) !== existing) return false;
  if (existing !== folder) mkdirSync(folder, { recursive: true });
  return true;
}

function restoreFolder(path: string, overwrite: boolean): 'restored' | 'unchanged' | Skip {
  const now = factsOf(path);
  if (now?.isDirectory()) return 'unchanged';
  if (now && !overwrite) return 'newer';
  if (now) rmSync(path);
  mkdirSync(path);
  return 'restored';
}

function restoreLink(path: string, target: string, overwrite: boolean): 'restored' | 'unchanged' | Skip {
  const now = factsOf(path);
  if (now?.isSymbolicLink() && readlinkSync(path) === target) return 'unchanged';
  if (now && (!overwrite || now.isDirectory())) return 'newer';
  if (now) rmSync(path);
  symlinkSync(target, path);
  return 'restored';
}

async function restoreFile(entry: FileEntry, store: ObjectStore, overwrite: boolean): Promise<'restored' | 'unchanged' | Skip> {
  const now = factsOf(entry.path);
  if (now?.isFile() && now.size === entry.size && (await hashOf(entry.path)) === entry.sha256) return 'unchanged';
  if (now && (!overwrite || now.isDirectory())) return 'newer';
  // Written beside its place and moved there whole, so that a crash leaves no half of a file.
  const draft = join(dirname(entry.path), `.interlock-${randomBytes(6).toString('hex')}`);
  try {
    if (!(await store.write(entry.sha256, entry.size, draft))) return 'damaged';
    chmodSync(draft, entry.mode);
    utimesSync(draft, new Date(), entry.modified / 1000);
    if (now) renameSync(draft, entry.path);
    else placeNew(draft, entry.path);
  } finally {
    rmSync(draft, { force: true });
  }
  return 'restored';
}

/** Never over a file that came to be meanwhile: a link to an existing name fails, a rename would replace it. */
function placeNew(draft: string, path: string): void {
  try {
    linkSync(draft, path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw error;
    // File systems without hard links.
    copyFileSync(draft, path, constants.COPYFILE_EXCL);
  }
}

/** Modes and times of folders last, deepest first: writing into a folder changes its time, and may need rights it did not have. */
function finishFolders(entries: readonly Entry[], restored: ReadonlySet<string>): void {
  for (const entry of entries.toSorted((a, b) => b.path.length - a.path.length)) {
    if (entry.type !== 'folder' || !restored.has(entry.path)) continue;
    chmodSync(entry.path, entry.mode);
    utimesSync(entry.path, new Date(), entry.modified / 1000);
  }
}

function factsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
    throw error;
  }
}
