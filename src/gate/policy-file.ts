import { homedir } from 'node:os';
import { findNodeAtLocation, getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import * as z from 'zod/mini';
import { expandHome, platformOf } from '../core/files/path.ts';
import type { PolicyLayer, TighteningLayer } from '../core/policy/merge.ts';
import type { AllowRule, TableRow } from '../core/policy/policy.ts';
import { dayOf } from './day.ts';
import { type CollectorWish, defaultWish } from './open-telemetry/collector.ts';
import { entryProblems } from './policy-problems.ts';
import { MAX_ENTRIES, MAX_POLICY, OpenTelemetry, policyLists, type Row, USUAL_SEVERITIES, workspaceLists } from './policy-schema.ts';

/** Something in a policy file that does not count, and what to do about it. */
export interface PolicyProblem {
  readonly message: string;
  /** UTF-16 units of the file's text. */
  readonly offset: number;
  readonly length: number;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

type PolicyList = keyof PolicyLayer;

/** What a file says, as far as it can be read. */
export interface PolicyReading {
  readonly layer: PolicyLayer;
  /** False where nothing of the file can be read. */
  readonly usable: boolean;
  /** Lists of which something may have been lost that made things stricter. */
  readonly broken: ReadonlySet<PolicyList>;
  /** Where records are to be sent; undefined where the file says nothing of it. */
  readonly openTelemetry: CollectorWish | 'unreadable' | undefined;
  readonly problems: readonly PolicyProblem[];
}

const nothing: PolicyLayer = { table: [], resources: [], tags: [], hiddenFiles: [], allow: [], clearFiles: [], counts: [], backups: [] };
const allLists = Object.keys(nothing) as readonly PolicyList[];

/** Leaving out an entry of these never lets anything through. */
const loosening: ReadonlySet<string> = new Set<PolicyList>(['allow', 'clearFiles', 'counts']);

const OPEN_TELEMETRY = 'openTelemetry';

/** Why these have no effect in a workspace's file. */
const withoutEffect: Readonly<Record<string, string>> = {
  allow: 'a workspace’s file may only make things stricter',
  clearFiles: 'a workspace’s file may only make things stricter',
  counts: 'only your own policy may have a command run',
  backups: 'only your own policy may have a command run',
  [OPEN_TELEMETRY]: 'only your organisation may say where records are sent',
};

/**
 * Reads a person's or an organisation's policy file, entry by entry, so that a slip in one does not take the others with it. Comments
 * and trailing commas are fine. Never throws.
 */
export function readPolicy(source: string, { home = homedir(), today = dayOf(Date.now()) }: Partial<Surroundings> = {}): PolicyReading {
  return readOrNothing(source, policyLists, { home, today });
}

/** What a file's words are taken in. */
interface Surroundings {
  /** What `~/` stands for. */
  readonly home: string;
  /** `2026-12-31`, UTC. */
  readonly today: string;
}

/** Reads a workspace's `.interlock/policy.json`. Never throws, as `readPolicy`. */
export function readWorkspacePolicy(source: string): PolicyReading {
  return readOrNothing(source, workspaceLists, undefined);
}

/** What is made of a file of which nothing can be read. */
export function unreadablePolicy(message: string): PolicyReading {
  return { layer: nothing, usable: false, broken: new Set(allLists), openTelemetry: 'unreadable', problems: [{ message, offset: 0, length: 1, line: 1, column: 1 }] };
}

/**
 * What of a file counts. A list that can be read in full counts as it stands. Of one that cannot, the version that was last read in full
 * stays, and what can be read of the new one only tightens: a slip never weakens, not even what it was made in.
 */
export function inForce({ layer, broken }: PolicyReading, lastGood: PolicyLayer = nothing): { readonly layer: PolicyLayer; readonly tightening: TighteningLayer } {
  const pick = (isKept: boolean): PolicyLayer => {
    const of = <List extends PolicyList>(list: List): PolicyLayer[List] => (broken.has(list) ? (isKept ? lastGood[list] : layer[list]) : isKept ? layer[list] : nothing[list]);
    return { table: of('table'), resources: of('resources'), tags: of('tags'), hiddenFiles: of('hiddenFiles'), allow: of('allow'), clearFiles: of('clearFiles'), counts: of('counts'), backups: of('backups') };
  };
  return { layer: pick(true), tightening: pick(false) };
}

type ListSchemas = Partial<Record<PolicyList, z.ZodMiniArray>>;

function readOrNothing(source: string, schemas: ListSchemas, surroundings: Surroundings | undefined): PolicyReading {
  if (source.length > MAX_POLICY) return unreadablePolicy('The file is too large for a policy; none of it is used.');
  try {
    return read(source, schemas, surroundings);
  } catch (error) {
    // The parser calls itself for each level.
    if (error instanceof RangeError) return unreadablePolicy('The file is nested too deeply to be read; none of it is used.');
    throw error;
  }
}

function read(source: string, schemas: ListSchemas, surroundings: Surroundings | undefined): PolicyReading {
  const root = rootOf(source);
  if ('message' in root) return unreadableAt(source, root);
  const reader = new FileReader(source, root.node);
  const given = new Map((root.node.children ?? []).flatMap(({ children: [key, value] = [] }) => (key && value ? [[String(key.value), value] as const] : [])));
  reader.lookForUnknownKeys([...Object.keys(schemas), ...(surroundings ? [OPEN_TELEMETRY] : [])]);
  const layer: Record<string, readonly unknown[]> = { ...nothing };
  for (const [list, schema] of Object.entries(schemas)) {
    const node = given.get(list);
    layer[list] = node === undefined ? [] : reader.readList(list, node, schema._zod.def.element);
    // A list that is not there may stand under a misspelt name.
    if (node === undefined && reader.foundUnknownKeys && !loosening.has(list)) reader.broken.add(list as PolicyList);
  }
  if (surroundings) reader.lookForExpired(given.get('allow'), surroundings.today);
  const openTelemetry = surroundings ? reader.readOpenTelemetry(given.get(OPEN_TELEMETRY)) : undefined;
  return { layer: inFull(layer as unknown as WrittenLayer, surroundings?.home), usable: true, broken: reader.broken, openTelemetry, problems: reader.problems };
}

/** The parsed file, or why none of it can be used. */
function rootOf(source: string): { readonly node: Node } | { readonly message: string; readonly offset: number } {
  const errors: ParseError[] = [];
  // A byte order mark is blanked, not cut, so that places stay where they are.
  const node = parseTree(source.replace(/^\uFEFF/, ' '), errors, { allowTrailingComma: true, allowEmptyContent: true });
  const [error] = errors;
  if (error !== undefined) return { message: `This is not valid JSON (${words(printParseErrorCode(error.error))}); none of the file is used until it is.`, offset: error.offset };
  if (node !== undefined && node.type !== 'object') return { message: 'A policy is a JSON object, in braces; none of the file is used.', offset: node.offset };
  return { node: node ?? { type: 'object', offset: 0, length: 0, children: [] } };
}

/** `CommaExpected` as `comma expected`. */
function words(code: string): string {
  return code.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}

function unreadableAt(source: string, { message, offset }: { readonly message: string; readonly offset: number }): PolicyReading {
  return { ...unreadablePolicy(message), problems: [problemAt(source, message, offset, 1)] };
}

function problemAt(source: string, message: string, offset: number, length: number): PolicyProblem {
  const before = source.slice(0, offset);
  return { message, offset, length, line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/** Reads the lists of one file and collects what is wrong with them. */
class FileReader {
  readonly problems: PolicyProblem[] = [];
  readonly broken = new Set<PolicyList>();
  foundUnknownKeys = false;
  private readonly source: string;
  private readonly root: Node;

  constructor(source: string, root: Node) {
    this.source = source;
    this.root = root;
  }

  lookForUnknownKeys(lists: readonly string[]): void {
    const seen = new Set<string>();
    for (const { children: [key, value] = [] } of this.root.children ?? []) {
      if (!key) continue;
      const name = String(key.value);
      if (seen.has(name)) this.lose(name, key, `"${name}" stands here twice. Put everything into one.`);
      seen.add(name);
      if (lists.includes(name) || name === '$schema') continue;
      if (name === 'version') {
        if (value?.value !== 1) this.lose(undefined, value ?? key, 'This version is not known here: write 1, or install a newer Interlock.');
      } else if (Object.hasOwn(withoutEffect, name)) this.problems.push(problemAt(this.source, `"${name}" has no effect here: ${withoutEffect[name]}.`, key.offset, key.length));
      else this.lose(undefined, key, `"${name.slice(0, 60)}" is not known here and is left out. Known: ${lists.join(', ')}.`);
    }
  }

  /** The entries of a list that can be used. */
  readList(list: string, node: Node, schema: z.core.$ZodType): readonly unknown[] {
    if (node.type !== 'array') {
      this.lose(list, node, `"${list}" must be a list, in brackets.`);
      return [];
    }
    const entries = node.children ?? [];
    if (entries.length > MAX_ENTRIES) this.lose(list, node, `"${list}" has more than ${MAX_ENTRIES} entries; those after are left out.`);
    return entries.slice(0, MAX_ENTRIES).flatMap((entry) => {
      const value: unknown = getNodeValue(entry);
      const parsed = z.safeParse(schema, value);
      if (parsed.success) return [parsed.data];
      for (const { path, key, message } of entryProblems(parsed.error, value)) this.lose(list, placeOf(entry, path, key), message);
      return [];
    });
  }

  /** A misspelt name may stand for it: then nobody knows whether the file says something of it. */
  readOpenTelemetry(node: Node | undefined): PolicyReading['openTelemetry'] {
    if (node === undefined) return this.foundUnknownKeys ? 'unreadable' : undefined;
    const value: unknown = getNodeValue(node);
    const parsed = z.safeParse(OpenTelemetry, value);
    if (parsed.success) return { ...defaultWish, ...parsed.data };
    for (const { path, key, message } of entryProblems(parsed.error, value)) {
      const { offset, length } = placeOf(node, path, key);
      this.problems.push(problemAt(this.source, message, offset, length));
    }
    return 'unreadable';
  }

  /** An allow rule whose time is over stays in the file for the person to renew or remove. */
  lookForExpired(allow: Node | undefined, today: string): void {
    for (const entry of allow?.children?.slice(0, MAX_ENTRIES) ?? []) {
      const expires = findNodeAtLocation(entry, ['expires']);
      const day: unknown = expires?.value;
      if (expires && typeof day === 'string' && /^\d{4}-\d\d-\d\d$/.test(day) && day < today) this.problems.push(problemAt(this.source, `This rule counted up to ${day} and has no effect any more. Give it a new day or remove it.`, expires.offset, expires.length));
    }
  }

  /** @param list undefined where it could have been any of those that are not there */
  private lose(list: string | undefined, { offset, length }: Node, message: string): void {
    this.problems.push(problemAt(this.source, message, offset, length));
    if (list === undefined) this.foundUnknownKeys = true;
    else if (!loosening.has(list)) this.broken.add(list as PolicyList);
  }
}

/** The node at a path, or the nearest that there is; with `key`, the key of that name in it. */
function placeOf(entry: Node, path: readonly (string | number)[], key: string | undefined): Node {
  for (let depth = path.length; depth >= 0; depth--) {
    const node = findNodeAtLocation(entry, path.slice(0, depth));
    if (node === undefined) continue;
    const named = depth === path.length && key !== undefined ? node.children?.find(({ children }) => children?.[0]?.value === key)?.children?.[0] : undefined;
    return named ?? node;
  }
  return entry;
}

type WrittenRow = z.output<typeof Row>;
type WrittenLayer = Omit<PolicyLayer, 'table'> & { readonly table: readonly WrittenRow[] };

/** The layer with its defaults, and with the home folder in place of `~`. */
function inFull({ table, resources, tags, hiddenFiles, allow, clearFiles, counts, backups }: WrittenLayer, home: string | undefined): PolicyLayer {
  const whole = (path: string): string => (home === undefined ? path : (expandHome(path, home, platformOf(home)) ?? path));
  const ofHome = ([program = '', ...words]: readonly string[]): readonly string[] => [whole(program), ...words];
  return {
    table: table.map((row): TableRow => ({ ...row, severities: row.severities ?? USUAL_SEVERITIES, ...(row.paths && { paths: row.paths.map(whole) }) })),
    resources,
    tags: tags.map(({ folder, environment }) => ({ folder: whole(folder), environment })),
    hiddenFiles,
    allow: allow.map((rule): AllowRule => (rule.folder === undefined ? rule : { ...rule, folder: whole(rule.folder) })),
    clearFiles,
    counts: counts.map((count) => ({ ...count, command: ofHome(count.command) })),
    backups: backups.map(({ command, newest, ...scope }) => ({ ...scope, ...(command && { command: ofHome(command) }), ...(newest && { newest: ofHome(newest) }) })),
  };
}
