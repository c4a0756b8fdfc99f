import { AnchorFinder, type Anchor } from './anchors.ts';
import { readAssignment } from './assignments.ts';
import { nameAnchors } from './names.ts';
import { providerById } from './providers.ts';
import { OutOfSteps, Scan, type Candidate, type SecretFinding } from './text-scan.ts';
import { shapes, type Alphabet, type Shape } from './shapes.ts';
import { readStructure, structureAnchors, type Structure } from './structures.ts';
import { readTable } from './tables.ts';
import { isPlaceholder, makeupOf } from './values.ts';

export interface FindOptions {
  /** Path or name of the file the text is from; says how its values are written. */
  readonly path?: string;
  /** Asked now and then; once it says true the search stops and the result is incomplete. */
  readonly expired?: () => boolean;
}

export interface Found {
  /** In the order of the text, not overlapping. */
  readonly findings: readonly SecretFinding[];
  /** False when the search stopped early: what is not found may still be there. */
  readonly complete: boolean;
  /** Characters looked at, the measure of cost. */
  readonly steps: number;
}

type Meaning = { readonly shape: Shape } | { readonly structure: Structure } | { readonly name: true };

/** Longest text looked through; the rest makes the result incomplete. */
const maxLength = 2 * 1024 * 1024;
const maxFindings = 2000;

const finder = new AnchorFinder<Meaning>([
  ...shapes.map((shape): Anchor<Meaning> => ({ word: shape.prefix, meaning: { shape }, exact: true })),
  ...structureAnchors.map(({ word, structure, exact }): Anchor<Meaning> => ({ word, meaning: { structure }, exact })),
  ...nameAnchors.map((word): Anchor<Meaning> => ({ word, meaning: { name: true }, exact: false })),
]);

/** Secrets in a text: by vendors' shapes, by structure, and by the names values are given. Never throws; linear in the length of the text. */
export function findSecrets(text: string, options: FindOptions = {}): Found {
  const end = Math.min(text.length, maxLength);
  const scan = new Scan(text, end, (options.path ?? '').replace(/\\/g, '/'), options.expired);
  let complete = end === text.length;
  try {
    look(scan);
  } catch (error) {
    if (!(error instanceof OutOfSteps)) throw error;
    complete = false;
  }
  const findings = tidy(scan);
  return { findings: findings.slice(0, maxFindings), complete: complete && findings.length <= maxFindings, steps: scan.steps };
}

/** Length of the pieces between which the deadline is looked at. */
const piece = 65_536;

function look(scan: Scan): void {
  let namesUntil = 0;
  const names = scan.kind !== 'generated';
  for (let from = 0; from < scan.end; from += piece) {
    const to = Math.min(scan.end, from + piece);
    scan.spend(to - from);
    finder.visit(scan.text, Math.max(0, from - 1), to, (meaning, at, length) => {
      if ('shape' in meaning) readShape(scan, meaning.shape, at);
      else if ('structure' in meaning) readStructure(scan, meaning.structure, at);
      else if (names && at >= namesUntil) namesUntil = readAssignment(scan, at, length);
    });
  }
  if (names) readTable(scan);
}

const alphabets: Record<Alphabet, Uint8Array> = {
  alnum: alphabet(''), word: alphabet('_'), url: alphabet('_-'), hex: alphabet('', /[0-9a-f]/), upper: alphabet('', /[A-Z0-9]/), base64: alphabet('_-+/='), dotted: alphabet('_-.~'), lower: alphabet('', /[a-z0-9]/),
};

function alphabet(more: string, fits = /[A-Za-z0-9]/): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, code) => {
    const char = String.fromCharCode(code);
    return fits.test(char) || more.includes(char) ? 1 : 0;
  });
}

function readShape(scan: Scan, shape: Shape, at: number): void {
  const { text } = scan;
  if (!shape.inner && isJoined(text, at)) return;
  const bodyStart = at + shape.prefix.length;
  const end = shape.pattern ? matchEnd(scan, shape.pattern, at) : bodyEnd(scan, shape, bodyStart);
  if (end < 0) return;
  let start = at;
  if (shape.inner) while (start > 0 && at - start < 64 && alphabets.dotted[text.charCodeAt(start - 1)] === 1) start--;
  const body = text.slice(bodyStart, Math.min(end, bodyStart + 128));
  const made = makeupOf(body);
  if (made.distinct < Math.min(8, Math.ceil(body.length / 3)) || isPlaceholder(body) || isRepeated(body)) return;
  // Bodies without a digit are words, unless letters of both cases are mixed in them.
  if (body.length >= 16 && made.digit === 0 && made.changes < 4) return;
  scan.add({ kind: shape.kind, start, end, shaped: true, provider: shape.provider === undefined ? undefined : providerById(shape.provider) });
}

/** True when the character before belongs to the same word. */
function isJoined(text: string, at: number): boolean {
  if (at === 0) return false;
  const before = text.charCodeAt(at - 1);
  if (before >= 128 || alphabets.alnum[before] !== 1) return false;
  return !(text[at - 2] === '\\' && /[nrt]/.test(text[at - 1] ?? ''));
}

function matchEnd(scan: Scan, pattern: RegExp, at: number): number {
  pattern.lastIndex = at;
  const found = pattern.exec(scan.text);
  scan.spend(found ? found[0].length : 16);
  return found && at + found[0].length <= scan.end ? at + found[0].length : -1;
}

function bodyEnd(scan: Scan, shape: Shape, from: number): number {
  const fits = alphabets[shape.body];
  const limit = Math.min(scan.end, from + shape.max + 1);
  let end = from;
  for (; end < limit; end++) {
    const code = scan.text.charCodeAt(end);
    if (code >= 128 || fits[code] !== 1) break;
  }
  scan.spend(end - from + 1);
  if (end - from > shape.max) return -1;
  // A full stop or dash at the end belongs to the sentence.
  while (end > from && /[.~-]/.test(scan.text[end - 1] ?? '') && shape.body === 'dotted') end--;
  const next = scan.text.charCodeAt(end);
  return end - from >= shape.min && !(next < 128 && alphabets.alnum[next] === 1) ? end : -1;
}

/** `abcabcabc…`, `1234123412341234`: written by hand. */
function isRepeated(body: string): boolean {
  for (let size = 1; size <= 4; size++) if (body.length >= size * 4 && body.startsWith(body.slice(0, size).repeat(4))) return true;
  return false;
}

/** Candidates put in order, joined where they overlap, and named. */
function tidy(scan: Scan): SecretFinding[] {
  const sorted = scan.candidates.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const merged: Candidate[] = [];
  for (const candidate of sorted) {
    const last = merged.at(-1);
    if (last && candidate.start < last.end) merged[merged.length - 1] = join(last, candidate);
    else merged.push(candidate);
  }
  let line = 1;
  let counted = 0;
  return merged.map((candidate) => {
    for (let at = scan.text.indexOf('\n', counted); at >= 0 && at < candidate.start; at = scan.text.indexOf('\n', at + 1)) {
      line++;
      counted = at + 1;
    }
    const name = candidate.name ?? nameBefore(scan.text, candidate.start) ?? candidate.kind;
    return { kind: candidate.kind, name, start: candidate.start, end: candidate.end, line, ...(candidate.provider ? { provider: candidate.provider.id } : {}) };
  });
}

function join(a: Candidate, b: Candidate): Candidate {
  const [main, other] = b.shaped && !a.shaped ? [b, a] : [a, b];
  const name = main.name ?? other.name;
  return { ...main, start: Math.min(a.start, b.start), end: Math.max(a.end, b.end), provider: main.provider ?? other.provider, ...(name === undefined ? {} : { name }) };
}

/** The name a value is assigned to, read backwards from the value. */
function nameBefore(text: string, start: number): string | undefined {
  return /([A-Za-z_$][\w$.-]{0,95})["'`\]]{0,3}\s{0,4}(?:=>|:=|\?\?|\|\||[:=])\s{0,4}["'`]?$/.exec(text.slice(Math.max(0, start - 112), start))?.[1];
}
