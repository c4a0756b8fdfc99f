import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const EXTENSION_ID = 'interlock.interlock';

/** A tab of the editor with that label, once there is one. */
async function tabWith(label: string): Promise<vscode.Tab | undefined> {
  for (const end = Date.now() + 10_000; Date.now() < end; ) {
    const tab = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find((each) => each.label.includes(label));
    if (tab) return tab;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return undefined;
}

/** The part of the manifest that names commands. */
interface Manifest {
  readonly contributes?: { readonly commands?: readonly { readonly command: string }[] };
}

describe('activation in a real extension host', () => {
  it('the packaged extension is installed', () => {
    assert.ok(vscode.extensions.getExtension(EXTENSION_ID), `${EXTENSION_ID} is missing`);
  });

  it('it becomes active', async () => {
    const extension = vscode.extensions.getExtension(EXTENSION_ID);
    await extension?.activate();
    assert.equal(extension?.isActive, true);
  });

  it('every command of its manifest is registered', async () => {
    const manifest: Manifest | undefined = vscode.extensions.getExtension(EXTENSION_ID)?.packageJSON;
    const declared = (manifest?.contributes?.commands ?? []).map(({ command }) => command);
    assert.notEqual(declared.length, 0, 'the manifest has no commands');
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(declared.filter((command) => !registered.has(command)), []);
  });

  it('the page of a rule ships with it and can be read', async () => {
    const extension = vscode.extensions.getExtension(EXTENSION_ID);
    assert.ok(extension);
    const page = vscode.Uri.joinPath(extension.extensionUri, 'docs', 'rules', 'railway.md');
    await vscode.commands.executeCommand('markdown.showPreview', page.with({ fragment: 'volume-delete' }));
    const tab = await tabWith('railway.md');
    assert.ok(tab, 'no preview opened');
    await vscode.window.tabGroups.close(tab);
  });
});
