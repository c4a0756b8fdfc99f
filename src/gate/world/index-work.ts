import type { HistoryProgress } from './history-scan.ts';
import type { FromWorker, ToWorker } from './index-messages.ts';
import { SecretIndex, type ScanProgress } from './secret-index.ts';

/** Changes come in bursts; the index is saved once after the last. */
const SAVE_AFTER_MS = 2_000;
/** How often the window is told how far a scan has come. */
const TELL_EVERY_MS = 200;

/** What the thread does: keeps the indexes of the followed folders up to date, one scan at a time, and tells what changed. */
export class IndexWork {
  readonly #tell: (message: FromWorker) => void;
  readonly #detector: string;
  readonly #indexes = new Map<string, SecretIndex>();
  #scans: Promise<void> = Promise.resolve();
  #stop = new AbortController();
  #stopHistory = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  /** @param detector says which program this is: what another one has looked at is looked at anew */
  constructor(tell: (message: FromWorker) => void, detector: string) {
    this.#tell = tell;
    this.#detector = detector;
  }

  /** Takes one message. Never throws: what fails is told. */
  take(message: ToWorker): void {
    switch (message.type) {
      case 'follow':
        this.#attempt(message.root, () => this.#follow(message.root, message.store));
        break;
      case 'unfollow':
        this.#indexes.delete(message.root);
        break;
      case 'changed':
        this.#attempt(message.root, () => this.#update(message.root, message.paths));
        break;
      case 'lookIntoHistory':
        this.#lookIntoHistory(message.root);
        break;
      case 'stopHistory':
        this.#stopHistory.abort();
        this.#stopHistory = new AbortController();
        break;
      case 'stop':
        this.#stop.abort();
        this.#stop = new AbortController();
        break;
    }
  }

  #attempt(root: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#failed(root, error);
    }
  }

  #failed(root: string, error: unknown): void {
    this.#tell({ type: 'failed', root, why: error instanceof Error ? error.message : String(error) });
  }

  #follow(root: string, store: string): void {
    const index = SecretIndex.load(root, store, this.#detector);
    this.#indexes.set(root, index);
    this.#tell({ type: 'known', root, changes: index.all() });
    if (index.history().length > 0) this.#tellHistory(root, index);
    const { signal } = this.#stop;
    this.#scans = this.#scans.then(() => this.#scan(root, index, signal)).catch((error: unknown) => this.#failed(root, error));
  }

  async #scan(root: string, index: SecretIndex, signal: AbortSignal): Promise<void> {
    const began = performance.now();
    let told = began;
    let progress: ScanProgress = { seen: 0, read: 0, withSecrets: 0, truncated: false };
    for await (progress of index.scan({ signal })) {
      if (this.#indexes.get(root) !== index) return;
      if (performance.now() - told < TELL_EVERY_MS) continue;
      told = performance.now();
      this.#tellChanges(root, index);
      this.#tell({ type: 'progress', root, progress });
    }
    this.#tellChanges(root, index);
    await index.save();
    this.#tell({ type: 'scanned', root, progress, milliseconds: performance.now() - began, stopped: signal.aborted });
  }

  /** After what is looked through already: what the files hold is not only in the history. */
  #lookIntoHistory(root: string): void {
    const { signal } = this.#stopHistory;
    const failed = (error: unknown): void => this.#tell({ type: 'historyFailed', root, why: error instanceof Error ? error.message : String(error) });
    this.#scans = this.#scans.then(() => this.#scanHistory(root, signal)).catch(failed);
  }

  async #scanHistory(root: string, signal: AbortSignal): Promise<void> {
    const index = this.#indexes.get(root);
    if (!index) throw new Error('This folder is not open any more.');
    let progress: HistoryProgress = { searched: 0, tooLarge: 0, missing: 0, secrets: 0, truncated: false };
    for await (progress of index.scanHistory({ signal })) this.#tell({ type: 'historyProgress', root, progress });
    this.#tellHistory(root, index);
    this.#tell({ type: 'historyScanned', root, progress, stopped: signal.aborted });
  }

  #tellHistory(root: string, index: SecretIndex): void {
    this.#tell({ type: 'history', root, secrets: index.history() });
  }

  #update(root: string, paths: readonly string[]): void {
    const index = this.#indexes.get(root);
    if (!index) return;
    for (const path of paths) index.update(path);
    this.#tellChanges(root, index);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#save(), SAVE_AFTER_MS);
  }

  #tellChanges(root: string, index: SecretIndex): void {
    const changes = index.takeChanges();
    if (changes.length > 0) this.#tell({ type: 'changes', root, changes });
  }

  async #save(): Promise<void> {
    for (const [root, index] of this.#indexes) await index.save().catch((error: unknown) => this.#failed(root, error));
  }
}
