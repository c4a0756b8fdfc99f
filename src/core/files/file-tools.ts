import type { DeleteAction, WriteAction } from '../action.ts';
import type { Analysis } from '../analysis.ts';
import type { Effect } from '../effect.ts';
import { knownWord } from '../shell/word.ts';
import { guardEffects } from './guard-files.ts';
import { joinPath } from './path.ts';
import { pathEffects, type PathPlace } from './path-effects.ts';
import { isDevice, surroundingsOf } from './places.ts';

/** A file smaller than this, in bytes, is rewritten as often as edited; losing part of it says nothing. */
const notable = 512;
/** A whole-file write that leaves less than this share of the old size loses most of it. */
const kept = 0.3;

/** What an agent's own file tools would do to a file: deleting it, emptying it, replacing work that is nowhere else. */
export function analyseFileTool(action: WriteAction | DeleteAction, analysis: Analysis): readonly Effect[] {
  const place: PathPlace = { cwd: action.cwd, env: action.env };
  const word = knownWord(action.path);
  if (action.tool === 'delete') {
    return pathEffects([word], { verb: 'delete', recursive: true, rule: 'files/delete', saferWay: 'Move the file aside, or commit it first.' }, place, analysis);
  }
  const path = fullPath(action, analysis);
  const around = surroundingsOf(analysis, action.env);
  const guards = guardEffects(path, { content: action.content }, { home: analysis.home, world: analysis.world, folders: [...around.roots, around.workFolder], guardPaths: analysis.guardPaths });
  if (guards.length > 0) return guards;
  if (isDevice(path, analysis.world.platform)) return pathEffects([word], { verb: 'overwrite', recursive: false, rule: 'files/write-over-work' }, place, analysis);
  const what = writeOver(action, path, analysis);
  return what ? pathEffects([word], { ...what, recursive: false, content: action.content, saferWay: 'Edit the part that changes, and leave the rest as it is.' }, place, analysis) : [];
}

function fullPath(action: WriteAction, analysis: Analysis): string {
  const { platform } = analysis.world;
  const path = action.path.startsWith('~/') && analysis.home !== undefined ? joinPath(analysis.home, action.path.slice(2), platform) : joinPath(action.cwd, action.path, platform);
  return analysis.world.sighted ? analysis.world.resolve(path) : path;
}

/** How a whole-file write loses what was there; undefined where it adds to it, or nobody can tell. */
function writeOver(action: WriteAction, path: string, analysis: Analysis): { readonly verb: 'overwrite' | 'truncate'; readonly rule: string } | undefined {
  const { world } = analysis;
  if (action.partial || action.content === undefined) return undefined;
  // Without a disk to look at only this much is sure: whatever was there is gone.
  if (!world.sighted) return action.content.trim() === '' ? { verb: 'truncate', rule: 'files/write-empties' } : undefined;
  const old = world.stat(path);
  if (old?.kind !== 'file' || old.size === 0) return undefined;
  if (action.content.trim() === '') return { verb: 'truncate', rule: 'files/write-empties' };
  if (old.size >= notable && byteLength(action.content) < old.size * kept) return { verb: 'overwrite', rule: 'files/write-shrinks' };
  const losses = world.losses([path]);
  return losses === undefined || losses.untracked + losses.dirty + losses.ignored > 0 ? { verb: 'overwrite', rule: 'files/write-over-work' } : undefined;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
