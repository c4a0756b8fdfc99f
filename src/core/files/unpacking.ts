import type { Analysis } from '../analysis.ts';
import type { Effect } from '../effect.ts';
import { knownWord, type Word } from '../shell/word.ts';
import { guardChanges, wholeEffects, type PathChange, type PathPlace } from './path-effects.ts';
import { isBelow, joinPath } from './path.ts';
import { surroundingsOf } from './places.ts';
import { meaningOf } from './targets.ts';

/** Most files of uncommitted work that are named. */
const mostNamed = 200;

/**
 * What unpacking an archive into a folder may replace. Nobody knows what is in the archive: work below the folder that git
 * has no copy of may be among it, and is copied first.
 */
export function unpackEffects(folder: Word | undefined, what: Omit<PathChange, 'verb' | 'recursive'>, place: PathPlace, analysis: Analysis): readonly Effect[] {
  const into = folder ?? knownWord('.');
  const whole = folder ? wholeEffects([folder], what, place, analysis) : [];
  if (whole.length > 0 || !analysis.world.sighted) return folder && whole.length === 0 ? guardChanges([folder], {}, place, analysis) : whole;
  const meaning = meaningOf(into, { cwd: place.cwd }, surroundingsOf(analysis, place.env), 'follow', analysis);
  const target = meaning.is === 'paths' ? meaning.targets[0]?.path : undefined;
  const facts = target === undefined ? undefined : analysis.world.git(target);
  if (target === undefined || !facts) return [];
  const work = [...facts.dirty, ...facts.untracked].map((path) => joinPath(facts.root, path, analysis.world.platform)).filter((path) => isBelow(path, target, analysis.world.platform)).slice(0, mostNamed);
  if (work.length === 0) return [];
  return [{
    verb: 'overwrite', resource: { kind: 'uncommitted changes', name: into.text, provider: 'local files' }, reversibility: 'recoverable', certainty: 'likely', rule: what.rule,
    why: `Unpacks an archive over ${into.text}, where ${work.length === 1 ? 'a file has' : `${work.length} files have`} changes git has no copy of.`,
    target: { by: 'path' }, paths: work, ...(what.saferWay ? { saferWay: what.saferWay } : {}), ...(what.docs ? { docs: what.docs } : {}), ...(place.span ? { span: place.span } : {}),
  }];
}
