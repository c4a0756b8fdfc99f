import { createHash, randomBytes } from 'node:crypto';
import { closeSync, constants, createReadStream, fstatSync, linkSync, lstatSync, mkdirSync, openSync, readFileSync, readSync, renameSync, type Stats, statSync, utimesSync, writeFileSync } from 'node:fs';
import { chmod, copyFile, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { onDisk } from './disk-path.ts';
import { copySparse, isSparse } from './sparse.ts';
import { syncFiles } from './sync-disk.ts';

/** Files up to this size are read whole: one pass instead of copy and hash. */
const SMALL = 1024 * 1024;
/** A file that is written to meanwhile is read anew, so often. */
const MOST_TRIES = 3;

/** A content of the store. */
export interface Stored {
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** The file was changed each time it was copied. */
export class KeepsChanging extends Error {
  override readonly name = 'KeepsChanging';
}

/** Contents of files by their SHA-256, each once, below a folder that only the owner can enter. */
export class ObjectStore {
  private readonly folder: string;
  private readonly made = new Set<string>();
  private small: Buffer | undefined;

  constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * Copies a file in, as it is at one moment.
   * @param facts of the file as they were just found
   * @param link the file may become the copy itself: nothing ever writes into it, and the action only takes its name away
   * @throws KeepsChanging
   */
  async add(path: string, facts: Stats, link = false): Promise<Stored> {
    for (let tries = 0, before = facts; tries < MOST_TRIES; tries++) {
      const { stored, after } = before.size <= SMALL ? this.addSmall(path, before.size) : { stored: await this.addLarge(path, before, link), after: lstatSync(onDisk(path)) };
      if (isSame(before, after) && stored.size === after.size) return stored;
      before = after;
    }
    throw new KeepsChanging('it is written to all the time');
  }

  /** Straight to its place, which is half the work of a draft; one that a crash cut short is not what its name says and is replaced. */
  addBytes(content: Buffer): Stored {
    const sha256 = digest(content);
    const stored = { sha256, size: content.length };
    const path = this.placeFor(sha256);
    try {
      writeFileSync(path, content, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      if (this.holds(content, sha256)) return stored;
      const draft = this.draft();
      writeFileSync(draft, content, { mode: 0o600, flag: 'wx' });
      this.place(draft, sha256);
    }
    return stored;
  }

  /**
   * Writes a content to a new file that must not exist yet.
   * @returns false when the content is not there or is not what its name says; the file may then exist all the same
   */
  async write({ sha256, size }: Stored, path: string, sparse = false): Promise<boolean> {
    if (size <= SMALL) {
      const content = this.read({ sha256, size });
      if (content === undefined) return false;
      writeFileSync(onDisk(path), content, { mode: 0o600, flag: 'wx' });
      return true;
    }
    if (!this.has({ sha256, size })) return false;
    const stored = this.pathOf(sha256);
    if (sparse) await copySparse(stored, path);
    else await copyFile(stored, onDisk(path), constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    await chmod(onDisk(path), 0o600);
    return (await hashOf(path)) === sha256;
  }

  /** A content that is what its name says; undefined where it is not there or damaged. */
  read({ sha256 }: Stored): Buffer | undefined {
    try {
      const content = readFileSync(this.pathOf(sha256));
      return digest(content) === sha256 ? content : undefined;
    } catch {
      return undefined;
    }
  }

  /** True where a content of that name and size is there; its bytes are not looked at. */
  has({ sha256, size }: Stored): boolean {
    return statSync(this.pathOf(sha256), { throwIfNoEntry: false })?.size === size;
  }

  /** Names of all contents; empty where there is no store yet. */
  async names(): Promise<ReadonlySet<string>> {
    const parts = await readdir(this.folder).catch(() => []);
    const names = await Promise.all(parts.filter((part) => part !== DRAFTS).map(async (part) => (await readdir(join(this.folder, part)).catch(() => [])).map((name) => part + name)));
    return new Set(names.flat());
  }

  pathOf(sha256: string): string {
    return `${this.folder}${sep}${sha256.slice(0, 2)}${sep}${sha256.slice(2)}`;
  }

  /** Contents and their folders on the disk itself: a copy that a power cut takes back was none. */
  async settle(contents: readonly Stored[]): Promise<void> {
    const files = [...new Set(contents.map(({ sha256 }) => this.pathOf(sha256)))];
    const folders = process.platform === 'win32' ? [] : [...new Set(files.map((file) => dirname(file))), this.folder];
    await syncFiles([...files, ...folders], this.folder);
  }

  /** With as few calls as can be: of most trees nearly all files are small. A file that grew meanwhile is told by its facts. */
  private addSmall(path: string, size: number): { readonly stored: Stored; readonly after: Stats } {
    this.small ??= Buffer.allocUnsafeSlow(SMALL + 1);
    const file = openSync(onDisk(path), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    try {
      const read = readSync(file, this.small, 0, size + 1, 0);
      return { stored: this.addBytes(this.small.subarray(0, read)), after: fstatSync(file) };
    } finally {
      closeSync(file);
    }
  }

  /** Copies first and hashes the copy, so that name and content agree. */
  private async addLarge(path: string, facts: Stats, link: boolean): Promise<Stored> {
    const draft = this.draft();
    try {
      if (!(link && tryLink(path, draft))) {
        if (isSparse(facts)) await copySparse(path, draft);
        else await copyFile(onDisk(path), draft, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
        await chmod(draft, 0o600);
      }
      const stored = { sha256: await hashOf(draft), size: (await stat(draft)).size };
      if (this.has(stored) && (await hashOf(this.pathOf(stored.sha256))) === stored.sha256) this.touch(stored.sha256);
      else this.place(draft, stored.sha256);
      return stored;
    } finally {
      await rm(draft, { force: true });
    }
  }

  /** True where this very content is there. It counts as new, so that it is not swept away before its manifest is written. */
  private holds(content: Buffer, sha256: string): boolean {
    if (!this.has({ sha256, size: content.length })) return false;
    try {
      if (!readFileSync(this.pathOf(sha256)).equals(content)) return false;
      this.touch(sha256);
      return true;
    } catch {
      return false;
    }
  }

  private touch(sha256: string): void {
    const now = new Date();
    utimesSync(this.pathOf(sha256), now, now);
  }

  private draft(): string {
    this.makeFolder(DRAFTS);
    return join(this.folder, DRAFTS, randomBytes(12).toString('hex'));
  }

  private place(draft: string, sha256: string): void {
    renameSync(draft, this.placeFor(sha256));
  }

  private placeFor(sha256: string): string {
    this.makeFolder(sha256.slice(0, 2));
    return this.pathOf(sha256);
  }

  private makeFolder(name: string): void {
    if (this.made.has(name)) return;
    mkdirSync(join(this.folder, name), { recursive: true, mode: 0o700 });
    this.made.add(name);
  }
}

/** Folder of the store for what is not whole yet. */
export const DRAFTS = 'drafts';

function tryLink(path: string, draft: string): boolean {
  try {
    linkSync(onDisk(path), draft);
    return true;
  } catch {
    // Another file system, or one without links.
    return false;
  }
}

/** A link to the file changes when its inode was last changed, and nothing else of it. */
function isSame(before: Stats, after: Stats): boolean {
  return before.size === after.size && before.mtimeMs === after.mtimeMs && before.ino === after.ino;
}

/** SHA-256 of a file in hexadecimal digits. */
export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(onDisk(path)), hash);
  return hash.digest('hex');
}

function digest(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
