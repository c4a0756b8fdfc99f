import { isRecord, parseJson } from '../json.ts';
import { isDataVariable } from '../variables.ts';
import { parseQuery } from './url.ts';

/** Levels of a body that are looked into. */
const maxDepth = 8;

/** The values a request carries in its body and its URL; undefined where it may carry some that nobody can read. */
export function fieldsOf(body: string | undefined, query: ReadonlyMap<string, string>): unknown {
  const given = [...query].map(([name, value]) => ({ [name]: value }));
  if (body === undefined) return given.length > 0 ? given : undefined;
  const json = parseJson(body);
  if (typeof json === 'object' && json !== null) return [json, ...given];
  return /^[\w.[\]%-]{1,80}=/.test(body) ? [Object.fromEntries(parseQuery(body)), ...given] : undefined;
}

/** True where one of `wanted` stands in `value` at any depth: `archived`, or with its value: `replace=true`. What is not known counts. */
export function holdsField(value: unknown, wanted: readonly string[]): boolean {
  return someField(value, 0, (name, inner) => wanted.some((each) => {
    const [field = '', text] = each.split('=');
    return field === name && (text === undefined || inner === undefined || inner === text || JSON.stringify(inner) === text);
  }));
}

/** True where a variable is set on which data hangs: `{ DATABASE_URL: … }`, `{ key: 'DATABASE_URL', … }`. */
export function holdsDataVariable(value: unknown): boolean {
  return someField(value, 0, (name, inner) => isDataVariable(name) || ((name === 'name' || name === 'key') && typeof inner === 'string' && isDataVariable(inner)));
}

function someField(value: unknown, depth: number, fits: (name: string, inner: unknown) => boolean): boolean {
  if (depth > maxDepth) return false;
  if (Array.isArray(value)) return value.some((item) => someField(item, depth + 1, fits));
  return isRecord(value) && Object.entries(value).some(([name, inner]) => fits(name, inner) || someField(inner, depth + 1, fits));
}

/** The texts of a field wherever it stands. */
export function textsOf(value: unknown, field: string): readonly string[] {
  const texts: string[] = [];
  someField(value, 0, (name, inner) => {
    if (name === field && typeof inner === 'string') texts.push(inner);
    return false;
  });
  return texts;
}
