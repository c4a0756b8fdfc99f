import { lstatSync, readFileSync, readdirSync, statSync, type Dirent } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isSecretName } from '../../core/secrets/files.ts';
import { recognisableValues } from '../../core/secrets/hidden-values.ts';
import { expiryOf } from '../../core/secrets/signed-token.ts';
import type { SecretFinding } from '../../core/secrets/text-scan.ts';
import type { KnownSecret } from '../../core/world.ts';
import type { FileChange, IndexedFile, IndexedSecret } from './indexed-file.ts';
import { KnownSecrets, type FileEntry, type Occurrence } from './known-secrets.ts';
import { Fingerprinter, textsOf } from './secret-forms.ts';
import { loadSalt, loadTestValues, SecretStore, type Stamp } from './secret-store.ts';

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

const maxFileBytes = 2 * 1024 * 1024;
const defaultMaxFiles = 200_000;
/** Files between two reports, after each of which others get their turn. */
const batch = 64;
const skippedFolders = new Set(['node_modules', '.git']);
const binaryName = /\.(?:png|jpe?g|gif|webp|ico|bmp|tiff?|psd|avif|heic|mp[34]|m4[av]|mov|avi|mkv|webm|wav|flac|ogg|zip|gz|tgz|bz2|xz|zst|7z|rar|jar|war|whl|egg|class|pyc|o|a|so|dylib|dll|exe|bin|wasm|node|woff2?|ttf|otf|eot|pdf|docx?|xlsx?|pptx?|sqlite3?|db|parquet|onnx|pt|safetensors|vsix|dmg|iso)$/i;

/**
 * Which secrets lie where in one workspace folder, as salted fingerprints. Looks at the disk without giving way in between: what
 * scans belongs in a thread of its own.
 */
export class SecretIndex {
  readonly #root: string;
  readonly #store: SecretStore;
  readonly #fingerprinter: Fingerprinter;
  readonly #known: KnownSecrets;
  readonly #detector: string;
  /** Files without anything; read from disk when a scan first needs them. */
  #clear: Map<string, Stamp> | undefined;
  /** Known files that another detector looked at. */
  readonly #stale = new Set<string>();
  #changes = new Map<string, FileChange>();

  private constructor(root: string, folder: string, detector: string) {
    this.#root = root;
    this.#detector = detector;
    this.#store = new SecretStore(root, folder);
    this.#fingerprinter = new Fingerprinter(loadSalt(folder));
    this.#known = new KnownSecrets(root, this.#fingerprinter, loadTestValues(folder));
    this.#known.apply(Object.entries(this.#store.known()).map(([path, file]) => ({ path, file })));
  }

  /**
   * The index of a workspace folder as it was last saved; empty where there is none or it cannot be read.
   * @param root absolute folder of the workspace
   * @param folder where indexes and the salt are kept; only its owner may read it
   * @param detector says which program looks: what another one looked at is looked at anew
   * @throws when the folder cannot be made or its salt cannot be read
   */
  static load(root: string, folder: string, detector = ''): SecretIndex {
    return new SecretIndex(resolve(root), folder, detector);
  }

  /** Writes the index, readable by its owner alone. */
  async save(): Promise<void> {
    await this.#store.save(Object.fromEntries(this.#known.files()), Object.fromEntries(this.#clearFiles()), this.#detector);
  }

  /** First characters of a value's fingerprint are what placeholders show. */
  fingerprint(value: string): string {
    return this.#known.fingerprint(value);
  }

  entries(): readonly FileEntry[] {
    return this.#known.entries();
  }

  match(text: string): KnownSecret[] {
    return this.#known.match(text);
  }

  occurrences(text: string): readonly Occurrence[] {
    return this.#known.occurrences(text);
  }

  isTestValue(value: string): boolean {
    return this.#known.isTestValue(value);
  }

  /** Everything that is known, as changes to nothing. */
  all(): readonly FileChange[] {
    return [...this.#known.files()].map(([path, file]) => ({ path, file }));
  }

  /** What has changed since this was last asked. */
  takeChanges(): readonly FileChange[] {
    const changes = [...this.#changes.values()];
    this.#changes = new Map();
    return changes;
  }

  /**
   * Looks through the workspace, ignored files included, and brings the index up to date; unchanged files are not read again.
   * Gives way to others after each step. When `signal` aborts it stops, keeping what it has.
   */
  async *scan({ signal, maxFiles = defaultMaxFiles }: ScanOptions = {}): AsyncGenerator<ScanProgress, void> {
    const seen = new Set<string>();
    const progress = { seen: 0, read: 0, withSecrets: 0, truncated: false };
    for (const file of filesBelow(this.#root)) {
      if (signal?.aborted) return;
      if (progress.seen >= maxFiles) {
        progress.truncated = true;
        break;
      }
      const path = relative(this.#root, file);
      seen.add(path);
      if (this.#look(file, path)) progress.read++;
      progress.seen++;
      if (this.#known.fileAt(path)?.secrets) progress.withSecrets++;
      if (progress.seen % batch > 0) continue;
      yield { ...progress };
      await nextTurn();
    }
    if (signal?.aborted) return;
    if (!progress.truncated) this.#forgetUnless((path) => seen.has(path));
    yield { ...progress };
  }

  /**
   * Brings one path up to date: a file, or a folder with all that is below it; forgets it where it is gone.
   * @returns true when a file was read
   */
  update(file: string): boolean {
    const path = relative(this.#root, file);
    if (path === '' || path.split(sep).some((part) => skippedFolders.has(part))) return false;
    if (lstatSync(file, { throwIfNoEntry: false })?.isDirectory()) {
      let read = false;
      for (const below of filesBelow(file)) read = this.#look(below, relative(this.#root, below)) || read;
      return read;
    }
    return this.#look(file, path);
  }

  #clearFiles(): Map<string, Stamp> {
    if (this.#clear) return this.#clear;
    const saved = this.#store.clear(this.#detector);
    if (!saved) for (const [path] of this.#known.files()) this.#stale.add(path);
    return (this.#clear = new Map(Object.entries(saved ?? {})));
  }

  #look(file: string, path: string): boolean {
    const facts = statSync(file, { throwIfNoEntry: false });
    if (!facts?.isFile()) {
      this.#forget(path);
      return false;
    }
    const clear = this.#clearFiles();
    const known = this.#known.fileAt(path);
    const [modified, size] = known ? [known.modified, known.size] : (clear.get(path) ?? []);
    if (!this.#stale.delete(path) && modified === facts.mtimeMs && size === facts.size) return false;
    const text = facts.size > maxFileBytes || binaryName.test(path) ? undefined : readText(file);
    this.#put(path, { modified: facts.mtimeMs, size: facts.size, ...(isSecretName(path) ? { hidden: true } : {}), ...(text === undefined ? {} : this.#search(path, text)) });
    return text !== undefined;
  }

  #search(path: string, text: string): Pick<IndexedFile, 'complete' | 'secrets'> {
    const { values, complete } = recognisableValues(path, text);
    const secrets = values.map((finding) => this.#secretOf(finding, text.slice(finding.start, finding.end))).filter((secret) => secret.forms.length > 0);
    return { ...(complete ? {} : { complete }), ...(secrets.length > 0 ? { secrets } : {}) };
  }

  #secretOf({ name, kind, line, provider }: SecretFinding, value: string): IndexedSecret {
    const expires = expiryOf(value);
    return {
      name, kind, line, length: value.length, fingerprint: this.#fingerprinter.digest(value), forms: textsOf(value).map((text) => this.#fingerprinter.form(text)),
      ...(provider === undefined ? {} : { provider }), ...(expires === undefined ? {} : { expires }),
    };
  }

  #put(path: string, file: IndexedFile): void {
    if (file.hidden || file.secrets || file.complete === false) {
      this.#clearFiles().delete(path);
      this.#change({ path, file });
      return;
    }
    this.#clearFiles().set(path, [file.modified, file.size]);
    if (this.#known.fileAt(path)) this.#change({ path });
  }

  /** A file, or what was below a folder. */
  #forget(path: string): void {
    if (this.#clearFiles().delete(path)) return;
    if (this.#known.fileAt(path)) this.#change({ path });
    else this.#forgetUnless((known) => !known.startsWith(path + sep));
  }

  #forgetUnless(stays: (path: string) => boolean): void {
    for (const path of this.#clearFiles().keys()) if (!stays(path)) this.#clearFiles().delete(path);
    for (const [path] of this.#known.files()) if (!stays(path)) this.#change({ path });
  }

  #change(change: FileChange): void {
    this.#known.apply([change]);
    this.#changes.set(change.path, change);
  }
}

/** Files below a folder, and links to files; links to folders are not followed. */
function* filesBelow(folder: string): Generator<string> {
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for (const entry of listing(next)) {
      if (entry.isFile() || entry.isSymbolicLink()) yield join(next, entry.name);
      else if (entry.isDirectory() && !skippedFolders.has(entry.name)) folders.push(join(next, entry.name));
    }
  }
}

function listing(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Text of a file; undefined where it cannot be read or is binary. */
function readText(file: string): string | undefined {
  try {
    const data = readFileSync(file);
    return data.subarray(0, 8192).includes(0) ? undefined : data.toString('utf8');
  } catch {
    return undefined;
  }
}
