import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { Place } from '../../journal/following.ts';
import type { State } from '../state.ts';
import { writeAtomic } from '../write-atomic.ts';

/** How far the journal has been sent from this machine. The journal itself is the queue: there is no second copy of a record. */
export const Progress = z.object({
  version: z.literal(1),
  /** Behind the last record that the collector has taken. */
  place: Place,
  endpoint: z.string(),
  /** When the collector last took something; ISO 8601. */
  sent: z.optional(z.string()),
  /** Records that the collector did not take and that are not sent again. */
  rejected: z.int(),
  /** Since when nothing could be sent, and why. */
  failing: z.optional(z.object({ since: z.string(), why: z.string() })),
});
export type Progress = z.infer<typeof Progress>;

function fileOf(state: State): string {
  return join(state.root, 'open-telemetry.json');
}

/** The lock that whoever sends holds. */
export function sendingLock(state: State): string {
  return join(state.root, 'open-telemetry.lock');
}

/**
 * What is known of the sending; undefined where nothing is sent. What is not of this form, after an update or by another hand, counts as
 * nothing too: the sending begins anew.
 * @throws Error of the system where the file is there and cannot be read: it may be the next time
 */
export async function loadProgress(state: State): Promise<Progress | undefined> {
  const text = await readFile(fileOf(state), 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  return text === undefined ? undefined : progressIn(text);
}

function progressIn(text: string): Progress | undefined {
  try {
    const parsed = Progress.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps it, so that the old or the new version is there after a crash. */
export async function saveProgress(state: State, progress: Progress): Promise<void> {
  await writeAtomic(fileOf(state), `${JSON.stringify(progress)}\n`, 0o600);
}

/** To be called when sending is turned off: what is written meanwhile is never sent. */
export async function forgetProgress(state: State): Promise<void> {
  await rm(fileOf(state), { force: true });
}
