import { join } from 'node:path';
import { movedBy, type Silence, type Surroundings } from './silencer.ts';

/** https://kiro.dev/docs/hooks/ */
export function kiroSilences(around: Surroundings): readonly Silence[] {
  return movedBy(around, 'KIRO_HOME', join(around.home, '.kiro'), 'its command line');
}
