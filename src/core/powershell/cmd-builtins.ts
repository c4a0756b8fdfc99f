import type { Analysis, Place } from '../analysis.ts';
import type { Effect } from '../effect.ts';
import { joinPath } from '../files/path.ts';
import type { Input } from '../invocation.ts';
import { isKnown, knownWord, textOf, type Word } from '../shell/word.ts';
import { noteCopy, noteLink, reachedThroughLinks } from './follow.ts';
import { folderAfter, type CmdState } from './cmd-state.ts';
import { changePaths, changeWholes, contentsOf, landings, pathsOfItem, withWildcards } from './paths.ts';
import { cutWord, nameWord, textItem } from './values.ts';

/** One call of a command of cmd.exe itself. */
export interface CmdCall {
  /** In lower case. */
  readonly name: string;
  /** What stands behind the name, quotes included. */
  readonly line: Word;
  /** The same in words, quotes taken out. */
  readonly words: readonly Word[];
  readonly state: CmdState;
  readonly input: Input | undefined;
  readonly place: Place;
  /** With a disk of Windows paths. */
  readonly analysis: Analysis;
  /** With this machine's disk, and what the text has done to it. */
  readonly whole: Analysis;
  report(effects: readonly Effect[]): void;
  /** Runs a command line in the same place. */
  run(line: Word): Input | undefined;
}

type CmdBuiltin = (call: CmdCall) => Input | undefined;

const silent: Input = { text: '', known: true };

/** A command's page. */
function docsOf(command: string): string {
  return `https://learn.microsoft.com/windows-server/administration/windows-commands/${command}`;
}

/** Commands of cmd.exe itself, by name. */
export const cmdBuiltins: ReadonlyMap<string, CmdBuiltin> = new Map<string, CmdBuiltin>([
  ['del', deleteFiles],
  ['erase', deleteFiles],
  ['rd', removeFolder],
  ['rmdir', removeFolder],
  ['copy', copyFiles],
  ['move', moveFiles],
  ['cd', changeFolder],
  ['chdir', changeFolder],
  ['pushd', changeFolder],
  ['popd', changeFolder],
  ['set', setVariable],
  ['echo', (call) => ({ text: `${call.line.text.replace(/^[\s.,:;([/+]/, '')}\r\n`, known: isKnown(call.line) })],
  ['type', typeFiles],
  ['mklink', makeLink],
  ['call', callCommand],
  ['start', startProgram],
  ...['md', 'mkdir', 'ren', 'rename', 'dir', 'cls', 'exit', 'goto', 'title', 'ver', 'vol', 'verify', 'pause', 'prompt', 'path', 'rem', 'setlocal', 'endlocal', 'shift', 'assoc', 'ftype', 'color', 'date', 'time', 'break', 'if', 'for'].map((name): [string, CmdBuiltin] => [name, () => undefined]),
]);

/** The letters of switches, `/s/q` and `/a:h` included, and the words that are none. */
function parted(words: readonly Word[]): { readonly switches: ReadonlySet<string>; readonly operands: readonly Word[] } {
  const switches = new Set<string>();
  const operands: Word[] = [];
  for (const word of words) {
    if (!/^\/-?[a-z?]/i.test(word.text) || !isKnown(word)) operands.push(word);
    else for (const part of word.text.split('/')) if (part !== '') switches.add(part.toLowerCase().replace(/:.*$/, ''));
  }
  return { switches, operands };
}

/** del: files, and with `/s` those of the same name in every folder below. A folder stands for the files in it. */
function deleteFiles(call: CmdCall): Input {
  const { switches, operands } = parted(call.words);
  if (switches.has('?')) return silent;
  const deep = switches.has('s');
  const items = operands.map((word) => {
    const path = withWildcards(everyName(word));
    return textItem(path.globs.length === 0 && isFolder(path, deep, call) ? contentsOf(path) : path, deep);
  });
  const named = items.flatMap((item) => pathsOfItem(item, call.place, call.analysis));
  const words = [...named, ...reachedThroughLinks(named, false, call.state.cwd, call.whole)];
  call.report(changePaths(words, { verb: 'delete', recursive: deep, rule: 'cmd/del', docs: docsOf('del'), saferWay: 'Move the files aside, or commit them first.' }, call.place, call.analysis));
  return silent;
}

/** `*.*` takes names without a dot as well. */
function everyName(word: Word): Word {
  const name = nameWord(word);
  return name.text === '*.*' && word.text.endsWith('*.*') ? cutWord(word, 0, word.text.length - 2) : word;
}

function isFolder(word: Word, deep: boolean, { analysis, place }: CmdCall): boolean {
  const path = textOf(word);
  if (analysis.world.sighted && path !== undefined && place.cwd !== undefined) return analysis.world.stat(joinPath(place.cwd, path, 'windows'))?.kind === 'folder';
  return deep && !/\.\w{1,10}$/.test(word.text);
}

/** rd: without `/s` it only takes folders that hold nothing. */
function removeFolder(call: CmdCall): Input {
  const { switches, operands } = parted(call.words);
  if (!switches.has('s') || switches.has('?')) return silent;
  // rd takes no wildcards itself, but what a loop or another program puts here may hold some.
  const words = operands.map(withWildcards);
  call.report(changePaths([...words, ...reachedThroughLinks(words, false, call.state.cwd, call.whole)], { verb: 'delete', recursive: true, rule: 'cmd/rd', docs: docsOf('rd'), saferWay: 'Move the folder aside, and put its whole path in plain double quotes.' }, call.place, call.analysis));
  return silent;
}

/** https://learn.microsoft.com/windows-server/administration/windows-commands/mklink */
function makeLink(call: CmdCall): Input {
  const { switches, operands } = parted(call.words);
  const [link, target] = operands;
  if (link && target && !switches.has('h')) noteLink(link, target, call.state.cwd, call.whole);
  return silent;
}

function copyFiles(call: CmdCall): Input {
  const { switches, operands } = parted(call.words);
  if (switches.has('-y') || switches.has('?')) return silent;
  const files = operands.filter((word) => word.text !== '+');
  const destination = files.length > 1 ? files.at(-1) : knownWord('.');
  if (!destination || files.length === 0) return silent;
  const sources = files.length > 1 ? files.slice(0, -1) : files;
  overwrite('cmd/copy', 'copy', sources, destination, call);
  if (sources.length === 1 && sources[0]) noteCopy(sources[0], destination, call.state.cwd, call.whole);
  return silent;
}

function moveFiles(call: CmdCall): Input {
  const { switches, operands } = parted(call.words);
  const destination = operands.at(-1);
  if (!destination || operands.length < 2 || switches.has('?')) return silent;
  const sources = operands.slice(0, -1);
  call.report(changeWholes(sources, { rule: 'cmd/move', docs: docsOf('move'), says: 'Moves away' }, call.place, call.analysis));
  if (!switches.has('-y')) overwrite('cmd/move', 'move', sources, destination, call);
  return silent;
}

function overwrite(rule: string, command: string, sources: readonly Word[], destination: Word, call: CmdCall): void {
  const replaced = landings(sources.map(withWildcards), destination, call.place, call.analysis).filter((word) => !/^nul$/i.test(word.text));
  call.report(changePaths(replaced, { verb: 'overwrite', recursive: false, rule, docs: docsOf(command), saferWay: 'Choose another name, or answer /-y.' }, call.place, call.analysis));
}

function changeFolder(call: CmdCall): Input {
  const { state } = call;
  if (call.name === 'popd') {
    state.cwd = state.stack.pop();
    return silent;
  }
  // The whole rest of the line is the path, blanks included.
  const start = /^\s*(?:\/d\b)?\s*/i.exec(call.line.text)?.[0].length ?? 0;
  const quoted = cutWord(call.line, start, call.line.text.length);
  const target = /^"[^"]*"?\s*$/.test(quoted.text) ? (call.words.at(-1) ?? quoted) : cutWord(quoted, 0, quoted.text.trimEnd().length);
  if (call.name === 'pushd') state.stack.push(state.cwd);
  if (target.text !== '') state.cwd = folderAfter(target, state);
  return silent;
}

/** `set NAME=value`, `set "NAME=value"`; asked for or computed values are not known. */
function setVariable(call: CmdCall): Input {
  const text = call.line.text.trim();
  const asked = /^\/[ap]\b/i.test(text);
  const pair = /^"?([^="]+)=([^"]*)"?/.exec(asked ? text.slice(2).trim() : text);
  if (pair) call.state.pending.set((pair[1] ?? '').trim().toLowerCase(), asked || !isKnown(call.line) || pair[2] === '' ? undefined : (pair[2] ?? ''));
  return silent;
}

const maxRead = 64 * 1024;

function typeFiles(call: CmdCall): Input | undefined {
  const { analysis, place } = call;
  const path = textOf(call.words[0]);
  if (path === undefined || call.words.length > 1 || !analysis.world.sighted || place.cwd === undefined) return undefined;
  const text = analysis.world.read(joinPath(place.cwd, path, 'windows'), maxRead);
  return text === undefined ? undefined : { text, known: true };
}

function callCommand(call: CmdCall): Input | undefined {
  const line = cutWord(call.line, /^\s*/.exec(call.line.text)?.[0].length ?? 0, call.line.text.length);
  // A label of the same text, whose lines are looked at anyway.
  return line.text.startsWith(':') || line.text === '' ? undefined : call.run(line);
}

/** `start "title" /wait program words`: the first quoted word is the window's title. */
function startProgram(call: CmdCall): Input | undefined {
  const own = /^\s*(?:"[^"]*"\s*)?(?:\/d\s+(?:"[^"]*"|\S+)\s*|\/[a-z]+(?:\s+0x[0-9a-f]+)?\s*)*/i.exec(call.line.text)?.[0].length ?? 0;
  const line = cutWord(call.line, own, call.line.text.length);
  return line.text === '' ? undefined : call.run(line);
}
