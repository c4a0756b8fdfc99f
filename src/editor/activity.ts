import { type FSWatcher, watch } from 'node:fs';
import * as vscode from 'vscode';
import { views } from '../ids.ts';
import { read } from '../journal/read.ts';
import type { Question } from '../gate/ports.ts';
import { heldRows, recentRows, type Row, waitingRows } from './activity-rows.ts';
import type { SessionControl } from './session-control.ts';

export interface ActivityOptions {
  /** Absolute folder of the journal; it must exist. */
  readonly journal: string;
  readonly waiting: () => readonly Question[];
  readonly sessions: SessionControl;
  readonly recentCount: () => number;
  /** Titles of agents by id. */
  readonly titles: ReadonlyMap<string, string>;
  readonly mask: (text: string) => string;
  readonly log: vscode.LogOutputChannel;
}

interface Group {
  readonly title: string;
  readonly icon: string;
  readonly rows: readonly Row[];
}

type Node = Group | Row;

/** Writes come in bursts; one reading after the last is enough. */
const SETTLE_MS = 150;

/** The Activity view: what waits, then what the journal last told, whichever window or hook wrote it. */
export class Activity implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly options: ActivityOptions;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly view: vscode.TreeView<Node>;
  private readonly watcher: FSWatcher | undefined;
  private timer: NodeJS.Timeout | undefined;
  readonly onDidChangeTreeData = this.changed.event;

  constructor(options: ActivityOptions) {
    this.options = options;
    this.view = vscode.window.createTreeView(views.activity, { treeDataProvider: this });
    this.watcher = this.watchJournal();
    this.refresh();
  }

  /** Shows what waits at once, and reads the journal again soon. */
  refresh(): void {
    const count = this.options.waiting().length;
    this.view.badge = count > 0 ? { value: count, tooltip: `${count} waiting for your answer` } : undefined;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.changed.fire(), SETTLE_MS);
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node) return 'rows' in node ? [...node.rows] : [];
    const { journal, waiting, sessions, recentCount, titles, mask, log } = this.options;
    const records = await read(journal, { limit: recentCount() }).catch((error: unknown) => {
      log.error('the journal could not be read', error);
      return [];
    });
    const groups: readonly Group[] = [
      { title: 'Waiting', icon: 'bell', rows: waitingRows(waiting(), mask) },
      { title: 'Held Back', icon: 'lock', rows: heldRows(sessions.isStopped(), sessions.list(), (session) => sessions.nameOf(session)) },
      { title: 'Recent', icon: 'history', rows: recentRows(records, titles) },
    ];
    return groups.filter(({ rows }) => rows.length > 0);
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if ('rows' in node) {
      const group = new vscode.TreeItem(node.title, vscode.TreeItemCollapsibleState.Expanded);
      group.iconPath = new vscode.ThemeIcon(node.icon);
      group.description = String(node.rows.length);
      return group;
    }
    const item = new vscode.TreeItem(node.label);
    item.description = node.description;
    item.tooltip = node.tooltip === '' ? node.label : `${node.label}\n\n${node.tooltip}`;
    item.iconPath = new vscode.ThemeIcon(node.icon);
    item.accessibilityInformation = { label: `${node.label}, ${node.description}` };
    if (node.contextValue) item.contextValue = node.contextValue;
    return item;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.watcher?.close();
    this.view.dispose();
    this.changed.dispose();
  }

  private watchJournal(): FSWatcher | undefined {
    try {
      const watcher = watch(this.options.journal, { persistent: false }, () => this.refresh());
      watcher.on('error', (error) => this.options.log.warn('the journal cannot be watched', error));
      return watcher;
    } catch (error) {
      this.options.log.warn('the journal cannot be watched', error);
      return undefined;
    }
  }
}
