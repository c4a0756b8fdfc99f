/** How long after an answer the hook of another file may come with the same call; milliseconds. */
const SHARED_MS = 60_000;
const MOST = 256;

interface Shared<Settled> {
  readonly settled: Promise<Settled>;
  /** The hooks that have had the answer: each file's once. */
  readonly ways: Set<string>;
  until: number;
}

/**
 * Calls of tools for which an agent runs the hooks of several files, one after the other or at once. What became of a call is found out
 * for the first of them, and the others are told the same: nobody is asked twice, and one refusal counts once.
 */
export class SharedCalls<Settled> {
  private readonly calls = new Map<string, Shared<Settled>>();
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  /** `key` says which call of which tool it is, with all that it would do; `way` which hook asks. */
  async settle(key: string, way: string, work: () => Promise<Settled>): Promise<Settled> {
    const known = this.calls.get(key);
    if (known !== undefined && known.until > this.now() && !known.ways.has(way)) {
      known.ways.add(way);
      return known.settled;
    }
    const shared: Shared<Settled> = { settled: work(), ways: new Set([way]), until: Infinity };
    this.calls.delete(key);
    this.calls.set(key, shared);
    const [oldest] = this.calls.keys();
    if (this.calls.size > MOST && oldest !== undefined) this.calls.delete(oldest);
    try {
      return await shared.settled;
    } finally {
      shared.until = this.now() + SHARED_MS;
    }
  }
}
