import * as vscode from 'vscode';
import type { Adapter } from '../agents/adapter.ts';
import type { Recorder } from '../core/recording.ts';
import { type Life, proveAlive } from '../gate/canary.ts';
import { readGuarded } from '../gate/guarded.ts';
import type { HookPlace } from '../gate/install.ts';
import { beganBefore, runningProcesses } from '../gate/running.ts';
import { placeOf, type Standing, standingOf, surroundingsHere } from '../gate/standing.ts';
import type { State } from '../gate/state.ts';
import { type ContextKey, contextKeys, views } from '../ids.ts';
import { clock } from './activity-rows.ts';
import type { AgentActivity } from './agent-activity.ts';
import { type AgentCoverage, type CoverageRow, coverageRows, hasHooks } from './coverage-rows.ts';

export interface CoverageOptions {
  readonly adapters: readonly Adapter[];
  readonly home: string;
  readonly state: State;
  /** Absolute paths of the open folders, as they are now. */
  readonly folders: () => readonly string[];
  readonly terminalGuard: () => boolean;
  readonly activity: AgentActivity;
  readonly recorder: Recorder;
  readonly log: vscode.LogOutputChannel;
}

/** A hook takes a tenth of a second; a machine that has just been started takes longer. */
const ANSWER_MS = 15_000;

/** The Agents view, and what the rest of the editor knows of the agents on this machine. */
export class Coverage implements vscode.TreeDataProvider<CoverageRow>, vscode.Disposable {
  private readonly options: CoverageOptions;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly view: vscode.TreeView<CoverageRow>;
  private known: readonly AgentCoverage[] = [];
  /** Files that the agents' standing was read from. */
  private files: ReadonlySet<string> = new Set();
  /** Why the hooks of an agent did not answer when they were last run. */
  private readonly failures = new Map<string, string>();
  private looking: Promise<readonly AgentCoverage[]> | undefined;
  readonly onDidChangeTreeData = this.changed.event;

  constructor(options: CoverageOptions) {
    this.options = options;
    this.view = vscode.window.createTreeView(views.coverage, { treeDataProvider: this });
  }

  /** Agents as of the last look. */
  agents(): readonly AgentCoverage[] {
    return this.known;
  }

  /** Files whose change may change what is known. */
  watched(): ReadonlySet<string> {
    return this.files;
  }

  /** Looks for agents again and runs their hooks. What is asked for meanwhile is answered by a look that begins after it. */
  refresh(): Promise<readonly AgentCoverage[]> {
    const before = this.looking;
    const look = (before ?? Promise.resolve()).then(() => this.look());
    this.looking = look;
    return look;
  }

  getChildren(row?: CoverageRow): CoverageRow[] {
    return [...(row ? row.children : coverageRows(this.known, this.options.terminalGuard(), (at) => clock(new Date(at)), process.platform === 'win32'))];
  }

  getTreeItem(row: CoverageRow): vscode.TreeItem {
    const item = new vscode.TreeItem(row.label, row.children.length > 0 ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None);
    item.description = row.description;
    item.iconPath = new vscode.ThemeIcon(row.icon);
    item.tooltip = row.description === '' ? row.label : `${row.label}: ${row.description}`;
    item.accessibilityInformation = { label: row.description === '' ? row.label : `${row.label}, ${row.description}` };
    if (row.contextValue) item.contextValue = row.contextValue;
    if (row.command) item.command = { command: row.command, title: row.label, arguments: [row] };
    else if (row.file) item.command = { command: 'vscode.open', title: row.label, arguments: [vscode.Uri.file(row.file)] };
    return item;
  }

  dispose(): void {
    this.view.dispose();
    this.changed.dispose();
  }

  private async look(): Promise<readonly AgentCoverage[]> {
    const { adapters, home, state, folders, activity } = this.options;
    const files = new Set<string>();
    const around = surroundingsHere({ home, folders: folders(), setting: (id) => vscode.workspace.getConfiguration().get(id) }, (file) => files.add(file));
    const [guarded, processes] = await Promise.all([readGuarded(state), runningProcesses(Date.now())]);
    const found: AgentCoverage[] = [];
    // An agent that leaves no trace is guarded elsewhere, not by a file of its own.
    for (const adapter of adapters.filter(({ traces }) => traces.length > 0)) {
      const standing = await standingOf(adapter, { home, state, around, prove: (given, place) => this.prove(given, place), now: Date.now });
      const { file } = (await placeOf(adapter, home, state, around))?.installation ?? adapter.installation(home);
      if (standing.state !== 'absent') files.add(file);
      const since = guarded[adapter.id]?.since;
      found.push({ adapter, standing, file, olderSessions: since === undefined ? 0 : beganBefore(processes, adapter.programs ?? [], since), lastAsked: activity.lastOf(adapter.id) });
    }
    await this.noteFailures(found);
    this.known = found;
    this.files = files;
    await setContext(contextKeys.agentsFound, found.some(({ standing }) => standing.state !== 'absent'));
    await setContext(contextKeys.hooksInstalled, found.some(({ standing }) => hasHooks(standing)));
    this.changed.fire();
    return found;
  }

  /** In an editor whose gate is open a hook must reach it. A machine that is very busy gets a second chance. */
  private async prove(adapter: Adapter, place: HookPlace): Promise<Life> {
    const { home, state, folders } = this.options;
    const once = (limit: number): Promise<Life> => proveAlive({ adapter, place, platform: state.platform, env: process.env, cwd: folders()[0] ?? home, limit });
    const first = await once(ANSWER_MS);
    const life = first.alive === false ? await once(ANSWER_MS * 2) : first;
    return life.alive === true && life.by !== 'editor' ? { alive: false, why: 'Its hook answers by itself and does not reach the editor.' } : life;
  }

  /** Writes down what is not alive, once for each reason. */
  private async noteFailures(agents: readonly AgentCoverage[]): Promise<void> {
    const { recorder, log } = this.options;
    for (const { adapter, standing, file } of agents) {
      const why = failureOf(standing);
      if (why !== undefined && this.failures.get(adapter.id) !== why) {
        log.warn(`${adapter.title} is not alive: ${why}`);
        await recorder.record({ type: 'canary', agent: adapter.id, file, why }).catch((error: unknown) => log.error('the journal could not be written', error));
      }
      if (why === undefined) this.failures.delete(adapter.id);
      else this.failures.set(adapter.id, why);
    }
  }
}

function failureOf(standing: Standing): string | undefined {
  return standing.state === 'not alive' ? standing.why : undefined;
}

async function setContext(key: ContextKey, value: boolean): Promise<void> {
  await vscode.commands.executeCommand('setContext', key, value);
}
