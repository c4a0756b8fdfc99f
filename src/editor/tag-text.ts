import type { Evidence } from '../core/environment/evidence-source.ts';
import { proposedBy } from '../core/environment/evidence-source.ts';
import { displayPath, isAbsolute, platformOf } from '../core/files/path.ts';
import { isLessStrict, type Standing, type Tag, tags } from './folder-tags.ts';
import { oneLine } from '../core/shown-text.ts';
import type { EvidenceChange } from './tag-changes.ts';

/** The folder a text speaks of. */
export interface Place {
  readonly name: string;
  /** Absolute path. */
  readonly path: string;
  /** The person's home folder, written as `~`. */
  readonly home: string;
}

/** A row of the quick pick: a choice, a piece of evidence, or a heading. */
export type TagRow =
  | { readonly kind: 'choice'; readonly tag: Tag | undefined; readonly label: string; readonly description: string; readonly detail: string }
  | { readonly kind: 'evidence'; readonly label: string; readonly description: string }
  | { readonly kind: 'heading'; readonly label: string };

const longest = 200;
const mostRows = 12;

const meanings: Readonly<Record<Tag, string>> = {
  production: 'Everything here counts as production.',
  staging: 'A copy of production that others rely on.',
  development: 'Shared, and made to be broken.',
  local: 'Only this machine.',
};

/** Who says what a folder is, as one clause. */
export const origins: Readonly<Record<Standing['by'], string>> = {
  person: 'your choice',
  policy: 'a policy file',
  evidence: 'evidence only, nobody has said so',
};

/** One piece of evidence and where it comes from, as one line of plain text. Names in it may have been written by anybody. */
export function evidenceText({ evidence, source }: Evidence, place: Place): string {
  const from = sourceText(source, place);
  return oneLine(evidence.includes(from) ? evidence : `${evidence} (${from})`, longest);
}

/** What a person can choose from, with the evidence below. */
export function tagRows(standing: Standing | undefined, evidence: readonly Evidence[], place: Place): readonly TagRow[] {
  const proposed = proposedBy(evidence);
  const now = standing?.by === 'evidence' ? undefined : standing?.environment;
  const choice = (tag: Tag): TagRow => ({ kind: 'choice', tag, label: tag, description: tag === now ? `now, ${origins[standing?.by ?? 'person']}` : '', detail: meanings[tag] });
  return [
    ...(proposed && proposed !== now ? [{ kind: 'choice', tag: proposed, label: 'Use what the evidence says', description: proposed, detail: evidenceText(evidence[0] as Evidence, place) } as const] : []),
    ...tags.map(choice),
    ...(standing?.by === 'person' ? [{ kind: 'choice', tag: undefined, label: 'Remove my tag', description: '', detail: 'The team’s policy file decides; without one, targets nobody can name count as production.' } as const] : []),
    { kind: 'heading', label: evidence.length > 0 ? 'Evidence' : 'No evidence was found' },
    ...evidence.slice(0, mostRows).map((item): TagRow => ({ kind: 'evidence', label: `${item.environment}: ${oneLine(item.evidence, longest)}`, description: sourceText(item.source, place) })),
  ];
}

/** All evidence, one line each, for a dialog. */
export function evidenceList(evidence: readonly Evidence[], place: Place): string {
  return evidence.length === 0 ? 'Nothing here speaks of an environment.' : evidence.map((item) => `${item.environment}: ${evidenceText(item, place)}`).join('\n');
}

/** What is said once when the evidence changes: from what, to what and why. */
export function changeText({ from, to, why, gone }: EvidenceChange, places: readonly Place[], tag: Standing | undefined): string {
  const names = places.map(({ name }) => oneLine(name, 40)).join(', ');
  const place = places[0] as Place;
  const because = [...why.map((item) => evidenceText(item, place)), ...gone.map((item) => `no longer: ${evidenceText(item, place)}`)].slice(0, 2).join('; ');
  const before = from === to ? 'it did before too' : from ? `before: ${from}` : 'before, nothing said so';
  const sentence = to === undefined ? `Nothing says any more that ${names} is ${from ?? 'anything'}.` : isLessStrict(from ?? 'local', to) ? `The evidence for ${names} now says ${to} (${before}).` : `What runs in ${names} may now reach ${to} (${before}).`;
  return `${sentence} ${capital(because)}.${tag ? ` It stays tagged ${tag.environment}.` : ''}`;
}

function sourceText(source: string, { path, home }: Place): string {
  const platform = platformOf(path);
  return isAbsolute(source, platform) ? oneLine(displayPath(source, [path], home, platform), longest) : source;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
