import type { Harmless } from '../core/rule.ts';

/** What stands in a word that may be, name or hold a secret. */
export const secretWords: readonly string[] = ['secret', 'token', 'pass', 'cred', 'key', 'env', 'auth'];
/** Longest run of letters and digits in a word that is surely no credential. */
export const LONGEST_PLAIN = 20;

const SUSPICIOUS = new RegExp(`[^A-Za-z0-9_./\\\\:=,^~+-]|${secretWords.join('|')}|[A-Za-z0-9_]{${LONGEST_PLAIN}}`, 'i');

/** The quick test of the shims where it is not a shell that makes it: true for words that are sure to be harmless. */
export function isSurelyHarmless(program: string, harmless: Harmless | undefined, words: readonly string[]): boolean {
  // What a script does with an option, nobody knows.
  if (program.endsWith('.sh')) return false;
  const [first = ''] = words;
  if (words.length === 1 && (first === '--version' || first === '--help')) return true;
  if (harmless === undefined || first === '' || words.some((word) => SUSPICIOUS.test(word))) return false;
  return 'first' in harmless ? harmless.first.includes(first) : !words.some((word) => harmless.without.some((start) => word.startsWith(start)));
}
