import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Action } from '../core/action.ts';
import type { Environment, TargetHint, Verb } from '../core/effect.ts';
import { isInside, isSame, platformOf } from '../core/files/path.ts';
import type { Finding, Verdict } from '../core/verdict.ts';

const MOST_PATHS = 64;
const MOST_INTENTS = 16;
const MOST_NAMES = 16;
const MOST_SUFFIXES = 6;
const LONGEST_NAME = 1_024;
/** Before the hash of an id that no two resources share. */
const UNIQUE = '!';

/**
 * What a refused action would have done, in a form that the same effect by another route can be held against. Names are kept as hashes:
 * the name of what is revoked may be the token itself.
 */
export const Intent = z.object({
  /** Verbs that come to the same. */
  family: z.string(),
  provider: z.string(),
  /** Words of the noun; empty where it was guessed from the name of an unknown tool. */
  kind: z.array(z.string()),
  /** For each thing named, hashes of its name and of what is left of it without its qualifiers. */
  names: z.array(z.array(z.string())),
  environment: z.string(),
  /** The tool of the rule. */
  tool: z.string(),
  /** Hash of the folder and target: tells apart what has no name. */
  place: z.string(),
  /** Hash of the target's host, where the action names one. */
  host: z.optional(z.string()),
  /** Absolute. */
  paths: z.array(z.string()),
  recursive: z.boolean(),
});
export type Intent = z.infer<typeof Intent>;

/** One and the same action: its text and its folder. */
export function fingerprintOf(action: Action): string {
  const { agent: _agent, session: _session, env: _env, workspaceRoots: _roots, ...subject } = action;
  return hash(JSON.stringify(subject));
}

/** The place that a path really names; a link at its end is itself. */
type Resolve = (path: string) => string;

/** What of a refused action is not to be tried again: what it would lose, or, where it loses nothing, what else was held. */
export function refusedIntents(action: Action, verdict: Verdict, resolve: Resolve): readonly Intent[] {
  const held = verdict.findings.filter(({ decision }) => decision === 'ask' || decision === 'deny');
  const losing = held.filter(({ verb }) => verb !== 'useCredential' && verb !== 'runUnknown');
  return (losing.length > 0 ? losing : held).slice(0, MOST_INTENTS).map((finding) => intentOf(finding, action, resolve));
}

/** True when an action that is not allowed anyway would do what one of the intents says. */
export function repeats(intents: readonly Intent[], action: Action, verdict: Verdict, resolve: Resolve): boolean {
  return verdict.findings.some((finding) => {
    if (finding.decision === 'allow') return false;
    const intent = intentOf(finding, action, resolve);
    return intents.some((refused) => isSameIntent(refused, intent, finding));
  });
}

function intentOf(finding: Finding, { cwd }: Action, resolve: Resolve): Intent {
  const { resource, target, verb, rule } = finding;
  const name = nameOf(resource);
  const host = hostIn(target);
  const guessed = rule.startsWith('mcp/');
  return {
    family: families[verb] ?? verb,
    provider: providerOf(resource.provider ?? ''),
    kind: guessed ? [] : wordsOf(resource.kind),
    names: itemsOf(name).map((item) => suffixesOf(item).map((suffix) => (isUnique(suffix) ? UNIQUE : '') + hash(suffix))),
    environment: environmentClass(finding.environment),
    tool: rule.split('/')[0] ?? rule,
    // A target that says where it is stays the same when a command goes there first.
    place: hash(JSON.stringify([placeOf(target), 'folder' in target && target.folder ? '' : cwd])),
    ...(host === undefined ? {} : { host: hash(host) }),
    paths: (finding.paths ?? []).slice(0, MOST_PATHS).map(resolve),
    // Refusing a whole home or workspace says nothing about each file in it.
    recursive: (finding.recursive ?? false) && !finding.everything,
  };
}

/** Verbs after which the resource, or what it holds, is gone. */
const families: Readonly<Partial<Record<Verb, string>>> = { delete: 'lose', drop: 'lose', truncate: 'lose', discard: 'lose' };
/** A file that is written over is gone as one that is deleted; what a tool does to other things when it writes them, nobody knows. */
const fileFamilies: ReadonlySet<string> = new Set(['lose', 'overwrite']);

function isSameIntent(refused: Intent, tried: Intent, finding: Finding): boolean {
  const same = refused.family === tried.family;
  if (refused.paths.length > 0 && tried.paths.length > 0) {
    const comparable = same || (fileFamilies.has(refused.family) && fileFamilies.has(tried.family));
    return (comparable && overlap(refused, tried, finding)) || (same && isNameless(refused, tried));
  }
  if (!same) return false;
  if (isNameless(refused, tried)) return finding.verb !== 'runUnknown';
  const named = sharedName(refused, tried);
  if (named === undefined) return false;
  if (named.startsWith(UNIQUE)) return true;
  const local = finding.target.by === 'path' && refused.place !== tried.place;
  const elsewhere = refused.environment !== tried.environment || (refused.host !== undefined && tried.host !== undefined && refused.host !== tried.host);
  return !local && !elsewhere && isSameKind(refused, tried) && isSameProvider(refused, tried);
}

/** A name of one that is, wholly or without its qualifiers, a name of the other. */
function sharedName(a: Intent, b: Intent): string | undefined {
  for (const one of a.names) {
    for (const other of b.names) {
      const [whole = ''] = one;
      const [otherWhole = ''] = other;
      if (other.includes(whole)) return whole;
      if (one.includes(otherWhole)) return otherWhole;
    }
  }
  return undefined;
}

/** Neither has a name: the same tool, noun and target have to do. */
function isNameless(refused: Intent, tried: Intent): boolean {
  return refused.names.length === 0 && tried.names.length === 0 && refused.tool === tried.tool && refused.place === tried.place && refused.kind.join() === tried.kind.join();
}

/**
 * True when a path of one is a path of the other, or lies below one that goes whole. Writing a file in a folder that must not be
 * deleted is everyday work: that has to be the very file, or be held for a person by itself.
 */
function overlap(refused: Intent, tried: Intent, finding: Finding): boolean {
  const exact = finding.verb === 'overwrite' && finding.decision === 'keep';
  return refused.paths.some((one) =>
    tried.paths.some((other) => {
      const platform = platformOf(one);
      if (isSame(one, other, platform)) return true;
      if (exact) return false;
      return (refused.recursive && isInside(other, one, platform)) || (tried.recursive && isInside(one, other, platform));
    }),
  );
}

function isSameKind(a: Intent, b: Intent): boolean {
  return a.kind.length === 0 || b.kind.length === 0 || a.kind.some((word) => b.kind.includes(word));
}

/** A table is the same whichever client is told to drop it; what else has a name has it at one provider. */
function isSameProvider(a: Intent, b: Intent): boolean {
  if (a.tool === 'sql' && b.tool === 'sql') return true;
  return a.provider.includes(b.provider) || b.provider.includes(a.provider);
}

/** True for what a rule gives where the action names nothing: `this package`, `the linked project`. */
export function namesNothing(name: string): boolean {
  return /^(?:this|the|all|every|its|your|current)\b/i.test(name);
}

/** The name without quotes and without the noun that some tools put before it (`namespace shop`, `ns/shop`). */
function nameOf({ kind, name }: Finding['resource']): string {
  if (namesNothing(name)) return '';
  const plain = name.toLowerCase().replaceAll(/["'`[\]]/g, '').trim();
  const lead = kind.toLowerCase();
  return plain.startsWith(lead) && /^[ /]./.test(plain.slice(lead.length)) ? plain.slice(lead.length + 1) : plain;
}

/** `a, b` are two things, and so are two ids side by side; other names may have blanks in them. */
function itemsOf(name: string): readonly string[] {
  const listed = name.slice(0, LONGEST_NAME).split(/,\s*/).flatMap((item) => {
    const words = item.split(' ').filter((word) => word !== '');
    return words.length > 1 && words.every((word) => /\d/.test(word)) ? words : [item.replace(/ and \d+ more$/, '')];
  });
  return listed.filter((item) => item !== '').slice(0, MOST_NAMES);
}

/** `a/b`, `public.orders` and `s3://data` are also known as `b`, `orders` and `data`. */
function suffixesOf(name: string): readonly string[] {
  if (name === '') return [];
  const suffixes = [name];
  for (const { index } of name.matchAll(/[/.: ](?=[^/.: ])/g)) suffixes.push(name.slice(index + 1));
  return suffixes.slice(0, MOST_SUFFIXES);
}

/** Ends as UUIDs, account numbers and the ids of clouds do. */
function isUnique(name: string): boolean {
  return /(?:^|[-_/])(?=[a-f]{0,64}\d)[0-9a-f]{12,64}$/.test(name);
}

const nouns: Readonly<Record<string, string>> = { ns: 'namespace', rows: 'table', row: 'table', po: 'pod', deploy: 'deployment', svc: 'service', pvc: 'persistentvolumeclaim', pv: 'persistentvolume', sts: 'statefulset', cm: 'configmap', db: 'database', repo: 'repository' };
const lesserWords: ReadonlySet<string> = new Set(['remote', 'all', 'whole', 'the', 'of', 'and', 'or', 'a']);

function wordsOf(kind: string): string[] {
  return kind.toLowerCase().split(/[^a-z0-9]+/).filter((word) => word !== '' && !lesserWords.has(word)).map((word) => nouns[word] ?? (word.length > 3 ? word.replace(/s$/, '') : word));
}

const providers: Readonly<Record<string, string>> = { kubectl: 'kubernetes', psql: 'postgres', postgresql: 'postgres', pg: 'postgres', rediscli: 'redis', googlecloud: 'gcloud', mongosh: 'mongo', mongodb: 'mongo' };

function providerOf(provider: string): string {
  const plain = provider.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return Object.hasOwn(providers, plain) ? (providers[plain] ?? plain) : plain;
}

/** What nobody can place counts as production. */
function environmentClass(environment: Environment): string {
  return environment === 'unknown' ? 'production' : environment;
}

/** The target whichever program names it: tofu works on what terraform does. */
function placeOf(target: TargetHint): TargetHint {
  if (target.by !== 'named') return target;
  const { program: _program, ...place } = target;
  return place;
}

function hostIn(target: TargetHint): string | undefined {
  if (target.by !== 'database' || target.url === undefined) return undefined;
  return (/^[a-z][a-z0-9+.-]*:\/\/(?:[^@/]*@)?([^/?#]+)/i.exec(target.url)?.[1] ?? /(?:^|\s)host=(\S+)/.exec(target.url)?.[1])?.toLowerCase();
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
