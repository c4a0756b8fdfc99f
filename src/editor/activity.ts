import { type FSWatcher, watch } from 'node:fs';
import * as vscode from 'vscode';
import { contextKeys, views } from '../ids.ts';
import { query } from '../journal/query.ts';
import type { JournalRecord } from '../journal/record.ts';
import type { Question } from '../gate/ports.ts';
import { type ActivityFilter, activityFilters } from './activity-filter.ts';
import { heldRows, type Row, sessionRows, waitingRows } from './activity-rows.ts';
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
  readonly description?: string;
  readonly closed?: boolean;
  readonly icon: string;
  readonly rows: readonly Row[];
}

type Node = Group | Row;

/** Writes come in bursts; one reading after the last is enough. */
const SETTLE_MS = 150;
/** Sessions before are a click away. */
const OPEN_SESSIONS = 3;

/** The Activity view: what waits, then what the journal last told, whichever window or hook wrote it. */
export class Activity implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly options: ActivityOptions;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly view: vscode.TreeView<Node>;
  private readonly watcher: FSWatcher | undefined;
  private timer: NodeJS.Timeout | undefined;
  private shown: ActivityFilter | undefined;
  private rows: ReadonlySet<Row> = new Set();
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
    const { waiting, sessions, titles, mask } = this.options;
    const groups: readonly Group[] = [
      { title: 'Waiting', icon: 'bell', rows: waitingRows(waiting(), mask) },
      { title: 'Held Back', icon: 'lock', rows: heldRows(sessions.isStopped(), sessions.list(), (session) => sessions.nameOf(session)) },
      ...sessionRows(await this.records(), titles).map((session, at): Group => ({ ...session, icon: 'history', closed: at >= OPEN_SESSIONS })),
    ];
    this.rows = new Set(groups.flatMap(({ rows }) => rows));
    return groups.filter(({ rows }) => rows.length > 0);
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if ('rows' in node) {
      const group = new vscode.TreeItem(node.title, node.closed ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded);
      group.iconPath = new vscode.ThemeIcon(node.icon);
      group.description = node.description ?? String(node.rows.length);
      group.accessibilityInformation = { label: `${node.title}, ${group.description}` };
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

  /** The record behind a row of this view; commands are called with whatever others like, which has none. */
  recordOf(argument: unknown): JournalRecord | undefined {
    return this.rows.has(argument as Row) ? (argument as Row).record : undefined;
  }

  /** Lets the person choose what part of the past is shown. What waits is always shown. */
  async filter(): Promise<void> {
    const text = { label: 'Text…', wanted: {} };
    const chosen = await vscode.window.showQuickPick([...activityFilters(this.options.titles), text], { title: 'Filter Activity', placeHolder: 'What is to be shown of the past?' });
    if (!chosen) return;
    if (chosen !== text) return this.narrow(chosen);
    const words = await vscode.window.showInputBox({ title: 'Filter Activity', prompt: 'Text that stands in the command, path, reason or rule' });
    if (words) await this.narrow({ label: `“${words}”`, wanted: { text: words } });
  }

  /** Shows everything again. */
  showAll(): Promise<void> {
    return this.narrow(undefined);
  }

  private async narrow(filter: ActivityFilter | undefined): Promise<void> {
    this.shown = filter;
    this.view.message = filter ? `Only: ${filter.label}` : '';
    await vscode.commands.executeCommand('setContext', contextKeys.activityFiltered, filter !== undefined);
    this.refresh();
  }

  private async records(): Promise<readonly JournalRecord[]> {
    const { journal, recentCount, log } = this.options;
    const records: JournalRecord[] = [];
    try {
      for await (const record of query(journal, this.shown?.wanted ?? {})) {
        records.push(record);
        if (records.length >= recentCount()) break;
      }
    } catch (error) {
      log.error('the journal could not be read', error);
    }
    return records;
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
