import { Worker } from 'node:worker_threads';
import type { FromWorker, ToWorker } from './index-messages.ts';

export interface IndexThreadOptions {
  /** The program of the thread. */
  readonly program: string;
  readonly take: (message: FromWorker) => void;
  /** It died and was started again, or, with `lost`, stays dead: nothing that changes is followed from then on. */
  readonly died: (why: string, lost: boolean) => void;
}

/** How often a dead thread is started again. */
const RESTARTS = 1;

/** The thread that looks for secrets. When it dies it is started again once, with all that it followed. */
export class IndexThread {
  readonly #options: IndexThreadOptions;
  /** Store by followed folder. */
  readonly #followed = new Map<string, string>();
  #worker: Worker | undefined;
  #deaths = 0;

  constructor(options: IndexThreadOptions) {
    this.#options = options;
    this.#start();
  }

  follow(root: string, store: string): void {
    this.#followed.set(root, store);
    this.#send({ type: 'follow', root, store });
  }

  unfollow(root: string): void {
    this.#followed.delete(root);
    this.#send({ type: 'unfollow', root });
  }

  changed(root: string, paths: readonly string[]): void {
    this.#send({ type: 'changed', root, paths });
  }

  /** Looks through the git history of a followed folder. */
  lookIntoHistory(root: string): void {
    this.#send({ type: 'lookIntoHistory', root });
  }

  stopHistory(): void {
    this.#send({ type: 'stopHistory' });
  }

  /** Stops looking through folders; changes are still followed. */
  stop(): void {
    this.#send({ type: 'stop' });
  }

  /** True while a thread runs. */
  isAlive(): boolean {
    return this.#worker !== undefined;
  }

  /** Ends the thread for good. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #send(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  #start(): void {
    // What it takes in memory is bounded, so that it dies and not the window: a tree of 200,000 files needs about a tenth.
    const worker = new Worker(this.#options.program, { name: 'secret index', resourceLimits: { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 6 } });
    let why = 'it ended by itself';
    // A window that closes does not wait for it.
    worker.unref();
    worker.on('message', (message: FromWorker) => this.#options.take(message));
    worker.on('error', (error) => (why = error instanceof Error ? error.message : String(error)));
    worker.on('exit', () => this.#ended(worker, why));
    this.#worker = worker;
  }

  #ended(worker: Worker, why: string): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#deaths++;
    const lost = this.#deaths > RESTARTS;
    if (!lost) this.#start();
    this.#options.died(why, lost);
    for (const [root, store] of this.#followed) this.#send({ type: 'follow', root, store });
  }
}
