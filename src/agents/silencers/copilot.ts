import { join } from 'node:path';
import * as z from 'zod/mini';
import { allHooksDisabled, movedBy, type Silence, type Surroundings } from './silencer.ts';

const Locations = z.record(z.string(), z.unknown());

/** https://docs.github.com/en/copilot/reference/hooks-configuration and https://code.visualstudio.com/docs/copilot/customization/hooks */
export function copilotSilences(around: Surroundings): readonly Silence[] {
  const { home, folders } = around;
  const inFolders = folders.flatMap((folder) => ['.github/copilot/settings.json', '.github/copilot/settings.local.json', '.claude/settings.json', '.claude/settings.local.json'].map((name) => join(folder, name)));
  const locations = Locations.safeParse(around.setting('chat.hookFilesLocations')).data;
  return [
    ...movedBy(around, 'COPILOT_HOME', join(home, '.copilot')),
    ...allHooksDisabled(around, [join(home, '.copilot', 'settings.json'), ...inFolders]),
    ...(around.setting('chat.useHooks') === false ? [{ why: 'chat.useHooks is off in the editor’s settings, so its own agent mode runs no hook. Switch it on.' }] : []),
    ...(locations?.['~/.copilot/hooks'] === false ? [{ why: 'chat.hookFilesLocations leaves out ~/.copilot/hooks, so the editor’s own agent mode does not read the hooks there. Set it to true.' }] : []),
  ];
}
