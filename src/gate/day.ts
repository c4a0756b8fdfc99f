/** The day of a time in milliseconds since the epoch, in UTC: `2026-12-31`. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, '2026-12-31'.length);
}
