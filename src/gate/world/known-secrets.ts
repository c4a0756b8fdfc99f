import { join, relative } from 'node:path';
import type { KnownSecret } from '../../core/world.ts';
import type { FileChange, HistorySecret, IndexedFile, IndexedSecret } from './indexed-file.ts';
import { gramLength, gramOffset, type Fingerprinter, type Form } from './secret-forms.ts';

/** One file of the index, for showing. */
export interface FileEntry {
  /** Absolute. */
  readonly file: string;
  /** True where its name alone says that it holds secrets. */
  readonly hidden: boolean;
  readonly complete: boolean;
  readonly secrets: readonly Omit<IndexedSecret, 'forms'>[];
}

/** One secret of the git history, for showing. */
export type HistoryEntry = Omit<HistorySecret, 'forms' | 'path'> & {
  /** Absolute; there may be no such file any more. */
  readonly file: string;
};

/** A known secret's place in a text. */
export interface Occurrence {
  /** Half-open range of UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  readonly secret: KnownSecret;
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

/** Longest text looked through. */
const maxText = 8 * 1024 * 1024;

/** The secrets of one workspace folder as far as recognising them needs it. Values that a person said are for tests are none. */
export class KnownSecrets {
  readonly #root: string;
  readonly #fingerprinter: Fingerprinter;
  readonly #testValues: ReadonlySet<string>;
  readonly #files = new Map<string, IndexedFile>();
  #history: readonly HistorySecret[] = [];
  /** Rebuilt when files changed. */
  #forms: KnownForms | undefined;
  #byFingerprint: ReadonlyMap<string, readonly KnownSecret[]> | undefined;

  /**
   * @param root absolute folder that paths are relative to
   * @param testValues fingerprints; call `reconsider` when they change
   */
  constructor(root: string, fingerprinter: Fingerprinter, testValues: ReadonlySet<string>) {
    this.#root = root;
    this.#fingerprinter = fingerprinter;
    this.#testValues = testValues;
  }

  /** Takes over what has changed. */
  apply(changes: readonly FileChange[]): void {
    for (const { path, file } of changes) {
      if (file) this.#files.set(path, file);
      else this.#files.delete(path);
    }
    if (changes.length > 0) this.reconsider();
  }

  /** Forgets every file. */
  clear(): void {
    this.#files.clear();
    this.reconsider();
  }

  /** Takes over what the git history has, in place of what was known of it. */
  setHistory(secrets: readonly HistorySecret[]): void {
    this.#history = secrets;
    this.reconsider();
  }

  history(): readonly HistorySecret[] {
    return this.#history;
  }

  /** Secrets that are in no file, but in the git history. */
  historyEntries(): readonly HistoryEntry[] {
    return this.#onlyInHistory().map(({ path, commit, seconds, ...secret }) => ({ ...withoutForms(secret), file: join(this.#root, path), commit, seconds }));
  }

  /** A value may have come back to a file since the history was looked through. */
  #onlyInHistory(): readonly HistorySecret[] {
    if (this.#history.length === 0) return [];
    const inTree = new Set([...this.#files.values()].flatMap(({ secrets }) => secrets ?? []).map(({ fingerprint }) => fingerprint));
    return this.#history.filter(({ fingerprint }) => !inTree.has(fingerprint) && !this.#testValues.has(fingerprint));
  }

  /** Has the next look take in that files or test values changed. */
  reconsider(): void {
    this.#forms = undefined;
    this.#byFingerprint = undefined;
  }

  fileAt(path: string): IndexedFile | undefined {
    return this.#files.get(path);
  }

  files(): IterableIterator<[string, IndexedFile]> {
    return this.#files.entries();
  }

  /** Files with secrets, hidden files, and files that could not be searched to their end. */
  entries(): readonly FileEntry[] {
    return [...this.#files].map(([path, file]) => this.#entry(path, file));
  }

  /** One of them; undefined for any other file. */
  entryOf(file: string): FileEntry | undefined {
    const path = relative(this.#root, file);
    const found = this.#files.get(path);
    return found && this.#entry(path, found);
  }

  #entry(path: string, { hidden, complete, secrets }: IndexedFile): FileEntry {
    return {
      file: join(this.#root, path),
      hidden: hidden ?? false,
      complete: complete ?? true,
      secrets: (secrets ?? []).filter(({ fingerprint }) => !this.#testValues.has(fingerprint)).map(withoutForms),
    };
  }

  /** What a value is told by, on this installation alone. */
  fingerprint(value: string): string {
    return this.#fingerprinter.digest(value);
  }

  /** True for a value that a person said is for tests. */
  isTestValue(value: string): boolean {
    return this.#testValues.size > 0 && this.#testValues.has(this.#fingerprinter.digest(value));
  }

  /** Known secrets whose value occurs in a text, plain or encoded; one for each file a value lies in. */
  match(text: string): KnownSecret[] {
    const found = new Map<string, KnownSecret>();
    for (const { secret } of this.occurrences(text)) for (const known of this.#sameValue(secret)) found.set(`${known.fingerprint}\n${known.file}`, known);
    return [...found.values()];
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

  /** The same value in whatever file it lies. */
  #sameValue(secret: KnownSecret): readonly KnownSecret[] {
    return (this.#byFingerprint ??= this.#groupByFingerprint()).get(secret.fingerprint) ?? [secret];
  }

  #groupByFingerprint(): ReadonlyMap<string, readonly KnownSecret[]> {
    const groups = new Map<string, KnownSecret[]>();
    for (const { secret } of this.#known()) {
      const same = groups.get(secret.fingerprint);
      if (same) same.push(secret);
      else groups.set(secret.fingerprint, [secret]);
    }
    return groups;
  }

  *#known(): Generator<{ readonly secret: KnownSecret; readonly forms: readonly Form[] }, void> {
    for (const [path, file] of this.#files) {
      for (const { name, kind, fingerprint, forms } of file.secrets ?? []) {
        if (!this.#testValues.has(fingerprint)) yield { secret: { name, kind, file: join(this.#root, path), fingerprint }, forms };
      }
    }
    for (const { name, kind, fingerprint, forms, path, commit } of this.#onlyInHistory()) yield { secret: { name, kind, file: join(this.#root, path), fingerprint, commit }, forms };
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
        const same = byGram.get(form.gram);
        if (same) same.push({ form, secret });
        else byGram.set(form.gram, [{ form, secret }]);
      }
    }
    return { grams, byGram };
  }
}

function withoutForms({ name, kind, provider, line, length, fingerprint, expires }: IndexedSecret): FileEntry['secrets'][number] {
  return { name, kind, line, length, fingerprint, ...(provider === undefined ? {} : { provider }), ...(expires === undefined ? {} : { expires }) };
}
