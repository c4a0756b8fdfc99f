import { joinPath } from '../files/path.ts';
import type { Folder } from '../invocation.ts';
import type { Hole, Word } from '../shell/word.ts';
import type { Mark, RawWord } from './cmd-tokenize.ts';
import { environmentValue } from './state.ts';

/** What cmd.exe would know at one point of its text. */
export interface CmdState {
  cwd: Folder;
  readonly stack: Folder[];
  readonly env: Readonly<Record<string, string>>;
  /** Set in earlier lines; undefined where the value is not known. Names in lower case. */
  readonly variables: Map<string, string | undefined>;
  /** Set in the line at hand: `%X%` in it was replaced before it was set. */
  readonly pending: Map<string, string | undefined>;
  /** What the variables of loops stand for. */
  readonly loops: Map<string, readonly Word[]>;
}

export function newCmdState(cwd: Folder, env: Readonly<Record<string, string>>): CmdState {
  return { cwd, stack: [], env, variables: new Map(), pending: new Map(), loops: new Map() };
}

/** What a pipe's or a bracket's own cmd.exe starts with. */
export function copyCmdState(state: CmdState): CmdState {
  return { ...state, stack: [...state.stack], variables: new Map(state.variables), pending: new Map(state.pending), loops: new Map(state.loops) };
}

/** A line ends: what it set holds from now on. */
export function endLine(state: CmdState): void {
  for (const [name, value] of state.pending) state.variables.set(name, value);
  state.pending.clear();
}

/** The environment a program started now would get. */
export function cmdEnvironment(state: CmdState): Readonly<Record<string, string>> {
  if (state.variables.size + state.pending.size === 0) return state.env;
  const env: Record<string, string> = { ...state.env };
  for (const [name, value] of [...state.variables, ...state.pending]) if (value !== undefined) env[name.toUpperCase()] = value;
  return env;
}

const maxAlternatives = 64;
const maxText = 64 * 1024;

/** Windows sets these for everybody. */
const alwaysSet = /^(?:userprofile|homepath|homedrive|systemroot|windir|systemdrive|appdata|localappdata|programfiles.*|programdata|public|temp|tmp|username|computername|comspec|path|os|date|time|random|cd|errorlevel)$/i;

/** The words a raw word becomes: several where a loop's variable stands for several things. */
export function resolveRaw(raw: RawWord, state: CmdState): readonly Word[] {
  let words: readonly Word[] = [{ text: '', holes: [], globs: [] }];
  let at = 0;
  for (const mark of raw.marks) {
    const before = raw.text.slice(at, mark.start);
    const values = valuesOf(mark, raw.text.slice(mark.start, mark.end), state);
    words = words.flatMap((word) => values.map((value) => append(append(word, { text: before, holes: [], globs: [] }), value))).slice(0, maxAlternatives);
    at = mark.end;
  }
  return words.map((word) => append(word, { text: raw.text.slice(at), holes: [], globs: [] }));
}

function append(word: Word, more: Word): Word {
  const shift = word.text.length;
  if (shift + more.text.length > maxText) return word;
  return { ...word, text: word.text + more.text, globs: [...word.globs, ...more.globs.map((at) => at + shift)], holes: [...word.holes, ...more.holes.map((hole): Hole => ({ ...hole, start: hole.start + shift, end: hole.end + shift }))] };
}

function hole(written: string, mayBeEmpty: boolean): Word {
  return { text: written, holes: [{ start: 0, end: written.length, mayBeEmpty }], globs: [] };
}

function plain(text: string): Word {
  return { text, holes: [], globs: [] };
}

function valuesOf(mark: Mark, written: string, state: CmdState): readonly Word[] {
  if (mark.kind === 'loop') {
    const values = state.loops.get(mark.name);
    return values && !/[dpnxsatz]/i.test(mark.change) ? values : [hole(written, !values)];
  }
  // `%~dp0` is the script's own folder.
  if (mark.kind === 'argument') return [hole(written, mark.name !== '0')];
  const name = mark.name.toLowerCase();
  const isSet = mark.kind === 'delayed' && state.pending.has(name) ? state.pending.get(name) : state.variables.has(name) ? state.variables.get(name) : environmentValue(state.env, mark.name);
  const value = isSet ?? (name === 'cd' ? state.cwd : undefined);
  if (value === undefined) return [hole(written, !alwaysSet.test(name) || mark.change !== '')];
  return mark.change === '' ? [plain(value)] : [changed(value, mark.change) ?? hole(written, true)];
}

/** Values of a word's variables that hold operators, and so commands of their own. */
export function commandsInValues(raw: RawWord, state: CmdState): readonly string[] {
  const values = raw.marks.filter((mark) => mark.kind === 'percent').flatMap((mark) => valuesOf(mark, '', state));
  return values.filter((value) => value.holes.length === 0 && /[&|]/.test(value.text)).map((value) => value.text);
}

/** `:~0,3` and `:a=b`: https://learn.microsoft.com/windows-server/administration/windows-commands/set_1 */
function changed(value: string, change: string): Word | undefined {
  const part = /^:~(-?\d{1,5})?(?:,(-?\d{1,5}))?$/.exec(change);
  if (part) {
    const from = Number(part[1] ?? 0);
    const rest = value.slice(from);
    const length = part[2] === undefined ? undefined : Number(part[2]);
    return plain(length === undefined ? rest : length < 0 ? rest.slice(0, length) : rest.slice(0, length));
  }
  const replaced = /^:([^*=][^=]*)=(.*)$/.exec(change);
  return replaced?.[1] && (replaced[2] ?? '').length <= replaced[1].length ? plain(value.replaceAll(replaced[1], replaced[2] ?? '')) : undefined;
}

/** `cd`: where a path leads from the current folder. */
export function folderAfter(target: Word, state: CmdState): Folder {
  if (target.holes.length > 0) return undefined;
  if (state.cwd === undefined && !/^[a-z]:|^[\\/]/i.test(target.text)) return undefined;
  return joinPath(state.cwd ?? '', target.text, 'windows');
}
