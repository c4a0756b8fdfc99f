/**
 * Names on disk are bytes, and not all of them are UTF-8. Inside the vault a path is text, in which a byte that is part of no UTF-8
 * character stands as a lone surrogate (0x80 as U+DC80), as no text decoded from UTF-8 has any. JSON keeps them.
 * https://peps.python.org/pep-0383/
 */

const LONE = /(?<![\uD800-\uDBFF])[\uDC80-\uDCFF]/;
const ESCAPE = 0xdc00;

/** The path as text. */
export function pathOf(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return !text.includes('\uFFFD') || Buffer.from(text, 'utf8').equals(bytes) ? text : escaped(bytes);
}

/** The path as the file system takes it. */
export function onDisk(path: string): string | Buffer {
  return LONE.test(path) ? bytesOf(path) : path;
}

/** The bytes of a path. */
export function bytesOf(path: string): Buffer {
  const parts: Buffer[] = [];
  let from = 0;
  for (const { index } of path.matchAll(new RegExp(LONE, 'g'))) {
    parts.push(Buffer.from(path.slice(from, index), 'utf8'), Buffer.of(path.charCodeAt(index) - ESCAPE));
    from = index + 1;
  }
  return Buffer.concat([...parts, Buffer.from(path.slice(from), 'utf8')]);
}

function escaped(bytes: Buffer): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = characterLength(bytes, at);
    text += length > 0 ? bytes.toString('utf8', at, at + length) : String.fromCharCode(ESCAPE + (bytes[at] ?? 0));
    at += Math.max(1, length);
  }
  return text;
}

/** Bytes of the UTF-8 character at a place; 0 where there is none. */
function characterLength(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0;
  const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  const character = bytes.subarray(at, at + length);
  return character.length === length && Buffer.from(character.toString('utf8'), 'utf8').equals(character) ? length : 0;
}
