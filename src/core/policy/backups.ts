import type { Finding } from '../verdict.ts';
import { isBy, isNamed, losing, planOf, type CommandScope, type PlannedCommand } from './person-command.ts';

/** How a person backs up what may be lost elsewhere than on this machine, and how they know when they last did. */
export interface BackupCommands extends CommandScope {
  /** Absent: whatever is lost. */
  readonly kind?: 'table' | 'database' | 'volume';
  /** Must end with 0 before what is allowed goes ahead. Empty where one is asked for, and nobody knows it any more. */
  readonly command?: readonly string[];
  /** How long `command` may take. */
  readonly seconds?: number;
  /** Prints when the newest backup was made. */
  readonly newest?: readonly string[];
}

/** A command to run for something that would be lost, or why it is not run. */
export interface PlannedBackup {
  readonly name: string;
  /** The environment the action's own command runs in, where it sets variables of its own. */
  readonly env?: Readonly<Record<string, string>>;
  readonly plan: PlannedCommand;
  readonly seconds: number;
}

export const USUAL_BACKUP_SECONDS = 300;

/** What must be backed up, without the commands that do it: they may hold a password, and whoever reads this runs none. */
export function withoutCommands(backups: readonly BackupCommands[]): readonly BackupCommands[] {
  return backups.filter(({ command }) => command !== undefined).map(({ command: _command, newest: _newest, ...scope }) => ({ ...scope, command: [] }));
}

const kinds = {
  table: /\b(?:tables?|rows|records|collections?|documents|index|topic)\b/,
  database: /\b(?:databases?|schema|keyspace|dataset)\b/,
  volume: /\b(?:volumes?|disks?|buckets?|storage|filesystem|persistent)\b/,
} as const;

/** The backups that must be made before an action with these findings goes ahead, each command once. */
export function planBackups(findings: readonly Finding[], backups: readonly BackupCommands[]): readonly PlannedBackup[] {
  const required = backups.filter(({ command }) => command !== undefined);
  const planned = new Map<string, PlannedBackup>();
  for (const finding of required.length === 0 ? [] : findings) {
    const fitting = required.find((backup) => finding.decision !== 'deny' && fits(backup, finding));
    if (fitting?.command === undefined) continue;
    const plan = fitting.command.length === 0 ? { problem: 'its command is not known while no editor runs or the policy file cannot be read' } : planOf(fitting.command, finding.resource.name);
    const one = { name: finding.resource.name, ...(finding.env && { env: finding.env }), plan, seconds: fitting.seconds ?? USUAL_BACKUP_SECONDS };
    planned.set(JSON.stringify([plan, finding.env]), one);
  }
  return [...planned.values()];
}

/** How to find out when the newest backup of the first thing that a person is asked about was made; undefined where nobody has said. */
export function planNewest(findings: readonly Finding[], backups: readonly BackupCommands[]): PlannedBackup | undefined {
  for (const finding of backups.length === 0 ? [] : findings) {
    const fitting = backups.find((backup) => backup.newest !== undefined && finding.decision === 'ask' && fits(backup, finding));
    if (fitting?.newest) return { name: finding.resource.name, ...(finding.env && { env: finding.env }), plan: planOf(fitting.newest, finding.resource.name), seconds: 0 };
  }
  return undefined;
}

function fits({ kind, environment, tools, match }: BackupCommands, finding: Finding): boolean {
  // Of this machine's own files the vault keeps a copy.
  if (!losing.has(finding.verb) || finding.target.by === 'path') return false;
  if (kind !== undefined && !kinds[kind].test(finding.resource.kind)) return false;
  // What is not known counts as production.
  if (environment !== undefined && environment !== (finding.environment === 'unknown' ? 'production' : finding.environment)) return false;
  return isBy(tools, finding) && (match === undefined || isNamed(match, finding));
}
