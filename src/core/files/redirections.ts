import type { Analysis } from '../analysis.ts';
import type { Effect } from '../effect.ts';
import type { Invocation } from '../invocation.ts';
import { isKnown, type Word } from '../shell/word.ts';
import { guardEffects } from './guard-files.ts';
import { isAbsolute } from './path.ts';
import { pathEffects } from './path-effects.ts';
import { isDevice, surroundingsOf } from './places.ts';
import { meaningOf } from './targets.ts';

const docs = 'https://www.gnu.org/software/bash/manual/html_node/Redirections.html';

/** Commands that write nothing, so that a redirection leaves the file empty. */
const writeNothing = new Set([':', 'true']);

/** What the shell itself does to the files a command's output goes to. Appending adds and loses nothing, unless it is to a guard file. */
export function redirectionEffects(invocation: Invocation, analysis: Analysis): readonly Effect[] {
  if (invocation.redirections.length === 0) return [];
  const content = [...invocation.argv.map((word) => word.text), invocation.stdin?.text ?? ''].join(' ');
  const place = { cwd: invocation.cwd, env: invocation.env, span: invocation.span };
  return invocation.redirections.flatMap(({ kind, target }) => {
    if (kind === 'read') return [];
    if (kind === 'append') return appendEffects([target], content, place, analysis);
    const empties = (invocation.argv.length === 0 || writeNothing.has(invocation.program)) && !invocation.stdin;
    return pathEffects([target], { verb: empties ? 'truncate' : 'overwrite', recursive: false, rule: empties ? 'redirect/truncate' : 'redirect/overwrite', docs, saferWay: 'Write to a new file, or append with >>.', content }, place, analysis);
  });
}

/** What adding text to files changes: only guard files and disks themselves can be hurt by it. */
export function appendEffects(words: readonly Word[], content: string | undefined, place: Parameters<typeof pathEffects>[2], analysis: Analysis): readonly Effect[] {
  const around = surroundingsOf(analysis, place.env);
  return words.flatMap((word) => {
    if (!isKnown(word)) return [];
    const meaning = meaningOf(word, { cwd: place.cwd, ...(place.span ? { span: place.span } : {}) }, around, 'follow', analysis);
    if (meaning.is !== 'paths') return [];
    return meaning.targets.filter((target) => isAbsolute(target.path, around.platform)).flatMap((target) => (isDevice(target.path, around.platform)
      ? pathEffects([word], { verb: 'overwrite', recursive: false, rule: 'redirect/overwrite', docs }, place, analysis)
      : guardEffects(target.path, { content, span: target.span }, { home: around.home, world: analysis.world, folders: [...around.roots, around.workFolder], guardPaths: analysis.guardPaths })));
  });
}
