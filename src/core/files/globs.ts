import type { Analysis } from '../analysis.ts';
import { joinPath } from './path.ts';

/** Most paths one word may become; a word that would become more stands for the folder's whole contents. */
const maxPaths = 1000;

/** A path with glob characters at known offsets. */
export interface GlobPath {
  /** Absolute, or relative to `folder`. */
  readonly text: string;
  readonly globs: readonly number[];
}

/**
 * The paths a shell would put in place of a glob, looked up on disk.
 * `undefined` where they cannot be known: a folder could not be listed, or there are too many.
 * As in a shell, `*` does not match a leading dot. `**` stands for one name, as it does unless `globstar` is set,
 * and for all below when it ends the path: what lies deeper goes with a folder anyway.
 */
export function expandGlob(glob: GlobPath, folder: string, analysis: Analysis): readonly string[] | undefined {
  const { world } = analysis;
  let found: readonly string[] = [glob.text.startsWith('/') ? '/' : folder];
  for (const segment of segmentsWithGlobs(glob)) {
    const next: string[] = [];
    for (const base of found) {
      if (!segment.pattern) {
        next.push(joinPath(base, segment.text, world.platform));
        continue;
      }
      const names = world.list(base);
      if (!names) {
        // A file has no names below it; a folder that cannot be listed could hold anything.
        if (world.stat(base)?.kind === 'folder') return undefined;
        continue;
      }
      analysis.spend(1 + Math.ceil(names.length / 16));
      for (const name of names) if (segment.pattern(name)) next.push(joinPath(base, name, world.platform));
      if (next.length > maxPaths) return undefined;
    }
    found = next;
  }
  return found.filter((path) => world.stat(path) !== undefined);
}

interface Segment {
  readonly text: string;
  readonly pattern?: (name: string) => boolean;
}

function segmentsWithGlobs({ text, globs }: GlobPath): readonly Segment[] {
  const active = new Set(globs);
  const segments: Segment[] = [];
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    if (at < text.length && text[at] !== '/') continue;
    const part = text.slice(start, at);
    const activeHere = new Set([...active].filter((offset) => offset >= start && offset < at).map((offset) => offset - start));
    if (part !== '' && part !== '.') segments.push(activeHere.size > 0 ? { text: part, pattern: patternOf(part, activeHere) } : { text: part });
    start = at + 1;
  }
  return segments;
}

/** Extended patterns such as `!(x)` are read as matching every name: too much is looked at rather than too little. */
function patternOf(part: string, active: ReadonlySet<number>): (name: string) => boolean {
  const extended = [...active].some((at) => !'*?['.includes(part[at] as string) || part[at + 1] === '(');
  return extended ? (name) => part.startsWith('.') || !name.startsWith('.') : (name) => matchesName(name, part, active);
}

/** A name against a shell pattern of which only the characters at `active` are operators. Time grows with the product of both lengths. */
export function matchesName(name: string, pattern: string, active: ReadonlySet<number>): boolean {
  if (name.startsWith('.') && !pattern.startsWith('.')) return false;
  let at = 0;
  let to = 0;
  let starAt = -1;
  let starTo = 0;
  while (at < name.length) {
    const width = matchOne(name[at] as string, pattern, to, active);
    if (pattern[to] === '*' && active.has(to)) {
      starAt = to++;
      starTo = at;
    } else if (width > 0) {
      at++;
      to += width;
    } else if (starAt >= 0) {
      to = starAt + 1;
      at = ++starTo;
    } else return false;
  }
  while (to < pattern.length && pattern[to] === '*' && active.has(to)) to++;
  return to === pattern.length;
}

/** How many characters of the pattern at `to` one character of the name uses up; 0 where it does not fit. */
function matchOne(character: string, pattern: string, to: number, active: ReadonlySet<number>): number {
  if (to >= pattern.length) return 0;
  if (!active.has(to)) return pattern[to] === character ? 1 : 0;
  if (pattern[to] === '?') return 1;
  if (pattern[to] !== '[') return 0;
  const close = pattern.indexOf(']', to + 2);
  if (close < 0) return character === '[' ? 1 : 0;
  const negated = pattern[to + 1] === '!' || pattern[to + 1] === '^';
  const inside = inSet(character, pattern.slice(to + (negated ? 2 : 1), close));
  return inside !== negated ? close - to + 1 : 0;
}

function inSet(character: string, set: string): boolean {
  // `[[:alpha:]]` and the like are read as "any character".
  if (set.includes('[:')) return true;
  for (let at = 0; at < set.length; at++) {
    if (set[at + 1] === '-' && at + 2 < set.length) {
      if (character >= (set[at] as string) && character <= (set[at + 2] as string)) return true;
      at += 2;
    } else if (set[at] === character) return true;
  }
  return false;
}
