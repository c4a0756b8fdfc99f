import type { Action } from '../action.ts';
import type { Effect, LocatedEffect, Verb } from '../effect.ts';
import { isInside, normalise, platformOf } from '../files/path.ts';
import { matchesGlob } from './glob.ts';
import type { AllowRule, Policy, PolicyAllowRule } from './policy.ts';

/** What no rule of a policy can let through without a person. */
const neverAllowed: ReadonlySet<Verb> = new Set(['weakenGuard', 'readSecret', 'expose'] as const);

/** Why an allow rule that fits an effect does not count for it, as the end of a sentence; undefined where it does. */
export function barrier(rule: AllowRule & { readonly expired?: true }, effect: LocatedEffect): string | undefined {
  if (rule.expired) return `it expired after ${rule.expires ?? ''}`;
  if (neverAllowed.has(effect.verb)) return 'no rule can allow this';
  if (effect.everything) return 'no rule can allow what takes a whole disk, home or drive';
  // Which value and where is all that such a rule says; what the request does there is judged by itself.
  if ('credential' in rule) return undefined;
  if (effect.environment === 'production') return 'no rule can allow what targets production';
  if (effect.environment === 'unknown') return 'no rule can allow what targets something not known to be anything but production';
  if ('command' in rule) return effect.reversibility === 'irreversible' ? 'a rule for one command cannot allow what cannot be undone' : undefined;
  return effect.verb === 'runUnknown' ? 'code nobody could look into is only allowed by its exact command' : undefined;
}

/** The allow rules that are about an effect, those that do not count for it included. */
export function rulesFor(effect: Effect, action: Action, { allow }: Pick<Policy, 'allow'>): readonly PolicyAllowRule[] {
  return allow.filter((rule) => isAbout(rule, effect, action) && isWithin(rule, effect, action));
}

function isAbout(rule: AllowRule, effect: Effect, action: Action): boolean {
  if ('command' in rule) return action.tool === 'shell' && action.command === rule.command;
  if ('credential' in rule) return effect.spent?.credential === rule.credential && effect.spent.host === rule.host.toLowerCase();
  if ('tool' in rule) return effect.rule === `${rule.tool}/${rule.operation}`;
  return effect.rule === rule.rule && effect.resource.name !== '' && matchesGlob(effect.resource.name, rule.resource, { ignoreCase: true });
}

/** A command means the same only in the folder it was allowed in; other rules hold for the folder and all below. */
function isWithin(rule: AllowRule, { paths = [] }: Effect, { cwd }: Action): boolean {
  if (rule.folder === undefined) return true;
  if (cwd === '') return false;
  const platform = platformOf(rule.folder);
  if ('command' in rule) return normalise(cwd, platform) === normalise(rule.folder, platform);
  return [cwd, ...paths].every((path) => isInside(path, rule.folder ?? '', platform));
}

/**
 * The policy with the allow rules that have expired marked as such; the same object where none has, so that what is kept of it stays good.
 * @param today `2026-12-31`, UTC
 */
export function withExpiry(policy: Policy, today: string): Policy {
  const isOver = ({ expires }: AllowRule): boolean => expires !== undefined && expires < today;
  if (!policy.allow.some((rule) => isOver(rule) && !rule.expired)) return policy;
  return { ...policy, allow: policy.allow.map((rule) => (isOver(rule) ? { ...rule, expired: true } : rule)) };
}
