import type { Analysis } from '../analysis.ts';
import { isAbsolute, joinPath, platformOf } from '../files/path.ts';
import type { Folder, Input } from '../invocation.ts';
import { isKnown, textOf, type Word } from '../shell/word.ts';
import { note } from '../shell/writes.ts';
import { withWildcards } from './paths.ts';

/** What the text itself has written and linked by the point it has come to, so that what follows sees it. */

/** The path by which what the text does to a file is kept; undefined where it cannot be known. */
export function keptPath(word: Word | undefined, folder: Folder, { world }: Analysis): string | undefined {
  const path = textOf(word)?.replaceAll('\\', '/');
  if (path === undefined || path === '') return undefined;
  return world.platform === 'posix' && platformOf(path) === 'windows' ? path : joinPath(folder ?? '', path, world.platform);
}

/** Notes that a file now holds what was written to it. */
export function noteFile(word: Word, folder: Folder, content: Input | undefined, appends: boolean, analysis: Analysis): void {
  if (word.globs.length === 0) note(keptPath(word, folder, analysis), content, appends, analysis);
}

/** Notes that a file now holds what another holds, as far as that is known. */
export function noteCopy(source: Word, destination: Word, folder: Folder, analysis: Analysis): void {
  const { world } = analysis;
  const from = keptPath(source, folder, analysis);
  if (from === undefined || world.written?.has(from) !== true) return;
  const text = world.read(from, 256 * 1024);
  noteFile(destination, folder, text === undefined ? undefined : { text, known: true }, false, analysis);
}

/** Notes a junction or symbolic link to a folder. */
export function noteLink(link: Word, target: Word, folder: Folder, analysis: Analysis): void {
  const [from, to] = [keptPath(target, folder, analysis), keptPath(link, folder, analysis)];
  if (from !== undefined && to !== undefined) analysis.world.written?.link(from, to, false);
}

/** What lies below a link is found by whoever judges Windows paths on Windows; its own name is not. */
function throughWritten(path: string, itself: boolean, { world: { platform, written } }: Analysis): readonly string[] {
  const below = written?.linked(path, false) ?? [];
  return platform === 'windows' && below.length > 0 ? [] : ((itself ? written?.linked(path, true) : below) ?? []);
}

/**
 * What removing paths with everything below them also reaches through links. `itself`: a link that is named is followed too, as
 * Windows PowerShell does with -Recurse and -Force: https://github.com/PowerShell/PowerShell/pull/3637
 */
export function reachedThroughLinks(words: readonly Word[], itself: boolean, folder: Folder, analysis: Analysis): readonly Word[] {
  const { world } = analysis;
  return words.filter(isKnown).flatMap((word) => {
    const path = keptPath(word, folder, analysis);
    if (path === undefined) return [];
    const isLink = itself && world.sighted && world.platform === 'windows' && isAbsolute(path, 'windows') && world.stat(path)?.kind === 'link';
    const targets = isLink ? [`${path}/.`] : throughWritten(path, itself, analysis);
    return targets.map((target) => withWildcards({ ...word, text: target }));
  });
}
