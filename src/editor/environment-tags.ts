import * as vscode from 'vscode';
import type { Environment } from '../core/effect.ts';
import type { Evidence } from '../core/environment/evidence-source.ts';
import type { Recorder } from '../core/recording.ts';
import { type FolderTag, type Standing, standingOf, type Tag, tagOf, weakens, withTag } from './folder-tags.ts';
import { tagRequest } from './tag-request.ts';
import { evidenceList, type Place, type TagRow, tagRows } from './tag-text.ts';
import { confirmWeakening } from './weaken.ts';

/** Where tags are kept: the person's own state, which no agent may write. */
export interface TagStore {
  /** All tags in force. */
  readonly tags: () => readonly FolderTag[];
  /** Those of them that the person chose. */
  readonly chosen: () => readonly FolderTag[];
  /** Keeps the person's choice for a folder; undefined takes it back. */
  readonly choose: (folder: string, environment: Tag | undefined) => Promise<void>;
  /** What speaks of the environment of an open folder. */
  readonly evidence: (folder: string) => readonly Evidence[];
  readonly home: string;
}

type TagItem = vscode.QuickPickItem & { readonly row: TagRow };

/** What the open folders count as, and the way a person changes it. */
export class EnvironmentTags implements vscode.Disposable {
  private readonly store: TagStore;
  private readonly recorder: Recorder;
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(store: TagStore, recorder: Recorder) {
    this.store = store;
    this.recorder = recorder;
  }

  /** What a path counts as, and who says so. */
  standing(path: string): Standing | undefined {
    return standingOf(path, this.store.tags(), this.store.chosen(), this.evidence(path));
  }

  /** What a question about a path may measure its target by: a tag, else evidence of an environment that others rely on. */
  believed(path: string): Environment | undefined {
    const standing = this.standing(path);
    return standing?.by === 'evidence' && standing.environment !== 'production' && standing.environment !== 'staging' ? undefined : standing?.environment;
  }

  /** What speaks of the environment of a path, strictest first. */
  evidence(path: string): readonly Evidence[] {
    const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(path));
    return folder ? this.store.evidence(folder.uri.fsPath) : [];
  }

  /** To be called when the tags in force or the evidence may have changed. */
  refresh(): void {
    this.changed.fire();
  }

  /** The folder the status bar speaks of: that of the active editor, else the first. */
  folder(): vscode.WorkspaceFolder | undefined {
    const active = vscode.window.activeTextEditor?.document.uri;
    return (active && vscode.workspace.getWorkspaceFolder(active)) ?? vscode.workspace.workspaceFolders?.[0];
  }

  /** The folder as texts name it. */
  place({ name, uri }: vscode.WorkspaceFolder): Place {
    return { name, path: uri.fsPath, home: this.store.home };
  }

  /**
   * Lets the person choose. A tag that lets more through is put to them in a modal, whoever called for it.
   * @param argument what the caller of the command passed
   */
  async choose(argument?: unknown): Promise<void> {
    const asked = tagRequest(argument);
    const folder = this.namedFolder(asked.folder) ?? (await this.pickFolder());
    if (!folder) return;
    const picked = asked.environment ? { tag: asked.environment === 'none' ? undefined : asked.environment } : await this.pickTag(folder);
    if (picked) await this.apply(folder, picked.tag);
  }

  /** Shows what speaks of a folder's environment, and lets the person set it. */
  async showEvidence(folder: vscode.WorkspaceFolder): Promise<void> {
    const path = folder.uri.fsPath;
    const set = vscode.l10n.t('Set Environment…');
    const chosen = await vscode.window.showInformationMessage(vscode.l10n.t('Evidence for the environment of {0}', folder.name), { modal: true, detail: evidenceList(this.evidence(path), this.place(folder)) }, set);
    if (chosen === set) await this.choose({ folder: path });
  }

  dispose(): void {
    this.changed.dispose();
  }

  private async apply(folder: vscode.WorkspaceFolder, tag: Tag | undefined): Promise<void> {
    const path = folder.uri.fsPath;
    const now = tagOf(path, this.store.tags());
    if (tag === undefined && !this.store.chosen().some((chosen) => chosen.folder === path)) {
      void vscode.window.showInformationMessage(vscode.l10n.t('{0} has no tag of yours.', folder.name));
      return;
    }
    const next = tag && tagOf(path, withTag(this.store.tags(), path, tag));
    if (weakens(now, next) && !(await this.confirmLoosening(folder, now, next))) {
      await this.recorder.record({ type: 'configuration', what: `${folder.name} stays ${now ?? 'untagged'}: ${next ?? 'no tag'} was not confirmed (${path})`, by: 'person' });
      return;
    }
    await this.store.choose(path, tag);
    await this.recorder.record({ type: 'configuration', what: tag ? `${folder.name} tagged ${tag} (${path})` : `${folder.name} not tagged any more (${path})`, by: 'person' });
    this.changed.fire();
    const inForce = tagOf(path, this.store.tags());
    if (tag && inForce !== tag) void vscode.window.showWarningMessage(vscode.l10n.t('{0} stays {1}: a policy that comes before yours says so.', folder.name, inForce ?? vscode.l10n.t('untagged')));
  }

  private confirmLoosening(folder: vscode.WorkspaceFolder, now: Environment | undefined, next: Environment | undefined): Promise<boolean> {
    const message = vscode.l10n.t('Commands in {0} may be held less strictly.', folder.name);
    const change = vscode.l10n.t('{0} is {1} now and will count as {2}. What targets production, or something nobody can name, is held as before.', folder.name, now ?? 'untagged', next ?? 'untagged');
    const evidence = vscode.l10n.t('Evidence:\n{0}', evidenceList(this.evidence(folder.uri.fsPath), this.place(folder)));
    return confirmWeakening(message, `${change}\n\n${evidence}`, next ? vscode.l10n.t('Tag as {0}', next) : vscode.l10n.t('Remove Tag'));
  }

  /** Undefined when the person chose nothing. */
  private async pickTag(folder: vscode.WorkspaceFolder): Promise<{ readonly tag: Tag | undefined } | undefined> {
    const path = folder.uri.fsPath;
    const standing = this.standing(path);
    const items = tagRows(standing, this.evidence(path), this.place(folder)).map(itemOf);
    const placeHolder = standing === undefined ? vscode.l10n.t('It has no tag yet.') : standing.by === 'evidence' ? vscode.l10n.t('It has no tag yet. The evidence says {0}.', standing.environment) : vscode.l10n.t('It is {0} now.', standing.environment);
    const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Environment of {0}', folder.name), placeHolder, matchOnDescription: true, matchOnDetail: true });
    // A piece of evidence is there to be read; who chooses it wants to see the rest of it.
    if (picked?.row.kind === 'evidence') await this.showEvidence(folder);
    return picked?.row.kind === 'choice' ? { tag: picked.row.tag } : undefined;
  }

  private namedFolder(path: string | undefined): vscode.WorkspaceFolder | undefined {
    return path === undefined ? undefined : vscode.workspace.workspaceFolders?.find(({ uri }) => uri.fsPath === path);
  }

  private async pickFolder(): Promise<vscode.WorkspaceFolder | undefined> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    if (folders.length === 0) void vscode.window.showInformationMessage(vscode.l10n.t('Open a folder first: a tag belongs to a folder.'));
    if (folders.length < 2) return folders[0];
    const current = this.folder();
    const items = folders.map((folder) => ({ label: folder.name, description: shortly(this.standing(folder.uri.fsPath)), detail: folder.uri.fsPath, folder }));
    const sorted = items.toSorted((a, b) => Number(b.folder === current) - Number(a.folder === current));
    return (await vscode.window.showQuickPick(sorted, { title: vscode.l10n.t('Which folder?') }))?.folder;
  }
}

function itemOf(row: TagRow): TagItem {
  if (row.kind === 'heading') return { label: row.label, kind: vscode.QuickPickItemKind.Separator, row };
  return { label: row.label, description: row.description, row, ...(row.kind === 'choice' ? { detail: row.detail } : {}) };
}

function shortly(standing: Standing | undefined): string {
  if (standing === undefined) return vscode.l10n.t('no tag');
  return standing.by === 'evidence' ? `${standing.environment}?` : standing.environment;
}
