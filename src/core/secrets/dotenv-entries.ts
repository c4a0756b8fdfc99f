/**
 * The entries of a dotenv file and changes to single ones that leave every other byte as it is.
 * Texts are of one character for each byte, so that no encoding is lost; names and values are in UTF-8 inside them.
 * https://www.npmjs.com/package/dotenv
 */

export interface DotenvEntry {
  readonly name: string;
  /** What a program gets, as bytes. */
  readonly value: string;
  /** Half-open range of what is written for the value, quotes included. */
  readonly start: number;
  readonly end: number;
  readonly quote: '"' | "'" | '`' | '';
  /** Half-open range of its lines, the last line end included. */
  readonly from: number;
  readonly to: number;
}

const mark = '\u00ef\u00bb\u00bf';
const head = /[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*(?:=|:(?=[ \t]))[ \t]*/y;
const nameForm = /^[A-Za-z_][\w.-]{0,127}$/;

/** Entries in the order of the file; a later one of the same name wins. */
export function dotenvEntries(text: string): readonly DotenvEntry[] {
  const entries: DotenvEntry[] = [];
  for (let at = text.startsWith(mark) ? mark.length : 0; at < text.length; ) {
    const entry = entryAt(text, at);
    if (entry) entries.push(entry);
    at = entry ? entry.to : afterLine(text, at);
  }
  return entries;
}

function afterLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

function entryAt(text: string, from: number): DotenvEntry | undefined {
  head.lastIndex = from;
  const found = head.exec(text);
  if (!found) return undefined;
  const name = found[1] ?? '';
  const at = from + found[0].length;
  const quoted = quotedAt(text, at);
  if (quoted) return { name, ...quoted, from, to: afterLine(text, quoted.end) };
  const to = afterLine(text, at);
  const written = text.slice(at, to).replace(/\r?\n$/, '');
  const plain = withoutComment(written).trimEnd();
  // An empty value has its place right after the sign, before any comment.
  const sign = from + found[0].trimEnd().length;
  const start = plain === '' ? (text[sign - 1] === ':' ? sign + 1 : sign) : at;
  return { name, value: plain, start, end: start + plain.length, quote: '', from, to };
}

/** A comment begins the value or follows a blank. */
function withoutComment(written: string): string {
  for (let at = written.indexOf('#'); at >= 0; at = written.indexOf('#', at + 1)) {
    if (at === 0 || written[at - 1] === ' ' || written[at - 1] === '\t') return written.slice(0, at);
  }
  return written;
}

function quotedAt(text: string, at: number): Pick<DotenvEntry, 'value' | 'start' | 'end' | 'quote'> | undefined {
  const quote = text[at];
  if (quote !== '"' && quote !== "'" && quote !== '`') return undefined;
  let close = text.indexOf(quote, at + 1);
  while (close > 0 && text[close - 1] === '\\') close = text.indexOf(quote, close + 1);
  if (close < 0 || !/^[ \t]*(?:#[^\n]*)?\r?$/.test(text.slice(close + 1, afterLine(text, close)).replace(/\n$/, ''))) return undefined;
  const inside = text.slice(at + 1, close);
  return { value: quote === '"' ? inside.replaceAll('\\n', '\n').replaceAll('\\r', '\r') : inside, start: at, end: close + 1, quote };
}

/** Why a change was not made, in words fit for a person. */
export class DotenvProblem extends Error {
  override readonly name = 'DotenvProblem';
}

/**
 * The text with another value for one entry.
 * @throws DotenvProblem when the value cannot be written so that programs read it back
 */
export function withValue(text: string, entry: DotenvEntry, value: string): string {
  const changed = text.slice(0, entry.start) + writtenValue(value, entry.quote) + text.slice(entry.end);
  return checked(changed, dotenvEntries(text).map((other) => (other.from === entry.from ? [other.name, value] : [other.name, other.value])));
}

/**
 * The text with one entry more at its end.
 * @throws DotenvProblem when the name or the value cannot be written
 */
export function withEntry(text: string, name: string, value: string): string {
  if (!nameForm.test(name)) throw new DotenvProblem('A name is made of letters, digits, dots, dashes and underscores, and begins with a letter or an underscore.');
  const known = dotenvEntries(text);
  if (known.some((entry) => entry.name === name)) throw new DotenvProblem(`${name} is there already.`);
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const before = text === '' || text === mark || text.endsWith('\n') ? '' : lineEnd;
  return checked(`${text}${before}${name}=${writtenValue(value, '')}${lineEnd}`, [...known.map((entry) => [entry.name, entry.value] as const), [name, value]]);
}

/** The text without the lines of one entry. */
export function withoutEntry(text: string, entry: DotenvEntry): string {
  const rest = dotenvEntries(text).filter((other) => other.from !== entry.from);
  return checked(text.slice(0, entry.from) + text.slice(entry.to), rest.map(({ name, value }) => [name, value]));
}

/** A change is made only where all that is read back is what it should be: an open quote elsewhere can take in what comes after it. */
function checked(text: string, expected: readonly (readonly [name: string, value: string])[]): string {
  const entries = dotenvEntries(text);
  const same = entries.length === expected.length && entries.every(({ name, value }, at) => name === expected[at]?.[0] && value === expected[at]?.[1]);
  if (!same) throw new DotenvProblem('The file is written in a way that this change would mix up. Open it as text to change it.');
  return text;
}

function writtenValue(value: string, quote: DotenvEntry['quote']): string {
  if (/[\r\n\0]/.test(value)) throw new DotenvProblem('A value of several lines has to be written in the text.');
  if (quote === "'" && !/['\\]/.test(value)) return `'${value}'`;
  if (quote === '"' && !/["\\$`]/.test(value)) return `"${value}"`;
  // What shells, compose files and dotenv all take as it stands.
  if (/^[\w.\-/:@%+=,~]*$/.test(value)) return value;
  if (!/['\\]/.test(value)) return `'${value}'`;
  if (!/["\\$`]/.test(value)) return `"${value}"`;
  if (!value.includes("'") && !value.endsWith('\\')) return `'${value}'`;
  throw new DotenvProblem('This value has quotes in it that have to be written in the text.');
}
