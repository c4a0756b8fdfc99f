/** What is told afterwards: the Activity view, why something was held, and the report. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Stage } from '../../agents/stage.ts';
import { type Dialog, dialog, pickRow, pressButton, pressEscape, pressInNotification, pressOnRow, runCommand } from '../page.ts';
import { assertAllowed, assertDenied, callShell, changesByPerson, picture, type Scene } from '../scene.ts';

const pictures = join(import.meta.dirname, '../../../test-results');
const cli = join(import.meta.dirname, '../../../dist/cli.js');

/** The text of the page shown in the front editor. */
function webview(page: Page): ReturnType<Page['frameLocator']> {
  return page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
}

async function refuse(stage: Stage, session: string, command: string): Promise<void> {
  const asking = callShell(stage, session, command);
  await dialog(stage.window.page);
  await pressEscape(stage.window.page);
  assertDenied(await asking, /refused this/);
}

export const toldScenes: readonly Scene[] = [
  {
    title: 'told: the activity is grouped by session, narrowed to what was stopped, and says why with the part marked',
    async play(stage) {
      const { page } = stage.window;
      await refuse(stage, 'told-a', 'cd . && kubectl delete namespace told');
      assertDenied(await callShell(stage, 'told-a', 'kubectl delete ns told'), /refused already/);
      await runCommand(page, 'Interlock: Show Activity');
      const pane = page.locator('.pane-body');
      // The view takes the focus when it opens, and what else has it then closes.
      await pane.locator('.monaco-list-row', { hasText: 'namespace told' }).first().waitFor();
      await runCommand(page, 'Interlock: Filter Activity…');
      await pickRow(page, 'Stopped');
      await pane.getByText('Only: Stopped').waitFor();
      await pane.getByText(/tried again once after a no/).first().waitFor();
      await picture(stage, 'activity');
      await pressOnRow(page, 'cd . && kubectl delete namespace told', 'Why?');
      const frame = webview(page);
      await frame.locator('mark', { hasText: 'kubectl delete namespace told' }).waitFor();
      assert.equal(await frame.locator('mark').innerText(), 'kubectl delete namespace told');
      await picture(stage, 'why');
      await runCommand(page, 'View: Close Editor');
      await runCommand(page, 'Interlock: Show All Activity');
    },
  },
  {
    title: 'told: the report is shown in the editor, and as a file in light, dark and print, with nothing fetched',
    async play(stage) {
      const { page } = stage.window;
      await runCommand(page, 'Interlock: Show Session Report…');
      await pickRow(page, 'Everything in the journal');
      await webview(page).getByRole('heading', { name: 'What agents did, and what was stopped' }).waitFor();
      assert.ok(Number(/(\d+) actions? (?:was|were) stopped/.exec(await webview(page).locator('.lead').innerText())?.[1]) > 0);
      await picture(stage, 'report-in-editor');
      await runCommand(page, 'View: Close Editor');
      const file = join(stage.home, 'report.html');
      const { stdout, status } = spawnSync(process.execPath, [cli, 'journal', 'report'], { env: { HOME: stage.home, PATH: process.env['PATH'] ?? '' }, encoding: 'utf8' });
      assert.equal(status, 0);
      writeFileSync(file, stdout);
      for (const token of [stage.shop.stagingToken, stage.shop.noteToken]) assert.ok(!stdout.includes(token), 'a token is in the report');
      const context = await (page.context().browser() ?? assert.fail('no browser')).newContext();
      const sheet = await context.newPage();
      try {
        const fetched: string[] = [];
        sheet.on('request', (request) => fetched.push(request.url()));
        await sheet.goto(`file://${file}`);
        for (const look of ['light', 'dark', 'print'] as const) {
          await sheet.emulateMedia(look === 'print' ? { media: 'print', colorScheme: 'light' } : { media: 'screen', colorScheme: look });
          await sheet.screenshot({ path: join(pictures, `report-${look}.png`), fullPage: true });
        }
        assert.deepEqual(fetched, [`file://${file}`]);
        assert.deepEqual(await sheet.locator('svg[role=img]:not([aria-label])').count(), 0);
      } finally {
        await context.close();
      }
    },
  },
  {
    title: 'told: chosen files of a copy come back, and a newer one only after a look at the difference and a click',
    async play(stage) {
      const { page } = stage.window;
      const folder = join(stage.shop.folder, 'plans');
      const write = (kept: string, secret: string): void => {
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, 'plan.md'), `The plan is ${kept}.\n`);
        writeFileSync(join(folder, '.env'), `PLAN_TOKEN=${secret}\n`);
      };
      const secrets = [randomUUID(), randomUUID()] as const;
      write('as it was kept', secrets[0]);
      writeFileSync(join(folder, 'letter.md'), 'A letter.\n');
      const asking = callShell(stage, 'told-kept', 'rm -rf plans');
      await dialog(page);
      await pressButton(page, 'Allow Once');
      assertAllowed(await asking);
      rmSync(folder, { recursive: true });
      write('newer work', secrets[1]);
      await runCommand(page, 'Interlock: Restore Kept Files…');
      await pickRow(page, 'rm -rf plans');
      await page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: 'letter.md' }).waitFor();
      await picture(stage, 'restore-choices');
      await pickRow(page, 'letter.md');
      await page.keyboard.press('Enter');
      const asked = await dialog(page);
      assert.match(asked.message, /2 files have changed since they were kept/);
      assert.deepEqual([asked.focused, [...asked.buttons].sort()], ['Show the Difference', ['Leave Them', 'Replace with the Kept Copies', 'Show the Difference']]);
      await pressButton(page, 'Show the Difference');
      const diff = page.locator('.monaco-diff-editor');
      await diff.locator('.original', { hasText: 'as it was kept' }).waitFor();
      await diff.locator('.modified', { hasText: 'newer work' }).waitFor();
      await page.locator('.notification-toast', { hasText: /Hidden from agents and so not shown: .*\.env/ }).waitFor();
      await picture(stage, 'restore-difference');
      for (const secret of secrets) assert.ok(!(await page.locator('body').innerText()).includes(secret), 'a value is on the screen');
      assert.equal(readFileSync(join(folder, 'plan.md'), 'utf8'), 'The plan is newer work.\n');
      await pressInNotification(page, 'Left is the kept copy', 'Choose Which…');
      await pickRow(page, 'plan.md');
      await page.keyboard.press('Enter');
      await page.locator('.notification-toast', { hasText: '1 newer and left alone' }).waitFor();
      assert.equal(readFileSync(join(folder, 'plan.md'), 'utf8'), 'The plan is as it was kept.\n');
      assert.ok(readFileSync(join(folder, '.env'), 'utf8').includes(secrets[1]));
      assert.ok(!existsSync(join(folder, 'letter.md')));
      assert.match((await changesByPerson(stage)).join('\n'), /Restored what was kept before “.*rm -rf plans.*1 newer and left alone/);
      await runCommand(page, 'View: Close All Editors');
      rmSync(folder, { recursive: true });
    },
  },
  {
    title: 'told: what a push took from a remote is pushed back after a click',
    async play(stage) {
      const { page } = stage.window;
      const { folder } = stage.shop;
      const origin = join(folder, '..', 'origin.git');
      const git = (...args: readonly string[]): string => execFileSync('git', ['-C', folder, '-c', 'user.name=Jo', '-c', 'user.email=jo@shop.test', ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
      const there = (): string => git('ls-remote', origin, 'refs/heads/live');
      git('init', '-q', '--bare', origin);
      git('commit', '-q', '--allow-empty', '-m', 'work of everybody');
      git('push', '-q', origin, 'HEAD:refs/heads/live');
      const before = there();
      git('commit', '-q', '--amend', '--allow-empty', '-m', 'something else');
      const push = `git push --force ${origin} HEAD:refs/heads/live`;
      const asking = callShell(stage, 'told-push', push);
      await dialog(page);
      await pressButton(page, 'Allow Once');
      assertAllowed(await asking);
      git('push', '-q', '--force', origin, 'HEAD:refs/heads/live');
      assert.notEqual(there(), before);
      const restore = async (): Promise<Dialog> => {
        await runCommand(page, 'Interlock: Restore Kept Files…');
        await pickRow(page, push);
        return dialog(page);
      };
      const asked = await restore();
      assert.match(asked.message, /Push live on .*origin\.git back to what it was\?/);
      assert.match(asked.detail, /live on .*origin\.git: [0-9a-f]{7} now, was [0-9a-f]{7}/);
      assert.notEqual(asked.focused, 'Push Back');
      await picture(stage, 'push-back');
      await pressEscape(page);
      assert.notEqual(there(), before);
      await restore();
      await pressButton(page, 'Push Back');
      await page.locator('.notification-toast', { hasText: /Pushed back: live on .*origin\.git/ }).waitFor();
      assert.equal(there(), before);
      assert.match((await changesByPerson(stage)).join('\n'), /Pushed back what was kept before “.*git push --force/);
    },
  },
];
