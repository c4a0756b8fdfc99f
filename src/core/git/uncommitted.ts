import type { Effect } from '../effect.ts';
import { joinPath } from '../files/path.ts';
import { count } from '../files/wording.ts';
import type { Word } from '../shell/word.ts';
import { gitEffect } from './effect.ts';
import { looksLikeFile, matching } from './pathspec.ts';
import type { GitCommand } from './command.ts';

/** As many single files as the vault copies without a second thought. */
const handful = 10;

/** Which uncommitted work an operation throws away. */
export interface Scope {
  readonly id: string;
  /** Pathspecs; none means the whole working tree. */
  readonly specs: readonly Word[];
  /** Untracked files in the way are replaced too. */
  readonly untracked?: boolean;
  readonly saferWay?: string;
  /** However much it is, what goes can be copied first. */
  readonly kept?: boolean;
}

/**
 * The effect of throwing away changes to tracked files. Nothing where git says that there are none.
 * A few files named one by one can be copied first; a whole tree holds work nobody counted.
 */
export function discardEffects(command: GitCommand, { id, specs, untracked, kept = false, saferWay = 'Put the changes aside first: git stash push.' }: Scope): readonly Effect[] {
  if (!command.inRepository) return [];
  const { facts } = command;
  const listed = specs.map((spec) => spec.text).join(', ');
  const single = specs.length > 0 && specs.length <= handful && specs.every(looksLikeFile);
  if (!facts) {
    return [gitEffect({
      id, verb: 'discard', kind: 'uncommitted changes', name: listed, saferWay, certainty: 'likely', stake: { files: 'untracked' }, reversibility: single || kept ? 'recoverable' : 'irreversible',
      why: specs.length > 0 && !specs.some((spec) => spec.text === '.') ? `Throws away uncommitted changes in ${listed}.` : 'Throws away all uncommitted changes.',
      ...(single && command.folder !== undefined ? { paths: specs.map((spec) => joinPath(command.folder ?? '', spec.text)) } : {}),
    }, command)];
  }
  const lost = matching(untracked ? [...facts.dirty, ...facts.untracked] : facts.dirty, specs, command, facts);
  if (lost.length === 0 && !facts.truncated) return [];
  return [gitEffect({
    id, verb: 'discard', kind: 'uncommitted changes', stake: facts.truncated ? { files: 'untracked' } : {}, name: lost.length <= 3 ? lost.join(', ') : count(lost.length, 'file'), saferWay,
    reversibility: (kept || (single && lost.length <= handful)) && !facts.truncated ? 'recoverable' : 'irreversible',
    why: `Throws away uncommitted changes in ${facts.truncated ? 'more than ' : ''}${lost.length === 1 ? lost[0] : count(lost.length, 'file')}.`,
    paths: lost.map((path) => joinPath(facts.root, path)),
  }, command)];
}
