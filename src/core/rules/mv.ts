import type { Analysis } from '../analysis.ts';
import { hasOption, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { landingPlaces, transferOf, type Transfer } from '../files/landing.ts';
import { joinPath } from '../files/path.ts';
import { isSink } from '../files/places.ts';
import { isVital, pathEffects, wholeEffects, type PathPlace } from '../files/path-effects.ts';
import type { Rule } from '../rule.ts';
import type { Word } from '../shell/word.ts';
import { placed } from '../shell/writes.ts';

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
      { command: 'mv /var/log /tmp/old-logs', by: 'away' },
      { command: 'sudo mv /var/spool /srv/spool', by: 'away' },
      { command: 'mv src/important.ts /dev/null', by: 'into-nothing' },
      { command: 'mv draft.md notes.md', by: 'overwrite' },
      { command: 'mv a.txt all; mv *.md all', by: 'pile' },
    ],
    passes: ['mv -n draft.md notes.md', 'mv draft.md /tmp/draft.md', 'mv /var/tmp/report /tmp/report', 'mv /var/log/app.log /tmp/app.log', 'mv log /tmp/log', 'mv --backup=numbered a b', 'mv'],
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
  return [...away, ...pileEffects(transfer, place, analysis), ...pathEffects(replaced, { verb: 'overwrite', recursive: false, rule: 'mv/overwrite', docs, saferWay: 'Use mv -n, or another name.' }, place, analysis)];
}

/** In a loop onto a name that is no folder each file replaces the one before: all but the last are lost. */
function pileEffects({ sources, destination }: Transfer, place: PathPlace, analysis: Analysis): readonly Effect[] {
  const target = placed(destination, place.cwd, analysis);
  const many = sources.length > 1 ? sources : sources.filter((word) => word.globs.length > 0);
  if (target === undefined || many.length === 0 || !analysis.world.written?.isMovedTo(target) || analysis.world.stat(target)?.kind === 'folder') return [];
  return pathEffects(many, { verb: 'overwrite', recursive: false, rule: 'mv/pile', docs, says: `Moves all onto one name (${destination.text}), each over the last:`, saferWay: 'Make the folder first: mkdir.' }, place, analysis);
}

/** Folders that services of the machine expect in their place. https://refspecs.linuxfoundation.org/FHS_3.0/fhs/ch05.html */
const keptForServices = /^(?:\/private)?\/var\/(?:account|backups|db|games|lib|lock|log|mail|opt|run|spool|www|yp)$/;

/** A whole folder, or what a machine cannot do without, is missed where it was. */
function awayEffects(sources: readonly Word[], place: PathPlace, analysis: Analysis): readonly Effect[] {
  const what = { rule: 'mv/away', docs, says: 'Moves away' };
  const vital = sources.filter((word) => {
    const path = joinPath(place.cwd ?? '', word.text, analysis.world.platform);
    return isVital(path, analysis.world.platform) || keptForServices.test(path);
  });
  return [...wholeEffects(sources, what, place, analysis), ...pathEffects(vital, { ...what, verb: 'delete', recursive: false }, place, analysis)];
}
