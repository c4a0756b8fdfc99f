import type { Analysis, CodeLanguage, Database, Place } from '../analysis.ts';
import { sliceWord } from '../call.ts';
import type { Effect } from '../effect.ts';
import { guardChanges, pathEffects, writeEffects } from '../files/path-effects.ts';
import { joinPath } from '../files/path.ts';
import { gateEffectsOfCode } from '../guards/gate.ts';
import { placed } from '../placed.ts';
import { codeReadEffects } from '../secrets/shell-reads.ts';
import { isKnown, type Word } from '../shell/word.ts';
import { looksLikeSql } from '../sql/classify.ts';
import { callsIn, type CodeCall } from './calls.ts';
import { bareMethods, dataEffect } from './data-calls.ts';
import { databaseOf } from './databases.ts';
import { evaluate, filled, type Context } from './evaluate.ts';
import { isMark, isName, programOf, type Program, type Range } from './program.ts';
import { requestsOf } from './requests.ts';
import { canonicalCall, scopeOf } from './scope.ts';
import { runLine, runWords } from './spawned.ts';
import { javascript } from './tables/javascript.ts';
import type { CodeTable, FunctionKind } from './tables/kinds.ts';
import { perl } from './tables/perl.ts';
import { php } from './tables/php.ts';
import { python } from './tables/python.ts';
import { ruby } from './tables/ruby.ts';
import { textOfValue, wordsOf, writtenText, type Value } from './value.ts';

const tables: Readonly<Record<CodeLanguage, CodeTable>> = { python, javascript, ruby, perl, php };
const barewords: Readonly<Record<CodeLanguage, ReadonlySet<string>>> = {
  python: new Set(), javascript: new Set(), php: new Set(),
  ruby: new Set([...Object.keys(ruby.functions), ...bareMethods]),
  perl: new Set(Object.keys(perl.functions)),
};
const maxEffects = 50;

/**
 * What a program text would do: its calls that delete, overwrite, spawn, send or query. Strings that reach such a call are
 * handed to whoever reads them; arguments nobody can know only count where the call itself destroys.
 */
export function analyseCode(language: CodeLanguage, text: string, place: Place, analysis: Analysis): readonly Effect[] {
  const program = programOf(language, text);
  analysis.spend(1 + Math.ceil(program.tokens.length / 4));
  const calls = callsIn(program, barewords[language]);
  const scope = scopeOf(program, calls);
  const context: Context = { program, scope, env: place.env, home: analysis.home, cwd: place.cwd, spend: () => analysis.spend(0.05), known: new Map() };
  let database: Database | undefined;
  const reading: Reading = {
    database: () => (database ??= databaseOf(program, context)),
    context,
    analysis, program, place, table: tables[language],
  };
  const effects = [...gateEffectsOfCode(text, analysis), ...commandEffects(reading), ...program.inner.flatMap((inner) => analysis.code(language, inner, place)), ...callEffects(calls, reading)];
  return effects.slice(0, maxEffects).map((effect) => placed(effect, place));
}

/** One program text being looked into. */
interface Reading {
  readonly analysis: Analysis;
  readonly program: Program;
  readonly place: Place;
  readonly table: CodeTable;
  readonly context: Context;
  /** Where the text's queries go; looked for once, when first asked. */
  readonly database: () => Database;
}

/** Backticks and their like. */
function commandEffects({ program, place, analysis, context }: Reading): readonly Effect[] {
  return program.tokens.flatMap((token) => (token.kind === 'command' && token.value ? filled(token.value, context).flatMap((word) => runLine(word, place, analysis)) : []));
}

function callEffects(calls: readonly CodeCall[], reading: Reading): readonly Effect[] {
  const effects: Effect[] = [];
  let cwd = reading.place.cwd;
  for (const call of calls) {
    const name = canonicalCall(call, reading.program, reading.context.scope);
    const kind = kindOf(name, call, reading.table);
    const here: Reading = { ...reading, place: { ...reading.place, cwd }, context: { ...reading.context, cwd } };
    if (kind?.does === 'chdir') cwd = folderAfter(call, here);
    else effects.push(...(kind ? effectsOf(kind, name, call, here) : []), ...otherEffects(name, call, here, kind));
    if (effects.length > maxEffects) break;
  }
  return effects;
}

function kindOf(name: string, call: CodeCall, { functions, methods }: CodeTable): FunctionKind | undefined {
  const lastTwo = name.split('.').slice(-2).join('.');
  for (const key of [name, lastTwo]) if (Object.hasOwn(functions, key)) return functions[key];
  const isMethod = call.receiver !== undefined || name !== call.method;
  return isMethod && Object.hasOwn(methods, call.method) ? methods[call.method] : undefined;
}

function folderAfter(call: CodeCall, { context, place, analysis }: Reading): string | undefined {
  const folder = call.args[0] ? textOfValue(evaluate(call.args[0], context)) : undefined;
  return folder === undefined || place.cwd === undefined ? undefined : joinPath(place.cwd, folder, analysis.world.platform);
}

function effectsOf(kind: FunctionKind, name: string, call: CodeCall, reading: Reading): readonly Effect[] {
  switch (kind.does) {
    case 'delete':
      return deleteEffects(kind, name, call, reading);
    case 'overwrite':
      return [...overwriteEffects(kind.path === 'receiver' ? call.receiver : call.args[kind.path], name, reading), ...movedAway(kind, call, reading)];
    case 'open': {
      const path = pathToOpen(kind, call, reading);
      const mode = modeOf(kind, call, reading);
      if (mode === 'read') return readEffects(call.args[kind.path] ?? call.args[1], reading);
      return mode === 'replace' ? overwriteEffects(path, name, reading) : guardChanges(knownWords(path, reading), {}, reading.place, reading.analysis);
    }
    case 'read':
      return readEffects(kind.path === 'receiver' ? call.receiver : call.args[kind.path], reading);
    case 'spawn':
      return spawnEffects(kind.as, call, reading);
    case 'evaluate':
      return evaluateEffects(name, call, reading);
    case 'send':
      return requestsOf(kind, call, reading.context).flatMap((request) => reading.analysis.http(request, reading.place));
    case 'query':
      return queryEffects(kind.text, call, reading);
    case 'chdir':
      return [];
  }
}

/** The arguments that are not named: paths, never options. */
function plainArguments(call: CodeCall, { program }: Reading): readonly Range[] {
  return call.args.filter((range) => !(program.tokens[range.from]?.kind === 'name' && isMark(program.tokens[range.from + 1], '=', ':')) && !isMark(program.tokens[range.from], '{'));
}

function deleteEffects(kind: FunctionKind & { does: 'delete' }, name: string, call: CodeCall, reading: Reading): readonly Effect[] {
  const { analysis, place, context, table } = reading;
  const recursive = kind.recursive || hasFlag('recursive', call, reading);
  if (kind.when !== undefined && !hasFlag(kind.when, call, reading)) return [];
  const ranges = kind.paths === 'receiver' ? (call.receiver ? [call.receiver] : []) : kind.paths === 'first' ? plainArguments(call, reading).slice(0, 1) : plainArguments(call, reading);
  const values = ranges.map((range) => evaluate(range, context));
  const words = values.filter((value) => !(value.kind === 'unknown' && value.uncalled)).flatMap(wordsOf);
  return pathEffects(words, { verb: 'delete', recursive, rule: 'code/delete', docs: table.docs, saferWay: `Print the paths ${name} would delete first.` }, place, analysis);
}

/** True when an option with that name is given and not off: `{ recursive: true }`, `recursive=True`. */
function hasFlag(flag: string, call: CodeCall, { program, context }: Reading): boolean {
  return call.args.some((range) => {
    const value = evaluate(range, context);
    if (value.kind === 'object') {
      const entry = value.entries.get(flag);
      return entry !== undefined && !(entry.kind === 'flag' && !entry.on);
    }
    return isName(program.tokens[range.from], flag) && isMark(program.tokens[range.from + 1], '=', ':') && !/^false$/i.test(program.tokens[range.from + 2]?.text ?? '');
  });
}

function overwriteEffects(range: Range | undefined, name: string, reading: Reading): readonly Effect[] {
  const { analysis, place, table } = reading;
  return writeEffects(knownWords(range, reading), { rule: 'code/overwrite', docs: table.docs, saferWay: `Write to a new file instead of replacing one with ${name}.` }, place, analysis);
}

/** A guard file that is renamed guards no more. */
function movedAway(kind: FunctionKind & { does: 'overwrite' }, call: CodeCall, reading: Reading): readonly Effect[] {
  return kind.path === 1 && /rename|move|replace|mv/.test(call.method) ? guardChanges(knownWords(call.args[0], reading), { recursive: true }, reading.place, reading.analysis) : [];
}

function knownWords(range: Range | undefined, { context }: Reading): readonly Word[] {
  return range ? wordsOf(evaluate(range, context)).filter((word) => isKnown(word)) : [];
}

/** Secret files whose content code takes. */
function readEffects(range: Range | undefined, { analysis, place, context }: Reading): readonly Effect[] {
  if (!range) return [];
  return wordsOf(evaluate(range, context)).flatMap((word) => codeReadEffects(modeless(word), place, analysis));
}

/** Perl's `open(F, '<.env')`. */
function modeless(word: Word): Word {
  const mode = /^\+?<\s*/.exec(word.text)?.[0].length ?? 0;
  return mode === 0 ? word : sliceWord(word, mode);
}

/** Perl's mode stands before the path, everybody else's behind it; `file_put_contents` replaces unless told to append. */
function modeOf(kind: FunctionKind & { does: 'open' }, call: CodeCall, { context, program, table }: Reading): 'replace' | 'add' | 'read' {
  const named = call.args.find((range) => isName(program.tokens[range.from], 'mode') && isMark(program.tokens[range.from + 1], '=', ':'));
  const range = named ? { from: named.from + 2, to: named.to } : call.args[kind.mode];
  if (call.method === 'file_put_contents') return program.tokens.slice(range?.from ?? 0, range?.to ?? 0).some((token) => token.text.endsWith('FILE_APPEND')) ? 'add' : 'replace';
  const mode = range ? textOfValue(evaluate(range, context)) : undefined;
  if (mode === undefined) return 'read';
  const [replaces, adds] = table === perl ? [/^\+?>(?!>)/, /^(?:>>|\+<)/] : [/^[a-z+]*w/i, /[ax+]/i];
  return replaces.test(mode) ? 'replace' : adds.test(mode) ? 'add' : 'read';
}

/** `open(my $f, '>x')` has both in one. */
function pathToOpen(kind: FunctionKind & { does: 'open' }, call: CodeCall, { table }: Reading): Range | undefined {
  return table === perl && call.args.length < 3 ? undefined : call.args[kind.path];
}

function spawnEffects(as: 'line' | 'list' | 'words', call: CodeCall, reading: Reading): readonly Effect[] {
  const { analysis, context } = reading;
  const place = { ...reading.place, cwd: folderOfSpawn(call, reading) };
  const args = plainArguments(call, reading);
  const first = args[0] ? evaluate(args[0], context) : undefined;
  if (!first) return [];
  if (first.kind === 'list') return runWords([...first.items, ...(as === 'words' ? args.slice(1).flatMap((range) => flattened(evaluate(range, context))) : [])], place, analysis);
  if (first.kind !== 'text') return args[0] ? foreignEffects(args[0], reading) : [];
  const rest = as === 'words' ? args.slice(1).map((range) => evaluate(range, context)) : [];
  if (rest.length > 0 && !hasShell(call, reading)) return runWords([first, ...rest.flatMap(flattened)], place, analysis);
  // `spawn('rm', ['-rf', x], { shell: true })` joins its words to a line.
  const lines = rest.length > 0 ? [first, ...rest.flatMap(flattened)].map((value) => writtenText(value) ?? '').join(' ') : undefined;
  return lines === undefined ? first.words.flatMap((word) => runLine(word, place, analysis)) : analysis.shell(lines, place);
}

function flattened(value: Value): readonly Value[] {
  return value.kind === 'list' ? value.items : value.kind === 'object' ? [] : [value];
}

function hasShell(call: CodeCall, reading: Reading): boolean {
  return hasFlag('shell', call, reading);
}

/** `cwd=…`, `{ cwd: … }`, `chdir: …`. */
function folderOfSpawn(call: CodeCall, { context, program, place, analysis }: Reading): string | undefined {
  for (const range of call.args) {
    const named = isName(program.tokens[range.from], 'cwd', 'chdir') && isMark(program.tokens[range.from + 1], '=', ':');
    const value = evaluate(named ? { from: range.from + 2, to: range.to } : range, context);
    const folder = named ? value : value.kind === 'object' ? value.entries.get('cwd') : undefined;
    if (!folder) continue;
    const text = textOfValue(folder);
    return text === undefined || place.cwd === undefined ? undefined : joinPath(place.cwd, text, analysis.world.platform);
  }
  return place.cwd;
}

/** Code in a string is read; code that is downloaded or decoded is code nobody looked into. */
function evaluateEffects(name: string, call: CodeCall, reading: Reading): readonly Effect[] {
  const { analysis, context, program, place } = reading;
  const range = call.args[name === 'Function' ? call.args.length - 1 : 0];
  if (!range || (name === 'eval' && program.language === 'perl')) return [];
  const value = evaluate(range, context);
  if (value.kind === 'text') return value.words.flatMap((word: Word) => (isKnown(word) ? analysis.code(program.language, word.text, place) : []));
  return foreignEffects(range, reading);
}

/** Calls that bring text from the network, and those that make it out of something unreadable. */
const downloading = /\b(?:requests|urlopen|httpx|fetch|axios|http_get|curl|Net::HTTP|LWP|file_get_contents\s*\(\s*['"]https?)\b/;
const decoding = /\b(?:\w*b(?:16|32|64|85)decode|base64_decode|decode_base64|decode64|decodebytes|decodestring|atob|fromhex|unhexlify|hex2bin|decompress|gunzipSync|inflateSync|gzinflate|gzuncompress|str_rot13|rot13|unpack1?)\b|['"]base64['"]/;

/** Text that runs although nobody can read it beforehand: it is downloaded or decoded. */
function foreignEffects(range: Range, { context, program }: Reading): readonly Effect[] {
  const text = textOfRange(range, program);
  const name = program.tokens[range.from];
  const bound = range.to === range.from + 1 && name?.kind === 'name' ? (context.scope.bindings.get(name.text) ?? []).slice(0, 8).map((binding) => textOfRange(binding.range, program)) : [];
  const texts = [text, ...bound];
  const downloaded = texts.some((each) => downloading.test(each));
  if (!downloaded && !texts.some((each) => decoding.test(each))) return [];
  return [{
    verb: 'runUnknown', resource: { kind: 'code', name: '' }, reversibility: 'irreversible', certainty: 'unknown', rule: downloaded ? 'code/downloaded' : 'code/decoded',
    why: `Runs ${downloaded ? 'code it downloads' : 'what it decodes'}, which nobody can see beforehand.`, saferWay: 'Save it to a file first, so that it can be read before it runs.', target: { by: 'path' },
  }];
}

function textOfRange(range: Range, program: Program): string {
  return program.text.slice(program.tokens[range.from]?.start ?? 0, program.tokens[range.to - 1]?.end ?? 0).slice(0, 4096);
}

function queryEffects(at: number, call: CodeCall, reading: Reading): readonly Effect[] {
  const { analysis, context, place } = reading;
  const range = plainArguments(call, reading)[at];
  if (!range) return [];
  const value = evaluate(range, context);
  const texts = (value.kind === 'list' ? value.items : [value]).flatMap((item) => (item.kind === 'text' ? item.words.map((word) => word.text) : []));
  return texts.filter(looksLikeSql).slice(0, 16).flatMap((text) => analysis.sql(text, reading.database(), place));
}

/** What no table names: ORM and cloud calls, and requests recognised by their arguments. */
function otherEffects(name: string, call: CodeCall, reading: Reading, kind: FunctionKind | undefined): readonly Effect[] {
  const { context, program, place, analysis } = reading;
  const first = call.args[0] && isWorthReading(name) ? evaluate(call.args[0], context) : undefined;
  const data = dataEffect(call, name, first, program, place.cwd ?? '');
  if (data) return [data];
  if (kind || !/^(?:delete|request|del)$/i.test(call.method) || call.args.length === 0) return [];
  const requests = requestsOf({ does: 'send', url: call.method === 'request' ? 1 : 0, options: call.method === 'request' ? 2 : 1, ...(call.method === 'request' ? {} : { method: 'DELETE' }) }, call, context);
  return requests.filter(({ url }) => isUrl(url)).flatMap((request) => analysis.http(request, place));
}

function isWorthReading(name: string): boolean {
  return /(?:delete|drop|remove|truncate|clear_?(?:objects|index))|\.sync(?:hronize)?$/i.test(name);
}

/** A method named like a verb of HTTP is only one where it is given an address. */
function isUrl(text: string): boolean {
  return /^https?:\/\//i.test(text) || /^(?:\$\{|\{|#\{|\$\w)[^\s]{1,200}\//.test(text);
}
