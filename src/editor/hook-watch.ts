import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { Adapter } from '../agents/adapter.ts';
import type { Recorder } from '../core/recording.ts';
import { type Drift, mendDrift } from '../gate/drift.ts';
import { rememberGuarded } from '../gate/guarded.ts';
import { isFound } from '../gate/standing.ts';
import type { State } from '../gate/state.ts';
import type { Coverage } from './coverage.ts';
import { hasHooks } from './coverage-rows.ts';
import type { Hooks } from './hooks.ts';
import { CANCEL } from './question-text.ts';

export interface HookWatchOptions {
  readonly adapters: readonly Adapter[];
  readonly home: string;
  readonly state: State;
  /** Interlock's own version. */
  readonly version: string;
  readonly coverage: Coverage;
  readonly hooks: Hooks;
  readonly recorder: Recorder;
  readonly writeLauncher: () => Promise<void>;
  readonly log: vscode.LogOutputChannel;
}

const EVERY_MS = 10 * 60_000;
/** Agents write their settings in several steps. */
const SETTLE_MS = 1_500;
/** How often a window writes a launcher anew that has stopped working. */
const MOST_LAUNCHERS = 3;

const STOP = 'Stop Guarding';
const SHOW_FILE = 'Show File';
const PUT_BACK = 'Put Back';

/** Keeps the hooks of guarded agents where they are and alive: looks at start, when a file they depend on changes, and every ten minutes. */
export class HookWatch implements vscode.Disposable {
  private readonly options: HookWatchOptions;
  private readonly watchers = new Map<string, vscode.Disposable>();
  private readonly subscriptions: vscode.Disposable[] = [];
  private files: ReadonlySet<string> = new Set();
  private timer: NodeJS.Timeout | undefined;
  private schedule: NodeJS.Timeout | undefined;
  private launchers = 0;

  constructor(options: HookWatchOptions) {
    this.options = options;
  }

  /** Looks for the first time and goes on looking. Hooks that already stand where they should are taken for wanted. */
  async start(): Promise<void> {
    const { coverage, state, version } = this.options;
    await this.mendAll();
    const agents = await coverage.refresh();
    await rememberGuarded(state, agents.filter(({ standing }) => hasHooks(standing)).map(({ adapter }) => adapter.id), { now: Date.now(), version, anew: false });
    this.watch();
    this.subscriptions.push(coverage.onDidChangeTreeData(() => this.watch()), vscode.workspace.onDidChangeWorkspaceFolders(() => this.later()));
    this.schedule = setInterval(() => this.later(), EVERY_MS);
  }

  dispose(): void {
    clearTimeout(this.timer);
    clearInterval(this.schedule);
    vscode.Disposable.from(...this.subscriptions, ...this.watchers.values()).dispose();
    this.watchers.clear();
  }

  private later(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.look().catch((error: unknown) => this.options.log.error('the hooks could not be looked at', error));
    }, SETTLE_MS);
  }

  private async look(): Promise<void> {
    await this.mendAll();
    const agents = await this.options.coverage.refresh();
    if (agents.some(({ standing }) => standing.state === 'not alive') && this.launchers < MOST_LAUNCHERS) await this.mendLauncher();
  }

  private async mendAll(): Promise<void> {
    const { adapters, home, state, version, log } = this.options;
    for (const adapter of adapters) {
      // Of an agent that was removed nothing is put back.
      if (!(await isFound(adapter, home))) continue;
      const drift = await mendDrift(adapter, { home, state, version, now: Date.now() }).catch((error: unknown) => {
        log.error(`the hooks of ${adapter.title} could not be looked at`, error);
        return { kind: 'none' } as const;
      });
      await this.tell(adapter, drift);
    }
  }

  private async tell(adapter: Adapter, drift: Drift): Promise<void> {
    const { title, id } = adapter;
    switch (drift.kind) {
      case 'put back': {
        await this.record(`The hooks of ${title} were ${drift.what} in ${drift.file} and were put back`);
        const at = new Date().toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
        void vscode.window.showWarningMessage(vscode.l10n.t('{0}’s hooks were {1} at {2}; Interlock has put them back.', title, drift.what, at), SHOW_FILE, STOP).then((chosen) => this.heed(chosen, id, drift.file));
        return;
      }
      case 'given up':
        await this.record(`The hooks of ${title} were ${drift.what} in ${drift.file} again, after ${drift.times} times today, and were not put back`);
        void this.ask(adapter, drift);
        return;
      case 'cannot be put back':
        this.options.log.error(`the hooks of ${title} could not be put back`, drift.error);
        return;
      case 'none':
    }
  }

  private async heed(chosen: string | undefined, agent: string, file: string): Promise<void> {
    if (chosen === SHOW_FILE) await vscode.window.showTextDocument(vscode.Uri.file(file));
    if (chosen === STOP) await this.options.hooks.uninstall(agent);
  }

  /** Something takes the hooks away again and again: whether they are wanted is for the person to say. */
  private async ask({ title, id }: Adapter, { file, times }: Extract<Drift, { kind: 'given up' }>): Promise<void> {
    const chosen = await vscode.window.showWarningMessage(
      vscode.l10n.t('{0} is not guarded: its hooks were taken away again.', title),
      { modal: true, detail: vscode.l10n.t('Interlock has put them back {0} times today. Something else writes {1}: another extension, a program that keeps your settings in step, or an agent.', times, file) },
      { title: PUT_BACK },
      { title: STOP },
      { title: CANCEL, isCloseAffordance: true },
    );
    if (chosen?.title === PUT_BACK) await this.options.hooks.guard([id]);
    if (chosen?.title === STOP) await this.options.hooks.stopGuarding(id);
  }

  /** The entries are there and do not answer: what they call may be gone or broken. */
  private async mendLauncher(): Promise<void> {
    const { coverage, writeLauncher, state, log } = this.options;
    this.launchers += 1;
    const before = coverage.agents().flatMap(({ standing }) => (standing.state === 'not alive' ? [standing.why] : []));
    try {
      await writeLauncher();
    } catch (error) {
      log.error('the launcher could not be written', error);
      return;
    }
    const after = await coverage.refresh();
    if (after.some(({ standing }) => standing.state === 'not alive')) return;
    await this.record(`The launcher ${state.launcher} did not work and was written anew. ${before[0] ?? ''}`);
    void vscode.window.showWarningMessage(vscode.l10n.t('Interlock’s launcher did not work; it was written anew, and the hooks answer again.'));
  }

  private async record(what: string): Promise<void> {
    const { recorder, log } = this.options;
    await recorder.record({ type: 'configuration', what, by: 'interlock' }).catch((error: unknown) => log.error('the journal could not be written', error));
  }

  /** Watches the folders of what the standing was read from. A folder that is not there is watched for all the same. */
  private watch(): void {
    const { coverage, state } = this.options;
    this.files = new Set([...coverage.watched(), state.launcher, state.program]);
    const folders = new Set([...this.files].map((file) => dirname(file)));
    for (const [folder, watcher] of this.watchers) {
      if (folders.has(folder)) continue;
      watcher.dispose();
      this.watchers.delete(folder);
    }
    for (const folder of folders) if (!this.watchers.has(folder)) this.watchers.set(folder, this.follow(folder));
  }

  private follow(folder: string): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.file(folder), '*'));
    const hear = ({ fsPath }: vscode.Uri): void => {
      if (this.files.has(fsPath)) this.later();
    };
    return vscode.Disposable.from(watcher, watcher.onDidChange(hear), watcher.onDidCreate(hear), watcher.onDidDelete(hear));
  }
}
