import { entryOf, type RuleEntry } from './rule-entry.ts';
import { rules } from './rules/all.ts';

/**
 * Every rule there is. In the engine that ships, the build puts a list in this one's place whose rules are read from a file of their own
 * when they are first needed (`esbuild.mjs`): most actions concern one or two of more than three hundred.
 */
export const ruleEntries: readonly RuleEntry[] = rules.map(entryOf);
