import { isRecord, parseJson } from '../json.ts';
import { dotenvEntries } from './dotenv-entries.ts';
import { isUuid } from './values.ts';

/** One value of a hidden file. */
interface HiddenEntry {
  readonly name: string;
  readonly value: string;
}

export interface HiddenContent {
  /** Only entries of dotenv files can be changed one by one. */
  readonly format: 'dotenv' | 'json' | 'lines' | 'whole' | 'binary';
  readonly entries: readonly HiddenEntry[];
}

/** What may be shown of a value without showing it. */
export interface ValueShape {
  readonly type: 'text' | 'number' | 'true or false' | 'uuid' | 'url' | 'private key';
  /** In characters. */
  readonly length: number;
  readonly empty: boolean;
}

const dotenvName = /(?:^|[\\/])(?:\.?env(?:[.\-_~][^\\/]*)?|[^\\/]+\.env|\.envrc|\.dev\.vars(?:\.[^\\/]*)?)$/i;
const maxEntries = 2000;
const maxDepth = 8;

/** True for files whose entries can be changed one by one. */
function isDotenv(path: string): boolean {
  return dotenvName.test(path.slice(-1024));
}

/**
 * The values of a hidden file by name.
 * @param bytes one character for each byte
 */
export function hiddenContent(path: string, bytes: string): HiddenContent {
  if (bytes.slice(0, 8192).includes('\0')) return { format: 'binary', entries: [] };
  if (isDotenv(path)) return { format: 'dotenv', entries: dotenvEntries(bytes).map(({ name, value }) => ({ name, value: fromBytes(value) })) };
  const text = fromBytes(bytes);
  const json = /^\s*[{[]/.test(text) ? jsonEntries(parseJson(text)) : [];
  if (json.length > 0) return { format: 'json', entries: json };
  const lines = /-----BEGIN /.test(text) ? [] : lineEntries(text);
  if (lines.length > 0) return { format: 'lines', entries: lines };
  return { format: 'whole', entries: text.trim() === '' ? [] : [{ name: /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/.test(text) ? 'private key' : 'content', value: text }] };
}

/** UTF-8 where it is that, else each byte for itself. */
export function fromBytes(bytes: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)));
  } catch {
    return bytes;
  }
}

/** The bytes of a text, one character each. */
export function toBytes(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}

function jsonEntries(root: unknown): readonly HiddenEntry[] {
  const entries: HiddenEntry[] = [];
  const walk = (name: string, value: unknown, depth: number): void => {
    if (entries.length >= maxEntries) return;
    const inner = depth > maxDepth ? [] : Array.isArray(value) ? [...value.entries()] : isRecord(value) ? Object.entries(value) : [];
    if (inner.length > 0) for (const [key, part] of inner) walk(name === '' ? String(key) : `${name}.${key}`, part, depth + 1);
    else if (name !== '') entries.push({ name, value: typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value) });
  };
  walk('', root, 0);
  return entries;
}

const line = /^[ \t]{0,40}(?:[-]?[ \t]{1,4})?["']?([A-Za-z_/][\w.\-/:]{0,127}?)["']?[ \t]{0,20}(?:=|:(?=\s|$))[ \t]{0,8}(.*)$/;

function lineEntries(text: string): readonly HiddenEntry[] {
  const entries: HiddenEntry[] = [];
  for (const written of text.split(/\r?\n/)) {
    const found = /^\s*[#;]/.test(written) ? undefined : line.exec(written);
    if (found && entries.length < maxEntries) entries.push({ name: found[1] ?? '', value: (found[2] ?? '').trim().replace(/^(["'])(.*)\1$/, '$2') });
  }
  return entries;
}

export function shapeOfValue(value: string): ValueShape {
  const head = value.slice(0, 256);
  const type = isUuid(value) ? 'uuid' : /^-?\d+(?:\.\d+)?$/.test(head) ? 'number' : /^(?:true|false|yes|no|on|off)$/i.test(head) ? 'true or false' : /^[a-z][a-z0-9+.-]{1,20}:\/\//i.test(head) ? 'url' : /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/.test(head) ? 'private key' : 'text';
  return { type, length: value.length, empty: value === '' };
}
