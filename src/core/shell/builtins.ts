import { joinPath } from '../files/path.ts';
import type { Invocation } from '../invocation.ts';
import type { State } from './state.ts';
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
      for (const word of words) declare(word, state, textOf(invocation.argv[0]) === 'export' || words.some((option) => /^-\w*x/.test(option.text)));
      return;
    case 'unset':
      for (const word of operandsOf(words)) state.variables.set(word.text, { kind: 'array', words: [] });
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
      for (const word of operandsOf(words)) state.variables.set(word.text, { kind: 'scalar', word: readValue(word, invocation) });
      return;
    case 'set': {
      const dashes = words.findIndex((word) => word.text === '--');
      if (dashes >= 0) state.positional = words.slice(dashes + 1);
      return;
    }
    case 'shift':
      state.positional = state.positional.slice(Number(words[0]?.text ?? 1) || 1);
      return;
    case 'trap':
      if (words[0] && !/^-?$|^-[lp]/.test(words[0].text)) state.later.push(words[0]);
      return;
    case undefined:
    default:
      return;
  }
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

function declare(word: Word, state: State, exported: boolean): void {
  const equals = word.text.indexOf('=');
  const name = equals < 0 ? word.text : word.text.slice(0, equals);
  if (!/^[A-Za-z_]\w*$/.test(name)) return;
  if (equals >= 0) {
    const shift = equals + 1;
    const value: Word = { text: word.text.slice(shift), holes: word.holes.map((hole) => ({ ...hole, start: hole.start - shift, end: hole.end - shift })), globs: [] };
    state.variables.set(name, { kind: 'scalar', word: value });
  }
  if (exported) state.exported.add(name);
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
