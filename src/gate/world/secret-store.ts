import { createHash, randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { writeAtomic } from '../write-atomic.ts';
import { historySecretSchema, indexedFileSchema, type HistorySecret, type IndexedFile } from './indexed-file.ts';
import { Stamps, type Stamp } from './stamps.ts';

const knownSchema = z.object({ version: z.literal(2), root: z.string(), files: z.record(z.string(), indexedFileSchema) });
const clearSchema = z.object({ version: z.literal(3), root: z.string(), detector: z.string() });
const stampSchema = z.tuple([z.string(), z.number(), z.number()]);
const historySchema = z.object({ version: z.literal(1), root: z.string(), secrets: z.array(historySecretSchema) });
const testValuesSchema = z.object({ version: z.literal(1), fingerprints: z.array(z.string()) });

/** Characters written at once. */
const PART = 64 * 1024;

/**
 * What is kept of one workspace folder between sessions, in a folder that only its owner may read. Files worth knowing and those without
 * anything are kept apart: a hook that runs without an editor reads the first alone.
 */
export class SecretStore {
  readonly #folder: string;
  readonly #root: string;
  readonly #name: string;

  /**
   * @param root absolute folder of the workspace
   * @throws when the folder cannot be made
   */
  constructor(root: string, folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#folder = folder;
    this.#root = root;
    this.#name = createHash('sha256').update(root).digest('hex').slice(0, 24);
  }

  /** Files worth knowing; none where nothing was saved or it cannot be read. */
  known(): Readonly<Record<string, IndexedFile>> {
    const saved = readJson(join(this.#folder, `${this.#name}.json`), knownSchema);
    return saved?.root === this.#root ? saved.files : {};
  }

  /** Files without anything; undefined where the files have to be looked at anew: nothing was saved, or another detector looked. */
  clear(detector: string): Stamps | undefined {
    try {
      const lines = linesOf(readFileSync(this.#clearFile(), 'utf8'));
      const saved = clearSchema.safeParse(JSON.parse(lines.next().value ?? '')).data;
      return saved?.root === this.#root && saved.detector === detector ? new Stamps(stampsOf(lines)) : undefined;
    } catch {
      return undefined;
    }
  }

  #clearFile(): string {
    return join(this.#folder, `${this.#name}.clear.jsonl`);
  }

  /** Secrets of the git history; none where it was not looked through or that cannot be read. */
  history(): readonly HistorySecret[] {
    const saved = readJson(this.#historyFile(), historySchema);
    return saved?.root === this.#root ? saved.secrets : [];
  }

  async saveHistory(secrets: readonly HistorySecret[]): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeAtomic(this.#historyFile(), JSON.stringify({ version: 1, root: this.#root, secrets }), 0o600);
  }

  #historyFile(): string {
    return join(this.#folder, `${this.#name}.history.json`);
  }

  /** Writes both lists, readable by their owner alone. */
  async save(known: Readonly<Record<string, IndexedFile>>, clear: Stamps, detector: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeAtomic(join(this.#folder, `${this.#name}.json`), JSON.stringify({ version: 2, root: this.#root, files: known }), 0o600);
    await writeAtomic(this.#clearFile(), clearText({ version: 3, root: this.#root, detector }, clear), 0o600);
  }
}

/** A line for each file, put together in parts: the whole as one value would take many times its length. */
function* clearText(head: z.infer<typeof clearSchema>, clear: Stamps): Generator<string, void> {
  let part = `${JSON.stringify(head)}\n`;
  for (const stamp of clear.entries()) {
    part += `${JSON.stringify(stamp)}\n`;
    if (part.length < PART) continue;
    yield part;
    part = '';
  }
  yield part;
}

function* linesOf(text: string): Generator<string, void> {
  let from = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
    yield text.slice(from, at);
    from = at + 1;
  }
}

function* stampsOf(lines: Iterable<string>): Generator<Stamp, void> {
  for (const line of lines) yield stampSchema.parse(JSON.parse(line));
}

/** Fingerprints of values that the person said are for tests; none where that cannot be read. */
export function loadTestValues(folder: string): Set<string> {
  return new Set(readJson(testValuesFile(folder), testValuesSchema)?.fingerprints);
}

export async function saveTestValues(folder: string, fingerprints: ReadonlySet<string>): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeAtomic(testValuesFile(folder), JSON.stringify({ version: 1, fingerprints: [...fingerprints] }), 0o600);
}

function testValuesFile(folder: string): string {
  return join(folder, 'test-values.json');
}

function readJson<Schema extends z.ZodMiniType>(file: string, schema: Schema): z.infer<Schema> | undefined {
  try {
    return schema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/**
 * The installation's salt, made on first use.
 * @throws when it cannot be read or is not one
 */
export function loadSalt(folder: string): Buffer {
  const file = join(folder, 'salt');
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const own = `${file}.${randomBytes(8).toString('hex')}`;
    writeFileSync(own, randomBytes(32), { mode: 0o600, flag: 'wx' });
    try {
      // Fails where it is there by now, so that two processes starting at once agree on one, written whole.
      linkSync(own, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      unlinkSync(own);
    }
  }
  const salt = readFileSync(file);
  if (salt.length !== 32) throw new Error('The salt of the secret index is damaged.');
  return salt;
}
