import { join } from 'node:path';
import { movedBy, type Silence, type Surroundings } from './silencer.ts';

/** https://docs.x.ai/build/settings */
export function grokSilences(around: Surroundings): readonly Silence[] {
  return movedBy(around, 'GROK_HOME', join(around.home, '.grok'));
}
