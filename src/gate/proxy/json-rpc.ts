import * as z from 'zod/mini';

/** One message as it was read. Fields that JSON-RPC has not are left alone: a proxy passes on what it does not know. */
const Message = z.looseObject({
  id: z.optional(z.union([z.string(), z.number(), z.null()])),
  method: z.optional(z.string()),
  params: z.optional(z.unknown()),
  result: z.optional(z.unknown()),
  error: z.optional(z.unknown()),
});
export type Message = z.infer<typeof Message>;
type MessageId = NonNullable<Message['id']> | null;

/** One line: a message, or several that came together. */
export interface Batch {
  readonly messages: readonly Message[];
  /** True where they came as a list. */
  readonly together: boolean;
}

/** A line that another program could read as something else than this one, or not at all; `message` is fit for the client. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

const MOST_TOGETHER = 200;

/**
 * The messages of a line.
 * @throws Unreadable where two readers may take it for different messages: no JSON, a name given twice, a name in other letters.
 */
export function readLine(line: Buffer): Batch {
  const { value, exact } = parsed(line);
  if (!exact) throw new Unreadable('The message gives a name twice, so nobody can say what it means.');
  return batchOf(value);
}

/** The same for what a server says: what it gives twice counts as it was read here, and has to be written anew (not `exact`). Undefined for what is no message at all. */
export function readLoosely(line: Buffer): { readonly batch: Batch; readonly exact: boolean } | undefined {
  try {
    const { value, exact } = parsed(line);
    return { batch: batchOf(value), exact };
  } catch {
    return undefined;
  }
}

function parsed(line: Buffer): { readonly value: unknown; readonly exact: boolean } {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line);
    const value: unknown = JSON.parse(text);
    return { value, exact: pairsInText(text) === pairsIn(value) };
  } catch {
    throw new Unreadable('The message is not valid JSON in UTF-8.');
  }
}

function batchOf(value: unknown): Batch {
  const together = Array.isArray(value);
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (values.length === 0 || values.length > MOST_TOGETHER) throw new Unreadable(`A list of messages may hold between 1 and ${MOST_TOGETHER}.`);
  return { messages: values.map(messageOf), together };
}

function messageOf(value: unknown): Message {
  const parsed = Message.safeParse(value);
  if (!parsed.success || !isPlainlyNamed(value, ['jsonrpc', 'id', 'method', 'params', 'result', 'error'])) throw new Unreadable('The message is not one of JSON-RPC.');
  return parsed.data;
}

/** False where an object has one of the names in other letters: some readers take `Method` for `method`. */
function isPlainlyNamed(value: unknown, names: readonly string[]): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.keys(value).every((key) => names.includes(key) || !names.some((name) => key.toUpperCase() === name.toUpperCase()));
}

/** How many names with a value the text writes down: colons outside of strings. The text is valid JSON. */
function pairsInText(text: string): number {
  let pairs = 0;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (letter === ':') pairs += 1;
    else if (letter === '"') at = endOfString(text, at);
  }
  return pairs;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}

/** How many names the value has, at any depth. */
function pairsIn(whole: unknown): number {
  let pairs = 0;
  const open: unknown[] = [whole];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (Array.isArray(value)) {
      for (const each of value as readonly unknown[]) if (typeof each === 'object' && each !== null) open.push(each);
    } else if (typeof value === 'object' && value !== null) {
      const inner = Object.values(value);
      pairs += inner.length;
      for (const each of inner) if (typeof each === 'object' && each !== null) open.push(each);
    }
  }
  return pairs;
}

/** The line of a message. */
export function lineOf(message: object): Buffer {
  return Buffer.from(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
}

/** The line of several messages that belong together. */
export function listLine(messages: readonly object[]): Buffer {
  return Buffer.from(`${JSON.stringify(messages.map((message) => ({ jsonrpc: '2.0', ...message })))}\n`);
}

export const INVALID_REQUEST = -32_600;
export const PARSE_ERROR = -32_700;

export function errorLine(id: MessageId, code: number, message: string): Buffer {
  return lineOf({ id, error: { code, message } });
}

/** A line as it goes on once each message in it was looked at: the same bytes where nothing was changed. Undefined for what is no message at all. */
export async function seenLine(line: Buffer, see: (message: Message) => Promise<Message>): Promise<Buffer | undefined> {
  const read = readLoosely(line);
  if (read === undefined) return undefined;
  const { batch, exact } = read;
  let changed = !exact;
  const messages: Message[] = [];
  for (const message of batch.messages) {
    const seen = await see(message);
    changed ||= seen !== message;
    messages.push(seen);
  }
  if (!changed) return withEnd(line);
  return batch.together ? listLine(messages) : lineOf(messages[0] ?? {});
}

/** An id as a key: the number 1 and the text "1" are two. */
export function keyOf(id: MessageId | undefined): string | undefined {
  return id === undefined || id === null ? undefined : JSON.stringify(id);
}

export function withEnd(line: Buffer): Buffer {
  return Buffer.concat([line, Buffer.from('\n')]);
}

/**
 * Parameters in their known form.
 * @param names those that count, which are given in these letters or not at all
 * @throws Unreadable where they are in another form
 */
export function shapedParams<Schema extends z.ZodMiniType>(schema: Schema, params: unknown, names: readonly string[]): z.output<Schema> {
  const parsed = schema.safeParse(params);
  if (!parsed.success || !isPlainlyNamed(params, names)) throw new Unreadable('Its parameters are in a form that is not known.');
  return parsed.data;
}

/** What is wrong with a message, fit for its sender. */
export function why(error: unknown): string {
  return error instanceof Unreadable ? error.message : 'It could not be looked into.';
}
