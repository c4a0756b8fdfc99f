import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';
import { isInside, platformOf } from '../core/files/path.ts';
import type { Recorder } from '../core/recording.ts';
import type { Vault } from '../vault/vault.ts';
import type { AskedActions } from './asked-actions.ts';
import { Burst, filesBelow, findRecoverable, lostAmong, MANY, restoreFromGit } from './file-losses.ts';
import { isAgent } from './terminal-watch.ts';

export interface LossWatchOptions {
  readonly asked: AskedActions;
  readonly vault: Vault;
  readonly recorder: Recorder;
  readonly now: () => number;
  readonly log: vscode.LogOutputChannel;
}

/** How long nothing more may go before it is told, how often that is looked at, and how long it is waited for; milliseconds. */
const QUIET_MS = 1_000;
const LOOK_MS = 250;
const LONGEST_MS = 10_000;

/** Tells when many files of a folder go at once and nothing that an agent asked about, git or the person explains it. */
export class LossWatch implements vscode.Disposable {
  private readonly options: LossWatchOptions;
  private readonly subscription: vscode.Disposable;
  /** Paths that the person deletes, moves or saves in the editor. */
  private readonly own = new Set<string>();
  /** Commands of the person that run in terminals. */
  private readonly typed = new Set<vscode.TerminalShellExecution>();
  private lastTyped = 0;

  constructor(options: LossWatchOptions) {
    this.options = options;
    const watchers = new Map<string, vscode.Disposable>();
    const follow = (): void => {
      const folders = new Set((vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath));
      for (const [folder, watcher] of watchers) if (!folders.has(folder) && watchers.delete(folder)) watcher.dispose();
      for (const folder of folders) if (!watchers.has(folder)) watchers.set(folder, this.watch(folder));
    };
    follow();
    this.subscription = vscode.Disposable.from(
      vscode.workspace.onDidChangeWorkspaceFolders(follow),
      vscode.workspace.onWillDeleteFiles(({ files }) => this.noteOwn(files)),
      vscode.workspace.onWillRenameFiles(({ files }) => this.noteOwn(files.map(({ oldUri }) => oldUri))),
      vscode.window.onDidStartTerminalShellExecution(({ terminal, execution }) => {
        if (!isAgent(terminal)) this.typed.add(execution);
      }),
      vscode.window.onDidEndTerminalShellExecution(({ execution }) => {
        if (this.typed.delete(execution)) this.lastTyped = options.now();
      }),
      { dispose: () => watchers.forEach((watcher) => watcher.dispose()) },
    );
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private watch(folder: string): vscode.Disposable {
    const burst = new Burst(this.options.now);
    const take = ({ fsPath }: vscode.Uri): void => {
      if (isInside(fsPath, join(folder, '.git'), platformOf(folder)) || !burst.add(fsPath)) return;
      void this.tell(folder, burst).catch((error: unknown) => this.options.log.error('files that went could not be looked into', error));
    };
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '**'), true);
    return vscode.Disposable.from(watcher, watcher.onDidDelete(take), watcher.onDidChange(take));
  }

  private async tell(folder: string, burst: Burst): Promise<void> {
    const { asked, vault, recorder, now } = this.options;
    const began = now();
    while (burst.quietFor() < QUIET_MS && now() - began < LONGEST_MS) await pause(LOOK_MS);
    const { paths, took } = burst.take();
    if (this.typed.size > 0 || this.lastTyped >= began - QUIET_MS || hasGitMoved(folder, began - took - QUIET_MS)) return;
    const unexplained = (await filesBelow(folder, lostAmong(paths))).filter((path) => !asked.explains(path) && !this.isOwn(path));
    if (unexplained.length < MANY) return;
    const { inGit, inVault, ignored } = await findRecoverable(folder, unexplained, vault);
    const lost = unexplained.length - ignored.length;
    if (lost < MANY) return;
    const kept = [...inVault.values()].flat();
    const left = inGit.length + kept.length;
    const said = vscode.l10n.t('{0} files disappeared or were emptied within {1} seconds, and nothing that was asked about explains it. {2} of them are in git or in the vault.', lost, Math.max(2, Math.ceil(took / 1000)), left);
    await recorder.record({ type: 'configuration', what: `${lost} files disappeared or were emptied in ${folder} and nothing that was asked about explains it; ${left} are in git or in the vault`, by: 'interlock' });
    const restore = vscode.l10n.t('Restore {0} Files', left);
    if ((await vscode.window.showWarningMessage(said, ...(left > 0 ? [restore] : []))) !== restore) return;
    const done = await restoreFromGit(folder, inGit);
    for (const [id, files] of inVault) await vault.restore(await vault.manifest(id), { files, overwriteNewer: false });
    const missing = lostAmong([...inGit, ...kept]).length;
    if (done && missing === 0) void vscode.window.showInformationMessage(vscode.l10n.t('{0} files are back.', left));
    else void vscode.window.showErrorMessage(vscode.l10n.t('{0} of {1} files could not be restored.', missing, left));
  }

  private noteOwn(files: readonly vscode.Uri[]): void {
    for (const { fsPath } of files) {
      this.own.add(fsPath);
      setTimeout(() => this.own.delete(fsPath), LONGEST_MS * 2).unref();
    }
  }

  private isOwn(path: string): boolean {
    return [...this.own].some((root) => isInside(path, root, platformOf(root)));
  }
}

/** True where git itself changed what is checked out. */
function hasGitMoved(folder: string, since: number): boolean {
  return ['index', 'HEAD'].some((name) => (statSync(join(folder, '.git', name), { throwIfNoEntry: false })?.mtimeMs ?? 0) >= since);
}
