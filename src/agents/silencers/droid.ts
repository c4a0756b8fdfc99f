import { join } from 'node:path';
import * as z from 'zod/mini';
import { jsonFile, movedBy, systemPath, type Silence, type Surroundings } from './silencer.ts';

const Off = z.object({ hooksDisabled: z.literal(true) });
/** The switch stands among the hooks or beside them. */
const Settings = z.union([Off, z.object({ hooks: Off })]);
const ManagedOnly = z.object({ allowManagedHooksOnly: z.literal(true) });

/** https://docs.factory.ai/harness/hooks; where its organisation's settings are, and what moves its folder, as in 0.225.2. */
export function droidSilences(around: Surroundings): readonly Silence[] {
  const { home, folders } = around;
  const managed = systemPath(around, '/Library/Application Support/Factory/settings.json', '/etc/factory/settings.json', '%ProgramFiles%\\Factory\\settings.json');
  const files = [managed, ...[home, ...folders].flatMap((folder) => ['hooks.json', 'settings.json', 'settings.local.json'].map((name) => join(folder, '.factory', name)))];
  return [
    ...movedBy(around, 'FACTORY_HOME_OVERRIDE', home),
    ...files.filter((file) => jsonFile(around, file, Settings) !== undefined).map((file) => ({ why: `hooksDisabled is true in ${file}, so no hook is run. Type /hooks in Droid and switch them on.`, file })),
    ...(jsonFile(around, managed, ManagedOnly) === undefined ? [] : [{ why: `Your organisation allows its own hooks only (allowManagedHooksOnly in ${managed}). Ask it to allow those of Interlock.`, file: managed }]),
  ];
}
