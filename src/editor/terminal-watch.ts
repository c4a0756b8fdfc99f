import * as vscode from 'vscode';
import type { ShellAction } from '../core/action.ts';
import type { Recorder } from '../core/recording.ts';
import type { Verdict } from '../core/verdict.ts';
import { commands, settings } from '../ids.ts';
import { isAgentTerminal } from './agent-terminals.ts';
import type { AskedActions } from './asked-actions.ts';
import { actionTitle } from './question-text.ts';

export interface TerminalWatchOptions {
  readonly asked: AskedActions;
  readonly decide: (action: ShellAction) => Promise<Verdict>;
  readonly recorder: Recorder;
  readonly env: () => Readonly<Record<string, string>>;
  /** Whether the programs in terminals are asked about when they start. */
  readonly guarded: () => boolean;
  readonly mask: (text: string) => string;
  readonly now: () => number;
  readonly log: vscode.LogOutputChannel;
}

/** Writes down what ran in agents' terminals without asking, and warns where it was something that would have been asked about. */
export class TerminalWatch implements vscode.Disposable {
  private readonly options: TerminalWatchOptions;
  private readonly began = new WeakMap<vscode.TerminalShellExecution, number>();
  private readonly subscription: vscode.Disposable;

  constructor(options: TerminalWatchOptions) {
    this.options = options;
    const look = (terminal: vscode.Terminal, execution: vscode.TerminalShellExecution): void => {
      if (isAgent(terminal)) void this.look(execution).catch((error: unknown) => options.log.error('what ran in a terminal could not be judged', error));
    };
    this.subscription = vscode.Disposable.from(
      vscode.window.onDidStartTerminalShellExecution(({ terminal, execution }) => {
        this.began.set(execution, options.now());
        // A guarded program is asked about later than the line it stands in.
        if (!options.guarded()) look(terminal, execution);
      }),
      vscode.window.onDidEndTerminalShellExecution(({ terminal, execution }) => {
        if (options.guarded()) look(terminal, execution);
      }),
    );
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private async look(execution: vscode.TerminalShellExecution): Promise<void> {
    const { asked, decide, recorder, env, now } = this.options;
    const command = execution.commandLine.value;
    const cwd = execution.cwd?.fsPath ?? '';
    const action: ShellAction = { tool: 'shell', shell: process.platform === 'win32' ? 'powershell' : 'bash', command, agent: 'shell', session: '', cwd, workspaceRoots: (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath), env: env() };
    const verdict = await decide(action);
    if (command.trim() === '' || asked.covers(command, verdict, this.began.get(execution) ?? now())) return;
    await recorder.record({ type: 'action', action, verdict, outcome: { decision: 'allow', by: 'unasked' } });
    if (verdict.decision === 'ask' || verdict.decision === 'deny') await this.warn(action, verdict);
  }

  private async warn(action: ShellAction, { findings: [finding] }: Verdict): Promise<void> {
    const { mask, guarded } = this.options;
    const show = vscode.l10n.t('Show Activity');
    const turnOn = vscode.l10n.t('Guard Terminals…');
    const said = vscode.l10n.t('An agent ran this in a terminal, and nobody was asked: {0}. {1}', actionTitle(action, mask), mask(finding?.why ?? ''));
    const chosen = await vscode.window.showWarningMessage(said, ...(guarded() ? [show] : [show, turnOn]));
    if (chosen === show) await vscode.commands.executeCommand(commands.showActivity);
    if (chosen === turnOn) await vscode.commands.executeCommand('workbench.action.openSettings', `@id:${settings.terminalGuard}`);
  }
}

/** True for a terminal that an agent opened, and only then. */
export function isAgent({ name, creationOptions }: vscode.Terminal): boolean {
  return isAgentTerminal({ name, env: 'env' in creationOptions ? creationOptions.env : undefined });
}
