import type { Action } from '../core/action.ts';
import { type CallContext } from './call-context.ts';

/** A read of many files at once: each word is a path, or a pattern that is searched for as a whole. */
export function manyReads(words: readonly string[], context: CallContext): readonly Action[] {
  return words.map((word) => (/[*?[{]/.test(word) ? { ...context, tool: 'search', pattern: '', path: context.cwd, glob: word } : { ...context, tool: 'read', path: word }));
}
