import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';

/** Names that may be missing at the end of a path; an agent's made-up path is not followed further. */
const MOST_MISSING = 32;

/** The path with the links on its way resolved, as far as it exists. One that is not absolute, or cannot be followed, stays as it is. */
export function realPath(path: string): string {
  if (!isAbsolute(path)) return path;
  const missing: string[] = [];
  for (let at = path; missing.length <= MOST_MISSING; at = dirname(at)) {
    try {
      return join(realpathSync.native(at), ...missing);
    } catch {
      if (dirname(at) === at) return path;
      missing.unshift(basename(at));
    }
  }
  return path;
}
