import type { Losses } from '../world.ts';
import { isInside, isRoot, isSame } from './path.ts';
import { isDevice, type Surroundings } from './places.ts';

/** How some paths are called in a sentence. */
export interface Named {
  readonly names: readonly string[];
  /** True when there is a folder among them. */
  readonly folders: boolean;
}

/** The word a sentence about a change opens with. */
export const openings = { delete: 'Deletes', overwrite: 'Replaces the content of', truncate: 'Empties' } as const;

/** `file`, `files`, `folder` or `folders`. */
export function nounFor({ names, folders }: Named): string {
  return `${folders ? 'folder' : 'file'}${names.length === 1 ? '' : 's'}`;
}

/** What it means that a whole disk, home or workspace goes. */
export function describeEverything(target: { readonly path: string; readonly contents: boolean }, start: string, around: Surroundings): string {
  const { platform, home, roots } = around;
  const { path } = target;
  if (isDevice(path, platform)) return `Writes over the disk ${path} itself: every file on it is lost.`;
  if (path.includes('$') || path.startsWith('~')) return `${start} a whole home folder.`;
  if (isRoot(path, platform)) return `${start} everything on ${path === '/' ? 'this machine' : `drive ${path}`}.`;
  if (home !== undefined && isSame(path, home, platform)) return `${start} the whole home folder ${path}.`;
  if (roots.some((root) => isInside(root, path, platform))) return `${start} the whole workspace in ${path}, its git history included.`;
  return `${start} all of ${path}, which the system or other people need.`;
}

/** What goes with some paths, in one sentence. `losses` undefined: the disk may not be consulted. */
export function describeLoss(what: Named, start: string, losses: Losses | undefined): string {
  const list = what.names.length <= 3 ? what.names.join(', ') : `${what.names.slice(0, 2).join(', ')} and ${what.names.length - 2} more`;
  if (!losses) return `${start} ${list}${what.folders ? ' and everything in it' : ''}.`;
  const only = losses.untracked + losses.dirty + losses.ignored;
  const commits = losses.unpushed > 0 ? `, with ${count(losses.unpushed, 'commit')} that no remote has` : '';
  if (!what.folders && losses.files === 1) return `${start} ${list}${fileFate(losses)}.`;
  const files = `${losses.truncated ? 'more than ' : ''}${count(losses.files, 'file')}`;
  const where = what.folders ? ` in ${list}` : `: ${list}`;
  return `${start} ${files}${where}${only === 0 ? '; git has all of them' : what.folders ? `, ${onlyHere(only, losses.files)}` : ` (${onlyHere(only, losses.files)})`}${commits}.`;
}

function fileFate(losses: Losses): string {
  if (losses.dirty > 0) return ', with changes that were never committed';
  return losses.untracked + losses.ignored > 0 ? ', of which git has no copy' : '; git has a copy';
}

function onlyHere(only: number, files: number): string {
  if (only >= files) return files === 1 ? 'which exists nowhere else' : 'none of which exist anywhere else';
  return `${only} of them ${only === 1 ? 'exists' : 'exist'} nowhere else`;
}

/** `1 file`, `14 files`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}
