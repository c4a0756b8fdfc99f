import { movedWithSettings, startedWithoutPlugins, type Silence, type Surroundings } from './silencer.ts';

/** https://ampcode.com/manual/plugin-api */
export function ampSilences(around: Surroundings): readonly Silence[] {
  return [...movedWithSettings(around), ...startedWithoutPlugins(around, 'PLUGINS', ['off'])];
}
