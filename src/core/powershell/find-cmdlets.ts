import { isKnown, knownWord, textOf, type Word } from '../shell/word.ts';
import { joinPath, platformOf } from '../files/path.ts';
import { bind, isOn, type Parameters } from './parameters.ts';
import { contentsOf, diskPath, withoutWildcards, withWildcards } from './paths.ts';
import { placeOf, type CmdletCall } from './session.ts';
import { splitTokens } from './evaluate.ts';
import type { Token } from './tokenize.ts';
import { concatenate, joinPaths, joinValues, known, nameWord, parentWord, textItem, textOfValue, unknown, unknownFilled, wordsOf, type Item, type Value } from './values.ts';

const literalAliases = { lp: 'literalpath', pspath: 'literalpath' };
const childParameters: Parameters = { values: ['path', 'filter', 'literalpath', 'include', 'exclude', 'depth', 'attributes'], positions: 2, switches: ['recurse', 'force', 'name', 'directory', 'file', 'hidden', 'readonly', 'system', 'followsymlink'], aliases: { ...literalAliases, s: 'recurse', ad: 'directory', d: 'directory', af: 'file', h: 'hidden', ah: 'hidden' } };

/** Get-ChildItem: what a folder holds, narrowed to the names asked for. */
export function getChildItem(call: CmdletCall): Value {
  const bound = bind(call.given, childParameters);
  const literal = wordsOf(bound.values.get('literalpath')).map(withoutWildcards);
  const paths = [...wordsOf(bound.values.get('path') ?? (literal.length > 0 ? [] : call.input)), ...literal].map(diskPath);
  const patterns = wordsOf([...(bound.values.get('filter') ?? []), ...(bound.values.get('include') ?? [])]);
  const deep = isOn(bound, 'recurse') || bound.values.has('depth');
  return (paths.length > 0 ? paths : [knownWord('.')]).flatMap((path) => {
    const own = withWildcards(nameWord(path)).globs.length > 0 && !literal.includes(path);
    if (patterns.length > 0) return patterns.map((pattern) => textItem(withWildcards(joinPaths(own ? parentWord(path) : path, pattern)), deep));
    return [textItem(own ? withWildcards(path) : isFile(path, call) ? path : contentsOf(path), deep)];
  });
}

function isFile(word: Word, call: CmdletCall): boolean {
  const { world } = call.session.analysis;
  const path = textOf(word);
  return world.sighted && path !== undefined && call.state.cwd !== undefined && world.stat(joinPath(call.state.cwd, path.replaceAll('\\', '/'), world.platform))?.kind === 'file';
}

const pathParameters: Parameters = { values: ['path', 'literalpath', 'filter', 'include', 'exclude'], positions: 1, switches: ['force', 'relative'], aliases: literalAliases };

/** Get-Item, Resolve-Path, Convert-Path: the paths themselves. */
export function samePaths(call: CmdletCall): Value {
  const bound = bind(call.given, pathParameters);
  const named = wordsOf(bound.values.get('path')).map((word) => textItem(withWildcards(diskPath(word))));
  const literal = wordsOf(bound.values.get('literalpath')).map((word) => textItem(withoutWildcards(diskPath(word))));
  return named.length + literal.length > 0 ? [...named, ...literal] : (call.input ?? []);
}

const joinParameters: Parameters = { values: ['path', 'childpath', 'additionalchildpath'], positions: 3, switches: ['resolve'], aliases: literalAliases };

export function joinPathCmdlet(call: CmdletCall): Value {
  const bound = bind(call.given, joinParameters);
  const folders = wordsOf(bound.values.get('path') ?? call.input);
  const names = [...wordsOf(bound.values.get('childpath')), ...wordsOf(bound.values.get('additionalchildpath')), ...bound.rest.flatMap((value) => wordsOf(value))];
  return folders.map((folder) => textItem(names.reduce(joinPaths, folder)));
}

const splitParameters: Parameters = { values: ['path', 'literalpath'], positions: 1, switches: ['parent', 'leaf', 'leafbase', 'extension', 'qualifier', 'noqualifier', 'resolve', 'isabsolute'], aliases: literalAliases };

export function splitPathCmdlet(call: CmdletCall): Value {
  const bound = bind(call.given, splitParameters);
  const words = wordsOf(bound.values.get('path') ?? bound.values.get('literalpath') ?? call.input);
  if (isOn(bound, 'leaf')) return words.map((word) => textItem(nameWord(word)));
  if (isOn(bound, 'qualifier')) return words.map((word) => (/^[a-z]:/i.test(word.text) && isKnown(word) ? textItem(knownWord(word.text.slice(0, 2))) : { kind: 'text', word: concatenate(wordsOf(unknown(call.written))) }));
  return ['leafbase', 'extension', 'noqualifier', 'isabsolute'].some((name) => isOn(bound, name)) ? unknown(call.written) : words.map((word) => textItem(parentWord(word)));
}

/** Where-Object: one condition on the name or the ending narrows what a folder holds; any other lets all through. */
export function whereObject(call: CmdletCall): Value {
  const { session, state, input = [] } = call;
  const blocks = call.given.flatMap((argument) => (argument.kind === 'value' ? argument.value.filter((item) => item.kind === 'block') : argument.value ?? []));
  const [block] = blocks;
  if (block?.kind === 'block') session.statements(block.tokens, state, input);
  const pattern = block?.kind === 'block' ? patternOfBlock(block.tokens) : patternOfWords(call);
  if (pattern === undefined) return input;
  return input.map((item): Item => {
    if (item.kind !== 'text' || !/^[*.]+$/.test(nameWord(item.word).text)) return item;
    return textItem(withWildcards(joinPaths(parentWord(item.word), knownWord(pattern, item.word.span))), item.deep);
  });
}

/** `$_.Name -like '*.log'`, `$_.Extension -eq '.log'`; undefined for anything more. */
function patternOfBlock(tokens: readonly Token[]): string | undefined {
  const [statement, ...more] = splitTokens(tokens, '\n', ';');
  if (!statement || more.length > 0) return undefined;
  const [subject, member, operator, wanted, ...rest] = statement;
  if (subject?.kind !== 'variable' || !/^(?:_|psitem)$/i.test(subject.name) || member?.kind !== 'bare' || operator?.kind !== 'bare' || wanted?.kind !== 'string' || rest.length > 0) return undefined;
  const [part] = wanted.parts;
  return wanted.parts.length === 1 && part && 'text' in part ? patternOf(member.text.slice(1), operator.text.slice(1), part.text) : undefined;
}

/** `Where-Object Name -like *.log`. */
function patternOfWords(call: CmdletCall): string | undefined {
  const [name, operator, wanted] = call.given;
  if (call.given.length < 2 || call.given.length > 3 || name?.kind !== 'value' || operator?.kind !== 'parameter') return undefined;
  const text = textOfValue(operator.value ?? (wanted?.kind === 'value' ? wanted.value : undefined));
  return text === undefined ? undefined : patternOf(textOfValue(name.value) ?? '', operator.name, text);
}

function patternOf(member: string, operator: string, wanted: string): string | undefined {
  if (!/^(?:like|ilike|eq|ieq)$/i.test(operator) || /[\\/]/.test(wanted) || wanted === '') return undefined;
  if (/^name$/i.test(member)) return wanted;
  return /^extension$/i.test(member) && wanted.startsWith('.') ? `*${wanted}` : undefined;
}

const selectParameters: Parameters = { values: ['property', 'expandproperty', 'excludeproperty', 'first', 'last', 'skip', 'skiplast', 'index', 'inputobject'], positions: 1, switches: ['unique', 'wait'] };

/** Select-Object: the same things, or one of their properties. */
export function selectObject(call: CmdletCall): Value {
  const bound = bind(call.given, selectParameters);
  const expanded = textOfValue(bound.values.get('expandproperty'))?.toLowerCase();
  const input = call.input ?? [];
  if (expanded === 'name') return joinValues(input.map((item) => (item.kind === 'text' && item.deep !== true ? [textItem(nameWord(item.word))] : [item])));
  return expanded === 'directory' || expanded === 'directoryname' ? wordsOf(input).map((word) => textItem(parentWord(word))) : input;
}

/** Cmdlets that give on what they are given. */
export function passOn(call: CmdletCall): Value {
  return call.input ?? call.given.flatMap((argument) => (argument.kind === 'value' ? argument.value : (argument.value ?? [])));
}

export function getLocation(call: CmdletCall): Value {
  return call.state.cwd === undefined ? unknownFilled(call.written) : known(call.state.cwd);
}

const locationParameters: Parameters = { values: ['path', 'literalpath', 'stackname'], positions: 1, switches: ['passthru'], aliases: literalAliases };

/** Set-Location, Push-Location, Pop-Location. */
export function changeLocation(call: CmdletCall): Value {
  const { state, session } = call;
  if (call.name === 'pop-location') {
    state.cwd = state.stack.pop();
    return [];
  }
  const bound = bind(call.given, locationParameters);
  const [target] = wordsOf(bound.values.get('path') ?? bound.values.get('literalpath') ?? call.input);
  if (call.name === 'push-location') state.stack.push(state.cwd);
  if (!target) return [];
  const home = session.analysis.home;
  const text = textOf(target)?.replace(/^~(?=$|[\\/])/, () => home ?? '~');
  const absolute = text !== undefined && /^(?:[a-z]:|[\\/])/i.test(text);
  if (text === undefined || withWildcards(target).globs.length > 0 || text.startsWith('~') || (!absolute && state.cwd === undefined)) state.cwd = undefined;
  else {
    const windows = session.analysis.world.platform === 'windows' || /^(?:[a-z]:|\\\\)/i.test(text) || (state.cwd !== undefined && platformOf(state.cwd) === 'windows');
    state.cwd = joinPath(state.cwd ?? '', windows ? text : text.replaceAll('\\', '/'), windows ? 'windows' : 'posix');
  }
  return [];
}

const readParameters: Parameters = { values: ['path', 'literalpath', 'totalcount', 'tail', 'encoding', 'readcount', 'delimiter', 'stream', 'filter', 'include', 'exclude'], positions: 1, switches: ['raw', 'wait', 'force', 'asbytestream'], aliases: { ...literalAliases, first: 'totalcount', head: 'totalcount', last: 'tail' } };

const maxRead = 64 * 1024;

/** Get-Content: the lines of files that can be read. */
export function getContent(call: CmdletCall): Value {
  const bound = bind(call.given, readParameters);
  const { analysis } = call.session;
  const { cwd } = placeOf(call.session, call.state);
  const paths = wordsOf(bound.values.get('path') ?? bound.values.get('literalpath') ?? call.input);
  const text = paths.length === 1 && paths[0] && isKnown(paths[0]) && cwd !== undefined && analysis.world.sighted
    ? analysis.world.read(joinPath(cwd, paths[0].text.replaceAll('\\', '/'), analysis.world.platform), maxRead)
    : undefined;
  if (text === undefined || text.length >= maxRead) return unknown(`$(${call.written})`);
  if (isOn(bound, 'raw')) return known(text);
  return text.split(/\r?\n/).filter((line) => line !== '').slice(0, 500).map((line) => textItem(knownWord(line)));
}
