import { providerById, providerIn, providerOfHost } from './providers.ts';
import type { Scan } from './text-scan.ts';
import { isPlaceholder, isReference, looksRandom, makeupOf } from './values.ts';

/** Something that is a secret by the way it is built, found from a word in it. */
export type Structure = 'pem' | 'pem64' | 'jwt' | 'url' | 'scheme' | 'putty' | 'signature' | 'kubernetes' | 'flag' | 'sql';

/** Words by which the prefilter finds structures. */
export const structureAnchors: readonly { readonly word: string; readonly structure: Structure; readonly exact: boolean }[] = [
  { word: '-----BEGIN ', structure: 'pem', exact: true },
  { word: 'LS0tLS1CRUdJTi', structure: 'pem64', exact: true },
  { word: 'eyJ', structure: 'jwt', exact: true },
  { word: '://', structure: 'url', exact: true },
  { word: 'bearer', structure: 'scheme', exact: false },
  { word: 'basic ', structure: 'scheme', exact: false },
  { word: 'authorization', structure: 'scheme', exact: false },
  { word: 'PuTTY-User-Key-File', structure: 'putty', exact: true },
  { word: 'sig=', structure: 'signature', exact: true },
  { word: 'kind: Secret', structure: 'kubernetes', exact: true },
  { word: 'identified by', structure: 'sql', exact: false },
  { word: 'securestring', structure: 'sql', exact: false },
  { word: 'sshpass', structure: 'flag', exact: true },
  { word: 'redis-cli', structure: 'flag', exact: true },
  { word: 'mysql', structure: 'flag', exact: true },
  { word: 'docker login', structure: 'flag', exact: true },
  { word: 'curl ', structure: 'flag', exact: true },
  { word: 'az login', structure: 'flag', exact: true },
];

/** Looks at one structure whose anchor stands at `at`. */
export function readStructure(scan: Scan, structure: Structure, at: number): void {
  switch (structure) {
    case 'pem': return readPem(scan, at);
    case 'pem64': return readEncodedPem(scan, at);
    case 'jwt': return readJwt(scan, at);
    case 'url': return readUrl(scan, at);
    case 'scheme': return readScheme(scan, at);
    case 'putty': return readPutty(scan, at);
    case 'signature': return readSignature(scan, at);
    case 'kubernetes': return readKubernetesSecret(scan, at);
    case 'flag': return readFlags(scan, at);
    case 'sql': return readSql(scan, at);
  }
}

const maxPem = 16_384;

/** `-----BEGIN … PRIVATE KEY-----` with a body, on lines of its own or in a string with `\n`. */
function readPem(scan: Scan, at: number): void {
  const { text } = scan;
  const head = text.slice(at, at + 80);
  const label = /^-----BEGIN ((?:[A-Z0-9]+ ){0,4}PRIVATE KEY(?: BLOCK)?|OpenVPN Static key V1)-----/.exec(head);
  scan.spend(80);
  if (!label || label[1]?.startsWith('ENCRYPTED')) return;
  const bodyStart = at + label[0].length;
  const limit = Math.min(scan.end, bodyStart + maxPem);
  const close = text.slice(bodyStart, limit).indexOf('-----END');
  scan.spend(limit - bodyStart);
  const body = close < 0 ? (/^[\sA-Za-z0-9+/=\\:,.-]{0,16384}/.exec(text.slice(bodyStart, limit))?.[0] ?? '') : text.slice(bodyStart, bodyStart + close);
  const key = body.replace(/\\[nr]|[\s"'+,\\]/g, '');
  if (/ENCRYPTED|DEK-Info/.test(body) || key.length < 40 || makeupOf(key.slice(0, 512)).distinct < 12 || isPlaceholder(key.slice(0, 64))) return;
  const tail = close < 0 ? 0 : (/^-----END [A-Za-z0-9 ]{1,60}-----/.exec(text.slice(bodyStart + close, bodyStart + close + 90))?.[0].length ?? 8);
  scan.add({ kind: 'private key', start: at, end: bodyStart + body.length + tail, shaped: true });
}

/** A private key in base64 as a whole. */
function readEncodedPem(scan: Scan, at: number): void {
  const end = runOf(scan, at, /[A-Za-z0-9+/=]{1,16384}/y);
  const head = decode64(scan.text.slice(at, at + 60));
  if (end - at >= 100 && head !== undefined && /PRIVATE KEY/.test(head) && !head.includes('ENCRYPTED')) scan.add({ kind: 'private key', start: at, end, shaped: true });
}

function readPutty(scan: Scan, at: number): void {
  const found = /^PuTTY-User-Key-File-[23]:[^\n]{0,80}\r?\nEncryption: none\r?\n/.exec(scan.text.slice(at, at + 160));
  scan.spend(160);
  if (!found) return;
  const rest = scan.text.slice(at, Math.min(scan.end, at + maxPem));
  scan.spend(rest.length);
  const lines = /Private-Lines: \d{1,4}\r?\n/.exec(rest);
  if (!lines) return;
  const from = lines.index + lines[0].length;
  const mac = rest.indexOf('Private-MAC', from);
  scan.add({ kind: 'private key', start: at + from, end: at + (mac < 0 ? rest.length : mac), shaped: true });
}

/** A signed JSON web token; those that are made to be public are left alone. */
function readJwt(scan: Scan, at: number): void {
  if (at > 0 && /[A-Za-z0-9_+/=.-]/.test(scan.text[at - 1] ?? '') && !/\\[nrt]$/.test(scan.text.slice(Math.max(0, at - 2), at))) return;
  const end = runOf(scan, at, /[\w.-]{1,8192}/y);
  const [header = '', payload = '', signature = ''] = scan.text.slice(at, end).split('.');
  if (header.length < 16 || payload.length < 12 || signature.length < 16 || !payload.startsWith('eyJ')) return;
  const claims = decode64(payload.replace(/-/g, '+').replace(/_/g, '/')) ?? '';
  // Supabase's own documentation: the anon key is shipped in browsers.
  if (/"role"\s*:\s*"anon"/.test(claims)) return;
  const supabase = /"role"\s*:\s*"service_role"/.test(claims);
  scan.add({ kind: supabase ? 'supabase service role key' : 'signed token', start: at, end: at + header.length + payload.length + signature.length + 2, shaped: true, provider: supabase ? providerById('supabase') : undefined });
}

const localWords = /^(?:postgres|postgresql|mysql|root|admin|guest|user|username|password|pass|passwd|pwd|secret|test|redis|mongo|example|dev|docker|app|db|rabbitmq|minio|minioadmin|neo4j|changeme|development)$/i;

/** `scheme://user:password@host`, and `scheme://token@host`. */
function readUrl(scan: Scan, at: number): void {
  const { text } = scan;
  if (!/[a-z0-9]{2}$/i.test(text.slice(Math.max(0, at - 2), at))) return;
  const from = at + 3;
  const end = runOf(scan, from, /[^\s"'`<>\\]{1,512}/y);
  const rest = text.slice(from, end);
  // A password may hold a slash; the host may not, so what counts is the last sign before the path.
  const first = rest.indexOf('@');
  if (first < 0) return;
  const colonAt = rest.indexOf(':');
  const slash = rest.indexOf('/');
  if (slash >= 0 && slash < first && (colonAt < 0 || colonAt > slash)) return;
  const path = /[/?#]/.exec(rest.slice(first))?.index ?? rest.length;
  const sign = from + rest.lastIndexOf('@', first + path);
  const colon = colonAt >= 0 && from + colonAt < sign ? from + colonAt : -1;
  const host = (/^[^\s/:?#"'`,)\]]{0,253}/.exec(text.slice(sign + 1, sign + 254))?.[0] ?? '').toLowerCase();
  const provider = providerOfHost(host) ?? providerIn(host.replace(/\./g, ' '));
  if (colon >= 0) addUrlPassword(scan, text.slice(from, colon), colon + 1, sign, host, provider?.id);
  else {
    const token = text.slice(from, sign);
    // Error reporting addresses carry a public key by design.
    if (token.length >= 20 && looksRandom(token) && !/(?:^|\.)(?:sentry\.io|ingest\.[\w.]+)$/.test(host) && !isReference(token)) scan.add({ kind: 'token in a url', start: from, end: sign, shaped: true, provider });
  }
}

function addUrlPassword(scan: Scan, user: string, start: number, end: number, host: string, provider: string | undefined): void {
  const password = scan.text.slice(start, end);
  if (password.length < 3 || password.length > 256 || isReference(password) || isPlaceholder(password) || /[{}()<>*[\]]|\.\.\./.test(password) || password.startsWith('$') || password.startsWith('[')) return;
  if (password === user || localWords.test(password) || /^(?:user|username|password|login)$/i.test(user) && !looksRandom(password)) return;
  const near = /^(?:localhost|127\.|0\.0\.0\.0|\[?::1|host\.docker|db$|postgres$|mysql$|redis$|mongo$)/.test(host);
  if (near && !/\d/.test(password)) return;
  if (/^(?:host|hostname|server|example\.(?:com|org|net)|your)/.test(host) && !looksRandom(password)) return;
  scan.add({ kind: 'password in a url', start, end, shaped: true, provider: provider === undefined ? undefined : providerById(provider) });
}

/** `Authorization: Bearer …`, `Basic …`, `token …`; and a bare `Bearer …`. */
function readScheme(scan: Scan, at: number): void {
  const { text } = scan;
  const head = text.slice(at, at + 80);
  scan.spend(80);
  const found = /^(?:authorization[\\"']{0,4}\]?[)]?\s{0,3}(?:[:=,]|=>)\s{0,3}[\\"'`]{0,3}(?:bearer|basic|token|apikey|api-key|key|digest|splunk|bot|genericapikey)?|bearer|basic)(?:[:=]|\s|%20){1,3}[\\"'`<]{0,2}/i.exec(head);
  if (!found) return;
  const start = at + found[0].length;
  const end = runOf(scan, start, /[\w.~+/=|:-]{1,4096}/y);
  const value = text.slice(start, end).replace(/[.:]+$/, '');
  const basic = /basic/i.test(found[0]);
  if (basic ? !holdsLogin(value) : !(value.length >= 16 && looksRandom(value)) || isPlaceholder(value) || isReference(value)) return;
  const around = text.slice(Math.max(0, at - 300), Math.min(scan.end, end + 300));
  scan.spend(600);
  scan.add({ kind: basic ? 'basic credentials' : 'bearer token', name: 'Authorization', start, end: start + value.length, shaped: false, provider: providerNear(around) });
}

function providerNear(around: string): ReturnType<typeof providerIn> {
  for (const host of around.match(/\b[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}\b/gi) ?? []) {
    const provider = providerOfHost(host);
    if (provider) return provider;
  }
  return undefined;
}

/** True for base64 of `user:password`. */
export function holdsLogin(value: string): boolean {
  if (value.length < 8 || value.length > 1024 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(value)) return false;
  const login = decode64(value.replace(/-/g, '+').replace(/_/g, '/')) ?? '';
  const colon = login.indexOf(':');
  if (colon < 0 || !/^[\x20-\x7e]+$/.test(login)) return false;
  const password = login.slice(colon + 1);
  return password.length >= 4 && !isPlaceholder(password) && !isReference(password);
}

/** The signature of a shared access address: whoever has the address has the access. */
function readSignature(scan: Scan, at: number): void {
  if (!/[?&;]/.test(scan.text[at - 1] ?? '')) return;
  const start = at + 4;
  const end = runOf(scan, start, /[\w%+/=-]{1,200}/y);
  const value = scan.text.slice(start, end);
  if (value.length >= 40 && looksRandom(value.replace(/%[0-9A-F]{2}/gi, ''))) scan.add({ kind: 'shared access signature', name: 'sig', start, end, shaped: true, provider: providerById('azure') });
}

/** Values of a Kubernetes Secret in the clear (base64 counts as clear). */
function readKubernetesSecret(scan: Scan, at: number): void {
  const from = Math.max(0, at - 2048);
  const block = scan.text.slice(from, Math.min(scan.end, at + 8192));
  scan.spend(block.length);
  const anchor = at - from;
  const before = block.slice(0, anchor);
  const begin = Math.max(before.lastIndexOf('\n---'), 0);
  const after = block.indexOf('\n---', anchor);
  if (!/(?:^|\n)\s*$/.test(before) || !/^kind: Secret\s*(?:$|[\r\n#])/.test(block.slice(anchor))) return;
  let inside = -1;
  let offset = begin;
  for (const line of block.slice(begin, after < 0 ? block.length : after).split('\n')) {
    const indent = line.search(/\S/);
    const opens = /^(\s*)(?:data|stringData):\s*$/.exec(line.trimEnd());
    if (opens) inside = opens[1]?.length ?? 0;
    else if (inside >= 0 && indent >= 0 && indent <= inside) inside = -1;
    else if (inside >= 0) addManifestValue(scan, line, from + offset);
    offset += line.length + 1;
  }
}

function addManifestValue(scan: Scan, line: string, at: number): void {
  const entry = /^(\s+["']?([\w.-]{1,128})["']?:\s+["']?)([^"'\s#]{6,4096})["']?\s*$/.exec(line);
  if (!entry) return;
  const value = entry[3] ?? '';
  const decoded = /^[A-Za-z0-9+/]+=*$/.test(value) && value.length % 4 === 0 ? decode64(value) : undefined;
  const plain = decoded !== undefined && /^[\s\x20-\x7e]+$/.test(decoded) ? decoded.trim() : value;
  if (isPlaceholder(plain) || isReference(plain) || plain.length < 6 || /^(?:https?:|\d+$|true$|false$)/.test(plain)) return;
  if (!/\d|[^\w.-]/.test(plain)) return;
  const start = at + (entry[1]?.length ?? 0);
  scan.add({ kind: 'kubernetes secret', name: entry[2] ?? 'data', start, end: start + value.length, shaped: true });
}

interface Flag {
  readonly program: RegExp;
  /** Sticky: from the flag to the value. */
  readonly flag: RegExp;
  readonly kind: string;
  readonly login?: boolean;
}

/** Options that take a secret, from each program's manual. */
const flags: readonly Flag[] = [
  { program: /^sshpass\b/, flag: /\s-p\s{0,2}['"]?/g, kind: 'password' },
  { program: /^redis-cli\b/, flag: /\s(?:-a|--pass)\s{1,2}['"]?/g, kind: 'password' },
  { program: /^mysql(?:dump|admin|import|show)?\s/, flag: /\s-p['"]?(?=\S)/g, kind: 'password' },
  { program: /^(?:docker|az) login\b/, flag: /\s-p\s{1,2}['"]?/g, kind: 'password' },
  { program: /^curl\s/, flag: /\s(?:-u|--user)\s{0,2}['"]?[^\s:'"]{0,128}:/g, kind: 'password', login: true },
];

function readFlags(scan: Scan, at: number): void {
  const line = scan.text.slice(at, scan.lineEnd(at, 400));
  for (const { program, flag, kind } of flags) {
    if (!program.test(line)) continue;
    flag.lastIndex = 0;
    const found = flag.exec(line);
    if (!found) continue;
    const from = found.index + found[0].length;
    const value = /^[^\s'"`\\)]{4,256}/.exec(line.slice(from))?.[0] ?? '';
    if (value === '' || value.startsWith('-') || isPlaceholder(value) || isReference(value) || value.startsWith('$') || !/\d|[^\w]/.test(value)) continue;
    scan.add({ kind, start: at + from, end: at + from + value.length, shaped: false });
  }
}

/** `IDENTIFIED BY 'x'`, `ConvertTo-SecureString "x"`. */
function readSql(scan: Scan, at: number): void {
  const found = /^(?:identified\s+by(?:\s+password)?|securestring(?:\s+-\w{1,12}){0,4})\s{1,3}\\?(["']?)([^\s"'`;]{5,128})/i.exec(scan.text.slice(at, at + 240));
  scan.spend(240);
  if (!found) return;
  const value = (found[2] ?? '').replace(/\\+$/, '');
  if (isPlaceholder(value) || isReference(value) || value.startsWith('$') || value.startsWith('-') || (found[1] === '' ? !/^(?=\w*\d)(?=\w*[A-Za-z])[\w!@#%^&*$]+$/.test(value) : !/\d|[^\w]/.test(value))) return;
  const start = at + found[0].length - (found[2]?.length ?? 0);
  scan.add({ kind: 'password', start, end: start + value.length, shaped: false });
}

/** End of the run at `at` that a sticky expression of one repeated class matches. */
export function runOf(scan: Scan, at: number, run: RegExp): number {
  run.lastIndex = at;
  const found = run.exec(scan.text);
  const length = found ? Math.min(found[0].length, scan.end - at) : 0;
  scan.spend(length + 1);
  return at + length;
}

/** Base64 as Latin-1 text; undefined where it is none. */
function decode64(value: string): string | undefined {
  try {
    return atob(value.slice(0, value.length - (value.length % 4 === 1 ? 1 : 0)));
  } catch {
    return undefined;
  }
}

