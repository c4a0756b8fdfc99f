import type { Environment } from '../effect.ts';
import { type Decision, decisions } from '../verdict.ts';

/** How much is at stake; unknown counts as production. */
const environments: Readonly<Record<Environment, number>> = { local: 0, development: 1, staging: 2, production: 3, unknown: 3 };

export function isStricter(environment: Environment, than: Environment): boolean {
  return environments[environment] > environments[than];
}

/** Orders decisions: a typed name is stricter than a click. */
export function strictness({ decision, typed = false }: { readonly decision: Decision; readonly typed?: boolean }): number {
  return decisions.indexOf(decision) * 2 + (decision === 'ask' && typed ? 1 : 0);
}
