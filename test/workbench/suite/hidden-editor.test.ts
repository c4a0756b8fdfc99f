import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';

/** The tab of a file, once there is one. */
async function tabOf(uri: vscode.Uri): Promise<vscode.Tab | undefined> {
  for (const end = Date.now() + 10_000; Date.now() < end; ) {
    const tab = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ input }) => (input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText) && input.uri.toString() === uri.toString());
    if (tab) return tab;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return undefined;
}

function file(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  assert.ok(folder);
  return vscode.Uri.joinPath(folder, name);
}

async function opened(name: string, text: string): Promise<vscode.Tab> {
  await vscode.workspace.fs.writeFile(file(name), Buffer.from(text));
  await vscode.commands.executeCommand('vscode.open', file(name));
  const tab = await tabOf(file(name));
  assert.ok(tab, `${name} did not open`);
  return tab;
}

describe('hidden files in a real workbench', () => {
  const token = randomUUID();

  it('open without becoming a text document or the active editor', async () => {
    for (const name of ['.env', '.env.local', 'id_ed25519']) {
      const tab = await opened(name, `RAILWAY_TOKEN=${token}\n`);
      assert.ok(tab.input instanceof vscode.TabInputCustom, `${name} opened as text`);
      assert.equal(tab.input.viewType, 'interlock.hiddenFile');
      assert.equal(vscode.window.activeTextEditor, undefined);
      assert.deepEqual(vscode.workspace.textDocuments.filter((document) => document.uri.toString() === file(name).toString() || document.getText().includes(token)).map(({ uri }) => uri.path), []);
      await vscode.window.tabGroups.close(tab);
    }
  });

  it('templates open as the text they are', async () => {
    const tab = await opened('.env.example', 'RAILWAY_TOKEN=\n');
    assert.ok(tab.input instanceof vscode.TabInputText);
    await vscode.window.tabGroups.close(tab);
  });
});
