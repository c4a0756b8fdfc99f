import type { Analysis } from '../analysis.ts';
import { hasOption, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { landingPlaces, transferOf } from '../files/landing.ts';
import { joinPath } from '../files/path.ts';
import { isSink } from '../files/places.ts';
import { isVital, pathEffects, wholeEffects, type PathPlace } from '../files/path-effects.ts';
import type { Rule } from '../rule.ts';
import type { Word } from '../shell/word.ts';

const docs = 'https://www.gnu.org/software/coreutils/manual/html_node/mv-invocation.html';

export const rule: Rule = {
  tool: 'mv',
  title: 'mv',
  programs: ['mv', 'gmv'],
  docs,
  valueOptions: ['-t', '--target-directory', '-S', '--suffix'],
  safeOptions: ['--help', '--version'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'mv ~ /tmp/old-home', by: 'away' },
      { command: 'mv /etc /etc.bak', by: 'away' },
      { command: 'mv /etc/fstab /tmp', by: 'away' },
      { command: 'mv src/important.ts /dev/null', by: 'into-nothing' },
      { command: 'mv draft.md notes.md', by: 'overwrite' },
    ],
    passes: ['mv -n draft.md notes.md', 'mv draft.md /tmp/draft.md', 'mv --backup=numbered a b', 'mv'],
  },
};

function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const transfer = transferOf(call);
  if (!transfer) return [];
  const { sources, destination } = transfer;
  const place = call.invocation;
  const away = awayEffects(sources, place, analysis);
  if (isSink(destination.text)) return [...away, ...pathEffects(sources, { verb: 'delete', recursive: true, rule: 'mv/into-nothing', docs }, place, analysis)];
  // With `-n` nothing is replaced, with a backup the old file stays beside the new one.
  if (hasOption(call, '-n', '--no-clobber', '-b', '--backup', '-S', '--suffix')) return away;
  const replaced = landingPlaces({ ...transfer, exact: hasOption(call, '-T', '--no-target-directory') }, place, analysis);
  return [...away, ...pathEffects(replaced, { verb: 'overwrite', recursive: false, rule: 'mv/overwrite', docs, saferWay: 'Use mv -n, or another name.' }, place, analysis)];
}

/** A whole folder, or what a machine cannot do without, is missed where it was. */
function awayEffects(sources: readonly Word[], place: PathPlace, analysis: Analysis): readonly Effect[] {
  const what = { rule: 'mv/away', docs, says: 'Moves away' };
  const vital = sources.filter((word) => isVital(joinPath(place.cwd ?? '', word.text, analysis.world.platform), analysis.world.platform));
  return [...wholeEffects(sources, what, place, analysis), ...pathEffects(vital, { ...what, verb: 'delete', recursive: false }, place, analysis)];
}
