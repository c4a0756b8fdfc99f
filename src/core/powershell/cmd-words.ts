import { knownWord, type Hole, type Word } from '../shell/word.ts';

/** How a command line is parted into words. */
interface Splitting {
  /** Characters that part words outside quotes. */
  readonly separators: RegExp;
  /** True where `\"` is a quote that belongs to the word. */
  readonly backslashes: boolean;
}

/** Commands of cmd.exe itself: quotes are taken out, and a backslash before one is only a backslash. */
const builtin: Splitting = { separators: /[\s,;=]/, backslashes: false };
/** What programs make of their command line: https://learn.microsoft.com/cpp/cpp/main-function-command-line-args */
const program: Splitting = { separators: /\s/, backslashes: true };

const maxWords = 1000;

/** The words of a command of cmd.exe itself. A path that begins with `\"`, as if that were a quote, is the root of the drive as well. */
export function builtinWords(line: Word): readonly Word[] {
  return split(line, builtin).flatMap(({ word, raw }) => (raw.startsWith('\\"') ? [knownWord('\\', word.span), word] : [word]));
}

/** The words a program gets. */
export function programWords(line: Word): readonly Word[] {
  return split(line, program).map(({ word }) => word);
}

function split(line: Word, how: Splitting): readonly { readonly word: Word; readonly raw: string }[] {
  const words: { readonly word: Word; readonly raw: string }[] = [];
  let text = '';
  let raw = '';
  let holes: Hole[] = [];
  let globs: number[] = [];
  const active = new Set(line.globs);
  let quoted = false;
  let begun = false;
  const finish = (): void => {
    if (begun && words.length < maxWords) words.push({ word: { ...knownWord(text, line.span), holes, globs }, raw });
    text = '';
    raw = '';
    holes = [];
    globs = [];
    begun = false;
  };
  let nextHole = 0;
  for (let at = 0; at < line.text.length;) {
    const hole = line.holes[nextHole];
    if (hole && hole.start <= at) {
      const written = line.text.slice(at, hole.end);
      holes.push({ ...hole, start: text.length, end: text.length + written.length });
      text += written;
      raw += written;
      begun = true;
      nextHole++;
      at = Math.max(hole.end, at);
      continue;
    }
    const char = line.text[at] as string;
    if (!quoted && how.separators.test(char)) {
      finish();
      at++;
      continue;
    }
    begun = true;
    const run = char === '\\' ? backslashes(line.text, at) : 0;
    if (run > 0) {
      // Before a quote each two stand for one, and an odd one takes the quote with it.
      const special = how.backslashes && line.text[at + run] === '"';
      text += '\\'.repeat(special ? Math.floor(run / 2) : run) + (special && run % 2 === 1 ? '"' : '');
      raw += line.text.slice(at, at + run + (raw === '' && line.text[at + run] === '"' ? 1 : 0));
      at += run + (special ? run % 2 : 0);
      continue;
    }
    raw += char;
    if (active.has(at)) globs.push(text.length);
    if (char === '"') quoted = !quoted;
    else text += char;
    at++;
  }
  finish();
  return words;
}

/** How many backslashes stand here one after the other. */
function backslashes(text: string, from: number): number {
  let at = from;
  while (text[at] === '\\') at++;
  return at - from;
}

/**
 * What cmd.exe runs, from its own command line without the program; undefined where it runs nothing by itself.
 * The first quote after `/c` is taken out with the last one of the line, unless the two enclose the name of a program:
 * https://learn.microsoft.com/windows-server/administration/windows-commands/cmd
 */
export function commandOfCmd(line: string): string | undefined {
  let rest = line.trimStart();
  let always = false;
  for (;;) {
    const flag = /^\/{1,2}([a-z?])(?::(?:on|off|[0-9a-f]{2}))?/i.exec(rest);
    if (!flag) return undefined;
    rest = rest.slice(flag[0].length);
    const letter = (flag[1] ?? '').toLowerCase();
    if (letter === 's') always = true;
    if (letter === 'c' || letter === 'k' || letter === 'r') break;
    rest = rest.trimStart();
  }
  const command = rest.trimStart();
  if (!command.startsWith('"') || (!always && namesProgram(command))) return command;
  const last = command.lastIndexOf('"');
  return last === 0 ? command.slice(1) : command.slice(1, last) + command.slice(last + 1);
}

function namesProgram(command: string): boolean {
  const close = command.indexOf('"', 1);
  if (close < 0 || command.includes('"', close + 1)) return false;
  const inner = command.slice(1, close);
  return !/[&<>()@^|]/.test(inner) && /\s/.test(inner) && /\.(?:exe|com|bat|cmd)$/i.test(inner);
}

/** A command line as programs started without a shell make it of words: quoted where there is a blank or a quote, quotes inside with a backslash. */
export function programLine(words: readonly string[]): string {
  return words.map((word) => (word !== '' && !/[\s"]/.test(word) ? word : `"${escapeQuotes(word)}"`)).join(' ');
}

function escapeQuotes(word: string): string {
  let text = '';
  let backslashes = 0;
  for (const char of word) {
    if (char === '\\') backslashes++;
    else {
      text += '\\'.repeat(char === '"' ? backslashes * 2 + 1 : backslashes) + char;
      backslashes = 0;
    }
  }
  return text + '\\'.repeat(backslashes * 2);
}

/** The words of a program's command line as PowerShell hands them to cmd.exe: quoted where there is a blank, quotes inside left as they are. */
export function legacyLine(words: readonly Word[]): string {
  return words.map((word) => (word.text === '' || (/\s/.test(word.text) && !/^".*"$/s.test(word.text)) ? `"${cmdText(word)}"` : cmdText(word))).join(' ');
}

/** A text for cmd.exe, where a part nobody can foresee looks like a variable that is not set. */
export function cmdText(word: Word): string {
  let text = '';
  let at = 0;
  for (const hole of word.holes) {
    text += `${word.text.slice(at, hole.start)}%${word.text.slice(hole.start, hole.end).replace(/[%:"\s&|<>^()]/g, '') || '$'}%`;
    at = hole.end;
  }
  return text + word.text.slice(at);
}
