import * as z from 'zod/mini';
import { UnreadablePayload } from './adapter.ts';

/** Any JSON object. */
export const JsonObject = z.record(z.string(), z.unknown());
export type JsonObject = z.infer<typeof JsonObject>;

/**
 * A hook's standard input as a JSON object.
 * @throws UnreadablePayload
 */
export function readPayload(payload: string, product: string): JsonObject {
  if (payload.trim() === '') throw new UnreadablePayload(`${product} sent nothing to judge.`);
  let value: unknown;
  try {
    value = JSON.parse(payload);
  } catch {
    // V8's message quotes the text, which may hold a secret.
    throw new UnreadablePayload(`What ${product} sent is not valid JSON.`);
  }
  return shaped(JsonObject, value, product, 'the request');
}

/** A request of another agent, which came through this one's file. */
export function notFrom(product: string): UnreadablePayload {
  return new UnreadablePayload(`This request did not come from ${product}, so Interlock does not read it here. Nothing was judged, so nothing may run.`);
}

/**
 * The value in the shape the schema gives it.
 * @throws UnreadablePayload naming the fields that are missing or of another type, never what they hold.
 */
export function shaped<Schema extends z.ZodMiniType>(schema: Schema, value: unknown, product: string, what: string): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => issue.path.map(String).join('.')).filter((path) => path !== '');
  const which = fields.length > 0 ? `: ${[...new Set(fields)].slice(0, 5).join(', ')}` : '';
  throw new UnreadablePayload(`${product} sent ${what} in a form that is not known${which}.`);
}

/** What a hook wrote, where it is JSON of this shape and nothing else. */
export function jsonOutput<Schema extends z.ZodMiniType>(stdout: string, schema: Schema): z.output<Schema> | undefined {
  try {
    return schema.safeParse(JSON.parse(stdout)).data;
  } catch {
    return undefined;
  }
}
