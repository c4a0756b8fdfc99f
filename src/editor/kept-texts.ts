import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { FileVerdict } from '../core/secrets/files.ts';
import { onDisk } from '../vault/disk-path.ts';
import type { FileEntry, Manifest } from '../vault/manifest.ts';
import type { Vault } from '../vault/vault.ts';

const SCHEME = 'interlock-kept';
/** Differences shown at once, and the largest file; bytes. */
const MOST = 50;
const LARGEST = 512 * 1024;

/** Why the difference of a file is not shown. */
type NotShown = 'hidden' | 'other';

export interface Looked {
  readonly shown: number;
  readonly notShown: ReadonlyMap<string, NotShown>;
}

export interface KeptTextsSecrets {
  /** Undefined while nobody can tell. */
  readonly verdict: (path: string) => FileVerdict | undefined;
  readonly mask: (text: string) => string;
}

/**
 * Copies of the vault as read-only texts, beside the files as they are now. A text is there only while a person looks at it: whoever
 * knows the scheme cannot read the vault through it.
 */
export class KeptTexts implements vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly subscription: vscode.Disposable;
  private readonly vault: Pick<Vault, 'content'>;
  private readonly secrets: KeptTextsSecrets;
  private looks = 0;

  constructor(vault: Pick<Vault, 'content'>, secrets: KeptTextsSecrets) {
    this.vault = vault;
    this.secrets = secrets;
    this.subscription = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, { provideTextDocumentContent: (uri) => this.texts.get(uri.toString()) ?? '' }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.texts.delete(uri.toString())),
    );
  }

  dispose(): void {
    this.subscription.dispose();
  }

  /** Opens the differences between the copies of some files and the files as they are. */
  async show({ entries, title }: Manifest, paths: readonly string[]): Promise<Looked> {
    const wanted = new Set(paths);
    const notShown = new Map<string, NotShown>(paths.map((path) => [path, (this.secrets.verdict(path) ?? 'hidden') === 'hidden' ? 'hidden' : 'other']));
    const pairs: { readonly kept: vscode.Uri; readonly now: vscode.Uri; readonly path: string }[] = [];
    this.texts.clear();
    this.looks += 1;
    for (const entry of entries) {
      if (pairs.length >= MOST) break;
      if (entry.type !== 'file' || !wanted.has(entry.path) || notShown.get(entry.path) === 'hidden') continue;
      const text = this.textOf(entry);
      if (text === undefined) continue;
      const kept = vscode.Uri.from({ scheme: SCHEME, path: vscode.Uri.file(entry.path).path, query: String(this.looks) });
      this.texts.set(kept.toString(), text);
      pairs.push({ kept, now: vscode.Uri.file(entry.path), path: entry.path });
      notShown.delete(entry.path);
    }
    const [first] = pairs;
    if (first && pairs.length === 1) await vscode.commands.executeCommand('vscode.diff', first.kept, first.now, vscode.l10n.t('{0} (kept copy ↔ now)', basename(first.path)));
    else if (first) await vscode.commands.executeCommand('vscode.changes', vscode.l10n.t('Kept copies ↔ now: {0}', title), pairs.map(({ kept, now }) => [now, kept, now]));
    return { shown: pairs.length, notShown };
  }

  /** Undefined where it is no text, or too large, or damaged. */
  private textOf(entry: FileEntry): string | undefined {
    if (entry.size > LARGEST || typeof onDisk(entry.path) !== 'string') return undefined;
    const content = this.vault.content(entry);
    return content === undefined || content.includes(0) ? undefined : this.secrets.mask(content.toString('utf8'));
  }
}
