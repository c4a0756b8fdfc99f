import { createHash, randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { lstat, mkdir, opendir, readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as z from 'zod/mini';
import { isSecretName } from '../../core/secrets/files.ts';
import { recognisableValues } from '../../core/secrets/hidden-values.ts';
import type { KnownSecret } from '../../core/world.ts';
import { writeAtomic } from '../write-atomic.ts';
import { Fingerprinter, gramLength, gramOffset, textsOf, type Form } from './secret-forms.ts';

/** A secret the index knows: where it is and how to recognise it, never its value. */
const secretSchema = z.object({
  name: z.string(),
  kind: z.string(),
  line: z.number(),
  /** Characters of the value. */
  length: z.number(),
  fingerprint: z.string(),
  forms: z.array(z.object({ length: z.number(), gram: z.number(), digest: z.string() })),
});
const fileSchema = z.object({
  modified: z.number(),
  size: z.number(),
  hidden: z.optional(z.boolean()),
  /** False where the file could not be searched to its end: it then counts as one with secrets. */
  complete: z.optional(z.boolean()),
  secrets: z.optional(z.array(secretSchema)),
});
const indexSchema = z.object({ version: z.literal(1), root: z.string(), files: z.record(z.string(), fileSchema) });

type IndexedSecret = z.infer<typeof secretSchema>;
type IndexedFile = z.infer<typeof fileSchema>;

/** One file of the index, for showing. */
export interface FileEntry {
  /** Absolute. */
  readonly file: string;
  readonly hidden: boolean;
  readonly complete: boolean;
  readonly secrets: readonly Pick<IndexedSecret, 'name' | 'kind' | 'line' | 'length' | 'fingerprint'>[];
}

/** What to look for in a text: a table that dismisses nearly every place, and what to compare at the others. */
interface KnownForms {
  readonly grams: Uint8Array;
  readonly byGram: ReadonlyMap<number, readonly Recognised[]>;
}

interface Recognised {
  readonly form: Form;
  readonly secret: KnownSecret;
}

/** How far a scan has come. */
export interface ScanProgress {
  readonly seen: number;
  /** Files read because they are new or changed. */
  readonly read: number;
  readonly withSecrets: number;
  /** True when the scan stopped at its bound and files were left out. */
  readonly truncated: boolean;
}

export interface ScanOptions {
  readonly signal?: AbortSignal;
  /** Most files looked at. */
  readonly maxFiles?: number;
}

/** A known secret's place in a text. */
export interface Occurrence {
  /** Half-open range of UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  readonly secret: KnownSecret;
}

const maxFileBytes = 2 * 1024 * 1024;
const defaultMaxFiles = 200_000;
/** Files between two reports, after each of which others get their turn. */
const batch = 64;
/** Files read at the same time; a divisor of `batch`. */
const together = 16;
const maxText = 8 * 1024 * 1024;
const skippedFolders = new Set(['node_modules', '.git']);
const binaryName = /\.(?:png|jpe?g|gif|webp|ico|bmp|tiff?|psd|avif|heic|mp[34]|m4[av]|mov|avi|mkv|webm|wav|flac|ogg|zip|gz|tgz|bz2|xz|zst|7z|rar|jar|war|whl|egg|class|pyc|o|a|so|dylib|dll|exe|bin|wasm|node|woff2?|ttf|otf|eot|pdf|docx?|xlsx?|pptx?|sqlite3?|db|parquet|onnx|pt|safetensors|vsix|dmg|iso)$/i;

/** Which secrets lie where in one workspace folder, as salted fingerprints. */
export class SecretIndex {
  readonly #root: string;
  readonly #store: string;
  readonly #fingerprinter: Fingerprinter;
  readonly #files = new Map<string, IndexedFile>();
  /** Forms by gram, rebuilt when files changed. */
  #forms: KnownForms | undefined;

  private constructor(root: string, store: string, salt: Buffer) {
    this.#root = root;
    this.#store = store;
    this.#fingerprinter = new Fingerprinter(salt);
  }

  /**
   * The index of a workspace folder as it was last saved; empty where there is none or it cannot be read.
   * @param root absolute folder of the workspace
   * @param folder where indexes and the salt are kept; only its owner may read it
   * @throws when the folder cannot be made or its salt cannot be read
   */
  static load(root: string, folder: string): SecretIndex {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const name = createHash('sha256').update(resolve(root)).digest('hex').slice(0, 24);
    const index = new SecretIndex(resolve(root), join(folder, `${name}.json`), loadSalt(folder));
    index.#restore();
    return index;
  }

  #restore(): void {
    let text: string;
    try {
      text = readFileSync(this.#store, 'utf8');
    } catch {
      return;
    }
    let stored: unknown;
    try {
      stored = JSON.parse(text);
    } catch {
      return;
    }
    const parsed = indexSchema.safeParse(stored);
    if (!parsed.success || parsed.data.root !== this.#root) return;
    for (const [path, file] of Object.entries(parsed.data.files)) this.#files.set(path, file);
  }

  /** Writes the index, readable by its owner alone. */
  async save(): Promise<void> {
    await mkdir(join(this.#store, '..'), { recursive: true, mode: 0o700 });
    await writeAtomic(this.#store, JSON.stringify({ version: 1, root: this.#root, files: Object.fromEntries(this.#files) }), 0o600);
  }

  /** First characters of a value's fingerprint are what placeholders show. */
  fingerprint(value: string): string {
    return this.#fingerprinter.digest(value);
  }

  /** Files with secrets, hidden files, and files that could not be searched to their end. */
  entries(): readonly FileEntry[] {
    return [...this.#files].filter(([, file]) => file.hidden || file.secrets || file.complete === false).map(([path, file]) => ({ file: join(this.#root, path), hidden: file.hidden ?? false, complete: file.complete ?? true, secrets: file.secrets ?? [] }));
  }

  /**
   * Looks through the workspace, ignored files included, and brings the index up to date; unchanged files are not read again.
   * Gives way to others after each step. When `signal` aborts it stops, keeping what it has.
   */
  async *scan({ signal, maxFiles = defaultMaxFiles }: ScanOptions = {}): AsyncGenerator<ScanProgress, void> {
    const seen = new Set<string>();
    const progress = { seen: 0, read: 0, withSecrets: 0, truncated: false };
    let waiting: string[] = [];
    const step = async (): Promise<void> => {
      const read = await Promise.all(waiting.map((file) => this.update(file)));
      progress.read += read.filter(Boolean).length;
      progress.seen += waiting.length;
      progress.withSecrets += waiting.filter((file) => this.#files.get(relative(this.#root, file))?.secrets).length;
      waiting = [];
    };
    for await (const file of filesBelow(this.#root, signal)) {
      if (signal?.aborted) return;
      if (seen.size >= maxFiles) {
        progress.truncated = true;
        break;
      }
      seen.add(relative(this.#root, file));
      waiting.push(file);
      if (waiting.length < together) continue;
      await step();
      if (progress.seen % batch > 0) continue;
      yield { ...progress };
      await nextTurn();
    }
    await step();
    if (signal?.aborted) return;
    if (!progress.truncated) this.#forget(seen);
    yield { ...progress };
  }

  #forget(seen: ReadonlySet<string>): void {
    for (const path of this.#files.keys()) {
      if (seen.has(path)) continue;
      this.#files.delete(path);
      this.#forms = undefined;
    }
  }

  /**
   * Brings one file up to date, or forgets it where it is gone.
   * @returns true when the file was read
   */
  async update(file: string): Promise<boolean> {
    const path = relative(this.#root, file);
    const facts = await lstat(file).catch(() => undefined);
    if (!facts?.isFile()) {
      if (this.#files.delete(path)) this.#forms = undefined;
      return false;
    }
    const known = this.#files.get(path);
    if (known && known.modified === facts.mtimeMs && known.size === facts.size) return false;
    const entry: IndexedFile = { modified: facts.mtimeMs, size: facts.size };
    if (isSecretName(path)) entry.hidden = true;
    const text = facts.size > maxFileBytes || binaryName.test(path) ? undefined : await readText(file);
    if (text !== undefined) {
      const { values, complete } = recognisableValues(path, text);
      if (!complete) entry.complete = false;
      const secrets = values.map(({ name, kind, line, start, end }) => this.#secretOf(name, kind, line, text.slice(start, end))).filter((secret) => secret.forms.length > 0);
      if (secrets.length > 0) entry.secrets = secrets;
    }
    if (known?.secrets || entry.secrets) this.#forms = undefined;
    this.#files.set(path, entry);
    return text !== undefined;
  }

  #secretOf(name: string, kind: string, line: number, value: string): IndexedSecret {
    return { name, kind, line, length: value.length, fingerprint: this.#fingerprinter.digest(value), forms: textsOf(value).map((text) => this.#fingerprinter.form(text)) };
  }

  /** Known secrets whose value occurs in a text, plain or encoded; one for each file a value lies in. */
  match(text: string): KnownSecret[] {
    const found = new Map<string, KnownSecret>();
    for (const { secret } of this.occurrences(text)) for (const known of this.#sameValue(secret)) found.set(`${known.fingerprint}\n${known.file}`, known);
    return [...found.values()];
  }

  /** The same value in whatever file it lies. */
  #sameValue(secret: KnownSecret): readonly KnownSecret[] {
    return this.#byFingerprint().get(secret.fingerprint) ?? [secret];
  }

  #byFingerprint(): Map<string, KnownSecret[]> {
    const groups = new Map<string, KnownSecret[]>();
    for (const known of this.#known()) groups.set(known.secret.fingerprint, [...(groups.get(known.secret.fingerprint) ?? []), known.secret]);
    return groups;
  }

  *#known(): Generator<{ readonly secret: KnownSecret; readonly forms: readonly Form[] }, void> {
    for (const [path, file] of this.#files) {
      for (const { name, kind, fingerprint, forms } of file.secrets ?? []) yield { secret: { name, kind, file: join(this.#root, path), fingerprint }, forms };
    }
  }

  /** Where values of known secrets stand in a text, plain or encoded, in the order of the text. */
  occurrences(text: string): readonly Occurrence[] {
    const forms = (this.#forms ??= this.#buildForms());
    const found: Occurrence[] = [];
    const end = Math.min(text.length, maxText);
    if (forms.byGram.size === 0 || end < gramLength) return found;
    const { base } = this.#fingerprinter;
    let leaving = 1;
    for (let i = 0; i < gramLength; i++) leaving = Math.imul(leaving, base);
    let hash = 0;
    for (let i = 0; i < end; i++) {
      hash = (Math.imul(hash, base) + text.charCodeAt(i)) | 0;
      if (i >= gramLength) hash = (hash - Math.imul(leaving, text.charCodeAt(i - gramLength))) | 0;
      if (i < gramLength - 1) continue;
      const gram = this.#fingerprinter.gramOf(hash);
      if (forms.grams[gram] === 1) this.#confirm(text, i - gramLength + 1, forms.byGram.get(gram) ?? [], found);
    }
    return found.toSorted((a, b) => a.start - b.start);
  }

  #confirm(text: string, gramAt: number, candidates: readonly Recognised[], found: Occurrence[]): void {
    for (const { form, secret } of candidates) {
      const start = gramAt - gramOffset(form.length);
      const end = start + form.length;
      if (start < 0 || end > text.length) continue;
      if (this.#fingerprinter.digest(text.slice(start, end)) === form.digest) found.push({ start, end, secret });
    }
  }

  #buildForms(): KnownForms {
    const byGram = new Map<number, Recognised[]>();
    const grams = new Uint8Array(1 << 16);
    const digests = new Set<string>();
    for (const { secret, forms } of this.#known()) {
      for (const form of forms) {
        if (digests.has(form.digest)) continue;
        digests.add(form.digest);
        grams[form.gram] = 1;
        byGram.set(form.gram, [...(byGram.get(form.gram) ?? []), { form, secret }]);
      }
    }
    return { grams, byGram };
  }
}

/** The installation's salt, made on first use. */
function loadSalt(folder: string): Buffer {
  const file = join(folder, 'salt');
  if (!existsSync(file)) {
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

async function* filesBelow(folder: string, signal: AbortSignal | undefined): AsyncGenerator<string> {
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    if (signal?.aborted) return;
    const entries = await opendir(next).catch(() => undefined);
    if (!entries) continue;
    for await (const entry of entries) {
      if (entry.isFile()) yield join(next, entry.name);
      else if (entry.isDirectory() && !skippedFolders.has(entry.name)) folders.push(join(next, entry.name));
    }
  }
}

/** Text of a file; undefined where it cannot be read or is binary. */
async function readText(file: string): Promise<string | undefined> {
  const data = await readFile(file).catch(() => undefined);
  return data === undefined || data.subarray(0, 8192).includes(0) ? undefined : data.toString('utf8');
}
