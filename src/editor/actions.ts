import * as vscode from 'vscode';
import { type CommandId, commands } from '../ids.ts';

interface ActionItem extends vscode.QuickPickItem {
  readonly command: CommandId;
}

/** What a click on the status bar offers. */
export async function showActions(state: { readonly agentsFound: boolean; readonly hooksInstalled: boolean; readonly waiting: number }): Promise<void> {
  const items: readonly ActionItem[] = [
    { label: '$(bell) Show Activity', description: state.waiting > 0 ? `${state.waiting} waiting` : '', command: commands.showActivity },
    { label: '$(tag) Set Environment of Folder…', command: commands.setEnvironment },
    ...(state.agentsFound ? [{ label: '$(shield) Guard Agents on This Machine…', command: commands.installHooks }] : []),
    { label: '$(play) See a Blocked Command', description: 'nothing runs', command: commands.demo },
    { label: '$(discard) Restore Kept Files…', command: commands.restoreKept },
    { label: '$(book) Open Journal Folder', command: commands.openJournal },
    { label: '$(output) Show Log', command: commands.showLog },
    ...(state.hooksInstalled ? [{ label: '$(debug-disconnect) Stop Guarding an Agent…', command: commands.uninstallHooks }] : []),
  ];
  const picked = await vscode.window.showQuickPick(items, { title: 'Interlock' });
  if (picked) await vscode.commands.executeCommand(picked.command);
}
