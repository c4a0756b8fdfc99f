import type { Analysis } from '../analysis.ts';
import { optionValue, type Call } from '../call.ts';
import { knownWord, type Word } from '../shell/word.ts';
import { baseName, isAbsolute, joinPath } from './path.ts';
import type { PathPlace } from './path-effects.ts';
import { isDevice, surroundingsOf, type Surroundings } from './places.ts';
import { meaningOf } from './targets.ts';

/** Most files of one copied folder that are looked up at its destination. */
const mostFiles = 2_000;

/** A copy or move as `cp`, `mv` and `install` understand it. */
export interface Transfer {
  readonly sources: readonly Word[];
  readonly destination: Word;
  /** The destination is never a folder to put things in (`-T`). */
  readonly exact?: boolean;
}

/** Sources and destination of a call of `cp`, `mv`, `ln` or `install`; undefined where one of them is missing. */
export function transferOf(call: Call): Transfer | undefined {
  const folder = optionValue(call, '-t', '--target-directory');
  const destination = folder ?? call.operands.at(-1);
  const sources = folder ? call.operands : call.operands.slice(0, -1);
  return destination && sources.length > 0 ? { sources, destination } : undefined;
}

/**
 * The files a copy or move would replace or make. With a disk to look at: whichever it finds sources for.
 * Without one: the destination itself, as far as it is named.
 */
export function landingPlaces(transfer: Transfer, place: PathPlace, analysis: Analysis): readonly Word[] {
  const { world } = analysis;
  const { sources, destination } = transfer;
  if (!world.sighted || destination.holes.length > 0 || isDevice(destination.text, world.platform)) return [destination];
  const around = surroundingsOf(analysis, place.env);
  const target = onlyPath(destination, place, around, analysis);
  if (target === undefined) return [destination];
  const intoFolder = !transfer.exact && world.stat(target)?.kind === 'folder';
  const found: string[] = [];
  for (const source of sources.flatMap((word) => pathsOf(word, place, around, analysis))) {
    const isContents = /(?:^|[\\/])\.$/.test(source.written);
    collect(source.path, intoFolder && !isContents ? joinPath(target, baseName(source.path, world.platform), world.platform) : target, found, analysis);
  }
  return found.map((path) => knownWord(path, destination.span));
}

/** Pairs of a file and the one it would replace, folder by folder. */
function collect(source: string, target: string, found: string[], analysis: Analysis): void {
  const { world } = analysis;
  analysis.spend(1);
  const there = world.stat(target);
  if (found.length >= mostFiles || source === target || world.written?.origin(target) === source) return;
  // A name that is free costs nothing, but may be one that guards; a folder that is new as a whole is not looked into.
  const names = there?.kind === 'folder' && world.stat(source)?.kind === 'folder' ? world.list(source) : undefined;
  if (!names) {
    if (there?.kind !== 'folder') found.push(target);
    return;
  }
  for (const name of names) collect(joinPath(source, name, world.platform), joinPath(target, name, world.platform), found, analysis);
}

function onlyPath(word: Word, place: PathPlace, around: Surroundings, analysis: Analysis): string | undefined {
  const paths = pathsOf(word, place, around, analysis);
  // Without a pattern the others are where the action has moved it from.
  return paths.length === 1 || word.globs.length === 0 ? paths[0]?.path : undefined;
}

function pathsOf(word: Word, place: PathPlace, around: Surroundings, analysis: Analysis): readonly { readonly path: string; readonly written: string }[] {
  const meaning = meaningOf(word, { cwd: place.cwd }, around, 'follow', analysis);
  return meaning.is === 'paths' ? meaning.targets.filter(({ path }) => isAbsolute(path, around.platform)).map(({ path }) => ({ path, written: word.text })) : [];
}
