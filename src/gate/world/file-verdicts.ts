import type { Policy } from '../../core/policy/policy.ts';
import { fileRules, fileVerdict, type FileRules, type FileVerdict } from '../../core/secrets/files.ts';
import type { FileEntry } from './known-secrets.ts';

/** Compiled rules, kept as long as the policy they are from. */
const compiled = new WeakMap<Policy, { readonly roots: readonly string[]; readonly rules: FileRules }>();

/**
 * What agents may see of a file: what people said of its name, then the name, then what was found in it.
 * @param entry what the index knows of it
 * @param roots folders that globs are relative to
 */
export function verdictOf(file: string, entry: FileEntry | undefined, policy: Policy, roots: readonly string[]): FileVerdict {
  const findings = (entry?.secrets ?? []).map(({ kind, name, line }) => ({ kind, name, line, start: 0, end: 0 }));
  return fileVerdict(file, { findings, complete: entry?.complete ?? true, steps: 0 }, rulesOf(policy, roots));
}

function rulesOf(policy: Policy, roots: readonly string[]): FileRules {
  const known = compiled.get(policy);
  if (known && known.roots.join('\n') === roots.join('\n')) return known.rules;
  const rules = fileRules(policy, roots);
  compiled.set(policy, { roots, rules });
  return rules;
}
