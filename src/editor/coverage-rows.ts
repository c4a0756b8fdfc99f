import type { Adapter } from '../agents/adapter.ts';
import type { Standing } from '../gate/standing.ts';
import { type CommandId, commands, treeItems } from '../ids.ts';

export interface AgentCoverage {
  readonly adapter: Pick<Adapter, 'id' | 'title' | 'limits' | 'windows'>;
  readonly standing: Standing;
  /** The file its hooks stand in. */
  readonly file: string;
  /** Sessions of it that began before it was guarded. */
  readonly olderSessions: number;
  /** When it last asked for anything in this window; milliseconds since the epoch. */
  readonly lastAsked: number | undefined;
}

export interface CoverageRow {
  readonly label: string;
  readonly description: string;
  readonly icon: string;
  readonly children: readonly CoverageRow[];
  /** Id of the agent, for commands. */
  readonly agent?: string;
  readonly contextValue?: string;
  /** What a click does: runs a command for the agent, or opens a file. */
  readonly command?: CommandId;
  readonly file?: string;
}

type State = Standing['state'];

/** Those that want attention first. */
const order: readonly State[] = ['not alive', 'silenced', 'found', 'unproved', 'guarded', 'absent'];
const icons: Readonly<Record<State, string>> = { 'not alive': 'error', silenced: 'mute', found: 'warning', unproved: 'shield', guarded: 'shield', absent: 'circle-outline' };
const menus: Readonly<Record<State, string | undefined>> = { 'not alive': treeItems.deadAgent, silenced: treeItems.guardedAgent, found: treeItems.foundAgent, unproved: treeItems.guardedAgent, guarded: treeItems.guardedAgent, absent: undefined };

/** True where hooks of ours stand in the agent's file, whether or not they work. */
export function hasHooks({ state }: Standing): boolean {
  return state !== 'found' && state !== 'absent';
}

/** True where hooks of ours stand in the agent's file and the agent does not run them, or gets no answer. */
export function isBroken({ state }: Standing): boolean {
  return state === 'not alive' || state === 'silenced';
}

/** Agents as rows, those that want attention first, each with what is wrong, what to do, and what its hooks cannot do. */
export function coverageRows(agents: readonly AgentCoverage[], terminalGuard: boolean, timeOf: (at: number) => string, onWindows: boolean): readonly CoverageRow[] {
  if (agents.every(({ standing }) => standing.state === 'absent')) return [];
  const sorted = agents.toSorted((a, b) => order.indexOf(a.standing.state) - order.indexOf(b.standing.state) || a.adapter.title.localeCompare(b.adapter.title));
  return [...sorted.map((agent) => agentRow(agent, timeOf, onWindows)), terminalRow(terminalGuard, onWindows)];
}

function agentRow(agent: AgentCoverage, timeOf: (at: number) => string, onWindows: boolean): CoverageRow {
  const { adapter, standing } = agent;
  const menu = menus[standing.state];
  return {
    label: adapter.title,
    description: descriptionOf(standing, timeOf),
    icon: icons[standing.state],
    children: standing.state === 'absent' ? [] : [...troubleRows(agent), ...factRows(agent, timeOf), ...limitRows(agent, onWindows)],
    agent: adapter.id,
    ...(menu === undefined ? {} : { contextValue: menu }),
  };
}

function descriptionOf(standing: Standing, timeOf: (at: number) => string): string {
  switch (standing.state) {
    case 'guarded':
      return `guarded, its hooks answered ${timeOf(standing.provedAt)}`;
    case 'unproved':
      return 'hooks installed; only the agent itself can show that they answer';
    case 'not alive':
      return 'not guarded: its hooks do not answer';
    case 'silenced':
      return 'not guarded: it does not run its hooks';
    case 'found':
      return 'found, not guarded';
    case 'absent':
      return 'not found on this machine';
  }
}

function row(label: string, description: string, icon: string, more: Partial<CoverageRow> = {}): CoverageRow {
  return { label, description, icon, children: [], ...more };
}

/** What is wrong, and what a click does about it. */
function troubleRows({ adapter: { id: agent }, standing, olderSessions, file }: AgentCoverage): readonly CoverageRow[] {
  const older = olderSessions > 0 && hasHooks(standing) ? [row(`${olderSessions} of its sessions began before it was guarded`, 'start them again', 'history')] : [];
  switch (standing.state) {
    case 'not alive':
      return [row(standing.why, '', 'error', { file }), row('Repair', 'writes the launcher and the hooks anew', 'tools', { agent, command: commands.repairHooks }), ...older];
    case 'silenced':
      return [...standing.by.map((silence) => row(silence.why, '', 'mute', silence.file === undefined ? {} : { file: silence.file })), ...older];
    case 'found':
      return [row('Guard It…', 'adds hooks to its settings', 'plug', { agent, command: commands.installHooks })];
    case 'unproved':
    case 'guarded':
    case 'absent':
      return older;
  }
}

function factRows({ standing, file, lastAsked }: AgentCoverage, timeOf: (at: number) => string): readonly CoverageRow[] {
  if (!hasHooks(standing)) return [];
  return [row('Hooks', file, 'file-code', { file }), ...(lastAsked === undefined ? [] : [row('Last asked', timeOf(lastAsked), 'comment-discussion')])];
}

function limitRows({ adapter: { limits, windows } }: AgentCoverage, onWindows: boolean): readonly CoverageRow[] {
  const notReached = onWindows && windows?.limit !== undefined ? [row(`Does not reach ${windows.limit}`, 'lets actions through', 'warning')] : [];
  return [...limits.cannotSee.map((what) => row(`Does not see ${what}`, '', 'eye-closed')), ...limits.failsOpen.map((what) => row(what, 'lets actions through', 'warning')), ...notReached];
}

/** On Windows it depends on how an agent starts its PowerShell. */
function terminalRow(on: boolean, onWindows: boolean): CoverageRow {
  return row('Agents’ terminals', on ? (onWindows ? 'guarded where PowerShell reads its profile' : 'guarded') : 'off', on ? 'shield' : 'circle-outline');
}
