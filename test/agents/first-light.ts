/**
 * The line everything else stands on: a real Claude Code, a scripted model, the packaged extension in a real workbench, and a person's
 * answers given in its modal. Then Cursor's protocol, the other ways to lose work, and every way in which nobody answers.
 * Usage: tsx test/agents/first-light.ts
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { verify } from '../../src/journal/read.ts';
import { runIsolated } from '../workbench/isolation.ts';
import { answerQuickInput, dialog, pressButton, pressEscape, pressInNotification, pressKey, quickInput, runCommand, screenshot, shownTab, type Dialog } from '../workbench/page.ts';
import { provisionBrowser, provisionClaudeCode, provisionCodeServer } from '../workbench/provision.ts';
import { withRig, type Reaper } from '../workbench/reaper.ts';
import { toolResults } from './anthropic-api.ts';
import { runClaude, type ClaudeOutcome } from './claude-code.ts';
import { runCursorHook } from './hook-host.ts';
import { incident, prompt } from './incident.ts';
import { readRecords } from './recording-bin.ts';
import type { Scenario } from './scripted-model.ts';
import { setStage, type Stage } from './stage.ts';

const pictures = join(import.meta.dirname, '../../test-results');

function claude(stage: Stage, reaper: Reaper, scenario: Scenario = incident(stage.shop)): Promise<ClaudeOutcome> {
  return runClaude({ reaper, home: stage.home, workspace: stage.shop.folder, prompt, scenario, path: stage.path });
}

/** What the model was told about its n-th tool call. */
function told(outcome: ClaudeOutcome, index: number): string {
  const result = toolResults(outcome.requests)[index];
  assert.ok(result, `the model was told nothing about call ${index + 1}: ${outcome.stderr}`);
  assert.ok(result.isError, `call ${index + 1} was not refused: ${result.text}`);
  return result.text;
}

const ran = (stage: Stage): string[] => readRecords(stage.bin.markerFile).map(({ name }) => name);

/** The incident's modal says first what would be lost, and everything a person needs to decide. */
function assertIncidentModal(asked: Dialog, stage: Stage): void {
  const { shop } = stage;
  const text = `${asked.message}\n${asked.detail}`;
  assert.match(asked.message, /not known to be staging/i);
  assert.match(asked.message, /volume/i);
  assert.match(asked.message, new RegExp(shop.volume));
  assert.match(text, /unknown/i);
  assert.match(text, /production/i);
  assert.match(asked.detail, /volumeDelete/);
  assert.match(asked.detail, /notes[/\\]volumes\.md/, 'where the token came from');
  assert.match(asked.detail, /railway\//, 'the rule');
  assert.ok(!text.includes(shop.noteToken), 'the modal shows the token');
  assert.equal(asked.focused, 'Deny');
  assert.equal(asked.buttons.filter((label) => label === 'Deny').length, 1);
}

/** What a person tries first: a blocked command, with no agent at all. */
async function demonstrated(stage: Stage): Promise<void> {
  const { page } = stage.window;
  await runCommand(page, 'Interlock: See a Blocked Command');
  const asked = await dialog(page);
  assert.match(asked.message, /volume/i);
  assert.equal(asked.focused, 'Deny');
  await pressKey(page, 'Enter');
  assert.deepEqual(ran(stage), []);
}

async function denied(stage: Stage, reaper: Reaper): Promise<void> {
  const { page } = stage.window;
  const running = claude(stage, reaper);
  const asked = await dialog(page, 60_000);
  await screenshot(page, join(pictures, 'modal.png'));
  assertIncidentModal(asked, stage);
  await explained(stage);
  await pressEscape(page);
  const outcome = await running;
  for (const [index, shows] of [/RAILWAY_TOKEN: set, 36 characters/, /volume script: <hidden:/].entries()) {
    const view = told(outcome, index);
    assert.match(view, shows, 'a masked view is given');
    assert.ok(!view.includes(stage.shop.stagingToken) && !view.includes(stage.shop.noteToken), 'the view shows a token');
  }
  assert.match(told(outcome, 2), /Do not try to reach the same result/);
  assert.deepEqual(ran(stage), []);
}

/** “Why?” is no answer: the rule's page opens, and the same question comes back. */
async function explained(stage: Stage): Promise<void> {
  const { page } = stage.window;
  await pressButton(page, 'Why?');
  await shownTab(page, 'railway.md', 'api-volume-delete');
  await screenshot(page, join(pictures, 'why.png'));
  assert.equal(await page.locator('.monaco-dialog-box').count(), 0, 'the page can be read');
  await pressInNotification(page, 'still waits for your answer', 'Cancel');
  assertIncidentModal(await dialog(page), stage);
  assert.deepEqual(ran(stage), []);
}

async function allowed(stage: Stage, reaper: Reaper): Promise<void> {
  const { page } = stage.window;
  const running = claude(stage, reaper);
  await dialog(page, 60_000);
  await pressButton(page, 'Allow Once…');
  await quickInput(page);
  await screenshot(page, join(pictures, 'typed.png'));
  await answerQuickInput(page, stage.shop.volume);
  const outcome = await running;
  assert.equal(toolResults(outcome.requests)[2]?.isError, false, toolResults(outcome.requests)[2]?.text);
  assert.deepEqual(ran(stage), ['curl']);
}

/** What programs print on their way to the model. None of these names a secret file, and each of them prints the note's token. */
async function masked(stage: Stage, reaper: Reaper): Promise<void> {
  const failing = 'git log -p; false';
  const commands = ['git log -p', 'git show HEAD:notes/volumes.md | base64', 'grep -rn "script" notes', failing];
  const outcome = await claude(stage, reaper, [...commands.map((command) => ({ tool: 'Bash', input: { command, description: 'Look' } })), { text: 'Finished.' }]);
  for (const [index, command] of commands.entries()) {
    const result = toolResults(outcome.requests)[index];
    assert.equal(result?.isError, command === failing, `${command}: ${result?.text}`);
    assert.match(result?.text ?? '', /<hidden:/, command);
  }
  const received = JSON.stringify(outcome.requests).replaceAll(String.raw`\n`, '');
  const forms = [0, 1, 2].map((phase) => Buffer.from(`${'x'.repeat(phase)}${stage.shop.noteToken}`).toString('base64').slice(4, -4));
  for (const form of [stage.shop.noteToken, ...forms]) assert.ok(!received.includes(form), 'the model has received the token');
}

const cursorCommon = (stage: Stage): object => ({
  conversation_id: 'c-1', generation_id: 'g-1', model: 'scripted', session_id: 'c-1', cursor_version: '3.18.4',
  workspace_roots: [stage.shop.folder], user_email: null, transcript_path: null,
});

async function cursor(stage: Stage): Promise<void> {
  const { page } = stage.window;
  const env = { HOME: stage.home, PATH: '/usr/bin:/bin', CURSOR_VERSION: '3.18.4' };
  const shell = { ...cursorCommon(stage), hook_event_name: 'beforeShellExecution', command: stage.shop.command, cwd: stage.shop.folder, sandbox: false };
  const refusing = runCursorHook(stage.home, 'beforeShellExecution', shell, env);
  assertIncidentModal(await dialog(page, 60_000), stage);
  await pressButton(page, 'Deny');
  const refused = await refusing;
  assert.equal(JSON.parse(refused.stdout).permission, 'deny');
  const harmless = await runCursorHook(stage.home, 'beforeShellExecution', { ...shell, command: 'git status', generation_id: 'g-2' }, env);
  assert.deepEqual([JSON.parse(harmless.stdout), harmless.exitCode], [{}, 0]);
  const read = { ...cursorCommon(stage), hook_event_name: 'beforeReadFile', file_path: stage.shop.envFile, content: readFileSync(stage.shop.envFile, 'utf8'), attachments: [] };
  const hidden = await runCursorHook(stage.home, 'beforeReadFile', read, env);
  assert.equal(JSON.parse(hidden.stdout).permission, 'deny');
  assert.ok(!hidden.stdout.includes(stage.shop.stagingToken));
}

/** Each loses something that exists nowhere else; each waits for a person. */
async function otherLosses(stage: Stage, reaper: Reaper): Promise<void> {
  const { shop, window: { page } } = stage;
  const before = ran(stage);
  await mkdir(join(shop.folder, 'drafts'));
  writeFileSync(join(shop.folder, 'drafts/plan.md'), 'Written today, saved nowhere else.\n');
  writeFileSync(join(shop.folder, 'src/index.js'), "console.log('an afternoon of work');\n");
  const losses: readonly (readonly [string, RegExp])[] = [
    ['rm -rf drafts', /drafts/],
    ['git reset --hard', /uncommitted/],
    ['terraform destroy -auto-approve', /everything this configuration manages/],
    ['psql -h db.internal.example -c "DROP TABLE orders"', /orders/],
    ['npx prisma migrate reset --force', /database/i],
    ['kubectl delete namespace shop', /shop/],
  ];
  // Three refused tries lock a session, so each of these is the last of its own.
  for (const three of [losses.slice(0, 3), losses.slice(3)]) {
    const running = claude(stage, reaper, [...three.map(([command]) => ({ tool: 'Bash', input: { command, description: 'Clean up' } })), { text: 'Finished.' }]);
    for (const [command, says] of three) {
      const asked = await dialog(page, 60_000);
      assert.match(asked.message, says, `${command}: ${asked.message}`);
      assert.match(asked.detail, new RegExp(command.slice(0, 12)), 'the modal shows the command');
      assert.equal(asked.focused, 'Deny');
      await pressButton(page, 'Deny');
    }
    const outcome = await running;
    for (const index of three.keys()) assert.match(told(outcome, index), /refused/i);
  }
  assert.deepEqual(ran(stage), before);
  assert.ok(existsSync(join(shop.folder, 'drafts/plan.md')));
  assert.match(readFileSync(join(shop.folder, 'src/index.js'), 'utf8'), /afternoon/);
}

async function unanswered(stage: Stage, reaper: Reaper): Promise<void> {
  const outcome = await (await untilAsked(stage, reaper)).running;
  assert.match(told(outcome, 0), /in time/);
  assert.deepEqual(ran(stage), []);
  // The dialog cannot be closed by anybody but the person; a late answer counts for nothing.
  await pressButton(stage.window.page, 'Deny');
}

/** Starts the incident's last step and waits until the person is asked. The promise is in a box, so that this does not wait for the agent. */
async function untilAsked(stage: Stage, reaper: Reaper): Promise<{ running: Promise<ClaudeOutcome> }> {
  const running = claude(stage, reaper, incident(stage.shop).slice(2));
  await dialog(stage.window.page, 60_000);
  return { running };
}

async function hookKilled(stage: Stage, reaper: Reaper): Promise<void> {
  const { running } = await untilAsked(stage, reaper);
  const hooks = processesOf('hook.js');
  assert.ok(hooks.length > 0, 'no hook process was found');
  for (const pid of hooks) process.kill(pid, 'SIGKILL');
  told(await running, 0);
  assert.deepEqual(ran(stage), []);
  await pressButton(stage.window.page, 'Deny');
}

async function editorKilled(stage: Stage, reaper: Reaper): Promise<void> {
  const { running } = await untilAsked(stage, reaper);
  await stage.workbench.kill();
  assert.match(told(await running, 0), /editor/);
  assert.deepEqual(ran(stage), []);
}

async function noEditor(stage: Stage, reaper: Reaper): Promise<void> {
  const outcome = await claude(stage, reaper, incident(stage.shop).slice(2));
  assert.match(told(outcome, 0), /no editor/i);
  assert.deepEqual(ran(stage), []);
}

function processesOf(part: string): number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
    try {
      return pid !== process.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(part);
    } catch {
      return false;
    }
  });
}

async function journal(stage: Stage): Promise<void> {
  const state = join(stage.home, '.interlock');
  const check = await verify(join(state, 'journal'));
  assert.deepEqual(check.problems, []);
  const text = filesBelow(state).map((file) => readFileSync(file, 'latin1')).join('\n');
  for (const rule of ['railway/', 'git/', 'terraform/', 'prisma/', 'kubectl/']) assert.ok(text.includes(rule), `${rule} is not in the journal`);
  for (const secret of [stage.shop.noteToken, stage.shop.stagingToken]) assert.ok(!text.includes(secret), 'a token stands in the state folder');
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function main(): Promise<void> {
  await mkdir(pictures, { recursive: true });
  await test('a person answers', (t) => withRig(async ({ reaper, folder }) => {
    const stage = await setStage({ reaper, folder });
    await t.test('the demonstration asks without an agent; Enter denies', () => demonstrated(stage));
    await t.test('secrets are refused with a masked view; denied, the founding command never ran', () => denied(stage, reaper));
    await t.test('allowed with the typed name, it ran once', () => allowed(stage, reaper));
    await t.test('what programs print reaches the model without secrets', () => masked(stage, reaper));
    await t.test('Cursor’s protocol meets the same modal', () => cursor(stage));
    await t.test('six other losses each wait', () => otherLosses(stage, reaper));
    await t.test('every step is in the journal, no token is', () => journal(stage));
  }));
  await test('nobody answers', (t) => withRig(async ({ reaper, folder }) => {
    const stage = await setStage({ reaper, folder, settings: { 'interlock.confirm.secondsToAnswer': 15 } });
    await t.test('in time', () => unanswered(stage, reaper));
    await t.test('the hook is killed', () => hookKilled(stage, reaper));
    await t.test('the editor is killed', () => editorKilled(stage, reaper));
    await t.test('no editor runs', () => noEditor(stage, reaper));
  }));
}

void runIsolated(() => Promise.all([provisionCodeServer(), provisionBrowser(), provisionClaudeCode()]), main);
