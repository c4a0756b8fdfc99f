import { isKnown, knownWord, type Word } from '../shell/word.ts';

/** What an expression stands for, as far as the text says. */
export type Value =
  /** A string; one of several where a name is bound more than once or stands for each of a list. */
  | { readonly kind: 'text'; readonly words: readonly Word[] }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'object'; readonly entries: ReadonlyMap<string, Value> }
  | { readonly kind: 'flag'; readonly on: boolean }
  /** `uncalled`: it comes from a parameter of a function that nothing in the text calls. */
  | { readonly kind: 'unknown'; readonly written: string; readonly uncalled?: boolean };

const maxAlternatives = 32;

export function textValue(...texts: readonly string[]): Value {
  return { kind: 'text', words: texts.map((text) => knownWord(text)) };
}

/** The words a value may be; what is not known is one unknown word. */
export function wordsOf(value: Value | undefined): readonly Word[] {
  if (!value) return [];
  switch (value.kind) {
    case 'text':
      return value.words;
    case 'list':
      return value.items.flatMap(wordsOf).slice(0, maxAlternatives * 8);
    case 'object':
    case 'flag':
      return [];
    case 'unknown':
      return [expressionWord(value.written)];
  }
}

/** The text of a value that is known to the letter and has no alternatives. */
export function textOfValue(value: Value | undefined): string | undefined {
  const word = value?.kind === 'text' && value.words.length === 1 ? value.words[0] : undefined;
  return word && isKnown(word) ? word.text : undefined;
}

/** A value nobody can know. Code seldom joins paths from nothing, but a variable of the environment may well be unset. */
function expressionWord(written: string): Word {
  return { ...knownWord(written), holes: [{ start: 0, end: written.length, mayBeEmpty: /\benv(?:iron)?\b|\bgetenv\b/i.test(written) }] };
}

/** The first alternative with its holes as written; undefined for what is no text. */
export function writtenText(value: Value | undefined): string | undefined {
  return value?.kind === 'text' ? value.words[0]?.text : undefined;
}

function joinWords(a: Word, b: Word, between = ''): Word {
  const shift = a.text.length + between.length;
  return {
    text: a.text + between + b.text,
    holes: [...a.holes, ...b.holes.map((hole) => ({ ...hole, start: hole.start + shift, end: hole.end + shift }))],
    globs: [...a.globs, ...b.globs.map((at) => at + shift)],
  };
}

/** Two values one behind the other, each alternative with each. */
export function concatenated(a: Value, b: Value, join: (x: Word, y: Word) => Word = joinWords): Value {
  const words = wordsOf(a).flatMap((first) => wordsOf(b).map((second) => join(first, second)));
  return { kind: 'text', words: words.slice(0, maxAlternatives) };
}

/** Path parts joined the way every language's own function does. */
export function joinedPath(parts: readonly Value[]): Value {
  const [first, ...rest] = parts;
  if (!first) return { kind: 'unknown', written: '' };
  return rest.reduce((path, part) => concatenated(path, part, (a, b) => (b.text.startsWith('/') && b.holes[0]?.start !== 0 ? b : joinWords(a, b, a.text === '' || a.text.endsWith('/') ? '' : '/'))), first);
}

/** One of several values. */
export function oneOf(values: readonly Value[]): Value {
  const [first, ...rest] = values;
  if (first && rest.length === 0) return first;
  if (values.length > 0 && values.every((value) => value.kind === 'text')) return { kind: 'text', words: values.flatMap(wordsOf).slice(0, maxAlternatives) };
  return first?.kind === 'object' || first?.kind === 'list' ? first : { kind: 'unknown', written: values.map((value) => (value.kind === 'unknown' ? value.written : '')).find((written) => written !== '') ?? '' };
}

/** A word that stands for every name in a folder, or every match of a pattern. */
export function globWord(pattern: string): Word {
  const globs = [...pattern.slice(0, 4096).matchAll(/[*?[]/g)].map((match) => match.index);
  return { text: pattern, holes: [], globs };
}

/** A value as JSON would show it; unknown parts as the text writes them. */
export function jsonOf(value: Value): unknown {
  switch (value.kind) {
    case 'text':
      return value.words[0]?.text ?? '';
    case 'list':
      return value.items.map(jsonOf);
    case 'object':
      return Object.fromEntries([...value.entries].map(([key, inner]) => [key, jsonOf(inner)]));
    case 'flag':
      return value.on;
    case 'unknown':
      return value.written;
  }
}
