import type { Losses } from '../world.ts';
import { isRoot, isInside, isSame } from './path.ts';
import { isDevice, type Surroundings } from './places.ts';

/** How some paths are called in a sentence. */
export interface Named {
  readonly names: readonly string[];
  /** True when there is a folder among them. */
  readonly folders: boolean;
}

type PathVerb = 'delete' | 'overwrite' | 'truncate';

const sentenceVerbs: Readonly<Record<PathVerb, string>> = { delete: 'Deletes', overwrite: 'Replaces', truncate: 'Empties' };

/** The verb a sentence opens with. */
export function describeDeletion(verb: PathVerb): string {
  return sentenceVerbs[verb];
}

/** `file`, `files`, `folder` or `folders`. */
export function nounFor({ names, folders }: Named): string {
  return `${folders ? 'folder' : 'file'}${names.length === 1 ? '' : 's'}`;
}

/** What it means that a whole disk, home or workspace goes. */
export function describeEverything(target: { readonly path: string; readonly contents: boolean }, verb: PathVerb, around: Surroundings): string {
  const { platform, home, roots } = around;
  const { path } = target;
  if (isDevice(path, platform)) return `Writes over the disk ${path} itself: every file on it is lost.`;
  if (path.includes('$') || path.startsWith('~')) return `${sentenceVerbs[verb]} a whole home folder.`;
  if (isRoot(path, platform)) return `${sentenceVerbs[verb]} everything on ${path === '/' ? 'this machine' : `drive ${path}`}.`;
  if (home !== undefined && isSame(path, home, platform)) return `${sentenceVerbs[verb]} the whole home folder ${path}.`;
  if (roots.some((root) => isInside(root, path, platform))) return `${sentenceVerbs[verb]} the whole workspace in ${path}, its git history included.`;
  return `${sentenceVerbs[verb]} all of ${path}, which the system or other people need.`;
}

/** What goes with some paths, in one sentence. `losses` undefined: the disk may not be consulted. */
export function describeLoss(what: Named, verb: PathVerb, losses: Losses | undefined): string {
  const list = what.names.length <= 3 ? what.names.join(', ') : `${what.names.slice(0, 2).join(', ')} and ${what.names.length - 2} more`;
  const start = sentenceVerbs[verb];
  if (!losses) return verb === 'delete' && what.folders ? `${start} ${list} and everything in it.` : `${start} ${verb === 'overwrite' ? 'the content of ' : ''}${list}.`;
  const only = losses.untracked + losses.dirty + losses.ignored;
  const commits = losses.unpushed > 0 ? `, with ${count(losses.unpushed, 'commit')} that no remote has` : '';
  if (!what.folders && losses.files === 1) return `${start} ${verb === 'overwrite' ? 'the content of ' : ''}${list}${fileFate(losses)}.`;
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
