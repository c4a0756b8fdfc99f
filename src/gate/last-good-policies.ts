import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { withoutCommands } from '../core/policy/backups.ts';
import type { PolicyLayer } from '../core/policy/merge.ts';
import { SavedLayer } from './policy-schema.ts';
import type { State } from './state.ts';
import { writeAtomic } from './write-atomic.ts';

const LastGood = z.object({ version: z.literal(1), files: z.record(z.string(), SavedLayer) });

function fileOf(state: State): string {
  return join(state.root, 'policy-last-good.json');
}

/** What counted of each policy file when it could last be read, by the file's path. Nothing where that cannot be told. Never throws. */
export async function loadLastGood(state: State): Promise<ReadonlyMap<string, PolicyLayer>> {
  try {
    const parsed = LastGood.safeParse(JSON.parse(await readFile(fileOf(state), 'utf8')));
    return new Map(parsed.success ? Object.entries(parsed.data.files).map(([file, layer]) => [file, { ...layer, counts: [], backups: (layer.backups ?? []).map((scope) => ({ ...scope, command: [] })) }]) : []);
  } catch {
    return new Map();
  }
}

/** Keeps what counts now, beside what other windows have kept of their folders' files. No command is kept: it may hold a password. */
export async function saveLastGood(state: State, read: ReadonlyMap<string, PolicyLayer>): Promise<void> {
  const known = await loadLastGood(state);
  const layers = [...read].map(([file, layer]): [string, PolicyLayer] => [file, { ...layer, counts: [], backups: withoutCommands(layer.backups) }]);
  if (layers.every(([file, layer]) => JSON.stringify(known.get(file)) === JSON.stringify(layer))) return;
  await writeAtomic(fileOf(state), `${JSON.stringify({ version: 1, files: Object.fromEntries([...known, ...layers]) })}\n`, 0o600);
}
