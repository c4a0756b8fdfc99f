import { randomBytes } from 'node:crypto';
import { open, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Replaces a file in one step: a reader finds the old content or the new, never a part. The folder must exist; `mode` is what the
 * file has afterwards. What comes in parts is never held whole.
 */
export async function writeAtomic(file: string, data: string | Uint8Array | Iterable<string>, mode: number): Promise<void> {
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}-${randomBytes(4).toString('hex')}`);
  try {
    const handle = await open(temporary, 'wx', mode);
    try {
      // Each goes on where the last one ended.
      for (const part of typeof data === 'string' || data instanceof Uint8Array ? [data] : data) await handle.writeFile(part);
      // What the process's umask has taken away.
      await handle.chmod(mode);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
}
