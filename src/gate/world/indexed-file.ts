import * as z from 'zod/mini';

const formSchema = z.object({ length: z.number(), gram: z.number(), digest: z.string() });

/** A secret the index knows: where it is and how to recognise it, never its value. */
const secretSchema = z.object({
  name: z.string(),
  kind: z.string(),
  provider: z.optional(z.string()),
  line: z.number(),
  /** Characters of the value. */
  length: z.number(),
  fingerprint: z.string(),
  /** When a signed token stops working, in seconds since 1970; null where it says that it never does. */
  expires: z.optional(z.nullable(z.number())),
  forms: z.array(formSchema),
});

/** A file worth knowing: hidden by its name, with secrets in it, or not searched to its end. */
export const indexedFileSchema = z.object({
  modified: z.number(),
  size: z.number(),
  hidden: z.optional(z.boolean()),
  /** False where the file could not be searched to its end: it then counts as one with secrets. */
  complete: z.optional(z.boolean()),
  secrets: z.optional(z.array(secretSchema)),
});

/** A secret that the git history has: where it stood last. */
export const historySecretSchema = z.extend(secretSchema, {
  /** Relative to the workspace folder, with forward slashes. */
  path: z.string(),
  /** First characters of its hash. */
  commit: z.string(),
  /** When it was committed, in seconds since 1970. */
  seconds: z.number(),
});

export type HistorySecret = z.infer<typeof historySecretSchema>;
export type IndexedSecret = z.infer<typeof secretSchema>;
export type IndexedFile = z.infer<typeof indexedFileSchema>;

/** The day of a commit as people everywhere read it; a commit may claim a time that no calendar has. */
export function dayOfCommit(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? 'an unknown day' : date.toISOString().slice(0, 10);
}

/** What changed of one file, relative to the workspace; without a file it is nothing worth knowing any more. */
export interface FileChange {
  readonly path: string;
  readonly file?: IndexedFile;
}
