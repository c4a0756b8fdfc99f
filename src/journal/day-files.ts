import { open, readdir, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

const CHUNK_BYTES = 65_536;
const LINE_END = 0x0a;

/** One line of a file, without its line end. */
export interface Line {
  readonly bytes: Buffer;
  /** Bytes of the file before it. */
  readonly start: number;
  /** False for a last line that has no line end: a write was cut off. */
  readonly ended: boolean;
}

/** The journal's files, oldest first. */
export async function dayFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => /^\d{4}-\d\d-\d\d\.jsonl$/.test(name)).sort();
}

/** Name of the file for a time; milliseconds since the epoch. */
export function dayFile(time: number): string {
  return `${new Date(time).toISOString().slice(0, 10)}.jsonl`;
}

/**
 * Lines from first to last, beginning at a byte. Lines are parted by bytes: some line separators of Unicode may stand inside a record.
 */
export async function* linesOf(folder: string, name: string, from = 0): AsyncGenerator<Line> {
  const file = await open(join(folder, name), 'r');
  try {
    let rest = Buffer.alloc(0);
    let start = from;
    for (let at = from; ; ) {
      const chunk = await readAt(file, at, CHUNK_BYTES);
      if (chunk.length === 0) break;
      at += chunk.length;
      let text = Buffer.concat([rest, chunk]);
      for (let end = text.indexOf(LINE_END); end >= 0; end = text.indexOf(LINE_END)) {
        yield { bytes: text.subarray(0, end), start, ended: true };
        start += end + 1;
        text = text.subarray(end + 1);
      }
      rest = text;
    }
    if (rest.length > 0) yield { bytes: rest, start, ended: false };
  } finally {
    await file.close();
  }
}

/** Lines from last to first, reading no more of the file than is asked for. */
export async function* linesFromEnd(folder: string, name: string): AsyncGenerator<Line> {
  const file = await open(join(folder, name), 'r');
  try {
    let at = (await file.stat()).size;
    let rest = Buffer.alloc(0);
    let ended = false;
    for (let first = true; at > 0; first = false) {
      const from = Math.max(0, at - CHUNK_BYTES);
      let text = Buffer.concat([await readAt(file, from, at - from), rest]);
      if (first && text.at(-1) === LINE_END) {
        ended = true;
        text = text.subarray(0, -1);
      }
      at = from;
      for (let end = text.lastIndexOf(LINE_END); end >= 0; end = text.lastIndexOf(LINE_END)) {
        yield { bytes: text.subarray(end + 1), start: from + end + 1, ended };
        ended = true;
        text = text.subarray(0, end);
      }
      rest = text;
    }
    if (rest.length > 0) yield { bytes: rest, start: 0, ended };
  } finally {
    await file.close();
  }
}

async function readAt(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, from);
  return buffer.subarray(0, bytesRead);
}
