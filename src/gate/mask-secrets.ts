import { findSecrets } from '../core/secrets/find.ts';
import { maskText, type Hidden } from '../core/secrets/mask.ts';
import type { SecretIndex } from './world/secret-index.ts';

/** The text with every secret replaced that an index knows or the detector finds; nothing of it where it is too long to be searched. */
export function maskSecrets(text: string, indexes: readonly SecretIndex[]): string {
  const { findings, complete } = findSecrets(text);
  if (!complete) return `<hidden: ${text.length} characters, too many to be searched for secrets>`;
  const known = indexes.flatMap((index) => index.occurrences(text).map(({ start, end, secret }): Hidden => ({ start, end, name: secret.name })));
  return maskText(text, [...known, ...findings]);
}
