import { createHmac } from 'node:crypto';

/** Letters of a value by whose hash a place in a text is chosen for a closer look. */
export const gramLength = 8;

/** One way in which a value may be written, told by what cannot be turned back into it. */
export interface Form {
  readonly length: number;
  /** 16 bits of a keyed hash of the letters in its middle: enough to dismiss most places, too little to guess a value by. */
  readonly gram: number;
  /** Keyed digest of the whole form. */
  readonly digest: string;
}

/** Turns values into fingerprints with one installation's own salt. */
export class Fingerprinter {
  readonly #salt: Buffer;
  readonly base: number;
  readonly #mix: number;
  readonly #mask: number;

  /** @param salt 32 random bytes that never leave this installation */
  constructor(salt: Buffer) {
    this.#salt = salt;
    const derived = createHmac('sha256', salt).update('grams').digest();
    this.base = derived.readInt32LE(0) | 1;
    this.#mix = derived.readInt32LE(4) | 1;
    this.#mask = derived.readInt32LE(8);
  }

  /** 128 bits in hex. */
  digest(value: string): string {
    return createHmac('sha256', this.#salt).update(value).digest('hex').slice(0, 32);
  }

  /** The 16 bits of a rolling hash. */
  gramOf(hash: number): number {
    return Math.imul(hash ^ this.#mask, this.#mix) >>> 16;
  }

  form(value: string): Form {
    const at = gramOffset(value.length);
    let hash = 0;
    for (let i = at; i < at + gramLength; i++) hash = (Math.imul(hash, this.base) + value.charCodeAt(i)) | 0;
    return { length: value.length, gram: this.gramOf(hash), digest: this.digest(value) };
  }
}

/** Where in a form of some length the letters of its gram begin: the middle, since many secrets begin alike. */
export function gramOffset(length: number): number {
  return (length - gramLength) >> 1;
}

const shortestLine = 24;
const mostLines = 64;

/**
 * The texts in which a value may turn up: plain, in base64 at each of its three phases, hex, percent-encoded and reversed.
 * Of a value of several lines each long line is looked for by itself.
 */
export function textsOf(value: string): readonly string[] {
  if (/[\n\r]|\\n/.test(value)) {
    const lines = value.split(/\r?\n|\\n|\\r/).map((line) => line.trim()).filter((line) => line.length >= shortestLine && !line.startsWith('-----'));
    return [...new Set(lines.slice(0, mostLines).flatMap((line) => [line, ...encodedForms(line)]))];
  }
  if (value.length < gramLength) return [];
  const texts = [value, ...encodedForms(value), encodeURIComponentSafely(value), JSON.stringify(value).slice(1, -1)];
  return [...new Set(texts)].filter((text) => text.length >= gramLength);
}

function encodedForms(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  const hex = bytes.toString('hex');
  const encoded = [0, 1, 2].map((phase) => base64At(bytes, phase));
  return [...encoded, ...encoded.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')), hex, hex.toUpperCase(), value.split('').toReversed().join('')];
}

/** The characters of base64 that depend on the value alone, when `phase` other bytes come before it. */
function base64At(bytes: Buffer, phase: number): string {
  const text = Buffer.concat([Buffer.alloc(phase), bytes]).toString('base64');
  return text.slice(Math.ceil((phase * 8) / 6), Math.floor(((phase + bytes.length) * 8) / 6));
}

function encodeURIComponentSafely(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    // A lone surrogate cannot be encoded; it cannot be sent that way either.
    return value;
  }
}
