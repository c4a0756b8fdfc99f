import type { Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import { onDisk } from './disk-path.ts';

const BLOCK = 512;
const CHUNK = 64 * 1024;

/** True for a file that says it is larger than what it takes on disk. */
export function isSparse({ size, blocks }: Stats): boolean {
  return process.platform !== 'win32' && blocks * BLOCK < size - CHUNK;
}

/** Bytes a copy of the file would take. */
export function bytesOnDisk(facts: Stats): number {
  return isSparse(facts) ? facts.blocks * BLOCK : facts.size;
}

/** Copies to a new file, leaving out what is zero. */
export async function copySparse(from: string, to: string): Promise<void> {
  const source = await open(onDisk(from), 'r');
  try {
    const target = await open(onDisk(to), 'wx', 0o600);
    try {
      const chunk = Buffer.alloc(CHUNK);
      const zeros = Buffer.alloc(CHUNK);
      let at = 0;
      for (;;) {
        const { bytesRead } = await source.read(chunk, 0, CHUNK, at);
        if (bytesRead === 0) break;
        const read = chunk.subarray(0, bytesRead);
        if (!read.equals(zeros.subarray(0, bytesRead))) await target.write(read, 0, bytesRead, at);
        at += bytesRead;
      }
      await target.truncate(at);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}
