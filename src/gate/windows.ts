import { posix, win32 } from 'node:path';
import type { WindowRegistration } from './protocol.ts';

/**
 * The window that a request belongs to: the one whose folder holds the first of the places that any folder holds, the innermost folder
 * where several do; else the one that had the focus last. Undefined where there is no window.
 */
export function ownerOf(places: readonly string[], windows: readonly WindowRegistration[], platform: 'posix' | 'windows'): WindowRegistration | undefined {
  for (const place of places) {
    let best: { readonly window: WindowRegistration; readonly depth: number } | undefined;
    for (const window of windows) {
      for (const folder of window.folders) {
        if (!holds(folder, place, platform)) continue;
        const closer = best === undefined || folder.length > best.depth || (folder.length === best.depth && window.focusedAt > best.window.focusedAt);
        if (closer) best = { window, depth: folder.length };
      }
    }
    if (best !== undefined) return best.window;
  }
  return windows.reduce<WindowRegistration | undefined>((last, window) => (last === undefined || window.focusedAt > last.focusedAt ? window : last), undefined);
}

/** True when one of the folders holds one of the places. */
export function isHeld(places: readonly string[], folders: readonly string[], platform: 'posix' | 'windows'): boolean {
  return places.some((place) => folders.some((folder) => holds(folder, place, platform)));
}

/** True when `place` is `folder` or lies below it. `/a/b-2` does not lie below `/a/b`. */
function holds(folder: string, place: string, platform: 'posix' | 'windows'): boolean {
  const path = platform === 'windows' ? win32 : posix;
  if (!path.isAbsolute(folder) || !path.isAbsolute(place)) return false;
  const below = path.relative(folder, place);
  return below === '' || (below !== '..' && !below.startsWith(`..${path.sep}`) && !path.isAbsolute(below));
}
