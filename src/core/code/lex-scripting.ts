import { Source, type CodeToken, type Lexed, type Quoting } from './token.ts';

/** Ruby and Perl: languages with many ways to quote, here-documents, and a `#` for comments. */

const marks = ['<=>', '===', '**=', '||=', '&&=', '//=', '...', '=>', '==', '!=', '<=', '>=', '=~', '!~', '&&', '||', '->', '::', '&.', '+=', '-=', '*=', '.=', '<<', '>>', '..', '**', '++', '--'];
const pairs: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

type Language = 'ruby' | 'perl';

/** A here-document that was announced on this line; its text begins on the next. */
interface Pending {
  readonly tag: string;
  readonly raw: boolean;
  readonly command: boolean;
  /** Place of the token that waits for it. */
  readonly index: number;
}

/** https://docs.ruby-lang.org/en/master/syntax/literals_rdoc.html */
export function lexRuby(text: string): Lexed {
  return lex(text, 'ruby');
}

/** https://perldoc.perl.org/perlop#Quote-and-Quote-like-Operators */
export function lexPerl(text: string): Lexed {
  return lex(text, 'perl');
}

function lex(text: string, language: Language): Lexed {
  const source = new Source(text);
  const pending: Pending[] = [];
  if (source.startsWith('#!')) source.skipLine();
  while (!source.atEnd() && !source.startsWith('\n__END__') && !source.startsWith('\n__DATA__')) step(source, language, pending);
  return source;
}

function step(source: Source, language: Language, pending: Pending[]): void {
  const char = source.peek();
  if (char === '\n') endLine(source, language, pending);
  else if (/\s/.test(char)) source.at++;
  else if (char === '#') source.skipLine();
  else if (char === "'") source.quoted('string', 1, { close: "'", escapes: 'quote' });
  else if (char === '"') source.quoted('string', 1, { close: '"', escapes: 'all', ...interpolation(language) });
  else if (char === '`') source.quoted('command', 1, { close: '`', escapes: 'all', ...interpolation(language) });
  else if (source.startsWith('<<') && announce(source, pending)) return;
  else if (char === '/' && mayStartValue(source) && skipRegex(source)) return;
  else if (language === 'ruby' && char === '%' && mayStartValue(source) && percent(source)) return;
  else if (/[A-Za-z_@\u0080-\uffff]/.test(char)) readName(source, language);
  else if (char === '$' || (language === 'perl' && char === '%' && mayStartValue(source) && /\w/.test(source.peek(1)))) readVariable(source);
  else if (/\d/.test(char)) source.run('number', /[\w.]/);
  else source.anyMark(marks);
}

function interpolation(language: Language): Pick<Quoting, 'holes'> {
  return { holes: language === 'ruby' ? '#{' : '$' };
}

function endLine(source: Source, language: Language, pending: Pending[]): void {
  source.newline();
  for (const document of pending.splice(0)) readDocument(source, language, document);
  // Documentation blocks begin at the margin.
  if (language === 'ruby' && source.startsWith('=begin')) source.skipPast('\n=end', source.at);
  if (language === 'perl' && /^=[a-z]/.test(source.text.slice(source.at, source.at + 2))) source.skipPast('\n=cut', source.at);
}

function announce(source: Source, pending: Pending[]): boolean {
  const match = /^<<[~-]?(?:(["'`])([^"'`\n]{1,60})\1|([A-Za-z_]\w{0,60}))/.exec(source.text.slice(source.at, source.at + 70));
  const tag = match?.[2] ?? match?.[3];
  if (!match || tag === undefined || !mayStartValue(source)) return false;
  const start = source.at;
  source.at += match[0].length;
  pending.push({ tag, raw: match[1] === "'", command: match[1] === '`', index: source.tokens.length });
  source.push('string', '', start);
  return true;
}

function readDocument(source: Source, language: Language, { tag, raw, command, index }: Pending): void {
  const close = new RegExp(`^[ \\t]*${tag.replace(/[^\w ]/g, '\\$&')}[ \\t]*$`, 'm');
  const rest = source.text.slice(source.at);
  const end = close.exec(rest);
  const body = rest.slice(0, end?.index ?? rest.length);
  const inner = new Source(`${body}\u0000`);
  const value = inner.content({ close: '\u0000', escapes: raw ? 'none' : 'all', ...(raw ? {} : interpolation(language)) });
  const waiting = source.tokens[index] as CodeToken;
  source.tokens[index] = { ...waiting, kind: command ? 'command' : 'string', text: value.text, value };
  source.inner.push(...inner.inner);
  source.at = end ? source.at + end.index + end[0].length : source.text.length;
}

/** True where a value may begin, so that `/`, `%` and `<<` open something and do not compute. */
function mayStartValue(source: Source): boolean {
  const before = source.tokens.at(-1);
  if (!before || before.kind === 'newline') return true;
  if (before.kind === 'mark') return !/^[)\]}]$/.test(before.text);
  if (before.kind !== 'name') return false;
  // `puts <<~X`, `system %w[a b]`: a word, a space, and no space after.
  return /\s/.test(source.text[source.at - 1] ?? '') && /\S/.test(source.peek(1)) && !/^[=\s]/.test(source.peek(1));
}

function skipRegex(source: Source): boolean {
  for (let at = source.at + 1; at < source.text.length && at < source.at + 2000; at++) {
    const char = source.text[at];
    if (char === '\n') return false;
    if (char === '\\') at++;
    else if (char === '/') {
      const start = source.at;
      source.at = at + 1;
      source.push('number', source.text.slice(start, source.at), start);
      return true;
    }
  }
  return false;
}

/** `%x(…)`, `%q{…}`, `%w[a b]`. */
function percent(source: Source): boolean {
  const match = /^%([xqQwWiI]?)([([{<!|/])/.exec(source.text.slice(source.at, source.at + 3));
  if (!match) return false;
  const [opening, type = '', open = ''] = match;
  delimited(source, opening.length, open, type === 'x' ? 'command' : /[wWiI]/.test(type) ? 'words' : 'string', type === 'q' || type === 'w' ? {} : { holes: '#{' });
  return true;
}

function delimited(source: Source, skip: number, open: string, kind: 'string' | 'command' | 'words', holes: Pick<Quoting, 'holes'>): void {
  const paired = pairs[open];
  const quoting: Quoting = { close: paired ?? open, escapes: holes.holes ? 'all' : 'quote', ...holes, ...(paired ? { open } : {}) };
  if (kind !== 'words') {
    source.quoted(kind, skip, quoting);
    return;
  }
  const start = source.at;
  source.at += skip;
  const { text } = source.content(quoting);
  const end = source.at;
  // A list of words is the same as a list of strings.
  source.push('mark', '[', start);
  for (const word of text.split(/\s+/).filter((part) => part !== '').slice(0, 1000)) {
    source.push('string', word, start, { text: word, holes: [], globs: [] });
    source.push('mark', ',', start);
  }
  source.at = end;
  source.push('mark', ']', start);
}

function readName(source: Source, language: Language): void {
  const quote = language === 'perl' ? /^(q|qq|qx|qw)\s*([([{<!|/#'"~])/.exec(source.text.slice(source.at, source.at + 6)) : null;
  if (quote && /\W/.test(source.text[source.at - 1] ?? ' ')) {
    const [opening, type = '', open = ''] = quote;
    delimited(source, opening.length, open, type === 'qx' ? 'command' : type === 'qw' ? 'words' : 'string', type === 'q' || type === 'qw' ? {} : { holes: '$' });
    return;
  }
  const pattern = language === 'perl' ? /^(?:m|s|tr|y|qr)([([{<!|/#~])/.exec(source.text.slice(source.at, source.at + 3)) : null;
  if (pattern && skipPattern(source, pattern[0].length - 1)) return;
  source.run('name', language === 'ruby' ? /[\w?!@\u0080-\uffff]/ : /[\w\u0080-\uffff]/);
}

/** `s/a/b/`, `m{…}`: skipped up to the end of the line at most. */
function skipPattern(source: Source, length: number): boolean {
  const open = source.peek(length);
  const close = pairs[open] ?? open;
  const twice = /^(?:s|tr|y)$/.test(source.text.slice(source.at, source.at + length)) && close === open;
  let left = twice ? 2 : 1;
  for (let at = source.at + length + 1; at < source.text.length && at < source.at + 2000; at++) {
    const char = source.text[at];
    if (char === '\n') return false;
    if (char === '\\') at++;
    else if (char === close && --left === 0) {
      const start = source.at;
      source.at = at + 1;
      while (/[a-z]/.test(source.peek())) source.at++;
      source.push('number', source.text.slice(start, source.at), start);
      return true;
    }
  }
  return false;
}

function readVariable(source: Source): void {
  if (/[\w{]/.test(source.peek(1))) source.run('name', /[\w:]/, 2);
  else source.mark(1);
}
