import { basename } from 'node:path';
import * as vscode from 'vscode';
import { settings } from '../ids.ts';
import type { AgentActivity } from './agent-activity.ts';
import { openSafely } from './hidden-editor.ts';
import type { Secrets } from './secrets.ts';

/** Warns once of each hidden file that is open as text while an agent is at work: what is open is told to many agents unasked. */
export class OpenFileWarning implements vscode.Disposable {
  private readonly options: { readonly secrets: Secrets; readonly agents: AgentActivity; readonly enabled: () => boolean };
  private readonly warned = new Set<string>();
  private readonly subscription: vscode.Disposable;

  constructor(options: { readonly secrets: Secrets; readonly agents: AgentActivity; readonly enabled: () => boolean }) {
    this.options = options;
    this.subscription = vscode.Disposable.from(vscode.window.tabGroups.onDidChangeTabs(() => this.look()), options.agents.onNote(() => this.look()));
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private look(): void {
    const { secrets, agents, enabled } = this.options;
    if (!agents.isLive() || !enabled()) return;
    for (const tab of vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs)) {
      const uri = tab.input instanceof vscode.TabInputText ? tab.input.uri : undefined;
      if (uri?.scheme !== 'file' || this.warned.has(uri.fsPath) || secrets.verdict(uri.fsPath) !== 'hidden') continue;
      this.warned.add(uri.fsPath);
      void this.warn(uri);
      return;
    }
  }

  private async warn(uri: vscode.Uri): Promise<void> {
    const close = vscode.l10n.t('Close It');
    const safely = vscode.l10n.t('Open Safely');
    const never = vscode.l10n.t('Don’t Warn Again');
    const chosen = await vscode.window.showWarningMessage(vscode.l10n.t('{0} is open as text while an agent is at work. Many agents are told what is open.', basename(uri.fsPath)), close, safely, never);
    if (chosen === never) await vscode.workspace.getConfiguration().update(settings.warnOpenHidden, false, vscode.ConfigurationTarget.Global);
    if (chosen === close || chosen === safely) await closeText(uri);
    if (chosen === safely) await openSafely(uri);
  }
}

async function closeText(uri: vscode.Uri): Promise<void> {
  const open = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
  await vscode.window.tabGroups.close(open);
}
