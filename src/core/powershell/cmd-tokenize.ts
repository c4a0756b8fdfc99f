/**
 * Text for cmd.exe cut into tokens, round brackets folded into groups.
 * Facts: https://learn.microsoft.com/windows-server/administration/windows-commands/cmd,
 * https://learn.microsoft.com/windows-server/administration/windows-commands/for
 */

/** A variable at a place of a word. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  /** `percent`: `%NAME%`, replaced when the line is read. `delayed`: `!NAME!`. `loop`: `%i` or `%%i`. `argument`: `%1`, `%*`. */
  readonly kind: 'percent' | 'delayed' | 'loop' | 'argument';
  /** Without what stands behind a colon. */
  readonly name: string;
  /** `:~0,3`, `:a=b`; for a loop or argument its letters, `~dp`. */
  readonly change: string;
}

/** A run of characters as written, quotes included, carets taken out. */
export interface RawWord {
  readonly text: string;
  readonly marks: readonly Mark[];
}

interface Placed {
  readonly start: number;
  readonly end: number;
}

export type CmdToken =
  | (Placed & RawWord & { readonly kind: 'word' })
  | (Placed & { readonly kind: 'group'; readonly tokens: readonly CmdToken[]; readonly source: string })
  | (Placed & { readonly kind: 'operator'; readonly text: '&' | '&&' | '|' | '||' | '\n' })
  /** The target is the next word; there is none for `2>&1`. */
  | (Placed & { readonly kind: 'redirect'; readonly text: '<' | '>' | '>>'; readonly merge: boolean });

export interface CmdTokens {
  readonly tokens: readonly CmdToken[];
  /** True where a bracket is not closed or brackets are nested too deeply. */
  readonly broken: boolean;
}

/** Commands in whose words a round bracket is an ordinary character. */
const prints = /^(?:echo\b.*|rem|set|title)$/i;
/** Words after which another command stands. */
const carriesOn = /^(?:if|not|else|do|call|start|\/i)$/i;

const maxDepth = 64;
const maxLength = 256 * 1024;

/** Cuts text for cmd.exe into tokens. Time grows with the text's length; never throws. */
export function tokenizeCmd(text: string): CmdTokens {
  const scanner = new CmdScanner(text.slice(0, maxLength).replaceAll('\r', ' '));
  const tokens = scanner.scan(0);
  return { tokens, broken: scanner.broken || text.length > maxLength };
}

class CmdScanner {
  broken = false;
  readonly #text: string;
  #at = 0;
  constructor(text: string) {
    this.#text = text;
  }

  scan(depth: number): CmdToken[] {
    const tokens: CmdToken[] = [];
    if (depth > maxDepth) {
      this.broken = true;
      this.#at = this.#text.length;
    }
    // The first word of the command at hand.
    let head = '';
    while (this.#at < this.#text.length) {
      const char = this.#text[this.#at] as string;
      if (/[ \t\v\f\u00a0]/.test(char)) this.#at++;
      else if (char === ')' && depth > 0) {
        this.#at++;
        return tokens;
      } else {
        const token = this.#token(char, !prints.test(head), depth);
        tokens.push(token);
        if (token.kind !== 'word') head = token.kind === 'operator' ? '' : head;
        else if (head === '' || carriesOn.test(head)) head = token.text.replace(/^@/, '');
        if (/^(?:rem|::.*|:\w.*)$/i.test(head)) this.#at = this.#endOfLine();
      }
    }
    if (depth > 0) this.broken = true;
    return tokens;
  }

  #endOfLine(): number {
    const end = this.#text.indexOf('\n', this.#at);
    return end < 0 ? this.#text.length : end;
  }

  #token(char: string, mayOpen: boolean, depth: number): CmdToken {
    const start = this.#at;
    if (char === '\n' || char === '&' || char === '|') {
      const double = char !== '\n' && this.#text[start + 1] === char;
      this.#at += double ? 2 : 1;
      return { kind: 'operator', text: (double ? char + char : char) as '&', start, end: this.#at };
    }
    const redirect = /^[0-9]?(?:>>|>|<)/.exec(this.#text.slice(start, start + 3))?.[0];
    if (redirect !== undefined) {
      this.#at += redirect.length;
      const merge = /^&[0-9]/.test(this.#text.slice(this.#at, this.#at + 2));
      if (merge) this.#at += 2;
      return { kind: 'redirect', text: redirect.replace(/^\d/, '') as '>', merge, start, end: this.#at };
    }
    if (char === '(' && mayOpen) {
      this.#at++;
      const inner = this.#at;
      const tokens = this.scan(depth + 1);
      return { kind: 'group', tokens, source: this.#text.slice(inner, this.#text[this.#at - 1] === ')' ? this.#at - 1 : this.#at), start, end: this.#at };
    }
    return this.#word(depth);
  }

  #word(depth: number): CmdToken {
    const start = this.#at;
    let text = '';
    let quoted = false;
    const marks: Mark[] = [];
    while (this.#at < this.#text.length) {
      const char = this.#text[this.#at] as string;
      if (char === '\n') break;
      if (!quoted && this.#at > start && (/[ \t\v\f\u00a0&|<>]/.test(char) || (char === ')' && depth > 0))) break;
      // `@(`, `in(`, `do(` and `else(` are followed by a group.
      if (!quoted && char === '(' && text.length <= 4 && /^(?:@+|in|do|else)$/i.test(text)) break;
      const mark = char === '%' || char === '!' ? this.#variable(text.length) : undefined;
      if (mark) {
        text += this.#text.slice(this.#at, this.#at + mark.end - mark.start);
        this.#at += mark.end - mark.start;
        marks.push(mark);
        continue;
      }
      if (char === '^' && !quoted) {
        // A caret takes the meaning from the next character, and joins lines.
        const next = this.#text[this.#at + 1] ?? '';
        if (next !== '\n') text += next;
        this.#at += 2;
        continue;
      }
      if (char === '"') quoted = !quoted;
      text += char;
      this.#at++;
    }
    this.#at = Math.min(this.#at, this.#text.length);
    return { kind: 'word', text, marks, start, end: this.#at };
  }

  /** The variable that begins here, placed at offset `to` of the word. */
  #variable(to: number): Mark | undefined {
    const rest = this.#text.slice(this.#at, this.#at + 300);
    const mark = (length: number, kind: Mark['kind'], name: string, change: string): Mark => ({ start: to, end: to + length, kind, name, change });
    const delayed = /^!([^!%\s:&|<>"^]{1,100})(:[^!\n]{0,150})?!/.exec(rest);
    if (delayed) return mark(delayed[0].length, 'delayed', delayed[1] as string, delayed[2] ?? '');
    if (rest[0] !== '%') return undefined;
    const argument = /^%(~[a-z$:]{0,20})?([0-9*])/i.exec(rest);
    if (argument) return mark(argument[0].length, 'argument', argument[2] as string, argument[1] ?? '');
    const loop = /^%%(~[a-z$:]{0,20}(?=[a-z]))?([a-z])/i.exec(rest);
    if (loop) return mark(loop[0].length, 'loop', loop[2] as string, loop[1] ?? '');
    const percent = /^%([^%\s:&|<>"^=~][^%\s:&|<>"^]{0,100})(:[^%\n]{0,150})?%/.exec(rest);
    if (percent) return mark(percent[0].length, 'percent', percent[1] as string, percent[2] ?? '');
    const single = /^%(~[a-z$:]{0,20}(?=[a-z]))?([a-z])/i.exec(rest);
    return single ? mark(single[0].length, 'loop', single[2] as string, single[1] ?? '') : undefined;
  }
}
