import type { Access } from '../agents/ignore-files/ignore-file.ts';
import type { IgnoreFileState } from '../gate/ignore-files.ts';

/** A line of the list a person chooses from. */
export interface IgnoreFileRow {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly picked: boolean;
  readonly state: IgnoreFileState;
}

const titles: Readonly<Record<Access, string>> = { index: 'index', mention: '@-mentions', read: 'read tool', search: 'search tool', edit: 'edit tool' };

/**
 * What each file would hold and what not, so that nobody takes one for a guard; those that cannot be changed are left out.
 * Chosen beforehand is what has our rules already, and what an agent's person has made before.
 */
export function ignoreFileRows(states: readonly IgnoreFileState[]): readonly IgnoreFileRow[] {
  return states.filter(({ rules }) => rules !== 'broken').map((state) => {
    const { file, exists, rules, tracked } = state;
    const where = tracked ? 'tracked by git: others get the change' : exists ? 'not tracked by git' : 'new file';
    const holds = `Holds: ${file.binds.map((access) => titles[access]).join(', ')}.`;
    return { label: file.title, description: `${file.path} · ${where}${rules === 'none' ? '' : ' · written'}`, detail: `${holds} Not held: ${file.leaks[0] ?? ''}${file.needs === undefined ? '' : ` ${file.needs}`}`, picked: rules !== 'none' || (exists && file.usual), state };
  });
}

/** What a choice comes to: a file that is no longer chosen loses our rules. */
export function changesOf(rows: readonly IgnoreFileRow[], chosen: readonly IgnoreFileRow[]): { readonly write: readonly IgnoreFileState[]; readonly remove: readonly IgnoreFileState[] } {
  const states = (wanted: boolean): readonly IgnoreFileState[] => rows.filter((row) => chosen.includes(row) === wanted).map(({ state }) => state);
  return { write: states(true).filter(({ rules }) => rules !== 'current'), remove: states(false).filter(({ rules }) => rules !== 'none') };
}
