import type { LocatedEffect } from './effect.ts';

/** Ordered from least to most strict. `keep`: copy what would be lost into the vault, then allow. */
export const decisions = ['allow', 'keep', 'ask', 'deny'] as const;
export type Decision = (typeof decisions)[number];

/** How a person confirms: with a click, or by typing `text`. */
export type Confirmation = { readonly by: 'click' } | { readonly by: 'type'; readonly text: string };

/** One effect as it was decided, with the reason a person is shown. */
export interface Finding extends LocatedEffect {
  readonly decision: Decision;
  /** For `ask`: the person types the resource's name. */
  readonly typed: boolean;
  /** Why it was decided so: the row of the policy in words. */
  readonly because: string;
  /** Who wrote the rule or policy row that decided. */
  readonly source: 'built-in' | 'user' | 'team' | 'managed';
}

export interface Verdict {
  readonly decision: Decision;
  /** Present when `decision` is `ask`. */
  readonly confirmation?: Confirmation;
  /** The action may run, but its output must be masked before a model sees it. */
  readonly output?: 'mask';
  /** Strictest first. */
  readonly findings: readonly Finding[];
  /** Text that may be shown to the agent in place of what was refused: a masked view of a secret file. */
  readonly maskedView?: string;
}
