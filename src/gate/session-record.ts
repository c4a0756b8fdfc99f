import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Action } from '../core/action.ts';
import { Intent } from './intents.ts';

/** Refused tries after which a session may only read. */
export const MOST_TRIES = 3;
/** Tries longer ago than this have nothing to do with each other any more. */
const TRIES_MS = 60 * 60 * 1000;
const MOST_REFUSALS = 64;
const MOST_ALLOWED = 64;
const MAX_TEXT = 32_768;
/** UTF-16 units of the sentence that a refusal is remembered by. */
export const LONGEST_WHAT = 240;

const Refusal = z.object({
  at: z.number(),
  /** What it would have done, without secrets. */
  what: z.string().check(z.maxLength(LONGEST_WHAT)),
  fingerprint: z.string(),
  intents: z.array(Intent),
});
export type Refusal = z.infer<typeof Refusal>;

/** What is remembered of one agent's session. */
export const SessionRecord = z.object({
  version: z.literal(1),
  agent: z.string().check(z.maxLength(MAX_TEXT)),
  /** Empty where the agent gives none; `folder` then stands for it. */
  session: z.string().check(z.maxLength(MAX_TEXT)),
  folder: z.string().check(z.maxLength(MAX_TEXT)),
  /** When tries were refused; milliseconds since the epoch. */
  tries: z.array(z.number()),
  lockedAt: z.optional(z.number()),
  refusals: z.array(Refusal).check(z.maxLength(MOST_REFUSALS)),
  /** Fingerprints of actions that the person allowed for as long as the session lasts. */
  allowed: z.array(z.string()).check(z.maxLength(MOST_ALLOWED)),
});
export type SessionRecord = z.infer<typeof SessionRecord>;

/** Where a session's record is kept: the same for one agent's session, or for one agent in one workspace where it gives no session. */
export function sessionId({ agent, session, workspaceRoots, cwd }: Pick<Action, 'agent' | 'session' | 'workspaceRoots' | 'cwd'>): string {
  const key = session === '' ? [agent, 'folder', workspaceRoots[0] ?? cwd] : [agent, 'session', session];
  return createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 32);
}

export function newRecord({ agent, session, workspaceRoots, cwd }: Action): SessionRecord {
  return { version: 1, agent, session: session.slice(0, MAX_TEXT), folder: (workspaceRoots[0] ?? cwd).slice(0, MAX_TEXT), tries: [], refusals: [], allowed: [] };
}

/** The record with one more refusal; `counts` where it is a try that may lock the session. */
export function withRefusal(record: SessionRecord, refusal: Refusal, counts: boolean): SessionRecord {
  const others = record.refusals.filter(({ fingerprint }) => fingerprint !== refusal.fingerprint);
  const refusals = [...others, refusal].slice(-MOST_REFUSALS);
  const tries = [...record.tries.filter((at) => refusal.at - at < TRIES_MS), ...(counts ? [refusal.at] : [])].slice(-MOST_TRIES);
  const lockedAt = record.lockedAt ?? (tries.length >= MOST_TRIES ? refusal.at : undefined);
  return { ...record, refusals, tries, ...(lockedAt === undefined ? {} : { lockedAt }) };
}

/** The record with one more action that may run for as long as the session lasts. */
export function withAllowed(record: SessionRecord, fingerprint: string): SessionRecord {
  return { ...record, allowed: [...record.allowed.filter((known) => known !== fingerprint), fingerprint].slice(-MOST_ALLOWED) };
}

/** The record of a session that may do more than read again; what was refused stays refused. */
export function unlocked(record: SessionRecord): SessionRecord {
  const { lockedAt: _lockedAt, ...rest } = record;
  return { ...rest, tries: [] };
}
