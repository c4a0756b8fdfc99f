import type { CodeLanguage } from '../analysis.ts';
import { endOfStatement, isMark, partsOf, skipTo, type Program, type Range } from './program.ts';

/** A call as the text writes it. */
export interface CodeCall {
  /** Dotted, whatever joins the parts in the language: `shutil.rmtree`, `Path().unlink`, `fs.promises.rm`. */
  readonly callee: string;
  /** Its last part. */
  readonly method: string;
  /** What the method is called on; undefined for a plain function. */
  readonly receiver?: Range;
  readonly args: readonly Range[];
  /** Token that names the method, and the one behind the call. */
  readonly at: number;
  readonly end: number;
}

const longestChain = 12;
/** Tokens that count as arguments where the parenthesis never closes. */
const longestUnclosed = 40;

/** Every call in the text, in order. One pass; chains are followed back a bounded way. */
export function callsIn(program: Program, barewords: ReadonlySet<string>): readonly CodeCall[] {
  const calls: CodeCall[] = [];
  for (let at = 0; at < program.tokens.length; at++) {
    const call = callAt(program, at, barewords);
    if (call) calls.push(call);
  }
  return calls;
}

/** The call whose method is named at `at`; undefined where that is none. */
export function callAt(program: Program, at: number, barewords: ReadonlySet<string>): CodeCall | undefined {
  const { tokens, language } = program;
  const token = tokens[at];
  if (token?.kind !== 'name') return undefined;
  const next = tokens[at + 1];
  const chain = chainBefore(program, at);
  const callee = chain.parts.join('.');
  const more = chain.from < at - 1 ? { receiver: { from: chain.from, to: at - 1 } } : {};
  if (isMark(next, '(')) {
    if (isDeclaration(program, chain.from)) return undefined;
    const close = skipTo(program, at + 1);
    const end = close > at + 1 ? close : Math.min(tokens.length, at + longestUnclosed);
    return { callee, method: token.text, args: partsOf(program, { from: at + 2, to: end }), at, end: end + 1, ...more };
  }
  // JavaScript's tagged templates: $`rm -rf x`.
  if (language === 'javascript' && next?.kind === 'string' && program.text[next.start] === '`') return { callee, method: token.text, args: [{ from: at + 1, to: at + 2 }], at, end: at + 2, ...more };
  // Ruby's methods need no parentheses to be called on something.
  if (language === 'ruby' && chain.from < at && barewords.has(token.text) && (!next || next.kind === 'newline' || isMark(next, ';', '}', '.'))) return { callee, method: token.text, args: [], at, end: at + 1, ...more };
  const bare = language === 'ruby' || language === 'perl';
  if (!bare || !barewords.has(callee) || (next && (next.kind === 'newline' || (next.kind === 'mark' && !isMark(next, '[', '@', '*', '<', '\\', '{'))))) return undefined;
  const end = endOfBareArguments(program, at + 1);
  return { callee, method: token.text, args: partsOf(program, { from: at + 1, to: end }), at, end, ...more };
}

/** Arguments without parentheses end where the statement does, or at a trailing condition. */
function endOfBareArguments(program: Program, from: number): number {
  const end = endOfStatement(program, from);
  for (let at = from; at < end; at++) {
    const token = program.tokens[at];
    if (token?.kind === 'name' && /^(?:if|unless|while|until|or|and|for|foreach|do|then)$/.test(token.text)) return at;
    if (isMark(token, '||', '&&', '}')) return at;
    if (isMark(token, '(', '[', '{')) at = skipTo(program, at);
  }
  return end;
}

/** `def f(`, `function f(`: the beginning of a function, not a call. */
function isDeclaration(program: Program, from: number): boolean {
  const before = program.tokens[from - 1];
  return before?.kind === 'name' && /^(?:def|function|class|sub|fn)$/.test(before.text);
}

interface Chain {
  readonly from: number;
  readonly parts: readonly string[];
}

/** Follows `a.b(…).c` back from its last name. */
function chainBefore(program: Program, at: number): Chain {
  const { tokens, partners } = program;
  const parts = [plain(tokens[at]?.text ?? '', program.language)];
  let from = at;
  for (let length = 0; length < longestChain; length++) {
    let joint = from - 1;
    // The dot may end one line or begin the next.
    if (tokens[joint]?.kind === 'newline') joint--;
    if (!isMark(tokens[joint], '.', '?.', '::', '->', '&.', '?->')) break;
    let before = joint - 1;
    if (tokens[before]?.kind === 'newline') before--;
    const token = tokens[before];
    if (isMark(token, ')', ']')) {
      const open = partners[before] ?? -1;
      if (open < 0) break;
      const name = tokens[open - 1];
      const called = name?.kind === 'name';
      parts.unshift(isMark(token, ')') ? `${called ? plain(name.text, program.language) : ''}()` : `${called ? plain(name.text, program.language) : ''}[]`);
      from = called ? open - 1 : open;
    } else if (token?.kind === 'name') {
      parts.unshift(plain(token.text, program.language));
      from = before;
    } else if (token?.kind === 'string') {
      parts.unshift("''");
      from = before;
      break;
    } else break;
  }
  return { from, parts };
}

/** A name without the mark PHP and Perl put before variables. */
function plain(name: string, language: CodeLanguage): string {
  if (language !== 'php' && language !== 'perl') return name;
  return name.replace(/^[$@%\\]+/, '').replaceAll('\\', '.');
}
