import * as vscode from 'vscode';
import type { Adapter } from '../agents/adapter.ts';
import type { Action } from '../core/action.ts';
import { canaryOf } from '../core/canary.ts';
import { isInside } from '../core/files/path.ts';
import type { Keeper } from '../core/keeping.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Recorder } from '../core/recording.ts';
import { oneLine } from '../core/shown-text.ts';
import type { Verdict } from '../core/verdict.ts';
import type { KnownSecret } from '../core/world.ts';
import { backupMaker } from '../gate/backups.ts';
import { rowCounter } from '../gate/counted-rows.ts';
import type { Engine } from '../gate/engine.ts';
import { Granted } from '../gate/granted.ts';
import { compileProgram, installLauncher } from '../gate/launcher.ts';
import type { Asker } from '../gate/ports.ts';
import { type Gate, startGate } from '../gate/server.ts';
import type { Sessions } from '../gate/sessions.ts';
import { SharedCalls } from '../gate/shared-calls.ts';
import { type State, UnsafeState } from '../gate/state.ts';
import { commands } from '../ids.ts';

export interface GuardOptions {
  readonly state: State;
  readonly adapters: readonly Adapter[];
  /** Path of the hook program that ships with the extension. */
  readonly program: string;
  readonly policy: () => Policy;
  readonly secrets: { secretsIn(text: string): readonly KnownSecret[]; isTestValue(value: string): boolean };
  /** The text without the values of secrets. */
  readonly mask: (text: string) => string;
  readonly asker: Asker;
  readonly keeper: Keeper;
  readonly recorder: Recorder;
  readonly sessions: Sessions;
  /** An agent asked for something. */
  readonly noteAgent: (id: string) => void;
  /** Milliseconds a person has for an answer. */
  readonly answerWithin: () => number;
  readonly log: vscode.LogOutputChannel;
}

/** The part that agents' hooks talk to: the launcher they call and the gate that answers. */
export class Guard implements vscode.Disposable {
  private readonly options: GuardOptions;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable[] = [this.changed];
  private gate: Gate | undefined;
  private trouble: string | undefined = 'it is starting';
  readonly onDidChange = this.changed.event;

  constructor(options: GuardOptions) {
    this.options = options;
  }

  /** Why nothing is guarded by this window; undefined while the gate is open. */
  failure(): string | undefined {
    return this.trouble;
  }

  /** Puts the launcher where hooks call it, and opens the gate. */
  async start(engine: Engine): Promise<void> {
    const began = performance.now();
    await this.writeLauncher();
    this.gate = await this.open(engine);
    // Hooks work without, and start later.
    void compileProgram(this.options.state, process.execPath).catch((error: unknown) => this.options.log.info(`the engine was not compiled ahead: ${error instanceof Error ? error.name : 'unknown error'}`));
    this.subscriptions.push(vscode.window.onDidChangeWindowState(() => this.gate?.update()), vscode.workspace.onDidChangeWorkspaceFolders(() => this.gate?.update()));
    this.trouble = undefined;
    this.changed.fire();
    this.options.log.info(`the gate is open after ${Math.round(performance.now() - began)} ms, ${this.gate.leads() ? 'leading' : 'following'}`);
  }

  /** True while this window answers the well-known socket, which one window of a machine does. */
  leads(): boolean {
    return this.gate?.leads() ?? false;
  }

  /** Writes the launcher, and the program it runs, anew. */
  writeLauncher(): Promise<void> {
    return installLauncher(this.options.state, { node: process.execPath, program: this.options.program });
  }

  /** Shows and tells that nothing is guarded. Hooks refuse by themselves while nobody answers. */
  fail(error: unknown): void {
    this.options.log.error('the start did not finish', error);
    // What opened stays open: the gate answers although something after it failed.
    if (this.gate) return;
    this.trouble = error instanceof UnsafeState ? error.message : 'the gate could not be opened.';
    this.changed.fire();
    void vscode.window.showErrorMessage(vscode.l10n.t('Interlock is not guarding: {0} Agents with its hooks are refused until this works again.', this.trouble), 'Show Log').then((chosen) => (chosen ? vscode.commands.executeCommand(commands.showLog) : undefined));
  }

  /** Answers what waits and hands over to another window. */
  async close(): Promise<void> {
    await this.gate?.close();
    this.gate = undefined;
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private open(engine: Engine): Promise<Gate> {
    const { state, adapters, policy, secrets, noteAgent, mask, asker, keeper, recorder, sessions, answerWithin, log } = this.options;
    const folders = (): readonly string[] => (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);
    const decide = (action: Action): Verdict => {
      if (canaryOf(action) === undefined) noteAgent(action.agent);
      // A program in an agent's shell does not know which folders are open.
      const placed = action.agent === 'shell' && action.workspaceRoots.length === 0 ? { ...action, workspaceRoots: folders().filter((folder) => isInside(action.cwd, folder, state.platform)) } : action;
      return engine.decideHere(placed, { secretsIn: (text) => secrets.secretsIn(text), isTestValue: (value) => secrets.isTestValue(value) }, policy());
    };
    const granted = new Granted(Date.now);
    this.subscriptions.push({ dispose: sessions.onChange(() => (sessions.isStopped() ? granted.clear() : undefined)) });
    return startGate({
      state,
      folders,
      focused: () => vscode.window.state.focused,
      log: (line) => log.info(line),
      services: { adapters, decide, losses: engine.losses, countRows: rowCounter({ policy }), backups: backupMaker({ policy, now: Date.now, show: (name, ended) => showBackup(mask(name), ended) }), asker, keeper, recorder, sessions, calls: new SharedCalls(Date.now), granted, mask, now: Date.now, answerWithin, masker: engine.maskerBy(state.launcher) },
    });
  }
}

/** Says that a backup is being made; cancelling it refuses the action. */
function showBackup(name: string, ended: Promise<unknown>): AbortSignal {
  const stop = new AbortController();
  const title = name === '' ? vscode.l10n.t('Making the backup that has to be there first…') : vscode.l10n.t('Backing up {0} before it is lost…', oneLine(name, 80));
  void vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, (_progress, cancelled) => {
    cancelled.onCancellationRequested(() => stop.abort());
    return Promise.resolve(ended);
  });
  return stop.signal;
}
