/** One file as it was last looked at. */
export type Stamp = readonly [path: string, modified: number, size: number];

/** When files were last looked at. There may be hundreds of thousands: numbers lie in arrays of numbers, and a file costs little more than its path. */
export class Stamps {
  readonly #slots = new Map<string, number>();
  readonly #free: number[] = [];
  #modified = new Float64Array(1024);
  #size = new Float64Array(1024);
  #seen = new Uint8Array(1024);

  /** @param saved as `entries` gave them */
  constructor(saved: Iterable<Stamp> = []) {
    for (const [path, modified, size] of saved) this.set(path, modified, size);
  }

  set(path: string, modified: number, size: number): void {
    const slot = this.#slots.get(path) ?? this.#newSlot(path);
    this.#modified[slot] = modified;
    this.#size[slot] = size;
    this.#seen[slot] = 1;
  }

  /** True for a file that is as it was when it was last looked at. It then counts as seen. */
  isSame(path: string, modified: number, size: number): boolean {
    const slot = this.#slots.get(path);
    if (slot === undefined) return false;
    this.#seen[slot] = 1;
    return this.#modified[slot] === modified && this.#size[slot] === size;
  }

  /** @returns false where it was not known */
  delete(path: string): boolean {
    const slot = this.#slots.get(path);
    if (slot === undefined) return false;
    this.#free.push(slot);
    return this.#slots.delete(path);
  }

  /** From now on files are seen or not. */
  beginLook(): void {
    this.#seen.fill(0);
  }

  /** Forgets the files that were not seen since the look began. */
  endLook(): void {
    for (const [path, slot] of this.#slots) if (this.#seen[slot] === 0) this.delete(path);
  }

  paths(): IterableIterator<string> {
    return this.#slots.keys();
  }

  *entries(): Generator<Stamp, void> {
    for (const [path, slot] of this.#slots) yield [path, this.#modified[slot] ?? 0, this.#size[slot] ?? 0];
  }

  #newSlot(path: string): number {
    const slot = this.#free.pop() ?? this.#slots.size;
    if (slot >= this.#size.length) this.#grow();
    this.#slots.set(path, slot);
    return slot;
  }

  #grow(): void {
    const length = Math.ceil(this.#size.length * 1.5);
    const numbers = (from: Float64Array): Float64Array<ArrayBuffer> => {
      const more = new Float64Array(length);
      more.set(from);
      return more;
    };
    const seen = new Uint8Array(length);
    seen.set(this.#seen);
    [this.#modified, this.#size, this.#seen] = [numbers(this.#modified), numbers(this.#size), seen];
  }
}
