import { maskText, type Hidden } from '../core/secrets/mask.ts';

/** Where secrets stand in a text; undefined where it could not be searched to its end. */
export type FindHidden = (text: string) => readonly Hidden[] | undefined;

/** Characters that stay back until more has come or nothing will: no value of which a part is given out is longer. */
const HELD = 16_384;
/** Characters given out at once. */
const PIECE = 65_536;
/** Characters given out already that say what the next ones are: the name before a value. */
const CONTEXT = 2_048;

/**
 * Text that comes in pieces, without its secrets. Lines are given out once so much has come after them that no value can begin in them
 * and end in what is still to come. Never keeps more than a bounded part.
 */
export class MaskedStream {
  readonly #find: FindHidden;
  #context = '';
  #waiting = '';

  constructor(find: FindHidden) {
    this.#find = find;
  }

  /** What can be given out now. */
  push(text: string): string {
    this.#waiting += text;
    let given = '';
    while (this.#waiting.length >= PIECE + HELD) given += this.#give(this.#waiting.slice(0, PIECE + HELD), PIECE);
    return given;
  }

  /** The rest. */
  end(): string {
    let given = '';
    while (this.#waiting.length > PIECE + HELD) given += this.#give(this.#waiting.slice(0, PIECE + HELD), PIECE);
    return given + this.#give(this.#waiting, this.#waiting.length);
  }

  /** Masks `known`, the begin of what waits, and takes at most about `wanted` characters of it. */
  #give(known: string, wanted: number): string {
    const hidden = this.#hiddenIn(known);
    if (hidden === undefined) {
      this.#take(wanted);
      return `<hidden: ${wanted} characters that could not be searched for secrets>\n`;
    }
    const lineEnd = known.lastIndexOf('\n', wanted - 1) + 1;
    const cut = uncut(wanted === known.length || lineEnd < wanted / 2 ? wanted : lineEnd, hidden);
    this.#take(cut);
    return maskText(known.slice(0, cut), hidden.filter(({ start }) => start < cut));
  }

  #hiddenIn(known: string): readonly Hidden[] | undefined {
    const before = this.#context.length;
    const found = this.#find(this.#context + known);
    return found?.filter(({ end }) => end > before).map(({ start, end, name }) => ({ start: Math.max(0, start - before), end: end - before, name }));
  }

  #take(length: number): void {
    this.#context = (this.#context + this.#waiting.slice(0, length)).slice(-CONTEXT);
    this.#waiting = this.#waiting.slice(length);
  }
}

/** A place at or near `cut` that no value stands across. */
function uncut(cut: number, hidden: readonly Hidden[]): number {
  const across = hidden.filter(({ start, end }) => start < cut && end > cut);
  const start = Math.min(cut, ...across.map((each) => each.start));
  return start > 0 ? (across.length > 0 ? uncut(start, hidden) : cut) : Math.max(...across.map(({ end }) => end));
}
