import type { Dialect } from './dialect.ts';

export interface Token {
  /**
   * `name` is a quoted identifier, `end` a separator of statements, `command` one of the client's own commands
   * up to the end of its line.
   */
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'symbol' | 'end' | 'command';
  /** Without quotes. */
  readonly text: string;
  /** Offsets in the whole text. */
  readonly start: number;
  readonly end: number;
  /** Open parentheses around it. */
  readonly depth: number;
}

const wordStart = /[\p{L}_]/u;
const wordPart = /[\p{L}\p{N}_$]/u;
/** Where `@` begins variables; where there are dollar strings it is an operator that one may follow. */
const variableStart = /[\p{L}_@]/u;
const variablePart = /[\p{L}\p{N}_$@]/u;

/** Parts SQL text into tokens. Never throws; what is not closed reaches to the end. One pass over the text. */
export function tokenize(text: string, dialect: Dialect): readonly Token[] {
  const reader = new Reader(text, dialect);
  while (!reader.atEnd()) reader.step();
  return reader.tokens;
}

/** Walks over the text; every step moves on by at least one character. */
class Reader {
  readonly tokens: Token[] = [];
  private at = 0;
  private depth = 0;
  private delimiter = ';';
  /** Nothing but space and comments stands before it on its line. */
  private freshLine = true;
  /** Inside an executable comment, whose content runs. */
  private executable = false;
  private readonly text: string;
  private readonly dialect: Dialect;

  constructor(text: string, dialect: Dialect) {
    this.text = text;
    this.dialect = dialect;
  }

  atEnd(): boolean {
    return this.at >= this.text.length;
  }

  step(): void {
    const { text, at } = this;
    const char = text[at] as string;
    if (/\s/.test(char)) this.space(char);
    else if (this.freshLine && this.lineCommand()) return;
    else if (text.startsWith(this.delimiter, at)) this.separate(this.delimiter.length);
    else if (text.startsWith('--', at) && (!this.dialect.spacedDashes || /^[\s]?$/.test(text[at + 2] ?? ''))) this.at = this.endOfLine(at);
    else if (char === '#' && this.dialect.hashComments) this.at = this.endOfLine(at);
    else if (this.dialect.slashComments && text.startsWith('//', at)) this.at = this.endOfLine(at);
    else if (text.startsWith('/*', at)) this.blockComment();
    else if (this.executable && text.startsWith('*/', at)) this.closeExecutable();
    else if (char === '\\') this.backslash();
    else this.lexeme(char);
  }

  private lexeme(char: string): void {
    if (this.dialect.tripleQuotes && this.tripleQuoted()) return;
    else if (char === "'") this.quoted('string', "'", this.dialect.backslashEscapes);
    else if (char === '"') this.quoted(this.dialect.doubleQuotedStrings ? 'string' : 'name', '"', this.dialect.doubleQuotedStrings && this.dialect.backslashEscapes);
    else if (char === '`' && this.dialect.backticks) this.quoted('name', '`', false);
    else if (char === '[' && this.dialect.brackets) this.quoted('name', ']', false);
    else if (char === '$' && this.dialect.dollarQuotes && this.dollarQuoted()) return;
    else if ((this.dialect.dollarQuotes ? wordStart : variableStart).test(char)) this.word();
    else if (/\d/.test(char)) this.run('number', /[\w.]/);
    else this.symbol(char);
  }

  private space(char: string): void {
    if (char === '\n') this.freshLine = true;
    this.at++;
  }

  private push(kind: Token['kind'], content: string, start: number): void {
    this.freshLine = false;
    this.tokens.push({ kind, text: content, start, end: this.at, depth: this.depth });
  }

  private symbol(char: string): void {
    if (char === ')') this.depth = Math.max(0, this.depth - 1);
    this.at++;
    this.push('symbol', char, this.at - 1);
    if (char === '(') this.depth++;
  }

  private separate(length: number): void {
    const start = this.at;
    this.at += length;
    this.depth = 0;
    this.push('end', ';', start);
  }

  private run(kind: 'number' | 'word', part: RegExp): void {
    const start = this.at;
    while (this.at < this.text.length && part.test(this.text[this.at] as string)) this.at++;
    this.push(kind, this.text.slice(start, this.at), start);
  }

  private word(): void {
    // PostgreSQL's `E'…'` takes backslashes; elsewhere it is a name and a string.
    if (this.dialect.dollarQuotes && /^[eE]$/.test(this.text[this.at] as string) && this.text[this.at + 1] === "'") {
      this.at++;
      this.quoted('string', "'", true);
    } else this.run('word', this.dialect.dollarQuotes ? wordPart : variablePart);
  }

  /** Reads up to `close`; a doubled one stands for itself. */
  private quoted(kind: 'string' | 'name', close: string, escapes: boolean): void {
    const start = this.at;
    const pieces: string[] = [];
    let from = ++this.at;
    for (; this.at < this.text.length; this.at++) {
      const char = this.text[this.at];
      if (char === '\\' && escapes) this.at++;
      else if (char === close) {
        if (this.text[this.at + 1] !== close) break;
        pieces.push(this.text.slice(from, ++this.at));
        from = this.at + 1;
      }
    }
    pieces.push(this.text.slice(from, this.at));
    this.at = Math.min(this.text.length, this.at + 1);
    this.push(kind, pieces.join(''), start);
  }

  /** Up to the same three quotes, past what a backslash escapes. */
  private tripleQuoted(): boolean {
    const mark = this.text.slice(this.at, this.at + 3);
    if (mark !== "'''" && mark !== '"""') return false;
    const start = this.at;
    this.at += 3;
    while (this.at < this.text.length && !this.text.startsWith(mark, this.at)) this.at += this.text[this.at] === '\\' ? 2 : 1;
    this.at = Math.min(this.text.length, this.at + 3);
    this.push('string', this.text.slice(start + 3, Math.max(start + 3, this.at - 3)), start);
    return true;
  }

  private dollarQuoted(): boolean {
    const tag = /^\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]{0,62})?\$/.exec(this.text.slice(this.at, this.at + 66))?.[0];
    if (tag === undefined) return false;
    const start = this.at;
    const from = start + tag.length;
    const close = this.text.indexOf(tag, from);
    this.at = close < 0 ? this.text.length : close + tag.length;
    this.push('string', this.text.slice(from, close < 0 ? this.text.length : close), start);
    return true;
  }

  private blockComment(): void {
    const mark = this.dialect.executableComments ? /^\/\*M?!\d{0,6}/.exec(this.text.slice(this.at, this.at + 10)) : null;
    if (mark) {
      this.executable = true;
      this.at += mark[0].length;
      return;
    }
    let open = 0;
    while (this.at < this.text.length) {
      if (this.text.startsWith('/*', this.at)) {
        if (open === 0 || this.dialect.nestedComments) open++;
        this.at += 2;
      } else if (this.text.startsWith('*/', this.at)) {
        this.at += 2;
        if (--open === 0) return;
      } else this.at++;
    }
  }

  private closeExecutable(): void {
    this.executable = false;
    this.at += 2;
  }

  /** psql's and mysql's commands may stand anywhere outside quotes. */
  private backslash(): void {
    const start = this.at;
    const { commands } = this.dialect;
    const next = this.text[start + 1] ?? '';
    if (commands === 'psql' && next === ';') this.separate(2);
    else if (commands === 'psql' || (commands === 'mysql' && /[!.]/.test(next))) this.command(start);
    else if (commands === 'mysql' && /[gG]/.test(next)) this.separate(2);
    else this.symbol('\\');
  }

  private command(start: number): void {
    this.at = this.endOfLine(start);
    this.depth = 0;
    this.push('command', this.text.slice(start, this.at).trim(), start);
  }

  private endOfLine(from: number): number {
    const at = this.text.indexOf('\n', from);
    return at < 0 ? this.text.length : at;
  }

  /** Commands of clients that only count at the beginning of a line. */
  private lineCommand(): boolean {
    const start = this.at;
    const line = this.text.slice(start, Math.min(this.endOfLine(start), start + 400));
    const betweenStatements = ['end', 'command', undefined].includes(this.tokens.at(-1)?.kind);
    switch (this.dialect.commands) {
      case 'sqlite':
        if (!line.startsWith('.') || !betweenStatements) return false;
        break;
      case 'sqlcmd':
        if (/^GO\s*\d*\s*$/i.test(line)) {
          this.separate(2);
          this.at = this.endOfLine(this.at);
          return true;
        }
        if (!/^(?::|!!)/.test(line)) return false;
        break;
      case 'mysql': {
        const delimiter = /^delimiter\s+(\S+)/i.exec(line);
        if (delimiter?.[1] && betweenStatements) {
          this.delimiter = delimiter[1];
          this.at = this.endOfLine(start);
          return true;
        }
        if (!betweenStatements || !/^(?:system|source)\s/i.test(line)) return false;
        break;
      }
      case 'cqlsh':
        if (!betweenStatements || !/^source\s/i.test(line)) return false;
        break;
      case 'psql':
      case 'none':
        return false;
    }
    this.command(start);
    return true;
  }
}
