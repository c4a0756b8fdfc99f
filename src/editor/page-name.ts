/** The page about rules in general, where a rule has none of its own. */
export const OVERVIEW = 'README.md';

/** The page of a finding's rule and the part of it: `railway.md` and `volume-delete` for `railway/volume-delete`. */
export function pageOf(rule: string): { readonly page: string; readonly part: string } {
  const [, room, part = ''] = /^([\w-]+)\/([\w-]+)$/.exec(rule) ?? [];
  return room === undefined ? { page: OVERVIEW, part: '' } : { page: `${room}.md`, part };
}
