import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import type { State } from './state.ts';
import { writeAtomic } from './write-atomic.ts';

/**
 * How windows and hooks know each other.
 *
 * What could be gained at the sockets: a window that registers is handed agents' requests and answers them, and whoever listens in a
 * leader's place answers all of them. Both must prove that they know a key, which lies in the state folder: readable by its owner alone,
 * hidden from agents by its name, changed by no agent because of its place (`core/files/guard-files.ts`). Commands and programs that talk
 * to the sockets are refused besides (`core/guards/gate.ts`). The first window to start makes the key anew.
 *
 * The proof covers what it is given with, so that one that was overheard proves nothing else. Requests of hooks need none: all that they
 * can get is an answer to themselves. No message allows, unlocks or resumes anything; that takes the person, in the editor.
 *
 * A key in the editor's own secret storage would not do: hooks are no part of the editor, and VS Code and Cursor have one each. Against
 * a program that runs with the person's rights and reads what it likes nothing here helps, as the threat model says.
 */
const KEY_BYTES = 32;
const KEY = new RegExp(`^[0-9a-f]{${KEY_BYTES * 2}}$`);

/** The header that carries the proof of a registration and of an answer. */
export const PROOF_HEADER = 'x-interlock-proof';

/** A new key in place of the last one, of which somebody may have taken a copy. */
export async function renewGateKey(state: State): Promise<void> {
  await writeAtomic(state.key, randomBytes(KEY_BYTES).toString('hex'), 0o600);
}

/** What a proof is for: it proves nothing else. */
type Purpose = 'answer' | 'status' | 'window';

/** The proof of a text that is meant for one purpose; undefined where there is no usable key. */
export function proofOf(state: State, purpose: Purpose, text: string): string | undefined {
  const key = readKey(state);
  return key === undefined ? undefined : createHmac('sha256', key).update(`${purpose}\n${text}`).digest('hex');
}

/** True when whoever gave the proof knew the key. Never where there is none. */
export function isProven(state: State, purpose: Purpose, text: string, proof: string | undefined): boolean {
  const expected = proofOf(state, purpose, text);
  if (expected === undefined || proof === undefined) return false;
  const [given, wanted] = [Buffer.from(proof), Buffer.from(expected)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** Makes the key where it is missing or unusable. */
export function ensureGateKey(state: State): void {
  if (readKey(state) === undefined) writeFileSync(state.key, randomBytes(KEY_BYTES).toString('hex'), { mode: 0o600 });
}

/** Read at each use: another window may have made it anew. */
function readKey(state: State): string | undefined {
  try {
    const text = readFileSync(state.key, 'utf8');
    return KEY.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}
