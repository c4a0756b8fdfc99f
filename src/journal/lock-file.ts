import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { readFile, rename, unlink } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** The lock was not to be had in time. */
export class LockTimeout extends Error {
  override readonly name = 'LockTimeout';
}

export interface LockOptions {
  /** Milliseconds to wait for the lock. */
  readonly within?: number;
  /** Milliseconds after which a lock is taken over whose holder seems alive: its number may be another process's by now. */
  readonly abandonedAfter?: number;
}

/** Locks are held for the time of one write. */
const WITHIN_MS = 10_000;
const ABANDONED_MS = 5_000;
const LONGEST_PAUSE_MS = 25;

/**
 * Runs `work` while no other process does so under the same lock file.
 * A lock whose holder is dead is taken over at once; one whose holder seems alive only after it has been watched unchanged for
 * `abandonedAfter` of this process's own waiting, so that a machine waking from sleep takes nothing from anybody.
 * @throws LockTimeout, and what `work` throws.
 */
export async function withLock<Result>(file: string, work: () => Promise<Result>, options: LockOptions = {}): Promise<Result> {
  const { within = WITHIN_MS, abandonedAfter = ABANDONED_MS } = options;
  const mine = `${process.pid} ${randomBytes(8).toString('hex')}`;
  let watched: string | undefined;
  let watchedFor = 0;
  for (let waited = 0, next = 1; ; ) {
    if (create(file, mine)) break;
    const holder = await readFile(file, 'utf8').catch(() => undefined);
    if (holder !== watched) {
      watched = holder;
      watchedFor = 0;
    }
    if (holder !== undefined && (isDead(holder) || watchedFor >= abandonedAfter)) {
      await removeAbandoned(file, holder, mine);
      continue;
    }
    if (waited >= within) throw new LockTimeout(`${file} is held by another process.`);
    await pause(next);
    waited += next;
    watchedFor += next;
    next = Math.min(next * 2, LONGEST_PAUSE_MS);
  }
  try {
    return await work();
  } finally {
    remove(file, mine);
  }
}

/** Only our own: somebody may have found us too slow and taken it over. */
function remove(file: string, mine: string): void {
  try {
    if (readFileSync(file, 'utf8') === mine) unlinkSync(file);
  } catch {
    // It has gone already.
  }
}

function create(file: string, mine: string): boolean {
  try {
    const handle = openSync(file, 'wx', 0o600);
    try {
      writeFileSync(handle, mine);
    } finally {
      closeSync(handle);
    }
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** False for a holder that has not written its number yet: it gets the time to do so. */
function isDead(holder: string): boolean {
  const pid = Number.parseInt(holder, 10);
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

/** Of several processes that find the same lock abandoned one moves it away; one that moved a newer lock puts it back. */
async function removeAbandoned(file: string, holder: string, mine: string): Promise<void> {
  const aside = `${file}.${mine.replace(' ', '-')}`;
  try {
    await rename(file, aside);
  } catch {
    return;
  }
  const moved = await readFile(aside, 'utf8').catch(() => undefined);
  await (moved === holder ? unlink(aside) : rename(aside, file)).catch(() => undefined);
}
