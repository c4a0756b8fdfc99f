import { closeSync, fdatasync, mkdirSync, openSync, statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { JournalEvent, Recorder } from '../core/recording.ts';
import { dayFile, dayFiles, linesFromEnd } from './day-files.ts';
import { withLock } from './lock-file.ts';
import { bodyOf, lineOf, parseLine, sha256, type JournalRecord, type RecordBody, type TornLine } from './record.ts';

export interface JournalOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Replaces every secret in a text. */
  readonly mask: (text: string) => string;
}

export interface Journal extends Recorder {
  /** True when the last write before now was cut off; the next one says so in the journal. */
  isTorn(): Promise<boolean>;
}

/** The end of the chain as it stands on disk. */
interface Head {
  readonly file: string | undefined;
  readonly seq: number;
  readonly hash: string;
  /** The bytes of a last line that was cut off. */
  readonly torn?: Buffer;
  /** False when the last line, whole or not, has no line end yet. */
  readonly ended: boolean;
}

/** The end of the chain as this process last left it. */
interface Left {
  readonly head: Head;
  /** Bytes of the head's file. */
  readonly size: number;
}

interface Waiting {
  readonly event: JournalEvent;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * A journal in `folder`: JSON lines, one file a day, each record chained to the last by hash. Several processes may write to it.
 * `record` resolves when the record is on disk, and rejects when it may not be. One of an action that is allowed as it is, of which most
 * agents' actions are, is then with the system: it outlives this process, and not a machine that loses power in the next seconds.
 *
 * Agents wait for this. Of what it does little is left to the thread pool: a few system calls in a row cost less than one way there and back.
 */
export function createJournal(folder: string, options: JournalOptions): Journal {
  let waiting: Waiting[] = [];
  let writing = false;
  let left: Left | undefined;

  /** Whoever waits while a write is under way shares the next one, and its lock. */
  const writeAll = async (): Promise<void> => {
    writing = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        const bodies = batch.map(({ event }) => bodyOf(event, options.mask));
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const sync = batch.some(({ event }) => !isUsual(event));
        left = await withLock(join(folder, 'lock'), () => append(folder, bodies, { now: options.now(), left, sync }));
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    writing = false;
  };

  return {
    record: (event) =>
      new Promise((done, failed) => {
        waiting.push({ event, done, failed });
        if (!writing) void writeAll();
      }),
    isTorn: async () => (await headOf(folder)).torn !== undefined,
  };
}

/** True for an action that is allowed as it is. */
function isUsual(event: JournalEvent): boolean {
  return event.type === 'action' && event.outcome.decision === 'allow' && event.verdict.decision === 'allow';
}

interface Appending {
  readonly now: number;
  readonly left: Left | undefined;
  /** Waits until it is on disk. */
  readonly sync: boolean;
}

/** To be called under the lock. */
async function append(folder: string, bodies: readonly RecordBody[], { now, left, sync }: Appending): Promise<Left> {
  const head = left !== undefined && (await isAsLeft(folder, left)) ? left.head : await headOf(folder);
  const time = new Date(now).toISOString();
  const torn: TornLine[] = head.torn === undefined ? [] : [{ type: 'torn', bytes: head.torn.length, sha256: sha256(head.torn) }];
  let { seq, hash } = head;
  let text = head.ended ? '' : '\n';
  for (const body of [...torn.map((line) => ({ ...line })), ...bodies]) {
    seq += 1;
    const made = lineOf({ seq, time, prev: hash }, body);
    hash = made.hash;
    text += `${made.line}\n`;
  }
  // A clock that was put back must not open an older file again, and a cut-off line is told of in its own file.
  const today = dayFile(now);
  const name = head.file !== undefined && (head.file > today || !head.ended) ? head.file : today;
  const file = openSync(join(folder, name), 'a', 0o600);
  try {
    writeFileSync(file, text);
    if (sync) await promisify(fdatasync)(file);
  } finally {
    closeSync(file);
  }
  if (name !== head.file) await syncFolder(folder);
  return { head: { file: name, seq, hash, ended: true }, size: statSync(join(folder, name)).size };
}

/** False once another process has written, or a file is new or gone. */
async function isAsLeft(folder: string, { head, size }: Left): Promise<boolean> {
  if (head.file === undefined || (await dayFiles(folder)).at(-1) !== head.file) return false;
  return statSync(join(folder, head.file), { throwIfNoEntry: false })?.size === size;
}

async function headOf(folder: string): Promise<Head> {
  const files = await dayFiles(folder);
  let torn: Buffer | undefined;
  let ended = true;
  for (const name of files.toReversed()) {
    for await (const line of linesFromEnd(folder, name)) {
      const record: JournalRecord | undefined = parseLine(line.bytes.toString('utf8'));
      if (!line.ended) {
        ended = false;
        if (record === undefined) torn = line.bytes;
      }
      if (record !== undefined) return { file: files.at(-1), seq: record.seq, hash: record.hash, ended, ...(torn === undefined ? {} : { torn }) };
    }
  }
  return { file: files.at(-1), seq: 0, hash: '', ended, ...(torn === undefined ? {} : { torn }) };
}

/** A new file is only safe once its folder says that it is there. Windows has no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
