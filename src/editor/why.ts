import * as vscode from 'vscode';
import type { JournalRecord } from '../journal/record.ts';
import { OVERVIEW, pageOf } from './page-name.ts';
import { ruleOf, whyPage } from './why-page.ts';

const SCHEME = 'interlock-why';
const MOST_PAGES = 20;

/** Pages that say why an action was held, followed by what is known of the tool. They are made when asked for and kept nowhere. */
export class Why implements vscode.Disposable {
  private readonly pages = new Map<string, string>();
  private readonly registered = vscode.workspace.registerTextDocumentContentProvider(SCHEME, { provideTextDocumentContent: (uri) => this.pages.get(uri.path) ?? '' });
  private readonly extension: vscode.Uri;
  private readonly titles: ReadonlyMap<string, string>;

  /** @param titles names of agents by id */
  constructor(extension: vscode.Uri, titles: ReadonlyMap<string, string>) {
    this.extension = extension;
    this.titles = titles;
  }

  /** Shows the page of a row of the Activity view; anything else is not explained. */
  async show(record: JournalRecord | undefined): Promise<void> {
    if (!record) return;
    const path = `/${record.seq} Why was this held?.md`;
    this.pages.set(path, `${whyPage(record, this.titles)}\n---\n\n${await this.rulePage(ruleOf(record))}`);
    const [oldest] = this.pages.keys();
    if (this.pages.size > MOST_PAGES && oldest !== undefined) this.pages.delete(oldest);
    const uri = vscode.Uri.from({ scheme: SCHEME, path });
    // The preview is an extension of the editor's own, which a person may have switched off.
    await vscode.commands.executeCommand('markdown.showPreview', uri).then(undefined, () => vscode.commands.executeCommand('vscode.open', uri));
  }

  dispose(): void {
    this.registered.dispose();
  }

  private async rulePage(rule: string): Promise<string> {
    const folder = vscode.Uri.joinPath(this.extension, 'docs', 'rules');
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, pageOf(rule).page)).then(undefined, () => vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, OVERVIEW)));
    return new TextDecoder().decode(bytes);
  }
}
