import type { Effect } from '../effect.ts';
import type { Finding } from '../verdict.ts';
import { isBy, isNamed, losing, planOf, type CommandScope, type PlannedCommand } from './person-command.ts';

/** A person's read-only command that counts the rows of what would be lost. */
export interface CountCommand extends CommandScope {
  /** Absent: both. */
  readonly kind?: 'table' | 'database';
  /** A program and its words; `{name}` is the name of what would be lost. */
  readonly command: readonly string[];
}

/** What is to be counted, and how; or why it is not. */
export interface PlannedCount {
  readonly name: string;
  /** The environment the action's own command runs in, where it sets variables of its own. */
  readonly env?: Readonly<Record<string, string>>;
  readonly plan: PlannedCommand;
}

const kinds = { table: /^(?:tables?|rows|records|collections?|documents)$/, database: /^(?:database|schema|keyspace)$/ } as const;

/** How the first table or database a person is asked about is counted; undefined where there is none, or no command fits. */
export function planCount(findings: readonly Finding[], counts: readonly CountCommand[]): PlannedCount | undefined {
  if (counts.length === 0) return undefined;
  for (const finding of findings) {
    if (finding.decision !== 'ask' || !losing.has(finding.verb)) continue;
    const fitting = counts.find((count) => fits(count, finding));
    if (fitting) return { name: finding.resource.name, ...(finding.env && { env: finding.env }), plan: planOf(fitting.command, finding.resource.name) };
  }
  return undefined;
}

function fits({ kind, environment, tools, match }: CountCommand, finding: Finding): boolean {
  if (!(kind === undefined ? [kinds.table, kinds.database] : [kinds[kind]]).some((pattern) => pattern.test(finding.resource.kind))) return false;
  if ((environment !== undefined && environment !== finding.environment) || !isBy(tools, finding)) return false;
  // A number from another server would be worse than none.
  return match === undefined ? environment !== undefined || !namesItsTarget(finding) : isNamed(match, finding);
}

/** The action's own words say where it goes, rather than variables that the counting command is given too. */
function namesItsTarget({ target }: Effect): boolean {
  return target.by !== 'database' || (target.url ?? target.database) !== undefined;
}
