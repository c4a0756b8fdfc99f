import type { Certainty, Reversibility, Verb } from '../effect.ts';
import { nameListEnds } from './heads.ts';
import { wordAt } from './statements.ts';
import type { Token } from './tokenize.ts';

export const maxNames = 12;
const longestList = 1000;
export const countFirst = 'Count the rows it would touch with a SELECT first, and run it inside a transaction.';
export const dumpFirst = 'Take a dump of it first, and check which database this connection reaches.';

/** What one statement loses. */
export interface Loss {
  /** Second part of the rule id. */
  readonly id: string;
  readonly verb: Verb;
  readonly kind: string;
  readonly name: string;
  readonly reversibility: Reversibility;
  readonly certainty: Certainty;
  /** `{name}` stands for the name. */
  readonly why: string;
  readonly saferWay: string;
}

/** Text inside a statement that somebody else has to look into. */
export type Nested =
  | { readonly language: 'shell' | 'cmd'; readonly text: string }
  /** SQL kept in a string: EXECUTE, PREPARE, DO. */
  | { readonly language: 'sql'; readonly text: string };

export interface Classified {
  readonly losses: readonly Loss[];
  readonly nested: readonly Nested[];
}

export function loss(id: string, verb: Verb, kind: string, name: string, why: string, saferWay: string): Loss {
  return { id, verb, kind, name, why, saferWay, reversibility: 'irreversible', certainty: 'certain' };
}

/** Names from `at` on, dotted parts joined, up to a word that ends the list. */
export function namesFrom(tokens: readonly Token[], at: number): readonly string[] {
  const names: string[] = [];
  let current = '';
  const base = tokens[0]?.depth ?? 0;
  for (let index = at; index < tokens.length && names.length <= longestList; index++) {
    const token = tokens[index] as Token;
    const word = wordAt(tokens, index);
    if (token.depth < base || token.text === '(' || nameListEnds.has(word)) break;
    if (token.kind === 'symbol' && token.text === ',') {
      names.push(current);
      current = '';
    } else if (token.kind === 'symbol' && token.text === '.') current += '.';
    else if (current === '' || current.endsWith('.') || /^[$#{}<%]/.test(token.text) || /[$#{]$/.test(current)) current += token.text;
    else break;
  }
  return [...names, current].filter((name) => name !== '');
}

/** At most a dozen names, the rest of them as one; one unnamed where there is none. */
export function namedLosses(names: readonly string[]): readonly string[] {
  if (names.length === 0) return [''];
  return names.length <= maxNames ? names : [...names.slice(0, maxNames), `${names.length - maxNames} more`];
}

/** The tokens as they stand, shortened for a sentence. */
export function spelledOut(tokens: readonly Token[]): string {
  return tokens.slice(0, 20).map((token) => token.text).join(' ').slice(0, 80);
}

/** The position behind `IF EXISTS` and the like. */
export function afterModifiers(tokens: readonly Token[], at: number): number {
  let index = at;
  while (/^(?:IF|EXISTS|ONLY)$/.test(wordAt(tokens, index))) index++;
  return index;
}
