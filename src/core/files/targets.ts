import type { Analysis, Place } from '../analysis.ts';
import type { Span } from '../effect.ts';
import type { Word } from '../shell/word.ts';
import { expandGlob } from './globs.ts';
import { baseName, expandHome, isAbsolute, isInside, isRoot, joinPath, normalise, parentOf, segmentsOf, type Platform } from './path.ts';
import { kindOf, looksMade, type Surroundings } from './places.ts';

/** One path a word stands for. */
export interface Target {
  /** Absolute with links resolved; relative only where nobody says what to. */
  readonly path: string;
  /** What the folder holds is meant, not the folder: `x/*`. */
  readonly contents: boolean;
  readonly span: Span | undefined;
}

/** What a word means as a path. */
export type Meaning =
  | { readonly is: 'paths'; readonly targets: readonly Target[] }
  /** It becomes a whole disk, home or workspace when a variable is empty. */
  | { readonly is: 'everything'; readonly path: string; readonly written: string }
  /** Not knowable, but it can only be something temporary or something a build makes. */
  | { readonly is: 'made'; readonly written: string }
  | { readonly is: 'unknown'; readonly written: string };

/** Whether the last name of a path is followed where it is a link: writing goes through, deleting does not. */
export type LinkUse = 'follow' | 'keep';

/** Steps of finding out what a path is. */
const pathSteps = 8;

/** Finds the paths a word stands for. */
export function meaningOf(word: Word, place: Pick<Place, 'cwd' | 'span'>, around: Surroundings, links: LinkUse, analysis: Analysis): Meaning {
  analysis.spend(pathSteps);
  const span = word.span ?? place.span;
  if (word.holes.length > 0) return meaningWithHoles(word, baseFolder(place, around, false), around);
  if (word.text === '') return { is: 'paths', targets: [] };
  const base = baseFolder(place, around, analysis.world.sighted);
  const expanded = expandTilde(throughProcess(word, base), around);
  if (expanded === undefined) return isWholeHome(word.text) ? { is: 'everything', path: word.text, written: word.text } : { is: 'unknown', written: word.text };
  if (base === undefined && !isAbsolute(expanded.text, around.platform)) return { is: looksMade(word.text, around.platform, false) ? 'made' : 'unknown', written: word.text };
  const seen = expanded.globs.length > 0 ? matched(expanded, base ?? '', around, analysis) : [{ path: joinPath(base ?? '', expanded.text, around.platform), contents: false }];
  const throughLink = links === 'follow' || /[\\/]\.?$/.test(expanded.text);
  // Every path found is normalised, compared and shown several times over.
  analysis.spend(Math.ceil(seen.reduce((sum, { path }) => sum + path.length, 0) / 64));
  const places = seen.flatMap((target) => whereabouts(target, throughLink, analysis));
  return { is: 'paths', targets: places.map((target) => ({ ...target, path: resolved(target.path, target.contents || throughLink, analysis), span })) };
}

/** The places a path may mean after what the action has moved and linked. */
function whereabouts(target: Seen, throughLink: boolean, { world: { written } }: Analysis): readonly Seen[] {
  if (!written) return [target];
  return [...written.whereabouts(target.path), ...written.linked(target.path, target.contents || throughLink)].map((path) => ({ ...target, path }));
}

/**
 * The folder relative paths start from; undefined where a `cd` nobody can follow came before.
 * An agent that names no folder works in the workspace; without a disk to look at, in some folder without a name.
 */
function baseFolder(place: Pick<Place, 'cwd'>, around: Surroundings, sighted: boolean): string | undefined {
  if (place.cwd) return place.cwd;
  return around.workFolder === '' ? (around.roots[0] ?? (sighted ? undefined : '')) : undefined;
}

/** A process sees its own folder and root under `/proc`. https://man7.org/linux/man-pages/man5/proc_pid.5.html */
function throughProcess(word: Word, base: string | undefined): Word {
  const own = /^\/proc\/(?:self|thread-self)\/(cwd|root)(?=\/|$)/.exec(word.text);
  const place = own?.[1] === 'root' ? '/.' : base;
  if (!own || !place) return word;
  const shift = place.length - own[0].length;
  return { ...word, text: place + word.text.slice(own[0].length), globs: word.globs.map((at) => at + shift) };
}

function isWholeHome(text: string): boolean {
  return /^~[^/\\]*[/\\]?$/.test(text);
}

function expandTilde(word: Word, { home, platform }: Surroundings): Pick<Word, 'text' | 'globs'> | undefined {
  if (!word.text.startsWith('~')) return word;
  const tilde = /^~[^/\\]*/.exec(word.text)?.[0] ?? '~';
  const folder = expandHome(tilde, home, platform);
  if (folder === undefined) return undefined;
  const shift = folder.length - tilde.length;
  return { text: folder + word.text.slice(tilde.length), globs: word.globs.map((at) => at + shift) };
}

function resolved(path: string, through: boolean, analysis: Analysis): string {
  const { world } = analysis;
  if (!world.sighted || !isAbsolute(path, world.platform)) return path;
  if (through || isRoot(path, world.platform)) return world.resolve(path);
  return joinPath(world.resolve(parentOf(path, world.platform)), baseName(path, world.platform), world.platform);
}

type Seen = Pick<Target, 'path' | 'contents'>;

/** The paths of a glob: from the disk where it may be consulted, else as far as the text says. */
function matched(glob: Pick<Word, 'text' | 'globs'>, base: string, around: Surroundings, analysis: Analysis): readonly Seen[] {
  const { platform } = around;
  const first = glob.globs[0] as number;
  const cut = Math.max(glob.text.lastIndexOf('/', first), platform === 'windows' ? glob.text.lastIndexOf('\\', first) : -1);
  const folder = joinPath(base, cut < 0 ? '.' : glob.text.slice(0, cut + 1), platform);
  const pattern = glob.text.slice(cut + 1);
  const contents: Seen = { path: folder, contents: true };
  const kind = isAbsolute(folder, platform) ? kindOf(folder, around) : 'workspace';
  // `/*`, `~/*` and `/etc/*` mean the whole, however few names are there today.
  if (kind === 'everything' && !around.roots.some((root) => isInside(folder, root, platform)) && /^[*.]+$|^\*[/\\]\*/.test(pattern)) return [contents];
  if (analysis.world.sighted && isAbsolute(folder, platform)) {
    const paths = expandGlob(glob, base, analysis);
    return paths ? paths.map((path) => ({ path, contents: false })) : [contents];
  }
  if (/^[*.?]+(?:[/\\]|$)/.test(pattern) && !looksMade(pattern, platform)) return [contents];
  return isRoot(folder, platform) ? [contents] : [{ path: joinPath(base, glob.text, platform), contents: false }];
}

/** Single system folders whose contents are somebody's own: an empty variable there is bad, but not the end of the machine. */
const openFolders = new Set(['opt', 'srv', 'mnt', 'media', 'run', 'tmp', 'volumes']);

function meaningWithHoles(word: Word, base: string | undefined, around: Surroundings): Meaning {
  const { platform } = around;
  const written = word.text;
  const whole = wholeWhenEmpty(word, base, around);
  if (whole !== undefined) return { is: 'everything', path: whole, written };
  const first = word.holes[0];
  if (first?.start === 0 && isTemporaryHole(written, first, around)) return { is: 'made', written };
  const prefix = expandHome(written.slice(0, first?.start ?? 0), around.home, platform) ?? '';
  const rest = written.slice(first?.start ?? 0);
  if (/(?:^|[\\/])\.\.(?:[\\/]|$)/.test(rest)) return { is: 'unknown', written };
  const cut = Math.max(prefix.lastIndexOf('/'), prefix.lastIndexOf('\\'));
  const folder = prefix.slice(0, cut + 1);
  if (isAbsolute(folder, platform) && around.temporary.some((other) => isInside(folder, other, platform))) return { is: 'made', written };
  const names = segmentsOf(removeHoles(word, () => true).text, platform);
  const inSystem = isAbsolute(prefix, platform) && kindOf(normalise(folder, platform), around) === 'outside';
  return { is: !inSystem && looksMade(names.join('/'), 'posix') ? 'made' : 'unknown', written };
}

/**
 * `$(mktemp -d)`, and what lies below `%TEMP%`, which Windows always sets, or `$TMPDIR`, which POSIX names, wherever that is.
 * Where the environment is known `$TMPDIR` is unset, as other names are in any case, and what lies below it lies below the root.
 * https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html
 */
function isTemporaryHole(written: string, hole: Word['holes'][number], { knowsVariables }: Surroundings): boolean {
  if (/^(?:\$\(|`)\s*mktemp\b/.test(written)) return true;
  const variable = knowsVariables ? /^(?:\$\{?env:TE?MP\b|%TE?MP%)/i : /^(?:\$\{?env:(?:TMPDIR|TEMP|TMP|RUNNER_TEMP)\b|\$\{?(?:TMPDIR|RUNNER_TEMP)\b|%TE?MP%)/i;
  return variable.test(written) && /^[\\/][^\\/.*]/.test(written.slice(hole.end)) && !/(?:^|[\\/])\.\.(?:[\\/]|$)/.test(written);
}

/** The whole disk, home or workspace a word becomes when its variables are empty; undefined where it does not. */
function wholeWhenEmpty(word: Word, base: string | undefined, around: Surroundings): string | undefined {
  const { platform } = around;
  if (/^(?:\$(?:HOME|\{HOME\}|USERPROFILE|env:USERPROFILE|env:HOME)|%USERPROFILE%|%HOMEDRIVE%%HOMEPATH%)[\\/*.]*$/i.test(word.text)) return word.text;
  const emptied = removeHoles(word, (hole) => hole.mayBeEmpty);
  if (emptied.text === '' || emptied.text === word.text || emptied.left > 0) return undefined;
  const text = expandHome(emptied.text.replace(/[\\/][*.]+$/, '/'), around.home, platform);
  if (text === undefined) return isWholeHome(emptied.text) ? emptied.text : undefined;
  if (!isAbsolute(text, platform) && (base === undefined || base === '' || text === './' || text === '.')) return undefined;
  const path = joinPath(base ?? '', text, platform);
  const names = segmentsOf(path, platform);
  const byHole = names.length === 2 && word.holes.at(-1)?.end === word.text.length;
  if (kindOf(path, around) !== 'everything') return undefined;
  const known = isRoot(path, platform) || (around.home !== undefined && isInside(around.home, path, platform)) || around.roots.some((root) => isInside(root, path, platform));
  return known || byHole || (names.length === 1 && !openFolders.has((names[0] as string).toLowerCase())) ? path : undefined;
}

function removeHoles(word: Word, which: (hole: Word['holes'][number]) => boolean): { readonly text: string; readonly left: number } {
  let text = '';
  let at = 0;
  let left = 0;
  for (const hole of word.holes) {
    if (!which(hole)) {
      left++;
      continue;
    }
    text += word.text.slice(at, hole.start);
    at = hole.end;
  }
  return { text: text + word.text.slice(at), left };
}

/** True when a path names something of its own rather than `.` or a path that leaves its folder. */
export function staysBelow(path: string, platform: Platform): boolean {
  return path !== '.' && isInside(path, '.', platform);
}
