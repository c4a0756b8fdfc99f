import * as vscode from 'vscode';
import type { Adapter } from '../agents/adapter.ts';
import { UnreadableConfig } from '../agents/adapter.ts';
import type { Recorder } from '../core/recording.ts';
import { installHooks, InstallFailed, uninstallHooks } from '../gate/install.ts';
import type { State } from '../gate/state.ts';
import { commands, settings } from '../ids.ts';
import type { Coverage } from './coverage.ts';
import { listed } from '../core/shown-text.ts';
import { confirmWeakening } from './weaken.ts';

export interface HooksOptions {
  readonly adapters: readonly Adapter[];
  readonly home: string;
  readonly state: State;
  readonly coverage: Coverage;
  readonly recorder: Recorder;
  /** The extension's own memory, in which the offer is remembered. */
  readonly memory: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
}

const OFFERED = 'hooks.offered';
const GUARD = 'Guard Them';
const NOT_NOW = 'Not Now';
const NEVER = "Don't Ask Again";

/** Puts hooks into agents' files and takes them out, always at a person's word. */
export class Hooks {
  private readonly options: HooksOptions;

  constructor(options: HooksOptions) {
    this.options = options;
  }

  /** Offers to guard agents that were not offered before: once for each, and never again after "Don't Ask Again". */
  async offer(): Promise<void> {
    const { memory, log } = this.options;
    const offered = memory.get<readonly string[]>(OFFERED, []);
    const found = this.unguarded();
    if (found.every(({ id }) => offered.includes(id))) return;
    await memory.update(OFFERED, [...new Set([...offered, ...found.map(({ id }) => id)])]);
    const titles = listed(found.map(({ title }) => title), 4);
    const chosen = await vscode.window.showInformationMessage(vscode.l10n.t('Nothing guards {0} on this machine yet. Interlock can hold their destructive actions until you decide.', titles), GUARD, NOT_NOW, NEVER);
    if (chosen === GUARD) await this.change(found.map(({ id }) => id), 'install');
    if (chosen === NEVER) await vscode.workspace.getConfiguration().update(settings.offerHooks, false, vscode.ConfigurationTarget.Global);
    log.info(`offered to guard ${titles}: ${chosen ?? 'no answer'}`);
  }

  /** Lets the person choose among the agents found, those without hooks chosen beforehand. */
  async install(): Promise<void> {
    const agents = (await this.options.coverage.refresh()).filter(({ guarding }) => guarding !== 'absent');
    if (agents.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('No coding agent that Interlock knows was found on this machine.'));
      return;
    }
    const items = agents.map(({ adapter, guarding }) => ({ label: adapter.title, description: guarding === 'guarded' ? 'guarded' : 'not guarded', detail: this.fileOf(adapter.id), picked: true, id: adapter.id }));
    const chosen = await vscode.window.showQuickPick(items, { canPickMany: true, title: 'Guard Agents on This Machine', placeHolder: 'Interlock adds its own entries to these files and leaves the rest of them alone.' });
    if (chosen && chosen.length > 0) await this.change(chosen.map(({ id }) => id), 'install');
  }

  /** Takes hooks out again, after a modal: whoever called this command, only a person can stop the guarding. */
  async uninstall(): Promise<void> {
    const guarded = (await this.options.coverage.refresh()).filter(({ guarding }) => guarding === 'guarded');
    const items = guarded.map(({ adapter }) => ({ label: adapter.title, detail: this.fileOf(adapter.id), id: adapter.id }));
    const chosen = await vscode.window.showQuickPick(items, { title: 'Stop Guarding an Agent', placeHolder: guarded.length === 0 ? 'No agent is guarded.' : 'Which agent?' });
    if (!chosen) return;
    const sure = await confirmWeakening(vscode.l10n.t('{0} will run destructive commands without asking you.', chosen.label), vscode.l10n.t('Interlock takes its entries out of {0}. Agents that are running keep the old hooks until they start again.', chosen.detail), 'Stop Guarding');
    if (sure) await this.change([chosen.id], 'uninstall');
  }

  private unguarded(): readonly { readonly id: string; readonly title: string }[] {
    return this.options.coverage.agents().filter(({ guarding }) => guarding === 'found').map(({ adapter }) => adapter);
  }

  private async change(ids: readonly string[], what: 'install' | 'uninstall'): Promise<void> {
    const { adapters, home, state, coverage, recorder } = this.options;
    const act = what === 'install' ? installHooks : uninstallHooks;
    const failures: string[] = [];
    const done: string[] = [];
    for (const adapter of adapters.filter(({ id }) => ids.includes(id))) {
      try {
        const { file, changed } = await act(adapter, home, state);
        done.push(adapter.title);
        const told = what === 'install' ? `${adapter.title} guarded through ${file}` : `${adapter.title} no longer guarded through ${file}`;
        if (changed) await recorder.record({ type: 'configuration', what: told, by: 'person' }).catch((error: unknown) => this.options.log.error('the journal could not be written', error));
      } catch (error) {
        failures.push(`${adapter.title}: ${this.reason(error)}`);
      }
    }
    await coverage.refresh();
    if (failures.length > 0) void vscode.window.showErrorMessage(failures.join(' '), 'Show Log').then((chosen) => (chosen ? vscode.commands.executeCommand(commands.showLog) : undefined));
    if (done.length > 0) {
      const titles = listed(done, 4);
      void vscode.window.showInformationMessage(what === 'install' ? vscode.l10n.t('{0}: guarded. Agents that are running are guarded once they start again.', titles) : vscode.l10n.t('{0}: no longer guarded.', titles));
    }
  }

  private reason(error: unknown): string {
    this.options.log.error('hooks could not be changed', error);
    return error instanceof UnreadableConfig || error instanceof InstallFailed ? error.message : 'its configuration could not be changed. Nothing was changed.';
  }

  private fileOf(id: string): string {
    return this.options.adapters.find((adapter) => adapter.id === id)?.installation(this.options.home).file ?? '';
  }
}
