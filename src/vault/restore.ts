import { randomBytes } from 'node:crypto';
import { chmodSync, constants, copyFileSync, linkSync, lchownSync, lstatSync, lutimesSync, mkdirSync, readlinkSync, realpathSync, renameSync, rmSync, type Stats, symlinkSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Attributes, writeAttributes } from './attributes.ts';
import { onDisk, pathOf } from './disk-path.ts';
import type { Entry, FileEntry, Manifest } from './manifest.ts';
import { hashOf, type ObjectStore } from './objects.ts';
import { Pace } from './pace.ts';

/** Why a path or a part of a repository was not restored. `guard` and `secret`: whoever asked may not have it put there. */
export type Skip = 'newer' | 'damaged' | 'moved' | 'odd' | 'failed' | 'guard' | 'secret';
export type Outcome = 'restored' | 'unchanged' | Skip;

export interface Restored {
  readonly restored: readonly string[];
  /** What already is as it was. */
  readonly unchanged: readonly string[];
  readonly skipped: readonly { readonly path: string; readonly why: Skip }[];
}

/** A path that is about to be put back. */
interface Placing {
  /** Where it was. */
  readonly path: string;
  /** Where it goes; the same but for `to`. */
  readonly place: string;
  readonly type: Entry['type'];
  /** Its text, where it is a file that is not large and not damaged. */
  readonly content: () => string | undefined;
}

/** Says why a path may not be put back; undefined where it may. */
export type Withhold = (placing: Placing) => Skip | undefined;

export interface FileRestore {
  /** Only these paths and what is below them; absent: everything. */
  readonly files?: readonly string[];
  /** Replace what has been changed or made at the same place since. */
  readonly overwrite: boolean;
  /** Files that a commit holds as they are: replacing one loses nothing. */
  readonly committed: ReadonlySet<string>;
  /** Put everything below this folder, under its whole path, and leave its own place alone. */
  readonly to?: string;
  readonly withhold?: Withhold;
}

/** Larger files are no configuration. */
const LARGEST_LOOKED_INTO = 1024 * 1024;

/**
 * Puts back the files a manifest lists. Content is checked against its hash before anything is written, and a path that holds
 * something else by now is left alone unless `overwrite` says otherwise or a commit holds it.
 */
export async function restoreFiles(manifest: Manifest, store: ObjectStore, options: FileRestore): Promise<Restored> {
  const result = { restored: [] as string[], unchanged: [] as string[], skipped: [] as { path: string; why: Skip }[] };
  const asked = chosen(manifest, options.files).map((entry): Placed => ({ ...entry, from: entry.path, path: options.to === undefined ? entry.path : placeBelow(options.to, entry.path) }));
  const withheld = new Map(asked.flatMap((entry) => {
    const why = options.withhold?.({ path: entry.from, place: entry.path, type: entry.type, content: () => textOf(entry, store) });
    return why ? [[entry.path, why] as const] : [];
  }));
  for (const [path, why] of withheld) result.skipped.push({ path, why });
  const entries = asked.filter(({ path }) => !withheld.has(path));
  const pace = new Pace();
  for (const entry of inOrder(entries)) {
    const overwrite = options.overwrite || options.committed.has(entry.path);
    const outcome = await restoreEntry(entry, store, overwrite).catch((): Skip => 'failed');
    if (outcome === 'restored' || outcome === 'unchanged') result[outcome].push(entry.path);
    else result.skipped.push({ path: entry.path, why: outcome });
    await pace.step();
  }
  const restored = new Set(result.restored);
  await writeAttributes(new Map(entries.filter(({ path, attributes }) => attributes && restored.has(path)).map(({ path, attributes }): [string, Attributes] => [path, attributes ?? {}])));
  finishFolders(entries, restored);
  return result;
}

type Placed = Entry & { readonly from: string };

function textOf(entry: Entry, store: ObjectStore): string | undefined {
  return entry.type === 'file' && entry.size <= LARGEST_LOOKED_INTO ? store.read(entry)?.toString('utf8') : undefined;
}

/** The entries of some paths and of what is below them. */
export function chosen({ entries }: Manifest, files: readonly string[] | undefined): readonly Entry[] {
  if (!files) return entries;
  return entries.filter(({ path }) => files.some((file) => path === file || path.startsWith(`${file}/`) || path.startsWith(`${file}\\`)));
}

/** Folders before what is in them. */
function inOrder(entries: readonly Entry[]): readonly Entry[] {
  return entries.toSorted((a, b) => Number(b.type === 'folder') - Number(a.type === 'folder') || a.path.length - b.path.length);
}

/** Of a drive letter only the letter stays. */
function placeBelow(folder: string, path: string): string {
  return join(folder, path.replace(/^([a-z]):/i, '$1'));
}

async function restoreEntry(entry: Entry, store: ObjectStore, overwrite: boolean): Promise<Outcome> {
  if (!isWhereItWas(entry.path)) return 'moved';
  switch (entry.type) {
    case 'folder':
      return restoreFolder(entry.path, overwrite);
    case 'link':
      return restoreLink(entry, overwrite);
    case 'odd':
      return 'odd';
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
  if (pathOf(realpathSync(onDisk(existing), 'buffer')) !== existing) return false;
  if (existing !== folder) mkdirSync(onDisk(folder), { recursive: true });
  return true;
}

function restoreFolder(path: string, overwrite: boolean): Outcome {
  const now = factsOf(path);
  if (now?.isDirectory()) return 'unchanged';
  if (now && !overwrite) return 'newer';
  if (now) rmSync(onDisk(path));
  mkdirSync(onDisk(path));
  return 'restored';
}

function restoreLink(entry: Extract<Entry, { type: 'link' }>, overwrite: boolean): Outcome {
  const { path, target, modified } = entry;
  const now = factsOf(path);
  if (now?.isSymbolicLink() && pathOf(readlinkSync(onDisk(path), 'buffer')) === target) return 'unchanged';
  if (now && (!overwrite || now.isDirectory())) return 'newer';
  if (now) rmSync(onDisk(path));
  symlinkSync(onDisk(target), onDisk(path));
  giveBack(path, entry);
  lutimesSync(onDisk(path), new Date(), modified / 1000);
  return 'restored';
}

async function restoreFile(entry: FileEntry, store: ObjectStore, overwrite: boolean): Promise<Outcome> {
  const { path } = entry;
  const now = factsOf(path);
  if (now?.isFile() && now.size === entry.size && (await hashOf(path)) === entry.sha256) return 'unchanged';
  if (now && (!overwrite || now.isDirectory())) return 'newer';
  // Written beside its place and moved there whole, so that a crash leaves no half of a file.
  const draft = join(dirname(path), `.interlock-${randomBytes(6).toString('hex')}`);
  try {
    if (!(await store.write(entry, draft, entry.sparse))) return 'damaged';
    giveBack(draft, entry);
    chmodSync(onDisk(draft), entry.mode);
    utimesSync(onDisk(draft), new Date(), entry.modified / 1000);
    if (now) renameSync(onDisk(draft), onDisk(path));
    else placeNew(draft, path);
  } finally {
    rmSync(onDisk(draft), { force: true });
  }
  return 'restored';
}

/** Only the administrator may give files to others; whoever else restores owned them. */
function giveBack(path: string, { uid, gid }: Entry): void {
  if (process.getuid?.() === 0) lchownSync(onDisk(path), uid, gid);
}

/** Never over a file that came to be meanwhile: a link to an existing name fails, a rename would replace it. */
function placeNew(draft: string, path: string): void {
  try {
    linkSync(onDisk(draft), onDisk(path));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw error;
    // File systems without hard links.
    copyFileSync(onDisk(draft), onDisk(path), constants.COPYFILE_EXCL);
  }
}

/** Modes and times of folders last, deepest first: writing into a folder changes its time, and may need rights it did not have. */
function finishFolders(entries: readonly Entry[], restored: ReadonlySet<string>): void {
  const touched = new Set([...restored].map((path) => dirname(path)));
  for (const entry of entries.toSorted((a, b) => b.path.length - a.path.length)) {
    if (entry.type !== 'folder' || !(restored.has(entry.path) || touched.has(entry.path))) continue;
    if (restored.has(entry.path)) {
      giveBack(entry.path, entry);
      chmodSync(onDisk(entry.path), entry.mode);
    }
    utimesSync(onDisk(entry.path), new Date(), entry.modified / 1000);
  }
}

function factsOf(path: string): Stats | undefined {
  try {
    return lstatSync(onDisk(path));
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
    throw error;
  }
}
