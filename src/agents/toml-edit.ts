import { isDeepStrictEqual } from 'node:util';
import { parse } from 'smol-toml';
import * as z from 'zod/mini';
import { UnreadableConfig } from './adapter.ts';
import { body, mark } from './hook-entries.ts';

/**
 * Edits of TOML text that touch nothing but the lines they add or take away. A place that looks right may lie inside a comment or a text of
 * several lines, so a text counts only once it reads as what was there and the change: https://toml.io/en/v1.0.0
 */

type Values = Readonly<Record<string, string>>;

const Table = z.record(z.string(), z.unknown());
type Table = z.infer<typeof Table>;

const TABLE_LEFT = 'It cannot be changed without writing it anew. Change it yourself first; nothing was changed.';

/**
 * The text with the values in a table, those that it has already left as they are.
 * @throws UnreadableConfig when the text is not TOML or there is no safe place for them
 */
export function withTomlValues(text: string | undefined, path: readonly string[], values: Values): string {
  const source = body(text ?? '');
  const data = read(source);
  const known = tableAt(data, path);
  const missing = Object.fromEntries(Object.entries(values).filter(([name]) => known?.[name] === undefined));
  if (Object.keys(missing).length === 0) return text ?? '';
  const wanted = changed(data, path, (table) => ({ ...table, ...missing }));
  return mark(text) + firstThatReads(placesFor(source, path, missing), wanted);
}

/**
 * The text without the values that are still as we set them; the table goes with them where nothing else is in it.
 * @throws UnreadableConfig when the text is not TOML or they stand in a form that is not ours
 */
export function withoutTomlValues(text: string, path: readonly string[], values: Values): string {
  const source = body(text);
  const data = read(source);
  const known = tableAt(data, path);
  const ours = Object.fromEntries(Object.entries(values).filter(([name, value]) => known?.[name] === value));
  if (Object.keys(ours).length === 0) return text;
  const wanted = changed(data, path, (table) => Object.fromEntries(Object.entries(table).filter(([name]) => ours[name] === undefined)));
  return mark(text) + firstThatReads(textsWithout(source, path, ours), wanted);
}

/** True when each key of the table has a value, ours or a person's own. Throws as `withTomlValues`. */
export function hasTomlKeys(text: string, path: readonly string[], keys: readonly string[]): boolean {
  const table = tableAt(read(body(text)), path);
  return keys.every((key) => table?.[key] !== undefined);
}

function read(source: string): Table {
  try {
    return parse(source);
  } catch {
    throw new UnreadableConfig('The file is not valid TOML. Correct it first; nothing was changed.');
  }
}

function tableAt(data: Table, path: readonly string[]): Table | undefined {
  let here: unknown = data;
  for (const key of path) here = Table.safeParse(here).data?.[key];
  return Table.safeParse(here).data;
}

/** The data with another table at the end of the path; tables that hold nothing count for nothing. */
function changed(data: Table, [key, ...rest]: readonly string[], change: (table: Table) => Table): Table {
  if (key === undefined) return change(data);
  return { ...data, [key]: changed(Table.safeParse(data[key]).data ?? {}, rest, change) };
}

/** The first of the texts that reads as is wanted. */
function firstThatReads(texts: Iterable<string>, wanted: Table): string {
  for (const text of texts) {
    try {
      if (isDeepStrictEqual(pruned(parse(text)), pruned(wanted))) return text;
    } catch {
      // The place was not what it looked like.
    }
  }
  throw new UnreadableConfig(TABLE_LEFT);
}

/** Plain objects without tables that hold nothing, as what a table is made with says nothing of what is in it. */
function pruned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pruned);
  const table = value instanceof Date ? undefined : Table.safeParse(value).data;
  if (table === undefined) return value;
  return Object.fromEntries(Object.entries(table).map(([key, inner]): [string, unknown] => [key, pruned(inner)]).filter(([, inner]) => !isEmpty(inner)));
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date) && Object.keys(value).length === 0;
}

const written = (key: string, value: string): string => `${key} = ${JSON.stringify(value)}`;

/** Texts with the values: under the table's own head, as an inline table, with dotted keys, or as a table of its own at the end. */
function* placesFor(source: string, path: readonly string[], values: Values): Iterable<string> {
  const eol = source.includes('\r\n') ? '\r\n' : '\n';
  const block = (before: string): string => Object.entries(values).map(([name, value]) => written(before + name, value) + eol).join('');
  for (let depth = path.length; depth > 0; depth -= 1) {
    const below = path.slice(depth).map((key) => `${key}.`).join('');
    for (const { end, broken } of lines(source, headOf(path.slice(0, depth)))) yield `${source.slice(0, end)}${broken ? '' : eol}${block(below)}${source.slice(end)}`;
    yield* inlinePlaces(source, path[depth - 1] ?? '', path.slice(depth), values);
    if (depth === path.length) yield `${source}${source === '' || source.endsWith('\n') ? '' : eol}${source.trim() === '' ? '' : eol}[${path.join('.')}]${eol}${block('')}`;
  }
  yield block(`${path.join('.')}.`) + source;
}

/** After the brace of each inline table of this name. */
function* inlinePlaces(source: string, key: string, below: readonly string[], values: Values): Iterable<string> {
  const before = below.map((name) => `${name}.`).join('');
  const added = Object.entries(values).map(([name, value]) => written(before + name, value)).join(', ');
  for (const { index, 0: start } of source.matchAll(new RegExp(`(?<![\\w-])${key}[ \\t]*=[ \\t]*\\{`, 'g'))) {
    const at = index + start.length;
    const rest = source.slice(at);
    yield `${source.slice(0, at)} ${added}${/^\s*\}/.test(rest) ? (rest.startsWith('}') ? ' ' : '') : `,${rest.startsWith(' ') ? '' : ' '}`}${rest}`;
  }
}

/** Texts without the values, each in whichever form it was added; and then without a table's head that has nothing below it any more. */
function* textsWithout(source: string, path: readonly string[], values: Values): Iterable<string> {
  let left = source;
  for (const [name, value] of Object.entries(values)) {
    const text = escaped(written(name, value));
    const dotted = path.map((_, depth) => `${path.slice(depth).map(escaped).join('\\.')}\\.`).join('|');
    const forms = [new RegExp(`^[ \\t]*(?:${dotted})?${text}[ \\t]*(?:\\r?\\n|$)`, 'm'), new RegExp(`(?:${dotted})?${text}, ?`), new RegExp(`(?:, ?| )(?:${dotted})?${text}(?= ?[,}])`)];
    const form = forms.find((each) => each.test(left));
    if (form !== undefined) left = left.replace(form, '');
  }
  for (const { start, end } of lines(left, headOf(path))) {
    const after = left.slice(end);
    if (/^\s*(?:\[|$)/.test(after)) yield left.slice(0, start).replace(/(^|\r?\n)\r?\n$/, '$1') + after;
  }
  yield left;
}

/** The lines that fit. */
function* lines(source: string, pattern: string): Iterable<{ readonly start: number; readonly end: number; readonly broken: boolean }> {
  for (const { index, 0: line } of source.matchAll(new RegExp(`^[ \\t]*${pattern}[ \\t]*(?:#[^\\n]*)?(?:\\n|\\r\\n|$)`, 'gm'))) yield { start: index, end: index + line.length, broken: line.endsWith('\n') };
}

function headOf(path: readonly string[]): string {
  return `\\[[ \\t]*${path.map(escaped).join('[ \\t]*\\.[ \\t]*')}[ \\t]*\\]`;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
