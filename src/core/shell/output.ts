import type { Analysis } from '../analysis.ts';
import { joinPath } from '../files/path.ts';
import type { Input, Invocation } from '../invocation.ts';
import { dataOutput } from '../secrets/data.ts';
import { secretOutput } from '../secrets/sources.ts';
import { joinWords } from './expand.ts';
import { isKnown, textOf, type Word } from './word.ts';

const maxRead = 64 * 1024;

/**
 * What a program would write to standard output, for the few whose output its words and input fix.
 * Where a secret is in it only that is said: its text is not carried on.
 */
export function outputOf(invocation: Invocation, analysis: Analysis): Input | undefined {
  const secret = secretOutput(invocation, analysis);
  if (secret) return { text: '', known: false, secret };
  const output = knownOutput(invocation, analysis);
  const data = dataOutput(invocation);
  return data === undefined ? output : { ...(output ?? { text: '', known: false }), data };
}

function knownOutput(invocation: Invocation, analysis: Analysis): Input | undefined {
  const words = invocation.argv.slice(1);
  switch (invocation.program) {
    case 'echo':
      return echo(words);
    case 'printf':
      return words[0]?.text === '-v' ? { text: '', known: true } : formatted(words);
    case 'true':
    case ':':
    case 'cd':
    case 'export':
    case 'set':
      return { text: '', known: true };
    case 'pwd':
      return invocation.cwd === undefined ? undefined : { text: `${invocation.cwd}\n`, known: true };
    case 'cat':
    case 'tee':
      return words.some((word) => !word.text.startsWith('-')) && invocation.program === 'cat' ? files(words, invocation, analysis) : invocation.stdin;
    case 'base64':
      return words.some((word) => ['-d', '-D', '--decode'].includes(word.text)) ? decodeBase64(invocation.stdin) : undefined;
    case 'basename':
    case 'dirname':
      return pathPart(invocation.program, textOf(words[0]));
    case 'rev':
      return invocation.stdin?.known ? { text: invocation.stdin.text.split('\n').map((line) => Array.from(line).toReversed().join('')).join('\n'), known: true } : undefined;
    case 'python':
    case 'python3':
    case 'manage.py':
    case 'django-admin':
      return words.some((word) => word.text === 'sqlflush') ? { text: 'TRUNCATE "every table";\n', known: false } : undefined;
    case 'mysqldump':
    case 'mariadb-dump':
      return words.some((word) => /^(?:--skip-add-drop-table|--skip-opt|--compact|--no-create-info|-t)$/.test(word.text)) ? undefined : { text: 'DROP TABLE `every table of the dump`;\n', known: false };
    case 'pg_dump':
    case 'pg_dumpall':
      return words.some((word) => /^(?:--clean|-[a-zA-Z]*c[a-zA-Z]*)$/.test(word.text)) ? { text: 'DROP TABLE "every table of the dump";\n', known: false } : undefined;
    case 'git':
      return textOf(words[0]) === 'rev-parse' && textOf(words[1]) === '--show-toplevel' ? repository(invocation, analysis) : undefined;
    default:
      return undefined;
  }
}

function known(words: readonly Word[], text: string): Input {
  return { text, known: words.every((word) => isKnown(word) && word.globs.length === 0) };
}

function echo(words: readonly Word[]): Input {
  const options = words.findIndex((word) => !/^-[neE]+$/.test(word.text));
  const rest = options < 0 ? [] : words.slice(options);
  const escapes = words.slice(0, Math.max(0, options)).some((word) => word.text.includes('e'));
  const text = joinWords(rest, undefined).text;
  return known(rest, `${escapes ? unescape(text) : text}\n`);
}

/** Plain formats only: `%s`, `%b`, `%d` and escapes; the format is used again while arguments are left. */
export function formatted(words: readonly Word[]): Input | undefined {
  const format = textOf(words[0]?.text === '--' ? words[1] : words[0]);
  if (format === undefined) return undefined;
  const values = words.slice(words[0]?.text === '--' ? 2 : 1);
  const places = format.match(/%[sbdq]/g)?.length ?? 0;
  if (/%[^sbdq%]/.test(format)) return undefined;
  const rounds = places === 0 ? 1 : Math.max(1, Math.ceil(values.length / places));
  let next = 0;
  const text = Array.from({ length: Math.min(rounds, 256) }, () => unescape(format).replace(/%[sbdq%]/g, (mark) => (mark === '%%' ? '%' : (values[next++]?.text ?? '')))).join('');
  return known(values, text);
}

function unescape(text: string): string {
  return text.replace(/\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|0?([0-7]{1,3})|(.))/g, (whole, hex?: string, unicode?: string, octal?: string, letter?: string) => {
    const code = hex ?? unicode;
    if (code) return String.fromCharCode(Number.parseInt(code, 16));
    if (octal) return String.fromCharCode(Number.parseInt(octal, 8));
    return { n: '\n', t: '\t', r: '\r', '\\': '\\', a: '\u0007', e: '\u001b' }[letter ?? ''] ?? whole;
  });
}

function files(words: readonly Word[], invocation: Invocation, analysis: Analysis): Input | undefined {
  const { cwd } = invocation;
  const texts = words.filter((word) => !word.text.startsWith('-')).map((word) => (isKnown(word) ? analysis.world.read(joinPath(cwd ?? '', word.text), maxRead) : undefined));
  return texts.every((text) => text !== undefined) ? { text: texts.join(''), known: true } : undefined;
}

function decodeBase64(input: Input | undefined): Input | undefined {
  if (!input?.known) return undefined;
  try {
    const bytes = Uint8Array.from(atob(input.text.replace(/\s+/g, '')), (char) => char.charCodeAt(0));
    return { text: new TextDecoder().decode(bytes), known: true };
  } catch {
    return undefined;
  }
}

function pathPart(program: 'basename' | 'dirname', path: string | undefined): Input | undefined {
  if (path === undefined) return undefined;
  const trimmed = path.replace(/\/+$/, '') || '/';
  const slash = trimmed.lastIndexOf('/');
  const folder = slash < 0 ? '.' : slash === 0 ? '/' : trimmed.slice(0, slash);
  return { text: `${program === 'dirname' ? folder : trimmed.slice(slash + 1)}\n`, known: true };
}

function repository(invocation: Invocation, analysis: Analysis): Input | undefined {
  const root = invocation.cwd === undefined ? undefined : analysis.world.git(invocation.cwd)?.root;
  return root === undefined ? undefined : { text: `${root}\n`, known: true };
}
