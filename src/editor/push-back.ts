import * as vscode from 'vscode';
import { KeepFailed } from '../core/keeping.ts';
import { listed, oneLine } from '../core/shown-text.ts';
import type { Manifest } from '../vault/manifest.ts';
import type { RemoteChange } from '../vault/remote.ts';
import { CANCEL } from './question-text.ts';
import type { RestoreServices } from './restore.ts';

const LEAVE = 'Leave the Remote as It Is';
const PUSH = 'Push Back';

const LONGEST_NAME = 80;
const MOST_LINES = 8;
/** As git shortens them. */
const SHORT = 7;

/** Offers to push back what remotes had before a push. Everybody sees what becomes of it, so it is asked for each time. */
export async function offerPushBack({ vault, recorder }: Pick<RestoreServices, 'vault' | 'recorder'>, manifest: Manifest): Promise<void> {
  if (manifest.git.every(({ remotes }) => remotes.every(({ refs }) => refs.length === 0))) return;
  const { changes, unreachable } = await busy(vscode.l10n.t('Asking the remote what it has…'), () => vault.remoteChanges(manifest));
  if (unreachable.length > 0) void vscode.window.showWarningMessage(vscode.l10n.t('{0} could not be asked what it has now, so nothing can be pushed back there.', listed(unreachable.map(shown), MOST_LINES)));
  if (changes.length === 0 || !(await isWanted(changes))) return;
  try {
    const done = await busy(vscode.l10n.t('Pushing back…'), () => vault.pushBack(manifest, changes));
    tell(changes, done);
    if (done.length > 0) await recorder.record({ type: 'configuration', what: `Pushed back what was kept before “${manifest.title}” (${manifest.id}): ${listed(done.map(nameOf), MOST_LINES)}`, by: 'person' });
  } catch (error) {
    if (!(error instanceof KeepFailed)) throw error;
    void vscode.window.showErrorMessage(vscode.l10n.t('Nothing was pushed back. {0}', error.message));
  }
}

async function isWanted(changes: readonly RemoteChange[]): Promise<boolean> {
  const [first] = changes;
  const message = changes.length === 1 && first ? vscode.l10n.t('Push {0} back to what it was?', nameOf(first)) : vscode.l10n.t('Push {0} branches and tags back to what they were?', changes.length);
  const detail = vscode.l10n.t('{0}\n\nWhat is there now goes from the remote, for everybody. It is kept on this machine first. Whoever has fetched it has to reset.', listed(changes.map(lineOf), MOST_LINES));
  // The workbench focuses the first button that is not the close affordance.
  const chosen = await vscode.window.showWarningMessage(message, { modal: true, detail }, { title: LEAVE }, { title: PUSH }, { title: CANCEL, isCloseAffordance: true });
  return chosen?.title === PUSH;
}

function tell(wanted: readonly RemoteChange[], done: readonly RemoteChange[]): void {
  const left = wanted.filter((change) => !done.includes(change));
  if (left.length === 0) void vscode.window.showInformationMessage(vscode.l10n.t('Pushed back: {0}.', listed(done.map(nameOf), MOST_LINES)));
  else void vscode.window.showWarningMessage(vscode.l10n.t('Not pushed back: {0}. The remote refused it, or somebody has pushed meanwhile.', listed(left.map(nameOf), MOST_LINES)));
}

function nameOf({ remote, ref }: RemoteChange): string {
  return vscode.l10n.t('{0} on {1}', shown(ref.replace(/^refs\/(?:heads|tags)\//, '')), shown(remote));
}

function lineOf(change: RemoteChange): string {
  const before = change.before.slice(0, SHORT);
  return change.now === undefined ? vscode.l10n.t('{0}: gone now, was {1}', nameOf(change), before) : vscode.l10n.t('{0}: {1} now, was {2}', nameOf(change), change.now.slice(0, SHORT), before);
}

/** A name may hold anything. */
function shown(name: string): string {
  return oneLine(name, LONGEST_NAME);
}

function busy<Result>(title: string, work: () => Promise<Result>): Thenable<Result> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, work);
}
