import { findSecrets } from '../core/secrets/find.ts';
import { maskText, type Hidden } from '../core/secrets/mask.ts';
import { dumpedLines } from './dumped-lines.ts';
import { joinedLines } from './joined-lines.ts';
import type { KnownSecrets } from './world/known-secrets.ts';

/** What is known of the secrets of a folder. */
type Index = Pick<KnownSecrets, 'occurrences' | 'isTestValue'>;

/** The text with every secret replaced that an index knows or the detector finds; nothing of it where it is too long to be searched. */
export function maskSecrets(text: string, indexes: readonly Index[]): string {
  const { findings, complete } = findSecrets(text);
  if (!complete) return `<hidden: ${text.length} characters, too many to be searched for secrets>`;
  const secret = findings.filter(({ start, end }) => !indexes.some((index) => index.isTestValue(text.slice(start, end))));
  return maskText(text, [...knownIn(text, indexes), ...knownAcrossLines(text, indexes), ...inDumps(text, indexes), ...secret]);
}

function knownIn(text: string, indexes: readonly Index[]): readonly Hidden[] {
  return indexes.flatMap((index) => index.occurrences(text).map(({ start, end, secret }): Hidden => ({ start, end, name: secret.name })));
}

/** Shorter values may come about where ordinary lines meet. */
const SHORTEST_ACROSS_LINES = 16;

/** Known values in data that was cut into lines. */
function knownAcrossLines(text: string, indexes: readonly Index[]): readonly Hidden[] {
  const joined = joinedLines(text);
  if (joined === undefined) return [];
  return knownIn(joined.text, indexes).filter(({ start, end }) => end - start >= SHORTEST_ACROSS_LINES).map(({ start, end, name }) => ({ start: joined.originalOf(start), end: joined.originalOf(end - 1) + 1, name }));
}

/** Dumps of bytes in which a secret can be read: they go whole. */
function inDumps(text: string, indexes: readonly Index[]): readonly Hidden[] {
  return dumpedLines(text).flatMap(({ start, end, readings }) => {
    const [first] = readings.flatMap((reading) => [...knownIn(reading, indexes), ...findSecrets(reading).findings]);
    return first ? [{ start, end, name: first.name }] : [];
  });
}
