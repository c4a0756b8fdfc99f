import type { Analysis, Place } from '../analysis.ts';
import type { Effect } from '../effect.ts';
import { joinPath, parentOf } from '../files/path.ts';
import type { Folder, Invocation } from '../invocation.ts';

/** Characters of a file that says what a runner runs. */
const maxFile = 512 * 1024;
const maxParents = 24;

/** What is known of a file a runner would read: there is none (or no disk may be consulted), it cannot be read, or its text. */
export type ProjectFile =
  | { readonly is: 'absent' }
  | { readonly is: 'unreadable'; readonly path: string }
  | { readonly is: 'text'; readonly path: string; readonly folder: string; readonly text: string };

/** Reads a file by its absolute path. A folder counts as absent. */
export function readProjectFile(path: string, { world }: Analysis): ProjectFile {
  const facts = world.stat(path);
  if (!facts || facts.kind === 'folder') return { is: 'absent' };
  const text = facts.size > maxFile ? undefined : world.read(path, maxFile + 1);
  if (text === undefined || text.length > maxFile) return { is: 'unreadable', path };
  return { is: 'text', path, folder: parentOf(path, world.platform), text };
}

/** The first of the names that is there in a folder. */
export function readFirstOf(folder: Folder, names: readonly string[], analysis: Analysis): ProjectFile {
  if (folder === undefined) return { is: 'absent' };
  for (const name of names) {
    const file = readProjectFile(joinPath(folder, name, analysis.world.platform), analysis);
    if (file.is !== 'absent') return file;
  }
  return { is: 'absent' };
}

/** The first of the names that is there in a folder or the nearest one above it, as runners look for their file. */
export function readUpwards(folder: Folder, names: readonly string[], analysis: Analysis): ProjectFile {
  let at = folder;
  for (let step = 0; at !== undefined && step < maxParents; step++) {
    const file = readFirstOf(at, names, analysis);
    if (file.is !== 'absent') return file;
    const parent = parentOf(at, analysis.world.platform);
    at = parent === at ? undefined : parent;
  }
  return { is: 'absent' };
}

/** A place in another folder, with the surroundings of the command that leads there. */
export function placeIn(folder: Folder, { env, span, promptsAnswered }: Invocation): Place {
  return { cwd: folder === '' || folder === '.' ? undefined : folder, env, promptsAnswered, ...(span ? { span } : {}) };
}

/** What a runner does whose file cannot be read. */
export function runsUnread(path: string, invocation: Invocation): Effect {
  return {
    verb: 'runUnknown', resource: { kind: 'file', name: path }, reversibility: 'irreversible', certainty: 'unknown', rule: 'runner/unread-file',
    why: `Runs what ${path} says, and that file could not be looked into.`, saferWay: 'Shorten it, or split it, so that it can be read before it runs.',
    target: { by: 'path' }, ...(invocation.span ? { span: invocation.span } : {}),
  };
}

/** True the first time one action comes to this task in this folder with these words. */
export function isNewTask(task: string, folder: Folder, words: readonly string[], { env, promptsAnswered, stdin }: Invocation, analysis: Analysis): boolean {
  return analysis.isNew(JSON.stringify([task, folder, words, env, promptsAnswered, stdin?.text]));
}
