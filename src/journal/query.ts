import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { dayFiles } from './day-files.ts';
import { parseLine, type JournalRecord } from './record.ts';

/** Which records are wanted: all conditions that are given must hold. */
export interface Query {
  /** Milliseconds since the epoch; records of that moment count. */
  readonly since?: number;
  readonly until?: number;
  readonly type?: JournalRecord['type'];
  /** Id of the agent. */
  readonly agent?: string;
  readonly session?: string;
  readonly tool?: string;
  /** What became of the action. */
  readonly outcome?: 'allow' | 'deny';
  /** Who or what decided that: `person`, `verdict`, … */
  readonly by?: string;
  /** Only what files were copied before. */
  readonly kept?: boolean;
  /** Of one of the findings. */
  readonly environment?: string;
  /** A rule, or all rules of a tool: `railway/volume-delete`, `railway`. */
  readonly rule?: string;
  /** Stands somewhere in the record; letters of ASCII may be of either case. */
  readonly text?: string;
}

export type Order = 'newest first' | 'oldest first';

/** Bytes read at once: the newest records are wanted most and need little, a million of them should take few reads. */
const FIRST_BLOCK_BYTES = 65_536;
const BLOCK_BYTES = 4_194_304;
const LINE_END = 0x0a;

/**
 * The records that fit; the caller stops when it has enough. A line is only read as JSON, and its hash worked out,
 * where its bytes hold what is looked for, so that a search through a million records is a search through bytes.
 */
export async function* query(folder: string, wanted: Query, order: Order = 'newest first'): AsyncGenerator<JournalRecord> {
  const hint = hintOf(wanted);
  const inOrder = <Item>(items: Item[]): Item[] => (order === 'newest first' ? items.toReversed() : items);
  for (const name of inOrder(await dayFiles(folder))) {
    if (!mayHold(name, wanted)) continue;
    for await (const block of order === 'newest first' ? blocksFromEnd(join(folder, name)) : blocksFromStart(join(folder, name))) {
      for (const line of inOrder(linesWith(hint, block))) {
        const record = parseLine(line.toString('utf8'));
        if (record !== undefined && fits(record, wanted)) yield record;
      }
    }
  }
}

/** A clock put back may have written a day's records into the file of the day after. */
function mayHold(name: string, { since }: Query): boolean {
  const dayAfter = Date.parse(name.slice(0, 10)) + 2 * 86_400_000;
  return since === undefined || dayAfter > since;
}

/** Whole lines, a block at a time, the last block first; a block is good until the next is asked for. A line longer than a block is given whole. */
async function* blocksFromEnd(path: string): AsyncGenerator<Buffer> {
  const file = await open(path, 'r');
  try {
    let end = (await file.stat()).size;
    let rest = Buffer.alloc(0);
    let space = rest;
    for (let size = FIRST_BLOCK_BYTES; end > 0; size = Math.min(size * 8, BLOCK_BYTES)) {
      const from = Math.max(0, end - size);
      const length = end - from;
      if (space.length < length + rest.length) space = Buffer.allocUnsafe(length + rest.length + FIRST_BLOCK_BYTES);
      const block = space.subarray(0, length + rest.length);
      rest.copy(block, length);
      await readWhole(file, block.subarray(0, length), from);
      end = from;
      // The first line may begin before the block.
      const start = from === 0 ? 0 : block.indexOf(LINE_END) + 1;
      rest = Buffer.from(start === 0 && from > 0 ? block : block.subarray(0, start));
      if (start > 0 || from === 0) yield block.subarray(start);
    }
  } finally {
    await file.close();
  }
}

async function readWhole(file: FileHandle, into: Buffer, from: number): Promise<void> {
  for (let at = 0; at < into.length; ) {
    const { bytesRead } = await file.read(into, at, into.length - at, from + at);
    if (bytesRead === 0) throw new Error('The journal became shorter while it was read.');
    at += bytesRead;
  }
}

/** The same from the first block on. */
async function* blocksFromStart(path: string): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: BLOCK_BYTES }) as AsyncIterable<Buffer>) {
    const block = Buffer.concat([rest, chunk]);
    const end = block.lastIndexOf(LINE_END) + 1;
    rest = block.subarray(end);
    if (end > 0) yield block.subarray(0, end);
  }
  if (rest.length > 0) yield rest;
}

/** Bytes that every wanted record has; undefined where nothing narrows the search. */
type Hint = { readonly bytes: Buffer } | { readonly pattern: RegExp } | undefined;

/** What fewest records have comes first. */
function hintOf(wanted: Query): Hint {
  const field = (name: string, value: string | undefined, end = '"'): string | undefined => (value === undefined ? undefined : `"${name}":"${JSON.stringify(value).slice(1, -1)}${end}`);
  const narrowest = field('session', wanted.session) ?? field('rule', wanted.rule, '');
  if (narrowest !== undefined) return { bytes: Buffer.from(narrowest) };
  if (wanted.text !== undefined) return { pattern: new RegExp(Buffer.from(JSON.stringify(wanted.text).slice(1, -1)).toString('latin1').replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'gi') };
  const wide = field('environment', wanted.environment) ?? field('agent', wanted.agent) ?? field('tool', wanted.tool) ?? (wanted.outcome === undefined ? undefined : `"outcome":{"decision":"${wanted.outcome}"`) ?? field('type', wanted.type);
  return wide === undefined ? undefined : { bytes: Buffer.from(wide) };
}

/** The lines of a block that have what is hinted at, in their order. */
function linesWith(hint: Hint, block: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let at = 0;
  for (let hit = nextHit(hint, block, 0); hit >= 0 && at < block.length; hit = nextHit(hint, block, at)) {
    const start = Math.max(at, block.lastIndexOf(LINE_END, hit) + 1);
    const found = block.indexOf(LINE_END, hit);
    const end = found < 0 ? block.length : found;
    if (end > start) lines.push(block.subarray(start, end));
    at = end + 1;
  }
  return lines;
}

const texts = new WeakMap<Buffer, string>();

function nextHit(hint: Hint, block: Buffer, from: number): number {
  if (hint === undefined) return from < block.length ? from : -1;
  if ('bytes' in hint) return block.indexOf(hint.bytes, from);
  let text = texts.get(block);
  if (text === undefined) texts.set(block, (text = block.toString('latin1')));
  hint.pattern.lastIndex = from;
  return hint.pattern.exec(text)?.index ?? -1;
}

/** True where all conditions hold. */
export function fits(record: JournalRecord, wanted: Query): boolean {
  const time = Date.parse(record.time);
  if ((wanted.since !== undefined && time < wanted.since) || (wanted.until !== undefined && time > wanted.until)) return false;
  for (const name of ['type', 'agent', 'session', 'tool'] as const) if (wanted[name] !== undefined && record[name] !== wanted[name]) return false;
  if (wanted.outcome !== undefined && partOf(record['outcome'], 'decision') !== wanted.outcome) return false;
  if (wanted.by !== undefined && partOf(record['outcome'], 'by') !== wanted.by) return false;
  if (wanted.kept === true && partOf(record['kept'], 'manifest') === undefined) return false;
  const findings: readonly unknown[] = Array.isArray(record['findings']) ? record['findings'] : [];
  const { environment, rule, text } = wanted;
  if (environment !== undefined && !findings.some((finding) => partOf(finding, 'environment') === environment)) return false;
  if (rule !== undefined && !findings.some((finding) => isOfRule(partOf(finding, 'rule'), rule))) return false;
  return text === undefined || JSON.stringify(record).toLowerCase().includes(JSON.stringify(text).slice(1, -1).toLowerCase());
}

function isOfRule(given: unknown, rule: string): boolean {
  return given === rule || (typeof given === 'string' && given.startsWith(`${rule}/`));
}

function partOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}
