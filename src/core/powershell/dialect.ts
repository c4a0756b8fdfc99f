import type { Analysis, Place } from '../analysis.ts';
import type { Effect } from '../effect.ts';
import { dialectOfCommand, dialectOfHead, dialectOfMark, dialectOfPath, isWindowsPath, type Dialect } from './dialect-signs.ts';

const maxScanned = 64 * 1024;

/**
 * What text would do that was given to one shell and read by it. On Windows agents give tools called bash PowerShell and
 * cmd.exe text as well, and few know which of the two runs, so each shell whose signs the text has reads it too, and
 * what any of them would do counts. That one of them cannot read it is no question where another can.
 */
export function withDialects(read: readonly Effect[], by: Dialect | 'bash', text: string, place: Place, analysis: Analysis): readonly Effect[] {
  const others = [...dialectsOf(text)].filter((dialect) => dialect !== by);
  if (others.length === 0) return read;
  const readings = [...others.map((dialect) => analysis[dialect](text, place)), read];
  const isRead = readings.some((effects) => !effects.some(isSyntax));
  const worst = new Map<string, Effect>();
  for (const effect of readings.flat()) {
    const key = [effect.verb, ...(effect.paths?.length ? effect.paths : [effect.rule, effect.why])].join('\n').toLowerCase();
    const same = worst.get(key);
    if ((!isRead || !isSyntax(effect)) && (!same || weightOf(effect) > weightOf(same))) worst.set(key, effect);
  }
  return [...worst.values()];
}

function weightOf({ everything, reversibility, regenerable }: Effect): number {
  return everything === true ? 3 : regenerable === true ? 0 : reversibility === 'irreversible' ? 2 : 1;
}

/** True for the effect of text that could not be read to its end. */
function isSyntax({ rule }: Effect): boolean {
  return rule === 'shell/syntax' || rule === 'powershell/syntax' || rule === 'cmd/syntax';
}

/** The shells of Windows that a text has signs of: what means nothing in bash, and everything there. */
export function dialectsOf(text: string): ReadonlySet<Dialect> {
  return new SignScanner(text.length > maxScanned ? text.slice(0, maxScanned) : text).scan();
}

/** Looks at the beginning of each command. Quotes are read roughly: a sign too many costs a reading and no more. */
class SignScanner {
  readonly #text: string;
  readonly #found = new Set<Dialect>();
  /** True once a path was met that only Windows has. */
  #hasPath = false;
  /** True once a here-document was met, which neither PowerShell nor cmd.exe has. */
  #isUnix = false;
  #at = 0;
  constructor(text: string) {
    this.#text = text;
  }

  scan(): ReadonlySet<Dialect> {
    const text = this.#text;
    let begins = true;
    while (this.#at < text.length && !this.#isUnix) {
      const char = text[this.#at] as string;
      if (isBlank(char)) this.#at++;
      else if (this.#isHereDocument()) this.#isUnix = true;
      else if (this.#isSeparator(char, begins)) {
        begins = !(char === '{' && text[this.#at - 1] === '$');
        this.#at++;
      } else {
        if (begins) this.#head(char);
        begins = false;
        this.#word();
      }
    }
    if (this.#isUnix) return new Set();
    // Either reads such a path as it is meant.
    if (this.#found.size === 0 && this.#hasPath) this.#found.add('powershell');
    return this.#found;
  }

  #isHereDocument(): boolean {
    return this.#text[this.#at] === '<' && this.#text[this.#at + 1] === '<';
  }

  #isSeparator(char: string, begins: boolean): boolean {
    if (char !== '&') return isBreak(char);
    // At the beginning of a command it is PowerShell's call operator.
    return !begins || this.#text[this.#at + 1] === '&' || this.#text[this.#at - 1] === '&' || this.#text[this.#at - 1] === '|';
  }

  #add(dialect: Dialect | undefined): void {
    if (dialect) this.#found.add(dialect);
  }

  #head(char: string): void {
    if (!/[a-z]/i.test(char)) {
      this.#add(dialectOfHead(char, this.#text, this.#at));
      return;
    }
    namePattern.lastIndex = this.#at;
    const name = namePattern.exec(this.#text)?.[0] ?? '';
    this.#add(dialectOfCommand(name, this.#text, this.#at + name.length) ?? dialectOfPath(this.#text, this.#at));
  }

  /** Passes over what stands before the next blank, separator or bracket; at least one character. */
  #word(): void {
    const text = this.#text;
    const start = this.#at;
    if (text[start] === '#') {
      this.#at = endOf(text, '\n', start);
      return;
    }
    if (text[start] === '.' || text[start + 1] === ':') this.#hasPath ||= isWindowsPath(text, start);
    for (; this.#at < text.length; this.#at++) {
      const char = text[this.#at] as string;
      if (this.#at > start && (isBlank(char) || isBreak(char) || char === '&' || char === '<')) return;
      if (char === "'") this.#quoted();
      else if (char === '"') this.#doubleQuoted();
      else if (char === '\\') this.#at += /[\n\r;|&('"`]/.test(text[this.#at + 1] ?? '') ? 1 : 0;
      else if (char === '$' || char === '%' || char === '^') this.#add(dialectOfMark(text, this.#at));
      // A backtick before the end of a line joins it with the next.
      else if (char === '`' && this.#at === start && /^`\r?\n/.test(text.slice(start, start + 3))) this.#found.add('powershell');
    }
  }

  #quoted(): void {
    const end = this.#text.indexOf("'", this.#at + 1);
    // bash runs nothing of a line whose quote is never closed; to cmd.exe it is no quote.
    if (end < 0 && !this.#text.includes('\n')) this.#found.add('cmd');
    this.#at = end < 0 ? this.#text.length : end;
  }

  #doubleQuoted(): void {
    const text = this.#text;
    let substitutes = false;
    for (this.#at++; this.#at < text.length && text[this.#at] !== '"'; this.#at++) {
      const char = text[this.#at];
      if (char === '\\' || char === '`') this.#at++;
      else if (substitutes && this.#isHereDocument()) {
        // `git commit -m "$(cat <<'EOF'`: what follows is text.
        this.#isUnix = true;
        return;
      } else if (char === '$' && text[this.#at + 1] === '(') {
        substitutes = true;
        this.#at += 2;
        this.#head(text[this.#at] ?? '');
        this.#at--;
      } else if (char === '$' || char === '%') this.#add(dialectOfMark(text, this.#at));
    }
  }
}

const namePattern = /[a-z][\w.\\^-]{0,80}/iy;

function isBlank(char: string): boolean {
  return char === ' ' || char === '\t' || char === '\r';
}

function isBreak(char: string): boolean {
  return char === '\n' || char === ';' || char === '|' || char === '(' || char === '{';
}

function endOf(text: string, char: string, from: number): number {
  const end = text.indexOf(char, from);
  return end < 0 ? text.length : end;
}
