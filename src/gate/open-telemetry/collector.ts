import { readFile, stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { expandHome, platformOf } from '../../core/files/path.ts';
import type { BacklogBounds } from '../../journal/following.ts';

/** Where an organisation's file or a person's settings say that the journal's records go. */
export interface CollectorWish {
  readonly endpoint: string;
  /** Absolute path of a file with headers. */
  readonly headersFile?: string;
  /** False: no text of commands, paths, names or reasons leaves the machine. */
  readonly texts: boolean;
  readonly maxDays: number;
  readonly maxMegabytes: number;
}

/** A collector that records may be sent to. */
export interface Collector {
  readonly url: URL;
  readonly headersFile?: string;
  readonly texts: boolean;
  readonly bounds: BacklogBounds;
  readonly by: 'organisation' | 'person';
}

/** `unusable`: it is wanted and cannot be; nothing is sent until it is corrected, and what waits stays. */
export type Destination = { readonly state: 'off' } | { readonly state: 'unusable'; readonly why: string } | { readonly state: 'on'; readonly collector: Collector };

/** The variable of the editor's environment that headers are taken from where no file is named. */
export const HEADERS_VARIABLE = 'INTERLOCK_OTLP_HEADERS';
export const defaultWish = { texts: true, maxDays: 14, maxMegabytes: 100 } as const;
const MEGABYTE = 1_048_576;
const MAX_HEADERS = 16_384;

/**
 * Where records go. What an organisation says counts alone, so that a person's settings neither switch it off nor move it; where its file
 * cannot be read nobody knows whether it says something, and nothing is sent.
 * @param person undefined where the person has not turned it on
 * @param home what `~/` stands for
 */
export function destinationOf(organisation: CollectorWish | 'unreadable' | undefined, person: CollectorWish | undefined, home: string): Destination {
  if (organisation === 'unreadable') return { state: 'unusable', why: 'what your organisation’s policy says of it cannot be read.' };
  const [wish, by] = organisation === undefined ? ([person, 'person'] as const) : ([organisation, 'organisation'] as const);
  if (wish === undefined) return { state: 'off' };
  const url = endpointOf(wish.endpoint);
  if (typeof url === 'string') return { state: 'unusable', why: url };
  const headersFile = wish.headersFile ? (expandHome(wish.headersFile, home, platformOf(home)) ?? '') : undefined;
  if (headersFile !== undefined && !isAbsolute(headersFile)) return { state: 'unusable', why: 'the path of the headers’ file is not absolute.' };
  return { state: 'on', collector: { url, ...(headersFile === undefined ? {} : { headersFile }), texts: wish.texts, bounds: { days: wish.maxDays, bytes: wish.maxMegabytes * MEGABYTE }, by } };
}

/** The address records are posted to, or what is wrong with it. https://opentelemetry.io/docs/specs/otlp/#otlphttp-request */
export function endpointOf(text: string): URL | string {
  if (text.trim() === '') return 'no endpoint is given.';
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) return 'the endpoint is no address of the form https://host/path.';
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return 'the endpoint must begin with https:// unless it is on this machine.';
  if (url.username !== '' || url.password !== '' || url.search !== '') return 'the endpoint must hold no user, password or query: put what identifies you into the headers.';
  if (url.pathname === '/') url.pathname = '/v1/logs';
  url.hash = '';
  return url;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** Headers that cannot be used; `message` says why and holds nothing of them. */
export class HeadersUnusable extends Error {
  override readonly name = 'HeadersUnusable';
}

/**
 * The headers for a request, read anew each time, so that a changed token counts: from the file, else from the variable.
 * @throws HeadersUnusable
 */
export async function headersFor({ headersFile }: Collector, env: Readonly<Record<string, string | undefined>>): Promise<Readonly<Record<string, string>>> {
  if (headersFile === undefined) return headersIn(env[HEADERS_VARIABLE] ?? '', HEADERS_VARIABLE);
  return headersIn(await textOf(headersFile), headersFile);
}

async function textOf(file: string): Promise<string> {
  try {
    const facts = await stat(file);
    if (facts.isFile() && facts.size <= MAX_HEADERS) return await readFile(file, 'utf8');
  } catch (error) {
    throw new HeadersUnusable(`${file} cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'}).`);
  }
  throw new HeadersUnusable(`${file} is no file of headers.`);
}

/** One `Name: value` a line. Lines that are empty or begin with # are left out. */
function headersIn(text: string, from: string): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    // https://www.rfc-editor.org/rfc/rfc9110#name-field-names
    const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\x21-\x7e][\x20-\x7e\t]*)$/.exec(line.trimEnd()) ?? [];
    if (name === undefined || value === undefined) throw new HeadersUnusable(`Line ${at + 1} of ${from} is no header of the form “Name: value”.`);
    headers[name.toLowerCase()] = value;
  }
  return headers;
}
