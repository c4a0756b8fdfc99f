import { createHash, randomBytes } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { chmod, copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
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

  pathOf(sha256: string): string {
    return join(this.folder, sha256.slice(0, 2), sha256.slice(2));
  }

  /** Copies a file in and gives its hash and the number of bytes that were copied, which may differ from an earlier `stat`. */
  async add(path: string, size: number): Promise<{ readonly sha256: string; readonly size: number }> {
    return size <= SMALL ? this.addSmall(path) : this.addLarge(path);
  }

  /** True when the content is there and is what its name says. */
  async isIntact(sha256: string): Promise<boolean> {
    try {
      return (await hashOf(this.pathOf(sha256))) === sha256;
    } catch {
      return false;
    }
  }

  private async addSmall(path: string): Promise<{ sha256: string; size: number }> {
    const content = await readFile(path);
    const sha256 = createHash('sha256').update(content).digest('hex');
    if (!(await this.has(sha256, content.length))) {
      const draft = await this.draft();
      await writeFile(draft, content, { mode: 0o600, flag: 'wx' });
      await this.place(draft, sha256);
    }
    return { sha256, size: content.length };
  }

  /** Copies first and hashes the copy, so that name and content agree even when the file changes meanwhile. */
  private async addLarge(path: string): Promise<{ sha256: string; size: number }> {
    const draft = await this.draft();
    try {
      await copyFile(path, draft, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
      await chmod(draft, 0o600);
      const sha256 = await hashOf(draft);
      const { size } = await stat(draft);
      if (!(await this.has(sha256, size))) await this.place(draft, sha256);
      return { sha256, size };
    } finally {
      await rm(draft, { force: true });
    }
  }

  private async has(sha256: string, size: number): Promise<boolean> {
    try {
      return (await stat(this.pathOf(sha256))).size === size;
    } catch {
      return false;
    }
  }

  private async draft(): Promise<string> {
    const folder = join(this.folder, 'drafts');
    await this.makeFolder(folder);
    return join(folder, randomBytes(12).toString('hex'));
  }

  private async place(draft: string, sha256: string): Promise<void> {
    const path = this.pathOf(sha256);
    await this.makeFolder(dirname(path));
    await rename(draft, path);
  }

  private async makeFolder(folder: string): Promise<void> {
    if (this.made.has(folder)) return;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    this.made.add(folder);
  }
}

/** SHA-256 of a file in hexadecimal digits. */
export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
