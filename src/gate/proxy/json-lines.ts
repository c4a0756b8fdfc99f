/** Bytes of one message. */
const MAX_MESSAGE_BYTES = 33_554_432;

const LINE_END = 10;
const RETURN = 13;

/** A line without its end; undefined for one that is too long to be held. */
export type Line = Buffer | undefined;

/** Parts a stream of bytes into lines, of which none is held beyond a bound: what is longer is left out and told as such. */
export class JsonLines {
  private readonly parts: Buffer[] = [];
  private readonly limit: number;
  private size = 0;
  private tooLong = false;

  constructor(limit = MAX_MESSAGE_BYTES) {
    this.limit = limit;
  }

  /** The lines that end in this piece; one that is too long is told as soon as it is. */
  push(piece: Buffer): readonly Line[] {
    const lines: Line[] = [];
    let from = 0;
    for (let end = piece.indexOf(LINE_END); end >= 0; end = piece.indexOf(LINE_END, from)) {
      this.take(piece.subarray(from, end), lines);
      this.finish(lines);
      from = end + 1;
    }
    this.take(piece.subarray(from), lines);
    return lines;
  }

  private take(part: Buffer, lines: Line[]): void {
    this.size += part.length;
    if (this.size <= this.limit) {
      if (part.length > 0) this.parts.push(part);
      return;
    }
    if (!this.tooLong) lines.push(undefined);
    this.tooLong = true;
    this.parts.length = 0;
  }

  private finish(lines: Line[]): void {
    const whole = Buffer.concat(this.parts);
    const line = whole.at(-1) === RETURN ? whole.subarray(0, -1) : whole;
    if (!this.tooLong && line.length > 0) lines.push(line);
    this.parts.length = 0;
    this.size = 0;
    this.tooLong = false;
  }
}
