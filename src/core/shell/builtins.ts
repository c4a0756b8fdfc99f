import { joinPath } from '../files/path.ts';
import type { Invocation } from '../invocation.ts';
import { formatted } from './output.ts';
import { setVariable, type State } from './state.ts';
import { isKnown, knownWord, textOf, unknownWord, type Word } from './word.ts';

/** Carries out what a builtin does to the shell's own state, as far as it can be known. */
export function foldBuiltin(invocation: Invocation, state: State): void {
  const words = invocation.argv.slice(1);
  switch (textOf(invocation.argv[0])) {
    case 'cd':
      changeFolder(operandsOf(words)[0], invocation, state);
      return;
    case 'pushd':
      if (state.cwd !== undefined) state.stack.push(state.cwd);
      changeFolder(operandsOf(words)[0], invocation, state);
      return;
    case 'popd':
      moveTo(state.stack.pop(), state);
      return;
    case 'export':
    case 'declare':
    case 'typeset':
    case 'local':
    case 'readonly':
      declareAll(textOf(invocation.argv[0]) ?? '', words, state);
      return;
    case 'unset':
      for (const word of operandsOf(words)) setVariable(state, word.text, { kind: 'array', words: [] });
      return;
    case 'alias':
      for (const word of words) defineAlias(word, state);
      return;
    case 'unalias':
      for (const word of operandsOf(words)) state.aliases.delete(word.text);
      return;
    case 'read':
    case 'mapfile':
    case 'readarray':
      for (const word of operandsOf(words)) setVariable(state, word.text, { kind: 'scalar', word: readValue(word, invocation) });
      return;
    case 'set': {
      const all = exportsAll(words);
      if (all !== undefined) state.exportsAll = all;
      const given = positionalFrom(words);
      if (given) state.positional = given;
      return;
    }
    case 'shift':
      state.positional = state.positional.slice(Number(words[0]?.text ?? 1) || 1);
      return;
    case 'printf':
      if (words[0]?.text === '-v' && words[1]) setVariable(state, words[1].text, { kind: 'scalar', word: printed(words[1], invocation) });
      return;
    case 'hash':
      if (words[0]?.text === '-p' && words[1] && words[2] && isKnown(words[1])) state.aliases.set(words[2].text, words[1].text);
      return;
    case 'trap':
      if (words[0] && !/^-?$|^-[lp]/.test(words[0].text)) state.later.push(words[0]);
      return;
    case undefined:
    default:
      return;
  }
}

/** `set -a`, `set -o allexport`, and their opposites with `+`. */
function exportsAll(words: readonly Word[]): boolean | undefined {
  for (const [at, { text }] of words.entries()) {
    if (text === '--' || !/^[-+]/.test(text)) return undefined;
    if (/^[-+][a-zA-Z]*a/.test(text) || (/^[-+][a-zA-Z]*o$/.test(text) && words[at + 1]?.text === 'allexport')) return text.startsWith('-');
    if (text.endsWith('o')) return undefined;
  }
  return undefined;
}

/** The words `set` makes the positional parameters; undefined where it only sets options. https://www.gnu.org/software/bash/manual/html_node/The-Set-Builtin.html */
function positionalFrom(words: readonly Word[]): readonly Word[] | undefined {
  for (let at = 0; at < words.length; at++) {
    const text = words[at]?.text ?? '';
    if (text === '--') return words.slice(at + 1);
    // A single dash ends the options, and alone changes nothing.
    if (text === '-') return at + 1 < words.length ? words.slice(at + 1) : undefined;
    if (!/^[-+]./.test(text)) return words.slice(at);
    if (text.endsWith('o')) at++;
  }
  return undefined;
}

function operandsOf(words: readonly Word[]): Word[] {
  return words.filter((word) => !/^-\w/.test(word.text) && word.text !== '--');
}

function changeFolder(target: Word | undefined, invocation: Invocation, state: State): void {
  if (!target) moveTo(invocation.env.HOME, state);
  else if (target.text === '-') moveTo(state.previous, state);
  else if (!isKnown(target) || target.globs.length > 0) moveTo(undefined, state);
  else if (target.text.startsWith('/')) moveTo(joinPath('/', target.text), state);
  else moveTo(state.cwd === undefined && !state.nameless ? undefined : joinPath(state.cwd ?? '', target.text), state);
}

/** Systems take no longer path than this (PATH_MAX of Linux). */
const longestPath = 4096;

function moveTo(folder: string | undefined, state: State): void {
  state.previous = state.cwd;
  state.nameless = false;
  state.cwd = folder !== undefined && folder.length > longestPath ? undefined : folder;
}

/** `declare`, `export` and the like. https://www.gnu.org/software/bash/manual/html_node/Bash-Builtins.html#index-declare */
function declareAll(builtin: string, words: readonly Word[], state: State): void {
  const has = (letter: string): boolean => words.some(({ text }) => /^-\w+$/.test(text) && text.includes(letter));
  const local = builtin === 'local' || ((builtin === 'declare' || builtin === 'typeset') && !has('g'));
  for (const word of words) {
    const equals = word.text.indexOf('=');
    const name = equals < 0 ? word.text : word.text.slice(0, equals);
    if (!/^[A-Za-z_]\w*$/.test(name)) continue;
    if (local && state.outer && !state.outer.has(name)) state.outer.set(name, state.variables.get(name));
    if (has('n') && equals >= 0) state.references.set(name, word.text.slice(equals + 1));
    else if (equals >= 0) setVariable(state, name, { kind: 'scalar', word: valueAfter(word, equals + 1) });
    if (builtin === 'export' || has('x')) state.exported.add(name);
  }
}

function valueAfter(word: Word, shift: number): Word {
  return { text: word.text.slice(shift), holes: word.holes.map((hole) => ({ ...hole, start: hole.start - shift, end: hole.end - shift })), globs: [] };
}

/** What `printf -v` puts into a variable. */
function printed(name: Word, invocation: Invocation): Word {
  const output = formatted(invocation.argv.slice(3));
  return output?.known ? knownWord(output.text) : unknownWord(`$${name.text}`);
}

function defineAlias(word: Word, state: State): void {
  const equals = word.text.indexOf('=');
  if (equals > 0 && isKnown(word)) state.aliases.set(word.text.slice(0, equals), word.text.slice(equals + 1));
}

/** `read x <<< value` is known; a pipe from an unknown command is not. */
function readValue(name: Word, invocation: Invocation): Word {
  const { stdin } = invocation;
  return stdin?.known ? knownWord(stdin.text.split('\n')[0] ?? '') : unknownWord(`$${name.text}`);
}
