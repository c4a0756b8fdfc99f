import type { Hole, Word } from '../shell/word.ts';

export interface CodeToken {
  /** `command`: text a shell would run (backticks, `%x()`, `qx`). `newline` ends a statement. */
  readonly kind: 'name' | 'string' | 'number' | 'mark' | 'newline' | 'command';
  /** As written; the content for strings and commands. */
  readonly text: string;
  /** Content of a string or command, its interpolations as holes. */
  readonly value?: Word;
  readonly start: number;
  readonly end: number;
}

export interface Lexed {
  readonly tokens: readonly CodeToken[];
  /** Code inside interpolations, which runs where the string stands. */
  readonly inner: readonly string[];
}

/** How a string is read. */
export interface Quoting {
  readonly close: string;
  /** `all`: `\n`, `\x41`, …; `quote`: only the closing mark and the backslash itself; `none`. */
  readonly escapes: 'all' | 'quote' | 'none';
  /** What opens an interpolation: `${` of JavaScript, `#{` of Ruby, `{` of an f-string, `$` of Perl and PHP. */
  readonly holes?: '${' | '#{' | '{' | '$';
  /** Opening mark that nests: `(` of `%x(…)`. */
  readonly open?: string;
}

/** A cursor over source text that collects tokens. Every method that reads moves on, so that reading ends. */
export class Source {
  readonly tokens: CodeToken[] = [];
  readonly inner: string[] = [];
  at = 0;
  readonly text: string;
  /** Open brackets; a newline inside round and square ones ends nothing. */
  private readonly open: string[] = [];

  constructor(text: string) {
    this.text = text;
  }

  atEnd(): boolean {
    return this.at >= this.text.length;
  }

  peek(offset = 0): string {
    return this.text[this.at + offset] ?? '';
  }

  startsWith(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  push(kind: CodeToken['kind'], text: string, start: number, value?: Word): void {
    const end = Math.min(this.at, this.text.length);
    this.tokens.push(value ? { kind, text, start, end, value } : { kind, text, start, end });
  }

  newline(): void {
    this.at++;
    if (this.open.at(-1) === '(' || this.open.at(-1) === '[') return;
    if (this.tokens.at(-1)?.kind !== 'newline') this.push('newline', '\n', this.at - 1);
  }

  skipLine(): void {
    const at = this.text.indexOf('\n', this.at);
    this.at = at < 0 ? this.text.length : at;
  }

  /** Moves behind `close`, or to the end. */
  skipPast(close: string, from: number): void {
    const at = this.text.indexOf(close, from);
    this.at = at < 0 ? this.text.length : at + close.length;
  }

  run(kind: 'name' | 'number', part: RegExp, first = 1): void {
    const start = this.at;
    this.at += first;
    while (!this.atEnd() && part.test(this.peek())) this.at++;
    this.push(kind, this.text.slice(start, this.at), start);
  }

  mark(length: number): void {
    const start = this.at;
    const text = this.text.slice(start, start + length);
    this.at += length;
    if (text === '(' || text === '[' || text === '{') this.open.push(text);
    if (text === ')' || text === ']' || text === '}') this.open.pop();
    this.push('mark', text, start);
  }

  /** Reads a mark: the longest of `longer` that stands here, else one character. */
  anyMark(longer: readonly string[]): void {
    this.mark(longer.find((mark) => this.startsWith(mark))?.length ?? 1);
  }

  /** Reads a string whose opening mark is `skip` characters long. */
  quoted(kind: 'string' | 'command', skip: number, quoting: Quoting): void {
    const start = this.at;
    this.at += skip;
    const value = this.content(quoting);
    this.push(kind, value.text, start, value);
  }

  /** The content up to the closing mark, behind which it stops. */
  content(quoting: Quoting): Word {
    const builder = new WordBuilder();
    const { close, escapes, holes, open } = quoting;
    let depth = 0;
    while (!this.atEnd()) {
      const char = this.peek();
      if (depth === 0 && this.startsWith(close)) {
        this.at += close.length;
        return builder.word();
      }
      if (char === '\\' && escapes !== 'none') this.escape(escapes, close, builder);
      else if (holes !== undefined && (this.startsWith(holes) || (holes === '$' && this.startsWith('{$'))) && this.hole(holes, builder)) continue;
      else {
        if (char === open) depth++;
        if (open !== undefined && char === close) depth--;
        builder.text(char);
        this.at++;
      }
    }
    return builder.word();
  }

  private escape(escapes: 'all' | 'quote', close: string, builder: WordBuilder): void {
    const next = this.peek(1);
    if (escapes === 'quote') {
      const special = next === '\\' || (next !== '' && close.startsWith(next));
      builder.text(special ? next : `\\${next}`);
      this.at += 2;
      return;
    }
    const code = /^\\(?:x([0-9a-fA-F]{2})|u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|([0-7]{1,3}))/.exec(this.text.slice(this.at, this.at + 12));
    if (code) {
      const point = code[4] === undefined ? Number.parseInt(code[1] ?? code[2] ?? code[3] ?? '', 16) : Number.parseInt(code[4], 8);
      builder.text(point <= 0x10ffff ? String.fromCodePoint(point) : '');
      this.at += code[0].length;
      return;
    }
    builder.text(simpleEscapes[next] ?? next);
    this.at += 2;
  }

  /** An interpolation; false where the mark only stands for itself. */
  private hole(mark: string, builder: WordBuilder): boolean {
    if (mark === '{' && this.startsWith('{{')) {
      builder.text('{');
      this.at += 2;
      return true;
    }
    const braced = this.peek() === '{' && mark === '$';
    const end = braced ? this.endOfBraces(this.at + 1) : mark === '$' ? this.endOfVariable() : this.endOfBraces(this.at + mark.length);
    if (end <= this.at + 1) return false;
    const written = this.text.slice(this.at, end);
    if (written.includes('(') || written.includes('`')) this.inner.push(mark === '$' ? written : written.slice(mark.length, -1));
    builder.hole(written);
    this.at = end;
    return true;
  }

  /** `$name`, `${name}`, `$name->x`, `{$name}` begins at the `$`. */
  private endOfVariable(): number {
    const match = /^\$(?:\{[^{}]{0,200}\}|\w+(?:(?:->|\[)[\w'"$]+\]?)?|\w*)/.exec(this.text.slice(this.at, this.at + 300));
    return this.at + (match?.[0].length ?? 0);
  }

  private endOfBraces(from: number): number {
    let depth = 1;
    for (let at = from; at < this.text.length && at < from + 2000; at++) {
      const char = this.text[at];
      if (char === '{') depth++;
      if (char === '}' && --depth === 0) return at + 1;
    }
    return Math.min(this.text.length, from + 2000);
  }
}

const simpleEscapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', e: '\u001b', a: '\u0007', '\n': '' };

/** Puts a word together from known and unknown pieces. */
export class WordBuilder {
  private readonly pieces: string[] = [];
  private length = 0;
  private readonly holes: Hole[] = [];

  text(piece: string): void {
    this.pieces.push(piece);
    this.length += piece.length;
  }

  hole(written: string): void {
    this.holes.push({ start: this.length, end: this.length + written.length, mayBeEmpty: false });
    this.text(written);
  }

  word(): Word {
    return { text: this.pieces.join(''), holes: this.holes, globs: [] };
  }
}
