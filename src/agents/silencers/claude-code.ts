import { join } from 'node:path';
import * as z from 'zod/mini';
import { allHooksDisabled, jsonFile, movedBy, systemPath, type Silence, type Surroundings } from './silencer.ts';

const ManagedOnly = z.object({ allowManagedHooksOnly: z.literal(true) });

/** https://code.claude.com/docs/en/settings */
export function claudeCodeSilences(around: Surroundings): readonly Silence[] {
  const { home, folders } = around;
  const own = [join(home, '.claude', 'settings.json'), ...folders.flatMap((folder) => ['settings.json', 'settings.local.json'].map((name) => join(folder, '.claude', name)))];
  const managed = managedFiles(around);
  return [
    ...movedBy(around, 'CLAUDE_CONFIG_DIR', join(home, '.claude')),
    ...allHooksDisabled(around, managed).map((silence): Silence => ({ ...silence, managedToo: true })),
    ...allHooksDisabled(around, own),
    ...managed.filter((file) => jsonFile(around, file, ManagedOnly) !== undefined).map((file) => ({ why: `Your organisation allows its own hooks only (allowManagedHooksOnly in ${file}). Ask it to allow those of Interlock.`, file })),
  ];
}

function managedFiles(around: Surroundings): readonly string[] {
  const folder = systemPath(around, '/Library/Application Support/ClaudeCode', '/etc/claude-code', '%ProgramFiles%\\ClaudeCode');
  const more = join(folder, 'managed-settings.d');
  return [join(folder, 'managed-settings.json'), ...around.list(more).filter((name) => name.endsWith('.json')).map((name) => join(more, name))];
}
