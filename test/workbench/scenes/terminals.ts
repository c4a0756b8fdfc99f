/** What happens past agents' hooks: in terminals that agents open, and to many files at once. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Stage } from '../../agents/stage.ts';
import { dialog, pressEscape, pressInNotification, runCommand } from '../page.ts';
import { picture, runInTerminal, TURN_TERMINAL_GUARD, type Scene } from '../scene.ts';

const FILES = 143;
/** What git does to its index explains what it does to files at about that time. */
const AFTER_GIT_MS = 4_000;

function git({ shop }: Stage, ...args: readonly string[]): void {
  execFileSync('git', ['-c', 'user.name=Dev', '-c', 'user.email=dev@example.com', ...args], { cwd: shop.folder });
}

async function until(holds: () => boolean, problem: string): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    assert.ok(tries < 150, problem);
    await pause(100);
  }
}

export const terminalScenes: readonly Scene[] = [
  {
    title: 'terminals: files that go all at once are told, and come back',
    async play(stage) {
      const folder = join(stage.shop.folder, 'records');
      mkdirSync(folder);
      for (let at = 0; at < FILES; at++) writeFileSync(join(folder, `${at}.txt`), `record ${at}\n`);
      git(stage, 'add', 'records');
      git(stage, 'commit', '--quiet', '-m', 'Records');
      await pause(AFTER_GIT_MS);
      rmSync(folder, { recursive: true });
      const told = stage.window.page.locator('.notification-toast', { hasText: /disappeared or were emptied/ });
      await told.waitFor();
      // What the pointer was left on shows a text of its own over the notification.
      await stage.window.page.mouse.move(600, 200);
      await picture(stage, 'files-gone');
      await pressInNotification(stage.window.page, /143 files disappeared.*143 of them are in git/, 'Restore 143 Files');
      await until(() => existsSync(folder) && readdirSync(folder).length === FILES, 'the files did not come back');
      assert.equal(readFileSync(join(folder, '7.txt'), 'utf8'), 'record 7\n');
    },
  },
  {
    title: 'terminals: what an agent runs in a terminal of its own without asking is told',
    async play(stage) {
      await runInTerminal(stage, 'kubectl delete namespace unasked --dry-run=none');
      await pressInNotification(stage.window.page, /nobody was asked: kubectl delete namespace unasked/, 'Show Activity');
      await stage.window.page.getByText(/ran in a terminal, nobody was asked/).first().waitFor();
    },
  },
  {
    title: 'terminals: with the guard on, what an agent runs in a terminal of its own waits for the person',
    async play(stage) {
      const { page } = stage.window;
      await runCommand(page, TURN_TERMINAL_GUARD);
      await until(() => existsSync(join(stage.home, '.interlock/shims/git')), 'no stand-in was written');
      try {
        await runInTerminal(stage, 'sh -c "git push --force nowhere main"');
        const { message } = await dialog(page);
        assert.match(message, /main/);
        await pressEscape(page);
        await page.locator('.terminal-wrapper.active .xterm-accessibility-tree, .terminal-wrapper.active').first().waitFor();
      } finally {
        await runCommand(page, TURN_TERMINAL_GUARD);
        await runCommand(page, 'Terminal: Kill All Terminals');
      }
    },
  },
];
