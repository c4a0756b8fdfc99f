import { findSecrets } from '../core/secrets/find.ts';
import { maskText } from '../core/secrets/mask.ts';

/** The text with every secret the detector finds replaced; nothing of it where it is too long to be searched. */
export function maskSecrets(text: string): string {
  const { findings, complete } = findSecrets(text);
  return complete ? maskText(text, findings) : `<hidden: ${text.length} characters, too many to be searched for secrets>`;
}
