import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod/mini';

/** One labelled example: `label` 1 is a secret, a secret's file or a command that shows one; 0 must be left alone. */
const Row = z.object({ source: z.string(), path: z.string(), content: z.string(), label: z.union([z.literal(0), z.literal(1)]), kind: z.string() });
export type Row = z.infer<typeof Row>;

/** The rows of `NAME.jsonl.gz` in a folder; none where there is no such file. */
export function rowsOf(folder: string, name: 'positives' | 'negatives' | 'paths' | 'commands'): readonly Row[] {
  const file = join(folder, `${name}.jsonl.gz`);
  if (!existsSync(file)) return [];
  return gunzipSync(readFileSync(file)).toString('utf8').split('\n').filter((line) => line !== '').map((line) => Row.parse(JSON.parse(line)));
}

/** `12 of 13 (92.3 %)` */
export function share(part: number, whole: number): string {
  return whole === 0 ? 'none' : `${part} of ${whole} (${((100 * part) / whole).toFixed(1)} %)`;
}

/** Values by what they have in common, in the order they come. */
export function grouped<Value>(values: readonly Value[], keyOf: (value: Value) => string): ReadonlyMap<string, readonly Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}
