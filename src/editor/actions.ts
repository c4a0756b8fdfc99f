import * as vscode from 'vscode';
import type { SessionSummary } from '../gate/sessions.ts';
import { type CommandId, commands } from '../ids.ts';

interface ActionItem extends vscode.QuickPickItem {
  readonly command: CommandId;
}

interface ActionState {
  readonly agentsFound: boolean;
  readonly hooksInstalled: boolean;
  /** Questions without an answer. */
  readonly waiting: number;
  readonly stopped: boolean;
  readonly sessions: readonly SessionSummary[];
}

/** What a click on the status bar offers. */
export async function showActions(state: ActionState): Promise<void> {
  const locked = state.sessions.filter((session) => session.locked).length;
  const items: readonly ActionItem[] = [
    { label: '$(bell) Show Activity', description: state.waiting > 0 ? `${state.waiting} waiting` : '', command: commands.showActivity },
    state.stopped ? { label: '$(debug-continue) Resume All Agents…', description: 'all are stopped', command: commands.resumeAgents } : { label: '$(stop-circle) Stop All Agents', description: 'denies everything at once', command: commands.stopAgents },
    ...(locked > 0 ? [{ label: '$(unlock) Unlock a Session…', description: `${locked} locked`, command: commands.unlockSession }] : []),
    ...(state.sessions.length > 0 ? [{ label: '$(history) Forget Refusals of a Session…', command: commands.forgetRefusals }] : []),
    { label: '$(tag) Set Environment of Folder…', command: commands.setEnvironment },
    { label: '$(law) Open Policy…', command: commands.openPolicy },
    ...(state.agentsFound ? [{ label: '$(shield) Guard Agents on This Machine…', command: commands.installHooks }] : []),
    { label: '$(play) See a Blocked Command', description: 'nothing runs', command: commands.demo },
    { label: '$(discard) Restore Kept Files…', command: commands.restoreKept },
    { label: '$(graph) Show Session Report…', description: 'what agents did, what was stopped', command: commands.showReport },
    { label: '$(book) Open Journal Folder', command: commands.openJournal },
    { label: '$(output) Show Log', command: commands.showLog },
    ...(state.hooksInstalled ? [{ label: '$(debug-disconnect) Stop Guarding an Agent…', command: commands.uninstallHooks }] : []),
  ];
  const picked = await vscode.window.showQuickPick(items, { title: 'Interlock' });
  if (picked) await vscode.commands.executeCommand(picked.command);
}
