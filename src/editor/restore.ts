import * as vscode from 'vscode';
import { KeepFailed } from '../core/keeping.ts';
import type { Recorder } from '../core/recording.ts';
import { listed } from '../core/shown-text.ts';
import type { Manifest } from '../vault/manifest.ts';
import type { Restored } from '../vault/restore.ts';
import { restoredText, restoreRecord } from '../vault/restored-text.ts';
import type { Vault } from '../vault/vault.ts';
import type { KeptTexts, Looked } from './kept-texts.ts';
import { offerPushBack } from './push-back.ts';
import { choicesOf } from './restore-choices.ts';

const SHOW = 'Show the Difference';
const REPLACE = 'Replace with the Kept Copies';
const LEAVE = 'Leave Them';
const CHOOSE = 'Choose Which…';

export interface RestoreServices {
  readonly vault: Vault;
  readonly texts: KeptTexts;
  readonly recorder: Recorder;
}

/** What of a copy a person wants back: paths as the manifest has them, absent for all, and what repositories hold. */
interface Wanted {
  readonly files?: readonly string[];
  readonly repositories: boolean;
}

/** Restores what was kept before an action: the given one, or one the person picks. Nothing newer is replaced without a click. */
export async function restoreKept(services: RestoreServices, id: string | undefined): Promise<void> {
  const { vault, recorder } = services;
  const manifest = id ? await vault.manifest(id) : await pickManifest(vault);
  const wanted = manifest && (await chooseParts(manifest));
  if (!wanted) return;
  const first = await vault.restore(manifest, { ...wanted, overwriteNewer: false });
  const newer = first.skipped.filter(({ why }) => why === 'newer').map(({ path }) => path);
  const replaced = newer.length > 0 ? await chooseReplaced(services, manifest, newer) : [];
  const second = replaced.length > 0 ? await replace(vault, manifest, replaced) : undefined;
  const restored = together(first, second);
  tell(restored);
  await recorder.record({ type: 'configuration', what: restoreRecord(manifest, restored), by: 'person' });
  if (wanted.repositories) await offerPushBack(services, manifest);
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

/** Undefined where the person wants nothing after all. */
async function chooseParts(manifest: Manifest): Promise<Wanted | undefined> {
  const choices = choicesOf(manifest);
  if (choices.length < 2) return { repositories: true };
  const items = choices.map((choice) => ({ ...choice, picked: true }));
  const picked = await vscode.window.showQuickPick(items, { canPickMany: true, title: vscode.l10n.t('Restore Kept Files: {0}', manifest.title), placeHolder: vscode.l10n.t('What is to come back?'), matchOnDetail: true });
  if (!picked || picked.length === 0) return undefined;
  if (picked.length === items.length) return { repositories: true };
  return { files: picked.flatMap(({ files }) => files), repositories: picked.some(({ repositories }) => repositories) };
}

/** The paths, of those where something newer is, that the person wants to be replaced. */
async function chooseReplaced(services: RestoreServices, manifest: Manifest, newer: readonly string[]): Promise<readonly string[]> {
  const message = newer.length === 1 ? vscode.l10n.t('1 file has changed since it was kept.') : vscode.l10n.t('{0} files have changed since they were kept.', newer.length);
  const detail = vscode.l10n.t('{0}\n\nWhat is there now is kept too before it is replaced.', listed(newer, 8));
  const chosen = await vscode.window.showWarningMessage(message, { modal: true, detail }, { title: SHOW }, { title: REPLACE }, { title: LEAVE, isCloseAffordance: true });
  if (chosen?.title === REPLACE) return newer;
  if (chosen?.title !== SHOW) return [];
  const looked = await services.texts.show(manifest, newer);
  // Not modal: a person has to be able to read what is shown.
  const answer = await vscode.window.showWarningMessage(lookedText(looked), LEAVE, ...(newer.length > 1 ? [CHOOSE] : []), REPLACE);
  return answer === REPLACE ? newer : answer === CHOOSE ? choosePaths(newer) : [];
}

function lookedText({ shown, notShown }: Looked): string {
  const hidden = [...notShown].filter(([, why]) => why === 'hidden').map(([path]) => path);
  const others = [...notShown].filter(([, why]) => why === 'other').map(([path]) => path);
  return [
    shown === 1 ? vscode.l10n.t('Left is the kept copy, right the file as it is now.') : shown > 1 ? vscode.l10n.t('Left are {0} kept copies, right the files as they are now.', shown) : '',
    hidden.length > 0 ? vscode.l10n.t('Hidden from agents and so not shown: {0}.', listed(hidden, 4)) : '',
    others.length > 0 ? vscode.l10n.t('No difference can be shown of {0}.', listed(others, 4)) : '',
    vscode.l10n.t('What is there now is kept too before it is replaced.'),
  ].filter((part) => part !== '').join(' ');
}

async function choosePaths(newer: readonly string[]): Promise<readonly string[]> {
  const picked = await vscode.window.showQuickPick(newer.map((path) => ({ label: path })), { canPickMany: true, title: 'Replace with the Kept Copies', placeHolder: 'Which are to be replaced? The others stay as they are now.' });
  return picked?.map(({ label }) => label) ?? [];
}

async function replace(vault: Vault, manifest: Manifest, paths: readonly string[]): Promise<Restored | undefined> {
  const files = new Set(manifest.entries.map(({ path }) => path));
  try {
    return await vault.restore(manifest, { files: paths.filter((path) => files.has(path)), repositories: paths.some((path) => !files.has(path)), overwriteNewer: true });
  } catch (error) {
    if (!(error instanceof KeepFailed)) throw error;
    void vscode.window.showErrorMessage(vscode.l10n.t('Nothing was replaced. {0}', error.message));
    return undefined;
  }
}

/** What became of all files, where some were only restored after a question. */
function together(first: Restored, second: Restored | undefined): Restored {
  if (!second) return first;
  const done = new Set([...second.restored, ...second.unchanged, ...second.skipped.map(({ path }) => path)]);
  return { restored: [...new Set([...first.restored, ...second.restored])], unchanged: first.unchanged.filter((path) => !second.restored.includes(path)), skipped: [...first.skipped.filter(({ path }) => !done.has(path)), ...second.skipped] };
}

function tell(restored: Restored): void {
  const show = restored.skipped.some(({ why }) => why !== 'newer') ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  void show(restoredText(restored));
}
