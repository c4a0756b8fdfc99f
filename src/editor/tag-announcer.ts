import * as vscode from 'vscode';
import type { Recorder } from '../core/recording.ts';
import type { EnvironmentTags } from './environment-tags.ts';
import type { EvidenceUpdate } from './environment-watch.ts';
import { isLessStrict } from './folder-tags.ts';
import { changeBetween, type EvidenceChange, isNews, tagIn, ToldChanges } from './tag-changes.ts';
import { changeText } from './tag-text.ts';

/** Changes of one kind that came at once; a context of the machine concerns every open folder. */
interface Told {
  readonly change: EvidenceChange;
  readonly folders: readonly vscode.WorkspaceFolder[];
}

/** Tells the person, once, that the evidence for a folder's environment changed while they work. */
export class TagAnnouncer {
  private readonly tags: EnvironmentTags;
  private readonly recorder: Recorder;
  private readonly told = new ToldChanges(Date.now);

  constructor(tags: EnvironmentTags, recorder: Recorder) {
    this.tags = tags;
    this.recorder = recorder;
  }

  /** To be called with every reading that differs from the last. */
  async tell(updates: readonly EvidenceUpdate[]): Promise<void> {
    for (const { change, folders } of this.news(updates)) {
      const [first] = folders;
      if (!first) continue;
      const text = changeText(change, folders.map((folder) => this.tags.place(folder)), this.tagged(first));
      void this.show(text, change, first);
      await this.recorder.record({ type: 'configuration', what: `the evidence changed: ${text} (${folders.map(({ uri }) => uri.fsPath).join(', ')})`, by: 'interlock' });
    }
  }

  private news(updates: readonly EvidenceUpdate[]): readonly Told[] {
    const told = new Map<string, Told>();
    for (const { folder: path, before, after } of updates) {
      const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(path));
      const change = before && changeBetween(before, after);
      const tag = tagIn(this.tags.standing(path));
      if (!folder || !change || !isNews(change, tag) || !this.told.isNew(path, change)) continue;
      const kind = JSON.stringify([change, tag]);
      told.set(kind, { change, folders: [...(told.get(kind)?.folders ?? []), folder] });
    }
    return [...told.values()];
  }

  private tagged({ uri }: vscode.WorkspaceFolder): ReturnType<EnvironmentTags['standing']> {
    const standing = this.tags.standing(uri.fsPath);
    return standing?.by === 'evidence' ? undefined : standing;
  }

  private async show(text: string, { from, to }: EvidenceChange, folder: vscode.WorkspaceFolder): Promise<void> {
    const evidence = vscode.l10n.t('Show Evidence');
    const set = vscode.l10n.t('Set Environment…');
    const eases = isLessStrict(from ?? 'local', to ?? 'local');
    const chosen = await (eases ? vscode.window.showInformationMessage(text, evidence, set) : vscode.window.showWarningMessage(text, evidence, set));
    if (chosen === evidence) await this.tags.showEvidence(folder);
    if (chosen === set) await this.tags.choose({ folder: folder.uri.fsPath });
  }
}
