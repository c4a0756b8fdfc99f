/**
 * What a folder counts as, in the real workbench: tagging it, evidence that changes on disk, another extension that lowers the tag, the
 * colour of the title bar, and a window with two folders.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { until, vsix } from '../agents/stage.ts';
import { answerQuickInput, dialog, openPage, pressButton, pressEscape, pressInNotification, quickInput, runCommand, screenshot, statusItem, type StatusItem, type WorkbenchPage } from './page.ts';
import { type Reaper, withRig } from './reaper.ts';
import { startWorkbench, type Workbench } from './workbench.ts';

const pictures = join(import.meta.dirname, '../../test-results');
const setEnvironment = 'Interlock: Set Environment of Folder…';
const LIMIT_MS = 20_000;

interface DeskOptions {
  /** Both folders are open in one window. */
  readonly both?: boolean;
  /** Nobody trusts the folder. */
  readonly restricted?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The person's policy before the window opens. */
  readonly policy?: (shop: string) => object;
}

interface Desk {
  readonly home: string;
  /** Two folders; the first is open alone or both are. */
  readonly shop: string;
  readonly infra: string;
  readonly workbench: Workbench;
  readonly window: WorkbenchPage;
}

/** A home whose kube context is of a staging cluster, and an extension that belongs to somebody else. */
async function setDesk(reaper: Reaper, folder: string, { both = false, restricted = false, settings = {}, policy }: DeskOptions = {}): Promise<Desk> {
  const home = join(folder, 'home');
  const [shop, infra] = [join(folder, 'shop'), join(folder, 'infra')];
  await write(join(shop, 'README.md'), '# Shop\n');
  await write(join(infra, 'main.tf'), '# Infrastructure\n');
  await write(join(infra, '.terraform/environment'), 'prod');
  await write(join(folder, 'both.code-workspace'), JSON.stringify({ folders: [{ path: 'shop' }, { path: 'infra' }] }));
  await mkdir(join(home, '.claude'), { recursive: true });
  await useContext(home, 'staging');
  if (policy) {
    await mkdir(join(home, '.interlock'), { mode: 0o700 });
    await writeFile(join(home, '.interlock/user-policy.jsonc'), JSON.stringify(policy(shop)), { mode: 0o600 });
  }
  const other = await makeOtherExtension(join(folder, 'other'));
  const workbench = await startWorkbench({ reaper, folder: shop, home, vsix: [vsix], extensionFolders: [other], restricted, settings });
  const url = both ? `http://127.0.0.1:${workbench.port}/?workspace=${encodeURIComponent(join(folder, 'both.code-workspace'))}` : workbench.url;
  const window = await openPage({ ...workbench, url }, { reaper, home });
  await pressInNotification(window.page, 'Nothing guards', 'Guard Them');
  await until(() => existsSync(join(home, '.claude/settings.json')), 'the hooks were not installed');
  return { home, shop, infra, workbench, window };
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, text);
}

/** What `kubectl config use-context` writes. */
function useContext(home: string, context: string): Promise<void> {
  const entry = (name: string): string => `- context:\n    cluster: ${name}\n  name: ${name}\n`;
  return write(join(home, '.kube/config'), `apiVersion: v1\nkind: Config\nclusters:\n- cluster:\n    server: https://10.1.2.3:6443\n  name: ${context}\ncontexts:\n${entry('staging')}${entry('prod-eu')}current-context: ${context}\n`);
}

/** An extension that calls the command as an agent's “run a command of the editor” would, and accepts whatever can be accepted by commands. */
async function makeOtherExtension(folder: string): Promise<string> {
  const commands = [{ command: 'other.lower', title: 'Other: Lower the Tag' }, { command: 'other.remove', title: 'Other: Remove the Tag' }, { command: 'other.pick', title: 'Other: Pick for the Person' }, { command: 'other.tint', title: 'Other: Turn the Tint On or Off' }];
  await write(join(folder, 'package.json'), JSON.stringify({ name: 'other', publisher: 'somebody', version: '0.0.0', engines: { vscode: '^1.105.0' }, main: './main.js', activationEvents: ['onStartupFinished'], contributes: { commands } }));
  await write(join(folder, 'main.js'), `
    const { commands, workspace } = require('vscode');
    const pause = () => new Promise((done) => setTimeout(done, 500));
    exports.activate = ({ subscriptions }) => subscriptions.push(
      commands.registerCommand('other.lower', () => void commands.executeCommand('interlock.setEnvironment', { environment: 'local', confirmed: true })),
      commands.registerCommand('other.remove', () => void commands.executeCommand('interlock.setEnvironment', { environment: 'none' })),
      commands.registerCommand('other.tint', () => workspace.getConfiguration('interlock').update('titleBar.tint', !workspace.getConfiguration('interlock').get('titleBar.tint'), true)),
      commands.registerCommand('other.pick', async () => {
        void commands.executeCommand('interlock.setEnvironment');
        await pause();
        for (let row = 0; row < 4; row++) await commands.executeCommand('workbench.action.quickOpenSelectNext');
        await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        for (let tries = 0; tries < 3; tries++) {
          await pause();
          await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        }
      }),
    );`);
  return folder;
}

/** Waits until the item of the status bar reads as it should. */
async function status(page: Page, text: RegExp, kind?: StatusItem['kind']): Promise<StatusItem> {
  const end = Date.now() + LIMIT_MS;
  for (;;) {
    const item = await statusItem(page, 'interlock');
    if (text.test(item.text) && (kind === undefined || item.kind === kind)) return item;
    assert.ok(Date.now() < end, `the status bar says “${item.text}” (${item.kind}), not ${text}${kind === undefined ? '' : ` (${kind})`}`);
    await delay(100);
  }
}

const picture = (page: Page, name: string): Promise<void> => screenshot(page, join(pictures, `tag-${name}.png`));
const journal = (home: string): string => readdirSync(join(home, '.interlock/journal')).filter((name) => name.endsWith('.jsonl')).map((name) => readFileSync(join(home, '.interlock/journal', name), 'utf8')).join('');
const told = (page: Page, text: string): Promise<number> => page.locator('.notification-toast', { hasText: text }).count();

async function tagged({ home, window: { page } }: Desk): Promise<void> {
  const proposed = await status(page, /^Staging\?$/, 'warning');
  assert.match(proposed.ariaLabel, /not tagged, the evidence says staging/);
  await runCommand(page, setEnvironment);
  const pick = await quickInput(page);
  assert.match(pick.placeholder, /The evidence says staging/);
  assert.match(pick.rows.join('\n'), /Use what the evidence says.*\n[^]*kube context “staging”/);
  await picture(page, 'pick');
  await answerQuickInput(page, 'Use what');
  const asked = await dialog(page);
  assert.match(asked.message, /held less strictly/);
  assert.match(asked.detail, /untagged now and will count as staging/);
  await picture(page, 'modal');
  await pressButton(page, 'Tag as staging');
  await status(page, /^Staging$/, 'warning');
  await page.locator('.statusbar-item[id*="interlock"]').first().hover();
  await page.locator('.monaco-hover', { hasText: 'kube context' }).waitFor();
  await picture(page, 'status');
  await page.mouse.move(640, 300);
  assert.match(readFileSync(join(home, '.interlock/user-policy.jsonc'), 'utf8'), /"staging"/);
}

async function changed({ home, window: { page } }: Desk): Promise<void> {
  const sentence = 'What runs in shop may now reach production (before: staging)';
  await useContext(home, 'prod-eu');
  await page.locator('.notification-toast', { hasText: sentence }).waitFor();
  await status(page, /^Staging, evidence of production$/, 'warning');
  await picture(page, 'changed');
  await pressInNotification(page, sentence, 'Show Evidence');
  assert.match((await dialog(page)).detail, /production: kube context “prod-eu” .*is named like production/);
  await picture(page, 'evidence');
  await pressEscape(page);
  const records = journal(home).split('\n').filter((line) => line.includes('the evidence changed'));
  assert.equal(records.length, 1);
  // To and fro, as a script does: the way back is told once, the way there not again.
  await useContext(home, 'staging');
  await status(page, /^Staging$/);
  await useContext(home, 'prod-eu');
  await status(page, /evidence of production/);
  await delay(1_000);
  assert.equal(await told(page, sentence), 0);
  assert.equal(journal(home).split('\n').filter((line) => line.includes('the evidence changed')).length, 2);
}

/** Whoever calls the command, the person is asked; Escape, and Enter without looking, keep the tag. */
async function calledByAnother({ home, window: { page } }: Desk): Promise<void> {
  const policy = join(home, '.interlock/user-policy.jsonc');
  const before = readFileSync(policy, 'utf8');
  for (const command of ['Other: Lower the Tag', 'Other: Remove the Tag', 'Other: Pick for the Person']) {
    await runCommand(page, command);
    const asked = await dialog(page);
    assert.match(asked.message, /held less strictly/, command);
    assert.equal(asked.focused, 'Keep as It Is');
    await delay(2_000);
    assert.equal(await page.locator('.monaco-dialog-box').count(), 1, `${command}: the question is gone without a person`);
    await picture(page, `other-${command.split(' ')[1]?.toLowerCase()}`);
    await pressEscape(page);
    await status(page, /^Staging/);
    assert.equal(readFileSync(policy, 'utf8'), before, command);
  }
  assert.match(journal(home), /shop stays staging: local was not confirmed/);
}

async function coloured({ shop, window: { page } }: Desk): Promise<void> {
  const settings = join(shop, '.vscode/settings.json');
  assert.ok(!existsSync(settings));
  await runCommand(page, 'Other: Turn the Tint On or Off');
  await until(() => existsSync(settings) && readFileSync(settings, 'utf8').includes('titleBar.activeBackground'), 'the title bar was not coloured');
  const staging = readFileSync(settings, 'utf8');
  await runCommand(page, setEnvironment);
  await answerQuickInput(page, 'Everything here counts as production');
  await status(page, /^Production$/, 'error');
  await until(() => readFileSync(settings, 'utf8') !== staging, 'the colour did not change with the tag');
  await delay(500);
  await picture(page, 'tint');
  await runCommand(page, 'Other: Turn the Tint On or Off');
  await until(() => !existsSync(join(shop, '.vscode')), 'what was written was not taken back');
}

/** The person's own colours, and everything else in the file, are as they were, though the window started anew in between. */
async function putBack({ shop, window: { page } }: Desk): Promise<void> {
  const settings = join(shop, '.vscode/settings.json');
  const before = '{\n  // mine\n  "workbench.colorCustomizations": {\n    "titleBar.activeBackground": "#123456",\n    "tab.border": "#abcdef"\n  },\n  "editor.tabSize": 3\n}\n';
  await write(settings, before);
  await delay(1_000);
  await runCommand(page, 'Other: Turn the Tint On or Off');
  await until(() => readFileSync(settings, 'utf8').includes('titleBar.inactiveBackground'), 'the title bar was not coloured');
  assert.match(readFileSync(settings, 'utf8'), /\/\/ mine[^]*"tab\.border": "#abcdef"[^]*"editor\.tabSize": 3/);
  assert.doesNotMatch(readFileSync(settings, 'utf8'), /#123456/);
  await page.reload();
  await status(page, /^Production$/);
  await until(() => readFileSync(settings, 'utf8').includes('titleBar.inactiveBackground'), 'the title bar was not coloured after the start');
  await delay(1_000);
  await runCommand(page, 'Other: Turn the Tint On or Off');
  await until(() => readFileSync(settings, 'utf8').includes('#123456'), 'the person’s colour was not put back');
  assert.equal(readFileSync(settings, 'utf8'), before);
}

async function closed({ shop, window }: Desk): Promise<void> {
  const settings = join(shop, '.vscode/settings.json');
  const before = readFileSync(settings, 'utf8');
  await runCommand(window.page, 'Other: Turn the Tint On or Off');
  await until(() => readFileSync(settings, 'utf8') !== before, 'the title bar was not coloured');
  await delay(1_000);
  await window.close();
  await until(() => readFileSync(settings, 'utf8') === before, 'closing the window did not put the colours back');
}

async function untrusted({ shop, window: { page } }: Desk): Promise<void> {
  await status(page, /^Production/, 'error');
  await delay(2_000);
  await picture(page, 'restricted');
  assert.ok(!existsSync(join(shop, '.vscode')));
}

async function followed({ window: { page } }: Desk): Promise<void> {
  await status(page, /^Staging\?/);
  await openFile(page, 'main.tf');
  const item = await status(page, /^Production\?/);
  assert.match(item.ariaLabel, /infra is not tagged, the evidence says production/);
  await picture(page, 'multi-root');
  await runCommand(page, setEnvironment);
  assert.match((await quickInput(page)).rows[0] ?? '', /infra/);
  await page.keyboard.press('Escape');
  await openFile(page, 'README.md');
  await status(page, /^Staging\?/);
}

async function openFile(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+P');
  await page.locator('.quick-input-widget:visible .quick-input-box input').fill(name);
  await page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: name }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.tabs-container .tab', { hasText: name }).first().waitFor();
}

/** Plays them in windows of their own. */
export async function playTags(): Promise<void> {
  await mkdir(pictures, { recursive: true });
  await test('a window with one folder', (t) => withRig(async ({ reaper, folder }) => {
    const desk = await setDesk(reaper, folder);
    await t.test('the evidence proposes, the person decides, the status bar shows it', () => tagged(desk));
    await t.test('a switched context is told once and shown', () => changed(desk));
    await t.test('another extension cannot lower or remove the tag without a person', () => calledByAnother(desk));
    await t.test('the title bar is coloured after the tag and put back', () => coloured(desk));
    await t.test('the person’s own colours come back after a new start', () => putBack(desk));
    await t.test('closing the window puts them back too', () => closed(desk));
  }));
  await test('a window nobody trusts', (t) => withRig(async ({ reaper, folder }) => {
    const policy = (shop: string): object => ({ tags: [{ folder: shop, environment: 'production' }] });
    const desk = await setDesk(reaper, folder, { restricted: true, settings: { 'interlock.titleBar.tint': true }, policy });
    await t.test('nothing is written', () => untrusted(desk));
  }));
  await test('a window with two folders', (t) => withRig(async ({ reaper, folder }) => {
    const desk = await setDesk(reaper, folder, { both: true });
    await t.test('the status bar follows the active editor', () => followed(desk));
  }));
}
