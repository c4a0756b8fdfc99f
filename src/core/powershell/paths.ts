import type { Analysis } from '../analysis.ts';
import type { Effect } from '../effect.ts';
import { matchesName } from '../files/globs.ts';
import { joinPath, platformOf } from '../files/path.ts';
import { landingPlaces } from '../files/landing.ts';
import { pathEffects, wholeEffects, type PathChange, type PathPlace } from '../files/path-effects.ts';
import { forWindows } from '../files/windows-paths.ts';
import { knownWord, textOf, type Word } from '../shell/word.ts';
import { cutWord, joinPaths, lastSeparator, nameWord, parentWord, type Item } from './values.ts';

/** A path on a drive or share, which only Windows has. */
function isWindowsPath(text: string): boolean {
  return /^(?:[a-z]:|\\\\|\/\/)/i.test(text);
}

/** The platform a path is meant for: text without a drive belongs where the command runs. */
function analysisFor(word: Word, place: PathPlace, analysis: Analysis): Analysis {
  return isWindowsPath(word.text) || (place.cwd !== undefined && platformOf(place.cwd) === 'windows') ? forWindows(analysis) : analysis;
}

/** Both platforms take `/`, and so does everything that reads paths here. `\\?\C:\x` is `C:\x`. */
function slashed(word: Word): Word {
  const plain = /^[\\/]{2}[?.][\\/][a-z]:/i.test(word.text) ? cutWord(word, 4, word.text.length) : word;
  return { ...plain, text: plain.text.replaceAll('\\', '/') };
}

/** The words in the groups that share a platform. */
function byPlatform<T>(words: readonly Word[], place: PathPlace, analysis: Analysis, judge: (words: readonly Word[], analysis: Analysis) => readonly T[]): readonly T[] {
  const groups = new Map<'posix' | 'windows', { readonly analysis: Analysis; readonly words: Word[] }>();
  for (const word of words) {
    const own = analysisFor(word, place, analysis);
    const group = groups.get(own.world.platform) ?? { analysis: own, words: [] };
    group.words.push(slashed(word));
    groups.set(own.world.platform, group);
  }
  return [...groups.values()].flatMap((group) => judge(group.words, group.analysis));
}

/** Steps of judging one path. */
const pathSteps = 60;

/** What deleting, replacing or emptying paths loses, on whichever platform they are. */
export function changePaths(words: readonly Word[], what: PathChange, place: PathPlace, analysis: Analysis): readonly Effect[] {
  analysis.spend(words.length * pathSteps);
  return byPlatform(words, place, analysis, (group, own) => pathEffects(group.flatMap((word) => withHidden(word, own)), what, place, own));
}

/** The effects on whole disks, homes and guard files alone. */
export function changeWholes(words: readonly Word[], what: Omit<PathChange, 'verb' | 'recursive'>, place: PathPlace, analysis: Analysis): readonly Effect[] {
  return byPlatform(words, place, analysis, (group, own) => wholeEffects(group, what, place, own));
}

/** The files a copy or move would replace. */
export function landings(sources: readonly Word[], destination: Word, place: PathPlace, analysis: Analysis): readonly Word[] {
  return landingPlaces({ sources: sources.map(slashed), destination: slashed(destination) }, place, analysisFor(destination, place, analysis));
}

/** Here `*` takes names that begin with a dot as well; a shell's does not. */
function withHidden(word: Word, analysis: Analysis): readonly Word[] {
  const cut = lastSeparator(word) + 1;
  if (!analysis.world.sighted || !word.globs.includes(cut) || word.text[cut] === '[') return [word];
  const hidden = { ...word, text: `${word.text.slice(0, cut)}.${word.text.slice(cut)}`, globs: word.globs.map((at) => at + 1) };
  return [word, hidden];
}

/** The word with every wildcard in it at work, quoted or not: cmdlets look for wildcards themselves. */
export function withWildcards(word: Word): Word {
  const globs: number[] = [];
  // In `\\\\?\\C:\\x` it is no wildcard.
  for (let at = /^[\\\\/]{2}\\?[\\\\/]/.test(word.text) ? 4 : 0; at < word.text.length; at++) {
    if ('*?['.includes(word.text[at] as string) && !word.holes.some((hole) => at >= hole.start && at < hole.end)) globs.push(at);
  }
  return { ...word, globs };
}

export function withoutWildcards(word: Word): Word {
  return { ...word, globs: [] };
}

/** Folders looked into for files of a pattern; beyond them the whole folder is taken. */
const maxFolders = 2_000;
const maxFound = 500;

/** The words an item of the pipeline stands for when it is deleted or changed. */
export function pathsOfItem(item: Item, place: PathPlace, analysis: Analysis): readonly Word[] {
  if (item.kind !== 'text') return [];
  if (item.deep !== true) return [item.word];
  const pattern = nameWord(item.word);
  if (/^[*.]+$/.test(pattern.text)) return [item.word];
  const folder = parentWord(item.word);
  const own = analysisFor(folder, place, analysis);
  // Without a disk to look at, files of one name somewhere below are no more than files of that name.
  if (!own.world.sighted) return [withoutWildcards(item.word)];
  return findBelow(slashed(folder), pattern, place, own) ?? [contentsOf(folder)];
}

/** Files and folders below a folder whose name fits a pattern; undefined where they cannot be known or are too many. */
function findBelow(folder: Word, pattern: Word, place: PathPlace, analysis: Analysis): readonly Word[] | undefined {
  const { world } = analysis;
  const path = textOf(folder);
  if (path === undefined || place.cwd === undefined || pattern.holes.length > 0) return undefined;
  // A dot before both keeps one in the name from being special.
  const wanted = `.${pattern.text.toLowerCase()}`;
  const active = new Set(withWildcards({ ...pattern, text: wanted }).globs);
  const waiting = [joinPath(place.cwd, path, world.platform)];
  const found: Word[] = [];
  for (let looked = 0; waiting.length > 0; looked++) {
    const current = waiting.pop() as string;
    const names = world.list(current) ?? [];
    analysis.spend(1 + Math.ceil(names.length / 16));
    for (const name of names) {
      const full = joinPath(current, name, world.platform);
      if (matchesName(`.${name.toLowerCase()}`, wanted, active)) found.push(knownWord(full, pattern.span));
      else if (world.stat(full)?.kind === 'folder') waiting.push(full);
    }
    if (looked > maxFolders || found.length > maxFound) return undefined;
  }
  return found;
}

/** The path of all that a folder holds. */
export function contentsOf(folder: Word): Word {
  return withWildcards(joinPaths(folder, knownWord('*')));
}

/** Drives that are no disk: https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_providers */
export type ProviderPath = { readonly provider: 'registry' | 'session' | 'other'; readonly path: string };

/** What kind of drive a path is on, where that is not a disk. A leading `FileSystem::` is no drive. */
export function providerOf(word: Word): ProviderPath | undefined {
  const text = word.text.replace(/^(?:Microsoft\.PowerShell\.Core\\)(?=\w+::)/i, '');
  const drive = /^([a-z][\w.]+)::?/i.exec(text);
  if (!drive || /^https?$/i.test(drive[1] ?? '') || (word.holes[0]?.start ?? Infinity) < drive[0].length) return undefined;
  const name = (drive[1] ?? '').toLowerCase();
  const path = text.slice(drive[0].length).replace(/^[\\/]{1,8}/, '');
  if (/^(?:filesystem|temp)$/.test(name)) return undefined;
  if (/^(?:hk\w+|registry)$/.test(name)) return { provider: 'registry', path: name === 'registry' ? path : `${name.toUpperCase()}\\${path}` };
  return { provider: /^(?:env|variable|function|alias)$/.test(name) ? 'session' : 'other', path: text };
}

/** Takes a provider's name off a path on disk. */
export function diskPath(word: Word): Word {
  const prefix = /^(?:Microsoft\.PowerShell\.Core\\)?FileSystem::/i.exec(word.text)?.[0].length ?? 0;
  return prefix === 0 ? word : cutWord(word, prefix, word.text.length);
}
