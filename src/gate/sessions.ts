import { mkdirSync, readdirSync, readFileSync, realpathSync, statSync, watch } from 'node:fs';
import { mkdir, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Action } from '../core/action.ts';
import { isInside, platformOf } from '../core/files/path.ts';
import type { Verdict } from '../core/verdict.ts';
import { withLock } from '../journal/lock-file.ts';
import { fingerprintOf, refusedIntents, repeats } from './intents.ts';
import { isRead } from './reads.ts';
import { LONGEST_WHAT, newRecord, type Refusal, SessionRecord, sessionId, unlocked, withAllowed, withRefusal } from './session-record.ts';
import { writeAtomic } from './write-atomic.ts';

/** Why an action is refused whatever the policy says of it. */
export type Objection = 'stopped' | 'locked' | 'refused before';

/** A try that was refused. */
export interface RefusedTry {
  readonly action: Action;
  readonly verdict: Verdict;
  /** Whether it is one of those that lock the session; `again`: only where the same was refused before. */
  readonly counts: 'yes' | 'again' | 'no';
  /** What it would have done, as one sentence without secrets. */
  readonly what: string;
  /** When the person was asked: identical requests that were answered by one click are one try. */
  readonly since?: number;
}

/** A session as it is shown to a person. */
export interface SessionSummary {
  readonly id: string;
  /** Empty where its record cannot be read. */
  readonly agent: string;
  readonly folder: string;
  readonly locked: boolean;
  /** What was refused, as one sentence each, the newest first. */
  readonly refusals: readonly string[];
  /** When something was last refused; milliseconds since the epoch. */
  readonly at: number;
}

export interface SessionsOptions {
  /** The folder of the records; made where it is missing. */
  readonly folder: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const STOP = 'stopped';
const MOST_RECORDS = 512;
const MAX_RECORD = 4 * 1024 * 1024;

/**
 * What was refused to each agent's session, kept on disk, so that a reload of the window, another window and a hook without an editor
 * know it too. It only ever adds refusals: a record that cannot be read counts as that of a locked session.
 */
export class Sessions {
  private readonly options: SessionsOptions;
  private readonly listeners = new Set<() => void>();

  constructor(options: SessionsOptions) {
    this.options = options;
  }

  /** True when the person has stopped all agents. Where that cannot be found out they are. */
  isStopped(): boolean {
    try {
      return statSync(this.stopFile, { throwIfNoEntry: false }) !== undefined;
    } catch {
      return true;
    }
  }

  /** Denies everything until `resume`. */
  async stop(): Promise<void> {
    await this.makeFolder();
    await writeAtomic(this.stopFile, `${new Date(this.options.now()).toISOString()}\n`, 0o600);
    this.changed();
  }

  async resume(): Promise<void> {
    await unlink(this.stopFile).catch(ignoreMissing);
    this.changed();
  }

  /** What stands against an action, besides the policy. */
  objection(action: Action, verdict: Verdict): Objection | undefined {
    if (this.isStopped()) return 'stopped';
    const record = this.read(sessionId(action));
    if (isLocked(record) && !isRead(action)) return 'locked';
    return isRefused([...refusalsOf(record), ...this.refusedAround(action)], action, verdict) ? 'refused before' : undefined;
  }

  /** True when the person allowed this very action for as long as the session lasts, and its loss is still one that may be allowed so. */
  isAllowed(action: Action, verdict: Verdict): boolean {
    if (!mayBeAllowedAhead(verdict)) return false;
    const record = this.read(sessionId(action));
    return record !== undefined && record !== 'unreadable' && record.allowed.includes(fingerprintOf(action));
  }

  /** Lets this very action run for as long as the session lasts. */
  async allow(action: Action): Promise<void> {
    await this.change(sessionId(action), (record) => withAllowed(record ?? newRecord(action), fingerprintOf(action)));
  }

  /**
   * Remembers a refusal.
   * @returns true when this try locked the session
   */
  async refuse({ action, verdict, counts, what, since }: RefusedTry): Promise<boolean> {
    const fingerprint = fingerprintOf(action);
    const refusal = { at: this.options.now(), what: what.slice(0, LONGEST_WHAT), fingerprint, intents: [...refusedIntents(action, verdict, placeOf)] };
    let locks = false;
    await this.change(sessionId(action), (known) => {
      const record = known ?? newRecord(action);
      const answered = since !== undefined && record.refusals.some((one) => one.fingerprint === fingerprint && one.at >= since);
      const again = counts === 'again' && repeats(record.refusals.flatMap(({ intents }) => intents), action, verdict, placeOf);
      const next = withRefusal(record, refusal, (counts === 'yes' && !answered) || again);
      locks = record.lockedAt === undefined && next.lockedAt !== undefined;
      return next;
    });
    return locks;
  }

  /** All sessions with something to tell, the locked ones first, then the newest. */
  list(): readonly SessionSummary[] {
    return this.ids()
      .flatMap((id) => {
        const record = this.read(id);
        if (record === undefined) return [];
        if (record === 'unreadable') return [{ id, agent: '', folder: '', locked: true, refusals: [], at: 0 }];
        return [{ id, agent: record.agent, folder: record.folder, locked: isLocked(record), refusals: record.refusals.map(({ what }) => what).toReversed(), at: record.refusals.at(-1)?.at ?? 0 }];
      })
      .filter(({ locked, refusals }) => locked || refusals.length > 0)
      .toSorted((a, b) => Number(b.locked) - Number(a.locked) || b.at - a.at);
  }

  /** Lets a session do more than read again. A record that cannot be read is removed. */
  async unlock(id: string): Promise<void> {
    if (this.read(id) === 'unreadable') await this.remove(id);
    else await this.change(id, (record) => record && unlocked(record));
  }

  /** Forgets what was refused to a session, so that it is asked about again, and unlocks it. */
  async forget(id: string): Promise<void> {
    if (this.read(id) === 'unreadable') await this.remove(id);
    else await this.change(id, (record) => record && { ...unlocked(record), refusals: [] });
  }

  /** Calls back whenever a record may have changed here; with `watchFolder` also elsewhere. Gives what ends that. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Takes notice of what other windows and hooks write. Gives what ends that. */
  watchFolder(failed: (error: unknown) => void): () => void {
    try {
      mkdirSync(this.options.folder, { recursive: true, mode: 0o700 });
      const watcher = watch(this.options.folder, { persistent: false }, (_, name) => {
        if (name === null || name === STOP || name.endsWith('.json')) this.changed();
      });
      watcher.on('error', failed);
      return () => watcher.close();
    } catch (error) {
      failed(error);
      return () => undefined;
    }
  }

  private get stopFile(): string {
    return join(this.options.folder, STOP);
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }

  private fileOf(id: string): string {
    return join(this.options.folder, `${id}.json`);
  }

  private ids(): readonly string[] {
    try {
      return readdirSync(this.options.folder).filter((name) => /^[0-9a-f]{32}\.json$/.test(name)).map((name) => basename(name, '.json'));
    } catch {
      return [];
    }
  }

  private read(id: string): SessionRecord | 'unreadable' | undefined {
    try {
      const file = this.fileOf(id);
      const facts = statSync(file, { throwIfNoEntry: false });
      if (facts === undefined) return undefined;
      if (facts.size > MAX_RECORD) return 'unreadable';
      const parsed = SessionRecord.safeParse(JSON.parse(readFileSync(file, 'utf8')));
      return parsed.success ? parsed.data : 'unreadable';
    } catch (error) {
      // Removed between the two looks.
      return isMissing(error) ? undefined : 'unreadable';
    }
  }

  /** A record that cannot be read stays as it is: only a person takes the lock from it. */
  private async change(id: string, next: (record: SessionRecord | undefined) => SessionRecord | undefined): Promise<void> {
    await this.makeFolder();
    await withLock(`${this.fileOf(id)}.lock`, async () => {
      const record = this.read(id);
      if (record === 'unreadable') return;
      const changed = next(record);
      if (changed === undefined) return;
      if (record === undefined) await this.makeRoom();
      await writeAtomic(this.fileOf(id), `${JSON.stringify(changed)}\n`, 0o600);
    });
    this.changed();
  }

  /** A shell that an agent's command started does not say whose it is: what any session was refused in that folder is refused to it. */
  private refusedAround({ session, cwd }: Action): readonly Refusal[] {
    if (session !== '' || cwd === '') return [];
    return this.ids().flatMap((id) => {
      const record = this.read(id);
      if (record === undefined || record === 'unreadable' || record.session === '' || record.folder === '') return [];
      return isInside(cwd, record.folder, platformOf(record.folder)) ? record.refusals : [];
    });
  }

  private async remove(id: string): Promise<void> {
    await unlink(this.fileOf(id)).catch(ignoreMissing);
    this.changed();
  }

  /** Removes the oldest records once there are too many; those of locked sessions last. */
  private async makeRoom(): Promise<void> {
    const ids = this.ids();
    if (ids.length < MOST_RECORDS) return;
    const aged = ids.map((id) => ({ id, locked: isLocked(this.read(id)), age: statSync(this.fileOf(id), { throwIfNoEntry: false })?.mtimeMs ?? 0 }));
    const oldest = aged.toSorted((a, b) => Number(a.locked) - Number(b.locked) || a.age - b.age).slice(0, ids.length - MOST_RECORDS + 1);
    await Promise.all(oldest.map(({ id }) => unlink(this.fileOf(id)).catch(ignoreMissing)));
  }

  private async makeFolder(): Promise<void> {
    await mkdir(this.options.folder, { recursive: true, mode: 0o700 });
  }
}

/** Only what can be taken back, in a place that is known not to be production, may be allowed before it is asked about. */
export function mayBeAllowedAhead({ decision, confirmation, findings }: Verdict): boolean {
  return decision === 'ask' && confirmation?.by === 'click' && findings.every(({ decision, environment, reversibility }) => decision !== 'ask' || (reversibility !== 'irreversible' && environment !== 'production' && environment !== 'unknown'));
}

function isLocked(record: SessionRecord | 'unreadable' | undefined): boolean {
  return record === 'unreadable' || record?.lockedAt !== undefined;
}

function refusalsOf(record: SessionRecord | 'unreadable' | undefined): readonly Refusal[] {
  return record === undefined || record === 'unreadable' ? [] : record.refusals;
}

/** What the policy allows, a person has allowed by it; what it denies, it denies by itself. */
function isRefused(refusals: readonly Refusal[], action: Action, verdict: Verdict): boolean {
  if (refusals.length === 0 || (verdict.decision !== 'ask' && verdict.decision !== 'keep')) return false;
  const fingerprint = fingerprintOf(action);
  return refusals.some((refusal) => refusal.fingerprint === fingerprint) || repeats(refusals.flatMap(({ intents }) => intents), action, verdict, placeOf);
}

/** The path with the links on its way resolved. */
function placeOf(path: string): string {
  try {
    return join(realpathSync.native(dirname(path)), basename(path));
  } catch {
    return path;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function ignoreMissing(error: unknown): void {
  if (!isMissing(error)) throw error;
}
