import * as vscode from 'vscode';
import type { Environment } from '../core/effect.ts';
import type { Recorder } from '../core/recording.ts';
import { type FolderTag, isLessStrict, type Tag, tagOf, tags, withTag } from './folder-tags.ts';
import { WORKSPACE_POLICY } from './policy-source.ts';
import { confirmWeakening } from './weaken.ts';

/** Where tags are kept: the person's own state, which no agent may write. */
export interface TagStore {
  /** All tags in force. */
  readonly tags: () => readonly FolderTag[];
  /** Those of them that the person chose. */
  readonly chosen: () => readonly FolderTag[];
  /** Keeps the person's choice for a folder; undefined takes it back. */
  readonly choose: (folder: string, environment: Tag | undefined) => Promise<void>;
}

const meanings: Readonly<Record<Tag, string>> = {
  production: 'Everything here counts as production.',
  staging: 'A copy of production that others rely on.',
  development: 'Shared, and made to be broken.',
  local: 'Only this machine.',
};

/** The tags of the open folders, and the way a person changes them. */
export class EnvironmentTags implements vscode.Disposable {
  private readonly store: TagStore;
  private readonly recorder: Recorder;
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(store: TagStore, recorder: Recorder) {
    this.store = store;
    this.recorder = recorder;
  }

  /** The tag of the innermost tagged folder that holds a path. */
  tagOf(path: string): Environment | undefined {
    return tagOf(path, this.store.tags());
  }

  /** Where the tag of a path comes from, one clause each. */
  evidence(path: string): readonly string[] {
    const tag = this.tagOf(path);
    if (!tag) return [];
    return [tagOf(path, this.store.chosen()) === tag ? `${tag}: your choice` : `${tag}: ${WORKSPACE_POLICY}`];
  }

  /** To be called when the tags in force may have changed. */
  refresh(): void {
    this.changed.fire();
  }

  /** The folder the status bar speaks of: that of the active editor, else the first. */
  folder(): vscode.WorkspaceFolder | undefined {
    const active = vscode.window.activeTextEditor?.document.uri;
    return (active && vscode.workspace.getWorkspaceFolder(active)) ?? vscode.workspace.workspaceFolders?.[0];
  }

  /** Lets the person choose; a tag that lets more through is put to them in a modal, whoever called for it. */
  async choose(): Promise<void> {
    const folder = await this.pickFolder();
    if (!folder) return;
    const path = folder.uri.fsPath;
    const now = this.tagOf(path);
    const items: readonly (vscode.QuickPickItem & { readonly tag: Tag | undefined })[] = [
      ...tags.map((tag) => ({ label: tag, detail: meanings[tag], tag, ...(tag === now ? { description: 'now' } : {}) })),
      { label: 'No tag of mine', detail: "The team's policy file decides; without one, targets nobody can name count as production.", tag: undefined },
    ];
    const picked = await vscode.window.showQuickPick(items, { title: `Environment of ${folder.name}`, placeHolder: now ? `It is ${now} now.` : 'It has no tag yet.' });
    if (!picked) return;
    const next = tagOf(path, withTag(this.store.tags(), path, picked.tag));
    if (isLessStrict(now, next) && !(await confirmLoosening(folder.name, next))) return;
    await this.store.choose(path, picked.tag);
    await this.recorder.record({ type: 'configuration', what: picked.tag ? `${folder.name} tagged ${picked.tag} (${path})` : `${folder.name} not tagged any more (${path})`, by: 'person' });
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }

  private async pickFolder(): Promise<vscode.WorkspaceFolder | undefined> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    if (folders.length === 0) void vscode.window.showInformationMessage(vscode.l10n.t('Open a folder first: a tag belongs to a folder.'));
    if (folders.length < 2) return folders[0];
    const current = this.folder();
    const items = folders.map((folder) => ({ label: folder.name, description: this.tagOf(folder.uri.fsPath) ?? 'no tag', detail: folder.uri.fsPath, folder }));
    const sorted = items.toSorted((a, b) => Number(b.folder === current) - Number(a.folder === current));
    return (await vscode.window.showQuickPick(sorted, { title: 'Which folder?' }))?.folder;
  }
}

function confirmLoosening(name: string, next: Environment | undefined): Promise<boolean> {
  const message = vscode.l10n.t('Commands in {0} may be held less strictly.', name);
  const detail = vscode.l10n.t('{0} will count as {1}. What targets production, or something nobody can name, is held as before.', name, next ?? 'untagged');
  return confirmWeakening(message, detail, next ? `Tag as ${next}` : 'Remove Tag');
}
