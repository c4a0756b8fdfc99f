/** Lines of a dump of bytes and what they stand for. */
export interface DumpedLines {
  /** Half-open range of whole lines in the text they stand in. */
  readonly start: number;
  readonly end: number;
  /** What was dumped; for words of two bytes in both orders. */
  readonly readings: readonly string[];
}

/** Fewer characters are no secret. */
const SHORTEST = 8;

/** `xxd`, `hexdump -C`: an offset, bytes, and the same again as letters. */
const offsetBytes = /^[0-9a-f]{7,8}:?[ \t]{1,3}((?:(?:[0-9a-f]{2}){1,8}(?: {1,2}|$)){1,32})/i;
/** `od -An -tx1`: bytes alone. */
const bareBytes = /^ {1,2}((?:[0-9a-f]{2}(?: |$)){4,32})$/i;
/** `od -c`: a letter or its octal number in each column of four. */
const letters = /^(?:[0-7]{7})?((?: {3}[^ ]| {2}\\[abfnrtv0]| {1}[0-7]{3}| {4}){4,16})$/;

/** The parts of a text that programs such as `xxd`, `hexdump` and `od` have written. */
export function dumpedLines(text: string): readonly DumpedLines[] {
  const found: DumpedLines[] = [];
  let run: { start: number; end: number; parts: Buffer[] } | undefined;
  const close = (): void => {
    if (run) found.push(...readingsOf(run));
    run = undefined;
  };
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
    const bytes = line.length > 160 ? undefined : bytesOf(line);
    if (bytes === undefined) close();
    else run = { start: run?.start ?? index, end: index + line.length, parts: [...(run?.parts ?? []), bytes] };
  }
  close();
  return found;
}

function bytesOf(line: string): Buffer | undefined {
  const hex = (offsetBytes.exec(line) ?? bareBytes.exec(line))?.[1];
  if (hex !== undefined) return Buffer.from(hex.replaceAll(' ', ''), 'hex');
  const cells = letters.exec(line)?.[1];
  return cells === undefined ? undefined : Buffer.from((cells.match(/.{4}/g) ?? []).map((cell) => codeOf(cell.trim())));
}

const escapes: Readonly<Record<string, number>> = { '\\a': 7, '\\b': 8, '\\f': 12, '\\n': 10, '\\r': 13, '\\t': 9, '\\v': 11, '\\0': 0, '': 32 };

function codeOf(cell: string): number {
  return escapes[cell] ?? (cell.length === 3 ? Number.parseInt(cell, 8) & 255 : cell.charCodeAt(0));
}

function readingsOf({ start, end, parts }: { readonly start: number; readonly end: number; readonly parts: readonly Buffer[] }): readonly DumpedLines[] {
  const bytes = Buffer.concat(parts);
  if (bytes.length < SHORTEST) return [];
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
  return [{ start, end, readings: [bytes.toString('utf8'), Buffer.from(even).swap16().toString('utf8')] }];
}
