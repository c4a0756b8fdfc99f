import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import type { Adapter } from '../agents/adapter.ts';
import { bytesAfter } from '../journal/following.ts';
import { proveAlive } from './canary.ts';
import { readGuarded } from './guarded.ts';
import { send } from './http-json.ts';
import { managedPolicyPath } from './managed-policy.ts';
import { loadProgress, type Progress } from './open-telemetry/progress.ts';
import { managedPolicyIn, organisationsCollector, USER_POLICY, userPolicyIn } from './person-policies.ts';
import { problemLine, stackPolicies } from './policy-stack.ts';
import { GateStatus, StandbyStatus } from './protocol.ts';
import { beganBefore, runningProcesses } from './running.ts';
import { shellHealth, shellHealthText, type ShellHealth } from './shell-health.ts';
import { placeOf, type Standing, standingOf, surroundingsHere } from './standing.ts';
import { standbySocket, type State } from './state.ts';
import { workspacePolicyIn } from './workspace-policy.ts';

interface AgentHealth {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  readonly standing: Standing;
  readonly olderSessions: number;
}

/** What is found of Interlock on this machine. */
export interface Health {
  readonly agents: readonly AgentHealth[];
  /** The window that answers hooks; undefined where no editor with Interlock runs. */
  readonly gate: { readonly socket: string; readonly window?: { readonly pid: number; readonly windows: number; readonly folders: readonly string[] }; readonly standby?: { readonly pid: number } };
  readonly launcher: { readonly file: string; readonly state: 'ready' | 'missing' | 'not executable' };
  /** What cannot be used of the policy files, by file and line. */
  readonly policyProblems: readonly string[];
  /** What of the terminal guard is in force where this was started. */
  readonly shell: ShellHealth;
  /** Where records are sent, and how far they have come; undefined where they stay on this machine. */
  readonly collector?: CollectorHealth;
}

type CollectorHealth =
  | { readonly state: 'unreadable' }
  | { readonly state: 'not begun'; readonly endpoint: string }
  | { readonly state: 'sending'; readonly endpoint: string; readonly waitingBytes: number; readonly rejected: number; readonly sent?: string | undefined; readonly failing?: Progress['failing'] };

export interface HealthOptions {
  readonly adapters: readonly Adapter[];
  readonly home: string;
  readonly state: State;
  /** The folder agents would work in. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => number;
}

const ANSWER_MS = 30_000;
const STATUS_MS = 2_000;

/** Looks at everything that has to be in order, and runs every hook as its agent would. */
export async function examine(options: HealthOptions): Promise<Health> {
  const { state, env } = options;
  return {
    agents: await agentsOf(options),
    gate: { socket: state.socket, ...(await windowOf(state)), ...(await standbyOf(state)) },
    launcher: { file: state.launcher, state: await launcherOf(state) },
    policyProblems: await policyProblemsOf(options),
    ...(await collectorOf(state)),
    shell: await shellHealth(state, env),
  };
}

/** True when every agent that is found here is guarded, as far as that can be proved without it. */
export function isSound({ agents }: Health): boolean {
  return agents.every(({ standing: { state } }) => state === 'guarded' || state === 'unproved' || state === 'absent');
}

async function agentsOf({ adapters, home, state, folder, env, now }: HealthOptions): Promise<readonly AgentHealth[]> {
  const around = surroundingsHere({ home, folders: [folder], setting: () => undefined });
  const [guarded, processes] = await Promise.all([readGuarded(state), runningProcesses(now())]);
  const agents: AgentHealth[] = [];
  for (const adapter of adapters.filter(({ traces }) => traces.length > 0)) {
    const standing = await standingOf(adapter, { home, state, around, prove: (given, place) => proveAlive({ adapter: given, place, platform: state.platform, env, cwd: folder, limit: ANSWER_MS }), now });
    const since = guarded[adapter.id]?.since;
    const place = await placeOf(adapter, home, state, around);
    agents.push({ id: adapter.id, title: adapter.title, file: (place?.installation ?? adapter.installation(home)).file, standing, olderSessions: since === undefined ? 0 : beganBefore(processes, adapter.programs ?? [], since) });
  }
  return agents;
}

async function windowOf({ socket }: State): Promise<Pick<Health['gate'], 'window'>> {
  try {
    const { text } = await send(socket, 'GET', '/v1/status', '', AbortSignal.timeout(STATUS_MS));
    const status = GateStatus.parse(JSON.parse(text));
    return { window: { pid: status.pid, windows: status.windows.length, folders: status.windows.flatMap(({ folders }) => folders) } };
  } catch {
    return {};
  }
}

async function standbyOf(state: State): Promise<Pick<Health['gate'], 'standby'>> {
  try {
    const { text } = await send(standbySocket(state), 'GET', '/v1/status', '', AbortSignal.timeout(STATUS_MS));
    return { standby: StandbyStatus.parse(JSON.parse(text)) };
  } catch {
    return {};
  }
}

async function launcherOf({ launcher }: State): Promise<Health['launcher']['state']> {
  const may = (mode: number): Promise<boolean> => access(launcher, mode).then(() => true, () => false);
  if (!(await may(constants.F_OK))) return 'missing';
  return (await may(constants.X_OK)) ? 'ready' : 'not executable';
}

async function policyProblemsOf({ state, folder }: HealthOptions): Promise<readonly string[]> {
  const files = [await managedPolicyIn(managedPolicyPath()), await userPolicyIn(join(state.root, USER_POLICY)), await workspacePolicyIn(folder, state)];
  return stackPolicies(files.filter((file) => file !== undefined)).problems.map(problemLine);
}

/** What the editor's settings say of it only an editor knows; what it has come to is on disk. */
async function collectorOf(state: State): Promise<Pick<Health, 'collector'>> {
  const organisation = organisationsCollector(await managedPolicyIn(managedPolicyPath()));
  if (organisation === 'unreadable') return { collector: { state: 'unreadable' } };
  const progress = await loadProgress(state).catch(() => undefined);
  if (progress === undefined) return organisation === undefined ? {} : { collector: { state: 'not begun', endpoint: organisation.endpoint } };
  const { endpoint, rejected, sent, failing, place } = progress;
  return { collector: { state: 'sending', endpoint, rejected, sent, failing, waitingBytes: await bytesAfter(state.journal, place) } };
}

const marks: Readonly<Record<Standing['state'], string>> = { guarded: 'ok', unproved: 'ok', 'not alive': 'NO', silenced: 'NO', found: 'NO', absent: '--' };

/** For people: what is wrong stands out, with what to do. */
export function healthText(health: Health): string {
  const { agents, gate, launcher, policyProblems, shell } = health;
  const lines = [
    'Agents',
    ...agents.flatMap((agent) => [`  ${marks[agent.standing.state]}  ${agent.title}: ${standingText(agent.standing)}`, ...detailsOf(agent).map((detail) => `      ${detail}`)]),
    '',
    `Editor      ${gate.window ? `process ${gate.window.pid} answers, ${gate.window.windows} ${gate.window.windows === 1 ? 'window' : 'windows'}${gate.window.folders.length > 0 ? ` with ${gate.window.folders.join(', ')}` : ''}` : 'none answers: what needs a person is refused until one is open'}`,
    ...(gate.standby ? [`Standby     process ${gate.standby.pid} answers hooks by the last policy while no editor runs, and ends by itself`] : []),
    `Socket      ${gate.socket}`,
    `Launcher    ${launcher.file}${launcher.state === 'ready' ? '' : ` is ${launcher.state}: start the editor once to have it written anew`}`,
    ...(policyProblems.length > 0 ? policyProblems.map((problem, index) => `${index === 0 ? 'Policy      ' : '            '}${problem}`) : ['Policy      read without a problem']),
    `Collector   ${collectorText(health.collector)}`,
    '',
    'This shell',
    ...shellHealthText(shell, gate.window !== undefined),
    '',
    isSound(health) ? 'Every agent found here is guarded.' : 'Not every agent found here is guarded.',
  ];
  return `${lines.join('\n')}\n`;
}

function collectorText(collector: CollectorHealth | undefined): string {
  switch (collector?.state) {
    case undefined:
      return 'none: records stay on this machine';
    case 'unreadable':
      return 'what your organisation’s policy says of it cannot be read, so nothing is sent';
    case 'not begun':
      return `${collector.endpoint}, by your organisation’s policy; no editor has sent anything yet`;
    case 'sending': {
      const { endpoint, sent, failing, waitingBytes, rejected } = collector;
      const reached = failing ? `NOT reached since ${failing.since}: ${failing.why}` : sent === undefined ? 'nothing sent yet' : `last sent ${sent}`;
      return `${endpoint}, ${reached}${waitingBytes > 0 ? `; ${Math.ceil(waitingBytes / 1024)} KB wait` : ''}${rejected > 0 ? `; ${rejected} ${rejected === 1 ? 'record was' : 'records were'} not taken` : ''}`;
    }
  }
}

function standingText(standing: Standing): string {
  switch (standing.state) {
    case 'guarded':
      return 'guarded, its hooks answer';
    case 'unproved':
      return 'hooks installed; only the agent itself can show that they answer';
    case 'not alive':
      return 'NOT guarded, its hooks do not answer';
    case 'silenced':
      return 'NOT guarded, it does not run its hooks';
    case 'found':
      return 'found and NOT guarded: choose “Interlock: Guard Agents on This Machine…” in the editor';
    case 'absent':
      return 'not found';
  }
}

function detailsOf({ standing, file, olderSessions }: AgentHealth): readonly string[] {
  const older = olderSessions > 0 ? [`${olderSessions} of its sessions began before it was guarded: start them again`] : [];
  if (standing.state === 'not alive') return [standing.why, `Choose “Interlock: Repair Hooks…” in the editor. The hooks are in ${file}`, ...older];
  return standing.state === 'silenced' ? [...standing.by.map(({ why }) => why), ...older] : standing.state === 'guarded' || standing.state === 'unproved' ? [file, ...older] : [];
}
