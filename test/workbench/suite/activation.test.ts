import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const EXTENSION_ID = 'interlock.interlock';

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
});
