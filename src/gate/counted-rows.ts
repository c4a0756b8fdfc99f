import type { Action } from '../core/action.ts';
import { planCount } from '../core/policy/counts.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Verdict } from '../core/verdict.ts';
import { runPersonCommand } from './person-command.ts';

/** The rows of what a question is about, or why nobody knows how many there are. What the command printed is never told: it may hold secrets. */
export type CountedRows = { readonly name: string } & ({ readonly rows: number } | { readonly problem: string });

/** Counts what a verdict would lose, as the person's policy says; undefined where it says nothing of it. Never rejects. */
export type CountRows = (action: Action, verdict: Verdict, signal: AbortSignal) => Promise<CountedRows | undefined>;

export interface RowCounterOptions {
  readonly policy: () => Pick<Policy, 'counts'>;
  /** The environment of the editor. */
  readonly env?: NodeJS.ProcessEnv;
  readonly limitMs?: number;
}

const LIMIT_MS = 2_000;
/** Of a command of any agent; more are not counted. */
const MOST_AT_ONCE = 3;
const LARGEST_ANSWER = 4_096;

/** What counts rows with the commands of a person's policy. */
export function rowCounter({ policy, env: own = process.env, limitMs = LIMIT_MS }: RowCounterOptions): CountRows {
  let running = 0;
  return async (action, { findings }, signal) => {
    const planned = planCount(findings, policy().counts);
    if (planned === undefined) return undefined;
    const { name, plan } = planned;
    if ('problem' in plan) return { name, problem: plan.problem };
    if (running >= MOST_AT_ONCE) return { name, problem: 'others are being counted' };
    running++;
    try {
      const ran = await runPersonCommand({ command: plan.command, action, env: planned.env ?? action.env, own, largestOutput: LARGEST_ANSWER }, AbortSignal.any([signal, AbortSignal.timeout(limitMs)]));
      if ('problem' in ran) return { name, problem: ran.problem };
      return { name, ...(ran.code === 0 ? numberIn(ran.output) : { problem: 'the command failed' }) };
    } finally {
      running--;
    }
  };
}

function numberIn(output: string): { readonly rows: number } | { readonly problem: string } {
  const [, digits] = /^[ \t]*(\d{1,15})[ \t]*(?:\r?\n|$)/.exec(output) ?? [];
  return digits === undefined ? { problem: 'the answer is not a number' } : { rows: Number(digits) };
}
