import { comparable, platformOf } from '../files/path.ts';
import { matchesPart } from '../secrets/globs.ts';

/**
 * Globs that people and teams write: `*` and `?` within a part, `**` for any number of parts, `[abc]`, `{a,b}`; dots are ordinary.
 * A policy may come from a cloned repository and be held against text of an agent, so no pattern is slow: each is walked part by part
 * with the set of places it may have reached, and braces stand for a bounded number of patterns.
 */
export interface Glob {
  readonly alternatives: readonly (readonly Part[])[];
}

type Part = { readonly any: true } | { readonly any: false; readonly text: string; readonly literal: boolean };

/** Most patterns that braces may become. */
const MAX_ALTERNATIVES = 256;
const ANY: Part = { any: true };

/** True when a name, id or host fits a pattern. */
export function matchesGlob(text: string, pattern: string, { ignoreCase = false }: { readonly ignoreCase?: boolean } = {}): boolean {
  const [name, glob] = ignoreCase ? [text.toLowerCase(), pattern.toLowerCase()] : [text, pattern];
  if (!isGlob(glob)) return name === glob;
  const parts = name.split('/');
  return expandBraces(glob).some((alternative) => walk(partsOf(alternative), parts, false) === 'covers');
}

/**
 * A glob for files and folders, letter case aside.
 * @param folder absolute folder it is looked for in, at any depth; without one a glob that does not begin with `/` or a drive fits at any depth
 */
export function pathGlob(pattern: string, folder?: string): Glob {
  const within = folder === undefined ? [] : partsOfPath(folder).map((text): Part => ({ any: false, text, literal: true }));
  const alternatives = expandBraces(pattern.toLowerCase()).map((alternative): readonly Part[] => {
    const text = (platformOf(alternative) === 'windows' ? alternative.replaceAll('\\', '/') : alternative).replace(/\/+/g, '/');
    const parts = partsOf(text.length > 1 && text.endsWith('/') ? text.slice(0, -1) : text);
    if (folder !== undefined) return [...within, ANY, ...(text.startsWith('/') ? parts.slice(1) : parts)];
    return text.startsWith('/') || platformOf(text) === 'windows' ? parts : [ANY, ...parts];
  });
  return { alternatives };
}

/** `covers`: the path fits, or lies below what fits. `reaches`: something below the path may fit, as its name begins the glob. */
export type Fit = 'covers' | 'reaches' | 'misses';

/** How a glob fits a path, given by `partsOfPath`. */
export function fitOf({ alternatives }: Glob, path: readonly string[]): Fit {
  const fits = alternatives.map((parts) => walk(parts, path, true));
  return fits.includes('covers') ? 'covers' : fits.includes('reaches') ? 'reaches' : 'misses';
}

/** The parts of a path for `fitOf`; an absolute one begins with an empty part or a drive. */
export function partsOfPath(path: string): readonly string[] {
  const platform = platformOf(path);
  const parts = comparable(path, platform).split(platform === 'windows' ? /[\\/]+/ : '/');
  return parts.at(-1) === '' && parts.length > 1 ? parts.slice(0, -1) : parts;
}

/** @param below what lies below a match fits as well */
function walk(glob: readonly Part[], path: readonly string[], below: boolean): Fit {
  let places = withSkips(new Set([0]), glob);
  let literally = true;
  for (const part of path) {
    if (below && places.has(glob.length)) return 'covers';
    const next = new Set<number>();
    literally = false;
    for (const place of places) {
      const wanted = glob[place];
      if (wanted === undefined) continue;
      if (wanted.any) next.add(place);
      else if (wanted.literal ? wanted.text === part : matchesPart(wanted.text, part)) {
        next.add(place + 1);
        literally = true;
      }
    }
    places = withSkips(next, glob);
  }
  if (places.has(glob.length)) return 'covers';
  return literally && places.size > 0 ? 'reaches' : 'misses';
}

/** `**` may stand for nothing. */
function withSkips(places: Set<number>, glob: readonly Part[]): ReadonlySet<number> {
  // A set that grows while it is walked is walked to its new end.
  for (const place of places) if (glob[place]?.any) places.add(place + 1);
  return places;
}

function partsOf(glob: string): readonly Part[] {
  return glob.split('/').map((text) => (text === '**' ? ANY : { any: false, text, literal: !isGlob(text) }));
}

function isGlob(text: string): boolean {
  return /[*?[{]/.test(text);
}

/** False for a glob whose braces stand for more patterns than are looked at: it would fit nothing. */
export function isBounded(glob: string): boolean {
  return !glob.includes('{') || expandBraces(glob).length > 0;
}

/** The patterns of a glob with braces: `{a,b{1,2}}` is `a`, `b1` and `b2`. Braces without a partner or a comma are letters. None where there are too many. */
function expandBraces(glob: string): readonly string[] {
  const done: string[] = [];
  const open = [glob];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const braces = innermostBraces(next);
    if (braces === undefined) done.push(next);
    else for (const choice of next.slice(braces.start + 1, braces.end).split(',').toReversed()) open.push(next.slice(0, braces.start) + choice + next.slice(braces.end + 1));
    if (done.length + open.length > MAX_ALTERNATIVES) return [];
  }
  return done;
}

/** The first pair of braces that holds a comma and no other pair. */
function innermostBraces(glob: string): { readonly start: number; readonly end: number } | undefined {
  let start = -1;
  for (let at = 0; at < glob.length; at++) {
    if (glob[at] === '{') start = at;
    if (glob[at] !== '}' || start < 0) continue;
    if (glob.slice(start, at).includes(',')) return { start, end: at };
    start = -1;
  }
  return undefined;
}
