import { movedWithSettings, startedWithoutPlugins, type Silence, type Surroundings } from './silencer.ts';

/** https://opencode.ai/docs/plugins/ */
export function opencodeSilences(around: Surroundings): readonly Silence[] {
  return [...movedWithSettings(around), ...startedWithoutPlugins(around, 'OPENCODE_PURE', ['1', 'true'])];
}
