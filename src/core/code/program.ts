import type { CodeLanguage } from '../analysis.ts';
import { partnersOf } from './brackets.ts';
import { lexJavascript, lexPhp } from './lex-braces.ts';
import { lexPython } from './lex-python.ts';
import { lexPerl, lexRuby } from './lex-scripting.ts';
import type { CodeToken, Lexed } from './token.ts';

/** A half-open range of tokens. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A text of one language, lexed and with its brackets paired. */
export interface Program {
  readonly language: CodeLanguage;
  readonly text: string;
  readonly tokens: readonly CodeToken[];
  readonly partners: Int32Array;
  readonly inner: readonly string[];
}

const lexers: Readonly<Record<CodeLanguage, (text: string) => Lexed>> = { python: lexPython, javascript: lexJavascript, ruby: lexRuby, perl: lexPerl, php: lexPhp };

export function programOf(language: CodeLanguage, text: string): Program {
  const { tokens, inner } = lexers[language](text);
  return { language, text, tokens, partners: partnersOf(tokens), inner };
}

export function isMark(token: CodeToken | undefined, ...texts: readonly string[]): boolean {
  return token?.kind === 'mark' && texts.includes(token.text);
}

export function isName(token: CodeToken | undefined, ...texts: readonly string[]): boolean {
  return token?.kind === 'name' && texts.includes(token.text);
}

/** The parts of a range between commas outside brackets; empty parts left out. */
export function partsOf(program: Program, range: Range, separator = ','): readonly Range[] {
  const parts: Range[] = [];
  let from = range.from;
  for (let at = range.from; at <= range.to; at++) {
    const token = program.tokens[at];
    if (at === range.to || isMark(token, separator)) {
      if (at > from) parts.push({ from, to: at });
      from = at + 1;
    } else if (isMark(token, '(', '[', '{')) at = Math.min(skipTo(program, at), range.to - 1);
  }
  return parts;
}

/** The index of the bracket's partner; the index itself where it has none. */
export function skipTo(program: Program, at: number): number {
  const partner = program.partners[at] ?? -1;
  return partner > at ? partner : at;
}

/** Tokens of a statement, those in brackets that close not counted one by one. */
const longestStatement = 2000;

/** Where the statement ends that `from` stands in: at a newline, `;`, or a bracket that closes around it. */
export function endOfStatement(program: Program, from: number): number {
  const limit = Math.min(program.tokens.length, from + longestStatement);
  for (let at = from; at < limit; at++) {
    const token = program.tokens[at];
    if (token?.kind === 'newline' && !continues(program, at, from)) return at;
    if (isMark(token, ';', ')', ']', '}')) return at;
    if (isMark(token, '(', '[', '{')) at = skipTo(program, at);
  }
  return limit;
}

/** A line that ends in an operator, or is followed by one that begins with a dot, goes on. */
function continues(program: Program, at: number, from: number): boolean {
  const before = program.tokens[at - 1];
  const after = program.tokens[at + 1];
  return (at > from && isMark(before, '+', ',', '=', '.', '->', '(', '&&', '||', '\\', '=>')) || at === from || (program.language !== 'python' && isMark(after, '.', '?.', '->', '&.'));
}

/** The range without newlines and words that change nothing at either end. */
export function trimmed(program: Program, range: Range): Range {
  let { from, to } = range;
  while (from < to && (program.tokens[from]?.kind === 'newline' || isName(program.tokens[from], 'await', 'new', 'return', 'my', 'our', 'const', 'let', 'var', 'yield') || isMark(program.tokens[from], '\\', '*', '...'))) from++;
  while (to > from && (program.tokens[to - 1]?.kind === 'newline' || isMark(program.tokens[to - 1], ';', ','))) to--;
  return { from, to };
}
