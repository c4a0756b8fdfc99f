import { findSecrets } from '../core/secrets/find.ts';
import { maskText, type Hidden } from '../core/secrets/mask.ts';
import { dumpedLines } from './dumped-lines.ts';
import { joinedLines } from './joined-lines.ts';
import { MaskedStream } from './masked-stream.ts';
import type { KnownSecrets } from './world/known-secrets.ts';

/** What is known of the secrets of a folder. */
type Index = Pick<KnownSecrets, 'occurrences' | 'isTestValue'>;

/** Longer texts are masked part by part. */
const LONGEST = 524_288;

/** The text with every secret replaced that an index knows or the detector finds; nothing of a part that cannot be searched. */
export function maskSecrets(text: string, indexes: readonly Index[]): string {
  if (text.length > LONGEST) {
    const stream = new MaskedStream((part) => hiddenIn(part, indexes));
    return stream.push(text) + stream.end();
  }
  const hidden = hiddenIn(text, indexes);
  return hidden === undefined ? `<hidden: ${text.length} characters, too many to be searched for secrets>` : maskText(text, hidden);
}

/** Where secrets stand that an index knows or the detector finds; undefined where the text could not be searched to its end. */
export function hiddenIn(text: string, indexes: readonly Index[]): readonly Hidden[] | undefined {
  const { findings, complete } = findSecrets(text);
  if (!complete) return undefined;
  const secret = findings.filter(({ start, end }) => !indexes.some((index) => index.isTestValue(text.slice(start, end))));
  return [...knownIn(text, indexes), ...knownAcrossLines(text, indexes), ...inDumps(text, indexes), ...secret];
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
