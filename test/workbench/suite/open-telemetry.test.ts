import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { locateState } from '../../../src/gate/state.ts';
import { settings } from '../../../src/ids.ts';
import { type CollectorDouble, startCollector } from '../../unit/gate/open-telemetry/collector-double.ts';

const state = locateState(process.env, homedir());
const progress = join(state.root, 'open-telemetry.json');
const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? assert.fail('no folder is open');
const workspaceSettings = join(folder, '.vscode/settings.json');

async function until(holds: () => boolean, otherwise: string): Promise<void> {
  for (const end = Date.now() + 20_000; !holds(); await new Promise((resolve) => setTimeout(resolve, 50))) assert.ok(Date.now() < end, otherwise);
}

/** What an agent is told about a command, each time in a session of its own. */
function judged(session: string, command: string): Promise<string> {
  const payload = { session_id: session, transcript_path: join(homedir(), '.claude/projects/x.jsonl'), cwd: folder, permission_mode: 'default', hook_event_name: 'PreToolUse', tool_name: 'Bash', tool_input: { command }, tool_use_id: 't' };
  return new Promise((resolve) => {
    const child = execFile(state.launcher, ['claude-code'], { cwd: folder, env: { HOME: homedir(), PATH: '/usr/bin:/bin' } }, (_error, _stdout, stderr) => resolve(stderr));
    child.stdin?.end(JSON.stringify(payload));
  });
}

const set = (id: string, value: unknown): Thenable<void> => vscode.workspace.getConfiguration().update(id, value, vscode.ConfigurationTarget.Global);

describe('the packaged extension and a collector', () => {
  let collector: CollectorDouble;
  let stranger: CollectorDouble;
  const sessions = (): readonly unknown[] => collector.received.filter(({ event }) => event === 'interlock.action').map(({ attributes }) => attributes['interlock.session']);

  before(async () => {
    [collector, stranger] = await Promise.all([startCollector(), startCollector()]);
    await vscode.extensions.getExtension('interlock.interlock')?.activate();
    await until(() => existsSync(state.socket) && existsSync(state.launcher), 'the gate did not open');
  });
  after(async () => {
    for (const id of [settings.collect, settings.collectorEndpoint]) await set(id, undefined);
    rmSync(workspaceSettings, { force: true });
    await Promise.all([collector.close(), stranger.close()]);
  });

  it('sends nothing before the person turns it on, and then what comes after', async () => {
    assert.match(await judged('early', 'rm -rf /'), /refused/i);
    assert.ok(!existsSync(progress));
    await set(settings.collectorEndpoint, collector.url);
    await set(settings.collect, true);
    await until(() => existsSync(progress), 'it did not begin');
    assert.match(await judged('sent', 'rm -rf /'), /refused/i);
    await collector.until(() => sessions().includes('sent'));
    assert.ok(!sessions().includes('early'));
    const told = collector.received.find(({ attributes }) => attributes['interlock.session'] === 'sent');
    const extension = vscode.extensions.getExtension('interlock.interlock') ?? assert.fail('it is not installed');
    const { version } = extension.packageJSON as { readonly version: string };
    assert.deepEqual([told?.resource['service.version'], told?.resource['host.name'], told?.body.startsWith('A shell command of Claude Code was denied'), told?.attributes['interlock.verdict'], told?.attributes['interlock.subject']], [version, hostname(), true, 'deny', 'rm -rf /']);
  });

  it('lets no workspace turn it off, send it elsewhere or have more sent', async () => {
    await set(settings.collectorTexts, false);
    mkdirSync(dirname(workspaceSettings), { recursive: true });
    writeFileSync(workspaceSettings, JSON.stringify({ [settings.collect]: false, [settings.collectorEndpoint]: stranger.url, [settings.collectorTexts]: true, [settings.recentCount]: 50 }));
    // One that a workspace may set shows that its file has been read.
    await until(() => vscode.workspace.getConfiguration().get(settings.recentCount) === 50, 'the file was not read');
    await judged('workspace', 'rm -rf /');
    await collector.until(() => sessions().includes('workspace'));
    const told = collector.received.find(({ attributes }) => attributes['interlock.session'] === 'workspace');
    assert.equal(told?.attributes['interlock.subject'], undefined);
    assert.equal(stranger.requests.length, 0);
    await set(settings.collectorTexts, undefined);
  });

  it('stops when the person turns it off, and never sends what was written meanwhile', async () => {
    await set(settings.collect, false);
    await until(() => !existsSync(progress), 'it did not end');
    await judged('off', 'rm -rf /');
    await set(settings.collect, true);
    await until(() => existsSync(progress), 'it did not begin again');
    await judged('on again', 'rm -rf /');
    await collector.until(() => sessions().includes('on again'));
    assert.ok(!sessions().includes('off'));
  });
});
