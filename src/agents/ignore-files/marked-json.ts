import { findNodeAtLocation, type Node } from 'jsonc-parser';
import { UnreadableConfig } from '../adapter.ts';
import { body, checkedTree } from '../hook-entries.ts';
import { commaAfter, indentAt, styleOf } from '../json-edit.ts';

/** A list or an object of a JSON file in which our entries stand between two markers that are entries themselves. */
export interface MarkedPlace {
  readonly path: readonly [string, ...string[]];
  readonly kind: 'array' | 'object';
  /** An entry for a marker's name. */
  readonly marker: (name: string) => string;
  /** An entry as it is written: an item of a list, or a key with its value. */
  readonly written: (entry: string) => string;
}

const BEGIN = 'interlock-begin';
const END = 'interlock-end';
/** Added to the first marker: what was made for our entries and goes with them. */
const MADE = ['', '-with-list', '-with-section', '-with-object', '-with-file'] as const;
type Made = (typeof MADE)[number];

/** Our entries: which children of the container they are, markers included. */
interface Ours {
  readonly container: Node;
  readonly first: number;
  readonly last: number;
  readonly made: Made;
}

/**
 * The text with our entries at the end of the place, everything else byte for byte as it was.
 * @throws UnreadableConfig where the text is not JSON, has something else in the place, or only one of the markers
 */
export function withMarked(text: string | undefined, place: MarkedPlace, entries: readonly string[]): string {
  const source = text === undefined ? '' : body(text);
  const mark = text === undefined ? '' : text.slice(0, text.length - source.length);
  if (source.trim() === '') return mark + source + fresh(place, entries, text === undefined ? '-with-file' : '-with-object');
  const ours = oursIn(source, place);
  if (ours) return same(entriesOf(ours), entries) ? (text as string) : mark + replaced(source, place, ours, entries);
  return mark + added(source, place, entries);
}

/** The text without our entries and without what was made for them; undefined where that is the whole file. Throws as `withMarked`. */
export function withoutMarked(text: string, place: MarkedPlace): string | undefined {
  const source = body(text);
  const mark = text.slice(0, text.length - source.length);
  const ours = source.trim() === '' ? undefined : oursIn(source, place);
  if (!ours) return text;
  const without = mark + cut(source, ours.container, ours.first, ours.last);
  const rest = levels(ours.made, place).reduce((edited, depth) => withoutEmpty(edited, place.path.slice(0, depth)), without);
  const made = ours.made === '-with-file' || ours.made === '-with-object';
  if (!made || (checkedTree(body(rest)).children ?? []).length > 0 || /[^\s{}]/.test(body(rest))) return rest;
  return ours.made === '-with-file' ? undefined : rest.slice(0, rest.indexOf('{'));
}

/** Our entries in a text, markers left out; undefined where there are none. Throws as `withMarked`. */
export function markedIn(text: string, place: MarkedPlace): readonly string[] | undefined {
  const source = body(text);
  const ours = source.trim() === '' ? undefined : oursIn(source, place);
  return ours && entriesOf(ours);
}

/** How much of the path was made, deepest first. */
function levels(made: Made, { path }: MarkedPlace): readonly number[] {
  const from = made === '' ? path.length + 1 : made === '-with-list' ? path.length : 1;
  return path.map((_, at) => at + 1).filter((depth) => depth >= from).toReversed();
}

function oursIn(source: string, place: MarkedPlace): Ours | undefined {
  const container = containerIn(source, place);
  if (container === undefined) return undefined;
  const names = (container.children ?? []).map(nameOf);
  const begins = MADE.map((made) => names.indexOf(place.marker(BEGIN + made)));
  const which = begins.findIndex((at) => at >= 0);
  const first = begins[which] ?? -1;
  const last = names.indexOf(place.marker(END));
  const markers = names.filter((name) => name === place.marker(END) || MADE.some((made) => name === place.marker(BEGIN + made)));
  if (markers.length === 0) return undefined;
  if (markers.length !== 2 || first < 0 || last < first) throw new UnreadableConfig(`The entries “${BEGIN}” and “${END}” in "${place.path.join('.')}" no longer belong together. Take out what is left of them first; nothing was changed.`);
  return { container, first, last, made: MADE[which] ?? '' };
}

function entriesOf({ container, first, last }: Ours): readonly string[] {
  return (container.children ?? []).slice(first + 1, last).map((node) => nameOf(node) ?? '');
}

/** An item's text or a property's key. */
function nameOf(node: Node): string | undefined {
  const value: unknown = node.type === 'property' ? node.children?.[0]?.value : node.value;
  return typeof value === 'string' ? value : undefined;
}

/** The place's node; undefined where there is none yet. */
function containerIn(source: string, { path, kind }: MarkedPlace): Node | undefined {
  const tree = checkedTree(source);
  for (let depth = 1; depth <= path.length; depth += 1) {
    const node = findNodeAtLocation(tree, path.slice(0, depth));
    if (node === undefined) return undefined;
    const wanted = depth === path.length ? kind : 'object';
    if (node.type !== wanted) throw new UnreadableConfig(`"${path.slice(0, depth).join('.')}" is not ${wanted === 'array' ? 'a list' : 'an object'}, so nothing can be added to it.`);
    if (node.type === 'object') refuseTwice(node, path.slice(0, depth));
  }
  return findNodeAtLocation(tree, [...path]);
}

function refuseTwice(node: Node, path: readonly string[]): void {
  const keys = (node.children ?? []).map(nameOf);
  if (new Set(keys).size < keys.length) throw new UnreadableConfig(`"${path.join('.')}" has a key twice, and the agent would read only one of them. Remove one first; nothing was changed.`);
}

/** A whole object that holds nothing but our entries. */
function fresh(place: MarkedPlace, entries: readonly string[], made: Made): string {
  const text = `{\n  ${nested(place, 0, entries, made, '  ', '  ', '\n')}\n}`;
  return made === '-with-file' ? `${text}\n` : text;
}

/** The key at a depth of the path with everything below it. */
function nested(place: MarkedPlace, depth: number, entries: readonly string[], made: Made, indent: string, unit: string, eol: string): string {
  const key = `${JSON.stringify(place.path[depth])}: `;
  if (depth < place.path.length - 1) return `${key}{${eol}${indent}${unit}${nested(place, depth + 1, entries, made, indent + unit, unit, eol)}${eol}${indent}}`;
  const [open, close] = place.kind === 'array' ? '[]' : '{}';
  const members = membersOf(place, entries, made).map((member) => `${eol}${indent}${unit}${member}`);
  return `${key}${open}${members.join(',')}${eol}${indent}${close}`;
}

function membersOf({ marker, written }: MarkedPlace, entries: readonly string[], made: Made): readonly string[] {
  return [marker(BEGIN + made), ...entries, marker(END)].map(written);
}

function added(source: string, place: MarkedPlace, entries: readonly string[]): string {
  const there = containerIn(source, place);
  const tree = checkedTree(source);
  let depth = there ? place.path.length : place.path.length - 1;
  while (depth > 0 && findNodeAtLocation(tree, place.path.slice(0, depth)) === undefined) depth -= 1;
  const container = depth === 0 ? tree : (findNodeAtLocation(tree, place.path.slice(0, depth)) as Node);
  const { unit, eol } = styleOf(source);
  const last = container.children?.at(-1);
  const indent = last === undefined || !source.slice(container.offset, last.offset).includes('\n') ? indentAt(source, container.offset) + unit : indentAt(source, last.offset);
  const made = depth === place.path.length ? '' : depth === place.path.length - 1 ? '-with-list' : '-with-section';
  const members = made === '' ? membersOf(place, entries, made) : [nested(place, depth, entries, made, indent, unit, eol)];
  const text = members.map((member) => `${eol}${indent}${member}`).join(',');
  const at = last === undefined ? container.offset + 1 : last.offset + last.length;
  return source.slice(0, at) + (last === undefined ? '' : ',') + text + source.slice(at);
}

function replaced(source: string, place: MarkedPlace, { container, first, last, made }: Ours, entries: readonly string[]): string {
  const children = container.children ?? [];
  const from = (children[first] as Node).offset;
  const to = (children[last] as Node).offset + (children[last] as Node).length;
  const { eol } = styleOf(source);
  return source.slice(0, from) + membersOf(place, entries, made).join(`,${eol}${indentAt(source, from)}`) + source.slice(to);
}

/** The text without some neighbouring children of a container, with the comma that goes with them. */
function cut(source: string, container: Node, first: number, last: number): string {
  const children = container.children ?? [];
  const end = (children[last] as Node).offset + (children[last] as Node).length;
  const before = children[first - 1];
  if (before !== undefined) return source.slice(0, before.offset + before.length) + source.slice(end);
  const comma = commaAfter(source, children[last] as Node);
  return source.slice(0, container.offset + 1) + source.slice(comma === undefined ? end : comma + 1);
}

/** The text without the property at the end of a path, where nothing is left in it. */
function withoutEmpty(text: string, path: readonly string[]): string {
  const source = body(text);
  const mark = text.slice(0, text.length - source.length);
  const tree = checkedTree(source);
  const node = findNodeAtLocation(tree, [...path]);
  if (node === undefined || (node.children?.length ?? 0) > 0 || /[^\s[\]{}]/.test(source.slice(node.offset, node.offset + node.length))) return text;
  const holder = path.length === 1 ? tree : (findNodeAtLocation(tree, path.slice(0, -1)) as Node);
  const at = (holder.children ?? []).findIndex((property) => nameOf(property) === path.at(-1));
  return mark + cut(source, holder, at, at);
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((entry, at) => entry === b[at]);
}
