import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { DotenvProblem } from '../core/secrets/dotenv-entries.ts';
import { customEditors } from '../ids.ts';
import { pageRequest, type PageMessage, type PageRequest } from './hidden-editor-messages.ts';
import { hiddenEditorPage } from './hidden-editor-page.ts';
import { bytesOf, changedBytes, shownFile, valueAt } from './hidden-file.ts';
import { confirmWeakening } from './weaken.ts';

/** How long a value stays on the screen. */
const REVEAL_SECONDS = 15;
const LARGEST = 2 * 1024 * 1024;

/**
 * Shows a hidden file by the names and shapes of its values. No part of the file becomes a text document, so it is never the active
 * editor or the selection that agents take along; a value is on the page only while a person looks at it.
 */
export class HiddenEditor implements vscode.CustomReadonlyEditorProvider {
  private readonly media: vscode.Uri;
  private readonly log: vscode.LogOutputChannel;

  constructor(extension: vscode.Uri, log: vscode.LogOutputChannel) {
    this.media = vscode.Uri.joinPath(extension, 'media');
    this.log = log;
  }

  /** Registers it for the names of the manifest. */
  register(): vscode.Disposable {
    // Nothing is kept of a page that is not on the screen: revealed values go with it.
    const options = { webviewOptions: { retainContextWhenHidden: false } };
    return vscode.Disposable.from(...Object.values(customEditors).map((type) => vscode.window.registerCustomEditorProvider(type, this, options)));
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => undefined };
  }

  resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel): void {
    const { webview } = panel;
    webview.options = { enableScripts: true, enableForms: true, localResourceRoots: [this.media] };
    const resource = (file: string): string => webview.asWebviewUri(vscode.Uri.joinPath(this.media, file)).toString();
    const handled = webview.onDidReceiveMessage((message: unknown) => this.handle(uri, webview, message));
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), escapeGlob(basename(uri.path))));
    const again = (): Promise<void> => this.show(uri, webview);
    const subscription = vscode.Disposable.from(handled, watcher, watcher.onDidChange(again), watcher.onDidCreate(again), watcher.onDidDelete(again));
    panel.onDidDispose(() => subscription.dispose());
    webview.html = hiddenEditorPage({ nonce: randomBytes(16).toString('base64url'), cspSource: webview.cspSource, script: resource('hidden-editor.js'), style: resource('hidden-editor.css'), title: basename(uri.path) });
  }

  private async handle(uri: vscode.Uri, webview: vscode.Webview, message: unknown): Promise<void> {
    const request = pageRequest.safeParse(message);
    if (!request.success) return;
    try {
      await this.answer(uri, webview, request.data);
    } catch (error) {
      // Messages of errors may hold parts of the file; only our own are known not to.
      const own = error instanceof DotenvProblem || error instanceof vscode.FileSystemError;
      this.log.warn(`${uri.fsPath}: ${own ? error.message : 'a change failed'}`);
      await post(webview, { type: 'status', text: own ? error.message : vscode.l10n.t('This did not work. The file is as it was.') });
    }
  }

  private async answer(uri: vscode.Uri, webview: vscode.Webview, request: PageRequest): Promise<void> {
    switch (request.type) {
      case 'ready':
        return this.show(uri, webview);
      case 'reveal': {
        const value = valueAt(uri.path, await read(uri), request);
        if (value === undefined) return this.show(uri, webview);
        return post(webview, { type: 'value', id: request.id, value, seconds: REVEAL_SECONDS });
      }
      case 'set':
      case 'remove':
      case 'add':
        return this.change(uri, webview, request);
      case 'openText':
        return openAsText(uri);
    }
  }

  private async show(uri: vscode.Uri, webview: vscode.Webview): Promise<void> {
    const size = await vscode.workspace.fs.stat(uri).then((facts) => facts.size, () => undefined);
    if (size === undefined || size > LARGEST) {
      const note = size === undefined ? vscode.l10n.t('The file cannot be read.') : vscode.l10n.t('The file is too large to be shown here.');
      return post(webview, { type: 'entries', note, editable: false, entries: [], labels: labels() });
    }
    const { entries, editable, format } = shownFile(uri.path, await read(uri));
    const writable = editable && vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== false;
    return post(webview, { type: 'entries', note: noteOf(format, entries.length), editable: writable, entries, labels: labels() });
  }

  private async change(uri: vscode.Uri, webview: vscode.Webview, request: Extract<PageRequest, { readonly type: 'set' | 'remove' | 'add' }>): Promise<void> {
    if (vscode.workspace.textDocuments.some((document) => document.isDirty && document.uri.toString() === uri.toString())) throw new DotenvProblem(vscode.l10n.t('The file is open as text with changes. Save or undo them first.'));
    if (request.type === 'remove' && !(await confirmRemoval(request.name))) return;
    const changed = changedBytes(await read(uri), request);
    await vscode.workspace.fs.writeFile(uri, Buffer.from(changed, 'latin1'));
    await this.show(uri, webview);
    const done = { set: vscode.l10n.t('{0} was changed.', request.name), remove: vscode.l10n.t('{0} was removed.', request.name), add: vscode.l10n.t('{0} was added.', request.name) };
    await post(webview, { type: 'status', text: done[request.type] });
  }
}

/** Opens a hidden file without making a text of it. */
export async function openSafely(uri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand('vscode.openWith', uri, customEditors.hidden);
}

async function openAsText(uri: vscode.Uri): Promise<void> {
  const act = vscode.l10n.t('Open as Text');
  const sure = await confirmWeakening(vscode.l10n.t('Agents can read {0} while it is open as text.', basename(uri.path)), vscode.l10n.t('Many agents are told the text and the selection of the active editor without asking. Close it when you are done.'), act);
  if (sure) await vscode.commands.executeCommand('vscode.openWith', uri, 'default');
}

async function confirmRemoval(name: string): Promise<boolean> {
  const remove = vscode.l10n.t('Remove');
  return (await vscode.window.showWarningMessage(vscode.l10n.t('Remove {0} and its value?', name), { modal: true, detail: vscode.l10n.t('No copy of the value is kept.') }, remove)) === remove;
}

async function read(uri: vscode.Uri): Promise<string> {
  return bytesOf(await vscode.workspace.fs.readFile(uri));
}

async function post(webview: vscode.Webview, message: PageMessage): Promise<void> {
  // A page of the editor has no origin to name.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  await webview.postMessage(message);
}

/** A name as a glob that matches only itself. */
function escapeGlob(name: string): string {
  return name.replace(/[*?[\]{}]/g, (sign) => (sign === '{' || sign === '}' ? '?' : `[${sign}]`));
}

function noteOf(format: ReturnType<typeof shownFile>['format'], count: number): string {
  if (format === 'binary') return vscode.l10n.t('This file is no text. Nothing of it is shown.');
  if (count === 0) return vscode.l10n.t('This file has no values yet.');
  if (format === 'dotenv') return vscode.l10n.t('Agents do not see this file. Reveal shows one value for {0} seconds.', REVEAL_SECONDS);
  return vscode.l10n.t('Agents do not see this file. Reveal shows one value for {0} seconds; to change one, open the file as text.', REVEAL_SECONDS);
}

function labels(): Readonly<Record<string, string>> {
  const { t } = vscode.l10n;
  return {
    name: t('Name'), value: t('Value'), type: t('Type'), length: t('Characters'), actions: t('Actions'), set: t('set'), empty: t('empty'),
    reveal: t('Reveal'), revealOf: t('Reveal {0}', '{0}'), edit: t('Change'), editOf: t('Change {0}', '{0}'), remove: t('Remove'), removeOf: t('Remove {0}', '{0}'),
    newValueOf: t('New value of {0}', '{0}'), save: t('Save'), cancel: t('Cancel'), add: t('Add'), openText: t('Open as Text…'),
    text: t('text'), number: t('number'), 'true or false': t('true or false'), uuid: t('UUID'), url: t('URL'), 'private key': t('private key'),
  };
}
