import * as vscode from 'vscode';
import type { Policy } from '../core/policy/policy.ts';
import type { Recorder } from '../core/recording.ts';
import { hiddenPatterns } from '../core/secrets/name-patterns.ts';
import { ignoreFileStates, removeIgnoreFile, writeIgnoreFile, type IgnoreFileState } from '../gate/ignore-files.ts';
import { changesOf, ignoreFileRows } from './ignore-file-rows.ts';
import { listed } from '../core/shown-text.ts';
import { confirmWeakening } from './weaken.ts';

export interface IgnoreFilesOptions {
  /** Absolute paths of the open folders, as they are now. */
  readonly folders: () => readonly string[];
  readonly policy: () => Policy;
  readonly recorder: Recorder;
  /** The workspace's own memory: the files a person has chosen. */
  readonly memory: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
}

const CHOSEN = 'ignoreFiles.chosen';

/** Agents' ignore files and deny rules: written where a person has chosen so, and kept in step with the policy from then on. */
export class IgnoreFiles {
  private readonly options: IgnoreFilesOptions;

  constructor(options: IgnoreFilesOptions) {
    this.options = options;
  }

  /** Lets the person choose the files of a folder, each with what it holds and what not. */
  async choose(): Promise<void> {
    const folder = await this.folder();
    if (folder === undefined) return;
    const states = await ignoreFileStates(folder, hiddenPatterns(this.options.policy()));
    const problems = states.flatMap(({ problem }) => problem ?? []);
    if (problems.length > 0) void vscode.window.showWarningMessage(problems.join(' '));
    const rows = ignoreFileRows(states);
    const chosen = await vscode.window.showQuickPick(rows, { canPickMany: true, matchOnDescription: true, title: 'Write Ignore Files', placeHolder: 'A first fence only: none of these files holds what agents do in the terminal.' });
    if (chosen === undefined) return;
    const { write, remove } = changesOf(rows, chosen);
    const kept = remove.length === 0 || (await this.mayRemove(remove)) ? remove : [];
    const failures = [...(await this.change(write, (state) => this.write(state, folder))), ...(await this.change(kept, ({ file }) => removeIgnoreFile(file, folder)))];
    await this.remember(chosen.map(({ state }) => state.path), kept.map(({ path }) => path));
    await this.record(write, 'written');
    await this.record(kept, 'taken out');
    if (failures.length > 0) void vscode.window.showErrorMessage(failures.join(' '));
    else if (write.length + kept.length > 0) void vscode.window.showInformationMessage(vscode.l10n.t('{0}: done. Agents that are running may read their ignore files only when they start again.', listed([...write, ...kept].map(({ file }) => file.path), 4)));
  }

  /** Brings the chosen files in step with the policy. What somebody has taken out of a file stays out. */
  async follow(): Promise<void> {
    const chosen = this.options.memory.get<readonly string[]>(CHOSEN, []);
    if (chosen.length === 0) return;
    for (const folder of this.options.folders()) {
      const stale = (await ignoreFileStates(folder, hiddenPatterns(this.options.policy()))).filter(({ path, rules }) => rules === 'stale' && chosen.includes(path));
      for (const failure of await this.change(stale, (state) => this.write(state, folder))) this.options.log.warn(failure);
      await this.record(stale, 'brought in step with the policy', 'interlock');
    }
  }

  private write({ file }: IgnoreFileState, folder: string): Promise<boolean> {
    return writeIgnoreFile(file, folder, hiddenPatterns(this.options.policy()));
  }

  private async folder(): Promise<string | undefined> {
    const folders = this.options.folders();
    if (folders.length > 1) return vscode.window.showQuickPick(folders, { title: 'Write Ignore Files', placeHolder: 'In which folder?' });
    if (folders.length === 0) void vscode.window.showInformationMessage(vscode.l10n.t('Open a folder first: ignore files belong to one.'));
    return folders[0];
  }

  private mayRemove(states: readonly IgnoreFileState[]): Promise<boolean> {
    const titles = listed(states.map(({ file }) => file.title), 4);
    return confirmWeakening(vscode.l10n.t('{0} may see secret files with its own tools again.', titles), vscode.l10n.t('Interlock takes its rules out of {0}.', listed(states.map(({ file }) => file.path), 8)), 'Take Them Out');
  }

  /** Does each, and gives what went wrong in sentences. */
  private async change(states: readonly IgnoreFileState[], act: (state: IgnoreFileState) => Promise<boolean>): Promise<readonly string[]> {
    const failures: string[] = [];
    for (const state of states) {
      try {
        await act(state);
      } catch (error) {
        this.options.log.error('an ignore file could not be changed', error);
        failures.push(error instanceof Error ? error.message : String(error));
      }
    }
    return failures;
  }

  private async remember(chosen: readonly string[], removed: readonly string[]): Promise<void> {
    const before = this.options.memory.get<readonly string[]>(CHOSEN, []);
    await this.options.memory.update(CHOSEN, [...new Set([...before, ...chosen])].filter((path) => !removed.includes(path)));
  }

  private async record(states: readonly IgnoreFileState[], what: string, by: 'person' | 'interlock' = 'person'): Promise<void> {
    if (states.length === 0) return;
    const told = `Ignore rules ${what}: ${states.map(({ path }) => path).join(', ')}`;
    await this.options.recorder.record({ type: 'configuration', what: told, by }).catch((error: unknown) => this.options.log.error('the journal could not be written', error));
  }
}
