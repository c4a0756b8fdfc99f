/**
 * The main job: opens an editor with the packaged extension and plays the founding incident through the real hook.
 *   npm start               opens an installed editor, else a workbench in the browser; the person answers the modal
 *   npm start -- --headless the same in Chromium, answers Deny, saves pictures; exits 0 only if the command did not run
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runClaudeHook, type HookRun } from '../agents/hook-host.ts';
import { makeShop, type Shop } from '../agents/incident.ts';
import { makeRecordingBin, readRecords, type RecordingBin } from '../agents/recording-bin.ts';
import { areGuarded, setStage, until, vsix } from '../agents/stage.ts';
import { dialog, pressEscape, screenshot, statusItem } from './page.ts';
import { runIsolated } from './isolation.ts';
import { provisionBrowser, provisionCodeServer } from './provision.ts';
import { withRig, type Reaper } from './reaper.ts';
import { startWorkbench } from './workbench.ts';

const pictures = join(import.meta.dirname, '../../test-results');
const personLimitMs = 15 * 60_000;
const environment = (home: string, bin: RecordingBin): Record<string, string> => ({ HOME: home, PATH: `${bin.folder}:/usr/local/bin:/usr/bin:/bin`, LANG: 'C.UTF-8', CLAUDECODE: '1' });

/** What an agent's host does: asks the hook, and runs the command only when the hook does not object. */
async function playIncident(shop: Shop, home: string, bin: RecordingBin): Promise<void> {
  const steps = [
    { tool_name: 'Read', tool_input: { file_path: shop.envFile } },
    { tool_name: 'Read', tool_input: { file_path: shop.noteFile } },
    { tool_name: 'Bash', tool_input: { command: shop.command, description: 'Remove the mismatched staging volume' } },
  ];
  for (const [index, step] of steps.entries()) {
    console.log(`\nThe agent asks to ${step.tool_name === 'Read' ? `read ${step.tool_input.file_path}` : 'delete a volume with a token from a note'} …`);
    const payload = { session_id: 'demo', transcript_path: join(home, '.claude/projects/demo.jsonl'), cwd: shop.folder, permission_mode: 'default', hook_event_name: 'PreToolUse', tool_use_id: `demo_${index}`, ...step };
    const answer = await runClaudeHook(home, payload, { cwd: shop.folder, env: environment(home, bin) });
    const denied = isDenied(answer);
    console.log(denied ? `Refused. The agent is told:\n${indent(reasonOf(answer))}` : 'Allowed.');
    // The recording stand-in for curl only writes down that it was called.
    if (!denied && step.tool_input.command) spawnSync('/bin/sh', ['-c', step.tool_input.command], { cwd: shop.folder, env: environment(home, bin) });
  }
  console.log(readRecords(bin.markerFile).length === 0 ? '\nThe command did not run.' : '\nThe command ran: a stand-in for curl wrote it down; nothing was sent.');
}

function isDenied({ exitCode, stdout }: HookRun): boolean {
  return exitCode !== 0 || stdout.includes('"deny"');
}

function reasonOf({ stdout, stderr }: HookRun): string {
  const reason = /"permissionDecisionReason":\s*("(?:[^"\\]|\\.)*")/.exec(stdout)?.[1];
  return reason === undefined ? stderr : String(JSON.parse(reason));
}

function indent(text: string): string {
  return text.trim().split('\n').map((line) => `    ${line}`).join('\n');
}

async function headless(): Promise<void> {
  await withRig(async ({ reaper, folder }) => {
    await mkdir(pictures, { recursive: true });
    const stage = await setStage({ reaper, folder });
    const { page } = stage.window;
    const played = playIncident(stage.shop, stage.home, stage.bin);
    const asked = await dialog(page);
    await screenshot(page, join(pictures, 'modal.png'));
    console.log(`\nThe modal:\n${indent(`${asked.message}\n\n${asked.detail}`)}\n    [${asked.buttons.join('] [')}]  focus: ${asked.focused}`);
    assert.equal(asked.focused, 'Deny', 'Deny must be the default');
    await pressEscape(page);
    await played;
    const status = await statusItem(page, 'interlock');
    await screenshot(page, join(pictures, 'status-bar.png'));
    console.log(`Status bar: ${status.text} (${status.ariaLabel})\nPictures: ${pictures}`);
    assert.deepEqual(readRecords(stage.bin.markerFile), [], 'the denied command ran');
  });
}

/** Command-line programs of editors, most particular first. */
const editors = ['cursor', 'code', 'code-insiders', 'codium', 'windsurf'];

function installedEditor(): string | undefined {
  const named = process.env['VSCODE_EXECUTABLE'];
  if (named) return named;
  return editors.find((name) => spawnSync(name, ['--version'], { stdio: 'ignore', timeout: 20_000, shell: process.platform === 'win32' }).status === 0);
}

async function interactive(): Promise<void> {
  await withRig(async ({ reaper, folder }) => {
    const home = join(folder, 'home');
    for (const trace of ['.claude', '.cursor']) await mkdir(join(home, trace), { recursive: true });
    const shop = await makeShop(join(folder, 'shop'));
    const bin = await makeRecordingBin(folder);
    await openEditor(installedEditor(), reaper, home, shop);
    console.log('When the editor has opened, choose “Guard Them” in the notification of Interlock.');
    await until(() => areGuarded(home), 'nobody guarded the agents', personLimitMs);
    await playIncident(shop, home, bin);
    console.log('\nLook around; press Ctrl-C to end.');
    await new Promise(() => undefined);
  });
}

async function openEditor(editor: string | undefined, reaper: Reaper, home: string, shop: Shop): Promise<void> {
  if (editor === undefined) {
    const workbench = await startWorkbench({ reaper, folder: shop.folder, home, vsix: [vsix] });
    console.log(`No editor is installed, so here is one for the browser:\n\n    ${workbench.url}\n`);
    return;
  }
  const dirs = ['--user-data-dir', join(home, 'user-data'), '--extensions-dir', join(home, 'extensions')];
  const env = { ...process.env, HOME: home };
  for (const args of [['--install-extension', vsix], ['--new-window', '--disable-workspace-trust', shop.folder]]) {
    const run = spawnSync(editor, [...dirs, ...args], { env, stdio: 'inherit', shell: process.platform === 'win32' });
    if (run.status !== 0) throw new Error(`${editor} could not be started.`);
  }
}

async function main(): Promise<void> {
  if (process.argv.includes('--headless')) {
    await runIsolated(() => Promise.all([provisionCodeServer(), provisionBrowser()]), headless);
  } else await interactive();
}

void main();
