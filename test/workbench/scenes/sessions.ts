/** Locks, the stop of all agents, and who may take them back. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Stage } from '../../agents/stage.ts';
import { dialog, pickRow, pressButton, pressEscape, pressInNotification, runCommand, statusItem } from '../page.ts';
import { assertAllowed, assertDenied, callShell, callTool, changesByPerson, meddle, picture, readAbout, type Scene } from '../scene.ts';

const losses = ['kubectl delete namespace shop', 'terraform destroy -auto-approve', 'npx prisma migrate reset --force'];

async function deny(stage: Stage, session: string, command: string): Promise<void> {
  const asking = callShell(stage, session, command);
  await dialog(stage.window.page);
  await pressButton(stage.window.page, 'Deny');
  assertDenied(await asking, /refused this/);
}

/** Denies three questions of a session, which locks it. */
async function lock(stage: Stage, session: string): Promise<void> {
  for (const command of losses) await deny(stage, session, command);
}

export const sessionScenes: readonly Scene[] = [
  {
    title: 'three refused tries lock a session, and only its person unlocks it',
    async play(stage) {
      const { page } = stage.window;
      await deny(stage, 'another', 'kubectl delete namespace blog');
      await lock(stage, 'lock');
      await page.locator('.notification-toast', { hasText: 'is locked after three refused tries' }).waitFor();
      await picture(stage, 'scene-locked');
      assertDenied(await callShell(stage, 'lock', 'npm test'), /session is locked/);
      assertAllowed(await callShell(stage, 'lock', 'git status'));
      assertAllowed(await callTool(stage, 'lock', 'Read', { file_path: join(stage.shop.folder, 'README.md') }));
      assertAllowed(await callShell(stage, 'another', 'npm test'));
      await pressInNotification(page, 'is locked after three refused tries', 'Unlock…');
      const asked = await dialog(page);
      await picture(stage, 'scene-unlock');
      assert.match(asked.message, /may act again, not only read/);
      assert.notEqual(asked.focused, 'Unlock');
      await pressEscape(page);
      assertDenied(await callShell(stage, 'lock', 'npm test'), /session is locked/);
      await runCommand(page, 'Interlock: Unlock a Session…');
      await dialog(page);
      await pressButton(page, 'Unlock');
      await eventually(async () => assertAllowed(await callShell(stage, 'lock', 'npm test')));
      assertDenied(await callShell(stage, 'lock', losses[0] ?? ''), /refused already/);
      await runCommand(page, 'Interlock: Forget Refusals of a Session…');
      await pickRow(page, 'configuration manages');
      assert.match((await dialog(page)).detail, /configuration manages/);
      await picture(stage, 'scene-forget');
      await pressEscape(page);
      assertDenied(await callShell(stage, 'lock', losses[0] ?? ''), /refused already/);
      assert.deepEqual((await changesByPerson(stage)).filter((what) => /unlocked|forgotten/.test(what)).map((what) => what.replace(/ in \S+/, '')), ['Claude Code unlocked']);
    },
  },
  {
    title: 'a stop denies everything at once, is shown, and ends through a modal',
    async play(stage) {
      const { page } = stage.window;
      const waiting = callShell(stage, 'stop-waits', losses[0] ?? '');
      await dialog(page);
      await readAbout(stage, 'kubectl.md');
      await runCommand(page, 'Interlock: Stop All Agents');
      assertDenied(await waiting, /stopped all agents/);
      for (const command of ['git status', 'npm test', losses[1] ?? '']) assertDenied(await callShell(stage, 'stop', command), /stopped all agents/);
      assertDenied(await callTool(stage, 'stop', 'Read', { file_path: join(stage.shop.folder, 'README.md') }), /stopped all agents/);
      const status = await statusItem(page, 'interlock');
      await picture(stage, 'scene-stopped');
      assert.deepEqual([status.kind, /stopped/.test(status.text)], ['error', true]);
      await pressInNotification(page, 'All agents are stopped', 'Resume…');
      await dialog(page);
      await picture(stage, 'scene-resume');
      await pressButton(page, 'Resume');
      await eventually(async () => assertAllowed(await callShell(stage, 'stop', 'git status')));
      assert.deepEqual((await changesByPerson(stage)).filter((what) => what.startsWith('All agents')).toSorted(), ['All agents resumed', 'All agents stopped']);
    },
  },
  {
    title: 'a lock outlives the window, and what weakens asks the person whoever calls it: Escape changes nothing',
    async play(stage) {
      const { page } = stage.window;
      await lock(stage, 'meddled');
      await page.reload();
      assertDenied(await callShell(stage, 'meddled', 'npm test'), /session is locked/);
      await page.locator('.statusbar-item[id*="interlock"]').filter({ hasText: 'Staging' }).first().waitFor();
      await runCommand(page, 'Interlock: Stop All Agents');
      await meddle(stage, 'interlock.resumeAgents');
      const asked = await dialog(page);
      await picture(stage, 'scene-meddler');
      assert.match(asked.message, /Agents go on/);
      assert.notEqual(asked.focused, 'Resume');
      await pressEscape(page);
      assertDenied(await callShell(stage, 'meddled', 'git status'), /stopped all agents/);
      await runCommand(page, 'Interlock: Resume All Agents…');
      await dialog(page);
      await pressButton(page, 'Resume');
      await meddle(stage, 'interlock.unlockSession');
      await dialog(page);
      await pressEscape(page);
      assertDenied(await callShell(stage, 'meddled', 'npm test'), /session is locked/);
      await runCommand(page, 'Interlock: Unlock a Session…');
      await dialog(page);
      await pressButton(page, 'Unlock');
      await eventually(async () => assertAllowed(await callShell(stage, 'meddled', 'npm test')));
    },
  },
];

/** The editor writes a moment after the click. */
async function eventually(holds: () => Promise<void>): Promise<void> {
  for (let tries = 0; tries < 20; tries++) {
    try {
      return await holds();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  await holds();
}
