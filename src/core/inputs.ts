import type { Analysis, Place } from './analysis.ts';
import type { Effect } from './effect.ts';
import { expandHome, joinPath } from './files/path.ts';
import type { Folder, Invocation } from './invocation.ts';
import { textOf, type Word } from './shell/word.ts';

/** Bytes of a file that are looked into; a longer one counts as unread. */
const longest = 256 * 1024;

/** Text of a file a program would take its orders from; undefined where nobody can tell. */
export function readNamed(path: string, folder: Folder, analysis: Analysis): string | undefined {
  const { platform } = analysis.world;
  const expanded = expandHome(path, analysis.home, platform);
  if (expanded === undefined || folder === undefined) return undefined;
  const absolute = joinPath(folder, expanded, platform);
  const facts = analysis.world.stat(absolute);
  if (facts && facts.size > longest) return undefined;
  return analysis.world.read(absolute, longest);
}

/** The same for a word of the command line. */
export function readWord(word: Word | undefined, folder: Folder, analysis: Analysis): string | undefined {
  const path = textOf(word);
  return path === undefined ? undefined : readNamed(path, folder, analysis);
}

/** Where the words of a call would be run. */
export function placeOf(invocation: Invocation): Place {
  const { cwd, env, span, promptsAnswered } = invocation;
  return { cwd, env, promptsAnswered, ...(span ? { span } : {}) };
}

/** A file of orders (SQL, a request, a script) that nobody could read. */
export function unseenFile(rule: string, kind: string, name: string, target: Effect['target']): Effect {
  return {
    verb: 'runUnknown',
    resource: { kind, name },
    reversibility: 'irreversible',
    certainty: 'unknown',
    rule,
    why: `Runs a ${kind} nobody could look into${name === '' ? '' : `: ${name}`}.`,
    saferWay: 'Let it be read first, or give the text in the command.',
    target,
  };
}
