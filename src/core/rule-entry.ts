import type { Rule } from './rule.ts';

/** What is known of a rule before it is read: enough to tell which actions it concerns. */
export interface RuleEntry {
  readonly programs: readonly string[];
  readonly packages?: readonly string[];
  /** Of the control plane: hosts, ports and names of mutations, as in `ControlPlane`. */
  readonly hosts?: readonly string[];
  readonly ports?: readonly number[];
  readonly mutations?: readonly string[];
  /** The rule itself. */
  readonly load: () => Rule;
}

/** The entry of a rule that has been read. */
export function entryOf(rule: Rule): RuleEntry {
  const { programs, packages, controlPlane } = rule;
  const { hosts, ports, mutations } = controlPlane ?? {};
  return {
    programs,
    ...(packages && { packages }),
    ...(hosts && { hosts }),
    ...(ports && { ports }),
    ...(mutations && { mutations: mutations.map(({ request }) => request) }),
    load: () => rule,
  };
}
