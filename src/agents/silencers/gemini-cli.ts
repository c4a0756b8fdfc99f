import { join } from 'node:path';
import * as z from 'zod/mini';
import { jsonFile, movedBy, systemPath, type Silence, type Surroundings } from './silencer.ts';

const Settings = z.object({ hooksConfig: z.object({ enabled: z.optional(z.boolean()), disabled: z.optional(z.array(z.string())) }) });
/** As its hook list names ours. */
const NAME = 'interlock';

/** https://github.com/google-gemini/gemini-cli/blob/main/docs/hooks/reference.md */
export function geminiCliSilences(around: Surroundings): readonly Silence[] {
  const { home, folders } = around;
  const system = systemPath(around, '/Library/Application Support/GeminiCli/settings.json', '/etc/gemini-cli/settings.json', '%ProgramData%\\gemini-cli\\settings.json');
  const files = [join(home, '.gemini', 'settings.json'), ...folders.map((folder) => join(folder, '.gemini', 'settings.json')), system];
  return [
    ...movedBy(around, 'GEMINI_CLI_HOME', home),
    ...files.flatMap((file): readonly Silence[] => {
      const { enabled, disabled = [] } = jsonFile(around, file, Settings)?.hooksConfig ?? {};
      if (enabled === false) return [{ why: `hooksConfig.enabled is false in ${file}, so no hook is run. Set it to true there.`, file }];
      return disabled.includes(NAME) ? [{ why: `hooksConfig.disabled in ${file} names Interlock’s hook. Take it out there.`, file }] : [];
    }),
  ];
}
