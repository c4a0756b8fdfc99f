import type { Action } from '../core/action.ts';
import { decide } from '../core/decide.ts';
import { withExpiry } from '../core/policy/allow.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Verdict } from '../core/verdict.ts';
import type { World } from '../core/world.ts';
import { dayOf } from './day.ts';

/** What becomes of an action today: allow rules are held against the clock at each decision, as a policy may have been read long ago. */
export function decideToday(action: Action, world: World, policy: Policy, now: number = Date.now()): Verdict {
  return decide(action, world, withExpiry(policy, dayOf(now)));
}
