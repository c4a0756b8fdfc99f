import { findNodeAtLocation, getNodeValue, parseTree, type Node, type ParseError } from 'jsonc-parser';
import { UnreadableConfig } from './adapter.ts';
import { append, remove, replace } from './json-edit.ts';

/** A list in an agent's configuration file, and the one entry that is to stand in it. */
export interface HookList {
  readonly path: readonly string[];
  readonly entry: unknown;
  /** True for the entry and for what earlier versions wrote in its place. */
  readonly isOurs: (entry: unknown) => boolean;
}

/** A key that must be there for the agent to read the file; it is left alone where it has a value. */
export interface RequiredKey {
  readonly path: readonly string[];
  readonly value: unknown;
}

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The text of a JSON file with our entry in each list, everything else as it was: comments, order, other entries, line ends.
 * `text` is undefined where there is no file yet.
 * @throws UnreadableConfig when the text is not JSON, says a key twice, or has something else where a list belongs.
 */
export function withEntries(text: string | undefined, lists: readonly HookList[], required: readonly RequiredKey[] = []): string {
  const source = text === undefined || body(text).trim() === '' ? `${mark(text)}{}\n` : text;
  let edited = body(source);
  for (const { path, value } of required) {
    if (findNodeAtLocation(checkedTree(edited), [...path]) === undefined) edited = added(edited, path, value);
  }
  for (const list of lists) edited = withEntry(edited, list);
  return mark(source) + edited;
}

/** The text without our entries; lists and objects they leave empty go too. Throws as `withEntries`. */
export function withoutEntries(text: string, lists: readonly HookList[]): string {
  if (body(text).trim() === '') return text;
  let edited = body(text);
  for (const list of lists) {
    const ours = positionsOfOurs(edited, list);
    for (const at of ours.toReversed()) edited = remove(edited, nodeAt(edited, list.path), at);
    if (ours.length > 0) edited = withoutEmpty(edited, list.path);
  }
  return mark(text) + edited;
}

/** The text without the values of an object that are still as we set them; an object they leave empty goes too. Throws as `withEntries`. */
export function withoutValues(text: string, path: readonly string[], values: Readonly<Record<string, string | true>>): string {
  if (body(text).trim() === '') return text;
  let edited = body(text);
  for (const [name, value] of Object.entries(values)) {
    const holder = findNodeAtLocation(checkedTree(edited), [...path]);
    const at = (holder?.type === 'object' ? (holder.children ?? []) : []).findIndex(({ children: [key, set] = [] }) => key?.value === name && set?.value === value);
    if (holder !== undefined && at !== -1) edited = withoutEmpty(remove(edited, holder, at), path);
  }
  return mark(text) + edited;
}

/** True when each key of an object has a value, ours or a person's own. Throws as `withEntries`. */
export function hasKeys(text: string, path: readonly string[], keys: readonly string[]): boolean {
  if (body(text).trim() === '') return false;
  const tree = checkedTree(body(text));
  return keys.every((key) => findNodeAtLocation(tree, [...path, key]) !== undefined);
}

/** True when each list holds exactly our entry, once, as it would be written now. Throws as `withEntries`. */
export function hasEntries(text: string, lists: readonly HookList[]): boolean {
  if (body(text).trim() === '') return false;
  return lists.every((list) => {
    const ours = positionsOfOurs(body(text), list);
    return ours.length === 1 && same(getNodeValue(nodeAt(body(text), [...list.path, ours[0] as number])), list.entry);
  });
}

/** Our entries as they stand in the text, by the last key of their list's path. Throws as `withEntries`. */
export function entriesOf(text: string, lists: readonly HookList[]): readonly { readonly key: string; readonly entry: unknown }[] {
  if (body(text).trim() === '') return [];
  return lists.flatMap((list) => positionsOfOurs(body(text), list).map((at) => ({ key: list.path.at(-1) ?? '', entry: getNodeValue(nodeAt(body(text), [...list.path, at])) as unknown })));
}

/** The text without the byte order mark some editors put first. */
export function body(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

/** That mark, where the text has it. */
export function mark(text: string | undefined): string {
  return text?.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
}

function withEntry(text: string, list: HookList): string {
  const ours = positionsOfOurs(text, list);
  let edited = text;
  for (const at of ours.slice(1).toReversed()) edited = remove(edited, nodeAt(edited, list.path), at);
  const [first] = ours;
  if (first !== undefined) {
    const node = nodeAt(edited, [...list.path, first]);
    return same(getNodeValue(node), list.entry) ? edited : replace(edited, node, list.entry);
  }
  return listAt(edited, list.path) === undefined ? added(edited, list.path, [list.entry]) : append(edited, nodeAt(edited, list.path), list.entry);
}

/** The text with a value under a path of keys, the objects on the way made where they are missing. */
function added(text: string, path: readonly string[], value: unknown): string {
  const tree = checkedTree(text);
  let depth = path.length - 1;
  while (depth > 0 && findNodeAtLocation(tree, path.slice(0, depth)) === undefined) depth -= 1;
  const nested = path.slice(depth + 1).reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
  return append(text, nodeAt(text, path.slice(0, depth)), nested, path[depth]);
}

function withoutEmpty(text: string, path: readonly string[]): string {
  let edited = text;
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node = findNodeAtLocation(checkedTree(edited), path.slice(0, depth));
    if (node === undefined || (node.children?.length ?? 0) > 0 || hasComment(edited, node)) break;
    const holder = nodeAt(edited, path.slice(0, depth - 1));
    edited = remove(edited, holder, (holder.children ?? []).findIndex((property) => property.children?.[0]?.value === path[depth - 1]));
  }
  return edited;
}

function hasComment(text: string, { offset, length }: Node): boolean {
  return text.slice(offset, offset + length).includes('/');
}

function positionsOfOurs(text: string, list: HookList): number[] {
  const node = listAt(text, list.path);
  return (node?.children ?? []).flatMap((child, at) => (list.isOurs(getNodeValue(child)) ? [at] : []));
}

/** The list's node; undefined where there is none yet. */
function listAt(text: string, path: readonly string[]): Node | undefined {
  const tree = checkedTree(text);
  for (let depth = 1; depth < path.length; depth += 1) {
    const holder = findNodeAtLocation(tree, path.slice(0, depth));
    if (holder === undefined) return undefined;
    if (holder.type !== 'object') throw new UnreadableConfig(`"${path.slice(0, depth).join('.')}" is not an object, so hooks cannot be added.`);
    refuseDuplicates(holder);
  }
  const node = findNodeAtLocation(tree, [...path]);
  if (node !== undefined && node.type !== 'array') throw new UnreadableConfig(`"${path.join('.')}" is not a list, so hooks cannot be added.`);
  return node;
}

/** The tree of a JSON object. Throws `UnreadableConfig` where the text is none, or says a key of it twice. */
export function checkedTree(text: string): Node {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  if (tree === undefined || errors.length > 0) throw new UnreadableConfig('The file is not valid JSON. Correct it first; nothing was changed.');
  if (tree.type !== 'object') throw new UnreadableConfig('The file does not hold a JSON object, so nothing can be added to it.');
  refuseDuplicates(tree);
  return tree;
}

/** Editors change the first of two like keys and agents read the last. */
function refuseDuplicates(node: Node): void {
  const keys = (node.children ?? []).map((property) => String(property.children?.[0]?.value));
  const twice = keys.find((key, at) => keys.indexOf(key) !== at);
  if (twice !== undefined) throw new UnreadableConfig(`The file has the key "${twice}" twice, and the agent would read only one of them. Remove one first; nothing was changed.`);
}

function nodeAt(text: string, path: readonly (string | number)[]): Node {
  const node = findNodeAtLocation(checkedTree(text), [...path]);
  if (node === undefined) throw new UnreadableConfig(`"${path.join('.')}" cannot be found any more; nothing was changed.`);
  return node;
}

/** Equal as JSON; the order of keys does not count. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, sorted(part)]));
}
