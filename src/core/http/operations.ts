import type { HttpOperation } from '../rule.ts';
import { isDataVariable } from '../variables.ts';
import { holdsDataVariable, holdsField } from './fields.ts';

/** A listed request and the name of the resource its path gives. */
export interface PathMatch {
  readonly operation: HttpOperation;
  readonly name: string;
}

/**
 * The first of `operations` (`METHOD /path/:name`) that the request fits. `:x` stands for one segment, a final `*` for the rest.
 * @param fields gives what the request carries, as `fieldsOf` has it.
 */
export function matchPath(operations: readonly HttpOperation[], method: string, path: string, fields: () => unknown): PathMatch | undefined {
  for (const operation of operations) {
    const values = matchRequest(operation.request, method, path);
    if (values && carriesWhatIsNeeded(operation, fields, values.get('key'))) return { operation, name: operation.name.map((key) => values.get(key)).find((value) => value !== undefined) ?? '' };
  }
  return undefined;
}

/** The path's values where the request is the one written as `METHOD /path/:name`. */
export function matchRequest(request: string, method: string, path: string): ReadonlyMap<string, string> | undefined {
  const space = request.indexOf(' ');
  return request.slice(0, space).toUpperCase() === method ? matchSegments(request.slice(space + 1), path) : undefined;
}

/**
 * True where an operation that only some fields make a loss has them, or where nobody can tell.
 * @param key the variable it sets, where the path names it
 */
export function carriesWhatIsNeeded(operation: HttpOperation, fields: () => unknown, key?: string): boolean {
  if (!operation.needs && !operation.dataVariables) return true;
  if (operation.dataVariables && key !== undefined) return isDataVariable(key);
  const given = fields();
  if (given === undefined) return true;
  return (!operation.needs || holdsField(given, operation.needs)) && (!operation.dataVariables || holdsDataVariable(given));
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
