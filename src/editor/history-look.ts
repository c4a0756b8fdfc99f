import * as vscode from 'vscode';
import type { HistoryProgress } from '../gate/world/history-scan.ts';
import { views } from '../ids.ts';

/** Says how far a look through the git histories of the open folders has come, lets the person end it, and tells what was found. */
export class HistoryLook {
  /** Folders that are still looked through. */
  private readonly open: Set<string>;
  private readonly progress = new Map<string, HistoryProgress>();
  private readonly failures: string[] = [];
  private report: ((text: string) => void) | undefined;
  private finish: (() => void) | undefined;
  private stopped = false;

  /**
   * @param folders at least one
   * @param stop ends it; what was found by then is kept
   */
  constructor(folders: readonly string[], stop: () => void) {
    this.open = new Set(folders);
    const options = { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Interlock looks for secrets in the git history'), cancellable: true };
    void vscode.window.withProgress(options, (shown, cancelled) => {
      this.report = (message) => shown.report({ message });
      cancelled.onCancellationRequested(() => {
        this.stopped = true;
        stop();
      });
      return new Promise<void>((resolve) => {
        this.finish = resolve;
        if (this.open.size === 0) resolve();
      });
    });
  }

  isOpen(): boolean {
    return this.open.size > 0;
  }

  /** A folder's look has come this far. */
  came(folder: string, progress: HistoryProgress): void {
    if (!this.open.has(folder)) return;
    this.progress.set(folder, progress);
    const { searched, secrets } = this.sum();
    this.report?.(vscode.l10n.t('versions of files {0}, secrets {1}', searched.toLocaleString(), secrets));
  }

  /** @param why it failed, where it did */
  ended(folder: string, why?: string): void {
    if (!this.open.delete(folder)) return;
    if (why !== undefined) this.failures.push(why);
    if (this.open.size === 0) this.end();
  }

  private end(): void {
    this.finish?.();
    const { secrets } = this.sum();
    const show = vscode.l10n.t('Show Secrets');
    const told = secrets > 0 ? vscode.window.showWarningMessage(this.outcome(), show) : vscode.window.showInformationMessage(this.outcome());
    void told.then((chosen) => (chosen === show ? vscode.commands.executeCommand(`${views.secrets}.focus`) : undefined));
  }

  private outcome(): string {
    const { searched, secrets, tooLarge, missing, truncated } = this.sum();
    const found = secrets === 0 ? vscode.l10n.t('No secret was found that is in the git history alone.') : vscode.l10n.t('Secrets that are in the git history alone: {0}. Rotate them: they can be read by whoever has the repository.', secrets);
    return [
      ...(searched > 0 || this.failures.length === 0 ? [found] : []),
      ...(tooLarge > 0 ? [vscode.l10n.t('Too large to be searched: {0} versions of files.', tooLarge)] : []),
      ...(missing > 0 ? [vscode.l10n.t('Not in this copy of the repository: {0} versions of files.', missing)] : []),
      ...(truncated ? [vscode.l10n.t('Older versions were left out.')] : []),
      ...(this.stopped ? [vscode.l10n.t('You stopped before the end.')] : []),
      ...this.failures.map((why) => vscode.l10n.t('The history could not be searched: {0}', why)),
    ].join(' ');
  }

  private sum(): HistoryProgress {
    const all = [...this.progress.values()];
    const count = (of: (progress: HistoryProgress) => number): number => all.reduce((sum, progress) => sum + of(progress), 0);
    return { searched: count(({ searched }) => searched), secrets: count(({ secrets }) => secrets), tooLarge: count(({ tooLarge }) => tooLarge), missing: count(({ missing }) => missing), truncated: all.some(({ truncated }) => truncated) };
  }
}
