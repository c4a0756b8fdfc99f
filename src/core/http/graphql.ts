import { Kind, OperationTypeNode, parse, type DocumentNode, type FieldNode, type FragmentDefinitionNode, type OperationDefinitionNode, type SelectionSetNode, type ValueNode } from 'graphql';
import { isRecord, parseJson } from '../json.ts';

/** One field of a mutation, with its arguments as plain values. */
export interface Mutation {
  /** The field's own name; an alias does not hide it. */
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** One document with what is sent along. */
interface GraphqlRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

/** What a body asks a GraphQL server for. `unreadable`: it is meant for one, and nobody can tell what it does. */
export type GraphqlBody = { readonly kind: 'none' } | { readonly kind: 'unreadable' } | { readonly kind: 'mutations'; readonly mutations: readonly Mutation[] };

const maxTokens = 10_000;
const maxMutations = 100;
const maxDepth = 20;

/**
 * Reads a request body sent to a GraphQL server: JSON `{query, variables}`, a batch of these, or the bare document.
 * @param expected true where the server takes nothing but GraphQL, so that an unreadable body must not pass.
 */
export function readGraphqlBody(body: string | undefined, expected: boolean): GraphqlBody {
  const unreadable: GraphqlBody = expected ? { kind: 'unreadable' } : { kind: 'none' };
  if (body === undefined) return unreadable;
  const requests = requestsIn(body);
  if (requests === undefined) return unreadable;
  const mutations: Mutation[] = [];
  for (const request of requests) {
    const found = mutationsOf(request);
    if (!found) return unreadable;
    mutations.push(...found);
  }
  return { kind: 'mutations', mutations: mutations.slice(0, maxMutations) };
}

function requestsIn(body: string): readonly GraphqlRequest[] | undefined {
  const text = body.trim();
  if (/^(?:query|mutation|subscription|fragment|\{\s*[A-Za-z_])/.test(text)) return [{ query: text, variables: {} }];
  const json = parseJson(text);
  const items = Array.isArray(json) ? json.slice(0, maxMutations) : [json];
  const requests = items.map(requestOf);
  return requests.length > 0 && requests.every((request) => request !== undefined) ? requests : undefined;
}

function requestOf(item: unknown): GraphqlRequest | undefined {
  if (!isRecord(item) || typeof item['query'] !== 'string') return undefined;
  const variables = isRecord(item['variables']) ? item['variables'] : typeof item['variables'] === 'string' ? parseJson(item['variables']) : undefined;
  const name = item['operationName'];
  return { query: item['query'], variables: isRecord(variables) ? variables : {}, ...(typeof name === 'string' && name !== '' ? { operationName: name } : {}) };
}

function mutationsOf(request: GraphqlRequest): readonly Mutation[] | undefined {
  let document: DocumentNode;
  try {
    document = parse(request.query, { noLocation: true, maxTokens });
  } catch {
    return undefined;
  }
  const fragments = new Map(document.definitions.filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION).map((node) => [node.name.value, node]));
  return operationsToRun(document, request.operationName)
    .filter((node) => node.operation === OperationTypeNode.MUTATION)
    .flatMap((node) => {
      const variables = { ...defaultsOf(node), ...request.variables };
      return fieldsOf(node.selectionSet, fragments, new Set()).map((field) => mutationOf(field, variables));
    });
}

/** Of several operations a server runs the one that is named. */
function operationsToRun(document: DocumentNode, name: string | undefined): readonly OperationDefinitionNode[] {
  const operations = document.definitions.filter((node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION);
  const named = operations.filter((node) => name !== undefined && node.name?.value === name);
  return named.length === 1 ? named : operations;
}

/** The top-level fields, through fragments. `seen` ends fragments that spread themselves. */
function fieldsOf(set: SelectionSetNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>, seen: Set<string>): readonly FieldNode[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsOf(selection.selectionSet, fragments, seen);
    const fragment = fragments.get(selection.name.value);
    if (!fragment || seen.has(selection.name.value)) return [];
    seen.add(selection.name.value);
    return fieldsOf(fragment.selectionSet, fragments, seen);
  });
}

function mutationOf(field: FieldNode, variables: Readonly<Record<string, unknown>>): Mutation {
  const args = Object.fromEntries((field.arguments ?? []).map((argument) => [argument.name.value, plainValue(argument.value, variables, 0)]));
  return { name: field.name.value, arguments: args, variables };
}

function defaultsOf(operation: OperationDefinitionNode): Record<string, unknown> {
  const entries = (operation.variableDefinitions ?? []).flatMap((definition) => (definition.defaultValue ? [[definition.variable.name.value, plainValue(definition.defaultValue, {}, 0)] as const] : []));
  return Object.fromEntries(entries);
}

function plainValue(node: ValueNode, variables: Readonly<Record<string, unknown>>, depth: number): unknown {
  if (depth > maxDepth) return undefined;
  if (node.kind === Kind.VARIABLE) return variables[node.name.value];
  if (node.kind === Kind.LIST) return node.values.map((value) => plainValue(value, variables, depth + 1));
  if (node.kind === Kind.OBJECT) return Object.fromEntries(node.fields.map((field) => [field.name.value, plainValue(field.value, variables, depth + 1)]));
  return node.kind === Kind.NULL ? null : node.value;
}

/**
 * The name of what a mutation is about: the first of `wanted` that is an argument at any depth or a variable;
 * without one, any argument that looks like an id or a name.
 */
export function nameOfMutation(mutation: Mutation, wanted: readonly string[]): string {
  for (const key of wanted) {
    const value = deepValue(mutation.arguments, (name) => name === key, 0) ?? textOfValue(mutation.variables[key]);
    if (value !== undefined) return value;
  }
  return (
    deepValue(mutation.arguments, (name) => /^(?:id|name|slug)$|(?:Id|ID|_id|Name)$/.test(name), 0) ??
    deepValue(mutation.variables, (name) => /^(?:id|name|slug)$|(?:Id|ID|_id|Name)$/.test(name), 0) ??
    ''
  );
}

function deepValue(value: unknown, matches: (name: string) => boolean, depth: number): string | undefined {
  if (!isRecord(value) || depth > 4) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    const text = matches(name) ? textOfValue(inner) : undefined;
    if (text !== undefined) return text;
  }
  for (const inner of Object.values(value)) {
    const text = deepValue(inner, matches, depth + 1);
    if (text !== undefined) return text;
  }
  return undefined;
}

function textOfValue(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string') ? value.slice(0, 10).join(', ') : undefined;
}
