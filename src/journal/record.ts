import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Action } from '../core/action.ts';
import { baseName, isInside, platformOf } from '../core/files/path.ts';
import type { JournalEvent } from '../core/recording.ts';
import type { Finding } from '../core/verdict.ts';

/** A journal record as it is read back; what else it holds depends on its type. */
export const JournalRecord = z.looseObject({
  /** From 1, without gaps. */
  seq: z.int(),
  /** ISO 8601, UTC. */
  time: z.string(),
  /** Hash of the record before; empty for the first of all. */
  prev: z.string(),
  type: z.enum(['action', 'answer', 'masked', 'unreadable', 'canary', 'configuration', 'torn']),
  /** SHA-256 of the record without this field, as it stands in the file. */
  hash: z.string(),
});
export type JournalRecord = z.infer<typeof JournalRecord>;

/** Says that the line before was cut off by a crash, and which bytes it has. */
export interface TornLine {
  readonly type: 'torn';
  readonly bytes: number;
  readonly sha256: string;
}

/** What a record says, besides its place in the chain. */
export type RecordBody = Readonly<Record<string, unknown>> & { readonly type: JournalEvent['type'] | 'torn' };

const LONGEST_TEXT = 4_096;
const LONGEST_NAME = 512;
const MOST_FINDINGS = 20;
const MOST_PARTS = 50;
const DEEPEST_PART = 6;
const UNMASKABLE = '<hidden: it could not be masked>';

/** The event with nothing in it that must not be on disk: no environment, no file content, every text masked and cut. */
export function bodyOf(event: JournalEvent, mask: (text: string) => string): RecordBody {
  const text = (value: string, longest = LONGEST_TEXT): string => cut(masked(value, mask), longest);
  const name = (value: string): string => text(value, LONGEST_NAME);
  switch (event.type) {
    case 'action': {
      const { action, verdict, outcome, kept } = event;
      return {
        type: 'action',
        agent: action.agent,
        session: name(action.session),
        tool: action.tool,
        cwd: text(action.cwd),
        ...workspaceOf(action, name),
        what: subjectOf(action, text),
        decision: verdict.decision,
        ...(verdict.output === undefined ? {} : { output: verdict.output }),
        outcome,
        findings: verdict.findings.slice(0, MOST_FINDINGS).map((finding) => findingOf(finding, action, name)),
        ...(verdict.findings.length > MOST_FINDINGS ? { moreFindings: verdict.findings.length - MOST_FINDINGS } : {}),
        ...(kept === undefined ? {} : { kept }),
      };
    }
    case 'answer':
      return { type: 'answer', agent: event.action.agent, session: name(event.action.session), tool: event.action.tool, ...workspaceOf(event.action, name), question: name(event.question), answer: event.answer.answer, delayMs: event.delayMs, ...('for' in event.answer ? { for: event.answer.for } : {}), ...('why' in event.answer ? { why: name(event.answer.why) } : {}) };
    case 'masked':
      return { type: 'masked', agent: event.action.agent, session: name(event.action.session), tool: event.action.tool, what: subjectOf(event.action, text), names: event.names.slice(0, MOST_PARTS).map(name), shown: event.shown };
    case 'unreadable':
      return { type: 'unreadable', agent: name(event.agent), why: name(event.why) };
    case 'canary':
      return { type: 'canary', agent: name(event.agent), file: name(event.file), why: name(event.why) };
    case 'configuration':
    default:
      return { type: 'configuration', what: text(event.what), by: event.by };
  }
}

/** The name of the workspace folder that an action works in; nothing where none is open. */
function workspaceOf({ cwd, workspaceRoots }: Action, name: (value: string) => string): { readonly workspace?: string } {
  const root = workspaceRoots.find((folder) => isInside(cwd, folder, platformOf(folder))) ?? workspaceRoots[0];
  return root === undefined ? {} : { workspace: name(baseName(root, platformOf(root))) };
}

/** What the action is about, in the fields a reader would look for. */
function subjectOf(action: Action, text: (value: string, longest?: number) => string): Record<string, unknown> {
  switch (action.tool) {
    case 'shell':
      return { shell: action.shell, command: text(action.command) };
    case 'read':
    case 'delete':
      return { path: text(action.path) };
    case 'write':
      return { path: text(action.path), characters: action.content?.length ?? 0, ...(action.partial ? { partial: true } : {}) };
    case 'search':
      return { path: text(action.path), pattern: text(action.pattern), ...(action.glob === undefined ? {} : { glob: text(action.glob) }) };
    case 'mcp':
      return { server: text(action.server), name: text(action.name), arguments: partsOf(action.arguments, text, 0) };
    case 'http':
      return { method: text(action.method), url: text(action.url), headers: Object.keys(action.headers).slice(0, MOST_PARTS).map((header) => text(header, LONGEST_NAME)), ...(action.body === undefined ? {} : { body: text(action.body) }) };
    case 'other':
    default:
      return { name: text(action.name), input: partsOf(action.input, text, 0) };
  }
}

/** Arguments with every text in them masked, to a depth and breadth that cannot fill a disk. */
function partsOf(value: unknown, text: (value: string, longest?: number) => string, depth: number): unknown {
  if (typeof value === 'string') return text(value, LONGEST_NAME);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST_PART) return '…';
  if (Array.isArray(value)) return value.slice(0, MOST_PARTS).map((part) => partsOf(part, text, depth + 1));
  return Object.fromEntries(Object.entries(value).slice(0, MOST_PARTS).map(([key, part]) => [text(key, LONGEST_NAME), partsOf(part, text, depth + 1)]));
}

function findingOf(finding: Finding, action: Action, name: (value: string) => string): Record<string, unknown> {
  const { rule, verb, resource, environment, reversibility, certainty, decision, source, span } = finding;
  // The place itself would be another one in the masked text.
  const part = action.tool === 'shell' && span ? name(action.command.slice(span.start, span.end)) : '';
  return { ...(part === '' ? {} : { part }), rule, verb, kind: name(resource.kind), resource: name(resource.name), environment, reversibility, certainty, decision, source, why: name(finding.why), because: name(finding.because) };
}

function masked(text: string, mask: (text: string) => string): string {
  try {
    return mask(text);
  } catch {
    return UNMASKABLE;
  }
}

/** Masking comes first: half a secret would no longer be known for one. */
function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}… (${text.length} characters)`;
}

const HASH_FIELD = /,"hash":"([0-9a-f]{64})"\}$/;
const HASH_FIELD_LENGTH = ',"hash":""}'.length + 64;

/** A record's line without its line end, and its hash. */
export function lineOf(place: { readonly seq: number; readonly time: string; readonly prev: string }, body: RecordBody): { readonly line: string; readonly hash: string } {
  const text = JSON.stringify({ seq: place.seq, time: place.time, prev: place.prev, ...body });
  const hash = sha256(text);
  return { line: `${text.slice(0, -1)},"hash":"${hash}"}`, hash };
}

/** A line read back, when it is a record that says its own hash rightly. */
export function parseLine(line: string): JournalRecord | undefined {
  const hash = HASH_FIELD.exec(line.slice(-HASH_FIELD_LENGTH))?.[1];
  if (hash === undefined || sha256(`${line.slice(0, -HASH_FIELD_LENGTH)}}`) !== hash) return undefined;
  try {
    const record = JournalRecord.safeParse(JSON.parse(line));
    return record.success ? record.data : undefined;
  } catch {
    return undefined;
  }
}

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
