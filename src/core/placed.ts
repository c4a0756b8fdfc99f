import type { Place } from './analysis.ts';
import type { Effect } from './effect.ts';

/** The effect with the environment and the span of the place it was found in. */
export function placed(effect: Effect, place: Place): Effect {
  const withEnv = { ...effect, env: effect.env ?? place.env };
  return place.span && !effect.span ? { ...withEnv, span: place.span } : withEnv;
}
