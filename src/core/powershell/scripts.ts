import type { Analysis, Place } from '../analysis.ts';
import type { Effect } from '../effect.ts';
import { knownWord, textOf, type Word } from '../shell/word.ts';
import { keptPath } from './follow.ts';

const maxScript = 256 * 1024;

/** The effects of a PowerShell or batch file that is run by its name; undefined where the word names none. */
export function runScriptFile(file: Word, words: readonly Word[], place: Place, analysis: Analysis): readonly Effect[] | undefined {
  const path = textOf(file);
  const kind = path === undefined ? undefined : /\.(ps1|psm1|bat|cmd|exe|com)$/i.exec(path)?.[1]?.toLowerCase();
  if (path === undefined || kind === undefined) return undefined;
  // A program is not looked into, but one that the text itself has fetched is held.
  if (kind === 'exe' || kind === 'com') return analysis.world.written?.has(keptPath(file, place.cwd, analysis) ?? '') ? [unreadable(path, place)] : undefined;
  const script = readScript(path, place, analysis);
  // Without a folder in its name it may be an installed program: `npm.cmd`.
  if (script.is === 'absent' && !/[\\/]/.test(path) && !kind.startsWith('ps')) return undefined;
  if (script.is !== 'text') return script.is === 'absent' ? [] : [unreadable(path, place)];
  // A script that runs itself again adds nothing, and would never end.
  if (!analysis.isNew(JSON.stringify(['script', path, words.map((word) => word.text), place, script.text]))) return [];
  const given = words.map((word) => word.text).join(' ');
  const inner: Place = place.span ? place : { ...place, span: { start: 0, end: path.length + given.length } };
  return kind.startsWith('ps') ? analysis.powershell(script.text, inner) : analysis.cmd(script.text, inner);
}

/** What is known of a script: there is none or no disk may be consulted, or it cannot be read, or its text. */
export type ScriptText = { readonly is: 'absent' } | { readonly is: 'unreadable' } | { readonly is: 'text'; readonly text: string };

/** Looks a script up where it would run. */
export function readScript(path: string, place: Place, analysis: Analysis): ScriptText {
  const { world } = analysis;
  const full = keptPath(knownWord(path), place.cwd, analysis) ?? '';
  const facts = world.stat(full);
  if (!facts || facts.kind === 'folder') return { is: 'absent' };
  const text = facts.size > maxScript ? undefined : world.read(full, maxScript);
  return text === undefined ? { is: 'unreadable' } : { is: 'text', text };
}

export function unreadable(path: string, place: Place): Effect {
  return {
    verb: 'runUnknown', resource: { kind: 'script', name: path }, reversibility: 'irreversible', certainty: 'unknown', rule: 'powershell/unseen-script',
    why: `Runs a script nobody could look into: ${path}.`, saferWay: 'Shorten it, or split it, so that it can be read before it runs.',
    target: { by: 'path' }, env: place.env, ...(place.span ? { span: place.span } : {}),
  };
}
