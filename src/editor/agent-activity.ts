/** A session that has asked for nothing for this long is taken for over. */
const LIVE_MS = 30 * 60_000;

/** When an agent last asked for anything in this window. */
export class AgentActivity {
  readonly #now: () => number;
  readonly #listeners = new Set<() => void>();
  #last: number | undefined;

  /** @param now milliseconds since the epoch */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** An agent asked for something. */
  note(): void {
    this.#last = this.#now();
    for (const listener of this.#listeners) listener();
  }

  /** True while an agent is at work, as far as its requests tell. */
  isLive(): boolean {
    return this.#last !== undefined && this.#now() - this.#last < LIVE_MS;
  }

  onNote(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }
}
