import type { Action } from '../core/action.ts';
import { planBackups, planNewest, type BackupCommands } from '../core/policy/backups.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Verdict } from '../core/verdict.ts';
import { runPersonCommand, type Ran } from './person-command.ts';

/** What a question says of backups. */
export interface BackupFacts {
  /** A backup is made before what is allowed goes ahead. */
  readonly required: boolean;
  /** When the newest one was made, in milliseconds since the epoch, or why nobody knows; absent where nobody has said how to find out. */
  readonly newest?: { readonly name: string } & ({ readonly time: number } | { readonly problem: string });
}

/** Backups of what is not on this machine, made by commands of the person's own policy. */
export interface Backups {
  /** What to say before somebody decides; undefined where the policy says nothing of it. Takes two seconds at most and never rejects. */
  facts(action: Action, verdict: Verdict, signal: AbortSignal): Promise<BackupFacts | undefined>;
  /** Makes all that must be made. Never rejects. */
  make(action: Action, verdict: Verdict, signal: AbortSignal): Promise<BackupsMade>;
}

/** How many were made, or why one was not: the action does not go ahead. */
type BackupsMade = { readonly made: number } | { readonly problem: string };

export interface BackupOptions {
  readonly policy: () => Pick<Policy, 'backups'>;
  readonly now: () => number;
  /** The environment of the editor. */
  readonly env?: NodeJS.ProcessEnv;
  /** Shows that a backup is being made, until it has ended. The signal it gives ends the backup. */
  readonly show?: (name: string, ended: Promise<unknown>) => AbortSignal;
  readonly newestLimitMs?: number;
}

const NEWEST_LIMIT_MS = 2_000;
const LARGEST_TIME = 4_096;
const MOST_BACKUPS = 8;
const DAY_MS = 86_400_000;

/** What makes backups while an editor runs. */
export function backupMaker({ policy, now, env: own = process.env, show, newestLimitMs = NEWEST_LIMIT_MS }: BackupOptions): Backups {
  return {
    async facts(action, { findings }, signal) {
      const { backups } = policy();
      const required = planBackups(findings, backups).length > 0;
      const planned = planNewest(findings, backups);
      if (planned === undefined) return required ? { required } : undefined;
      const { name, plan, env = action.env } = planned;
      if ('problem' in plan) return { required, newest: { name, problem: plan.problem } };
      const within = AbortSignal.any([signal, AbortSignal.timeout(newestLimitMs)]);
      return { required, newest: { name, ...timeOf(await runPersonCommand({ command: plan.command, action, env, own, largestOutput: LARGEST_TIME }, within), now()) } };
    },
    async make(action, { findings }, signal) {
      const planned = planBackups(findings, policy().backups);
      if (planned.length > MOST_BACKUPS) return { problem: `it needs more than ${MOST_BACKUPS} backups` };
      for (const { name, plan, seconds, env = action.env } of planned) {
        if ('problem' in plan) return { problem: plan.problem };
        const stop = new AbortController();
        const running = runPersonCommand({ command: plan.command, action, env, own, largestOutput: 0 }, AbortSignal.any([signal, stop.signal, AbortSignal.timeout(seconds * 1000)]));
        show?.(name, running).addEventListener('abort', () => stop.abort(), { once: true });
        const ran = await running;
        if (stop.signal.aborted) return { problem: 'it was cancelled' };
        if ('problem' in ran) return { problem: ran.problem };
        if (ran.code !== 0) return { problem: ran.code === null ? 'the command was killed' : `the command ended with ${ran.code}` };
      }
      return { made: planned.length };
    },
  };
}

/** Where no editor runs, no command of the person's own does: what must be backed up first does not go ahead. */
export function noBackups(backups: readonly BackupCommands[]): Backups {
  return {
    facts: () => Promise.resolve(undefined),
    make: (_action, { findings }) => Promise.resolve(planBackups(findings, backups).length === 0 ? { made: 0 } : { problem: 'no editor with Interlock is running to make it' }),
  };
}

/** A time as programs print it: ISO 8601, or seconds since 1970. */
function timeOf(ran: Ran, now: number): { readonly time: number } | { readonly problem: string } {
  if ('problem' in ran) return ran;
  if (ran.code !== 0) return { problem: 'the command failed' };
  const [line = ''] = ran.output.trim().split('\n');
  const text = line.trim();
  const time = /^\d{9,11}$/.test(text) ? Number(text) * 1000 : /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text) && text.length < 64 ? Date.parse(text) : NaN;
  return Number.isNaN(time) || time > now + DAY_MS ? { problem: 'the answer is not a time' } : { time };
}
