import type { Span } from '../effect.ts';
import { isKnown, knownWord, unknownWord, type Hole, type Word } from '../shell/word.ts';
import type { Token } from './tokenize.ts';

/** A thing PowerShell passes around, as far as it can be known beforehand. */
export type Item =
  /** A string, a number or a path. `deep`: the last part of the path is looked for in all folders below the rest of it. */
  | { readonly kind: 'text'; readonly word: Word; readonly deep?: boolean }
  | { readonly kind: 'block'; readonly tokens: readonly Token[]; readonly source: string }
  /** Keys in lower case. */
  | { readonly kind: 'table'; readonly entries: ReadonlyMap<string, Value> }
  /** An object of a .NET or COM class, in lower case and without `System.`, with what it was made from. */
  | { readonly kind: 'object'; readonly type: string; readonly made: Value }
  /** Bytes that are known, one a character. */
  | { readonly kind: 'bytes'; readonly bytes: string };

export type Value = readonly Item[];

/** More items than this are cut: loops over them are bounded anyway. */
const maxItems = 1000;
const maxText = 32 * 1024;
/** A text with more unknown parts than this is as good as unknown. */
const maxHoles = 64;

export function known(text: string, span?: Span): Value {
  return [{ kind: 'text', word: knownWord(text, span) }];
}

/** A value nobody can foresee. `written` is how it looks in the command. */
export function unknown(written: string, span?: Span): Value {
  return [{ kind: 'text', word: unknownWord(written === '' ? '$(…)' : written.slice(0, 200), span) }];
}

/** A value nobody can foresee, but that is never empty. */
export function unknownFilled(written: string, span?: Span): Value {
  return unknown(written, span).map((item) => (item.kind === 'text' ? { ...item, word: { ...item.word, holes: item.word.holes.map((hole) => ({ ...hole, mayBeEmpty: false })) } } : item));
}

export function textItem(word: Word, deep = false): Item {
  return deep ? { kind: 'text', word, deep } : { kind: 'text', word };
}

export function wordsOf(value: Value | undefined): readonly Word[] {
  return (value ?? []).flatMap((item) => (item.kind === 'text' ? [item.word] : []));
}

/** The one text a value is, when that is known. */
export function textOfValue(value: Value | undefined): string | undefined {
  const [word, ...more] = wordsOf(value);
  return word && more.length === 0 && isKnown(word) ? word.text : undefined;
}

/** True where every text of a value is known. */
export function isKnownValue(value: Value): boolean {
  return value.every((item) => item.kind === 'text' && isKnown(item.word) && item.deep !== true);
}

export function joinValues(values: readonly Value[]): Value {
  return values.flat().slice(0, maxItems);
}

/** The word that several make when they are written one after the other, parted by `separator`. */
export function concatenate(words: readonly Word[], separator = ''): Word {
  let text = '';
  const holes: Hole[] = [];
  const globs: number[] = [];
  for (const [index, word] of words.entries()) {
    if (index > 0) text += separator;
    for (const hole of word.holes) holes.push({ ...hole, start: hole.start + text.length, end: hole.end + text.length });
    for (const at of word.globs) globs.push(at + text.length);
    text += word.text;
    if (text.length > maxText || holes.length > maxHoles) return unknownWord(text.slice(0, 64));
  }
  const span = words.find((word) => word.span)?.span;
  return span ? { text, holes, globs, span } : { text, holes, globs };
}

/** The part of a word between two offsets. */
export function cutWord(word: Word, from: number, to: number): Word {
  const holes = word.holes.flatMap((hole) => (hole.end > from && hole.start < to ? [{ ...hole, start: Math.max(hole.start, from) - from, end: Math.min(hole.end, to) - from }] : []));
  const cut = { text: word.text.slice(from, to), holes, globs: word.globs.filter((at) => at >= from && at < to).map((at) => at - from) };
  return word.span ? { ...cut, span: word.span } : cut;
}

/** Offset of the last separator of a path, those inside unknown parts left out; -1 where there is none. */
export function lastSeparator({ text, holes }: Word): number {
  for (let at = text.length - 1; at >= 0; at--) {
    if ((text[at] === '/' || text[at] === '\\') && !holes.some((hole) => at >= hole.start && at < hole.end)) return at;
  }
  return -1;
}

/** The word without separators at its end, a lone one aside. */
function trimSeparators(word: Word): Word {
  let end = word.text.length;
  while (end > 1 && (word.text[end - 1] === '/' || word.text[end - 1] === '\\')) end--;
  return cutWord(word, 0, end);
}

/** The path of the folder that holds a path. */
export function parentWord(word: Word): Word {
  const trimmed = trimSeparators(word);
  const cut = lastSeparator(trimmed);
  if (cut < 0) return knownWord('.', word.span);
  return cutWord(trimmed, 0, /^(?:[a-z]:)?[\\/]$/i.test(trimmed.text.slice(0, cut + 1)) ? cut + 1 : cut);
}

/** The last name of a path. */
export function nameWord(word: Word): Word {
  const trimmed = trimSeparators(word);
  return cutWord(trimmed, lastSeparator(trimmed) + 1, trimmed.text.length);
}

/** One path below another; what joins them is a separator either platform takes. */
export function joinPaths(folder: Word, name: Word): Word {
  const left = trimSeparators(folder);
  const right = cutWord(name, /^[\\/]*/.exec(name.text)?.[0].length ?? 0, name.text.length);
  return concatenate([left, right], /[\\/]$/.test(left.text) ? '' : left.text.includes('\\') || /^[a-z]:/i.test(left.text) ? '\\' : '/');
}
