import * as vscode from 'vscode';
import { KeepFailed } from '../core/keeping.ts';
import type { Recorder } from '../core/recording.ts';
import type { Manifest } from '../vault/manifest.ts';
import type { Restored } from '../vault/restore.ts';
import { restoredText, restoreRecord } from '../vault/restored-text.ts';
import type { Vault } from '../vault/vault.ts';
import { CANCEL } from './question-text.ts';
import { listed } from '../core/shown-text.ts';

const REPLACE = 'Replace with the Kept Copies';

/** Restores what was kept before an action: the given one, or one the person picks. */
export async function restoreKept(vault: Vault, recorder: Recorder, id: string | undefined): Promise<void> {
  const manifest = id ? await vault.manifest(id) : await pickManifest(vault);
  if (!manifest) return;
  const first = await vault.restore(manifest, { overwriteNewer: false });
  const newer = first.skipped.filter(({ why }) => why === 'newer').map(({ path }) => path);
  const second = newer.length > 0 && (await mayReplace(newer)) ? await replace(vault, manifest, newer) : undefined;
  const restored = together(first, second);
  tell(restored);
  await recorder.record({ type: 'configuration', what: restoreRecord(manifest, restored), by: 'person' });
}

async function pickManifest(vault: Vault): Promise<Manifest | undefined> {
  const manifests = await vault.list();
  const items = manifests.map((manifest) => {
    const files = manifest.entries.filter(({ type }) => type === 'file').length;
    return { label: manifest.title, description: new Date(manifest.at).toLocaleString(), detail: `${files} ${files === 1 ? 'file' : 'files'}`, manifest };
  });
  const picked = await vscode.window.showQuickPick(items, { title: 'Restore Kept Files', placeHolder: items.length === 0 ? 'Nothing has been kept yet.' : 'Files that are newer than the copy are left alone.', matchOnDetail: true });
  return picked?.manifest;
}

async function mayReplace(newer: readonly string[]): Promise<boolean> {
  const message = newer.length === 1 ? vscode.l10n.t('1 file has changed since it was kept.') : vscode.l10n.t('{0} files have changed since they were kept.', newer.length);
  const detail = vscode.l10n.t('{0}\n\nWhat is there now is kept too before it is replaced.', listed(newer, 8));
  const chosen = await vscode.window.showWarningMessage(message, { modal: true, detail }, { title: 'Leave Them' }, { title: REPLACE }, { title: CANCEL, isCloseAffordance: true });
  return chosen?.title === REPLACE;
}

async function replace(vault: Vault, manifest: Manifest, files: readonly string[]): Promise<Restored | undefined> {
  try {
    return await vault.restore(manifest, { files, overwriteNewer: true });
  } catch (error) {
    if (!(error instanceof KeepFailed)) throw error;
    void vscode.window.showErrorMessage(vscode.l10n.t('Nothing was replaced. {0}', error.message));
    return undefined;
  }
}

function tell(restored: Restored): void {
  const show = restored.skipped.some(({ why }) => why !== 'newer') ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  void show(restoredText(restored));
}

/** What became of all files, where some were only restored after a question. */
function together(first: Restored, second: Restored | undefined): Restored {
  if (!second) return first;
  return { restored: [...first.restored, ...second.restored], unchanged: first.unchanged, skipped: [...first.skipped.filter(({ why }) => why !== 'newer'), ...second.skipped] };
}
