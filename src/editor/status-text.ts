import type { Environment } from '../core/effect.ts';
import type { Evidence } from '../core/environment/evidence-source.ts';
import { contradiction, type Standing } from './folder-tags.ts';
import { evidenceText, origins, type Place } from './tag-text.ts';

/** What the status bar item is made from. */
export interface Status {
  /** The folder the item speaks of; undefined where none is open. */
  readonly place: Place | undefined;
  /** What it counts as, and who says so. */
  readonly standing: Standing | undefined;
  /** What speaks of its environment, strictest first. */
  readonly evidence: readonly Evidence[];
  /** Titles of the agents whose hooks are installed and answer. */
  readonly guarded: readonly string[];
  /** Titles of the agents found here that nothing guards. */
  readonly unguarded: readonly string[];
  /** Titles of the agents whose hooks do not answer. */
  readonly notAlive: readonly string[];
  /** Titles of the agents that do not run their hooks. */
  readonly silenced: readonly string[];
  /** Why nothing at all is guarded; undefined while the gate is open. */
  readonly failure: string | undefined;
  /** Policy files of which something does not count that might make things stricter. */
  readonly brokenPolicies: readonly string[];
  /** Why records have not reached their collector for long. */
  readonly unsent: string | undefined;
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

const mostEvidence = 12;

/** One item: the environment in a word and an icon, and what keeps it from being guarded. Evidence alone is put with a question mark. */
export function statusText(status: Status): StatusText {
  const { standing, failure } = status;
  const environment = standing?.environment ?? 'unknown';
  const isTag = standing?.by !== 'evidence';
  const denied = contradiction(standing, status.evidence);
  const trouble = troubleOf(status);
  const waiting = status.waiting > 0 ? `${status.waiting} waiting` : undefined;
  const against = denied && `evidence of ${denied}`;
  const second = waiting ?? (failure || status.stopped ? undefined : against) ?? trouble?.short;
  return {
    text: `$(${waiting ? 'bell-dot' : against || trouble ? 'warning' : icons[environment]}) ${[words[environment] + (isTag ? '' : '?'), second].filter((part) => part !== undefined).join(', ')}`,
    tooltip: tooltipOf(status, denied, trouble?.long),
    label: `Interlock: ${status.place ? `${status.place.name} ${spoken(standing)}` : 'no folder is open'}${against ? `, but there is ${against}` : ''}, ${trouble?.long ?? 'agents are guarded'}${waiting ? `, ${waiting} for your answer` : ''}`,
    background: (environment === 'production' && isTag) || failure || status.stopped ? 'error' : environment === 'production' || environment === 'staging' || against || trouble || waiting ? 'warning' : undefined,
  };
}

function spoken(standing: Standing | undefined): string {
  if (standing === undefined) return 'is not tagged';
  return standing.by === 'evidence' ? `is not tagged, the evidence says ${standing.environment}` : `is ${standing.environment}`;
}

function troubleOf({ failure, stopped, brokenPolicies, guarded, unguarded, notAlive, silenced, unsent }: Status): { short: string; long: string } | undefined {
  if (failure) return { short: 'not guarding', long: `not guarding: ${failure}` };
  if (stopped) return { short: 'agents stopped', long: 'all agents are stopped: nothing they ask for is run or read' };
  if (brokenPolicies.length > 0) return { short: 'policy not read', long: `${brokenPolicies.join(' and ')} cannot be read in full; what it last said stays in force` };
  if (notAlive.length > 0) return { short: 'hook not alive', long: `${notAlive.join(' and ')} not guarded: ${notAlive.length > 1 ? 'their hooks do' : 'its hook does'} not answer` };
  if (silenced.length > 0) return { short: 'hook not run', long: `${silenced.join(' and ')} not guarded: ${silenced.length > 1 ? 'they do not run their hooks' : 'it does not run its hook'}` };
  if (unguarded.length > 0) return { short: guarded.length > 0 ? 'partly guarded' : 'not guarded', long: `${unguarded.join(' and ')} not guarded` };
  if (guarded.length === 0) return { short: 'no agent guarded', long: 'no agent is guarded' };
  return unsent === undefined ? undefined : { short: 'records not sent', long: `agents are guarded, but records do not reach the collector: ${unsent}` };
}

function tooltipOf(status: Status, denied: Environment | undefined, trouble: string | undefined): string {
  const { place, guarded } = status;
  const lines = [
    '**Interlock**',
    ...(place ? folderLines(status, place) : ['No folder is open.']),
    ...(denied ? [`$(warning) The evidence says ${denied}.`] : []),
    ...(guarded.length > 0 ? [`Guarded: ${guarded.map(escapeMarkdown).join(', ')}`] : []),
    ...(trouble ? [`$(warning) ${escapeMarkdown(trouble)}`] : []),
    'Click for actions.',
  ];
  return lines.join('\n\n');
}

function folderLines({ standing, evidence }: Status, place: Place): readonly string[] {
  const name = escapeMarkdown(place.name);
  const rest = evidence.length - mostEvidence;
  return [
    standing ? `${name}: **${standing.environment}${standing.by === 'evidence' ? '?' : ''}** (${escapeMarkdown(origins[standing.by])})` : `${name}: **not tagged** (targets that nobody can name count as production)`,
    ...(evidence.length > 0 ? [evidence.slice(0, mostEvidence).map((item) => `- **${item.environment}** ${escapeMarkdown(evidenceText(item, place))}`).join('\n') + (rest > 0 ? `\n- and ${rest} more` : '')] : []),
  ];
}

/** A folder's name may hold anything; in the tooltip it is text. */
function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()#+\-.!<>|~$&]/g, '\\$&').replaceAll('\n', ' ');
}
