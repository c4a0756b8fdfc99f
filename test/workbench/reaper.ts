/**
 * Starts processes so that all of them, and whatever they start, can be ended again. Each gets a process group of its own, and an
 * environment variable by which its descendants are found when they have left that group (shells of a terminal, a browser's helpers).
 */
import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const MARKER = 'INTERLOCK_RIG_RUN';
const GONE_LIMIT_MS = 10_000;
const POLL_MS = 50;

/** Owns every process of one run of the rig. */
export interface Reaper {
  /** To put into the environment of a process that somebody else starts for the rig (the browser). */
  readonly env: Readonly<Record<string, string>>;
  /** As `child_process.spawn`; `env` must be given, nothing is inherited but the marker. */
  spawn(command: string, args: readonly string[], options: SpawnOptions & { env: Record<string, string | undefined> }): ChildProcess;
  /** Kills one process and all it started, as a crash would, and waits until they are gone. */
  kill(child: ChildProcess): Promise<void>;
  /** Kills everything started here and waits until it is gone. */
  killAll(): Promise<void>;
  /** Throws when a process started here, or a descendant of one, still runs. */
  assertNoneLeft(): void;
}

/** A process that must end: `pid` is negative for a group. */
interface Target {
  readonly pid: number;
  readonly command: string;
}

/** Makes a reaper with nothing started. */
function createReaper(): Reaper {
  const id = randomUUID();
  const marks = new Map<ChildProcess, string>();
  const targetsOf = (child: ChildProcess, mark: string): Target[] => [...groupOf(child), ...marked((value) => value === mark)];
  const all = (): Target[] => [...[...marks.keys()].flatMap(groupOf), ...marked((value) => value.startsWith(id))];
  return {
    env: { [MARKER]: `${id}.0` },
    spawn(command, args, options) {
      const mark = `${id}.${marks.size + 1}`;
      const child = spawn(command, args, { ...options, env: { ...options.env, [MARKER]: mark }, detached: true });
      marks.set(child, mark);
      return child;
    },
    kill: (child) => killUntilGone(() => targetsOf(child, marks.get(child) ?? '')),
    killAll: () => killUntilGone(all),
    assertNoneLeft() {
      const left = all().map(({ pid, command }) => `${pid} ${command}`);
      if (left.length > 0) throw new Error(`The rig left processes behind:\n${left.join('\n')}`);
    },
  };
}

/**
 * Runs `body` with a fresh reaper and an empty temporary folder. Afterwards, also when it failed or the run is interrupted, everything
 * started is killed, the folder is removed, and a process left behind makes the run fail.
 */
export async function withRig<T>(body: (rig: { reaper: Reaper; folder: string }) => Promise<T>): Promise<T> {
  const reaper = createReaper();
  // The path of a Unix socket may have 107 characters, so keep this short.
  const folder = await mkdtemp(join(tmpdir(), 'il-'));
  const cleanUp = async (): Promise<void> => {
    await reaper.killAll();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: POLL_MS });
  };
  const interrupted = (signal: NodeJS.Signals): void => {
    void cleanUp().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143));
  };
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  try {
    return await body({ reaper, folder });
  } finally {
    await cleanUp();
    process.removeListener('SIGINT', interrupted);
    process.removeListener('SIGTERM', interrupted);
    reaper.assertNoneLeft();
  }
}

/** A process may start another between the look and the kill, so look again until there is none. */
async function killUntilGone(targets: () => Target[]): Promise<void> {
  const giveUp = Date.now() + GONE_LIMIT_MS;
  for (let left = targets(); left.length > 0 && Date.now() < giveUp; left = targets()) {
    for (const { pid } of left) tryKill(pid);
    await delay(POLL_MS);
  }
}

function groupOf(child: ChildProcess): Target[] {
  const isRunning = child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  return isRunning && child.pid !== undefined ? [{ pid: -child.pid, command: child.spawnfile }] : [];
}

function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Processes whose marker fits, by the process file system; none where there is none. */
function marked(fits: (value: string) => boolean): Target[] {
  if (!existsSync('/proc/self/environ')) return [];
  const found: Target[] = [];
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    try {
      const entry = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').find((line) => line.startsWith(`${MARKER}=`));
      if (entry === undefined || !fits(entry.slice(MARKER.length + 1))) continue;
      found.push({ pid, command: readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ').slice(0, 120) });
    } catch {
      // It ended while being looked at, or belongs to somebody else.
    }
  }
  return found;
}
