import { applyEdits, findNodeAtLocation, type JSONPath, modify, type Node, type ParseError, parseTree } from 'jsonc-parser';
import { matchesGlob } from '../core/policy/glob.ts';
import type { AllowRule, ResourceMapping } from '../core/policy/policy.ts';

/** A person's policy file that cannot be changed; `message` says why and what to do. */
export class PolicyUnwritable extends Error {
  override readonly name = 'PolicyUnwritable';
}

const formattingOptions = { insertSpaces: true, tabSize: 2 };

/** The file's text with one folder's tag set, or taken out where `environment` is undefined. Comments stay. */
export function withTagIn(text: string, folder: string, environment: string | undefined): string {
  const root = rootOf(text);
  const at = indexIn(root, 'tags', 'folder', folder);
  if (environment === undefined) return at === undefined ? text : edited(text, ['tags', at], undefined);
  return at === undefined ? inserted(text, root, 'tags', { folder, environment }, 'last') : edited(text, ['tags', at, 'environment'], environment);
}

/** The file's text with a resource placed in an environment: where it is placed already, else before all others, since the first that fits counts. */
export function withResourceIn(text: string, { match, environment }: ResourceMapping): string {
  const root = rootOf(text);
  const at = indexIn(root, 'resources', 'match', match);
  const before = entriesOf(root, 'resources').slice(0, at).map((entry) => fieldOf(entry, 'match'));
  const isFirst = at !== undefined && !before.some((other) => typeof other === 'string' && matchesGlob(match, other, { ignoreCase: true }));
  return isFirst ? edited(text, ['resources', at, 'environment'], environment) : inserted(text, root, 'resources', { match, environment }, 'first');
}

/** The file's text with an allow rule. */
export function withAllowRuleIn(text: string, rule: AllowRule): string {
  return inserted(text, rootOf(text), 'allow', rule, 'last');
}

function rootOf(text: string): Node {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  if (errors.length > 0 || root?.type !== 'object') throw new PolicyUnwritable('it is not valid JSON.');
  return root;
}

function indexIn(root: Node, list: string, field: string, value: string): number | undefined {
  const at = entriesOf(root, list).findIndex((entry) => fieldOf(entry, field) === value);
  return at < 0 ? undefined : at;
}

function entriesOf(root: Node, list: string): readonly Node[] {
  return findNodeAtLocation(root, [list])?.children ?? [];
}

function fieldOf(entry: Node, field: string): unknown {
  return findNodeAtLocation(entry, [field])?.value;
}

function inserted(text: string, root: Node, list: string, entry: unknown, place: 'first' | 'last'): string {
  const node = findNodeAtLocation(root, [list]);
  if (node === undefined) return edited(text, [list], [entry]);
  if (node.type !== 'array') throw new PolicyUnwritable(`"${list}" is not a list.`);
  return applyEdits(text, modify(text, [list, place === 'first' ? 0 : -1], entry, { formattingOptions, isArrayInsertion: true }));
}

function edited(text: string, path: JSONPath, value: unknown): string {
  return applyEdits(text, modify(text, path, value, { formattingOptions }));
}
