import type { Analysis, Place } from './analysis.ts';
import type { Effect } from './effect.ts';
import { expandHome, joinPath } from './files/path.ts';
import type { Folder, Invocation } from './invocation.ts';
import { textOf, type Word } from './shell/word.ts';

/** Bytes of a file that are looked into; a longer one counts as unread. */
const longest = 256 * 1024;

/** `absent`: there is no such file, or nothing on disk may be consulted. `unseen`: it is there and cannot be read as text. */
export type FileText = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'absent' } | { readonly kind: 'unseen' };

/** A file a program would take its orders from. */
export function fileText(path: string, folder: Folder, analysis: Analysis): FileText {
  const { platform } = analysis.world;
  const expanded = expandHome(path, analysis.home, platform);
  if (expanded === undefined) return { kind: 'absent' };
  const absolute = joinPath(folder ?? '', expanded, platform);
  const facts = analysis.world.stat(absolute);
  if (!facts) return { kind: 'absent' };
  const text = facts.size > longest ? undefined : analysis.world.read(absolute, longest);
  return text === undefined ? { kind: 'unseen' } : { kind: 'text', text };
}

/** Text of a file; undefined where nobody can tell. */
export function readNamed(path: string, folder: Folder, analysis: Analysis): string | undefined {
  const file = fileText(path, folder, analysis);
  return file.kind === 'text' ? file.text : undefined;
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
