import { judgeName, wordsOf, type JudgedName } from './names.ts';
import { providerIn } from './providers.ts';
import type { Scan } from './text-scan.ts';
import { holdsLogin, runOf } from './structures.ts';
import { isPlaceholder, isReference, isUuid, looksRandom, makeupOf } from './values.ts';

/** A value as it stands in the text. */
interface Value {
  readonly text: string;
  readonly start: number;
  readonly quoted: boolean;
}

/** How a name is joined to its value. */
type Link = 'sign' | 'comma' | 'tag' | 'pair' | 'option' | 'column';

const maxName = 96;
const maxValue = 4096;

/**
 * Looks at the name around a word such as `token`: what it is called, whether a value is joined to it, and whether that value is a secret.
 * @returns the offset up to which the text has been dealt with
 */
export function readAssignment(scan: Scan, at: number, length: number): number {
  const end = nameEnd(scan, at + length);
  const start = withWordBefore(scan, nameStart(scan, at), end);
  if (end - start > maxName) return end;
  const joined = findLink(scan, start, end);
  // Most names in code are followed by no value at all; judging the name comes after that is known.
  let rejectedUntil = end;
  if (joined) {
    const name = scan.text.slice(start, end);
    const judged = judgeName(name);
    if (!judged) return end;
    const value = readValue(scan, joined.at, joined.link);
    if (value) rejectedUntil = value.start + value.text.length;
    if (value && isSecret(scan, judged, value, joined.link) && !isSealed(scan, start)) {
      addFinding(scan, name, judged, value, judged.provider ?? providerBefore(scan, start));
      return Math.max(end, value.start + value.text.length);
    }
  }
  readProse(scan, start, end, rejectedUntil);
  return end;
}

function addFinding(scan: Scan, name: string, judged: JudgedName, value: Value, provider = judged.provider): void {
  const kind = provider ? `${provider.id} ${judged.kind}` : judged.kind;
  scan.add({ kind, name: tidyName(name), start: value.start, end: value.start + value.text.length, shaped: false, provider });
}

/** In prose the provider is named just before: "the Railway API key: …". */
function providerBefore(scan: Scan, start: number): JudgedName['provider'] {
  if (scan.kind !== 'text') return undefined;
  scan.spend(32);
  return providerIn(/[^\n]{0,32}$/.exec(scan.text.slice(Math.max(0, start - 32), start))?.[0] ?? '');
}

/** Values of a SealedSecret are encrypted: they are meant to be committed. */
function isSealed(scan: Scan, at: number): boolean {
  if (scan.kind !== 'config' && scan.kind !== 'text') return false;
  const before = scan.text.slice(Math.max(0, at - 1500), at);
  scan.spend(before.length);
  return before.includes('encryptedData:');
}

function tidyName(name: string): string {
  return name.replace(/^[-$._/:]+|[-$._]+$/g, '').replace(/\s+/g, '_') || name;
}

function nameStart(scan: Scan, at: number): number {
  const floor = Math.max(0, at - maxName);
  let start = at;
  while (start > floor && isNameCode(scan.text.charCodeAt(start - 1), true)) start--;
  // `\n` and `\t` in a string are not the first letter of a name.
  if (start > 0 && start < at && scan.text[start - 1] === '\\' && /[nrt]/.test(scan.text[start] ?? '')) start++;
  scan.spend(at - start + 1);
  return start;
}

/** `API key`, `seed phrase`: of two words said one after the other the first says what the second is. */
function withWordBefore(scan: Scan, start: number, end: number): number {
  if (end - start > 6 || !/^(?:key|phrase)$/i.test(scan.text.slice(start, end))) return start;
  const before = /[A-Za-z]{2,16}[ \t]$/.exec(scan.text.slice(Math.max(0, start - 18), start));
  scan.spend(18);
  return before ? start - before[0].length : start;
}

function nameEnd(scan: Scan, from: number): number {
  const limit = Math.min(scan.end, from + maxName);
  let end = from;
  while (end < limit && isNameCode(scan.text.charCodeAt(end), false)) end++;
  scan.spend(end - from + 1);
  return end;
}

function isNameCode(code: number, dotted: boolean): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 45 || code === 36 || (dotted && code === 46);
}

const valuePair = /["']?\s{0,40},?\s{0,40}\\?["']?(?:value|Value|VALUE|val|default)\\?["']?\s{0,4}[:=]\s{0,4}/y;

/** `var token string = "…"` */
const typeBetween = /[A-Za-z_*][\w.*]{0,32}\s{1,4}=\s{1,4}(?=["'`])/y;

/** What joins the name that ends at `end` to a value, and where the value may begin. */
function findLink(scan: Scan, start: number, end: number): { readonly link: Link; readonly at: number } | undefined {
  const { text } = scan;
  let at = end;
  let closed = false;
  for (let count = 0; count < 5 && /["'`\])\\}]/.test(text[at] ?? ''); count++) {
    closed ||= /["'`]/.test(text[at] ?? '');
    at++;
  }
  const spaced = skipSpaces(scan, at, 24);
  scan.spend(spaced - end + 1);
  const char = text[spaced] ?? '';
  const next = text[spaced + 1] ?? '';
  if (char === '=' || char === ':') {
    if (char === ':' && next === ':' && !/^:{1,3}=/.test(text.slice(spaced + 1, spaced + 5))) return undefined;
    let from = spaced + 1;
    while (from < spaced + 5 && /[=>:]/.test(text[from] ?? '')) from++;
    return { link: 'sign', at: from };
  }
  if ((char === '?' && /[?=:.]/.test(next)) || (char === '|' && next === '|') || (char === '!' && next === '=') || (char === '<' && next === '-') || ((char === '.' || char === '+') && next === '=') || (char === '&' && text.startsWith('&quot;', spaced))) {
    if (char === '&') return findAfterEntity(scan, spaced + 6);
    let from = spaced + 1;
    while (from < spaced + 3 && /[?=:|-]/.test(text[from] ?? '')) from++;
    return { link: 'sign', at: from };
  }
  if (!closed && spaced > at && scan.kind !== 'env') {
    typeBetween.lastIndex = spaced;
    const typed = typeBetween.exec(text);
    if (typed) return { link: 'sign', at: spaced + typed[0].length };
  }
  if (closed) {
    valuePair.lastIndex = at;
    const pair = valuePair.exec(text);
    scan.spend(pair ? pair[0].length : 8);
    if (pair && pair[0].length > 0 && at + pair[0].length <= scan.end) return { link: 'pair', at: at + pair[0].length };
    if (char === ',') return { link: 'comma', at: spaced + 1 };
  }
  if (text[start - 1] === '<' && (char === '>' || spaced > at)) {
    const close = text.indexOf('>', at);
    return close >= 0 && close - at < 120 ? { link: 'tag', at: close + 1 } : undefined;
  }
  if (!closed && char === '\n' && /^\s{0,40}value\s?:/.test(text.slice(spaced + 1, spaced + 60))) return { link: 'pair', at: text.indexOf(':', spaced) + 1 };
  if (!closed && spaced > at && (text[start] === '-' || text.startsWith('--', start - 2) || (/["']/.test(char) && /^password$/i.test(text.slice(start, end))) || isNetrc(scan, start))) return { link: 'option', at: spaced };
  return closed || scan.kind !== 'text' ? undefined : columnAfter(scan, start, at);
}

/** A row of a table that a program prints: the name first, then blanks or a line between the columns, then the value and nothing else. */
function columnAfter(scan: Scan, start: number, end: number): { readonly link: Link; readonly at: number } | undefined {
  const gap = /^(?: {2,80}|\t{1,4}| {0,80}[│║|] {1,80})(?=[\w+/=.~|:-]{12,200}[ \t]{0,80}(?:[│║|][ \t]{0,4})?(?:\r?\n|$))/.exec(scan.text.slice(end, end + 400));
  scan.spend(gap ? 64 : 8);
  if (!gap || !/(?:^|\n)[ \t│║|]{0,16}$/.test(scan.text.slice(Math.max(0, start - 17), start))) return undefined;
  return { link: 'column', at: end + gap[0].length };
}

function findAfterEntity(scan: Scan, at: number): { readonly link: Link; readonly at: number } | undefined {
  const spaced = skipSpaces(scan, at, 8);
  return /[:=]/.test(scan.text[spaced] ?? '') ? { link: 'sign', at: spaced + 1 } : undefined;
}

function isNetrc(scan: Scan, start: number): boolean {
  if (/(?:^|\/)[._]?(?:netrc|authinfo)$/.test(scan.path)) return true;
  return /(?:login|with|user|role)\s+\S{0,64}\s*$/i.test(scan.text.slice(Math.max(0, start - 90), start));
}

function skipSpaces(scan: Scan, from: number, reach: number): number {
  const limit = Math.min(scan.end, from + reach);
  let at = from;
  while (at < limit && (scan.text[at] === ' ' || scan.text[at] === '\t')) at++;
  return at;
}

function skipBlank(scan: Scan, from: number, reach: number): number {
  const limit = Math.min(scan.end, from + reach);
  let at = from;
  while (at < limit && /\s/.test(scan.text[at] ?? '')) at++;
  return at;
}

const typeNote = /[A-Za-z_][\w<>[\]?., |]{0,48}=\s{0,4}(?=[br]?["'`])/y;
const opening = /(?:[bruf@$]{0,2}(?:String|Secret|SecretStr|SecureString|Some|Buffer\.from|Bytes|std::string)?\(?)?(\\?["'`]|&quot;|&#39;|%22)/y;

/** `{"value": …}`, with what is said about the value before it: https://developer.hashicorp.com/terraform/cli/commands/output */
const heldValue = /^\{\s{0,40}(?:"(?:sensitive|type|description)"\s?:\s?(?:true|false|"[^"\n]{0,64}"),\s{0,40}){0,3}"?value"?\s?[:=]\s{0,4}/;

/** The value that begins at `from`, quoted or not. */
function readValue(scan: Scan, from: number, link: Link): Value | undefined {
  const { text } = scan;
  let at = link === 'tag' ? skipBlank(scan, from, 64) : skipSpaces(scan, from, 64);
  const held = text[at] === '{' ? heldValue.exec(text.slice(at, at + 256)) : null;
  if (held) at += held[0].length;
  if (link === 'sign' && (text[at] === '[' || text[at] === '{') && text[at + 1] !== '{' && /["'\s]/.test(text[at + 1] ?? '')) at = skipSpaces(scan, at + 1, 16);
  if ((text[at] === '|' || text[at] === '>') && /^[|>][-+]?\r?\n/.test(text.slice(at, at + 4))) at = text.indexOf('\n', at) + 1 + (/^\s{1,32}/.exec(text.slice(text.indexOf('\n', at) + 1, text.indexOf('\n', at) + 40))?.[0].length ?? 0);
  typeNote.lastIndex = at;
  const noted = scan.kind === 'code' || scan.kind === 'text' ? typeNote.exec(text) : null;
  if (noted) at += noted[0].length;
  scan.spend(at - from + 1);
  opening.lastIndex = at;
  const open = opening.exec(text);
  if (open) return readQuoted(scan, at + open[0].length, open[1] ?? '"');
  if (link === 'comma') return undefined;
  return readBare(scan, at, link);
}

function readQuoted(scan: Scan, start: number, quote: string): Value | undefined {
  const { text } = scan;
  let from = start;
  if (quote.length === 1 && text[from] === quote && text[from + 1] === quote) from += 2;
  const limit = Math.min(scan.end, from + maxValue);
  const end = text.slice(from, limit).indexOf(quote);
  const value = end < 0 ? undefined : text.slice(from, from + end);
  scan.spend(end < 0 ? Math.min(limit - from, 256) : end + 1);
  if (value === undefined || (value.includes('\n') && quote !== '`')) return undefined;
  return { text: value, start: from, quoted: true };
}

function readBare(scan: Scan, start: number, link: Link): Value | undefined {
  const { text } = scan;
  const whole = link === 'sign' && (scan.kind === 'env' || scan.kind === 'config' || scan.kind === 'template');
  const run = whole ? /[^\s"'`]{1,4096}/y : link === 'tag' ? /[^<\n\r]{1,4096}/y : /[^\s"'`<>,;)\]}\\&]{1,4096}/y;
  let value = text.slice(start, runOf(scan, start, run));
  if (!whole) value = value.replace(/[.:!?]+$/, '');
  return value === '' ? undefined : { text: value, start, quoted: link === 'tag' };
}

/** True when a value of that name is a secret and not a stand-in, a reference or a word. */
function isSecret(scan: Scan, { kind, provider }: JudgedName, value: Value, link: Link): boolean {
  const { text } = value;
  scan.spend(Math.min(text.length, 512));
  if (text.length < 4 || isReference(text) || isPlaceholder(text)) return false;
  if (kind === 'recovery phrase') return /^[a-z]{3,8}(?: [a-z]{3,8}){11,23}$/.test(text);
  if (kind === 'wallet') return /^0x[0-9a-f]{64}$/i.test(text);
  if (/\s/.test(text)) return false;
  const bareInCode = scan.kind === 'code' && !value.quoted;
  const random = looksRandom(text);
  if (link === 'column' && (!random || isUuid(text))) return false;
  if (bareInCode && (!random || text.length < 16 || /[.[(]/.test(text))) return false;
  if (scan.kind === 'template') return random && text.length >= 16 && kind !== 'key';
  switch (kind) {
    case 'password': return isPassword(scan, value, random, link);
    case 'credential': return holdsLogin(text) || (random && text.length >= 16 && !isUuid(text));
    case 'key': return random && text.length >= 16 && !isUuid(text) && isMixed(text) && (value.quoted || scan.kind !== 'code');
    case 'api key': return random && text.length >= (provider ? 12 : 14) || isStrongPassword(scan, text);
    case 'private key': return random && text.length >= 24;
    case 'token':
    case 'secret':
    default: return (random && text.length >= 10) || isStrongPassword(scan, text) || (scan.kind === 'env' && text.length >= 8 && /\d/.test(text) && /[a-z]/i.test(text) && makeupOf(text).changes >= 2);
  }
}

/** Letters of both cases and digits: what digests and ids written in hex are not. */
function isMixed(text: string): boolean {
  const made = makeupOf(text);
  return made.lower > 0 && made.upper > 0 && made.digit > 0;
}

/** Something a person would make up for a secret rather than for a name: letters, digits and signs together. */
function isStrongPassword(scan: Scan, text: string): boolean {
  const made = makeupOf(text);
  const kinds = Number(made.lower > 0) + Number(made.upper > 0) + Number(made.digit > 0) + Number(/[!@#%^&*?~$]/.test(text));
  return text.length >= 8 && text.length <= 128 && kinds >= 3 && /[!@#%^&*?~$]/.test(text) && made.digit > 0 && !/[(){}<>]/.test(text) && scan.kind !== 'generated';
}

function isPassword(scan: Scan, value: Value, random: boolean, link: Link): boolean {
  const { text } = value;
  if (text.length < (scan.kind === 'env' ? 5 : 6) || text.length > 200) return false;
  if (random) return true;
  if (/[(){}<>[\]]|\.\.\.|=>|&&|\|\|/.test(text)) return false;
  const made = makeupOf(text);
  const letters = made.lower + made.upper;
  // Words, identifiers and message keys: `current-password`, `user_password`, `auth.password.reset`.
  if (made.digit === 0 && (letters === text.length || /^[\w.:/-]+$/.test(text) || !/[!@#%^&*?~$+=]/.test(text))) return scan.kind === 'env' && text.length >= 10 && !/[./:]/.test(text) && !/pass|secret/i.test(text);
  if (/^\d+$/.test(text)) return scan.kind === 'env' && text.length >= 6;
  if (!value.quoted && link === 'sign' && scan.kind === 'text' && /^[a-z_]\w*$/i.test(text) && made.changes < 2) return false;
  if (/pass(?:word|wd)?|secret|token/i.test(text) && !/[!@#%^&*?~$]/.test(text) && made.changes < 3) return false;
  return letters >= 2 || /[^\w]/.test(text);
}

const idWords = new Set('id ids uid uuid guid project service user users request trace span commit sha sha1 sha256 hash org organization account tenant volume environment deployment session build image digest etag ref revision version container job run task event message order customer app application client device node instance resource subscription correlation parent template object row record file key_id'.split(' '));
const saidAfter = /\s{0,3}(?:["'`)\]*_]{0,3})\s{0,3}(?:is|was|are|=|:|->|=>|to|–|-)\s{0,3}:?\s{0,3}["'`(*_]{0,3}$/i;

/** "here is the railway token for the volume script: …": a value said in words after its name. */
function readProse(scan: Scan, start: number, end: number, rejectedUntil: number): void {
  const { text } = scan;
  if (scan.kind === 'generated' || scan.kind === 'template') return;
  const after = text[end] ?? '';
  if (!/[\s:"'`*_()]/.test(after)) return;
  const lineEnd = scan.lineEnd(end, 200);
  const rest = text.slice(end, lineEnd);
  const found = /[A-Za-z0-9_|~+/=-]{16,200}/.exec(rest);
  scan.spend(rest.length);
  if (!found) return;
  const value = (/^[\w|~+/=-]+/.exec(found[0])?.[0] ?? '').replace(/^[-=_]+|[-_]+$/g, '');
  const from = end + found.index + found[0].indexOf(value);
  if (from < rejectedUntil || !looksRandom(value) || isPlaceholder(value) || isReference(value) || /[.@/]/.test(text[from - 1] ?? ' ')) return;
  const lineStart = scan.lineStart(start, 200);
  const between = text.slice(end, from);
  if (scan.kind === 'code' && !/\/\/|#|\*|<!--|--/.test(text.slice(lineStart, start))) return;
  if (/[{};[\]<>]|https?:|[=]\S*$/.test(between.replace(/\s+$/, '').replace(/["'`(]$/, '')) && !/=\s*["'`]?$/.test(between)) return;
  const words = wordsOf(between);
  if (idWords.has(words.at(-1) ?? '')) return;
  const name = text.slice(start, end);
  const judged = judgeName(name);
  if (!judged || judged.kind === 'key' || judged.kind === 'wallet' || judged.kind === 'recovery phrase') return;
  const provider = judged.provider ?? providerIn(text.slice(lineStart, from));
  const said = saidAfter.test(between);
  const plainHex = /^[0-9a-f]+$/i.test(value);
  if (!provider && !said) return;
  if (plainHex && !provider && value.length !== 32 && value.length !== 40 && value.length !== 64) return;
  addFinding(scan, provider && !judged.provider ? `${provider.id}_${tidyName(name)}` : name, { kind: judged.kind, ...(provider ? { provider } : {}) }, { text: value, start: from, quoted: false });
}
