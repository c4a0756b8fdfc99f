import * as vscode from 'vscode';
import type { KnownSecret } from '../core/world.ts';
import type { Engine } from '../gate/engine.ts';
import type { SecretIndex } from '../gate/world/secret-index.ts';

export interface SecretsOptions {
  /** Absolute folder of the indexes and their salt. */
  readonly store: string;
  /** Absolute paths of the open folders, as they are now. */
  readonly folders: () => readonly string[];
  readonly log: vscode.LogOutputChannel;
}

/** Changes come in bursts; the index is saved once after the last. */
const SAVE_AFTER_MS = 2_000;

/** What is known of the secrets in the open folders: found in the background, kept up to date, never held as values. */
export class Secrets implements vscode.Disposable {
  private readonly options: SecretsOptions;
  private readonly indexes = new Map<string, SecretIndex>();
  private readonly stop = new AbortController();
  private readonly subscriptions: vscode.Disposable[] = [];
  private engine: Engine | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(options: SecretsOptions) {
    this.options = options;
  }

  /** Takes what is known already, then looks through the folders file by file and follows their changes. Resolves when all were looked through. */
  async start(engine: Engine): Promise<void> {
    this.engine = engine;
    const watcher = vscode.workspace.createFileSystemWatcher('**/*');
    const update = (uri: vscode.Uri): Promise<void> => this.update(uri);
    this.subscriptions.push(watcher, watcher.onDidChange(update), watcher.onDidCreate(update), watcher.onDidDelete(update), vscode.workspace.onDidChangeWorkspaceFolders(() => this.follow(engine)));
    await this.follow(engine);
  }

  /** Known secrets whose value stands in a text. */
  secretsIn(text: string): readonly KnownSecret[] {
    return [...this.indexes.values()].flatMap((index) => index.match(text));
  }

  /** The text without secrets, known ones and whatever looks like one; nothing of it while that cannot be told. */
  mask(text: string): string {
    return this.engine?.mask(text, [...this.indexes.values()]) ?? '…';
  }

  dispose(): void {
    this.stop.abort();
    clearTimeout(this.timer);
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private async follow(engine: Engine): Promise<void> {
    const { folders, store, log } = this.options;
    const open = folders();
    for (const gone of [...this.indexes.keys()].filter((folder) => !open.includes(folder))) this.indexes.delete(gone);
    for (const folder of open.filter((candidate) => !this.indexes.has(candidate))) {
      try {
        const index = engine.loadIndex(folder, store);
        this.indexes.set(folder, index);
        await this.scan(folder, index);
      } catch (error) {
        log.error('secrets could not be looked for', error);
        void vscode.window.showWarningMessage(vscode.l10n.t('Interlock does not know the secrets of {0}: looking for them failed. The log says more.', folder));
      }
    }
  }

  private async scan(folder: string, index: SecretIndex): Promise<void> {
    const began = performance.now();
    let seen = 0;
    let withSecrets = 0;
    let truncated = false;
    for await (const progress of index.scan({ signal: this.stop.signal })) ({ seen, withSecrets, truncated } = progress);
    if (this.stop.signal.aborted) return;
    await index.save();
    this.options.log.info(`${folder}: looked through ${seen} files in ${Math.round(performance.now() - began)} ms, ${withSecrets} with secrets${truncated ? ', more were left out' : ''}`);
  }

  private async update(uri: vscode.Uri): Promise<void> {
    if (uri.scheme !== 'file') return;
    const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath;
    const index = folder === undefined ? undefined : this.indexes.get(folder);
    if (!index) return;
    await index.update(uri.fsPath).catch((error: unknown) => this.options.log.warn('a file could not be looked through', error));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.save(), SAVE_AFTER_MS);
  }

  private async save(): Promise<void> {
    try {
      await Promise.all([...this.indexes.values()].map((index) => index.save()));
    } catch (error) {
      this.options.log.warn('what is known of secrets could not be saved', error);
    }
  }
}
