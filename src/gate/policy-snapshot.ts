import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { withoutCommands } from '../core/policy/backups.ts';
import { defaultPolicy } from '../core/policy/defaults.ts';
import type { Policy } from '../core/policy/policy.ts';
import { SavedPolicy } from './policy-schema.ts';
import type { State } from './state.ts';
import { writeAtomic } from './write-atomic.ts';

/** What a hook decides by while no editor runs. */
export interface PolicySnapshot {
  readonly policy: Policy;
  /** How long a person has for an answer; seconds. */
  readonly answerSeconds: number;
}

export const DEFAULT_ANSWER_SECONDS = 120;

const Snapshot = z.object({ version: z.literal(2), policy: SavedPolicy, answerSeconds: z.number().check(z.gte(1), z.lte(3600)) });

/** A snapshot as it was written; `problem` where it is not one. Never throws. */
export function parseSnapshot(source: string): PolicySnapshot | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    return { problem: 'The saved policy is not valid JSON.' };
  }
  const parsed = Snapshot.safeParse(value);
  if (!parsed.success) return { problem: `The saved policy is not in the form it was written in: ${parsed.error.issues[0]?.path.map(String).join('.') ?? ''}` };
  const { policy, answerSeconds } = parsed.data;
  return { policy: { ...policy, counts: [], backups: (policy.backups ?? []).map((scope) => ({ ...scope, command: [] })) }, answerSeconds };
}

/** The last snapshot; the built-in policy where none was ever written. Never throws. */
export async function loadSnapshot(state: State): Promise<PolicySnapshot | { readonly problem: string }> {
  let source: string;
  try {
    source = await readFile(state.policy, 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return missing ? { policy: { ...defaultPolicy, guardPaths: [state.root] }, answerSeconds: DEFAULT_ANSWER_SECONDS } : { problem: 'The saved policy cannot be read.' };
  }
  return parseSnapshot(source);
}

/** Writes what hooks decide by once no editor runs. Without an editor no command of the person’s own is run, and they may hold a password. */
export async function saveSnapshot(state: State, { policy, answerSeconds }: PolicySnapshot): Promise<void> {
  await writeAtomic(state.policy, `${JSON.stringify({ version: 2, policy: { ...policy, counts: undefined, backups: withoutCommands(policy.backups) }, answerSeconds })}\n`, 0o600);
}
