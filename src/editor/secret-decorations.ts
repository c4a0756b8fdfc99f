import * as vscode from 'vscode';
import { fileMark } from './file-decoration.ts';
import type { Secrets } from './secrets.ts';

/** Changes come in bursts; the explorer asks again for every file it shows. */
const SETTLE_MS = 500;

async function isFile(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(({ type }) => (type & vscode.FileType.File) !== 0, () => false);
}

/** Marks hidden and masked files in the explorer. */
export class SecretDecorations implements vscode.FileDecorationProvider, vscode.Disposable {
  private readonly secrets: Secrets;
  private readonly changed = new vscode.EventEmitter<undefined>();
  private readonly subscription: vscode.Disposable;
  private timer: NodeJS.Timeout | undefined;
  readonly onDidChangeFileDecorations = this.changed.event;

  constructor(secrets: Secrets) {
    this.secrets = secrets;
    this.subscription = vscode.Disposable.from(this.changed, secrets.onDidChange(() => this.refresh()), vscode.window.registerFileDecorationProvider(this));
  }

  /** Has the explorer ask again. */
  refresh(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.changed.fire(undefined);
    }, SETTLE_MS);
  }

  async provideFileDecoration(uri: vscode.Uri): Promise<vscode.FileDecoration | undefined> {
    const inFolder = uri.scheme === 'file' && vscode.workspace.getWorkspaceFolder(uri) !== undefined;
    const mark = inFolder ? fileMark(this.secrets.verdict(uri.fsPath)) : undefined;
    // A folder called `secrets` is no file.
    if (!mark || !(await isFile(uri))) return undefined;
    return new vscode.FileDecoration(mark.badge, vscode.l10n.t(mark.tooltip), new vscode.ThemeColor(mark.color));
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscription.dispose();
  }
}
