/** A session that has asked for nothing for this long is taken for over. */
const LIVE_MS = 30 * 60_000;

/** When an agent last asked for anything in this window. */
export class AgentActivity {
  readonly #now: () => number;
  readonly #listeners = new Set<() => void>();
  readonly #lastOf = new Map<string, number>();
  #last: number | undefined;

  /** @param now milliseconds since the epoch */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** An agent asked for something. @param agent its id */
  note(agent: string): void {
    this.#last = this.#now();
    this.#lastOf.set(agent, this.#last);
    for (const listener of this.#listeners) listener();
  }

  /** True while an agent is at work, as far as its requests tell. */
  isLive(): boolean {
    return this.#last !== undefined && this.#now() - this.#last < LIVE_MS;
  }

  /** When an agent last asked for something; undefined where it has not. */
  lastOf(agent: string): number | undefined {
    return this.#lastOf.get(agent);
  }

  onNote(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }
}
