/** Lines that wait for a person at once, and their bytes. */
const MOST_HELD = 256;
const MOST_HELD_BYTES = 67_108_864;

interface Held<About> {
  readonly about: About;
  readonly size: number;
  readonly stop: AbortController;
}

/** Lines that wait for the gate, in bounded number and size. `About` is what they are found by when somebody takes them back. */
export class HeldLines<About> {
  private readonly held = new Set<Held<About>>();
  private bytes = 0;

  hasRoomFor(line: Buffer): boolean {
    return this.held.size < MOST_HELD && this.bytes + line.length <= MOST_HELD_BYTES;
  }

  /** Counts a line as held until the work on it is over. The signal aborts when nobody wants the answer any more. */
  async during(line: Buffer, about: About, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const held: Held<About> = { about, size: line.length, stop: new AbortController() };
    this.held.add(held);
    this.bytes += held.size;
    try {
      await work(held.stop.signal);
    } finally {
      this.held.delete(held);
      this.bytes -= held.size;
    }
  }

  /** Takes lines back. Gives how many. */
  stop(which: (about: About) => boolean): number {
    const taken = [...this.held].filter(({ about }) => which(about));
    for (const { stop } of taken) stop.abort();
    return taken.length;
  }
}
