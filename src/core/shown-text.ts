/** Makes text that an agent wrote fit to be read in a dialog: nothing invisible, nothing that reorders, nothing that pushes the rest out of sight. */

/** Control characters (line feed and tab left out), characters without width, and those that change the direction of reading. */
// oxlint-disable-next-line no-control-regex -- these are what must be made visible
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0]|[\u{e0000}-\u{e0fff}]/gu;

/** The text with characters that cannot be seen written out as `\u{…}` and long runs of blanks counted. */
export function visible(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(HIDDEN, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`)
    .replace(/[ \t]{20,}/g, (blanks) => ` (${blanks.length} blanks) `)
    .replace(/\n{3,}/g, (lines) => `\n(${lines.length - 1} empty lines)\n`);
}

/** As `visible`, on one line and at most `limit` characters long. */
export function oneLine(text: string, limit: number): string {
  const line = visible(text).replaceAll(/\s*\n\s*/g, ' ⏎ ').trim();
  return line.length <= limit ? line : `${line.slice(0, limit - 1)}…`;
}

/** How much of a text is shown. */
export interface Window {
  readonly characters: number;
  readonly lines: number;
}

/** A part of a text no larger than `window`, around offset `around`; what is left out is counted, so that nobody takes a part for the whole. */
export function excerpt(text: string, around: number, window: Window): string {
  const lead = Math.max(0, Math.min(around - Math.floor(window.characters / 4), text.length - window.characters));
  const lines = text.slice(lead, lead + window.characters).split('\n');
  const line = text.slice(lead, Math.max(lead, around)).split('\n').length - 1;
  const from = Math.max(0, Math.min(line - Math.floor(window.lines / 4), lines.length - window.lines));
  const start = lead + lines.slice(0, from).reduce((sum, skipped) => sum + skipped.length + 1, 0);
  const shown = lines.slice(from, from + window.lines).join('\n');
  const rest = text.length - start - shown.length;
  return (start > 0 ? `… (${start} characters before)\n` : '') + shown + (rest > 0 ? `\n… (${rest} more characters)` : '');
}

/** `a`, `a and b`, `a, b and c`, or with more than `limit` items `a, b and 3 more`. */
export function listed(items: readonly string[], limit: number): string {
  const rest = items.length - limit;
  if (rest > 0) return `${items.slice(0, limit).join(', ')} and ${rest} more`;
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}
