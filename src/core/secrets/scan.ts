import { fileVerdict, type FileRules, type FileVerdict } from './files.ts';
import { findSecrets } from './find.ts';

/** What `scan` prints of one file: never a value. */
export interface FileScan {
  readonly verdict: FileVerdict;
  readonly findings: readonly { readonly kind: string; readonly line: number; readonly name: string }[];
}

/** The verdict of one file and the secrets found in it. */
export function scanFile(path: string, content: string, rules?: FileRules): FileScan {
  const found = findSecrets(content, { path });
  return { verdict: fileVerdict(path, found, rules), findings: found.findings.map(({ kind, line, name }) => ({ kind, line, name })) };
}
