import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { locateState } from '../../../src/gate/state.ts';

const state = locateState(process.env, homedir());
const settle = 20_000;

/** Calls the launcher as Claude Code would. */
function callHook(tool: string, input: object, cwd: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const payload = { session_id: 'host', transcript_path: join(homedir(), '.claude/projects/host.jsonl'), cwd, permission_mode: 'default', hook_event_name: 'PreToolUse', tool_name: tool, tool_input: input, tool_use_id: 'host-1' };
  return new Promise((resolve) => {
    const child = execFile(state.launcher, ['claude-code'], { cwd, env: { HOME: homedir(), PATH: '/usr/bin:/bin' } }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
    });
    child.stdin?.end(JSON.stringify(payload));
  });
}

describe('the gate of a window', () => {
  const folder = mkdtempSync(join(tmpdir(), 'interlock-host-'));

  before(async () => {
    await vscode.extensions.getExtension('interlock.interlock')?.activate();
    for (const end = Date.now() + settle; Date.now() < end && !(existsSync(state.socket) && existsSync(state.launcher)); ) await new Promise((resolve) => setTimeout(resolve, 50));
  });

  it('listens on a socket that only its owner can reach', () => {
    assert.equal(statSync(state.socket).mode & 0o077, 0);
    assert.equal(statSync(state.root).mode & 0o077, 0);
  });

  it('has put the launcher where agents will look for it', () => assert.ok((statSync(state.launcher).mode & 0o100) !== 0));

  it('has nothing against a harmless command', async () => {
    const { code, stdout } = await callHook('Bash', { command: 'git status' }, folder);
    assert.deepEqual([code, JSON.parse(stdout)], [0, {}]);
  });

  it('hides a secret file and shows its names', async () => {
    const value = ['s3cr3t', 'value', 'of', 'nobody'].join('-');
    writeFileSync(join(folder, '.env'), `API_KEY=${value}\n`);
    const { code, stdout, stderr } = await callHook('Read', { file_path: join(folder, '.env') }, folder);
    assert.equal(code, 2);
    assert.match(stdout, /"permissionDecision":"deny"/);
    assert.match(stderr, /API_KEY: set/);
    assert.ok(!`${stdout}${stderr}`.includes(value));
  });

  it('refuses to let an agent change what guards it', async () => {
    const { code, stderr } = await callHook('Write', { file_path: join(homedir(), '.claude/settings.json'), content: '{}' }, folder);
    assert.equal(code, 2);
    assert.match(stderr, /decides whether agents/);
  });

  it('answers a payload nobody can read with a refusal', async () => {
    const { code, stderr } = await callHook('Bash', { command: 7 }, folder);
    assert.equal(code, 2);
    assert.match(stderr, /could not judge/);
  });
});

describe('commands that weaken', () => {
  it('another extension cannot take hooks out without a person', async () => {
    const before = vscode.window.tabGroups.all.length;
    // Resolves only when the person answers; nobody does.
    const answered = await Promise.race([Promise.resolve(vscode.commands.executeCommand('interlock.uninstallHooks')).then(() => true), new Promise<false>((resolve) => setTimeout(() => resolve(false), 500))]);
    assert.equal(answered, false);
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    assert.equal(vscode.window.tabGroups.all.length, before);
  });
});
