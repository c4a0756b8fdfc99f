import * as vscode from 'vscode';

/** A shorter look is over before anybody has read that it goes on. */
const SHOW_AFTER_MS = 1_500;

/** Says in the status bar how far a long look through the folders has come. */
export class ScanProgressBar implements vscode.Disposable {
  private report: ((text: string) => void) | undefined;
  private finish: (() => void) | undefined;
  private timer: NodeJS.Timeout | undefined;

  /** A look begins; shown only once it takes long. */
  begin(): void {
    if (this.timer !== undefined || this.finish) return;
    this.timer = setTimeout(() => this.show(), SHOW_AFTER_MS);
  }

  seen(files: number): void {
    this.report?.(vscode.l10n.t('{0} files', files.toLocaleString()));
  }

  end(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.finish?.();
    this.finish = undefined;
    this.report = undefined;
  }

  dispose(): void {
    this.end();
  }

  private show(): void {
    this.timer = undefined;
    const options = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Interlock looks for secrets') };
    void vscode.window.withProgress(options, (progress) => {
      this.report = (message) => progress.report({ message });
      return new Promise<void>((resolve) => (this.finish = resolve));
    });
  }
}
