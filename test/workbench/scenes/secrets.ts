/** Secrets of the open folder, and a hidden file opened without showing what is in it. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { dialog, pressButton, pressEscape, pressInNotification, runCommand } from '../page.ts';
import { assertAllowed, callShell, meddle, picture, type Scene } from '../scene.ts';

/** What the person sees of the workbench itself; web views are frames of their own. */
async function seen(page: Page): Promise<string> {
  return page.locator('body').innerText();
}

function webview(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
}

export const secretScenes: readonly Scene[] = [
  {
    title: 'secrets: the Secrets view names what it found and never a value',
    async play(stage) {
      const { page } = stage.window;
      await meddle(stage, 'interlock.secrets.focus');
      const tree = page.getByRole('tree', { name: 'Secrets' });
      const note = tree.getByRole('treeitem', { name: /volumes\.md.*in git/ });
      await note.waitFor();
      await tree.getByRole('treeitem', { name: /\.env.*hidden from agents/ }).waitFor();
      await tree.getByRole('treeitem', { name: /railway token/ }).first().waitFor();
      await picture(stage, 'scene-secrets-view');
      const text = await seen(page);
      for (const value of [stage.shop.noteToken, stage.shop.stagingToken]) assert.ok(!text.includes(value.slice(0, 13)), 'a value is on the screen');
      await tree.getByRole('treeitem', { name: /\.env.*hidden from agents/ }).click();
      await webview(page).getByRole('rowheader', { name: 'RAILWAY_TOKEN' }).waitFor();
    },
  },
  {
    title: 'secrets: a hidden file opens by names, reveals one value, and changes one line',
    async play(stage) {
      const { page } = stage.window;
      const { envFile, stagingToken } = stage.shop;
      const before = await readFile(envFile, 'utf8');
      const frame = webview(page);
      const row = frame.getByRole('row', { name: /RAILWAY_TOKEN/ });
      await row.waitFor();
      await picture(stage, 'scene-hidden-editor');
      assert.ok(!(await frame.locator('body').innerHTML()).includes(stagingToken), 'a value is in the page');
      await row.getByRole('button', { name: 'Reveal RAILWAY_TOKEN' }).click();
      await row.getByText(stagingToken).waitFor();
      await frame.getByRole('row', { name: /APP_NAME/ }).getByRole('button', { name: 'Change APP_NAME' }).click();
      await frame.getByRole('textbox', { name: 'New value of APP_NAME' }).fill('shop two');
      await page.keyboard.press('Enter');
      await frame.getByText('APP_NAME was changed.').waitFor();
      assert.equal(await readFile(envFile, 'utf8'), before.replace('APP_NAME=shop', "APP_NAME='shop two'"));
      await frame.getByRole('button', { name: 'Open as Text…' }).click();
      const asked = await dialog(page);
      assert.match(asked.message, /Agents can read \.env/);
      assert.notEqual(asked.focused, 'Open as Text');
      await pressButton(page, 'Open as Text');
      await page.locator('.tabs-container .tab', { hasText: '.env' }).first().waitFor();
    },
  },
  {
    title: 'secrets: a hidden file that is open as text while an agent is at work is warned of',
    async play(stage) {
      const { page } = stage.window;
      assertAllowed(await callShell(stage, 'open-file', 'git status'));
      await page.locator('.notification-toast', { hasText: 'open as text while an agent is at work' }).waitFor();
      await picture(stage, 'scene-open-as-text');
      await pressInNotification(page, 'open as text while an agent is at work', 'Open Safely');
      await webview(page).getByRole('rowheader', { name: 'RAILWAY_TOKEN' }).waitFor();
      await runCommand(page, 'View: Close All Editors');
    },
  },
  {
    title: 'secrets: a value of tests is one only after a click',
    async play(stage) {
      const { page } = stage.window;
      await meddle(stage, 'interlock.secrets.focus');
      const tree = page.getByRole('tree', { name: 'Secrets' });
      const row = tree.getByRole('treeitem', { name: /railway token/ }).first();
      await row.click({ button: 'right' });
      // A menu takes no click right after it opened, which could be the end of the one that opened it.
      await page.getByRole('menuitem', { name: 'Mark as Test Value…' }).hover();
      await page.keyboard.press('Enter');
      const asked = await dialog(page);
      await picture(stage, 'scene-test-value');
      assert.notEqual(asked.focused, 'Mark as Test Value');
      await pressEscape(page);
      await row.waitFor();
      await runCommand(page, 'View: Close All Editors');
    },
  },
  {
    title: 'secrets: a value moves to .env, and what used it reads it from there where that is safe',
    async play(stage) {
      const { page } = stage.window;
      const { folder, envFile, noteFile, noteToken } = stage.shop;
      const script = join(folder, 'src/pay.js');
      const value = randomUUID();
      await writeFile(script, `const apiToken = '${value}';\n`);
      await meddle(stage, 'interlock.secrets.focus');
      const tree = page.getByRole('tree', { name: 'Secrets' });
      await moveToEnv(page, tree.getByRole('treeitem', { name: /^apiToken/ }), 'API_TOKEN is in .env now and read from there');
      assert.equal(await readFile(script, 'utf8'), 'const apiToken = process.env.API_TOKEN;\n');
      assert.match(await readFile(envFile, 'utf8'), new RegExp(`^API_TOKEN=${value}$`, 'm'));
      await moveToEnv(page, tree.getByRole('treeitem', { name: /^railway_token/ }), 'RAILWAY_TOKEN_2 is in .env now. Replace the value at this place');
      await picture(stage, 'scene-moved-to-env');
      assert.match(await readFile(envFile, 'utf8'), new RegExp(`^RAILWAY_TOKEN_2=${noteToken}$`, 'm'));
      assert.ok((await readFile(noteFile, 'utf8')).includes(noteToken), 'prose was changed');
      await runCommand(page, 'View: Close All Editors');
    },
  },
  {
    title: 'secrets: what is in the git history alone is found and shown apart',
    async play(stage) {
      const { page } = stage.window;
      const { folder } = stage.shop;
      const value = randomUUID();
      const file = join(folder, 'old-notes.md');
      await writeFile(file, `railway token of the old shop: ${value}\n`);
      const git = (...args: readonly string[]): unknown => execFileSync('git', ['-C', folder, '-c', 'user.name=Jo', '-c', 'user.email=jo@shop.test', ...args]);
      git('add', 'old-notes.md');
      git('commit', '-q', '-m', 'notes', 'old-notes.md');
      await rm(file);
      git('commit', '-q', '-m', 'no notes', 'old-notes.md');
      await runCommand(page, 'Interlock: Look for Secrets in Git History…');
      await page.locator('.notification-toast', { hasText: 'Rotate them: they can be read by whoever has the repository' }).waitFor();
      await pressInNotification(page, 'Rotate them', 'Show Secrets');
      const tree = page.getByRole('tree', { name: 'Secrets' });
      await tree.getByRole('treeitem', { name: /Only in git history/ }).waitFor();
      await tree.getByRole('treeitem', { name: /old-notes\.md at [0-9a-f]{7}/ }).waitFor();
      await picture(stage, 'scene-git-history');
      assert.ok(!(await seen(page)).includes(value.slice(0, 13)), 'a value is on the screen');
    },
  },
  {
    title: 'secrets: no value is in the journal, the index or what else is kept',
    async play({ home, shop }) {
      const files = (await readdir(home, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
      // The vault keeps whole files: they are a person's own, to be put back.
      const own = files.filter((file) => file.includes(`${sep}.interlock${sep}`) && !file.includes(`${sep}vault${sep}`));
      for (const part of ['journal', 'secrets']) assert.ok(own.some((file) => file.includes(part)), `${part} was not looked at`);
      for (const file of own) {
        const text = await readFile(file, 'latin1');
        for (const value of [shop.noteToken, shop.stagingToken]) assert.ok(!text.includes(value.slice(0, 13)), `a value is in ${file}`);
      }
    },
  },
];

/**
 * Chooses the command from the menu of a row until `told` is said. While the view takes in what changed a row may move under the pointer,
 * and what was chosen for a row that is just read anew does nothing; chosen twice, the value is in `.env` once.
 */
async function moveToEnv(page: Page, row: Locator, told: string): Promise<void> {
  const item = page.getByRole('menuitem', { name: 'Move to .env' });
  const toast = page.locator('.notification-toast', { hasText: told });
  for (let tries = 0; tries < 5 && !(await toast.isVisible()); tries++) {
    await page.keyboard.press('Escape');
    await row.click({ button: 'right' });
    // A menu takes no click right after it opened, which could be the end of the one that opened it.
    const chosen = await item.hover({ timeout: 3_000 }).then(() => true, () => false);
    if (!chosen) continue;
    await page.keyboard.press('Enter');
    await toast.waitFor({ timeout: 5_000 }).catch(() => undefined);
  }
  await toast.waitFor();
}
