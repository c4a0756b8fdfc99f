import { guardVariable } from '../guards/variables.ts';
import type { Effect, Span } from '../effect.ts';
import type { PathChange } from '../files/path-effects.ts';
import { own } from '../own.ts';
import { isKnown, knownWord, textOf, type Word } from '../shell/word.ts';
import { noteFile } from './follow.ts';
import { registryEffect } from './registry.ts';
import { outlookItem, sendingEffects } from './outgoing.ts';
import { changePaths, changeWholes, contentsOf, landings, pathsOfItem, withoutWildcards } from './paths.ts';
import { innerPlace, placeOf, type Session } from './session.ts';
import { environmentValue, type State } from './state.ts';
import { concatenate, isKnownValue, joinPaths, joinValues, known, nameWord, parentWord, textItem, textOfValue, unknown, unknownFilled, wordsOf, type Item, type Value } from './values.ts';

const docs = {
  directory: 'https://learn.microsoft.com/dotnet/api/system.io.directory.delete',
  file: 'https://learn.microsoft.com/dotnet/api/system.io.file',
};

/** Where a member is used. */
interface Where {
  readonly session: Session;
  readonly state: State;
  readonly span: Span | undefined;
  readonly written: string;
}

/** A property of every item of a value. */
export function property(value: Value, name: string, where: Where): Value {
  const key = name.toLowerCase();
  return joinValues(value.map((item) => itemProperty(item, key, where)));
}

function itemProperty(item: Item, key: string, where: Where): Value {
  if (item.kind === 'table') return item.entries.get(key) ?? (key === 'values' ? joinValues([...item.entries.values()]) : unknown(where.written));
  if (item.kind === 'object') return ['fullname', 'path', 'name'].includes(key) ? item.made : unknown(where.written);
  if (item.kind !== 'text') return unknown(where.written);
  switch (key) {
    case 'fullname':
    case 'path':
    case 'pspath':
    case 'providerpath':
    case 'value':
      return [item];
    case 'name':
    case 'pschildname':
      return item.deep === true ? [item] : [textItem(nameWord(item.word))];
    case 'directory':
    case 'directoryname':
    case 'parent':
    case 'psparentpath':
      // What is found at any depth may lie in the folder itself.
      return [textItem(parentWord(item.word))];
    default:
      return isUnicodeName(key) ? known(key) : unknown(where.written);
  }
}

/** A method called on a value. */
export function callMember(value: Value, name: string, given: readonly Value[], where: Where): Value {
  const { session, state } = where;
  switch (name.toLowerCase()) {
    case 'delete':
      remove(value, { verb: 'delete', recursive: textOfValue(given[0])?.toLowerCase() === 'true', rule: 'powershell/dotnet-delete', docs: docs.directory }, where);
      return [];
    case 'deletefolder':
    case 'deletefile':
      remove(given[0] ?? [], { verb: 'delete', recursive: true, rule: 'powershell/dotnet-delete' }, where);
      return [];
    case 'invoke':
    case 'invokereturnasis':
      return joinValues(value.map((item) => invokeItem(item, where)));
    case 'invokescript':
    case 'addscript':
      runText(given[0] ?? [], where);
      return value;
    case 'foreach':
    case 'where': {
      const block = given[0]?.find((item) => item.kind === 'block');
      const output = block?.kind === 'block' ? session.statements(block.tokens, state, value) : [];
      return name.toLowerCase() === 'where' ? value : output;
    }
    case 'downloadfile':
      remove(given[1] ?? [], { verb: 'overwrite', recursive: false, rule: 'powershell/dotnet-overwrite' }, where);
      for (const word of wordsOf(given[1])) noteFile(word, state.cwd, undefined, false, session.analysis);
      return [];
    case 'deletesubkeytree':
    case 'deletesubkey':
    case 'deletevalue':
      session.report(wordsOf(given[0]).map((word) => registryEffect(word.text, where)));
      return [];
    case 'deleteasync':
      requestDelete(given[0] ?? [], where);
      return unknown(where.written);
    case 'run':
    case 'exec':
      return runLine(value, given[0] ?? [], where);
    case 'getfiles':
    case 'getdirectories':
    case 'enumeratefiles':
      return wordsOf(made(value)).map((word) => textItem(contentsOf(word)));
    case 'getstring':
      return decoded(value, given[0] ?? [], where);
    default:
      return otherMember(value, name.toLowerCase(), given, where);
  }
}

function otherMember(value: Value, name: string, given: readonly Value[], where: Where): Value {
  const sent = sendingEffects(value, name, given, where);
  if (sent) where.session.report(sent);
  return outlookItem(value, name) ?? textMethod(value, name, given) ?? unknown(where.written);
}

/** String methods on text that is known. */
function textMethod(value: Value, name: string, given: readonly Value[]): Value | undefined {
  if (name === 'tostring') return value;
  const text = textOfValue(value);
  if (text === undefined) return /^(?:trim|trimend|trimstart)$/.test(name) ? value : undefined;
  const [first, second] = given.map(textOfValue);
  switch (name) {
    case 'trim':
      return given.length === 0 ? known(text.trim()) : undefined;
    case 'trimend':
      return given.length === 0 ? known(text.trimEnd()) : known(withoutEnd(text, first ?? ''));
    case 'tolower':
    case 'toupper':
      return known(name === 'tolower' ? text.toLowerCase() : text.toUpperCase());
    case 'replace':
      return first !== undefined && first !== '' && second !== undefined && second.length <= first.length ? known(text.replaceAll(first, second)) : undefined;
    case 'substring':
      return first !== undefined && /^\d+$/.test(first) ? known(text.slice(Number(first), second === undefined ? undefined : Number(first) + Number(second))) : undefined;
    default:
      return undefined;
  }
}

function withoutEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text[end - 1] as string)) end--;
  return text.slice(0, end);
}

/** A static method or property of a class; `given` is undefined for a property. */
export function callStatic(type: string, name: string, given: readonly Value[] | undefined, where: Where): Value {
  const method = name.toLowerCase();
  const values = given ?? [];
  if (method === 'new') return newInstance(type, values, where);
  switch (type) {
    case 'io.file':
      return fileMethod(method, values, where);
    case 'io.directory':
      if (method === 'delete') remove(values[0] ?? [], { verb: 'delete', recursive: truthOf(values[1]), rule: 'powershell/dotnet-delete', docs: docs.directory, saferWay: 'Move the folder aside instead.' }, where);
      else if (method === 'getfiles' || method === 'getdirectories' || method.startsWith('enumerate')) return wordsOf(values[0]).map((word) => textItem(contentsOf(word)));
      else if (method === 'move') where.session.report(changeWholes(wordsOf(values[0]), { rule: 'powershell/dotnet-move', docs: docs.directory, says: 'Moves away' }, placeOf(where.session, where.state), where.session.analysis));
      return unknown(where.written);
    case 'microsoft.visualbasic.fileio.filesystem':
      if (method === 'deletedirectory' || method === 'deletefile') recycle(values, method === 'deletedirectory', where);
      return [];
    case 'io.path':
      return pathMethod(method, values, where);
    case 'environment':
      return environmentMethod(method, values, where);
    case 'convert':
      return method === 'frombase64string' ? bytesOf(values[0] ?? [], where) : unknown(where.written);
    case 'text.encoding':
    case 'io.filemode':
      return known(method);
    case 'type':
      return method === 'gettypefromprogid' ? newInstance(textOfValue(values[0])?.toLowerCase() ?? '', [], where) : unknownFilled(where.written);
    case 'activator':
      return method === 'createinstance' ? (values[0] ?? []) : unknownFilled(where.written);
    case 'runtime.interopservices.marshal':
      return method === 'getactiveobject' ? newInstance(textOfValue(values[0])?.toLowerCase() ?? '', [], where) : unknownFilled(where.written);
    case 'scriptblock':
    case 'net.webrequest':
    case 'net.httpwebrequest':
      return method === 'create' ? [{ kind: 'object', type, made: values[0] ?? [] }] : unknown(where.written);
    case 'diagnostics.process':
      if (method === 'start') startProcess(values, where);
      return [];
    default:
      return unknownFilled(where.written);
  }
}

/** An object of a class; some open the file they are made of, and empty it. */
export function newInstance(type: string, values: readonly Value[], where: Where): Value {
  const [path, how] = values;
  const empties = type === 'io.streamwriter' ? !truthOf(how) : type === 'io.filestream' && /^(?:\w+\.)*(?:create|truncate)$/i.test((textOfValue(how) ?? '').replace(/^.*::/, ''));
  if (empties && path) remove(path, { verb: 'overwrite', recursive: false, rule: 'powershell/dotnet-overwrite', docs: docs.file }, where);
  return [{ kind: 'object', type, made: joinValues(values) }];
}

function truthOf(value: Value | undefined): boolean {
  return value !== undefined && textOfValue(value)?.toLowerCase() !== 'false';
}

function made(value: Value): Value {
  return value.flatMap((item) => (item.kind === 'object' ? item.made : [item]));
}

function remove(value: Value, what: PathChange, where: Where): void {
  const { session, state } = where;
  const place = placeOf(session, state);
  const words = made(value).flatMap((item) => pathsOfItem(item, place, session.analysis));
  session.report(changePaths(words.map((word) => (word.globs.length > 0 ? word : withoutWildcards(word))), what, place, session.analysis));
}

function fileMethod(method: string, values: readonly Value[], where: Where): Value {
  const overwrite = (value: Value | undefined, content?: string): void => remove(value ?? [], { verb: 'overwrite', recursive: false, rule: 'powershell/dotnet-overwrite', docs: docs.file, content }, where);
  switch (method) {
    case 'delete':
      remove(values[0] ?? [], { verb: 'delete', recursive: false, rule: 'powershell/dotnet-delete', docs: docs.file, saferWay: 'Move the file aside instead.' }, where);
      return [];
    case 'writealltext':
    case 'writealllines':
    case 'writeallbytes':
      overwrite(values[0], concatenate(wordsOf(values[1]), '\n').text);
      for (const word of wordsOf(values[0])) noteFile(word, where.state.cwd, { text: `${concatenate(wordsOf(values[1]), '\n').text}\n`, known: isKnownValue(values[1] ?? []) }, false, where.session.analysis);
      return [];
    case 'open':
      if (/(?:^|::|\.)(?:create|truncate)$/i.test(textOfValue(values[1]) ?? '')) overwrite(values[0]);
      return unknown(where.written);
    case 'create':
    case 'createtext':
      overwrite(values[0]);
      return [];
    case 'copy':
    case 'move':
    case 'replace':
      // Without the third argument an existing file is left alone.
      if (method === 'replace' || truthOf(values[2])) replaceFile(values, where);
      return [];
    default:
      return unknown(where.written);
  }
}

function replaceFile(values: readonly Value[], where: Where): void {
  const { session, state } = where;
  const place = placeOf(session, state);
  const [destination] = wordsOf(values[1]);
  if (destination) session.report(changePaths(landings(wordsOf(values[0]), destination, place, session.analysis), { verb: 'overwrite', recursive: false, rule: 'powershell/dotnet-overwrite', docs: docs.file }, place, session.analysis));
}

/** https://learn.microsoft.com/dotnet/api/microsoft.visualbasic.fileio.filesystem.deletedirectory */
function recycle(values: readonly Value[], recursive: boolean, where: Where): void {
  if (values.slice(1).some((value) => textOfValue(value)?.toLowerCase() === 'sendtorecyclebin')) return;
  remove(values[0] ?? [], { verb: 'delete', recursive, rule: 'powershell/dotnet-delete', saferWay: 'Send it to the recycle bin instead (SendToRecycleBin).' }, where);
}

function pathMethod(method: string, values: readonly Value[], where: Where): Value {
  const [first, ...rest] = values.flatMap((value) => wordsOf(value));
  switch (method) {
    case 'combine':
    case 'join':
      return first ? [textItem(rest.reduce(joinPaths, first))] : [];
    case 'getfullpath':
      return first ? [textItem(first)] : [];
    case 'getdirectoryname':
      return first ? [textItem(parentWord(first))] : [];
    case 'getfilename':
      return first ? [textItem(nameWord(first))] : [];
    case 'gettemppath':
      return temporaryFolder(where.state.env);
    case 'gettempfilename':
      return joinValues([temporaryFolder(where.state.env).map((item) => (item.kind === 'text' ? textItem(joinPaths(item.word, knownWord('tmp'))) : item))]);
    default:
      return unknownFilled(where.written);
  }
}

function temporaryFolder(env: Readonly<Record<string, string>>): Value {
  const folder = environmentValue(env, 'TEMP') ?? environmentValue(env, 'TMPDIR');
  return folder === undefined ? unknownFilled('$env:TEMP') : known(folder);
}

function environmentMethod(method: string, values: readonly Value[], where: Where): Value {
  const { session, state } = where;
  const name = textOfValue(values[0])?.toLowerCase() ?? '';
  if (method === 'getenvironmentvariable') {
    const value = environmentValue(state.env, name);
    return value === undefined ? unknown(`$env:${name}`) : known(value);
  }
  if (method === 'setenvironmentvariable') session.report(guardVariable(name.toUpperCase(), textOfValue(values[1]) ?? '', where.span));
  if (method === 'currentdirectory') return state.cwd === undefined ? unknownFilled(where.written) : known(state.cwd);
  if (method !== 'getfolderpath') return unknownFilled(where.written);
  const home = session.analysis.home === undefined ? unknownFilled('$HOME') : known(session.analysis.home);
  const below: Readonly<Record<string, string>> = { userprofile: '', desktop: 'Desktop', mydocuments: 'Documents', personal: 'Documents', mypictures: 'Pictures', applicationdata: 'AppData/Roaming', localapplicationdata: 'AppData/Local' };
  const folder = own(below, name.replace(/^.*::/, ''));
  if (folder === undefined) return unknownFilled(where.written);
  return folder === '' ? home : wordsOf(home).map((word) => textItem(joinPaths(word, knownWord(folder))));
}

function bytesOf(value: Value, where: Where): Value {
  const text = textOfValue(value);
  if (text === undefined || text.length > 256 * 1024) return unknown(where.written);
  try {
    return [{ kind: 'bytes', bytes: atob(text) }];
  } catch {
    return unknown(where.written);
  }
}

function isUnicodeName(name: string): boolean {
  return /^(?:unicode|utf8|ascii|utf7|utf32|bigendianunicode|default|latin1)$/.test(name);
}

/** `[Text.Encoding]::Unicode.GetString(bytes)`. */
function decoded(encoding: Value, bytes: Value, where: Where): Value {
  const [item] = bytes;
  if (item?.kind !== 'bytes') return unknown(where.written);
  const wide = textOfValue(encoding)?.toLowerCase() === 'unicode';
  return known(new TextDecoder(wide ? 'utf-16le' : 'utf-8').decode(Uint8Array.from(item.bytes, (char) => char.charCodeAt(0))));
}

function invokeItem(item: Item, where: Where): Value {
  if (item.kind === 'block') return where.session.statements(item.tokens, where.state);
  if (item.kind === 'object' && item.type === 'scriptblock') runText(item.made, where);
  return unknown(where.written);
}

/** Text that is run as PowerShell; what nobody can see is said to be so. */
export function runText(value: Value, where: Where): void {
  const { session, state } = where;
  const word = concatenate(wordsOf(value), '\n');
  if (word.text.trim() !== '') session.nested(word.text, state);
  // What is no text here becomes one when it is run.
  const strange = value.some((item) => item.kind !== 'text' && item.kind !== 'block');
  if (strange || (!isKnown(word) && !isOwnWriting(word))) session.report([unseen(word, where)]);
}

/** What an installed program writes for the shell to run is as good as the program; what was fetched, read or decoded is not. */
function isOwnWriting({ text, holes }: Word): boolean {
  const inner = text.trim().replace(/^\$?\(+\s*&?\s*/, '');
  return holes.length === 1 && text.trim().startsWith('$(') && /^[\w./\\:'" -]{1,120}(?:init|hook|completions?|completion|activate|env|shell)\b/i.test(inner) && !/\b(?:iwr|irm|curl|wget|invoke-\w+|get-content|gc|cat|type|http\S*)\b/i.test(inner);
}

function unseen(word: Word, { span, state }: Where): Effect {
  return {
    verb: 'runUnknown', resource: { kind: 'command', name: word.text.slice(0, 120) }, reversibility: 'irreversible', certainty: 'unknown', rule: 'powershell/unseen-command',
    why: 'Runs text as PowerShell that nobody can see beforehand.', saferWay: 'Save it to a file first, so that it can be read before it runs.',
    target: { by: 'path' }, env: state.env, docs: 'https://learn.microsoft.com/powershell/scripting/learn/deep-dives/avoid-using-invoke-expression', ...(span ? { span } : {}),
  };
}

function requestDelete(url: Value, { session, state, span }: Where): void {
  session.report(session.analysis.http({ method: 'DELETE', url: concatenate(wordsOf(url)).text, headers: [], uploads: [] }, innerPlace(session, state, span)));
}

function startProcess(values: readonly Value[], { session, state, span }: Where): void {
  const [program] = wordsOf(values[0]);
  if (program) session.invoke([program, ...splitLine(wordsOf(values[1]))], state, undefined, span);
}

/** `(New-Object -ComObject WScript.Shell).Run('…')`: a command line as cmd.exe would take it. */
function runLine(value: Value, line: Value, { session, state, span, written }: Where): Value {
  const text = textOf(concatenate(wordsOf(line)));
  if (text !== undefined && value.some((item) => item.kind === 'object')) session.report(session.analysis.cmd(text, innerPlace(session, state, span)));
  return unknown(written);
}

/** The words of a command line given as one text; parts of it that are not known stay together. */
export function splitLine(words: readonly Word[]): readonly Word[] {
  return words.flatMap((word) => (isKnown(word) ? (word.text.match(/"[^"]*"?|[^\s"]+/g) ?? []).slice(0, 256).map((text) => knownWord(text.replaceAll('"', ''), word.span)) : [word]));
}
