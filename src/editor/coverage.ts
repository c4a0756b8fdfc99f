import { access } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Adapter } from '../agents/adapter.ts';
import { areHooksInstalled } from '../gate/install.ts';
import type { State } from '../gate/state.ts';
import { type ContextKey, contextKeys, views } from '../ids.ts';
import { type AgentCoverage, type CoverageRow, coverageRows } from './coverage-rows.ts';

export interface CoverageOptions {
  readonly adapters: readonly Adapter[];
  readonly home: string;
  readonly state: State;
  readonly terminalGuard: () => boolean;
}

/** The Agents view, and what the rest of the editor knows of the agents on this machine. */
export class Coverage implements vscode.TreeDataProvider<CoverageRow>, vscode.Disposable {
  private readonly options: CoverageOptions;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly view: vscode.TreeView<CoverageRow>;
  private known: readonly AgentCoverage[] = [];
  readonly onDidChangeTreeData = this.changed.event;

  constructor(options: CoverageOptions) {
    this.options = options;
    this.view = vscode.window.createTreeView(views.coverage, { treeDataProvider: this });
  }

  /** Agents as of the last look. */
  agents(): readonly AgentCoverage[] {
    return this.known;
  }

  /** Looks for agents and their hooks again. */
  async refresh(): Promise<readonly AgentCoverage[]> {
    const { adapters, home, state } = this.options;
    // An agent that leaves no trace is guarded elsewhere, not by a file of its own.
    const agents = adapters.filter(({ traces }) => traces.length > 0);
    this.known = await Promise.all(agents.map(async (adapter) => ({ adapter, guarding: (await areHooksInstalled(adapter, home, state)) ? 'guarded' : (await isFound(adapter, home)) ? 'found' : 'absent' }) as const));
    await setContext(contextKeys.agentsFound, this.known.some(({ guarding }) => guarding !== 'absent'));
    await setContext(contextKeys.hooksInstalled, this.known.some(({ guarding }) => guarding === 'guarded'));
    this.changed.fire();
    return this.known;
  }

  getChildren(row?: CoverageRow): CoverageRow[] {
    return [...(row ? row.children : coverageRows(this.known, this.options.terminalGuard()))];
  }

  getTreeItem(row: CoverageRow): vscode.TreeItem {
    const item = new vscode.TreeItem(row.label, row.children.length > 0 ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None);
    item.description = row.description;
    item.iconPath = new vscode.ThemeIcon(row.icon);
    item.tooltip = row.description === '' ? row.label : `${row.label}: ${row.description}`;
    item.accessibilityInformation = { label: row.description === '' ? row.label : `${row.label}, ${row.description}` };
    return item;
  }

  dispose(): void {
    this.view.dispose();
    this.changed.dispose();
  }
}

async function isFound({ traces }: Adapter, home: string): Promise<boolean> {
  const found = await Promise.all(traces.map((trace) => access(join(home, trace)).then(() => true, () => false)));
  return found.includes(true);
}

async function setContext(key: ContextKey, value: boolean): Promise<void> {
  await vscode.commands.executeCommand('setContext', key, value);
}
