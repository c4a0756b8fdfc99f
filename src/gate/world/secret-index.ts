import { lstatSync, readdirSync, statSync, type Dirent } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isSecretName } from '../../core/secrets/files.ts';
import type { KnownSecret } from '../../core/world.ts';
import { scanHistory, type HistoryProgress } from './history-scan.ts';
import type { FileChange, HistorySecret, IndexedFile } from './indexed-file.ts';
import { KnownSecrets, type FileEntry, type Occurrence } from './known-secrets.ts';
import { isBinaryName, largestFile, searchText, skippedFolders, TextReader } from './searched-text.ts';
import { Fingerprinter } from './secret-forms.ts';
import { loadSalt, loadTestValues, SecretStore } from './secret-store.ts';
import { Stamps } from './stamps.ts';

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

const defaultMaxFiles = 200_000;
/** Files between two reports, after each of which others get their turn. */
const batch = 64;

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
  #clear: Stamps | undefined;
  readonly #reader = new TextReader();
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
    this.#known.setHistory(this.#store.history());
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
    await this.#store.save(Object.fromEntries(this.#known.files()), this.#clearFiles(), this.#detector);
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

  /** Secrets of the git history that were in no file when it was looked through. */
  history(): readonly HistorySecret[] {
    return this.#known.history();
  }

  /**
   * Looks through the git history and keeps what is there and in no file any more; gives way to others after each step. When `signal`
   * aborts, or at the scan's bounds, what was known of it before stays known besides.
   * @throws when the folder is in no repository
   */
  async *scanHistory({ signal, maxVersions }: { readonly signal?: AbortSignal; readonly maxVersions?: number } = {}): AsyncGenerator<HistoryProgress, void> {
    const inTree = new Set([...this.#known.files()].flatMap(([, { secrets }]) => secrets ?? []).map(({ fingerprint }) => fingerprint));
    const found = new Map<string, HistorySecret>();
    let last: HistoryProgress | undefined;
    const options = { root: this.#root, fingerprinter: this.#fingerprinter, isInTree: (fingerprint: string) => inTree.has(fingerprint), found: (secret: HistorySecret) => void found.set(secret.fingerprint, secret) };
    for await (last of scanHistory({ ...options, ...(signal ? { signal } : {}), ...(maxVersions === undefined ? {} : { maxVersions }) })) yield last;
    const whole = last !== undefined && !last.truncated && last.missing === 0 && !signal?.aborted;
    const before = whole ? [] : this.#known.history().filter(({ fingerprint }) => !found.has(fingerprint));
    this.#known.setHistory([...found.values(), ...before]);
    await this.#store.saveHistory(this.#known.history());
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
    const clear = this.#clearFiles();
    const seen = new Set<string>();
    clear.beginLook();
    const progress = { seen: 0, read: 0, withSecrets: 0, truncated: false };
    for (const path of filesBelow(this.#root, '')) {
      if (signal?.aborted) return;
      if (progress.seen >= maxFiles) {
        progress.truncated = true;
        break;
      }
      if (this.#look(path)) progress.read++;
      progress.seen++;
      const known = this.#known.fileAt(path);
      if (known) seen.add(path);
      if (known?.secrets) progress.withSecrets++;
      if (progress.seen % batch > 0) continue;
      yield { ...progress };
      await nextTurn();
    }
    if (signal?.aborted) return;
    if (!progress.truncated) {
      clear.endLook();
      this.#forgetKnownUnless((path) => seen.has(path));
    }
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
      for (const below of filesBelow(this.#root, path)) read = this.#look(below) || read;
      return read;
    }
    return this.#look(path);
  }

  #clearFiles(): Stamps {
    if (this.#clear) return this.#clear;
    const saved = this.#store.clear(this.#detector);
    if (!saved) for (const [path] of this.#known.files()) this.#stale.add(path);
    return (this.#clear = saved ?? new Stamps());
  }

  #look(path: string): boolean {
    const file = join(this.#root, path);
    const facts = statSync(file, { throwIfNoEntry: false });
    if (!facts?.isFile()) {
      this.#forget(path);
      return false;
    }
    const clear = this.#clearFiles();
    const known = this.#known.fileAt(path);
    const same = known ? known.modified === facts.mtimeMs && known.size === facts.size : clear.isSame(path, facts.mtimeMs, facts.size);
    if (!this.#stale.delete(path) && same) return false;
    const text = facts.size > largestFile || isBinaryName(path) ? undefined : this.#reader.read(file);
    this.#put(path, { modified: facts.mtimeMs, size: facts.size, ...(isSecretName(path) ? { hidden: true } : {}), ...(text === undefined ? {} : searchText(path, text, this.#fingerprinter)) });
    return text !== undefined;
  }

  #put(path: string, file: IndexedFile): void {
    if (file.hidden || file.secrets || file.complete === false) {
      this.#clearFiles().delete(path);
      this.#change({ path, file });
      return;
    }
    this.#clearFiles().set(path, file.modified, file.size);
    if (this.#known.fileAt(path)) this.#change({ path });
  }

  /** A file, or what was below a folder. */
  #forget(path: string): void {
    if (this.#clearFiles().delete(path)) return;
    if (this.#known.fileAt(path)) this.#change({ path });
    else {
      const below = path + sep;
      for (const clear of this.#clearFiles().paths()) if (clear.startsWith(below)) this.#clearFiles().delete(clear);
      this.#forgetKnownUnless((known) => !known.startsWith(below));
    }
  }

  #forgetKnownUnless(stays: (path: string) => boolean): void {
    for (const [path] of this.#known.files()) if (!stays(path)) this.#change({ path });
  }

  #change(change: FileChange): void {
    this.#known.apply([change]);
    this.#changes.set(change.path, change);
  }
}

/**
 * Files below a folder, and links to files; links to folders are not followed.
 * @param folder relative to the root, as are the files
 */
function* filesBelow(root: string, folder: string): Generator<string> {
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for (const entry of listing(join(root, next))) {
      // Joined from an array it is one string, not the memory of both.
      const path = next === '' ? entry.name : [next, entry.name].join(sep);
      if (entry.isFile() || entry.isSymbolicLink()) yield path;
      else if (entry.isDirectory() && !skippedFolders.has(entry.name)) folders.push(path);
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
