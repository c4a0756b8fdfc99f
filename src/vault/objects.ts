import { createHash, randomBytes } from 'node:crypto';
import { constants, createReadStream, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { chmod, copyFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Files up to this size are read whole: one pass instead of copy and hash. */
const SMALL = 1024 * 1024;

/** Contents of files by their SHA-256, each once, readable by the owner alone. */
export class ObjectStore {
  private readonly folder: string;
  private readonly made = new Set<string>();

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Copies a file in and gives its hash and the number of bytes that were copied, which may differ from an earlier `stat`. */
  async add(path: string, size: number): Promise<{ readonly sha256: string; readonly size: number }> {
    return size <= SMALL ? this.addSmall(path) : this.addLarge(path);
  }

  /**
   * Writes a content to a new file that must not exist yet.
   * @returns false when the content is not there or is not what its name says; the file may then exist all the same
   */
  async write(sha256: string, size: number, path: string): Promise<boolean> {
    const stored = this.pathOf(sha256);
    if (size > SMALL) {
      if (!this.has(sha256, size)) return false;
      await copyFile(stored, path, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
      return (await hashOf(path)) === sha256;
    }
    let content: Buffer;
    try {
      content = readFileSync(stored);
    } catch {
      return false;
    }
    if (digest(content) !== sha256) return false;
    writeFileSync(path, content, { mode: 0o600, flag: 'wx' });
    return true;
  }

  private pathOf(sha256: string): string {
    return join(this.folder, sha256.slice(0, 2), sha256.slice(2));
  }

  private addSmall(path: string): { sha256: string; size: number } {
    const content = readFileSync(path);
    const sha256 = digest(content);
    if (!this.has(sha256, content.length)) this.addContent(content, sha256);
    return { sha256, size: content.length };
  }

  /** Straight to its place, which is half the work of a draft; one that a crash cut short has the wrong size and is replaced. */
  private addContent(content: Buffer, sha256: string): void {
    const path = this.pathOf(sha256);
    this.makeFolder(dirname(path));
    try {
      writeFileSync(path, content, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      const draft = this.draft();
      writeFileSync(draft, content, { mode: 0o600, flag: 'wx' });
      this.place(draft, sha256);
    }
  }

  /** Copies first and hashes the copy, so that name and content agree even when the file changes meanwhile. */
  private async addLarge(path: string): Promise<{ sha256: string; size: number }> {
    const draft = this.draft();
    try {
      await copyFile(path, draft, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
      await chmod(draft, 0o600);
      const sha256 = await hashOf(draft);
      const { size } = await stat(draft);
      if (!this.has(sha256, size)) this.place(draft, sha256);
      return { sha256, size };
    } finally {
      await rm(draft, { force: true });
    }
  }

  private has(sha256: string, size: number): boolean {
    return statSync(this.pathOf(sha256), { throwIfNoEntry: false })?.size === size;
  }

  private draft(): string {
    const folder = join(this.folder, 'drafts');
    this.makeFolder(folder);
    return join(folder, randomBytes(12).toString('hex'));
  }

  private place(draft: string, sha256: string): void {
    const path = this.pathOf(sha256);
    this.makeFolder(dirname(path));
    renameSync(draft, path);
  }

  private makeFolder(folder: string): void {
    if (this.made.has(folder)) return;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.made.add(folder);
  }
}

/** SHA-256 of a file in hexadecimal digits. */
export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

function digest(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
