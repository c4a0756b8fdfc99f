import { join } from 'node:path';
import { movedBy, type Silence, type Surroundings } from './silencer.ts';

/** https://docs.cline.bot/features/hooks. CLINE_HOOKS_DIR adds a folder and takes none away. */
export function clineSilences(around: Surroundings): readonly Silence[] {
  return movedBy(around, 'CLINE_DIR', join(around.home, '.cline'));
}
