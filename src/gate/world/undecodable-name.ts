import { readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/** What stands in a name, as it was read, for bytes that are no UTF-8. */
const REPLACED = '\uFFFD';

/** True for the path of a file whose name is not UTF-8: it was read from the disk and cannot be asked for by that text. */
export function isUndecodableName(path: string): boolean {
  const name = basename(path);
  if (!name.includes(REPLACED)) return false;
  try {
    return readdirSync(dirname(path)).includes(name);
  } catch {
    return false;
  }
}
