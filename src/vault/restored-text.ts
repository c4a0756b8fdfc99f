import type { Manifest } from './manifest.ts';
import type { Restored, Skip } from './restore.ts';

const reasons: Readonly<Record<Skip, string>> = {
  newer: 'newer and left alone',
  damaged: 'not restored because the copy is damaged',
  moved: 'not restored because a folder on the way is now a link',
  odd: 'not restored because they have no content',
  failed: 'not restored because of an error',
  guard: 'left alone because they decide whether agents are watched',
  secret: 'hidden from agents and put back only where they were',
};

const skips = Object.keys(reasons) as readonly Skip[];

/** What was restored and what was not, in one sentence. */
export function restoredText({ restored, unchanged, skipped }: Restored): string {
  const counts = skips.map((why) => ({ why, count: skipped.filter((skip) => skip.why === why).length })).filter(({ count }) => count > 0);
  const parts = [`${restored.length} restored`, ...(unchanged.length > 0 ? [`${unchanged.length} already as they were`] : []), ...counts.map(({ why, count }) => `${count} ${reasons[why]}`)];
  return `${parts.join(', ')}.`;
}

/** The same for the journal: of which copy, and where to. */
export function restoreRecord({ id, title }: Manifest, restored: Restored, to?: string): string {
  return `Restored what was kept before “${title}” (${id})${to === undefined ? '' : ` to ${to}`}: ${restoredText(restored)}`;
}
