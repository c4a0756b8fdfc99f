import * as vscode from 'vscode';
import { OVERVIEW, pageOf } from './page-name.ts';

/** Opens the page of a rule, which ships with the extension: what it holds, why, and what is safer. */
export async function openRulePage(extension: vscode.Uri, rule: string): Promise<void> {
  const folder = vscode.Uri.joinPath(extension, 'docs', 'rules');
  const { page, part } = pageOf(rule);
  const own = vscode.Uri.joinPath(folder, page);
  const exists = await vscode.workspace.fs.stat(own).then(() => true, () => false);
  const shown = exists ? own.with({ fragment: part }) : vscode.Uri.joinPath(folder, OVERVIEW);
  // The preview is an extension of the editor's own, which a person may have switched off.
  await vscode.commands.executeCommand('markdown.showPreview', shown).then(undefined, () => vscode.commands.executeCommand('vscode.open', shown));
}
