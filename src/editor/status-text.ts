import type { Environment } from '../core/effect.ts';

/** What the status bar item is made from. */
export interface Status {
  /** Name of the folder the tag belongs to; undefined where none is open. */
  readonly folder: string | undefined;
  readonly tag: Environment | undefined;
  /** Where the tag comes from, one clause each. */
  readonly evidence: readonly string[];
  /** Titles of the agents whose hooks are installed. */
  readonly guarded: readonly string[];
  /** Titles of the agents found here that nothing guards. */
  readonly unguarded: readonly string[];
  /** Why nothing at all is guarded; undefined while the gate is open. */
  readonly failure: string | undefined;
  /** The person has stopped all agents. */
  readonly stopped: boolean;
  /** Questions without an answer. */
  readonly waiting: number;
}

export interface StatusText {
  readonly text: string;
  /** Markdown. */
  readonly tooltip: string;
  /** What a screen reader says. */
  readonly label: string;
  readonly background: 'error' | 'warning' | undefined;
}

const words: Readonly<Record<Environment, string>> = { production: 'Production', staging: 'Staging', development: 'Development', local: 'Local', unknown: 'Untagged' };
const icons: Readonly<Record<Environment, string>> = { production: 'server-environment', staging: 'beaker', development: 'tools', local: 'vm', unknown: 'shield' };

/** One item: the environment in a word and an icon, and what keeps it from being guarded. */
export function statusText(status: Status): StatusText {
  const tag = status.tag ?? 'unknown';
  const trouble = troubleOf(status);
  const waiting = status.waiting > 0 ? `${status.waiting} waiting` : undefined;
  const icon = waiting ? 'bell-dot' : trouble ? 'warning' : icons[tag];
  const parts = [words[tag], waiting ?? trouble?.short].filter((part) => part !== undefined);
  return {
    text: `$(${icon}) ${parts.join(', ')}`,
    tooltip: tooltipOf(status, trouble?.long),
    label: `Interlock: ${status.folder ? `${status.folder} is ${status.tag ?? 'not tagged'}` : 'no folder is open'}, ${trouble?.long ?? 'agents are guarded'}${waiting ? `, ${waiting} for your answer` : ''}`,
    background: tag === 'production' || status.failure || status.stopped ? 'error' : tag === 'staging' || trouble || waiting ? 'warning' : undefined,
  };
}

function troubleOf({ failure, stopped, guarded, unguarded }: Status): { short: string; long: string } | undefined {
  if (failure) return { short: 'not guarding', long: `not guarding: ${failure}` };
  if (stopped) return { short: 'agents stopped', long: 'all agents are stopped: nothing they ask for is run or read' };
  if (unguarded.length > 0) return { short: guarded.length > 0 ? 'partly guarded' : 'not guarded', long: `${unguarded.join(' and ')} not guarded` };
  return guarded.length === 0 ? { short: 'no agent guarded', long: 'no agent is guarded' } : undefined;
}

function tooltipOf({ folder, tag, evidence, guarded }: Status, trouble: string | undefined): string {
  const lines = [
    '**Interlock**',
    folder ? `${escapeMarkdown(folder)}: **${tag ?? 'not tagged'}**${tag ? '' : ' (targets that nobody can name count as production)'}` : 'No folder is open.',
    ...evidence.map((clause) => `- ${escapeMarkdown(clause)}`),
    ...(guarded.length > 0 ? [`Guarded: ${guarded.map(escapeMarkdown).join(', ')}`] : []),
    ...(trouble ? [`$(warning) ${escapeMarkdown(trouble)}`] : []),
    'Click for actions.',
  ];
  return lines.join('\n\n');
}

/** A folder's name may hold anything; in the tooltip it is text. */
function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()#+\-.!<>|~$&]/g, '\\$&').replaceAll('\n', ' ');
}
