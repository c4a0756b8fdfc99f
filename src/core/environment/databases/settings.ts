/** One `key: value` of a configuration file, in whichever language it is written. */
export interface Setting {
  /** `host`, `'default'` without its quotes, `env "local"` and `datasource db` as one text. */
  readonly key: string;
  /** The value as written; empty where it is a block. */
  readonly value: string;
  readonly children: readonly Setting[];
}

const mostSettings = 4000;
const deepest = 40;
const longestValue = 2000;
const closing: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' };

/** What a language has for comments and for the end of a value. */
interface Style {
  readonly hash: boolean;
  readonly slashes: boolean;
}

/** By the ending of the file's name. */
function styleOf(name: string): Style {
  const hash = /\.(?:py|rb|hcl|exs?|toml|prisma|php)$/.test(name);
  return { hash, slashes: !/\.(?:py|rb|exs?|toml)$/.test(name) };
}

/**
 * The settings of a configuration file written in JavaScript, TypeScript, Python, PHP, Prisma's language or HCL, as a tree:
 * what stands behind `:`, `=>` or `=` under its key, and what stands in brackets below it. Nothing is run; a value is
 * text for `resolve`. One pass over the text.
 */
export function settingsIn(text: string, name: string): readonly Setting[] {
  return new Reader(text, styleOf(name)).read();
}

class Reader {
  readonly #text: string;
  readonly #style: Style;
  #at = 0;
  #found = 0;

  constructor(text: string, style: Style) {
    this.#text = text;
    this.#style = style;
  }

  read(): readonly Setting[] {
    const all: Setting[] = [];
    // A bracket too many ends a block and not the file.
    for (let from = -1; this.#at < this.#text.length && this.#at > from; ) {
      from = this.#at;
      all.push(...this.#block(0));
      this.#at++;
    }
    return all;
  }

  /** Settings up to the bracket that closes the block. */
  #block(depth: number): Setting[] {
    const settings: Setting[] = [];
    // Where the words before a separator or a bracket begin.
    let start = this.#at;
    while (this.#at < this.#text.length) {
      const char = this.#text[this.#at] as string;
      if (char === '}' || char === ']' || char === ')') break;
      if (this.#skipComment()) start = Math.max(start, this.#onlyBlank(start) ? this.#at : start);
      else if (char === '"' || char === "'" || char === '`') this.#skipString(char);
      else if (char === ',' || char === ';' || char === '\n') {
        this.#shorthand(start, settings);
        start = ++this.#at;
      } else if (this.#separator(start)) {
        const key = keyOf(this.#text.slice(start, this.#at));
        this.#at += this.#separator(start);
        const setting = this.#value(key, depth);
        if (key !== '' && this.#found++ < mostSettings) settings.push(setting);
        start = this.#at;
      } else if (closing[char] !== undefined) {
        const key = keyOf(this.#text.slice(start, this.#at));
        this.#at++;
        const children = depth < deepest ? this.#block(depth + 1) : this.#skipBlock();
        this.#at++;
        if (key === '' || char === '(') settings.push(...children);
        else if (this.#found++ < mostSettings) settings.push({ key, value: '', children });
        if (char !== '(') start = this.#at;
      } else this.#at++;
    }
    this.#shorthand(start, settings);
    return settings;
  }

  /** `{ host, url }`: the name is its own value. */
  #shorthand(start: number, settings: Setting[]): void {
    const word = this.#at - start < 200 ? /^\s*([A-Za-z_$][\w$]*)\s*$/.exec(this.#text.slice(start, this.#at))?.[1] : undefined;
    if (word !== undefined && this.#found++ < mostSettings) settings.push({ key: word, value: word, children: [] });
  }

  #onlyBlank(start: number): boolean {
    return this.#at - start < 400 && this.#text.slice(start, this.#at).replace(/\/\/.*|#.*|\/\*[^]*?\*\//g, '').trim() === '';
  }

  /** Length of what parts a key from its value here, 0 where nothing does. */
  #separator(start: number): number {
    const [here, next] = [this.#text[this.#at], this.#text[this.#at + 1]];
    if (here === '=' && next === '>') return 2;
    if (here === '=' && next !== '=') return /[=!<>+*/|&?~-]/.test(this.#text[this.#at - 1] ?? '') ? 0 : 1;
    if (here === ':' && next === ':') return 0;
    if (here !== ':' || this.#text[this.#at - 1] === ':') return 0;
    // A blank before the colon of `a ? b : c`, and none before that of a key, unless the key stands alone.
    return /\S/.test(this.#text[this.#at - 1] ?? ' ') || (this.#at - start < 200 && /^\s*["']?[\w$-]+["']?\s*$/.test(this.#text.slice(start, this.#at))) ? 1 : 0;
  }

  /** The value behind a separator: up to the comma, the line's end where no bracket is open, or the closing bracket. */
  #value(key: string, depth: number): Setting {
    const from = this.#at;
    const children: Setting[] = [];
    let written = '';
    let piece = from;
    const take = (end: number): void => {
      if (written.length < longestValue) written += this.#text.slice(piece, Math.min(end, piece + longestValue));
    };
    while (this.#at < this.#text.length) {
      const char = this.#text[this.#at] as string;
      if (char === ',' || char === ';' || char === '}' || char === ']' || char === ')') break;
      if (char === '\n' && !this.#goesOn(from)) break;
      const before = this.#at;
      if (this.#skipComment()) {
        take(before);
        piece = this.#at;
        continue;
      }
      if (char === '"' || char === "'" || char === '`') this.#skipString(char);
      else if (closing[char] !== undefined) {
        this.#at++;
        children.push(...(depth < deepest ? this.#block(depth + 1) : this.#skipBlock()));
        this.#at++;
      } else this.#at++;
    }
    take(Math.min(this.#at, this.#text.length));
    return { key, value: written.trim(), children };
  }

  /** True where the value has not begun, or the next line carries it on. */
  #goesOn(from: number): boolean {
    if (this.#at - from < longestValue && this.#text.slice(from, this.#at).trim() === '') return true;
    const next = /\S{0,8}/.exec(this.#text.slice(this.#at + 1, this.#at + 200).trimStart())?.[0] ?? '';
    return /^(?:\?\?|\|\||\?(?!:)|:(?!\w)|\+|or\b|\.\w|&&)/.test(next) || /(?:\?\?|\|\||\?|:|\+|\bor|&&|\\)[ \t]*$/.test(this.#text.slice(Math.max(from, this.#at - 40), this.#at));
  }

  #skipBlock(): readonly Setting[] {
    for (let open = 1; this.#at < this.#text.length; this.#at++) {
      const char = this.#text[this.#at] as string;
      if (closing[char] !== undefined) open++;
      if ((char === '}' || char === ']' || char === ')') && --open === 0) return [];
    }
    return [];
  }

  #skipComment(): boolean {
    const rest = this.#text.startsWith.bind(this.#text);
    const line = (this.#style.slashes && rest('//', this.#at)) || (this.#style.hash && rest('#', this.#at));
    if (!line && !(this.#style.slashes && rest('/*', this.#at))) return false;
    const end = line ? this.#text.indexOf('\n', this.#at) : this.#text.indexOf('*/', this.#at + 2);
    this.#at = end < 0 ? this.#text.length : end + (line ? 0 : 2);
    return true;
  }

  /** Past a string; one that never ends goes to the line's end. */
  #skipString(quote: string): void {
    const triple = quote.repeat(3);
    if (quote !== '`' && this.#text.startsWith(triple, this.#at)) {
      const end = this.#text.indexOf(triple, this.#at + 3);
      this.#at = end < 0 ? this.#text.length : end + 3;
      return;
    }
    for (this.#at++; this.#at < this.#text.length; this.#at++) {
      const char = this.#text[this.#at];
      if (char === '\\') this.#at++;
      else if (char === quote || (char === '\n' && quote !== '`')) break;
    }
    this.#at++;
  }
}

/** The name before a separator or a bracket: the last word or string, with the word before it where the two make one: `env "local"`. */
function keyOf(text: string): string {
  const line = text.slice(-300).trim();
  const block = /([A-Za-z_][\w-]*)\s+(?:"([^"]*)"|([A-Za-z_]\w*))\s*$/.exec(line);
  if (block && !/^(?:const|let|var|export|default|return|def|new|async|function|class|public|private|readonly|static|if|else)$/.test(block[1] as string)) return `${block[1] as string} ${block[2] ?? block[3] ?? ''}`;
  return /(?:"([^"]*)"|'([^']*)'|([\w$.-]+)|([\w$.]+)\s*:\s*[\w$.<>[\] ]+)\s*\??$/.exec(line)?.slice(1).find((group) => group !== undefined) ?? '';
}

/** The nearest settings of that name, at any depth: none of those below one that is found. */
export function nearest(settings: readonly Setting[], key: string | RegExp): readonly Setting[] {
  const fits = ({ key: own }: Setting): boolean => (typeof key === 'string' ? own === key : key.test(own));
  for (let level = settings; level.length > 0; level = level.flatMap(({ children }) => children)) {
    const found = level.filter(fits);
    if (found.length > 0) return found;
  }
  return [];
}

/** Every setting, at any depth. */
export function everySetting(settings: readonly Setting[]): readonly Setting[] {
  const all: Setting[] = [];
  for (let level = settings; level.length > 0; level = level.flatMap(({ children }) => children)) all.push(...level);
  return all;
}
