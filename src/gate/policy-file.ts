import { readFile } from 'node:fs/promises';
import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';
import * as z from 'zod/mini';
import type { Environment, Verb } from '../core/effect.ts';
import { defaultPolicy } from '../core/policy/defaults.ts';
import { withLayer, type PolicyLayer, type WorkspaceLayer } from '../core/policy/merge.ts';
import type { Policy, PolicySource, Severity } from '../core/policy/policy.ts';
import { decisions } from '../core/verdict.ts';
import type { State } from './state.ts';
import { writeAtomic } from './write-atomic.ts';

/** Characters; a policy is written by hand. */
const MAX_POLICY = 1_048_576;
const MAX_ENTRIES = 10_000;
const MAX_TEXT = 4_096;

const text = z.string().check(z.minLength(1), z.maxLength(MAX_TEXT));
// Written so that a value the core learns and this file does not is a type error: a saved policy must be readable again.
const environments = { production: 'production', staging: 'staging', development: 'development', local: 'local', unknown: 'unknown' } as const satisfies { [Value in Environment]: Value };
const verbs = {
  delete: 'delete',
  overwrite: 'overwrite',
  drop: 'drop',
  truncate: 'truncate',
  discard: 'discard',
  rewriteHistory: 'rewriteHistory',
  revoke: 'revoke',
  stop: 'stop',
  publish: 'publish',
  expose: 'expose',
  useCredential: 'useCredential',
  readSecret: 'readSecret',
  runUnknown: 'runUnknown',
  weakenGuard: 'weakenGuard',
} as const satisfies { [Value in Verb]: Value };
const severities = { regenerable: 'regenerable', 'local-recoverable': 'local-recoverable', 'local-lost': 'local-lost', staging: 'staging', production: 'production', everything: 'everything' } as const satisfies { [Value in Severity]: Value };
const sources = { 'built-in': 'built-in', user: 'user', team: 'team', managed: 'managed' } as const satisfies { [Value in PolicySource]: Value };

const row = {
  verbs: z.array(z.enum(verbs)).check(z.minLength(1)),
  severities: z.array(z.enum(severities)).check(z.minLength(1)),
  decision: z.enum(decisions),
  typed: z.optional(z.boolean()),
  because: text,
};
const Row = z.object(row);
const Resource = z.object({ match: text, environment: z.enum(environments) });
const Tag = z.object({ folder: text, environment: z.enum(environments) });

/** The lists of a policy file and what stands in each. */
const userEntries = { table: Row, resources: Resource, tags: Tag, hiddenFiles: text, clearFiles: text } as const;
const workspaceEntries = { resources: Resource, tags: Tag, hiddenFiles: text } as const;

const Snapshot = z.object({
  version: z.literal(1),
  policy: z.object({
    table: z.array(z.object({ ...row, source: z.enum(sources) })).check(z.minLength(1)),
    resources: z.array(Resource),
    tags: z.array(Tag),
    guardPaths: z.array(text),
    hiddenFiles: z.array(text),
    clearFiles: z.array(text),
  }),
  /** How long a person has for an answer; seconds. */
  answerSeconds: z.number().check(z.gte(1), z.lte(3600)),
});

/** What a hook decides by while no editor runs. */
export interface PolicySnapshot {
  readonly policy: Policy;
  readonly answerSeconds: number;
}

export const DEFAULT_ANSWER_SECONDS = 120;

/**
 * A person's policy file on top of the built-in policy. Never throws: an entry that cannot be used is left out and named in `problems`,
 * so that a slip in one does not take the others with it.
 */
export function parsePolicy(source: string, owner: 'user' | 'managed'): { readonly policy: Policy; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const entries = readEntries(source, userEntries, problems);
  const layer: PolicyLayer = { ...entries, table: entries.table.map(withoutUndefined) };
  return { policy: withLayer(defaultPolicy, layer, owner), problems };
}

/** A workspace's `.interlock/policy.json`; what of it counts is for `withWorkspace` to say. Never throws, as `parsePolicy`. */
export function parseWorkspacePolicy(source: string): { readonly layer: WorkspaceLayer; readonly problems: readonly string[] } {
  const problems: string[] = [];
  return { layer: readEntries(source, workspaceEntries, problems), problems };
}

/** A snapshot as it was written; `problem` where it is not one. Never throws. */
export function parseSnapshot(source: string): PolicySnapshot | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    return { problem: 'The saved policy is not valid JSON.' };
  }
  const parsed = Snapshot.safeParse(value);
  if (!parsed.success) return { problem: `The saved policy is not in the form it was written in: ${parsed.error.issues[0]?.path.map(String).join('.') ?? ''}` };
  const { policy, answerSeconds } = parsed.data;
  return { policy: { ...policy, table: policy.table.map(withoutUndefined) }, answerSeconds };
}

/** The last snapshot; the built-in policy where none was ever written. Never throws. */
export async function loadSnapshot(state: State): Promise<PolicySnapshot | { readonly problem: string }> {
  let source: string;
  try {
    source = await readFile(state.policy, 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return missing ? { policy: { ...defaultPolicy, guardPaths: [state.root] }, answerSeconds: DEFAULT_ANSWER_SECONDS } : { problem: 'The saved policy cannot be read.' };
  }
  return parseSnapshot(source);
}

/** Writes what hooks decide by once no editor runs. */
export async function saveSnapshot(state: State, { policy, answerSeconds }: PolicySnapshot): Promise<void> {
  await writeAtomic(state.policy, `${JSON.stringify({ version: 1, policy, answerSeconds })}\n`, 0o600);
}

type EntrySchemas = Readonly<Record<string, z.ZodMiniType>>;
type Entries<Schemas extends EntrySchemas> = { readonly [List in keyof Schemas]: readonly z.output<Schemas[List]>[] };

/** Reads each list entry by entry. Comments and trailing commas are fine. */
function readEntries<Schemas extends EntrySchemas>(source: string, schemas: Schemas, problems: string[]): Entries<Schemas> {
  const value = readObject(source, problems);
  for (const key of Object.keys(value)) {
    if (!(key in schemas) && key !== 'version' && key !== '$schema') problems.push(`"${key.slice(0, 60)}" is not known here and is left out.`);
  }
  const lists = Object.entries(schemas).map(([key, schema]) => [key, readList(key, value[key], schema, problems)]);
  return Object.fromEntries(lists) as Entries<Schemas>;
}

function readObject(source: string, problems: string[]): Readonly<Record<string, unknown>> {
  if (source.length > MAX_POLICY) {
    problems.push('The file is too large for a policy; none of it is used.');
    return {};
  }
  const errors: ParseError[] = [];
  const value: unknown = parse(source.replace(/^\uFEFF/, ''), errors, { allowTrailingComma: true, allowEmptyContent: true });
  const [error] = errors;
  if (error !== undefined) problems.push(`The file is not valid JSON (${printParseErrorCode(error.error)} in line ${source.slice(0, error.offset).split('\n').length}); none of it is used.`);
  if (errors.length > 0 || value === undefined) return {};
  const object = z.record(z.string(), z.unknown()).safeParse(value);
  if (!object.success) problems.push('The file does not hold a JSON object; none of it is used.');
  return object.success ? object.data : {};
}

function readList(key: string, value: unknown, schema: z.ZodMiniType, problems: string[]): unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    problems.push(`"${key}" is not a list and is left out.`);
    return [];
  }
  if (value.length > MAX_ENTRIES) problems.push(`"${key}" has more than ${MAX_ENTRIES} entries; those after are left out.`);
  return value.slice(0, MAX_ENTRIES).flatMap((entry: unknown, at) => {
    const parsed = schema.safeParse(entry);
    if (parsed.success) return [parsed.data];
    const field = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
    problems.push(`Entry ${at + 1} of "${key}" is left out: ${field === '' ? 'it' : `"${field}"`} is missing or not one of the values allowed.`);
    return [];
  });
}

/** zod gives `typed: undefined` where the type wants it absent. */
function withoutUndefined<Row extends { typed?: boolean | undefined }>({ typed, ...rest }: Row): Omit<Row, 'typed'> & { typed?: boolean } {
  return typed === undefined ? rest : { ...rest, typed };
}
