import type { HttpOperation } from '../rule.ts';

/** A listed request and the name of the resource its path gives. */
export interface PathMatch {
  readonly operation: HttpOperation;
  readonly name: string;
}

/** The first of `operations` (`METHOD /path/:name`) that the request fits. `:x` stands for one segment, a final `*` for the rest. */
export function matchPath(operations: readonly HttpOperation[], method: string, path: string): PathMatch | undefined {
  for (const operation of operations) {
    const space = operation.request.indexOf(' ');
    if (operation.request.slice(0, space).toUpperCase() !== method) continue;
    const values = matchSegments(operation.request.slice(space + 1), path);
    if (values) return { operation, name: operation.name.map((key) => values.get(key)).find((value) => value !== undefined) ?? '' };
  }
  return undefined;
}

function matchSegments(pattern: string, path: string): ReadonlyMap<string, string> | undefined {
  const wanted = pattern.split('/').slice(1);
  const given = path.split('/').slice(1);
  const values = new Map<string, string>();
  for (const [index, segment] of wanted.entries()) {
    if (segment === '*' && index === wanted.length - 1) return values;
    const value = given[index];
    if (value === undefined || value === '') return undefined;
    if (segment.startsWith(':')) values.set(segment.slice(1), value);
    else if (segment !== value) return undefined;
  }
  return wanted.length === given.length ? values : undefined;
}
