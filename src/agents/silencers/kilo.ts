import { movedWithSettings, startedWithoutPlugins, type Silence, type Surroundings } from './silencer.ts';

/** https://kilo.ai/docs/automate/extending/plugins */
export function kiloSilences(around: Surroundings): readonly Silence[] {
  return [...movedWithSettings(around), ...startedWithoutPlugins(around, 'KILO_PURE', ['1', 'true'])];
}
