import { matchesName } from '../files/globs.ts';
import type { ParameterOperation } from './parse.ts';
import { isKnown, type Word } from './word.ts';

/** Longest value and pattern whose matching is worked out. */
const longest = 256;

/** The words of an operation, expanded. */
export interface OperationWords {
  readonly operand?: Word | undefined;
  readonly pattern?: Word | undefined;
  readonly replacement?: Word | undefined;
  readonly offset?: Word | undefined;
  readonly length?: Word | undefined;
}

/** What an operation makes of a known value; undefined where that cannot be foreseen. https://www.gnu.org/software/bash/manual/html_node/Shell-Parameter-Expansion.html */
export function transformed(value: string, operation: ParameterOperation, words: OperationWords): string | undefined {
  if (!Object.values(words).every((word: Word | undefined) => word === undefined || (isKnown(word) && word.text.length <= longest))) return undefined;
  switch (operation.type) {
    case 'Remove':
      return words.operand && removed(value, operation.operator, words.operand);
    case 'Replace':
      return words.pattern && replaced(value, operation.operator, words.pattern, words.replacement?.text ?? '');
    case 'Slice':
      return sliced(value, words);
    case 'CaseModification':
      return words.operand ? undefined : recased(value, operation.operator);
    default:
      return undefined;
  }
}

function removed(value: string, operator: '#' | '##' | '%' | '%%', pattern: Word): string | undefined {
  const front = operator.startsWith('#');
  if (pattern.globs.length === 0) {
    const found = front ? value.startsWith(pattern.text) : value.endsWith(pattern.text);
    return !found ? value : front ? value.slice(pattern.text.length) : value.slice(0, value.length - pattern.text.length);
  }
  const length = lengthOf(value, pattern, front ? 'front' : 'back', operator.length === 2);
  return length === undefined ? undefined : length < 0 ? value : front ? value.slice(length) : value.slice(0, value.length - length);
}

function replaced(value: string, operator: '/' | '//' | '/#' | '/%', pattern: Word, by: string): string | undefined {
  if (pattern.text === '') return value;
  if (operator === '/#' || operator === '/%') {
    const front = operator === '/#';
    const length = pattern.globs.length > 0 ? lengthOf(value, pattern, front ? 'front' : 'back', true) : (front ? value.startsWith(pattern.text) : value.endsWith(pattern.text)) ? pattern.text.length : -1;
    return length === undefined ? undefined : length < 0 ? value : front ? by + value.slice(length) : value.slice(0, value.length - length) + by;
  }
  if (pattern.globs.length > 0) return undefined;
  return operator === '//' ? value.split(pattern.text).join(by) : value.replace(pattern.text, () => by);
}

/** Characters at one end that the pattern matches, most or fewest; -1 for none; undefined where it is too much to try. */
function lengthOf(value: string, pattern: Word, end: 'front' | 'back', most: boolean): number | undefined {
  if (value.length > longest || value.length * pattern.text.length > 4096) return undefined;
  // The matching is that of file names, where a leading dot is special.
  const active = new Set(pattern.globs.map((at) => at + 1));
  const matches = (length: number): boolean => matchesName(`x${end === 'front' ? value.slice(0, length) : value.slice(value.length - length)}`, `x${pattern.text}`, active);
  const lengths = Array.from({ length: value.length + 1 }, (_, length) => length);
  return (most ? lengths.findLast(matches) : lengths.find(matches)) ?? -1;
}

function sliced(value: string, { offset, length }: OperationWords): string | undefined {
  const from = numberOf(offset);
  const count = length === undefined ? value.length : numberOf(length);
  if (from === undefined || count === undefined) return undefined;
  const start = from < 0 ? value.length + from : from;
  return start < 0 ? '' : count < 0 ? value.slice(start, value.length + count) : value.slice(start, start + count);
}

/**
 * `${@:2}` and `${a[@]:1:2}`: some words of a list; undefined where it cannot be told which, and for `$0`.
 * @param first the number of the first word
 */
export function slicedList(list: readonly Word[], first: 0 | 1, { offset, length }: OperationWords): readonly Word[] | undefined {
  const from = numberOf(offset);
  const count = length === undefined ? list.length : numberOf(length);
  if (from === undefined || count === undefined || count < 0) return undefined;
  const start = from < 0 ? list.length + from : from - first;
  return start < 0 ? undefined : list.slice(start, start + count);
}

function numberOf(word: Word | undefined): number | undefined {
  const text = word?.text.trim() ?? '';
  return /^-?\d{1,6}$/.test(text) ? Number(text) : undefined;
}

function recased(value: string, operator: '^' | '^^' | ',' | ',,'): string {
  const first = operator.length === 1 ? value.slice(0, 1) : value;
  return (operator.startsWith('^') ? first.toUpperCase() : first.toLowerCase()) + value.slice(first.length);
}
