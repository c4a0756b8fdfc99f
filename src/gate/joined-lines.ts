/** A text without the line ends inside encoded data, and where each of its characters stood. */
export interface JoinedLines {
  readonly text: string;
  /** Where a character of `text` stands in the original. */
  readonly originalOf: (at: number) => number;
}

/** Encoders cut what they write into lines of 64 or 76 characters, or of any number they are told (`base64 -w 20`, `fold -w 1`). */
const cut = /(?<=[A-Za-z0-9+/=_-])\r?\n(?=[A-Za-z0-9+/=_-])/g;

interface Cut {
  /** In the joined text. */
  readonly at: number;
  /** Characters left out by then. */
  readonly gone: number;
}

/** The text with data that an encoder may have cut into lines put together again; undefined where there is none. */
export function joinedLines(text: string): JoinedLines | undefined {
  const cuts: Cut[] = [];
  let gone = 0;
  const joined = text.replace(cut, (lineEnd: string, at: number) => {
    cuts.push({ at: at - gone, gone: gone + lineEnd.length });
    gone += lineEnd.length;
    return '';
  });
  return gone === 0 ? undefined : { text: joined, originalOf: (at) => at + goneBefore(cuts, at) };
}

function goneBefore(cuts: readonly Cut[], at: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cuts[middle]?.at ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return cuts[low - 1]?.gone ?? 0;
}
