import type { Query } from '../journal/query.ts';

/** A part of what happened, by the name it has in the list. */
export interface ActivityFilter {
  readonly label: string;
  readonly wanted: Query;
}

/** What the Activity view can be narrowed to; text of a person's own comes besides. */
export function activityFilters(titles: ReadonlyMap<string, string>): readonly ActivityFilter[] {
  return [
    { label: 'Stopped', wanted: { outcome: 'deny' } },
    { label: 'Denied by you', wanted: { outcome: 'deny', by: 'person' } },
    { label: 'Allowed by you', wanted: { outcome: 'allow', by: 'person' } },
    { label: 'Copied first', wanted: { kept: true } },
    { label: 'In production', wanted: { environment: 'production' } },
    { label: 'Not known where', wanted: { environment: 'unknown' } },
    { label: 'Secrets', wanted: { rule: 'secrets' } },
    { label: 'Masked outputs', wanted: { type: 'masked' } },
    { label: 'Changes of the configuration', wanted: { type: 'configuration' } },
    ...[...titles].map(([agent, title]) => ({ label: title, wanted: { agent } })),
  ];
}
