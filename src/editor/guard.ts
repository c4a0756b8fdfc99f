import * as vscode from 'vscode';
import type { Adapter } from '../agents/adapter.ts';
import type { Keeper } from '../core/keeping.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Recorder } from '../core/recording.ts';
import type { KnownSecret } from '../core/world.ts';
import { installLauncher } from '../gate/launcher.ts';
import type { Asker } from '../gate/ports.ts';
import type { Gate } from '../gate/server.ts';
import { type State, UnsafeState } from '../gate/state.ts';
import { commands } from '../ids.ts';

export interface GuardOptions {
  readonly state: State;
  readonly adapters: readonly Adapter[];
  /** Path of the hook program that ships with the extension. */
  readonly program: string;
  readonly policy: () => Policy;
  readonly secretsIn: (text: string) => readonly KnownSecret[];
  readonly asker: Asker;
  readonly keeper: Keeper;
  readonly recorder: Recorder;
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

  /** Opens the gate. A failure is shown and told, never thrown: hooks refuse by themselves while nobody answers. */
  async start(): Promise<void> {
    const { log } = this.options;
    const began = performance.now();
    try {
      await installLauncher(this.options.state, { node: process.execPath, program: this.options.program });
      this.gate = await this.open();
      this.subscriptions.push(vscode.window.onDidChangeWindowState(() => this.gate?.update()), vscode.workspace.onDidChangeWorkspaceFolders(() => this.gate?.update()));
      this.trouble = undefined;
      log.info(`the gate is open after ${Math.round(performance.now() - began)} ms, ${this.gate.leads() ? 'leading' : 'following'}`);
    } catch (error) {
      this.trouble = error instanceof UnsafeState ? error.message : 'the gate could not be opened.';
      log.error('the gate could not be opened', error);
      void vscode.window.showErrorMessage(vscode.l10n.t('Interlock is not guarding: {0} Agents with its hooks are refused until this works again.', this.trouble), 'Show Log').then((chosen) => (chosen ? vscode.commands.executeCommand(commands.showLog) : undefined));
    }
    this.changed.fire();
  }

  /** Answers what waits and hands over to another window. */
  async close(): Promise<void> {
    await this.gate?.close();
    this.gate = undefined;
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private async open(): Promise<Gate> {
    const { state, adapters, policy, secretsIn, asker, keeper, recorder, answerWithin, log } = this.options;
    // The rules and readers are the larger part of the bundle; nothing before this needs them.
    const [{ decide }, { createDiskWorld }, { startGate }] = await Promise.all([import('../core/decide.ts'), import('../gate/world/disk-world.ts'), import('../gate/server.ts')]);
    return startGate({
      state,
      folders: () => (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath),
      focused: () => vscode.window.state.focused,
      log: (line) => log.info(line),
      services: { adapters, decide: (action) => decide(action, createDiskWorld({ secretsIn }), policy()), asker, keeper, recorder, now: Date.now, answerWithin },
    });
  }
}
