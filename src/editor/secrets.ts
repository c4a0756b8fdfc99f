import * as vscode from 'vscode';
import type { FileVerdict } from '../core/secrets/files.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { KnownSecret } from '../core/world.ts';
import type { Engine } from '../gate/engine.ts';
import type { FromWorker } from '../gate/world/index-messages.ts';
import { IndexThread } from '../gate/world/index-thread.ts';
import type { FileEntry, HistoryEntry, KnownSecrets } from '../gate/world/known-secrets.ts';
import { commands } from '../ids.ts';
import { HistoryLook } from './history-look.ts';
import { ScanProgressBar } from './scan-progress.ts';

export interface SecretsOptions {
  /** Absolute folder of the indexes and their salt. */
  readonly store: string;
  /** Program of the thread that finds them. */
  readonly program: string;
  /** Absolute paths of the open folders, as they are now. */
  readonly folders: () => readonly string[];
  readonly policy: () => Policy;
  readonly log: vscode.LogOutputChannel;
}

/** What is known of one open folder. */
export interface FolderSecrets {
  readonly folder: string;
  readonly entries: readonly FileEntry[];
  readonly history: readonly HistoryEntry[];
}

/** Changes come in bursts; they are handed on together. */
const GATHER_MS = 100;
/** How long a window that opens waits for what was known before. */
const KNOWN_WITHIN_MS = 5_000;

/** What is known of the secrets in the open folders: found by a thread of its own, kept up to date, never held as values. */
export class Secrets implements vscode.Disposable {
  private readonly options: SecretsOptions;
  private readonly known = new Map<string, KnownSecrets>();
  /** Folders that are still looked through. */
  private readonly scanning = new Set<string>();
  /** Paths that changed, by folder. */
  private readonly gathered = new Map<string, Set<string>>();
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly progress = new ScanProgressBar();
  private readonly subscriptions: vscode.Disposable[] = [this.changed, this.progress];
  private readonly waiting = new Map<string, () => void>();
  private testValues = new Set<string>();
  private engine: Engine | undefined;
  private thread: IndexThread | undefined;
  private timer: NodeJS.Timeout | undefined;
  private history: HistoryLook | undefined;
  readonly onDidChange = this.changed.event;

  constructor(options: SecretsOptions) {
    this.options = options;
  }

  /** Starts to look through the folders and to follow their changes. Resolves once what was known before is known again. */
  async start(engine: Engine): Promise<void> {
    this.engine = engine;
    this.testValues = engine.loadTestValues(this.options.store);
    this.thread = new IndexThread({ program: this.options.program, take: (message) => this.take(message), died: (why, lost) => this.died(why, lost) });
    const watcher = vscode.workspace.createFileSystemWatcher('**/*');
    const gather = (uri: vscode.Uri): void => this.gather(uri);
    this.subscriptions.push(watcher, watcher.onDidChange(gather), watcher.onDidCreate(gather), watcher.onDidDelete(gather), vscode.workspace.onDidChangeWorkspaceFolders(() => this.follow(engine)));
    await this.follow(engine);
  }

  /** Known secrets whose value stands in a text. */
  secretsIn(text: string): readonly KnownSecret[] {
    return [...this.known.values()].flatMap((known) => known.match(text));
  }

  /** The text without secrets, known ones and whatever looks like one; nothing of it while that cannot be told. */
  mask(text: string): string {
    return this.engine?.mask(text, [...this.known.values()]) ?? '…';
  }

  /** Files with secrets and hidden files, by open folder. */
  folders(): readonly FolderSecrets[] {
    return [...this.known].map(([folder, known]) => ({ folder, entries: known.entries(), history: known.historyEntries() }));
  }

  isScanning(): boolean {
    return this.scanning.size > 0;
  }

  /** What agents may see of a file; undefined before that can be told. */
  verdict(file: string): FileVerdict | undefined {
    const entry = [...this.known.values()].map((known) => known.entryOf(file)).find((each) => each !== undefined);
    return this.engine?.verdictOf(file, entry, this.options.policy(), this.options.folders());
  }

  /** Where the value with a fingerprint lies, and what it is called there. */
  placesOf(fingerprint: string): readonly { readonly name: string; readonly file: string }[] {
    const places = this.folders().flatMap(({ entries, history }) => [...entries.flatMap(({ file, secrets }) => secrets.map((secret) => ({ ...secret, file }))), ...history]);
    return places.filter((place) => place.fingerprint === fingerprint).map(({ name, file }) => ({ name, file }));
  }

  /** True where a value is the one with this fingerprint. */
  isValueOf(value: string, fingerprint: string): boolean {
    return [...this.known.values()].some((known) => known.fingerprint(value) === fingerprint);
  }

  /** True for a value that the person said is for tests. */
  isTestValue(value: string): boolean {
    return [...this.known.values()].some((known) => known.isTestValue(value));
  }

  /** Takes a value for one of tests from now on, in every folder of this person. */
  async markAsTest(fingerprint: string): Promise<void> {
    this.testValues.add(fingerprint);
    await this.testValuesChanged();
  }

  /** Takes every value that was marked for a secret again. */
  async forgetTestValues(): Promise<void> {
    this.testValues.clear();
    await this.testValuesChanged();
  }

  /** Looks through every folder again. */
  rescan(): void {
    for (const folder of this.known.keys()) this.look(folder);
    this.changed.fire();
  }

  /** Stops looking through the folders; what changes is still followed. */
  stopScan(): void {
    this.thread?.stop();
  }

  /** Looks through the git history of every folder for secrets that are in no file any more; shows how far that is. */
  lookIntoHistory(): void {
    const { thread } = this;
    if (this.history?.isOpen()) return;
    if (this.known.size === 0 || thread?.isAlive() !== true) {
      void vscode.window.showInformationMessage(this.known.size === 0 ? vscode.l10n.t('Open a folder to look through its git history.') : vscode.l10n.t('Interlock no longer looks for secrets in this window. Reload the window to try again.'));
      return;
    }
    this.history = new HistoryLook([...this.known.keys()], () => thread.stopHistory());
    for (const folder of this.known.keys()) thread.lookIntoHistory(folder);
  }

  dispose(): void {
    clearTimeout(this.timer);
    void this.thread?.close();
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private async testValuesChanged(): Promise<void> {
    for (const known of this.known.values()) known.reconsider();
    this.changed.fire();
    await this.engine?.saveTestValues(this.options.store, this.testValues);
  }

  private async follow(engine: Engine): Promise<void> {
    const open = this.options.folders();
    for (const gone of [...this.known.keys()].filter((folder) => !open.includes(folder))) this.unfollow(gone);
    const added = open.filter((folder) => !this.known.has(folder));
    for (const folder of added) this.known.set(folder, engine.knownSecrets(folder, this.options.store, this.testValues));
    const ready = Promise.all(added.map((folder) => new Promise<void>((resolve) => this.waiting.set(folder, resolve))));
    for (const folder of added) this.look(folder);
    this.changed.fire();
    let late: NodeJS.Timeout | undefined;
    await Promise.race([ready, new Promise<void>((resolve) => (late = setTimeout(resolve, KNOWN_WITHIN_MS)))]);
    clearTimeout(late);
  }

  private look(folder: string): void {
    if (this.thread?.isAlive() !== true) {
      this.waiting.get(folder)?.();
      return;
    }
    this.scanning.add(folder);
    this.progress.begin();
    this.thread.follow(folder, this.options.store);
  }

  private unfollow(folder: string): void {
    this.known.delete(folder);
    this.gathered.delete(folder);
    this.done(folder);
    this.history?.ended(folder);
    this.thread?.unfollow(folder);
  }

  private take(message: FromWorker): void {
    const { root } = message;
    const known = this.known.get(root);
    if (!known) return;
    switch (message.type) {
      case 'known':
        known.clear();
        known.apply(message.changes);
        this.waiting.get(root)?.();
        this.changed.fire();
        break;
      case 'changes':
        known.apply(message.changes);
        this.changed.fire();
        break;
      case 'progress':
        this.progress.seen(message.progress.seen);
        break;
      case 'scanned': {
        const { progress, milliseconds, stopped } = message;
        this.options.log.info(`${root}: looked through ${progress.seen} files in ${Math.round(milliseconds)} ms, ${progress.withSecrets} with secrets${progress.truncated ? ', more were left out' : ''}${stopped ? ', stopped by you' : ''}`);
        this.done(root);
        break;
      }
      case 'history':
        known.setHistory(message.secrets);
        this.changed.fire();
        break;
      case 'historyProgress':
        this.history?.came(root, message.progress);
        break;
      case 'historyScanned':
        this.options.log.info(`${root}: searched ${message.progress.searched} versions of files in the git history, ${message.progress.secrets} secrets are in no file any more${message.stopped ? ', stopped by you' : ''}`);
        this.history?.came(root, message.progress);
        this.history?.ended(root);
        break;
      case 'historyFailed':
        this.options.log.warn(`${root}: the git history could not be looked through: ${message.why}`);
        this.history?.ended(root, message.why);
        break;
      case 'failed':
        this.failed(root, message.why);
        break;
    }
  }

  private done(folder: string): void {
    this.waiting.get(folder)?.();
    this.waiting.delete(folder);
    this.scanning.delete(folder);
    if (this.scanning.size === 0) this.progress.end();
    this.changed.fire();
  }

  private failed(folder: string, why: string): void {
    this.options.log.error(`${folder}: secrets could not be looked for: ${why}`);
    this.done(folder);
    void vscode.window.showWarningMessage(vscode.l10n.t('Interlock does not know all secrets of {0}: looking for them failed. The log says more.', folder));
  }

  private died(why: string, lost: boolean): void {
    this.options.log.error(`what looks for secrets stopped: ${why}${lost ? '' : '; it was started again'}`);
    for (const folder of this.known.keys()) this.history?.ended(folder, why);
    if (!lost) return;
    for (const folder of this.known.keys()) this.done(folder);
    const show = vscode.l10n.t('Show Log');
    void vscode.window.showWarningMessage(vscode.l10n.t('Interlock no longer follows secrets in this window: looking for them failed twice. What is known so far stays hidden. Reload the window to try again.'), show).then((chosen) => (chosen === show ? vscode.commands.executeCommand(commands.showLog) : undefined));
  }

  private gather(uri: vscode.Uri): void {
    const folder = uri.scheme === 'file' ? vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath : undefined;
    if (folder === undefined || !this.known.has(folder)) return;
    const paths = this.gathered.get(folder) ?? new Set();
    this.gathered.set(folder, paths.add(uri.fsPath));
    this.timer ??= setTimeout(() => this.handOn(), GATHER_MS);
  }

  private handOn(): void {
    this.timer = undefined;
    for (const [folder, paths] of this.gathered) this.thread?.changed(folder, [...paths]);
    this.gathered.clear();
  }
}
