import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { withLock } from '../journal/lock-file.ts';
import type { State } from './state.ts';
import { writeAtomic } from './write-atomic.ts';

/** What is remembered of an agent that a person has had guarded. Milliseconds since the epoch. */
const GuardedAgent = z.object({
  since: z.number(),
  /** The version of Interlock that wrote the hooks last. */
  version: z.string(),
  /** When its hooks were put back after something else had taken them away; of the last day. */
  repairs: z.array(z.number()),
  /** When the person was told that they are not put back any more. */
  gaveUp: z.optional(z.number()),
});
export type GuardedAgent = z.infer<typeof GuardedAgent>;

const File = z.object({ agents: z.record(z.string(), GuardedAgent) });

export type GuardedAgents = Readonly<Record<string, GuardedAgent>>;

/** The agents that are to be guarded, by id: hooks of theirs that are missing were taken away. */
export async function readGuarded(state: State): Promise<GuardedAgents> {
  try {
    return File.parse(JSON.parse(await readFile(fileOf(state), 'utf8'))).agents;
  } catch {
    // None yet; or a file that cannot be used, and hooks that stand where they should are remembered again.
    return {};
  }
}

/** Changes what is remembered, one window after the other. Returns what `change` returns beside it. */
export async function changeGuarded<Result>(state: State, change: (agents: GuardedAgents) => Promise<{ readonly agents: GuardedAgents; readonly result: Result }>): Promise<Result> {
  return withLock(join(state.root, 'guarded.lock'), async () => {
    const before = await readGuarded(state);
    const { agents, result } = await change(before);
    if (agents !== before) await writeAtomic(fileOf(state), `${JSON.stringify({ agents }, undefined, 2)}\n`, 0o600);
    return result;
  });
}

/** Remembers that the person wants an agent guarded; from now on where that is not known yet, or asked for anew. */
export function rememberGuarded(state: State, ids: readonly string[], { now, version, anew }: { readonly now: number; readonly version: string; readonly anew: boolean }): Promise<void> {
  return changeGuarded(state, async (agents) => {
    const added = ids.filter((id) => anew || agents[id] === undefined);
    const fresh = Object.fromEntries(added.map((id) => [id, { since: agents[id]?.since ?? now, version, repairs: [] }]));
    return Promise.resolve({ agents: added.length === 0 ? agents : { ...agents, ...fresh }, result: undefined });
  });
}

/** Forgets agents that the person has stopped guarding. */
export function forgetGuarded(state: State, ids: readonly string[]): Promise<void> {
  return changeGuarded(state, (agents) => Promise.resolve({ agents: Object.fromEntries(Object.entries(agents).filter(([id]) => !ids.includes(id))), result: undefined }));
}

function fileOf(state: State): string {
  return join(state.root, 'guarded.json');
}
