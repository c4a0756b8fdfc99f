import * as vscode from 'vscode';
import type { Evidence } from '../core/environment/evidence-source.ts';
import type { EvidenceReading } from '../core/environment/evidence.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Engine } from '../gate/engine.ts';
import { watchPlaces } from './environment-watch-places.ts';

export interface EnvironmentWatchOptions {
  /** Absolute paths of the open folders, as they are now. */
  readonly folders: () => readonly string[];
  /** The environment that commands would run in. */
  readonly env: () => Readonly<Record<string, string>>;
  readonly policy: () => Policy;
  readonly log: vscode.LogOutputChannel;
}

/** Another reading of a folder's evidence. */
export interface EvidenceUpdate {
  /** Absolute path. */
  readonly folder: string;
  /** Undefined at the first reading, which changes nothing. */
  readonly before: readonly Evidence[] | undefined;
  readonly after: readonly Evidence[];
}

/** A tool writes its configuration in several steps; it is read once after them. */
const SETTLE_MS = 400;

/** The evidence for every open folder, read again whenever a file it was read from changes, inside the workspace or outside it. */
export class EnvironmentWatch implements vscode.Disposable {
  private readonly options: EnvironmentWatchOptions;
  private readonly changed = new vscode.EventEmitter<readonly EvidenceUpdate[]>();
  private readonly readings = new Map<string, EvidenceReading>();
  private readonly outside = new Map<string, vscode.Disposable>();
  private readonly subscriptions: vscode.Disposable[] = [this.changed];
  private concerns: (path: string) => boolean = () => false;
  private engine: Engine | undefined;
  private timer: NodeJS.Timeout | undefined;
  readonly onDidChange = this.changed.event;

  constructor(options: EnvironmentWatchOptions) {
    this.options = options;
  }

  /** The evidence for an open folder, strictest first. */
  evidence(folder: string): readonly Evidence[] {
    return this.readings.get(folder)?.evidence ?? [];
  }

  /** Reads the evidence for the first time and follows it from then on. */
  start(engine: Engine): void {
    this.engine = engine;
    const inside = vscode.workspace.createFileSystemWatcher('**/*');
    const later = (): void => this.later();
    // A window that comes back may have missed changes: not every disk can be watched.
    this.subscriptions.push(this.follow(inside), vscode.workspace.onDidChangeWorkspaceFolders(later), vscode.window.onDidChangeWindowState(({ focused }) => focused && later()));
    this.read();
  }

  /** To be called when the policy may have changed: it says what some names are. */
  refresh(): void {
    if (this.engine) this.later();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.engine = undefined;
    vscode.Disposable.from(...this.subscriptions, ...this.outside.values()).dispose();
    this.outside.clear();
  }

  private later(): void {
    // Not put off by further changes, so that a file which never rests is read all the same.
    this.timer ??= setTimeout(() => this.read(), SETTLE_MS);
  }

  private read(): void {
    this.timer = undefined;
    const { engine } = this;
    if (!engine) return;
    const open = this.options.folders();
    const updates = open.map((folder) => this.readFolder(folder, engine)).filter((update) => update !== undefined);
    for (const gone of [...this.readings.keys()].filter((folder) => !open.includes(folder))) this.readings.delete(gone);
    this.watch(open);
    if (updates.length > 0) this.changed.fire(updates);
  }

  private readFolder(folder: string, engine: Engine): EvidenceUpdate | undefined {
    try {
      const before = this.readings.get(folder)?.evidence;
      const reading = engine.evidenceHere(folder, this.options.env(), this.options.policy());
      this.readings.set(folder, reading);
      return JSON.stringify(before) === JSON.stringify(reading.evidence) ? undefined : { folder, before, after: reading.evidence };
    } catch (error) {
      // What was known before goes on to count.
      this.options.log.error(`the evidence for ${folder} could not be read`, error);
      return undefined;
    }
  }

  /** Watches what was looked at. A folder that is not there is watched for all the same. */
  private watch(open: readonly string[]): void {
    const { outside, concerns } = watchPlaces([...this.readings.values()], open);
    this.concerns = concerns;
    for (const [folder, watcher] of this.outside) {
      if (outside.includes(folder)) continue;
      watcher.dispose();
      this.outside.delete(folder);
    }
    for (const folder of outside) {
      if (!this.outside.has(folder)) this.outside.set(folder, this.follow(vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.file(folder), '*'))));
    }
  }

  private follow(watcher: vscode.FileSystemWatcher): vscode.Disposable {
    const hear = ({ fsPath }: vscode.Uri): void => {
      if (this.concerns(fsPath)) this.later();
    };
    return vscode.Disposable.from(watcher, watcher.onDidChange(hear), watcher.onDidCreate(hear), watcher.onDidDelete(hear));
  }
}
