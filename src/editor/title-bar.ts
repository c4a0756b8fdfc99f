import { join } from 'node:path';
import * as vscode from 'vscode';
import type { EnvironmentTags } from './environment-tags.ts';
import { strictestTag, type Tag } from './folder-tags.ts';
import { type SettingsFile, tintSettings } from './title-bar-file.ts';
import type { TintMemory } from './title-bar-memory.ts';

export interface TitleBarOptions {
  readonly tags: EnvironmentTags;
  /** Whether the person wants it. */
  readonly wanted: () => boolean;
  readonly memory: TintMemory;
  readonly log: vscode.LogOutputChannel;
}

/** Colours the title bar while a folder of the window is tagged production or staging, and puts back what was there. */
export class TitleBar implements vscode.Disposable {
  private readonly options: TitleBarOptions;
  private readonly subscriptions: vscode.Disposable;
  /** One change of the settings at a time: each builds on what the last one wrote. */
  private last: Promise<void> = Promise.resolve();

  constructor(options: TitleBarOptions) {
    this.options = options;
    const refresh = (): Promise<void> => this.refresh();
    this.subscriptions = vscode.Disposable.from(options.tags.onDidChange(refresh), vscode.workspace.onDidGrantWorkspaceTrust(refresh), vscode.workspace.onDidChangeWorkspaceFolders(refresh));
  }

  /** Brings the title bar to what it should be, whatever a window that crashed left behind. */
  refresh(): Promise<void> {
    const { tags, wanted } = this.options;
    const standings = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => tags.standing(uri.fsPath)).filter((standing) => standing?.by !== 'evidence');
    return this.colour(wanted() ? strictestTag(standings.map((standing) => standing?.environment)) : undefined);
  }

  /** Puts back what was there before. */
  async close(): Promise<void> {
    this.subscriptions.dispose();
    await this.colour(undefined);
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private colour(environment: Tag | undefined): Promise<void> {
    const settings = settingsFile();
    // Nothing is written into a folder nobody trusts, and where none is open there is nowhere to write.
    if (!vscode.workspace.isTrusted || !settings) return Promise.resolve();
    this.last = this.last.then(() => tintSettings(settings, environment, this.options.memory)).catch((error: unknown) => this.options.log.warn('the title bar could not be coloured', error));
    return this.last;
  }
}

/** Where the settings of the workspace stand: in its own file, or in that of the one open folder. */
function settingsFile(): SettingsFile | undefined {
  const { workspaceFile, workspaceFolders } = vscode.workspace;
  if (workspaceFile) return workspaceFile.scheme === 'file' ? { file: workspaceFile.fsPath, within: ['settings'] } : undefined;
  const folder = workspaceFolders?.[0]?.uri;
  return folder?.scheme === 'file' ? { file: join(folder.fsPath, '.vscode', 'settings.json'), within: [] } : undefined;
}
