import { join } from 'node:path';
import { allHooksDisabled, movedBy, systemPath, type Silence, type Surroundings } from './silencer.ts';

/** https://qwenlm.github.io/qwen-code-docs/en/users/features/hooks/ */
export function qwenCodeSilences(around: Surroundings): readonly Silence[] {
  const { home, folders } = around;
  const system = systemPath(around, '/Library/Application Support/QwenCode/settings.json', '/etc/qwen-code/settings.json', '%ProgramData%\\qwen-code\\settings.json');
  return [...movedBy(around, 'QWEN_HOME', join(home, '.qwen')), ...allHooksDisabled(around, [join(home, '.qwen', 'settings.json'), ...folders.map((folder) => join(folder, '.qwen', 'settings.json')), system])];
}
