import type { Environment } from '../effect.ts';
import type { Policy } from '../policy/policy.ts';
import type { World } from '../world.ts';
import type { Belief } from './named.ts';

/** One thing that speaks of the environment work in a folder reaches. */
export interface Evidence extends Belief {
  /** The file it stands in, as an absolute path, or the environment variable. */
  readonly source: string;
}

/** From the strictest. What nothing places is stricter than what is known to be harmless. */
const order: readonly Environment[] = ['production', 'staging', 'unknown', 'development', 'local'];

/** For sorting, the strictest first. */
export function byStrictness(a: Evidence, b: Evidence): number {
  return order.indexOf(a.environment) - order.indexOf(b.environment);
}

/**
 * The environment that evidence proposes for a folder nobody has tagged: the strictest. Undefined where there is none, and where something
 * nobody can place speaks against a harmless one.
 */
export function proposedBy(evidence: readonly Evidence[]): Exclude<Environment, 'unknown'> | undefined {
  const strictest = order.find((environment) => evidence.some((item) => item.environment === environment));
  return strictest === 'unknown' ? undefined : strictest;
}

/** A folder of the workspace and what may be asked about it. */
export interface Folder {
  /** Absolute path. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly home: string | undefined;
  readonly world: World;
  /** It may place what names alone do not. */
  readonly policy: Policy;
}
