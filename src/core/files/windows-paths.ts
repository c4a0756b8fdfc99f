import type { Analysis } from '../analysis.ts';
import type { Word } from '../shell/word.ts';
import { blindWorld } from '../world.ts';

/**
 * The analysis with a disk of Windows paths. A sighted disk of the other platform cannot say anything about them,
 * so they are then judged by their text.
 */
export function forWindows(analysis: Analysis): Analysis {
  const { world } = analysis;
  if (world.platform === 'windows') return analysis;
  return { ...analysis, world: { ...blindWorld('windows'), secretsIn: (text) => world.secretsIn(text) } };
}

/** The words that name a drive, where nothing but their text says which platform they are meant for. */
export function wordsOnDrives(words: readonly Word[], { world }: Analysis): readonly Word[] {
  return world.sighted || world.platform === 'windows' ? [] : words.filter(({ text }) => text[1] === ':' && /^[a-z]:[\\/]/i.test(text));
}
