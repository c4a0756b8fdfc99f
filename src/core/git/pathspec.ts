import { matchesName } from '../files/globs.ts';
import { isInside, joinPath, segmentsOf } from '../files/path.ts';
import { isKnown, type Word } from '../shell/word.ts';
import type { GitFacts } from '../world.ts';
import type { GitCommand } from './command.ts';

/** The listed paths (relative to the repository) that some pathspecs mean. None given: all. https://git-scm.com/docs/gitglossary#Documentation/gitglossary.txt-aiddefpathspecapathspec */
export function matching(paths: readonly string[], specs: readonly Word[], command: GitCommand, facts: GitFacts): readonly string[] {
  const given = specs.filter((spec) => !/^:(?:[!^]|\(exclude)/.test(spec.text));
  if (given.length === 0) return paths;
  const tests = given.map((spec) => testOf(spec, command, facts));
  return paths.filter((path) => tests.some((test) => test(path)));
}

function testOf(spec: Word, { folder }: GitCommand, { root }: GitFacts): (path: string) => boolean {
  // What is not known may be anything.
  if (!isKnown(spec) || folder === undefined) return () => true;
  const top = /^:(?:\/|\(top\))/.exec(spec.text);
  if (spec.text.startsWith(':(') && !top) return () => true;
  const base = top ? root : folder;
  const text = top ? spec.text.slice(top[0].length) : spec.text;
  const absolute = joinPath(base, text || '.');
  const operators = new Set(Array.from(absolute).flatMap((character, at) => ('*?['.includes(character) ? [at + 1] : [])));
  return (path) => {
    const whole = joinPath(root, path);
    return isInside(whole, absolute, 'posix') || (operators.size > 0 && matchesName(`.${whole}`, `.${absolute}`, operators));
  };
}

/** True when a pathspec, by its words alone, means one file: it has an extension and no pattern. */
export function looksLikeFile(spec: Word): boolean {
  const name = segmentsOf(spec.text, 'posix').at(-1) ?? '';
  return isKnown(spec) && spec.globs.length === 0 && !/[*?[]/.test(spec.text) && !spec.text.endsWith('/') && /.\.[A-Za-z0-9]{1,8}$/.test(name);
}
