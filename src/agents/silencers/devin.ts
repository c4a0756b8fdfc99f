import { movedWithSettings, type Silence, type Surroundings } from './silencer.ts';

/** https://docs.devin.ai/cli/extensibility/hooks/overview */
export function devinSilences(around: Surroundings): readonly Silence[] {
  return around.platform === 'win32' ? [] : movedWithSettings(around);
}
