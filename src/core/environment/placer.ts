import type { Effect } from '../effect.ts';
import type { World } from '../world.ts';
import { environmentInName, type Belief } from './named.ts';

/** What a command says of its target itself. */
export interface Asked {
  readonly program?: string;
  /** The context, profile, project or environment it names; absent where the tool's current one counts. */
  readonly name?: string;
  /** The option or variable that gave the name. */
  readonly from?: string;
  /** A part of it, such as a namespace. */
  readonly scope?: string;
  /** Other options, by the name the rule gave them. */
  readonly settings: Readonly<Record<string, readonly string[]>>;
  readonly resource: Effect['resource'];
}

/** Where a tool looks when its command does not say. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string>>;
  readonly home: string | undefined;
  /** Folder the tool works in; empty where it is not known. */
  readonly folder: string;
  readonly roots: readonly string[];
  readonly world: World;
}

/** A name that may say which environment a target belongs to, and by which the policy may know it. */
export interface Clue {
  /** What it is the name of: `kube context`. */
  readonly what: string;
  readonly name: string;
  /** Where it was read: `in .vercel/project.json`, `from AWS_PROFILE`. */
  readonly from?: string;
  /** What it says, where that is more than the words in it. */
  readonly environment?: Belief['environment'];
  /** Why it says so, in place of “is named like …”. */
  readonly because?: string;
  /** True for a name that does not choose the target: it can make it production and nothing less. */
  readonly label?: boolean;
}

/** What is found out about the place a command works on. */
export interface Place {
  /** What is certain, whatever names say: a loopback address, a flag for the local copy. */
  readonly sure?: Belief | undefined;
  readonly clues: readonly (Clue | undefined)[];
}

/** Finds a system's place as its own tool does: what the command says, then the environment, then links and configuration files, then the default. */
export type Placer = (asked: Asked, around: Surroundings) => Place;

/** Placers by the name that rules give a system. */
export type Placers = Readonly<Record<string, Placer>>;

const strictest: readonly Belief['environment'][] = ['production', 'staging', 'development'];

/**
 * What clues make one believe: the strictest of what they say. A machine of somebody else is never `local`, whatever it is called,
 * and a name that does not choose the target makes nothing less than production.
 */
export function beliefIn(clues: readonly Clue[]): Belief | undefined {
  const beliefs = clues.flatMap((clue) => beliefInClue(clue) ?? []);
  return strictest.map((environment) => beliefs.find((belief) => belief.environment === environment)).find((belief) => belief !== undefined);
}

function beliefInClue({ what, name, from, environment, because, label = false }: Clue): Belief | undefined {
  const said = environment ?? environmentInName(name);
  if (said === 'unknown' || said === 'local' || (label && said !== 'production')) return undefined;
  return { environment: said, evidence: `${what} “${shortened(name)}”${from === undefined ? '' : ` ${from}`} ${because ?? `is named like ${said}`}` };
}

/** One clause for a clue that says nothing of an environment. */
export function clauseOf({ what, name, from }: Clue): string {
  return `it works on ${what} “${shortened(name)}”${from === undefined ? '' : ` ${from}`}`;
}

function shortened(name: string): string {
  return name.length > 80 ? `${name.slice(0, 77)}…` : name;
}

/** The last value the command gives for a setting; undefined where it gives none. */
export function setting({ settings }: Asked, name: string): string | undefined {
  const value = settings[name]?.at(-1);
  return value === '' ? undefined : value;
}

/** True where the command has a plain flag. */
export function isSet({ settings }: Asked, name: string): boolean {
  return settings[name] !== undefined;
}

/** The first variable that is set, with its name for the evidence. */
export function variable({ env }: Surroundings, ...names: readonly string[]): { readonly name: string; readonly from: string } | undefined {
  const found = names.find((name) => Object.hasOwn(env, name) && env[name] !== '');
  return found === undefined ? undefined : { name: env[found] as string, from: `from ${found}` };
}

/** What the command names, with where: its flag before anything else. */
export function flagged({ name, from }: Asked): { readonly name: string; readonly from?: string } | undefined {
  return name === undefined ? undefined : { name, ...(from === undefined ? {} : { from: `from ${from}` }) };
}

/** A provider's environment. Another company's machines are never this one, whatever they are called. */
export function environmentClue(what: string, named: { readonly name: string; readonly from?: string }): Clue {
  return { what, ...named, ...(environmentInName(named.name) === 'local' ? { environment: 'development' as const } : {}) };
}

const placeKinds = /^(?:account|bucket|cluster|database|stack|instance|table|dataset|environment|app|application|project|site|namespace|function|service|server|queue|topic|zone|workspace|group)\b/;

/** What is lost may carry the name of its environment: it can make it production; that it does not say so means nothing. */
export function resourceClue({ resource }: Asked): Clue | undefined {
  const bucket = /^(?:s3|gs):\/\/([^/\s]+)/.exec(resource.name)?.[1];
  if (bucket !== undefined) return { what: 'bucket', name: bucket, label: true };
  return placeKinds.test(resource.kind) && resource.name !== '' ? { what: resource.kind, name: resource.name, label: true } : undefined;
}

/** What the command names as its resource, where that is the place itself: `apps destroy shop`. */
export function resourceNamed({ resource }: Asked, kinds: RegExp): { readonly name: string; readonly from?: string } | undefined {
  return kinds.test(resource.kind) && /^[^\s,]+$/.test(resource.name) ? { name: resource.name } : undefined;
}
