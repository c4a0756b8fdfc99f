import type { Analysis, Place } from '../analysis.ts';
import type { Effect } from '../effect.ts';
import { newState } from './state.ts';
import { brokenEffect, Walk } from './walk.ts';

/**
 * The effects of PowerShell text: a command line, a script, or what another program hands to PowerShell.
 * @throws TooMuch beyond the bounds.
 */
export function analysePowershell(command: string, place: Place, analysis: Analysis): readonly Effect[] {
  const walk = new Walk(command, place, analysis);
  walk.run(newState(place.cwd, place.env));
  return onceEach(walk.broken ? [...walk.effects, brokenEffect(place)] : walk.effects);
}

/** Rounds of a loop often come to the same. */
function onceEach(effects: readonly Effect[]): readonly Effect[] {
  const byKey = new Map(effects.map((effect) => [[effect.rule, effect.why, effect.verb, ...(effect.paths ?? []), JSON.stringify(effect.target)].join('\n'), effect]));
  return [...byKey.values()];
}
