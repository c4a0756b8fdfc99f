import type { Effect, Environment, Verb } from '../effect.ts';
import { hostOf } from '../environment/host.ts';
import type { Finding } from '../verdict.ts';
import { matchesGlob } from './glob.ts';

/**
 * The losses that a command of a person's own policy is for. It is a program that runs, so only a person's or an organisation's own file
 * has any, and nothing of it comes from an action but a name of plain letters.
 */
export interface CommandScope {
  /** Absent: any. */
  readonly environment?: Environment;
  /** Rules' tools (`psql`) or whole rule ids. Absent: any. */
  readonly tools?: readonly string[];
  /** The resource's name, or the host the command names, or a glob. Absent: any. */
  readonly match?: string;
}

/** The words to run, or why nothing is run. */
export type PlannedCommand = { readonly command: readonly string[] } | { readonly problem: string };

/** Verbs after which data is gone. */
export const losing: ReadonlySet<Verb> = new Set(['drop', 'truncate', 'delete'] as const);

const plainName = /^[A-Za-z_][A-Za-z0-9_.]{0,127}$/;

/** The command for what has some name. Nobody can tell what a name with blanks or quotes would mean inside its words. */
export function planOf([program = '', ...words]: readonly string[], name: string): PlannedCommand {
  if (!words.some((word) => word.includes('{name}'))) return { command: [program, ...words] };
  if (name === '') return { problem: 'the command does not name what it loses' };
  if (!plainName.test(name)) return { problem: 'its name is not a plain one' };
  return { command: [program, ...words.map((word) => word.replaceAll('{name}', name))] };
}

/** True where one of these tools or rules found it; always without any. */
export function isBy(tools: readonly string[] | undefined, { resource, rule }: Finding): boolean {
  return tools === undefined || tools.some((tool) => tool === resource.provider || rule === tool || rule.startsWith(`${tool}/`));
}

/** True where a name or glob is that of what is lost, or of the host that the action names. */
export function isNamed(match: string, finding: Finding): boolean {
  return [finding.resource.name, ...hostsOf(finding)].some((name) => name !== '' && matchesGlob(name, match, { ignoreCase: true }));
}

function hostsOf({ target, env = {} }: Effect): readonly string[] {
  if (target.by === 'host') return [hostOf(target.host)];
  if (target.by !== 'database') return [];
  if (target.url === undefined) return [env['PGHOST'] ?? env['MYSQL_HOST'] ?? ''];
  return [hostOf(/(?:^|[\s;])host=([^\s;]*)/i.exec(target.url)?.[1] ?? target.url)];
}
