import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { contentsOf, fileVersions, messages, type FileVersion, type Message } from './git-objects.ts';
import type { HistorySecret } from './indexed-file.ts';
import type { Fingerprinter } from './secret-forms.ts';
import { isBinaryName, largestFile, searchText, skippedFolders, textIn } from './searched-text.ts';

/** How far a look through the history has come. */
export interface HistoryProgress {
  /** Versions of files that were searched. */
  readonly searched: number;
  /** Not read, as they are too large. */
  readonly tooLarge: number;
  /** Not in this copy of the repository, or not readable. */
  readonly missing: number;
  /** Values that are in the history alone. */
  readonly secrets: number;
  /** True where it ended at its bound of time or number, or git gave up: older versions were left out. */
  readonly truncated: boolean;
}

export interface HistoryOptions {
  readonly root: string;
  readonly fingerprinter: Fingerprinter;
  /** True for a value that the files as they are now hold, too. */
  readonly isInTree: (fingerprint: string) => boolean;
  /** Called for each value once, with the newest version it stands in. */
  readonly found: (secret: HistorySecret) => void;
  readonly signal?: AbortSignal;
  /** Most versions of files searched. */
  readonly maxVersions?: number;
  readonly maxMilliseconds?: number;
}

/** Versions read between two reports. */
const BATCH = 250;
const MOST_VERSIONS = 500_000;
const MOST_MILLISECONDS = 10 * 60_000;
/** More are told of a repository that is full of them, or made to be. */
const MOST_SECRETS = 5_000;

/**
 * Looks through every version of every file that a repository remembers for values that are in no file any more. Reads the objects
 * alone: nothing is checked out and no program of the repository's choosing runs. When `signal` aborts it stops.
 * @throws when the folder is in no repository
 */
export async function* scanHistory(options: HistoryOptions): AsyncGenerator<HistoryProgress, void> {
  const { root, signal, maxVersions = MOST_VERSIONS, maxMilliseconds = MOST_MILLISECONDS } = options;
  const late = AbortSignal.timeout(maxMilliseconds);
  const ends = signal ? AbortSignal.any([signal, late]) : late;
  const search = new HistorySearch(options, ends);
  let batch: FileVersion[] = [];
  let seen = 0;
  try {
    for await (const version of fileVersions(root, ends)) {
      if (!search.isNew(version)) continue;
      if (++seen > maxVersions || search.isFull()) {
        search.truncate();
        break;
      }
      batch.push(version);
      if (batch.length < BATCH) continue;
      await search.look(batch);
      batch = [];
      yield search.progress();
    }
    await search.look(batch);
    yield* searchMessages(root, search, ends);
  } catch (error) {
    if (signal?.aborted) return;
    // What was read before git gave up is worth telling; a folder without a history is not a history without secrets.
    if (seen === 0 && !late.aborted) throw error;
    await search.look(batch);
    search.truncate();
  }
  yield search.progress();
}

async function* searchMessages(root: string, search: HistorySearch, ends: AbortSignal): AsyncGenerator<HistoryProgress, void> {
  let read = 0;
  for await (const message of messages(root, ends)) {
    if (ends.aborted || search.isFull()) return search.truncate();
    search.read(message);
    if (++read % BATCH === 0) yield search.progress();
  }
}

/** Longest message searched; what is longer is cut. */
const LONGEST_MESSAGE = 65_536;

/** The versions searched so far, and what was found in them. */
class HistorySearch {
  readonly #options: HistoryOptions;
  readonly #signal: AbortSignal;
  readonly #seen = new Set<string>();
  readonly #found = new Set<string>();
  readonly #counts = { searched: 0, tooLarge: 0, missing: 0 };
  #truncated = false;

  constructor(options: HistoryOptions, signal: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
  }

  progress(): HistoryProgress {
    return { ...this.#counts, secrets: this.#found.size, truncated: this.#truncated };
  }

  truncate(): void {
    this.#truncated = true;
  }

  isFull(): boolean {
    return this.#found.size >= MOST_SECRETS;
  }

  /** True for what is worth reading and was not read. What a file is called says what in it is a secret. */
  isNew({ blob, path }: FileVersion): boolean {
    if (isBinaryName(path) || path.split('/').some((part) => skippedFolders.has(part))) return false;
    const key = createHash('sha1').update(`${blob}/${posix.basename(path)}`).digest('binary');
    return this.#seen.size < this.#seen.add(key).size;
  }

  async look(versions: readonly FileVersion[]): Promise<void> {
    const byBlob = new Map<string, FileVersion[]>();
    for (const version of versions) {
      const same = byBlob.get(version.blob);
      if (same) same.push(version);
      else byBlob.set(version.blob, [version]);
    }
    for await (const contents of contentsOf(this.#options.root, [...byBlob.keys()], largestFile, this.#signal)) {
      for (const [blob, content] of contents) {
        if (this.#signal.aborted) return;
        if (content === 'large') this.#counts.tooLarge++;
        else if (content === 'missing') this.#counts.missing++;
        else this.#search(content, byBlob.get(blob) ?? []);
      }
    }
  }

  #search(content: Buffer, versions: readonly FileVersion[]): void {
    const text = textIn(content);
    if (text === undefined) return;
    for (const { path, commit, seconds } of versions) {
      this.#counts.searched++;
      this.#note(path, text, commit, seconds);
    }
  }

  /** What a commit or tag says stands in no file. */
  read({ of, text, object, seconds }: Message): void {
    this.#note(`${of} message`, text.slice(0, LONGEST_MESSAGE), object, seconds);
  }

  #note(path: string, text: string, commit: string, seconds: number): void {
    const { fingerprinter, isInTree, found } = this.#options;
    for (const secret of searchText(path, text, fingerprinter).secrets ?? []) {
      if (this.#found.has(secret.fingerprint) || isInTree(secret.fingerprint)) continue;
      this.#found.add(secret.fingerprint);
      found({ ...secret, path, commit: commit.slice(0, 12), seconds });
    }
  }
}
