import { remembering } from '../remembering.ts';

/** Arithmetic on absolute and relative paths of either platform, without a disk. */

export type Platform = 'posix' | 'windows';

function separatorOf(platform: Platform): '/' | '\\' {
  return platform === 'windows' ? '\\' : '/';
}

/** `/x`; on Windows also `C:\x`, `\\server\share` and Git Bash's `/c/x`. */
export function isAbsolute(path: string, platform: Platform): boolean {
  return path.startsWith('/') || (platform === 'windows' && (path.startsWith('\\') || /^[a-z]:/i.test(path)));
}

/** The part of a path that no `..` can leave: `/`, `C:\`, `\\server\share\`, or nothing for a relative path. */
function rootOf(path: string, platform: Platform): { readonly root: string; readonly rest: string } {
  if (platform === 'posix') return path.startsWith('/') ? { root: '/', rest: path.slice(1) } : { root: '', rest: path };
  // `C:x` depends on a per-drive folder nobody can know; reading it from the drive's root errs towards more.
  const drive = /^(?:\\\\[?.]\\)?([a-z]):/i.exec(path);
  if (drive) return { root: `${(drive[1] as string).toUpperCase()}:\\`, rest: path.slice(drive[0].length) };
  const gitBash = /^\/([a-z])(?=\/|$)/i.exec(path);
  if (gitBash) return { root: `${(gitBash[1] as string).toUpperCase()}:\\`, rest: path.slice(2) };
  const share = /^[\\/]{2}([^\\/]+)[\\/]([^\\/]+)/.exec(path);
  if (share) return { root: `\\\\${share[1]}\\${share[2]}\\`, rest: path.slice(share[0].length) };
  return /^[\\/]/.test(path) ? { root: '\\', rest: path.slice(1) } : { root: '', rest: path };
}

/** Without `.`, `..`, doubled or trailing separators. A relative path may still begin with `..`; an empty one is `.`. */
export function normalise(path: string, platform: Platform): string {
  // Nearly every path is in order already.
  if (platform === 'posix' && path.startsWith('/') && !/\/(?:\.{0,2}(?:\/|$))/.test(path)) return path;
  const { root, rest } = rootOf(path, platform);
  const parts: string[] = [];
  for (const part of rest.split(platform === 'windows' ? /[\\/]+/ : /\/+/)) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!root) parts.push(part);
  }
  return root + parts.join(separatorOf(platform)) || '.';
}

/** The platform a path is written for. */
export function platformOf(path: string): Platform {
  return /^(?:[a-z]:|\\\\)/i.test(path) ? 'windows' : 'posix';
}

/** `path` as seen from `folder`, normalised. */
export function joinPath(folder: string, path: string, platform: Platform = platformOf(folder)): string {
  if (isAbsolute(path, platform)) {
    const { root, rest } = rootOf(path, platform);
    // `\x` on Windows lies on the drive of the current folder.
    return root === '\\' ? normalise(rootOf(folder, platform).root + rest, platform) : normalise(path, platform);
  }
  return normalise(folder === '' ? path : `${folder}${separatorOf(platform)}${path}`, platform);
}

/** A function of a path that keeps its answers, for each platform. */
function ofPath<T>(compute: (path: string, platform: Platform) => T): (path: string, platform: Platform) => T {
  const answers = { posix: remembering((path) => compute(path, 'posix')), windows: remembering((path) => compute(path, 'windows')) };
  return (path, platform) => answers[platform](path);
}

/** The names between the separators, the root left out. */
export const segmentsOf = ofPath((path, platform): readonly string[] => {
  const normal = normalise(path, platform);
  if (platform === 'posix') return normal === '/' || normal === '.' ? [] : normal.slice(normal.startsWith('/') ? 1 : 0).split('/');
  const { rest } = rootOf(normal, platform);
  return rest.split(separatorOf(platform)).filter((part) => part !== '' && part !== '.');
});

/** The last name of a path; empty for a root. */
export function baseName(path: string, platform: Platform): string {
  return segmentsOf(path, platform).at(-1) ?? '';
}

/** The folder that holds a path; a root is its own parent. */
export function parentOf(path: string, platform: Platform): string {
  return normalise(`${normalise(path, platform)}${separatorOf(platform)}..`, platform);
}

/** True for `/`, `C:\` and a network share. */
export function isRoot(path: string, platform: Platform): boolean {
  return isAbsolute(path, platform) && segmentsOf(path, platform).length === 0;
}

/**
 * Brings two spellings of one place to the same text: letter case and Unicode composition do not tell files
 * apart on the default disks of macOS and Windows. Only for comparing, never for opening.
 */
export const comparable = ofPath((path, platform): string => {
  const text = normalise(path, platform).toLowerCase();
  // oxlint-disable-next-line eslint/no-control-regex -- plain ASCII has one composition only
  return /^[\x00-\x7f]*$/.test(text) ? text : text.normalize('NFC').toLowerCase();
});

/** True when both name one place, letter case aside. */
export function isSame(a: string, b: string, platform: Platform): boolean {
  return comparable(a, platform) === comparable(b, platform);
}

/** True when `path` is `folder` or lies anywhere below it. Both absolute, or both relative to one folder. */
export function isInside(path: string, folder: string, platform: Platform): boolean {
  const inner = comparable(path, platform);
  const outer = comparable(folder, platform);
  if (outer === '.') return !isAbsolute(inner, platform) && inner !== '..' && !inner.startsWith(`..${separatorOf(platform)}`);
  const prefix = outer.endsWith(separatorOf(platform)) ? outer : outer + separatorOf(platform);
  return inner === outer || inner.startsWith(prefix);
}

/** True when `path` lies below `folder` and is not `folder` itself. */
export function isBelow(path: string, folder: string, platform: Platform): boolean {
  return isInside(path, folder, platform) && !isSame(path, folder, platform);
}

/** `~` and `~/x` with the home folder put in; undefined where that is not known, or it is another person's (`~name`). */
export function expandHome(path: string, home: string | undefined, platform: Platform): string | undefined {
  if (!path.startsWith('~')) return path;
  if (path !== '~' && path[1] !== '/' && !(platform === 'windows' && path[1] === '\\')) return undefined;
  return home === undefined ? undefined : joinPath(home, `.${separatorOf(platform)}${path.slice(1)}`, platform);
}

/** How a person would write the path: relative to the first folder that holds it, `~/…` in the home folder, else whole. */
export function displayPath(path: string, folders: readonly string[], home: string | undefined, platform: Platform): string {
  const separator = separatorOf(platform);
  for (const folder of folders) {
    if (folder !== '' && isBelow(path, folder, platform)) return segmentsOf(path, platform).slice(segmentsOf(folder, platform).length).join(separator);
  }
  if (home !== undefined && isBelow(path, home, platform)) return ['~', ...segmentsOf(path, platform).slice(segmentsOf(home, platform).length)].join(separator);
  return path;
}
