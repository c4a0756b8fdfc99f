import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { locateState } from '../../../src/gate/state.ts';

const state = locateState(process.env, homedir());
const file = join(state.root, 'user-policy.jsonc');
const uri = vscode.Uri.file(file);

/** What the look gives once it gives anything that counts. */
async function eventually<Value>(look: () => Value | Promise<Value>, isIt: (value: Value) => boolean): Promise<Value> {
  let value = await look();
  for (const end = Date.now() + 20_000; Date.now() < end && !isIt(value); value = await look()) await new Promise((resolve) => setTimeout(resolve, 100));
  return value;
}

const ours = (): readonly vscode.Diagnostic[] => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Interlock');

let session = 0;

/** What an agent is told about a command, each time in a session of its own. */
function judged(command: string, cwd: string): Promise<string> {
  const payload = { session_id: `policy-${++session}`, transcript_path: join(homedir(), '.claude/projects/policy.jsonl'), cwd, permission_mode: 'default', hook_event_name: 'PreToolUse', tool_name: 'Bash', tool_input: { command }, tool_use_id: 'policy-1' };
  return new Promise((resolve) => {
    const child = execFile(state.launcher, ['claude-code'], { cwd, env: { HOME: homedir(), PATH: '/usr/bin:/bin' } }, (_error, _stdout, stderr) => resolve(stderr));
    child.stdin?.end(JSON.stringify(payload));
  });
}

describe('a person’s policy in a real workbench', () => {
  const folder = mkdtempSync(join(tmpdir(), 'interlock-policy-'));
  const row = '{ "verbs": ["delete", "overwrite"], "paths": ["ledger"], "decision": "deny", "because": "the ledger is never changed" }';

  before(async () => {
    await vscode.extensions.getExtension('interlock.interlock')?.activate();
    await eventually(() => existsSync(state.socket) && existsSync(state.launcher), Boolean);
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(file, { force: true });
  });

  it('counts as soon as it is written', async () => {
    writeFileSync(join(folder, 'ledger'), 'x');
    writeFileSync(file, `{ "table": [${row}] }`);
    assert.match(await eventually(() => judged('rm ledger', folder), (told) => told.includes('ledger is never changed')), /the ledger is never changed/i);
    assert.deepEqual(ours(), []);
  });

  it('still counts once it is broken, and the place is marked', async () => {
    writeFileSync(file, `{\n  "table": [${row.replace('deny', 'denied')}]\n}`);
    const [diagnostic] = await eventually(ours, (found) => found.length > 0);
    assert.match(diagnostic?.message ?? '', /^"decision" must be one of allow, keep, ask, deny\./);
    assert.deepEqual([diagnostic?.range.start.line, diagnostic?.range.isSingleLine], [1, true]);
    assert.match(await judged('rm ledger', folder), /the ledger is never changed/i);
  });

  it('is marked anew while it is typed, before it is saved', async () => {
    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(document);
    const at = document.getText().indexOf('denied') + 'deni'.length;
    await editor.edit((edit) => edit.replace(new vscode.Range(document.positionAt(at - 1), document.positionAt(at + 2)), 'y'));
    assert.deepEqual(await eventually(ours, (found) => found.length === 0), []);
    assert.equal(document.isDirty, true);
  });

  it('is completed from the schema', async () => {
    const document = await vscode.workspace.openTextDocument(uri);
    const at = document.positionAt(document.getText().indexOf('"deny"') + 1);
    const labels = async (): Promise<readonly string[]> => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', uri, at);
      return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    };
    const found = await eventually(labels, (items) => items.includes('"keep"'));
    assert.deepEqual(['"allow"', '"keep"', '"ask"', '"deny"'].filter((label) => !found.includes(label)), []);
  });
});
