/** A text as one word of `sh`. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

const PLAIN = /^[A-Za-z0-9_@%+:,./-]+$/;
const RESERVED = new Set(['if', 'then', 'else', 'elif', 'fi', 'do', 'done', 'case', 'esac', 'while', 'until', 'for', 'in', 'function', 'select', 'time', 'coproc']);

/** The words as one shell command that means exactly them. */
export function quoteWords(words: readonly string[]): string {
  return words.map(quoteWord).join(' ');
}

/** The word as a shell takes it, in quotes only where it needs them. */
export function quoteWord(word: string): string {
  return PLAIN.test(word) && !RESERVED.has(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
