import type { Environment } from '../core/effect.ts';
import { byStrictness, type Evidence, proposedBy } from '../core/environment/evidence-source.ts';
import { isLessStrict, type Standing, type Tag } from './folder-tags.ts';

/** The evidence for a folder speaks of another environment than it did. */
export interface EvidenceChange {
  /** What it proposed before and proposes now; the same where only more of it came. */
  readonly from: Tag | undefined;
  readonly to: Tag | undefined;
  /** What is new and says so. */
  readonly why: readonly Evidence[];
  /** What said otherwise and is gone. */
  readonly gone: readonly Evidence[];
}

/** How long a change that keeps coming back is not told again; milliseconds. */
export const QUIET_MS = 10 * 60_000;

/** What changed between two readings, if it concerns production or staging. */
export function changeBetween(before: readonly Evidence[], after: readonly Evidence[]): EvidenceChange | undefined {
  const from = proposedBy(before);
  const to = proposedBy(after);
  const why = after.filter((item) => item.environment === to && !has(before, item));
  const gone = before.filter((item) => item.environment === from && !has(after, item));
  if (from !== to) return matters(from) || matters(to) ? { from, to, why: why.length > 0 ? why : after.filter(({ environment }) => environment === to), gone } : undefined;
  // Something else that reaches production came: a context was switched in a folder that had such a file before.
  const elsewhere = why.filter(({ source }) => !before.some((item) => item.source === source && item.environment === to));
  return to === 'production' && elsewhere.length > 0 ? { from, to, why: elsewhere.toSorted(byStrictness), gone: [] } : undefined;
}

/** True when a change says something that the folder's tag does not say already. */
export function isNews({ from, to }: EvidenceChange, tag: Environment | undefined): boolean {
  const strictest = isLessStrict(from ?? 'local', to ?? 'local') ? from : to;
  return tag === undefined || isLessStrict(strictest, tag);
}

/** Remembers what was told, so that a script which switches to and fro does not tell it again and again. */
export class ToldChanges {
  private readonly seen = new Map<string, number>();
  private readonly now: () => number;

  /** @param now milliseconds since the epoch */
  constructor(now: () => number) {
    this.now = now;
  }

  /** True when the change of a folder has not been seen for a while. */
  isNew(folder: string, { from, to, why, gone }: EvidenceChange): boolean {
    const key = JSON.stringify([folder, from === to, to, why.map(({ source }) => source), why.length > 0 ? [] : gone.map(({ source }) => source)]);
    const last = this.seen.get(key);
    this.seen.set(key, this.now());
    return last === undefined || this.now() - last > QUIET_MS;
  }
}

/** True where the tag a person or a team gave is what the change would be measured by. */
export function tagIn(standing: Standing | undefined): Environment | undefined {
  return standing?.by === 'evidence' ? undefined : standing?.environment;
}

function has(evidence: readonly Evidence[], { environment, source, evidence: clause }: Evidence): boolean {
  return evidence.some((item) => item.environment === environment && item.source === source && item.evidence === clause);
}

function matters(environment: Tag | undefined): boolean {
  return environment === 'production' || environment === 'staging';
}
