/** Protocol Buffers on the wire, as far as a stand-in for a server needs them: no schema, fields by their numbers. https://protobuf.dev/programming-guides/encoding/ */

const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;

type Value = string | number | boolean | Uint8Array | Message | readonly Message[];

/** A message: values by field number. */
export interface Message {
  readonly [field: number]: Value;
}

export function encoded(message: Message): Buffer {
  return Buffer.concat(Object.entries(message).flatMap(([field, value]) => (Array.isArray(value) ? value : [value]).map((one: Value) => fieldOf(Number(field), one))));
}

function fieldOf(field: number, value: Value): Buffer {
  if (typeof value === 'number' || typeof value === 'boolean') return Buffer.concat([varint(field * 8 + VARINT), varint(Number(value))]);
  const bytes = typeof value === 'string' ? Buffer.from(value) : value instanceof Uint8Array ? value : encoded(value);
  return Buffer.concat([varint(field * 8 + LENGTH), varint(bytes.length), bytes]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
}

/** The fields of a message in the order they came: a number, or the bytes of a text or of a message within. */
export function decoded(bytes: Buffer): readonly (readonly [field: number, value: number | Buffer])[] {
  const fields: [number, number | Buffer][] = [];
  let at = 0;
  const number = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes.readUInt8(at++);
      value += (byte % 128) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = number();
    const field = Math.floor(tag / 8);
    const type = tag % 8;
    if (type === VARINT) {
      fields.push([field, number()]);
      continue;
    }
    if (type !== FIXED64 && type !== LENGTH && type !== FIXED32) throw new Error(`Wire type ${type} of field ${field} is not known.`);
    const length = type === LENGTH ? number() : type === FIXED64 ? 8 : 4;
    fields.push([field, bytes.subarray(at, (at += length))]);
  }
  return fields;
}

/** The bytes at the end of a path of field numbers, the last one where a field came several times; nothing where a step is missing. */
export function bytesAt(message: Buffer, ...path: readonly number[]): Buffer | undefined {
  const [field, ...rest] = path;
  if (field === undefined) return message;
  const found = decoded(message).findLast(([number]) => number === field)?.[1];
  return Buffer.isBuffer(found) ? bytesAt(found, ...rest) : undefined;
}

export function textAt(message: Buffer, ...path: readonly number[]): string | undefined {
  return bytesAt(message, ...path)?.toString('utf8');
}

export function numberAt(message: Buffer, field: number): number {
  const found = decoded(message).findLast(([number]) => number === field)?.[1];
  return typeof found === 'number' ? found : 0;
}
