import * as vscode from 'vscode';
import type { Adapter } from '../agents/adapter.ts';
import { UnreadableConfig } from '../agents/adapter.ts';
import type { Recorder } from '../core/recording.ts';
import { forgetGuarded, rememberGuarded } from '../gate/guarded.ts';
import { areHooksInstalledAt, type HookPlace, installHooks, installHooksAt, InstallFailed, managedPlace, ownPlace, projectPlace, readConfig, uninstallHooks, uninstallHooksAt } from '../gate/install.ts';
import type { State } from '../gate/state.ts';
import { commands, settings } from '../ids.ts';
import type { Coverage } from './coverage.ts';
import { listed } from '../core/shown-text.ts';
import { hasHooks, isBroken, type AgentCoverage } from './coverage-rows.ts';
import { chooseScope, placeFor, type Scope, showForAdministrator } from './hook-scopes.ts';
import { confirmWeakening } from './weaken.ts';

export interface HooksOptions {
  readonly adapters: readonly Adapter[];
  readonly home: string;
  readonly state: State;
  /** Absolute paths of the open folders, as they are now. */
  readonly folders: () => readonly string[];
  /** Interlock's own version. */
  readonly version: string;
  readonly coverage: Coverage;
  readonly recorder: Recorder;
  /** The extension's own memory, in which the offer is remembered. */
  readonly memory: vscode.Memento;
  /** Writes the launcher anew. */
  readonly writeLauncher: () => Promise<void>;
  readonly log: vscode.LogOutputChannel;
}

const OFFERED = 'hooks.offered';
const GUARD = 'Guard Them';
const NOT_NOW = 'Not Now';
const NEVER = "Don't Ask Again";
const SHOW_AGENTS = 'Show Agents';

/** Puts hooks into agents' files and takes them out, always at a person's word. */
export class Hooks {
  private readonly options: HooksOptions;

  constructor(options: HooksOptions) {
    this.options = options;
  }

  /** Offers to guard agents that were not offered before: once for each, and never again after "Don't Ask Again". */
  async offer(): Promise<void> {
    const { memory, log, coverage } = this.options;
    const offered = memory.get<readonly string[]>(OFFERED, []);
    const found = coverage.agents().filter(({ standing }) => standing.state === 'found').map(({ adapter }) => adapter);
    if (found.every(({ id }) => offered.includes(id))) return;
    await memory.update(OFFERED, [...new Set([...offered, ...found.map(({ id }) => id)])]);
    const titles = listed(found.map(({ title }) => title), 4);
    const chosen = await vscode.window.showInformationMessage(vscode.l10n.t('Nothing guards {0} on this machine yet. Interlock can hold their destructive actions until you decide.', titles), GUARD, NOT_NOW, NEVER);
    if (chosen === GUARD) await this.guard(found.map(({ id }) => id));
    if (chosen === NEVER) await vscode.workspace.getConfiguration().update(settings.offerHooks, false, vscode.ConfigurationTarget.Global);
    log.info(`offered to guard ${titles}: ${chosen ?? 'no answer'}`);
  }

  /** Lets the person choose among the agents found, or guards the one that was chosen. */
  async install(id?: string): Promise<void> {
    const agents = (await this.options.coverage.refresh()).filter(({ standing }) => standing.state !== 'absent');
    if (agents.some(({ adapter }) => adapter.id === id)) return this.guard([id ?? '']);
    if (agents.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('No coding agent that Interlock knows was found on this machine.'));
      return;
    }
    const { adapters, folders, home, state } = this.options;
    const known = adapters.filter(({ id }) => agents.some(({ adapter }) => adapter.id === id));
    const scope = await chooseScope(known, folders());
    if (scope === undefined) return;
    const items = agents.flatMap(({ adapter: { id, title }, standing }) => {
      const adapter = known.find((each) => each.id === id);
      const place = adapter && placeFor(adapter, scope, home, state);
      return adapter && place ? [{ label: title, description: hasHooks(standing) && !isBroken(standing) ? 'guarded' : 'not guarded', detail: place.installation.file, picked: true, adapter, place }] : [];
    });
    const chosen = await vscode.window.showQuickPick(items, { canPickMany: true, title: 'Guard Agents (2 of 2)', placeHolder: 'Interlock adds its own entries to these files and leaves the rest of them alone.' });
    if (!chosen || chosen.length === 0) return;
    if (scope.for === 'me') await this.guard(chosen.map(({ adapter }) => adapter.id));
    else for (const { adapter, place } of chosen) await this.guardAt(adapter, place, scope);
    if (scope.for !== 'me') this.tell((await this.options.coverage.refresh()).filter(({ adapter, standing }) => hasHooks(standing) && chosen.some((item) => item.adapter.id === adapter.id)));
  }

  /** Takes hooks out again, after a modal: whoever called this command, only a person can stop the guarding. */
  async uninstall(id?: string): Promise<void> {
    const guarded = (await this.options.coverage.refresh()).filter(({ standing, adapter }) => hasHooks(standing) || adapter.id === id);
    const items = (await Promise.all(guarded.map(({ adapter }) => this.placesOf(adapter.id)))).flat();
    const own = items.filter(({ id: agent }) => agent === id);
    const chosen = own.length === 1 ? own[0] : await vscode.window.showQuickPick(items, { title: 'Stop Guarding an Agent', placeHolder: guarded.length === 0 ? 'No agent is guarded.' : 'Which agent?' });
    if (!chosen) return;
    const sure = await confirmWeakening(vscode.l10n.t('{0} will run destructive commands without asking you.', chosen.label), vscode.l10n.t('Interlock takes its entries out of {0}. Agents that are running keep the old hooks until they start again.', chosen.detail), 'Stop Guarding');
    if (sure && chosen.place.id === chosen.id) await this.stopGuarding(chosen.id);
    else if (sure) await this.takeOut(chosen.label, chosen.place);
  }

  /** Everywhere that hooks of ours stand for an agent. */
  private async placesOf(id: string): Promise<readonly { readonly label: string; readonly detail: string; readonly id: string; readonly place: HookPlace }[]> {
    const { adapters, folders, home, state } = this.options;
    const adapter = adapters.find((each) => each.id === id);
    if (adapter === undefined) return [];
    const places = [ownPlace(adapter, home, state), ...folders().map((folder) => projectPlace(adapter, folder)), managedPlace(adapter)].filter((place) => place !== undefined);
    const installed = await Promise.all(places.map(areHooksInstalledAt));
    return places.filter((place, index) => installed[index] || place.id === id).map((place) => ({ label: adapter.title, detail: place.installation.file, id, place }));
  }

  private async takeOut(title: string, place: HookPlace): Promise<void> {
    try {
      const { file, changed } = await uninstallHooksAt(place, this.options.state);
      if (changed) await this.record(`${title} no longer guarded through ${file}`);
    } catch (error) {
      void vscode.window.showErrorMessage(this.reason(error));
    }
    await this.options.coverage.refresh();
  }

  /** Installs hooks for others too; says what an administrator has to do where this person may not. */
  private async guardAt(adapter: Adapter, place: HookPlace, scope: Scope): Promise<void> {
    try {
      const { file, changed } = await installHooksAt(place, this.options.state);
      if (changed) await this.record(`${adapter.title} guarded through ${file}`);
    } catch (error) {
      if (scope.for === 'machine' && error instanceof InstallFailed) await showForAdministrator(adapter.title, place, await readConfig(place.installation.file).catch(() => undefined));
      else void vscode.window.showErrorMessage(this.reason(error));
    }
  }

  private async record(what: string): Promise<void> {
    const { recorder, log } = this.options;
    await recorder.record({ type: 'configuration', what, by: 'person' }).catch((error: unknown) => log.error('the journal could not be written', error));
  }

  /** Takes an agent's hooks out. To be called only after a person has said so. */
  async stopGuarding(id: string): Promise<void> {
    // Before they are gone, so that nobody takes it for the work of something else.
    await forgetGuarded(this.options.state, [id]);
    const done = await this.change([id], 'uninstall');
    await this.options.coverage.refresh();
    if (done.length > 0) void vscode.window.showInformationMessage(vscode.l10n.t('{0}: no longer guarded.', listed(done, 4)));
  }

  /** Writes the launcher and the hooks anew, of one agent or of all that have hooks. It only strengthens. */
  async repair(id?: string): Promise<void> {
    const { coverage, writeLauncher } = this.options;
    await writeLauncher();
    const ids = coverage.agents().filter(({ adapter, standing }) => adapter.id === id || (id === undefined && hasHooks(standing))).map(({ adapter }) => adapter.id);
    await this.guard(ids);
  }

  /** Installs hooks and says whether they answer. */
  async guard(ids: readonly string[]): Promise<void> {
    const { state, version, coverage } = this.options;
    await this.change(ids, 'install');
    await rememberGuarded(state, ids, { now: Date.now(), version, anew: true });
    this.tell((await coverage.refresh()).filter(({ adapter, standing }) => ids.includes(adapter.id) && hasHooks(standing)));
  }

  private tell(agents: readonly AgentCoverage[]): void {
    const working = agents.filter(({ standing }) => !isBroken(standing)).map(({ adapter }) => adapter.title);
    if (working.length > 0) void vscode.window.showInformationMessage(vscode.l10n.t('{0}: guarded. Agents that are running are guarded once they start again.', listed(working, 4)));
    for (const { adapter, standing } of agents) {
      const why = standing.state === 'not alive' ? standing.why : standing.state === 'silenced' ? standing.by[0]?.why : undefined;
      if (why !== undefined) void vscode.window.showWarningMessage(vscode.l10n.t('{0} is not guarded yet. {1}', adapter.title, why), SHOW_AGENTS).then((chosen) => (chosen ? vscode.commands.executeCommand('interlock.coverage.focus') : undefined));
    }
  }

  /** Titles of the agents whose files are now as they should be. */
  private async change(ids: readonly string[], what: 'install' | 'uninstall'): Promise<readonly string[]> {
    const { adapters, home, state } = this.options;
    const act = what === 'install' ? installHooks : uninstallHooks;
    const failures: string[] = [];
    const done: string[] = [];
    for (const adapter of adapters.filter(({ id }) => ids.includes(id))) {
      try {
        const { file, changed } = await act(adapter, home, state);
        done.push(adapter.title);
        const told = what === 'install' ? `${adapter.title} guarded through ${file}` : `${adapter.title} no longer guarded through ${file}`;
        if (changed) await this.record(told);
      } catch (error) {
        failures.push(`${adapter.title}: ${this.reason(error)}`);
      }
    }
    if (failures.length > 0) void vscode.window.showErrorMessage(failures.join(' '), 'Show Log').then((chosen) => (chosen ? vscode.commands.executeCommand(commands.showLog) : undefined));
    return done;
  }

  private reason(error: unknown): string {
    this.options.log.error('hooks could not be changed', error);
    return error instanceof UnreadableConfig || error instanceof InstallFailed ? error.message : 'its configuration could not be changed. Nothing was changed.';
  }
}
