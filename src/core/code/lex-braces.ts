import { Source, type Lexed } from './token.ts';

/** JavaScript with TypeScript, and PHP: languages whose comments are `//` and `/*` and whose blocks are braces. */

const marks = ['===', '!==', '**=', '<=>', '...', '??=', '||=', '&&=', '?->', '=>', '==', '!=', '<=', '>=', '&&', '||', '??', '?.', '->', '::', '+=', '-=', '*=', '/=', '.=', '%=', '|=', '&=', '++', '--', '**', '<<', '>>'];

/** https://tc39.es/ecma262/#sec-ecmascript-language-lexical-grammar */
export function lexJavascript(text: string): Lexed {
  const source = new Source(text);
  if (source.startsWith('#!')) source.skipLine();
  while (!source.atEnd()) stepJavascript(source);
  return source;
}

function stepJavascript(source: Source): void {
  const char = source.peek();
  if (blank(source)) return;
  if (char === '/' && regexMayStand(source) && skipRegex(source)) return;
  if (char === '"' || char === "'") source.quoted('string', 1, { close: char, escapes: 'all' });
  else if (char === '`') source.quoted('string', 1, { close: '`', escapes: 'all', holes: '${' });
  else if (/[A-Za-z_$#\u0080-\uffff]/.test(char)) source.run('name', /[\w$\u0080-\uffff]/);
  else if (/\d/.test(char)) source.run('number', /[\w.]/);
  else source.anyMark(marks);
}

/** Skips white space and comments; false where there is none. */
function blank(source: Source): boolean {
  const char = source.peek();
  if (char === '\n') source.newline();
  else if (/\s/.test(char)) source.at++;
  else if (source.startsWith('//')) source.skipLine();
  else if (source.startsWith('/*')) source.skipPast('*/', source.at + 2);
  else return false;
  return true;
}

/** A slash divides after a value; anywhere else it begins a regular expression. */
function regexMayStand(source: Source): boolean {
  const before = source.tokens.at(-1);
  if (!before || before.kind === 'newline') return true;
  if (before.kind === 'name') return /^(?:return|typeof|case|in|of|delete|void|throw|new|do|else|await|yield)$/.test(before.text);
  return before.kind === 'mark' && !/^(?:\)|\]|\}|\+\+|--)$/.test(before.text);
}

function skipRegex(source: Source): boolean {
  let inClass = false;
  for (let at = source.at + 1; at < source.text.length && at < source.at + 2000; at++) {
    const char = source.text[at];
    if (char === '\n') return false;
    if (char === '\\') at++;
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (char === '/' && !inClass) {
      const start = source.at;
      source.at = at + 1;
      while (/[a-z]/.test(source.peek())) source.at++;
      source.push('number', source.text.slice(start, source.at), start);
      return true;
    }
  }
  return false;
}

/** https://www.php.net/manual/en/langref.php. Text outside `<?php … ?>` is output; without any such mark all of it is code. */
export function lexPhp(text: string): Lexed {
  const source = new Source(text);
  const tagged = text.includes('<?');
  if (tagged) source.skipPast('<?', 0);
  if (tagged && source.startsWith('php')) source.at += 3;
  while (!source.atEnd()) {
    if (source.startsWith('?>')) leavePhp(source);
    else stepPhp(source);
  }
  return source;
}

function leavePhp(source: Source): void {
  source.skipPast('<?', source.at + 2);
  if (source.startsWith('php')) source.at += 3;
  source.push('mark', ';', source.at);
}

function stepPhp(source: Source): void {
  const char = source.peek();
  if (blank(source)) return;
  if (char === '#' && source.peek(1) !== '[') source.skipLine();
  else if (char === "'") source.quoted('string', 1, { close: "'", escapes: 'quote' });
  else if (char === '"') source.quoted('string', 1, { close: '"', escapes: 'all', holes: '$' });
  else if (char === '`') source.quoted('command', 1, { close: '`', escapes: 'all', holes: '$' });
  else if (source.startsWith('<<<')) readHeredoc(source);
  else if (char === '$' && /\w/.test(source.peek(1))) source.run('name', /[\w\u0080-\uffff]/, 2);
  else if (/[A-Za-z_\\\u0080-\uffff]/.test(char)) source.run('name', /[\w\\\u0080-\uffff]/);
  else if (/\d/.test(char)) source.run('number', /[\w.]/);
  else source.anyMark(marks);
}

function readHeredoc(source: Source): void {
  const opening = /^<<<[ \t]*(["']?)([A-Za-z_]\w*)\1\r?\n/.exec(source.text.slice(source.at, source.at + 120));
  if (!opening) {
    source.mark(3);
    return;
  }
  const holes = opening[1] === "'" ? {} : { holes: '$' as const };
  source.quoted('string', opening[0].length, { close: `\n${opening[2] ?? ''}`, escapes: opening[1] === "'" ? 'none' : 'all', ...holes });
}
