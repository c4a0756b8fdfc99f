import type { Effect, Environment, Verb } from '../effect.ts';
import { hostOf } from '../environment/host.ts';
import type { Finding } from '../verdict.ts';
import { matchesGlob } from './glob.ts';

/**
 * A person's read-only command that counts the rows of what would be lost. It is a program that runs, so only a person's or an
 * organisation's own file has any, and nothing of it comes from an action but a name of plain letters.
 */
export interface CountCommand {
  /** Absent: both. */
  readonly kind?: 'table' | 'database';
  /** Absent: any. */
  readonly environment?: Environment;
  /** Rules' tools (`psql`) or whole rule ids. Absent: any. */
  readonly tools?: readonly string[];
  /** The resource's name, or the host the command names, or a glob. Absent: any. */
  readonly match?: string;
  /** A program and its words; `{name}` is the name of what would be lost. */
  readonly command: readonly string[];
}

/** What is to be counted, and how; or why it is not. */
export interface PlannedCount {
  readonly name: string;
  /** The environment the action's own command runs in, where it sets variables of its own. */
  readonly env?: Readonly<Record<string, string>>;
  readonly plan: { readonly command: readonly string[] } | { readonly problem: string };
}

const losing: ReadonlySet<Verb> = new Set(['drop', 'truncate', 'delete'] as const);
const kinds = { table: /^(?:tables?|rows|records|collections?|documents)$/, database: /^(?:database|schema|keyspace)$/ } as const;
const plainName = /^[A-Za-z_][A-Za-z0-9_.]{0,127}$/;

/** How the first table or database a person is asked about is counted; undefined where there is none, or no command fits. */
export function planCount(findings: readonly Finding[], counts: readonly CountCommand[]): PlannedCount | undefined {
  if (counts.length === 0) return undefined;
  for (const finding of findings) {
    if (finding.decision !== 'ask' || !losing.has(finding.verb)) continue;
    const fitting = counts.find((count) => fits(count, finding));
    if (fitting) return { name: finding.resource.name, ...(finding.env && { env: finding.env }), plan: planOf(fitting, finding.resource.name) };
  }
  return undefined;
}

/** Nobody can tell what a name with blanks or quotes would mean inside the words of the command. */
function planOf({ command: [program = '', ...words] }: CountCommand, name: string): PlannedCount['plan'] {
  if (!words.some((word) => word.includes('{name}'))) return { command: [program, ...words] };
  if (name === '') return { problem: 'the command does not name what it loses' };
  if (!plainName.test(name)) return { problem: 'its name is not a plain one' };
  return { command: [program, ...words.map((word) => word.replaceAll('{name}', name))] };
}

function fits({ kind, environment, tools, match }: CountCommand, finding: Finding): boolean {
  if (!(kind === undefined ? [kinds.table, kinds.database] : [kinds[kind]]).some((pattern) => pattern.test(finding.resource.kind))) return false;
  if (environment !== undefined && environment !== finding.environment) return false;
  if (tools && !tools.some((tool) => tool === finding.resource.provider || finding.rule === tool || finding.rule.startsWith(`${tool}/`))) return false;
  // A number from another server would be worse than none.
  if (match === undefined) return environment !== undefined || !namesItsTarget(finding);
  return [finding.resource.name, ...hostsOf(finding)].some((name) => name !== '' && matchesGlob(name, match, { ignoreCase: true }));
}

/** The action's own words say where it goes, rather than variables that the counting command is given too. */
function namesItsTarget({ target }: Effect): boolean {
  return target.by !== 'database' || (target.url ?? target.database) !== undefined;
}

function hostsOf({ target, env = {} }: Effect): readonly string[] {
  if (target.by === 'host') return [hostOf(target.host)];
  if (target.by !== 'database') return [];
  if (target.url === undefined) return [env['PGHOST'] ?? env['MYSQL_HOST'] ?? ''];
  return [hostOf(/(?:^|[\s;])host=([^\s;]*)/i.exec(target.url)?.[1] ?? target.url)];
}
