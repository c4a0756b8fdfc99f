import { dirname, isAbsolute } from 'node:path';
import type { Policy } from '../core/policy/policy.ts';
import { loadLastGood } from './last-good-policies.ts';
import { stackPolicies } from './policy-stack.ts';
import type { State } from './state.ts';
import { workspacePolicyIn } from './workspace-policy.ts';

/**
 * The saved policy is that of the window which saved it last, and may be without what the teams of these folders have said. That can only
 * tighten, so it is read where it stands.
 */
export async function withTeams(state: State, folders: readonly string[], policy: Policy): Promise<Policy> {
  const found = await Promise.all(folders.map((folder) => workspacePolicyIn(folder, state)));
  const files = found.filter((file) => file !== undefined);
  if (files.length === 0) return policy;
  const lastGood = await loadLastGood(state);
  return stackPolicies(files.map((file) => ({ ...file, lastGood: lastGood.get(file.file) })), policy).policy;
}

/** Absolute folders with all folders above them. */
export function withParents(places: readonly string[]): readonly string[] {
  const folders = new Set<string>();
  for (const place of places) {
    if (!isAbsolute(place)) continue;
    for (let folder = place; !folders.has(folder); folder = dirname(folder)) folders.add(folder);
  }
  return [...folders];
}
