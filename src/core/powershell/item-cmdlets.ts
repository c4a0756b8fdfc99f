import type { Effect } from '../effect.ts';
import { appendEffects } from '../files/redirections.ts';
import { isSink } from '../files/places.ts';
import type { Input } from '../invocation.ts';
import { knownWord, type Word } from '../shell/word.ts';
import { noteCopy, noteFile, noteLink, reachedThroughLinks } from './follow.ts';
import { registryEffect } from './registry.ts';
import { bind, isOn, isRehearsal, type Bound, type Parameters } from './parameters.ts';
import { changePaths, changeWholes, diskPath, landings, pathsOfItem, providerOf, withoutWildcards, withWildcards } from './paths.ts';
import { found, placeOf, type CmdletCall } from './session.ts';
import { concatenate, isKnownValue, joinPaths, nameWord, parentWord, textItem, textOfValue, wordsOf, type Item, type Value } from './values.ts';

/** A cmdlet's pages stand below the module that holds it. */
function docsOf(cmdlet: string, module = 'management'): string {
  return `https://learn.microsoft.com/powershell/module/microsoft.powershell.${module}/${cmdlet}`;
}

const literalAliases = { lp: 'literalpath', pspath: 'literalpath' };
const filters = ['filter', 'include', 'exclude', 'credential'];
const itemParameters: Parameters = { values: ['path', 'literalpath', ...filters, 'stream'], positions: 1, switches: ['recurse', 'force'], aliases: literalAliases };

/** Words of cmd.exe and of Unix shells that stand where PowerShell expects a path. */
function isForeignSwitch({ text }: Word): boolean {
  return /^\/[a-z]$/i.test(text);
}

/** What a call's paths stand for: named ones with wildcards, literal ones without, and those of the pipeline. */
function itemsOf(call: CmdletCall, bound: Bound): readonly Item[] {
  const named = [...(bound.values.get('path') ?? []), ...bound.rest.flat()].map((item): Item => (item.kind === 'text' && item.deep !== true ? { ...item, word: withWildcards(diskPath(item.word)) } : item));
  const literal = (bound.values.get('literalpath') ?? []).map((item): Item => (item.kind === 'text' ? { ...item, word: withoutWildcards(diskPath(item.word)) } : item));
  const piped = named.length + literal.length > 0 ? [] : (call.input ?? []);
  return [...named, ...literal, ...piped].filter((item) => item.kind !== 'text' || !isForeignSwitch(item.word));
}

/** Items narrowed to the names that `-Include` or `-Filter` says. */
function narrowed(items: readonly Item[], bound: Bound, deep: boolean): readonly Item[] {
  const patterns = wordsOf([...(bound.values.get('include') ?? []), ...(bound.values.get('filter') ?? [])]);
  if (patterns.length === 0) return items;
  return items.flatMap((item) => {
    if (item.kind !== 'text') return [];
    const folder = item.word.globs.length > 0 ? parentWord(item.word) : item.word;
    return patterns.map((pattern) => textItem(withWildcards(joinPaths(folder, pattern)), deep));
  });
}

/** Remove-Item, which deletes files, registry keys and whatever else has a drive. */
export function removeItem(call: CmdletCall): Value {
  const bound = bind(call.given, itemParameters);
  if (isRehearsal(bound) || bound.values.has('stream')) return [];
  const { session, state } = call;
  const place = placeOf(session, state);
  const cluster = bound.strange.some((name) => /^[a-z]*r[a-z]*$/.test(name) && name.length <= 3);
  const all = itemsOf(call, bound);
  const fromCmd = [...(bound.values.get('path') ?? []), ...bound.rest.flat()].some((item) => item.kind === 'text' && /^\/s$/i.test(item.word.text));
  // Asked whether it may go on below a folder, PowerShell takes an answer from its input.
  const recursive = isOn(bound, 'recurse') || cluster || fromCmd || session.place.promptsAnswered === true;
  // Without -Recurse a folder that holds something stays, and these names are for folders.
  if (!recursive && /^(?:rd|rmdir)\b/i.test(call.written) && !session.analysis.world.sighted) return [];
  const items = narrowed(all, bound, recursive);
  // All that lies below a folder at any depth is as good as the folder.
  const deep = items.some((item) => item.kind === 'text' && item.deep === true && /^[*.]+$/.test(nameWord(item.word).text));
  session.report(removal(call, items.flatMap((item) => pathsOfItem(item, place, session.analysis)), recursive || deep));
  return [];
}

function removal(call: CmdletCall, words: readonly Word[], recursive: boolean): readonly Effect[] {
  const { session, state } = call;
  const elsewhere = words.flatMap((word) => providerOf(word) ?? []);
  const named = elsewhere.length === 0 ? words : words.filter((word) => providerOf(word) === undefined);
  const onDisk = recursive ? [...named, ...reachedThroughLinks(named, true, state.cwd, session.analysis)] : named;
  return [
    ...changePaths(onDisk, { verb: 'delete', recursive, rule: 'powershell/remove-item', docs: docsOf('remove-item'), saferWay: 'Look at it first with -WhatIf, or move it aside.' }, placeOf(session, state), session.analysis),
    ...elsewhere.filter((path) => path.provider !== 'session').map((path) => (path.provider === 'registry' ? registryEffect(path.path, call) : driveEffect(path.path, call))),
  ];
}

function driveEffect(path: string, call: CmdletCall): Effect {
  return {
    verb: 'delete', resource: { kind: 'item', name: path, provider: 'PowerShell drive' }, reversibility: 'irreversible', certainty: 'likely', rule: 'powershell/remove-item',
    why: `Deletes ${path} from the store behind that drive.`, saferWay: 'Look at it first with -WhatIf.', target: { by: 'path' }, docs: docsOf('remove-item'), ...found(call),
  };
}

/** Clear-Content: the file stays, its content goes. */
export function clearContent(call: CmdletCall): Value {
  const bound = bind(call.given, itemParameters);
  if (isRehearsal(bound)) return [];
  change(call, narrowed(itemsOf(call, bound), bound, false), 'truncate', 'powershell/clear-content', docsOf('clear-content'));
  return [];
}

function change(call: CmdletCall, items: readonly Item[], verb: 'overwrite' | 'truncate', rule: string, docs: string, content?: Input): void {
  const { session, state } = call;
  const place = placeOf(session, state);
  const words = items.flatMap((item) => pathsOfItem(item, place, session.analysis)).filter((word) => providerOf(word) === undefined && !isSink(word.text));
  session.report(changePaths(words, { verb, recursive: false, rule, docs, content: content?.text, saferWay: 'Write to a new file, or copy the old one first.' }, place, session.analysis));
  for (const word of words) noteFile(word, state.cwd, content, false, session.analysis);
}

const writeParameters: Parameters = { values: ['path', 'value', 'literalpath', 'encoding', 'stream', ...filters], positions: 2, switches: ['force', 'passthru', 'nonewline', 'asbytestream'], aliases: literalAliases };

export function setContent(call: CmdletCall): Value {
  const bound = bind(call.given, writeParameters);
  if (isRehearsal(bound) || bound.values.has('stream')) return [];
  change(call, targetsOf(bound), 'overwrite', 'powershell/set-content', docsOf('set-content'), contentOf(call, bound));
  return [];
}

/** Files a writing cmdlet names; what comes through the pipeline is its content. */
function targetsOf(bound: Bound): readonly Item[] {
  return [...(bound.values.get('path') ?? []), ...(bound.values.get('literalpath') ?? []), ...(bound.values.get('filepath') ?? [])].map((item) => (item.kind === 'text' ? { ...item, word: withWildcards(diskPath(item.word)) } : item));
}

function contentOf(call: CmdletCall, bound: Bound): Input {
  const value = bound.values.get('value') ?? bound.values.get('inputobject') ?? call.input ?? [];
  return { text: `${concatenate(wordsOf(value), '\n').text}\n`, known: isKnownValue(value) };
}

export function addContent(call: CmdletCall): Value {
  const bound = bind(call.given, writeParameters);
  if (!isRehearsal(bound)) append(call, targetsOf(bound), contentOf(call, bound));
  return [];
}

function append(call: CmdletCall, items: readonly Item[], content: Input): void {
  const { session, state } = call;
  const words = wordsOf(items).map((word) => ({ ...word, text: word.text.replaceAll('\\', '/') }));
  session.report(appendEffects(words, content.text, placeOf(session, state), session.analysis));
  for (const word of words) noteFile(word, state.cwd, content, true, session.analysis);
}

const outFileParameters: Parameters = { values: ['filepath', 'encoding', 'literalpath', 'inputobject', 'width'], positions: 2, switches: ['append', 'force', 'noclobber', 'nonewline'], aliases: { ...literalAliases, path: 'filepath' } };

export function outFile(call: CmdletCall): Value {
  const bound = bind(call.given, outFileParameters);
  if (isRehearsal(bound) || isOn(bound, 'noclobber')) return [];
  if (isOn(bound, 'append')) append(call, targetsOf(bound), contentOf(call, bound));
  else change(call, targetsOf(bound), 'overwrite', 'powershell/out-file', docsOf('out-file', 'utility'), contentOf(call, bound));
  return call.name === 'tee-object' ? (call.input ?? []) : [];
}

const exportParameters: Parameters = { values: ['path', 'delimiter', 'literalpath', 'encoding', 'depth', 'inputobject'], positions: 1, switches: ['append', 'force', 'noclobber', 'notypeinformation', 'useculture'], aliases: { ...literalAliases, nti: 'notypeinformation' } };

/** Export-Csv, Export-Clixml. */
export function exportFile(call: CmdletCall): Value {
  const bound = bind(call.given, exportParameters);
  if (!isRehearsal(bound) && !isOn(bound, 'noclobber') && !isOn(bound, 'append')) change(call, targetsOf(bound), 'overwrite', 'powershell/export', docsOf(call.name, 'utility'));
  return [];
}

const archiveParameters: Parameters = { values: ['path', 'destinationpath', 'literalpath', 'compressionlevel'], positions: 2, switches: ['force', 'update', 'passthru'], aliases: literalAliases };

/** Compress-Archive and Expand-Archive replace what is there only with `-Force`. */
export function archive(call: CmdletCall): Value {
  const bound = bind(call.given, archiveParameters);
  const targets = wordsOf(bound.values.get('destinationpath')).map((word) => withoutWildcards(diskPath(word)));
  if (isRehearsal(bound) || !isOn(bound, 'force')) return [];
  const docs = `https://learn.microsoft.com/powershell/module/microsoft.powershell.archive/${call.name}`;
  if (call.name === 'compress-archive') change(call, targets.map((word) => textItem(word)), 'overwrite', 'powershell/compress-archive', docs);
  else call.session.report(changeWholes(targets, { rule: 'powershell/expand-archive', docs, says: 'Unpacks an archive over', saferWay: 'Unpack it into an empty folder first.' }, placeOf(call.session, call.state), call.session.analysis));
  return [];
}

const newItemParameters: Parameters = { values: ['path', 'name', 'itemtype', 'value', 'credential'], positions: 1, switches: ['force'], aliases: { type: 'itemtype', target: 'value' } };

/** With `-Force` a new file takes the place of an old one; a folder that exists is left as it is. */
export function newItem(call: CmdletCall): Value {
  const bound = bind(call.given, newItemParameters);
  const type = textOfValue(bound.values.get('itemtype'))?.toLowerCase() ?? '';
  const [path, name] = [wordsOf(bound.values.get('path')), wordsOf(bound.values.get('name'))[0]];
  const items = path.length === 0 && name ? [textItem(name)] : path.map((word) => textItem(name ? joinPaths(word, name) : word));
  const isFile = type === '' ? call.name === 'new-item' : 'file'.startsWith(type);
  if (isOn(bound, 'force') && isFile && !isRehearsal(bound)) change(call, items, 'overwrite', 'powershell/new-item', docsOf('new-item'), { text: textOfValue(bound.values.get('value')) ?? '', known: true });
  const [target] = wordsOf(bound.values.get('value'));
  if (/^(?:junction|symboliclink)$/.test(type) && target) for (const word of wordsOf(items)) noteLink(word, target, call.state.cwd, call.session.analysis);
  return items;
}

const transferParameters: Parameters = { values: ['path', 'destination', 'literalpath', ...filters, 'tosession', 'fromsession'], positions: 2, switches: ['force', 'recurse', 'container', 'passthru'], aliases: literalAliases };

/** Copy-Item replaces a file of the same name, Move-Item only with `-Force`. */
export function transferItem(call: CmdletCall): Value {
  const bound = bind(call.given, transferParameters);
  if (isRehearsal(bound) || bound.values.has('tosession')) return [];
  const { session, state } = call;
  const place = placeOf(session, state);
  const sources = itemsOf(call, { ...bound, rest: [] }).flatMap((item) => pathsOfItem(item, place, session.analysis)).filter((word) => providerOf(word) === undefined);
  const [destination] = wordsOf(bound.values.get('destination')).map((word) => withoutWildcards(diskPath(word)));
  const moves = call.name === 'move-item';
  const rule = moves ? 'powershell/move-item' : 'powershell/copy-item';
  const docs = docsOf(call.name);
  if (moves) session.report(changeWholes(sources, { rule, docs, says: 'Moves away' }, place, session.analysis));
  if (destination && (!moves || isOn(bound, 'force'))) {
    const replaced = landings(sources.length > 0 ? sources : [knownWord('')], destination, place, session.analysis);
    session.report(changePaths(replaced, { verb: 'overwrite', recursive: false, rule, docs, saferWay: 'Choose another name, or copy the old file first.' }, place, session.analysis));
  }
  if (destination && sources.length === 1 && sources[0]) noteCopy(sources[0], destination, state.cwd, session.analysis);
  return destination ? sources.map((word) => textItem(joinPaths(destination, nameWord(word)))) : [];
}

const propertyParameters: Parameters = { values: ['path', 'name', 'literalpath', ...filters], positions: 2, switches: ['force'], aliases: literalAliases };

/** Remove-ItemProperty and Clear-ItemProperty: values in the registry. */
export function removeProperty(call: CmdletCall): Value {
  const bound = bind(call.given, propertyParameters);
  if (isRehearsal(bound)) return [];
  const path = wordsOf(bound.values.get('path') ?? bound.values.get('literalpath') ?? call.input)[0];
  const name = [path?.text ?? '', wordsOf(bound.values.get('name')).map((word) => word.text).join(', ')].filter((part) => part !== '').join(' · ');
  call.session.report([{
    verb: 'delete', resource: { kind: 'registry value', name, provider: 'Windows registry' }, reversibility: 'irreversible', certainty: 'certain', rule: 'powershell/registry',
    why: `Deletes the registry value ${name}.`, saferWay: 'Write down the old value first.', target: { by: 'path' }, docs: docsOf(call.name), ...found(call),
  }]);
  return [];
}
