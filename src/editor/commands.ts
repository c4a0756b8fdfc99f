import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Recorder } from '../core/recording.ts';
import { type CommandId, commands, views } from '../ids.ts';
import type { Vault } from '../vault/vault.ts';
import type { State } from '../gate/state.ts';
import { showActions } from './actions.ts';
import type { Activity } from './activity.ts';
import type { Confirm } from './confirm.ts';
import type { Coverage } from './coverage.ts';
import { hasHooks } from './coverage-rows.ts';
import type { EnvironmentTags } from './environment-tags.ts';
import type { Hooks } from './hooks.ts';
import { openSafely } from './hidden-editor.ts';
import type { IgnoreFiles } from './ignore-files.ts';
import type { KeptTexts } from './kept-texts.ts';
import type { Report } from './report.ts';
import { restoreKept } from './restore.ts';
import type { SecretActions } from './secret-actions.ts';
import type { Secrets } from './secrets.ts';
import type { SecretsView } from './secrets-view.ts';
import type { Why } from './why.ts';
import { confirmWeakening } from './weaken.ts';
import type { SessionControl } from './session-control.ts';

export interface CommandOptions {
  readonly state: State;
  readonly vault: Vault;
  readonly keptTexts: KeptTexts;
  readonly recorder: Recorder;
  readonly activity: Activity;
  readonly confirm: Confirm;
  readonly coverage: Coverage;
  readonly tags: EnvironmentTags;
  readonly hooks: Hooks;
  readonly ignoreFiles: IgnoreFiles;
  readonly sessions: SessionControl;
  readonly secrets: Secrets;
  readonly secretsView: SecretsView;
  readonly secretActions: SecretActions;
  readonly report: Report;
  readonly why: Why;
  readonly openPolicy: () => Promise<void>;
  readonly runDemo: () => Promise<void>;
  readonly log: vscode.LogOutputChannel;
}

/** Registers every command. What goes wrong in one is logged, and told in one sentence. */
export function registerCommands(options: CommandOptions): vscode.Disposable {
  const { activity, coverage, confirm, tags, hooks, sessions, secrets, secretsView, secretActions, vault, recorder, log } = options;
  const handlers: Readonly<Record<CommandId, (argument: unknown) => Promise<unknown>>> = {
    [commands.showActions]: () => {
      const agents = coverage.agents();
      return showActions({ agentsFound: agents.some(({ standing }) => standing.state !== 'absent'), hooksInstalled: agents.some(({ standing }) => hasHooks(standing)), waiting: confirm.waiting().length, stopped: sessions.isStopped(), sessions: sessions.list() });
    },
    [commands.showActivity]: async () => vscode.commands.executeCommand(`${views.activity}.focus`),
    [commands.demo]: options.runDemo,
    [commands.stopAgents]: () => sessions.stopAll(),
    [commands.resumeAgents]: () => sessions.resumeAll(),
    [commands.unlockSession]: (argument) => sessions.unlock(textIn(argument, 'session')),
    [commands.forgetRefusals]: (argument) => sessions.forget(textIn(argument, 'session')),
    [commands.allowWaiting]: async (argument) => confirm.showNow(textIn(argument, 'question') ?? ''),
    [commands.denyWaiting]: async (argument) => confirm.deny(textIn(argument, 'question') ?? ''),
    [commands.setEnvironment]: (argument) => tags.choose(argument),
    [commands.openPolicy]: options.openPolicy,
    [commands.installHooks]: (argument) => hooks.install(textIn(argument, 'agent')),
    [commands.uninstallHooks]: (argument) => hooks.uninstall(textIn(argument, 'agent')),
    [commands.repairHooks]: (argument) => hooks.repair(textIn(argument, 'agent')),
    [commands.refreshCoverage]: () => coverage.refresh(),
    [commands.writeIgnoreFiles]: () => options.ignoreFiles.choose(),
    [commands.restoreKept]: (argument) => restoreKept({ vault, texts: options.keptTexts, recorder }, textIn(argument, 'manifest')),
    [commands.openSecret]: (argument) => secretActions.open(argument),
    [commands.openSafely]: (argument) => openFileSafely(argument),
    [commands.moveToEnv]: (argument) => secretActions.moveToEnv(argument),
    [commands.rotateSecret]: (argument) => secretActions.rotate(argument),
    [commands.markTestValue]: (argument) => secretActions.markAsTest(argument),
    [commands.forgetTestValues]: () => secretActions.forgetTestValues(),
    [commands.showTrackedSecrets]: () => secretsView.showTrackedOnly(true),
    [commands.showAllSecrets]: () => secretsView.showTrackedOnly(false),
    [commands.refreshSecrets]: async () => secrets.rescan(),
    [commands.lookIntoHistory]: async () => secrets.lookIntoHistory(),
    [commands.stopScan]: () => stopScan(secrets),
    [commands.explainRow]: (argument) => options.why.show(activity.recordOf(argument)),
    [commands.filterActivity]: () => activity.filter(),
    [commands.showAllActivity]: () => activity.showAll(),
    [commands.showReport]: () => options.report.show(),
    [commands.saveReport]: () => options.report.save(),
    [commands.openJournal]: () => openJournal(options.state.journal),
    [commands.showLog]: async () => log.show(),
  };
  const registered = Object.entries(handlers).map(([id, handle]) =>
    vscode.commands.registerCommand(id, async (argument: unknown) => {
      try {
        await handle(argument);
      } catch (error) {
        log.error(id, error);
        void vscode.window.showErrorMessage(error instanceof Error ? error.message : vscode.l10n.t('This did not work. The log says more.'));
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}

/** A field of a tree row; commands are called with rows, by keys without anything, and by others with whatever they like. */
function textIn(argument: unknown, field: 'manifest' | 'session' | 'question' | 'agent'): string | undefined {
  const value: unknown = typeof argument === 'object' && argument !== null && field in argument ? argument[field as keyof typeof argument] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** A file of the explorer, or the one in front. */
async function openFileSafely(argument: unknown): Promise<void> {
  const uri = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
  if (uri) await openSafely(uri);
}

/** What is not found is not hidden: whoever asks, a person decides. */
async function stopScan(secrets: Secrets): Promise<void> {
  const stop = vscode.l10n.t('Stop Looking');
  const sure = await confirmWeakening(vscode.l10n.t('Stop looking for secrets in the open folders?'), vscode.l10n.t('Secrets that were not found yet are recognised by their form alone. Files that change are still looked at.'), stop);
  if (sure) secrets.stopScan();
}

/** The folder in the system's file manager, or, where the editor runs elsewhere, its newest file in an editor. */
async function openJournal(folder: string): Promise<void> {
  if (vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined) {
    await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(folder));
    return;
  }
  const newest = (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).toSorted((a, b) => b.localeCompare(a))[0];
  if (newest) await vscode.window.showTextDocument(vscode.Uri.file(join(folder, newest)));
  else void vscode.window.showInformationMessage(vscode.l10n.t('The journal is empty so far.'));
}
