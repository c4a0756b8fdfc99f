import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { dayFiles, linesFromEnd, linesOf } from './day-files.ts';
import { parseLine, sha256, type JournalRecord } from './record.ts';

/** Where a reader of the journal stands: behind the record of this number and hash. */
export const Place = z.object({
  /** Name of the day's file; empty before the first record of all. */
  file: z.string(),
  /** Bytes of that file that were read. */
  offset: z.int().check(z.nonnegative()),
  seq: z.int().check(z.nonnegative()),
  hash: z.string(),
});
export type Place = z.infer<typeof Place>;

/** What follows a place, in its order. */
export type Following =
  | { readonly what: 'record'; readonly record: JournalRecord }
  /** The reader went on further down, so that not too much waits. `records` is how many lie between. */
  | { readonly what: 'passed over'; readonly records: number; readonly before: JournalRecord }
  /** The record after it does not continue the chain: something was changed or taken out. */
  | { readonly what: 'broken'; readonly records: number; readonly file: string; readonly before: JournalRecord };

export interface Batch {
  readonly items: readonly Following[];
  /** Where the reader stands after them. */
  readonly next: Place;
  /** False where all that is there has been read. */
  readonly more: boolean;
}

/** How much a batch may hold. A record is never cut. */
export interface BatchSize {
  readonly records: number;
  readonly bytes: number;
}

/** What may wait to be read; older records are passed over. */
export interface BacklogBounds {
  readonly days: number;
  readonly bytes: number;
}

const DAY_MS = 86_400_000;

/** The place behind the newest record. */
export async function placeAtEnd(folder: string): Promise<Place> {
  for (const file of (await dayFiles(folder)).toReversed()) {
    for await (const { bytes, start, ended } of linesFromEnd(folder, file)) {
      const record = ended ? parseLine(bytes.toString('utf8')) : undefined;
      if (record !== undefined) return { file, offset: start + bytes.length + 1, seq: record.seq, hash: record.hash };
    }
  }
  return { file: '', offset: 0, seq: 0, hash: '' };
}

/** Bytes of the journal behind a place. */
export async function bytesAfter(folder: string, place: Place): Promise<number> {
  const sizes = await sizesAfter(folder, place);
  return sizes.reduce((sum, { bytes }) => sum + bytes, 0);
}

/**
 * The next records behind a place, at most as many as the size says. Lines are told apart as `verify` does: one that was cut off by a crash
 * is no break, a changed one and a gap are. What was written and not yet acknowledged is left for the next time.
 */
export async function batchAfter(folder: string, place: Place, size: BatchSize, bounds: BacklogBounds, now: number): Promise<Batch> {
  const start = await startOf(folder, place, bounds, now);
  const items: Following[] = [];
  let next = place;
  let { passedOver } = start;
  let bytes = 0;
  /** Lines that are no records; the next record may say that they were cut off. */
  let unread: string[] = [];
  for (const file of start.files) {
    for await (const line of linesOf(folder, file, file === start.files[0] ? start.offset : 0)) {
      const record = parseLine(line.bytes.toString('utf8'));
      if (record === undefined) unread.push(sha256(line.bytes));
      if (record === undefined || !line.ended) continue;
      if (record.type === 'torn' && unread.at(-1) === record['sha256']) unread.pop();
      const records = Math.max(0, record.seq - next.seq - 1);
      if (passedOver) items.push({ what: 'passed over', records, before: record });
      else if (unread.length > 0 || !follows(next, record)) items.push({ what: 'broken', records, file, before: record });
      items.push({ what: 'record', record });
      [passedOver, unread] = [false, []];
      next = { file, offset: line.start + line.bytes.length + 1, seq: record.seq, hash: record.hash };
      bytes += line.bytes.length;
      if (items.length >= size.records || bytes >= size.bytes) return { items, next, more: true };
    }
  }
  return { items, next, more: false };
}

function follows(place: Place, record: JournalRecord): boolean {
  return place.file === '' ? record.seq === 1 : record.prev === place.hash && record.seq === place.seq + 1;
}

interface Start {
  readonly files: readonly string[];
  /** In the first of them. */
  readonly offset: number;
  readonly passedOver: boolean;
}

/** Where to read on: at the place itself, or further down where too much waits behind it. */
async function startOf(folder: string, place: Place, bounds: BacklogBounds, now: number): Promise<Start> {
  const oldest = new Date(now - bounds.days * DAY_MS).toISOString().slice(0, 10);
  const all = await sizesAfter(folder, place);
  const recent = all.filter(({ name }) => name.slice(0, 10) >= oldest);
  const isOver = all.some(({ name, bytes }) => name.slice(0, 10) < oldest && bytes > 0);
  let over = recent.reduce((sum, { bytes }) => sum + bytes, 0) - bounds.bytes;
  const whole = recent.map(({ name }) => name);
  if (over <= 0) return { files: whole, offset: recent[0]?.from ?? 0, passedOver: isOver };
  for (const [at, { name, from, bytes }] of recent.entries()) {
    if (bytes > over) return { files: whole.slice(at), offset: await nextLine(folder, name, from + over), passedOver: true };
    over -= bytes;
  }
  return { files: [], offset: 0, passedOver: true };
}

interface SizeOfFile {
  readonly name: string;
  /** Where what was not read begins. */
  readonly from: number;
  readonly bytes: number;
}

/** A file that is shorter than what was read of it is another one: it is read from its beginning. */
async function sizesAfter(folder: string, place: Place): Promise<readonly SizeOfFile[]> {
  const names = (await dayFiles(folder)).filter((name) => name >= place.file);
  return Promise.all(
    names.map(async (name) => {
      const { size } = await stat(join(folder, name));
      const from = name === place.file && place.offset <= size ? place.offset : 0;
      return { name, from, bytes: size - from };
    }),
  );
}

/** Where the first line begins that starts behind a byte. */
async function nextLine(folder: string, name: string, at: number): Promise<number> {
  for await (const { bytes, start } of linesOf(folder, name, at)) return start + bytes.length + 1;
  return at;
}
