import type { Span } from '../effect.ts';

/** A part of a word that cannot be known before the command runs. */
export interface Hole {
  /** Range in the word's `text`, which holds the hole as it was written. */
  readonly start: number;
  readonly end: number;
  /** True where the value may turn out to be nothing at all, as an unset variable does. */
  readonly mayBeEmpty: boolean;
  /** True for the output of a command that is split at white space, and may become words of any number. */
  readonly splits?: true;
  /** The secret its value holds, where it comes from one. */
  readonly secret?: SecretSource;
}

/** Where a secret that travels through a command line comes from. Never its value. */
export interface SecretSource {
  /**
   * `credential`: one printed by a program that keeps it. `search`: lines found by what secrets are called.
   * `names`: where secret files lie, none of what is in them.
   */
  readonly kind: 'file' | 'environment' | 'credential' | 'search' | 'names';
  /** What a person would call it: a file's name, a program. */
  readonly name: string;
  /** Of an `environment`: `own` where the shell prints its own, `kept` where a service or a store prints what it keeps; both show values and nothing less. */
  readonly values?: 'own' | 'kept';
}

/** One word of a command after quote removal and expansion, as far as both can be done beforehand. */
export interface Word {
  /** Holes are shown as written, e.g. `$NAME/build`. */
  readonly text: string;
  readonly holes: readonly Hole[];
  /** Offsets in `text` of characters the shell would expand as a glob (`*`, `?`, `[`). */
  readonly globs: readonly number[];
  /** Where the word stands in the action's text; absent for words that come from elsewhere. */
  readonly span?: Span;
}

/** A word that is known to the letter. */
export function knownWord(text: string, span?: Span): Word {
  return span ? { text, holes: [], globs: [], span } : { text, holes: [], globs: [] };
}

/** A word of which nothing is known. `written` is how it looks in the command. */
export function unknownWord(written: string, span?: Span): Word {
  return { ...knownWord(written, span), holes: [{ start: 0, end: written.length, mayBeEmpty: true }] };
}

/** How a word looks that a program such as `xargs` takes from input nobody can foresee. */
export const fedWord = '$input';

/** True when a part of the word comes from such input. */
export function isFed(word: Word): boolean {
  return word.holes.some(({ start, end }) => word.text.slice(start, end) === fedWord);
}

/** True when every character of the word is known. A glob is not a hole. */
export function isKnown(word: Word): boolean {
  return word.holes.length === 0;
}

/** The word's text when it is known, else undefined. */
export function textOf(word: Word | undefined): string | undefined {
  return word && isKnown(word) ? word.text : undefined;
}

/** Last part of a program's path; empty where it cannot be known. Shouted names are the same program where letter case does not tell files apart. */
export function programOf(word: Word | undefined): string {
  if (!word || word.holes.length > 0) return '';
  const cut = Math.max(word.text.lastIndexOf('/'), word.text[1] === ':' ? word.text.lastIndexOf('\\') : -1);
  const name = word.text.slice(cut + 1).replace(/\.exe$/i, '');
  return /^[A-Z][A-Z0-9.-]+$/.test(name) ? name.toLowerCase() : name;
}
