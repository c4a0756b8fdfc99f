/** A word looked for and what it stands for. */
export interface Anchor<Meaning> {
  readonly word: string;
  readonly meaning: Meaning;
  /** True when letter case counts. */
  readonly exact: boolean;
}

interface Placed<Meaning> extends Anchor<Meaning> {
  /** Offset of the pair of characters by which it is found. */
  readonly offset: number;
  readonly length: number;
}

/**
 * Finds many words in one pass over a text. A table says for each pair of neighbouring characters which words
 * have that pair as their rarest; nearly every position is dismissed with one look-up.
 */
export class AnchorFinder<Meaning> {
  readonly #table = new Uint16Array(1 << 14);
  readonly #buckets: Placed<Meaning>[][] = [[]];

  /** @param anchors words of at least two ASCII characters */
  constructor(anchors: readonly Anchor<Meaning>[]) {
    for (const anchor of anchors) {
      const offset = rarestPair(anchor.word);
      const placed = { ...anchor, word: anchor.exact ? anchor.word : anchor.word.toLowerCase(), offset, length: anchor.word.length };
      const first = anchor.word[offset] ?? '';
      const second = anchor.word[offset + 1] ?? '';
      for (const [a, b] of anchor.exact ? [[first, second]] : bothCases(first, second)) this.#put(a as string, b as string, placed);
    }
  }

  #put(first: string, second: string, placed: Placed<Meaning>): void {
    const pair = ((first.charCodeAt(0) & 127) << 7) | (second.charCodeAt(0) & 127);
    const bucket = this.#table[pair] ?? 0;
    if (bucket > 0) {
      this.#buckets[bucket]?.push(placed);
      return;
    }
    this.#table[pair] = this.#buckets.length;
    this.#buckets.push([placed]);
  }

  /** Visits every place between `from` and `to` at which a word stands; a visit may say from where to go on. */
  visit(text: string, from: number, to: number, onWord: (meaning: Meaning, at: number, length: number) => void): void {
    const table = this.#table;
    let pair = text.charCodeAt(from) & 127;
    for (let i = from + 1; i < to; i++) {
      pair = ((pair & 127) << 7) | (text.charCodeAt(i) & 127);
      const bucket = table[pair];
      if (bucket === 0) continue;
      for (const placed of this.#buckets[bucket as number] ?? []) {
        const at = i - 1 - placed.offset;
        if (at >= 0 && standsAt(text, at, placed)) onWord(placed.meaning, at, placed.length);
      }
    }
  }
}

function standsAt(text: string, at: number, { word, exact, length }: Placed<unknown>): boolean {
  if (exact) return text.startsWith(word, at);
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(at + i);
    if ((code >= 65 && code <= 90 ? code | 32 : code) !== word.charCodeAt(i)) return false;
  }
  return true;
}

function bothCases(first: string, second: string): string[][] {
  const firsts = new Set([first.toLowerCase(), first.toUpperCase()]);
  const seconds = new Set([second.toLowerCase(), second.toUpperCase()]);
  return [...firsts].flatMap((a) => [...seconds].map((b) => [a, b]));
}

/** Letters by how often they stand in source text, most frequent first; what is not listed is rarer. */
const frequency = ' etaoinsrlcdupmhfgb.-';

function rarestPair(word: string): number {
  let best = 0;
  let bestRank = -1;
  for (let i = 0; i + 1 < word.length; i++) {
    const rank = rankOf(word[i] ?? '') + rankOf(word[i + 1] ?? '');
    if (rank > bestRank) {
      best = i;
      bestRank = rank;
    }
  }
  return best;
}

function rankOf(char: string): number {
  const at = frequency.indexOf(char.toLowerCase());
  return at < 0 ? frequency.length : at;
}
