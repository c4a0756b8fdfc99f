import * as z from 'zod/mini';
import type { ValueShape } from '../core/secrets/hidden-entries.ts';

/** Longest value a person may type. */
const longestValue = 65_536;
const place = { id: z.int().check(z.gte(0)), name: z.string() };

/** What the page of the read-safe editor asks for. `id` counts the file's entries; the name tells whether it is still the same file. */
export const pageRequest = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('reveal'), ...place }),
  z.object({ type: z.literal('set'), ...place, value: z.string().check(z.maxLength(longestValue)) }),
  z.object({ type: z.literal('remove'), ...place }),
  z.object({ type: z.literal('add'), name: z.string().check(z.maxLength(128)), value: z.string().check(z.maxLength(longestValue)) }),
  z.object({ type: z.literal('openText') }),
]);

export type PageRequest = z.infer<typeof pageRequest>;

/** One entry as the page shows it: never its value. */
export interface ShownEntry {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly length: number;
  readonly empty: boolean;
}

/** What the page is told. A value is told only when a person asks for it, one at a time, and for how long to show it. */
export type PageMessage =
  | { readonly type: 'entries'; readonly note: string; readonly editable: boolean; readonly entries: readonly ShownEntry[]; readonly labels: Readonly<Record<string, string>> }
  | { readonly type: 'value'; readonly id: number; readonly value: string; readonly seconds: number }
  | { readonly type: 'status'; readonly text: string };

/** An entry without its value. */
export function shownEntry(id: number, name: string, { type, length, empty }: ValueShape): ShownEntry {
  return { id, name, type, length, empty };
}
