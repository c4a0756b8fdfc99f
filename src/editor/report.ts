import * as vscode from 'vscode';
import { gatherFacts } from '../journal/report-facts.ts';
import { reportPage } from '../journal/report-page.ts';
import { query } from '../journal/query.ts';
import { panels } from '../ids.ts';

export interface ReportOptions {
  /** Folder of the journal. */
  readonly journal: string;
  /** Names of agents by id. */
  readonly titles: ReadonlyMap<string, string>;
  readonly log: vscode.LogOutputChannel;
}

const DAY = 86_400_000;

interface Period extends vscode.QuickPickItem {
  /** Milliseconds; undefined for all there is. */
  readonly back?: number;
}

/** The session report: a page beside the code, and the same page as a file. */
export class Report implements vscode.Disposable {
  private readonly options: ReportOptions;
  private panel: vscode.WebviewPanel | undefined;
  private page = '';

  constructor(options: ReportOptions) {
    this.options = options;
  }

  /** Asks for which time, and shows the report of it. */
  async show(): Promise<void> {
    const periods: readonly Period[] = [{ label: vscode.l10n.t('Last 24 hours'), back: DAY }, { label: vscode.l10n.t('Last 7 days'), back: 7 * DAY }, { label: vscode.l10n.t('Last 30 days'), back: 30 * DAY }, { label: vscode.l10n.t('Everything in the journal') }];
    const chosen = await vscode.window.showQuickPick(periods, { title: vscode.l10n.t('Session Report'), placeHolder: vscode.l10n.t('Of which time?') });
    if (!chosen) return;
    const now = Date.now();
    const wanted = chosen.back === undefined ? {} : { since: now - chosen.back };
    this.page = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Reading the journal…') }, async () => {
      const facts = await gatherFacts(query(this.options.journal, wanted, 'oldest first'));
      return reportPage(facts, { titles: this.options.titles, now, utcOffsetMinutes: -new Date(now).getTimezoneOffset() });
    });
    const panel = this.panel ?? this.open();
    panel.webview.html = this.page;
    panel.reveal();
  }

  /** Writes the page that is shown to a file of the person's choice. It fetches nothing, so it can be mailed or printed. */
  async save(): Promise<void> {
    if (this.page === '') return this.show();
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const name = `interlock-report-${new Date().toISOString().slice(0, 10)}.html`;
    const file = await vscode.window.showSaveDialog({ ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}), filters: { HTML: ['html'] }, title: vscode.l10n.t('Save Report') });
    if (!file) return;
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(this.page));
    this.options.log.info('a report was saved');
  }

  dispose(): void {
    this.panel?.dispose();
  }

  private open(): vscode.WebviewPanel {
    const panel = vscode.window.createWebviewPanel(panels.report, vscode.l10n.t('Interlock Report'), vscode.ViewColumn.Active, { enableScripts: false, localResourceRoots: [] });
    panel.onDidDispose(() => {
      this.panel = undefined;
    });
    this.panel = panel;
    return panel;
  }
}
