/** Hooks that something takes away, and a launcher that no longer works: noticed, put right, and said where it cannot be. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { read } from '../../../src/journal/read.ts';
import { areGuarded, until, type Stage } from '../../agents/stage.ts';
import { dialog, pickRow, pressButton, pressEscape, pressInNotification, runCommand, statusItem } from '../page.ts';
import { assertDenied, callShell, picture, TURN_TERMINAL_GUARD, type Scene } from '../scene.ts';

const hookFile = '.cursor/hooks.json';

/** What the journal tells that Interlock did by itself. */
async function changesByInterlock({ home }: Stage): Promise<readonly string[]> {
  const records = await read(join(home, '.interlock/journal'), { limit: 200 });
  return records.flatMap((record) => (record.type === 'configuration' && record['by'] === 'interlock' ? [String(record['what'])] : []));
}

async function showAgents({ window: { page } }: Stage): Promise<void> {
  await runCommand(page, 'Interlock: Focus on Agents View');
}

export const guardingScenes: readonly Scene[] = [
  {
    title: 'hooks that are taken away on disk are put back with a notice, and after the third time the person decides',
    async play(stage) {
      const { home, window: { page } } = stage;
      const file = join(home, hookFile);
      const original = readFileSync(file, 'utf8');
      for (let time = 1; time <= 3; time += 1) {
        if (time === 2) rmSync(file);
        else writeFileSync(file, '{ "version": 1, "hooks": {} }\n');
        await until(() => areGuarded(home, [hookFile]), `the hooks were not put back the ${time}. time`);
        const notice = page.locator('.notification-toast', { hasText: 'Cursor’s hooks were removed at' }).first();
        await notice.waitFor();
        if (time === 1) await picture(stage, 'scene-hooks-put-back');
      }
      assert.match(original, /beforeShellExecution/);
      writeFileSync(file, '{ "version": 1, "hooks": {} }\n');
      const asked = await dialog(page);
      await picture(stage, 'scene-hooks-given-up');
      assert.match(asked.message, /Cursor is not guarded: its hooks were taken away again/);
      assert.match(asked.detail, /put them back 3 times today/);
      await pressButton(page, 'Put Back');
      await until(() => areGuarded(home, [hookFile]), 'the hooks were not put back at the person’s word');
      assert.equal((await changesByInterlock(stage)).filter((what) => what.includes('were put back')).length, 3);
    },
  },
  {
    title: 'a person who stops guarding is not contradicted',
    async play(stage) {
      const { home, window: { page } } = stage;
      const file = join(home, hookFile);
      rmSync(file);
      await until(() => areGuarded(home, [hookFile]), 'the hooks were not put back');
      await pressInNotification(page, 'Cursor’s hooks were removed at', 'Stop Guarding');
      const asked = await dialog(page);
      assert.match(asked.message, /will run destructive commands without asking you/);
      await pressButton(page, 'Stop Guarding');
      await until(() => !areGuarded(home, [hookFile]), 'the hooks were not taken out');
      await page.locator('.notification-toast', { hasText: 'Cursor: no longer guarded.' }).waitFor();
      // Longer than it waits after a change before it looks.
      await page.waitForTimeout(5_000);
      assert.equal(areGuarded(home, [hookFile]), false);
      await runCommand(page, 'Interlock: Guard Agents on This Machine…');
      await pickRow(page, 'For Me');
      await page.locator('.quick-input-widget:visible', { hasText: hookFile }).waitFor();
      await picture(stage, 'scene-guard-agents');
      await page.keyboard.press('Enter');
      await until(() => areGuarded(home, [hookFile]), 'the hooks were not installed again');
    },
  },
  {
    title: 'a launcher that cannot be started is said in the view and the status bar, and repaired once that is possible',
    async play(stage) {
      const { home, window: { page } } = stage;
      const launcher = join(home, '.interlock', 'hook');
      await showAgents(stage);
      rmSync(launcher);
      await page.locator('.notification-toast', { hasText: 'Interlock’s launcher did not work; it was written anew' }).waitFor({ timeout: 60_000 });
      rmSync(launcher);
      // In its place something that nothing can be written over.
      mkdirSync(join(launcher, 'x'), { recursive: true });
      await page.getByRole('treeitem', { name: /Claude Code, not guarded: its hooks do not answer/ }).waitFor({ timeout: 60_000 });
      const row = page.getByRole('treeitem', { name: /Claude Code, not guarded/ });
      await row.click();
      await page.keyboard.press('ArrowRight');
      await page.getByRole('treeitem', { name: /could not be started: its program cannot be executed/ }).first().waitFor();
      const status = await statusItem(page, 'interlock');
      await picture(stage, 'scene-not-alive');
      assert.match(status.text, /hook not alive/);
      rmSync(launcher, { recursive: true });
      await runCommand(page, 'Interlock: Repair Hooks…');
      await page.getByRole('treeitem', { name: /Claude Code, guarded, its hooks answered/ }).waitFor({ timeout: 60_000 });
      await picture(stage, 'scene-alive-again');
      assertDenied(await callShell(stage, 'alive', 'rm -rf /'), /refused/);
      const records = await read(join(home, '.interlock/journal'), { limit: 200 });
      assert.ok(records.some((record) => record.type === 'canary' && record['agent'] === 'claude-code'), 'the failure is in the journal');
      await pressEscape(page);
    },
  },
  {
    title: 'agents that are found later are shown as guarded once they are, and given the terminal guard for as long as it is on',
    async play(stage) {
      const { home, window: { page } } = stage;
      for (const file of ['.config/opencode/opencode.json', '.config/kilo/kilo.json']) {
        mkdirSync(join(home, file, '..'), { recursive: true });
        writeFileSync(join(home, file), '{}\n');
      }
      await runCommand(page, 'Interlock: Guard Agents on This Machine…');
      await pickRow(page, 'For Me');
      await page.locator('.quick-input-widget:visible', { hasText: '.config/opencode/plugins/interlock.js' }).waitFor();
      await page.keyboard.press('Enter');
      await until(() => areGuarded(home, ['.config/opencode/plugins/interlock.js', '.config/kilo/plugin/interlock.js']), 'the plugins were not installed');
      await showAgents(stage);
      // Only rows that fit into the view are there.
      await page.keyboard.press('Control+ArrowLeft');
      for (const name of [/^opencode, guarded, its hooks answered/, /^Kilo Code, guarded, its hooks answered/]) await page.getByRole('treeitem', { name }).waitFor({ timeout: 60_000 });
      await picture(stage, 'scene-guarded-later');
      const plugins = ['.config/opencode/plugins/interlock-shells.js', '.config/kilo/plugin/interlock-shells.js'];
      const settings = join(home, '.claude/settings.json');
      const before = readFileSync(settings, 'utf8');
      await runCommand(page, TURN_TERMINAL_GUARD);
      await until(() => plugins.every((file) => existsSync(join(home, file))), 'the shells were not guarded');
      await until(() => readFileSync(settings, 'utf8').includes('"BASH_ENV"'), 'Claude Code’s shells were not guarded');
      await runCommand(page, TURN_TERMINAL_GUARD);
      await until(() => !plugins.some((file) => existsSync(join(home, file))), 'the shells were not let go');
      await until(() => readFileSync(settings, 'utf8') === before, 'Claude Code’s settings are not what they were');
    },
  },
];
