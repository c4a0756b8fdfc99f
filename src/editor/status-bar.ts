import * as vscode from 'vscode';
import { commands } from '../ids.ts';
import type { Confirm } from './confirm.ts';
import type { Coverage } from './coverage.ts';
import { hasHooks, isBroken } from './coverage-rows.ts';
import type { EnvironmentTags } from './environment-tags.ts';
import type { Guard } from './guard.ts';
import type { OpenTelemetry } from './open-telemetry.ts';
import type { Standing } from '../gate/standing.ts';
import type { SessionControl } from './session-control.ts';
import type { PolicySource } from './policy-source.ts';
import { type Status, statusText } from './status-text.ts';

const backgrounds = { error: 'statusBarItem.errorBackground', warning: 'statusBarItem.warningBackground' } as const;

export interface StatusSources {
  readonly tags: EnvironmentTags;
  readonly coverage: Coverage;
  readonly confirm: Confirm;
  readonly guard: Guard;
  readonly policy: PolicySource;
  readonly sessions: SessionControl;
  readonly openTelemetry: OpenTelemetry;
}

/** The one status bar item. It follows the active editor's folder, the tags, the agents, the gate and what waits. */
export class StatusBar implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;
  private readonly sources: StatusSources;
  private readonly subscriptions: vscode.Disposable;

  constructor(sources: StatusSources) {
    this.sources = sources;
    this.item = vscode.window.createStatusBarItem('interlock.status', vscode.StatusBarAlignment.Left, 100);
    this.item.name = 'Interlock';
    this.item.command = commands.showActions;
    const refresh = (): void => this.refresh();
    const { tags, coverage, confirm, guard, sessions, openTelemetry } = sources;
    this.subscriptions = vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor(refresh),
      vscode.workspace.onDidChangeWorkspaceFolders(refresh),
      tags.onDidChange(refresh),
      coverage.onDidChangeTreeData(refresh),
      confirm.onDidChange(refresh),
      guard.onDidChange(refresh),
      sessions.onDidChange(refresh),
      openTelemetry.onDidChange(refresh),
    );
    this.refresh();
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.item.dispose();
  }

  private refresh(): void {
    const { text, tooltip, label, background } = statusText(this.status());
    this.item.text = text;
    this.item.tooltip = new vscode.MarkdownString(tooltip, true);
    this.item.accessibilityInformation = { label, role: 'button' };
    this.item.backgroundColor = background && new vscode.ThemeColor(backgrounds[background]);
    this.item.show();
  }

  private status(): Status {
    const { tags, coverage, confirm, guard, sessions, policy, openTelemetry } = this.sources;
    const folder = tags.folder();
    const titles = (wanted: (standing: Standing) => boolean): readonly string[] => coverage.agents().filter(({ standing }) => wanted(standing)).map(({ adapter }) => adapter.title);
    return {
      place: folder && tags.place(folder),
      standing: folder && tags.standing(folder.uri.fsPath),
      evidence: folder ? tags.evidence(folder.uri.fsPath) : [],
      guarded: titles((standing) => hasHooks(standing) && !isBroken(standing)),
      unguarded: titles(({ state }) => state === 'found'),
      notAlive: titles(({ state }) => state === 'not alive'),
      silenced: titles(({ state }) => state === 'silenced'),
      failure: guard.failure(),
      stopped: sessions.isStopped(),
      brokenPolicies: policy.broken(),
      unsent: openTelemetry.unsent(),
      waiting: confirm.waiting().length,
    };
  }
}
