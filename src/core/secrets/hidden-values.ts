import { isSecretName } from './files.ts';
import { findSecrets } from './find.ts';
import { judgeName } from './names.ts';
import type { SecretFinding } from './text-scan.ts';
import { isPlaceholder, isReference, isUuid, looksRandom } from './values.ts';

const assigned = /^[ \t]{0,40}(?:export[ \t]{1,4})?["']?([A-Za-z_][\w.-]{0,127})["']?[ \t]{0,20}[=:][ \t]{0,8}(["']?)([^\s"']{8,4096})\2[ \t]{0,20}(?:[,;#].*)?$/gm;

/** Values by which a leak can be recognised: the secrets of any file, and in a file that is hidden by its name also every other value that is plainly random. */
export function recognisableValues(path: string, text: string): { readonly values: readonly SecretFinding[]; readonly complete: boolean } {
  const { findings, complete } = findSecrets(text, { path });
  if (!isSecretName(path)) return { values: findings, complete };
  const values = [...findings];
  let line = 1;
  let counted = 0;
  for (const match of text.slice(0, 512 * 1024).matchAll(assigned)) {
    const [whole, name = '', , value = ''] = match;
    const start = match.index + whole.lastIndexOf(value);
    const end = start + value.length;
    for (let at = text.indexOf('\n', counted); at >= 0 && at < start; at = text.indexOf('\n', at + 1)) {
      line++;
      counted = at + 1;
    }
    const taken = findings.some((finding) => finding.start < end && start < finding.end);
    if (taken || isReference(value) || isPlaceholder(value) || !looksRandom(value) || (isUuid(value) && !judgeName(name))) continue;
    values.push({ kind: 'value of a hidden file', name, start, end, line });
  }
  return { values, complete };
}
