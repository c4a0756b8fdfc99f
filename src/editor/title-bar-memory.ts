import { createHash } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { parseJson } from '../core/json.ts';
import { writeAtomic } from '../gate/write-atomic.ts';
import type { Before } from './title-bar-tint.ts';

/** What has to be known to put a workspace's own colours back. */
export interface Remembered extends Before {
  /** Absolute path of the file its settings stand in. */
  readonly file: string;
  /** There was no such file before. */
  readonly created: boolean;
}

const Saved = z.object({ file: z.string(), ours: z.record(z.string(), z.array(z.string())), before: z.record(z.string(), z.unknown()), existed: z.boolean(), created: z.boolean() });

/**
 * What stood in the settings of workspaces before their title bars were tinted, a file each in the person's state. The editor's own
 * memory is written some seconds later, and not at all when the window crashes before.
 */
export class TintMemory {
  private readonly folder: string;

  /** @param folder absolute; it need not exist yet */
  constructor(folder: string) {
    this.folder = folder;
  }

  /** Undefined where nothing was tinted, and where the file cannot be read. */
  async read(file: string): Promise<Remembered | undefined> {
    const text = await readFile(this.place(file), 'utf8').catch(() => '');
    const read = Saved.safeParse(parseJson(text)).data;
    return read?.file === file ? read : undefined;
  }

  async write(remembered: Remembered): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await writeAtomic(this.place(remembered.file), `${JSON.stringify(remembered)}\n`, 0o600);
  }

  async forget(file: string): Promise<void> {
    await rm(this.place(file), { force: true });
  }

  private place(file: string): string {
    return join(this.folder, `${createHash('sha256').update(file).digest('hex').slice(0, 32)}.json`);
  }
}
