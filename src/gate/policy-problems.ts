import type * as z from 'zod/mini';

/** What is wrong with an entry of a policy file, where, and what to do. */
export interface EntryProblem {
  /** From the entry's own root. */
  readonly path: readonly (string | number)[];
  /** The key at that place that is meant, rather than the value. */
  readonly key?: string;
  readonly message: string;
}

/** Most problems told of one entry. */
const MOST = 5;

/** What a reader of the file needs to know of why an entry cannot be used. */
export function entryProblems(error: z.core.$ZodError, entry: unknown): readonly EntryProblem[] {
  return error.issues.flatMap((issue) => problemsOf(issue, [], entry)).slice(0, MOST);
}

type Issue = z.core.$ZodIssue;
type Path = readonly (string | number)[];

function problemsOf(issue: Issue, above: Path, entry: unknown): readonly EntryProblem[] {
  const path = [...above, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))];
  if (issue.code === 'invalid_union') return nearest(issue.errors).flatMap((inner) => problemsOf(inner, path, entry));
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ path, key, message: `"${key.slice(0, 60)}" is not known here, so the entry is left out. Correct its spelling or remove it.` }));
  return [{ path, message: `${subject(path)} ${fault(issue, valueAt(entry, path))} The entry is left out.` }];
}

/** Of the forms an entry may have, the one it comes closest to. */
function nearest(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const cost = (issues: readonly Issue[]): number => issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
  return branches.toSorted((a, b) => cost(a) - cost(b))[0] ?? [];
}

function subject(path: Path): string {
  const name = path.filter((part) => typeof part === 'string').at(-1);
  return name === undefined ? 'This' : `"${name}"`;
}

function fault(issue: Issue, value: unknown): string {
  if (value === undefined) return 'is missing.';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${kinds[issue.expected] ?? issue.expected}.`;
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.join(', ')}.`;
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int' ? `must be ${issue.minimum} or more.` : 'must not be empty.';
    case 'too_big':
      return issue.origin === 'number' || issue.origin === 'int' ? `must be ${issue.maximum} or less.` : `is longer than ${issue.maximum} characters.`;
    case 'custom':
      return issue.message;
    case 'invalid_format':
      return issue.format === 'date' ? 'must be a date such as 2027-03-31.' : 'has not the right form.';
    default:
      return 'cannot be used.';
  }
}

const kinds: Readonly<Record<string, string>> = { string: 'a text, in quotes', array: 'a list, in brackets', object: 'an object, in braces', boolean: 'true or false', int: 'a whole number', number: 'a number' };

function valueAt(entry: unknown, path: Path): unknown {
  let value = entry;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[part];
  }
  return value;
}
