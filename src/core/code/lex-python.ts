import { Source, type Lexed } from './token.ts';

const marks = ['**=', '//=', '...', '->', ':=', '==', '!=', '<=', '>=', '+=', '-=', '*=', '/=', '|=', '&=', '%=', '**', '//', '<<', '>>'];

/** https://docs.python.org/3/reference/lexical_analysis.html */
export function lexPython(text: string): Lexed {
  const source = new Source(text);
  while (!source.atEnd()) step(source);
  return source;
}

function step(source: Source): void {
  const char = source.peek();
  if (char === '\n') source.newline();
  else if (/\s/.test(char)) source.at++;
  else if (char === '\\' && /^\r?\n/.test(source.text.slice(source.at + 1, source.at + 3))) source.at += 2;
  else if (char === '#') source.skipLine();
  else if (char === '"' || char === "'") readString(source, '');
  else if (/[A-Za-z_\u0080-\uffff]/.test(char)) readName(source);
  else if (/\d/.test(char)) source.run('number', /[\w.]/);
  else source.anyMark(marks);
}

function readName(source: Source): void {
  const prefix = /^(?:[rRbBuUfFtT]{1,2})(?=["'])/.exec(source.text.slice(source.at, source.at + 3))?.[0];
  if (prefix === undefined) source.run('name', /[\w\u0080-\uffff]/);
  else readString(source, prefix.toLowerCase());
}

function readString(source: Source, prefix: string): void {
  const quote = source.peek(prefix.length);
  const close = source.text.startsWith(quote.repeat(3), source.at + prefix.length) ? quote.repeat(3) : quote;
  const formatted = /[ft]/.test(prefix) ? { holes: '{' as const } : {};
  source.quoted('string', prefix.length + close.length, { close, escapes: prefix.includes('r') ? 'none' : 'all', ...formatted });
}
