import type { Action } from '../action.ts';
import type { Environment, LocatedEffect, Verb } from '../effect.ts';
import { canBeKept } from '../keeping.ts';
import type { Decision } from '../verdict.ts';
import { barrier, rulesFor } from './allow.ts';
import { type Fit, fitOf, type Glob, partsOfPath, pathGlob } from './glob.ts';
import type { KnownEnvironment, Policy, PolicyAllowRule, PolicyRow, PolicySource, Severity } from './policy.ts';
import { strictness } from './strictness.ts';

/** What the policy says about one effect. */
export interface Ruling {
  readonly decision: Decision;
  /** For `ask`: the person types the resource's name. */
  readonly typed: boolean;
  /** Why, in words that a modal can print. */
  readonly because: string;
  readonly source: PolicySource;
}

/** A table without a row for an effect is a mistake in the policy, never a way through. */
const noRow: Ruling = { decision: 'ask', typed: false, because: 'no rule of the policy covers it', source: 'built-in' };

/** Paths of one effect that are held against globs one by one. With more, rows for paths can only make it stricter. */
const MAX_PATHS = 1_000;

/**
 * What becomes of an effect. Each environment it may belong to and each path it takes is judged by itself; the strictest counts.
 * @param action for allow rules; without one none counts
 */
export function rulingOn(effect: LocatedEffect, action: Action | undefined, policy: Policy): Ruling {
  const rows = tableOf(policy).get(effect.verb) ?? [];
  const environments = [effect.environment, ...(effect.also ?? [])];
  return strictest(environments.flatMap((environment) => rulingsIn({ ...effect, environment }, action, policy, rows))) ?? noRow;
}

function rulingsIn(effect: LocatedEffect, action: Action | undefined, policy: Policy, rows: readonly CompiledRow[]): readonly Ruling[] {
  const severity = severityOf(effect);
  const fitting = rows.filter((row) => fits(row, effect, severity));
  const allowed = action === undefined || policy.allow.length === 0 ? [] : rulesFor(effect, action, policy);
  const paths = pathsToJudge(effect, fitting);
  return paths.map((path) => rulingAt(effect, path, fitting, allowed));
}

/** A path of an effect as the rows for paths see it; `any`: too many to look at one by one. */
type JudgedPath = readonly string[] | 'any' | undefined;

function pathsToJudge({ paths = [] }: LocatedEffect, rows: readonly CompiledRow[]): readonly JudgedPath[] {
  if (paths.length === 0 || !rows.some(({ globs }) => globs)) return [undefined];
  return paths.length > MAX_PATHS ? ['any'] : paths.map(partsOfPath);
}

/** How bad a loss is: the row of the table it belongs to. */
function severityOf(effect: LocatedEffect): Severity {
  if (effect.everything) return 'everything';
  if (effect.environment === 'production' || effect.environment === 'unknown') return 'production';
  if (effect.environment === 'staging' || effect.environment === 'development') return 'staging';
  if (effect.regenerable) return 'regenerable';
  return effect.reversibility === 'irreversible' ? 'local-lost' : 'local-recoverable';
}

/**
 * The organisation's word and the person's stand side by side, each its allow rules first, and the built-in rows speak where neither does.
 * Rows that tighten come on top. So no source can take back what another has made strict.
 */
function rulingAt(effect: LocatedEffect, path: JudgedPath, rows: readonly CompiledRow[], allowed: readonly PolicyAllowRule[]): Ruling {
  const ways = rows.map((compiled) => ({ compiled, fit: fitAt(compiled, path, effect.recursive ?? false) })).filter(({ fit }) => fit !== 'misses');
  const firstOf = (source: PolicySource): Ruling | undefined => {
    const rule = allowed.find((candidate) => candidate.source === source && barrier(candidate, effect) === undefined);
    if (rule) return { decision: canBeKept(effect) ? 'keep' : 'allow', typed: false, because: allowedBecause(rule), source };
    const covering = ways.find(({ compiled: { row }, fit }) => row.source === source && !onlyTightens(row) && fit === 'covers');
    return covering && rulingOf(covering.compiled.row);
  };
  const said = [firstOf('managed'), firstOf('user')].filter((ruling) => ruling !== undefined);
  const base = said.length > 0 ? said : [firstOf('built-in') ?? noRow];
  const tightening = ways.filter(({ compiled: { row }, fit }) => onlyTightens(row) || fit === 'reaches').map(({ compiled: { row } }) => rulingOf(row));
  const ruling = strictest([...base, ...tightening]) ?? noRow;
  return ruling.decision === 'ask' || ruling.decision === 'deny' ? withIgnored(ruling, effect, allowed) : ruling;
}

function onlyTightens({ source, tightens }: PolicyRow): boolean {
  return tightens ?? source === 'team';
}

function rulingOf({ decision, typed = false, because, source }: PolicyRow): Ruling {
  return { decision, typed: typed && decision === 'ask', because, source };
}

function allowedBecause({ owner, reason, expires }: PolicyAllowRule): string {
  return `${owner} allowed it${expires === undefined ? '' : ` until ${expires}`}: ${reason}`;
}

function withIgnored(ruling: Ruling, effect: LocatedEffect, allowed: readonly PolicyAllowRule[]): Ruling {
  for (const rule of allowed) {
    const why = barrier(rule, effect);
    if (why !== undefined) return { ...ruling, because: `${ruling.because}; the allow rule of ${rule.owner} does not count here: ${why}` };
  }
  return ruling;
}

/** The strictest of several rulings; of equals the first. */
function strictest(rulings: readonly Ruling[]): Ruling | undefined {
  let found: Ruling | undefined;
  for (const ruling of rulings) if (found === undefined || strictness(ruling) > strictness(found)) found = ruling;
  return found;
}

interface CompiledRow {
  readonly row: PolicyRow;
  readonly globs: readonly Glob[] | undefined;
}

const compiled = new WeakMap<Policy['table'], ReadonlyMap<Verb, readonly CompiledRow[]>>();

/** The rows of a policy by verb, compiled once for each policy. */
function tableOf({ table }: Policy): ReadonlyMap<Verb, readonly CompiledRow[]> {
  const known = compiled.get(table);
  if (known) return known;
  const byVerb = new Map<Verb, CompiledRow[]>();
  for (const row of table) {
    const one: CompiledRow = { row, globs: row.paths?.map((pattern) => pathGlob(pattern, row.folder)) };
    for (const verb of new Set(row.verbs)) {
      const rows = byVerb.get(verb);
      if (rows) rows.push(one);
      else byVerb.set(verb, [one]);
    }
  }
  compiled.set(table, byVerb);
  return byVerb;
}

function fits({ row, globs }: CompiledRow, effect: LocatedEffect, severity: Severity): boolean {
  if (!row.severities.includes(severity)) return false;
  if (row.environments && !row.environments.includes(countsAs(effect.environment))) return false;
  if (row.tools && !row.tools.some((tool) => effect.rule === tool || effect.rule.startsWith(`${tool}/`))) return false;
  return globs === undefined || (effect.paths !== undefined && effect.paths.length > 0);
}

function countsAs(environment: Environment): KnownEnvironment {
  return environment === 'unknown' ? 'production' : environment;
}

/** A folder removed with everything below it may take files that a row is about: such a row can only make it stricter. */
function fitAt({ globs }: CompiledRow, path: JudgedPath, recursive: boolean): Fit {
  if (globs === undefined) return 'covers';
  if (path === undefined) return 'misses';
  if (path === 'any') return 'reaches';
  const found = globs.map((glob) => fitOf(glob, path));
  if (found.includes('covers')) return 'covers';
  return recursive && found.includes('reaches') ? 'reaches' : 'misses';
}
