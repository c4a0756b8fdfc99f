import { judgeName } from './names.ts';
import type { SecretFinding } from './text-scan.ts';
import { isSecretName } from './files.ts';
import { findSecrets } from './find.ts';
import { isUuid } from './values.ts';

/** First characters of a value's salted fingerprint, so that two hidden values can be told apart; `core` has no salt of its own. */
export type Fingerprint = (value: string) => string;

/** Longest masked view handed to an agent, in characters. */
const maxView = 8 * 1024;
const maxEntries = 400;

/** The text that stands in place of a value. */
export function placeholder(name: string, value: string, fingerprint?: Fingerprint): string {
  const shown = name.replace(/[^\w.-]+/g, '_').slice(0, 64) || 'secret';
  const mark = fingerprint ? `#${fingerprint(value).slice(0, 4)}` : '';
  return `<hidden:${shown}${mark} · ${value.length} chars · real value is on disk, do not edit>`;
}

/** True when a text holds what `placeholder` writes: writing it back would replace the real value. */
export function containsPlaceholder(text: string): boolean {
  return /<hidden:[\w.-]{1,64}(?:#[0-9a-f]{1,16})?(?: ·| \S{1,3} \d{1,9} chars|>)/.test(text);
}

/** A range of a text and the name under which it is hidden. */
export type Hidden = Pick<SecretFinding, 'start' | 'end' | 'name'>;

/** The text with every found value replaced. Lines keep their numbers unless a value spans several. */
export function maskText(text: string, findings: readonly Hidden[], fingerprint?: Fingerprint): string {
  let masked = '';
  let at = 0;
  for (const { start, end, name } of findings.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (end <= at) continue;
    const from = Math.max(start, at);
    masked += text.slice(at, from) + placeholder(name, text.slice(from, end), fingerprint);
    at = end;
  }
  return masked + text.slice(at);
}

/**
 * What an agent may see in place of a file: names and shapes of a hidden one, the text with values replaced of a masked one.
 * @param hidden false where the content decided and not the name
 */
export function maskedView(path: string, text: string, hidden: boolean = isSecretName(path), fingerprint?: Fingerprint): string {
  if (hidden) return bounded(`${path} is hidden from agents because it holds secrets. These are its names with the shape of each value; programs can still load the file.\n${outline(path, text)}`);
  const { findings, complete } = findSecrets(text, { path });
  if (!complete) return `${path} is too large to be searched for secrets, so it is not shown. Read a smaller part of it.`;
  return bounded(maskText(text, findings, fingerprint));
}

function bounded(text: string): string {
  if (text.length <= maxView) return text;
  const note = `\n(cut here: ${text.length - maxView} more characters are not shown)`;
  // A placeholder is not cut in two: what is left of it could be taken for a value.
  const cut = text.slice(0, maxView - note.length);
  const open = cut.lastIndexOf('<hidden:');
  return (open > cut.lastIndexOf('>') ? cut.slice(0, open) : cut) + note;
}

function outline(path: string, text: string): string {
  const head = text.trimStart();
  if (head === '') return '(empty)';
  const entries = /^[{[]/.test(head) ? outlineJson(text) : undefined;
  const lines = entries ?? outlineLines(text);
  if (lines.length > 0) return lines.slice(0, maxEntries).join('\n') + (lines.length > maxEntries ? `\n(and ${lines.length - maxEntries} more)` : '');
  const kind = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/.test(text) ? 'a private key' : 'content';
  return `(${kind}, ${text.split('\n').length} lines, ${text.length} characters; ${path.slice(path.lastIndexOf('/') + 1)} has no names to show)`;
}

function outlineJson(text: string): string[] | undefined {
  if (text.length > 512 * 1024) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  const lines: string[] = [];
  const waiting: { readonly name: string; readonly value: unknown; readonly depth: number }[] = [{ name: '', value: parsed, depth: 0 }];
  for (let next = waiting.shift(); next && lines.length <= maxEntries; next = waiting.shift()) {
    const { name, value, depth } = next;
    if (typeof value === 'object' && value !== null && depth < 6) {
      waiting.unshift(...Object.entries(value).slice(0, maxEntries).map(([key, inner]) => ({ name: name ? `${name}.${safeName(key)}` : safeName(key), value: inner as unknown, depth: depth + 1 })));
    } else if (name !== '') lines.push(`${name}: ${shapeOf(typeof value === 'string' ? value : JSON.stringify(value))}`);
  }
  return lines;
}

const entry = /^\s{0,40}(?:export\s{1,4}|set\s{1,4}|-\s{1,4})?["']?([A-Za-z_/][\w.\-/:]{0,127}?)["']?\s{0,20}(?:=|:(?=\s|$))\s{0,8}(.*)$/;

function outlineLines(text: string): string[] {
  const lines: string[] = [];
  for (const line of text.slice(0, 512 * 1024).split(/\r?\n/)) {
    if (lines.length > maxEntries) break;
    const section = /^\s{0,20}\[([\w .:"-]{1,80})\]\s{0,20}$/.exec(line);
    if (section) lines.push(`[${section[1]}]`);
    else if (!/^\s*[#;/]/.test(line) && line.length <= 8192) {
      const found = entry.exec(line);
      if (found) lines.push(`${safeName(found[1] ?? '')}: ${shapeOf((found[2] ?? '').trim().replace(/^(["'])(.*)\1\s*(?:#.*)?$/, '$2'))}`);
    }
  }
  return lines;
}

/** A name long or random enough to be a secret itself is not shown. */
function safeName(name: string): string {
  return name.length <= 64 && !(name.length >= 20 && findSecrets(`token=${name}`).findings.length > 0 && !judgeName(name)) ? name : '(name hidden)';
}

function shapeOf(value: string): string {
  if (value === '' || value === 'null') return 'empty';
  const kind = isUuid(value) ? ', a uuid' : /^\d+$/.test(value) ? ', a number' : /^(?:true|false|yes|no|on|off)$/i.test(value) ? ', true or false' : /^[a-z][a-z0-9+.-]{1,20}:\/\//i.test(value) ? ', a url' : '';
  return `set, ${value.length} characters${kind}`;
}
