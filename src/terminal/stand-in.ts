import { win32 } from 'node:path';
import type { Harmless } from '../core/rule.ts';
import { agentMarkers } from './markers.ts';
import { isSurelyHarmless } from './quick-test.ts';
import { FOLDER_MARK } from './shim-mark.ts';
import { standInVariables } from './stand-in-variables.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The words that a program was called with. */
export interface StandInCall {
  readonly words: readonly string[];
  /** As they stood in the command line, where that is known: it is handed on without a change. */
  readonly tail?: string;
}

/**
 * What a stand-in was called with. One that was started as a program, not from a batch file or a prompt, has the whole line in its
 * environment; what cmd.exe has made of it since does not count. Undefined where that line starts something else.
 * @param argv the words that the batch file was given by cmd.exe, where it was not started as a program
 */
export function standInCall(argv: readonly string[], env: Environment): StandInCall | undefined {
  const line = env[standInVariables.line];
  if (line === undefined || line === '') return { words: argv };
  const tail = tailOf(line, env[standInVariables.file] ?? '');
  return tail === undefined ? undefined : { words: wordsOf(tail), tail };
}

/** `cmd.exe /c "<line>"` is how Windows starts a batch file; what starts cmd.exe itself says `/d` or `/s`, and escapes with carets. */
const STARTED = /^(?:"[^"]*"|\S+)\s+((?:\/[a-bd-z](?::\w+)?\s+)*)\/c\s*(.*)$/is;

function tailOf(line: string, file: string): string | undefined {
  const [, switches = '', rest] = STARTED.exec(line.trim()) ?? [];
  if (rest === undefined || file === '') return undefined;
  const bare = rest.startsWith('"') && rest.endsWith('"') && rest.length > 1 ? rest.slice(1, -1) : rest;
  const meant = switches === '' ? bare : withoutCarets(bare);
  const quoted = `"${file}"`;
  for (const start of [quoted, file]) {
    const after = meant.slice(start.length);
    if (meant.slice(0, start.length).toLowerCase() === start.toLowerCase() && (after === '' || /^\s/.test(after))) return after.trimStart();
  }
  return undefined;
}

function withoutCarets(text: string): string {
  return text.replaceAll(/\^(.?)/gs, '$1');
}

/** A command line as programs take it apart: https://learn.microsoft.com/en-us/cpp/c-language/parsing-c-command-line-arguments */
export function wordsOf(tail: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quoted = false;
  for (let at = 0; at < tail.length; at += 1) {
    const slashes = /^\\*/.exec(tail.slice(at, at + MOST_SLASHES))?.[0].length ?? 0;
    const next = tail[at + slashes];
    if (slashes > 0 && next === '"') {
      word = `${word ?? ''}${'\\'.repeat(slashes >> 1)}`;
      at += slashes - 1;
      if (slashes % 2 === 1) {
        word += '"';
        at += 1;
      }
    } else if (slashes > 0) {
      word = `${word ?? ''}${'\\'.repeat(slashes)}`;
      at += slashes - 1;
    } else if (next === '"' && quoted && tail[at + 1] === '"') {
      word = `${word ?? ''}"`;
      at += 1;
    } else if (next === '"') {
      quoted = !quoted;
      word ??= '';
    } else if (!quoted && (next === ' ' || next === '\t')) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = `${word ?? ''}${next ?? ''}`;
    }
  }
  return word === undefined ? words : [...words, word];
}

/** Characters of a command line on Windows at most. */
const MOST_SLASHES = 32_768;

/** True where nobody needs to be asked: in a person's own shell, and for words that are sure to be harmless. */
export function needsNoAsking(program: string, { words }: StandInCall, env: Environment): boolean {
  return agentMarkers.every((name) => (env[name] ?? '') === '') || isSurelyHarmless(program, harmlessIn(env[standInVariables.harmless]), words);
}

/** A rule's harmless calls as text for a variable. */
export function harmlessText(harmless: Harmless | undefined): string {
  if (harmless === undefined) return '';
  return 'first' in harmless ? `first ${harmless.first.join(' ')}` : `without ${harmless.without.join(' ')}`;
}

function harmlessIn(text: string | undefined): Harmless | undefined {
  const [kind, ...words] = (text ?? '').split(' ').filter((word) => word !== '');
  if (kind === 'first') return { first: words };
  return kind === 'without' ? { without: words } : undefined;
}

const USUAL_ENDINGS = '.COM;.EXE;.BAT;.CMD';

/**
 * The program itself, as cmd.exe finds it on `PATH` with the endings of `PATHEXT`, beyond every folder of stand-ins.
 * @param isFile whether there is a file of this path
 */
export function realProgram(program: string, env: Environment, isFile: (path: string) => boolean): string | undefined {
  const variable = (wanted: string): string | undefined => Object.entries(env).find(([name]) => name.toUpperCase() === wanted)?.[1];
  const endings = (variable('PATHEXT') || USUAL_ENDINGS).split(';').filter((ending) => /^\.\w+$/.test(ending));
  for (const folder of (variable('PATH') ?? '').split(';').map((part) => part.replaceAll('"', '')).filter((part) => win32.isAbsolute(part))) {
    if (isFile(win32.join(folder, FOLDER_MARK))) continue;
    for (const ending of endings) {
      const path = win32.join(folder, program + ending.toLowerCase());
      if (isFile(path)) return path;
    }
  }
  return undefined;
}

/** How the program is started in place of its stand-in. */
export interface RealStart {
  readonly program: string;
  readonly args: readonly string[];
  /** The words stand in the command line as they are. */
  readonly verbatim: boolean;
}

/**
 * With the words as they were written, or as they were read. A batch file is run by cmd.exe, as it would have been.
 * @param comSpec path of cmd.exe
 */
export function realStart(path: string, { words, tail }: StandInCall, comSpec = 'cmd.exe'): RealStart {
  const line = tail ?? words.map(quoted).join(' ');
  if (/\.(?:cmd|bat)$/i.test(path)) return { program: comSpec, args: ['/d', '/s', '/c', `""${path}" ${line}"`], verbatim: true };
  return tail === undefined ? { program: path, args: words, verbatim: false } : { program: path, args: [tail], verbatim: true };
}

/** One word for a batch file. What cmd.exe would take for something is between quotes, where it takes only `%` for something. */
function quoted(word: string): string {
  return /^[\w./\\:=+-]+$/.test(word) ? word : `"${word.replaceAll('"', '""')}"`;
}
