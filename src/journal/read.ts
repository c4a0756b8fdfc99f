import { dayFiles, linesFromEnd, linesOf } from './day-files.ts';
import { parseLine, sha256, type JournalRecord } from './record.ts';

export interface ReadOptions {
  /** Most records to give. */
  readonly limit: number;
}

/** The newest records, newest first. Lines that are no records are left out; `verify` tells of them. */
export async function read(folder: string, { limit }: ReadOptions): Promise<JournalRecord[]> {
  const records: JournalRecord[] = [];
  for (const name of (await dayFiles(folder)).toReversed()) {
    for await (const line of linesFromEnd(folder, name)) {
      if (records.length >= limit) return records;
      const record = parseLine(line.bytes.toString('utf8'));
      if (record !== undefined) records.push(record);
    }
  }
  return records;
}

interface JournalProblem {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** `changed`: the line is not what was written. `gap`: records before it are missing, or it stands in the wrong place. */
  readonly what: 'changed' | 'gap';
}

export interface Verification {
  readonly records: number;
  /** Lines cut off by a crash; none of them was ever acknowledged. */
  readonly torn: number;
  readonly problems: readonly JournalProblem[];
}

/** Follows the chain through all files. The oldest record there is counts as its beginning, since old files may be removed. */
export async function verify(folder: string): Promise<Verification> {
  const problems: JournalProblem[] = [];
  let records = 0;
  let torn = 0;
  let last: JournalRecord | undefined;
  /** Unreadable lines that the next record may say were cut off. */
  let unread: { readonly file: string; readonly line: number; readonly sha256: string }[] = [];
  for (const file of await dayFiles(folder)) {
    let number = 0;
    for await (const line of linesOf(folder, file)) {
      number += 1;
      const record = parseLine(line.bytes.toString('utf8'));
      if (record === undefined) {
        if (line.ended) unread.push({ file, line: number, sha256: sha256(line.bytes) });
        else torn += 1;
        continue;
      }
      records += 1;
      if (record.type === 'torn' && unread.at(-1)?.sha256 === record['sha256']) {
        torn += 1;
        unread.pop();
      }
      problems.push(...unread.map((at): JournalProblem => ({ file: at.file, line: at.line, what: 'changed' })));
      // A changed line breaks the link after it as well, which says nothing more.
      const follows = last === undefined ? record.seq > 1 || record.prev === '' : record.prev === last.hash && record.seq === last.seq + 1;
      if (!follows && unread.length === 0) problems.push({ file, line: number, what: 'gap' });
      unread = [];
      last = record;
    }
  }
  return { records, torn, problems: [...problems, ...unread.map((at): JournalProblem => ({ file: at.file, line: at.line, what: 'changed' }))] };
}
