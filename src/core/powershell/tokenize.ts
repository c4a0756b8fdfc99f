/**
 * PowerShell text cut into tokens, brackets folded into groups.
 * Facts: https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_parsing,
 * about_quoting_rules, about_special_characters.
 */

interface Placed {
  /** Range in the tokenized text. */
  readonly start: number;
  readonly end: number;
  /** True where no white space stands before the token, so that it may belong to the one before. */
  readonly glued: boolean;
}

type Bracket = '(' | '{' | '[' | '$(' | '@(' | '@{';
type Operator = ';' | '\n' | '|' | '||' | '&' | '&&' | ',';

/** A piece of a double-quoted string. */
export type StringPart =
  | { readonly text: string }
  | { readonly variable: string; readonly written: string }
  | { readonly tokens: readonly Token[]; readonly written: string };

export interface BareToken extends Placed {
  readonly kind: 'bare';
  /** Escapes taken out. */
  readonly text: string;
  /** Offsets in `text` of wildcards that are not escaped. */
  readonly globs: readonly number[];
}

export interface GroupToken extends Placed {
  readonly kind: 'group';
  readonly open: Bracket;
  readonly tokens: readonly Token[];
  /** What stands between the brackets. */
  readonly source: string;
}

export type Token =
  | BareToken
  | GroupToken
  | (Placed & { readonly kind: 'string'; readonly parts: readonly StringPart[] })
  /** `splat`: written with `@`. */
  | (Placed & { readonly kind: 'variable'; readonly name: string; readonly splat: boolean })
  | (Placed & { readonly kind: 'operator'; readonly text: Operator })
  /** The target is the argument that follows; there is none where one stream goes into another (`2>&1`). */
  | (Placed & { readonly kind: 'redirect'; readonly append: boolean; readonly merge: boolean })
  /** The words after `--%`, which PowerShell leaves as they are. */
  | (Placed & { readonly kind: 'verbatim'; readonly text: string });

export interface Tokens {
  readonly tokens: readonly Token[];
  /** True where a quote or bracket is not closed, or brackets are nested too deeply: there may be more than was found. */
  readonly broken: boolean;
}

const maxDepth = 64;
const maxLength = 256 * 1024;
const maxName = 256;

const singleQuotes = "'\u2018\u2019\u201a\u201b";
const doubleQuotes = '"\u201c\u201d\u201e';
const space = /[^\S\n]/;
const closers: Readonly<Record<Bracket, string>> = { '(': ')', '$(': ')', '@(': ')', '{': '}', '@{': '}', '[': ']' };
const escapes: Readonly<Record<string, string>> = { 0: '\0', a: '\u0007', b: '\b', e: '\u001b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** Cuts PowerShell text into tokens. Time grows with the text's length; never throws. */
export function tokenize(text: string): Tokens {
  const scanner = new Scanner(text.slice(0, maxLength).replaceAll('\r\n', ' \n'));
  const tokens = scanner.scan(undefined, 0);
  return { tokens, broken: scanner.broken || text.length > maxLength };
}

class Scanner {
  broken = false;
  readonly #text: string;
  #at = 0;
  constructor(text: string) {
    this.#text = text;
  }

  /** Tokens up to the closing bracket, or to the end. */
  scan(closer: string | undefined, depth: number): Token[] {
    const tokens: Token[] = [];
    if (depth > maxDepth) {
      this.broken = true;
      this.#at = this.#text.length;
    }
    let glued = false;
    while (this.#at < this.#text.length) {
      const start = this.#at;
      if (this.#skip(glued)) {
        glued = false;
        continue;
      }
      const char = this.#text[start] as string;
      if (char === closer) {
        this.#at++;
        return tokens;
      }
      if (char === ')' || char === '}') {
        // A bracket nobody opened; the rest is still looked at.
        this.broken = true;
        this.#at++;
        continue;
      }
      const token = this.#token(char, glued || this.#isStatic(char, tokens.at(-1)), closer, tokens.at(-1), depth);
      tokens.push(token);
      if (token.kind === 'bare' && token.text === '--%' && !token.glued) {
        const words = this.#verbatim();
        if (words.end > words.start) tokens.push(words);
      }
      glued = token.kind !== 'operator' && token.kind !== 'redirect';
    }
    if (closer !== undefined) this.broken = true;
    return tokens;
  }

  /** True for the parts of `[Type] :: Name (…)`, which belong together with white space between them as well. */
  #isStatic(char: string, before: Token | undefined): boolean {
    if (char === ':') return before?.kind === 'group' && before.open === '[' && this.#text[this.#at + 1] === ':';
    return char === '(' && before?.kind === 'bare' && before.glued && before.text.startsWith('::');
  }

  /** Passes white space, comments and joined lines; true where there were any. */
  #skip(glued: boolean): boolean {
    const start = this.#at;
    const char = this.#text[start] as string;
    if (space.test(char)) this.#at++;
    else if (char === '`' && (this.#text[start + 1] === '\n' || this.#text.startsWith('` \n', start))) this.#at = this.#text.indexOf('\n', start) + 1;
    else if (char === '#' && !glued) this.#at = this.#endOfLine();
    else if (this.#text.startsWith('<#', start)) {
      const end = this.#text.indexOf('#>', start);
      if (end < 0) this.broken = true;
      this.#at = end < 0 ? this.#text.length : end + 2;
    } else return false;
    return true;
  }

  #endOfLine(): number {
    const end = this.#text.indexOf('\n', this.#at);
    return end < 0 ? this.#text.length : end;
  }

  #token(char: string, glued: boolean, closer: string | undefined, before: Token | undefined, depth: number): Token {
    const start = this.#at;
    const next = this.#text[start + 1] ?? '';
    const place = (): Placed => ({ start, end: this.#at, glued });
    if (char === '\n' || char === ';' || char === ',' || char === '|' || char === '&') {
      const double = (char === '|' || char === '&') && next === char;
      this.#at += double ? 2 : 1;
      return { kind: 'operator', text: (double ? char + char : char) as Operator, ...place() };
    }
    if (singleQuotes.includes(char)) return { kind: 'string', parts: [{ text: this.#singleQuoted() }], ...place() };
    if (doubleQuotes.includes(char)) return { kind: 'string', parts: this.#doubleQuoted(depth), ...place() };
    if (char === '@' && (singleQuotes + doubleQuotes).includes(next) && next !== '') {
      const parts = this.#hereString(next, depth);
      if (parts) return { kind: 'string', parts, ...place() };
    }
    const redirect = this.#redirect(glued);
    if (redirect) return { ...redirect, ...place() };
    const bracket = this.#bracket(char, next, before, glued);
    if (bracket) return this.#group(bracket, glued, depth);
    if (char === '$' || (char === '@' && !glued)) {
      const name = this.#variableName(start + 1);
      if (name !== undefined) return { kind: 'variable', name, splat: char === '@', ...place() };
    }
    return this.#bare(glued, closer);
  }

  #bracket(char: string, next: string, before: Token | undefined, glued: boolean): Bracket | undefined {
    if (char === '(' || char === '{') return char;
    if (char === '$' && next === '(') return '$(';
    if (char === '@' && (next === '(' || next === '{') && !glued) return `@${next}`;
    // Within a bare word `[` is a wildcard; elsewhere it opens a type or an index.
    if (char === '[' && !(glued && before?.kind === 'bare' && !/^(?:\.|::)/.test(before.text))) return '[';
    return undefined;
  }

  #group(open: Bracket, glued: boolean, depth: number): GroupToken {
    const start = this.#at;
    this.#at += open.length;
    const inner = this.#at;
    const tokens = this.scan(closers[open], depth + 1);
    const closed = this.#text[this.#at - 1] === closers[open] && this.#at > inner;
    return { kind: 'group', open, tokens, source: this.#text.slice(inner, closed ? this.#at - 1 : this.#at), start, end: this.#at, glued };
  }

  /** `>`, `>>`, `2>`, `*>&1`. */
  #redirect(glued: boolean): { readonly kind: 'redirect'; readonly append: boolean; readonly merge: boolean } | undefined {
    const stream = !glued && /[1-6*]/.test(this.#text[this.#at] as string) ? 1 : 0;
    if (this.#text[this.#at + stream] !== '>') return undefined;
    this.#at += stream + 1;
    const append = this.#text[this.#at] === '>';
    if (append) this.#at++;
    const merge = /^&[1-6]/.test(this.#text.slice(this.#at, this.#at + 2));
    if (merge) this.#at += 2;
    return { kind: 'redirect', append, merge };
  }

  /** The name of a variable that begins at `from`, passed over; undefined where none does. */
  #variableName(from: number): string | undefined {
    if (this.#text[from] === '{') {
      const braced = this.#text.slice(from + 1, from + maxName);
      const close = braced.indexOf('}');
      if (close < 0) return undefined;
      this.#at = from + close + 2;
      return braced.slice(0, close).replaceAll('`', '');
    }
    const name = /^(?:\w+:(?=\w))?\w+|^[$?^]/.exec(this.#text.slice(from, from + maxName))?.[0];
    if (name === undefined) return undefined;
    this.#at = from + name.length;
    return name;
  }

  #singleQuoted(): string {
    let text = '';
    for (this.#at++; this.#at < this.#text.length; this.#at++) {
      const char = this.#text[this.#at] as string;
      if (!singleQuotes.includes(char)) text += char;
      else if (singleQuotes.includes(this.#text[this.#at + 1] ?? 'x')) {
        text += char;
        this.#at++;
      } else {
        this.#at++;
        return text;
      }
    }
    this.broken = true;
    return text;
  }

  #doubleQuoted(depth: number): StringPart[] {
    this.#at++;
    return this.#expandable(depth, () => {
      if (!doubleQuotes.includes(this.#text[this.#at] as string)) return 0;
      return doubleQuotes.includes(this.#text[this.#at + 1] ?? 'x') ? -2 : 1;
    });
  }

  /** Text with variables and subexpressions up to where `ending` gives the length of the end mark; a negative one is a doubled quote that stands for itself. */
  #expandable(depth: number, ending: () => number): StringPart[] {
    const parts: StringPart[] = [];
    let text = '';
    const push = (part: StringPart): void => {
      if (text !== '') parts.push({ text });
      text = '';
      parts.push(part);
    };
    while (this.#at < this.#text.length) {
      const start = this.#at;
      const length = ending();
      if (length > 0) {
        this.#at += length;
        return text === '' ? parts : [...parts, { text }];
      }
      const char = this.#text[start] as string;
      if (length < 0) {
        text += char;
        this.#at -= length;
      } else if (char === '`') text += this.#escape();
      else if (char === '$' && this.#text[start + 1] === '(') {
        const { tokens, end } = this.#group('$(', true, depth);
        push({ tokens, written: this.#text.slice(start, end) });
      } else {
        const name = char === '$' ? this.#variableName(start + 1) : undefined;
        if (name === undefined) {
          text += char;
          this.#at++;
        } else push({ variable: name, written: this.#text.slice(start, this.#at) });
      }
    }
    this.broken = true;
    return text === '' ? parts : [...parts, { text }];
  }

  /** What a backtick and the character after it stand for in a string. */
  #escape(): string {
    const char = this.#text[this.#at + 1] ?? '';
    this.#at = Math.min(this.#at + 2, this.#text.length);
    return escapes[char] ?? char;
  }

  /** `@"` or `@'` at the end of a line, up to a line that begins with the closing mark; undefined where it is none. */
  #hereString(quote: string, depth: number): StringPart[] | undefined {
    const first = /^[^\S\n]*\n/.exec(this.#text.slice(this.#at + 2, this.#at + 66))?.[0];
    if (first === undefined) return undefined;
    const single = singleQuotes.includes(quote);
    const quotes = single ? singleQuotes : doubleQuotes;
    // The line break before the closing mark is no part of the text, so the search begins at the one that ends the first line.
    this.#at += 2 + first.length - 1;
    const atEnd = (): number => (this.#text[this.#at] === '\n' && quotes.includes(this.#text[this.#at + 1] ?? 'x') && this.#text[this.#at + 2] === '@' ? 3 : 0);
    const parts = single ? [{ text: this.#literalUntil(atEnd) }] : this.#expandable(depth, atEnd);
    const head = parts[0];
    return head && 'text' in head && head.text.startsWith('\n') ? [{ text: head.text.slice(1) }, ...parts.slice(1)] : parts;
  }

  #literalUntil(ending: () => number): string {
    const start = this.#at;
    for (; this.#at < this.#text.length; this.#at++) {
      const length = ending();
      if (length === 0) continue;
      const text = this.#text.slice(start, this.#at);
      this.#at += length;
      return text;
    }
    this.broken = true;
    return this.#text.slice(start);
  }

  /** A run of ordinary characters. Always takes at least one. */
  #bare(glued: boolean, closer: string | undefined): BareToken {
    const start = this.#at;
    let text = '';
    const globs: number[] = [];
    while (this.#at < this.#text.length) {
      const char = this.#text[this.#at] as string;
      if (text === '::' && (char === ' ' || char === '\t')) {
        this.#at++;
        continue;
      }
      if (char === '`') {
        // Here PowerShell takes the next character as it stands, so that a name may be written with backticks in it.
        text += this.#text[this.#at + 1] ?? '';
        this.#at += 2;
        continue;
      }
      if (this.#at > start && this.#endsBare(char, closer)) break;
      if ('*?['.includes(char)) globs.push(text.length);
      text += char;
      this.#at++;
    }
    this.#at = Math.min(this.#at, this.#text.length);
    return { kind: 'bare', text, globs, start, end: this.#at, glued };
  }

  #endsBare(char: string, closer: string | undefined): boolean {
    if (/[\s;|&(){},>]/.test(char) || singleQuotes.includes(char) || doubleQuotes.includes(char)) return true;
    if (char === ']') return closer === ']';
    return char === '$' && /[\w{($?^]/.test(this.#text[this.#at + 1] ?? '');
  }

  #verbatim(): Token {
    const start = this.#at;
    const end = this.#endOfLine();
    const line = this.#text.slice(start, end);
    // A pipe or `&&` outside quotes ends it.
    const length = /^(?:[^"|&]|"[^"]*"?|&(?!&))*/.exec(line)?.[0].length ?? line.length;
    this.#at = start + length;
    return { kind: 'verbatim', text: line.slice(0, length).trim(), start, end: this.#at, glued: false };
  }
}
