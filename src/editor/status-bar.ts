import * as vscode from 'vscode';
import { commands } from '../ids.ts';
import { type Status, statusText } from './status-text.ts';

const backgrounds = { error: 'statusBarItem.errorBackground', warning: 'statusBarItem.warningBackground' } as const;

/** The one status bar item. */
export class StatusBar implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;

  constructor() {
    this.item = vscode.window.createStatusBarItem('interlock.status', vscode.StatusBarAlignment.Left, 100);
    this.item.name = 'Interlock';
    this.item.command = commands.showActions;
  }

  show(status: Status): void {
    const { text, tooltip, label, background } = statusText(status);
    this.item.text = text;
    this.item.tooltip = new vscode.MarkdownString(tooltip, true);
    this.item.accessibilityInformation = { label, role: 'button' };
    this.item.backgroundColor = background && new vscode.ThemeColor(backgrounds[background]);
    this.item.show();
  }

  dispose(): void {
    this.item.dispose();
  }
}
