import { constants } from 'node:fs';
import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { WORKSPACE_POLICY } from '../gate/workspace-policy.ts';
import { userTemplate, workspaceTemplate } from './policy-template.ts';

interface PolicyItem extends vscode.QuickPickItem {
  readonly file: string;
  /** What a file that is not there yet begins with; without it, it is somebody else's to write. */
  readonly template?: string;
}

/** Lets the person choose a policy file and opens it; one that does not exist yet is created with examples in comments. */
export async function openPolicy({ user, managed }: { readonly user: string; readonly managed: string }): Promise<void> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const items: readonly PolicyItem[] = [
    { label: vscode.l10n.t('$(account) My Policy'), description: user, detail: vscode.l10n.t('Yours alone. It can tighten and loosen.'), file: user, template: userTemplate },
    ...folders.map(({ name, uri }): PolicyItem => ({ label: vscode.l10n.t('$(organization) Team Policy of {0}', name), description: WORKSPACE_POLICY, detail: vscode.l10n.t('For everybody who opens this folder. It can only tighten.'), file: join(uri.fsPath, WORKSPACE_POLICY), template: workspaceTemplate })),
    ...((await exists(managed)) ? [{ label: vscode.l10n.t('$(lock) Policy of This Machine'), description: managed, detail: vscode.l10n.t('Your organisation’s. Nobody can loosen what it says.'), file: managed }] : []),
  ];
  const picked = items.length === 1 ? items[0] : await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Which policy?') });
  if (picked === undefined) return;
  if (picked.template !== undefined) await createIfMissing(picked.file, picked.template);
  await vscode.window.showTextDocument(vscode.Uri.file(picked.file));
}

async function createIfMissing(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file, constants.R_OK).then(() => true, () => false);
}
