import { relative } from 'node:path';
import * as vscode from 'vscode';
import type { Engine } from '../gate/engine.ts';
import { trackedFiles } from '../gate/world/tracked-files.ts';
import { commands, contextKeys, views } from '../ids.ts';
import type { Secrets } from './secrets.ts';
import { fileRows, historyRows, trackedSecrets, type RowsSource, type SecretsRow } from './secrets-rows.ts';

/** Changes come in bursts; one look after the last is enough, and one now and then while much changes. */
const SETTLE_MS = 300;
const SCANNING_MS = 2_000;

/** The Secrets view: which files hold secrets, whether git keeps them, and what to do about each. */
export class SecretsView implements vscode.TreeDataProvider<SecretsRow>, vscode.Disposable {
  private readonly secrets: Secrets;
  private readonly engine: () => Promise<Pick<Engine, 'adviceFor' | 'rotationPage'>>;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly view: vscode.TreeView<SecretsRow>;
  private readonly subscription: vscode.Disposable;
  private sources: readonly RowsSource[] = [];
  private trackedOnly = false;
  private timer: NodeJS.Timeout | undefined;
  /** Something changed while it was looked. */
  private again = false;
  readonly onDidChangeTreeData = this.changed.event;

  constructor(secrets: Secrets, engine: () => Promise<Pick<Engine, 'adviceFor' | 'rotationPage'>>) {
    this.secrets = secrets;
    this.engine = engine;
    this.view = vscode.window.createTreeView(views.secrets, { treeDataProvider: this, showCollapseAll: true });
    this.subscription = vscode.Disposable.from(this.view, this.changed, secrets.onDidChange(() => this.refresh()));
    this.refresh();
  }

  /** Shows what is known now, soon. */
  refresh(): void {
    this.again = this.timer !== undefined;
    this.timer ??= setTimeout(() => void this.look(), this.secrets.isScanning() ? SCANNING_MS : SETTLE_MS);
  }

  /** Shows only secrets in files that git keeps, or all again. */
  async showTrackedOnly(trackedOnly: boolean): Promise<void> {
    this.trackedOnly = trackedOnly;
    await vscode.commands.executeCommand('setContext', contextKeys.trackedOnly, trackedOnly);
    this.changed.fire();
  }

  getChildren(row?: SecretsRow): SecretsRow[] {
    if (row) return row.type === 'advice' ? [] : [...row.children];
    const several = this.sources.length > 1;
    return [...fileRows(this.sources, { trackedOnly: this.trackedOnly, several }), ...historyRows(this.sources, { several })];
  }

  getTreeItem(row: SecretsRow): vscode.TreeItem {
    const children = row.type === 'advice' ? 0 : row.children.length;
    const item = new vscode.TreeItem(row.label, children === 0 ? vscode.TreeItemCollapsibleState.None : row.type === 'file' || row.type === 'history' ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed);
    item.description = row.description;
    item.tooltip = row.tooltip;
    item.accessibilityInformation = { label: `${row.label}, ${row.description}` };
    if (row.type === 'file') {
      item.resourceUri = vscode.Uri.file(row.file);
      item.iconPath = vscode.ThemeIcon.File;
    } else item.iconPath = new vscode.ThemeIcon(row.icon);
    if (row.type === 'advice') item.command = { command: 'vscode.open', title: vscode.l10n.t('Open the Page'), arguments: [vscode.Uri.parse(row.link)] };
    else if (row.type !== 'history') {
      item.contextValue = row.contextValue;
      if (row.type === 'file' || !row.past) item.command = { command: commands.openSecret, title: vscode.l10n.t('Open'), arguments: [row] };
    }
    return item;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscription.dispose();
  }

  private async look(): Promise<void> {
    this.again = false;
    const now = Date.now() / 1000;
    const { adviceFor, rotationPage } = await this.engine();
    this.sources = await Promise.all(this.secrets.folders().map(async ({ folder, entries, history }): Promise<RowsSource> => ({
      folder,
      entries,
      history,
      tracked: await trackedFiles(folder, entries.map(({ file }) => relative(folder, file))),
      verdict: (file) => this.secrets.verdict(file) ?? 'masked',
      adviceFor: (secret, file, tracked, onlyInHistory = false) => adviceFor({ ...secret, file, tracked, onlyInHistory }, now),
      rotationPage,
    })));
    const count = trackedSecrets(this.sources);
    this.view.badge = count > 0 ? { value: count, tooltip: count === 1 ? vscode.l10n.t('1 secret is in git') : vscode.l10n.t('{0} secrets are in git', count) } : undefined;
    await vscode.commands.executeCommand('setContext', contextKeys.scanning, this.secrets.isScanning());
    this.changed.fire();
    this.timer = undefined;
    if (this.again) this.refresh();
  }
}
