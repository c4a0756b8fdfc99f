/** The question, the typed confirmation, and the queue. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applyEdits, modify } from 'jsonc-parser';
import type { Stage } from '../../agents/stage.ts';
import { type Dialog, dialog, pickRow, pressButton, pressEscape, pressFor, pressOnRow, quickInput, runCommand } from '../page.ts';
import { assertAllowed, assertDenied, callShell, callTool, changesByPerson, picture, readAbout, type Scene } from '../scene.ts';

/** Can be undone, as what runs it starts another, and is in staging: the kind of thing that may be allowed ahead. */
function restart(pod: string): string {
  return `kubectl --context staging delete pod ${pod}`;
}

function withCounts(policy: string, counts: readonly unknown[]): string {
  return applyEdits(policy, modify(policy, ['counts'], counts, {}));
}

/** A person is asked, and says no; what they were asked. With `without`, the list behind *More…* is looked at and has no such row. */
async function isAsked(stage: Stage, session: string, command: string, folder?: string, without?: string): Promise<Dialog> {
  const { page } = stage.window;
  const asking = callShell(stage, session, command, folder);
  const asked = await dialog(page);
  if (without !== undefined) {
    await pressButton(page, 'More…');
    assert.deepEqual((await quickInput(page)).rows.filter((row) => row.includes(without)), []);
    await page.keyboard.press('Escape');
    await dialog(page);
  }
  await pressEscape(page);
  assertDenied(await asking, /refused this/);
  return asked;
}

export const decisionScenes: readonly Scene[] = [
  {
    title: 'in a staging workspace the founding incident leads with what is not known, and another route is not asked about',
    async play(stage) {
      const { shop, window: { page } } = stage;
      const asking = callShell(stage, 'incident', shop.command);
      const asked = await dialog(page);
      await picture(stage, 'scene-incident');
      assert.match(asked.message, /^This targets something that is not known to be staging\./);
      assert.equal(asked.focused, 'Deny');
      await pressEscape(page);
      assertDenied(await asking, /refused this/);
      assertDenied(await callTool(stage, 'incident', 'mcp__railway__volume_delete', { volumeId: shop.volume }), /refused already in this session/);
    },
  },
  {
    title: 'a wrong name is told to be wrong and lets nothing through; the right one does, blanks aside',
    async play(stage) {
      const { shop, window: { page } } = stage;
      let answered = false;
      const asking = callShell(stage, 'typed', shop.command).finally(() => (answered = true));
      await dialog(page);
      await pressButton(page, 'Allow Once…');
      const input = page.locator('.quick-input-widget:visible .quick-input-box input');
      await quickInput(page);
      for (const wrong of ['volume', '', shop.volume.toUpperCase()]) {
        await input.fill(wrong);
        await page.keyboard.press('Enter');
        await page.locator('.quick-input-message', { hasText: 'That is not the name' }).waitFor();
        assert.equal(answered, false);
      }
      await picture(stage, 'scene-typed-wrong');
      await input.fill(`  ${shop.volume} `);
      await picture(stage, 'scene-typed-right');
      await page.keyboard.press('Enter');
      assertAllowed(await asking);
    },
  },
  {
    title: 'of three questions and a repeated one each is asked once, in order',
    async play(stage) {
      const { page } = stage.window;
      const steps = [['queue-a', 'kubectl delete namespace shop'], ['queue-a', 'kubectl delete namespace shop'], ['queue-b', 'terraform destroy -auto-approve'], ['queue-c', 'npx prisma migrate reset --force']] as const;
      const asking: Promise<unknown>[] = [];
      for (const [index, [session, command]] of steps.entries()) {
        asking.push(callShell(stage, session, command).then((told) => assertDenied(told, /refused this/)));
        // The badge of the view counts what waits, the repeated question once.
        if (index === 0) await dialog(page);
        else await page.waitForTimeout(1_000);
      }
      assert.match((await dialog(page)).message, /shop/);
      assert.match((await pressFor(page, 'Deny', 'configuration manages')).detail, / 1 more question waits/);
      await picture(stage, 'scene-queue');
      assert.match((await pressFor(page, 'Deny', 'prisma')).detail, /No answer within .* means Deny\. Escape means Deny\.$/);
      await pressButton(page, 'Deny');
      await Promise.all(asking);
      assert.equal(await page.locator('.monaco-dialog-box').count(), 0);
    },
  },
  {
    title: 'a target is remembered as staging only after a second modal, and is then judged again',
    async play(stage) {
      const { page } = stage.window;
      const asking = callShell(stage, 'more', `railway volume delete --volume ${randomUUID()} -y`);
      const first = await dialog(page);
      assert.deepEqual(first.buttons.includes('More…') && first.focused, 'Deny');
      await pressButton(page, 'More…');
      const { rows } = await quickInput(page);
      await picture(stage, 'scene-more');
      assert.deepEqual([rows.length, rows.some((row) => /Allow/.test(row))], [2, false], 'nothing is allowed ahead where the target is unknown');
      await page.keyboard.press('Escape');
      const remember = async (): Promise<void> => {
        assert.equal((await dialog(page)).message, first.message, 'nothing has changed yet');
        await pressButton(page, 'More…');
        await pickRow(page, 'Remember This Target as Staging…');
        assert.match((await dialog(page)).message, /counts as staging from now on/);
      };
      await remember();
      await picture(stage, 'scene-remember');
      await pressFor(page, 'Escape', 'not known to be staging');
      await remember();
      const again = await pressFor(page, 'Remember as staging', 'The target is staging.');
      await picture(stage, 'scene-remembered');
      assert.deepEqual([again.focused, again.buttons.includes('Allow Once')], ['Deny', true]);
      await pressEscape(page);
      assertDenied(await asking, /refused this/);
    },
  },
  {
    title: 'what is allowed for a session is asked once there, and asked in another folder, session or form',
    async play(stage) {
      const { shop, window: { page } } = stage;
      const command = restart('web-1');
      const asking = callShell(stage, 'ahead', command);
      const first = await dialog(page);
      const choose = async (): Promise<Dialog> => {
        await pressButton(page, 'More…');
        await pickRow(page, 'Allow for This Session…');
        return dialog(page);
      };
      const second = await choose();
      await picture(stage, 'scene-session');
      assert.match(second.message, /^You are not asked about this again in this session\./);
      assert.match(second.detail, /This exact action may run again until the session of Claude Code ends/);
      assert.notEqual(second.focused, 'Allow for This Session');
      assert.equal((await pressFor(page, 'Escape', 'web-1')).message, first.message, 'nothing is answered yet');
      await choose();
      await pressButton(page, 'Allow for This Session');
      assertAllowed(await asking);
      assertAllowed(await callShell(stage, 'ahead', command));
      assert.equal(await page.locator('.monaco-dialog-box').count(), 0);
      await isAsked(stage, 'ahead', restart('web-2'));
      await isAsked(stage, 'ahead', command, join(shop.folder, 'notes'));
      await isAsked(stage, 'not-ahead', command);
    },
  },
  {
    title: 'what is always allowed in a folder is in the person’s policy, and runs after a reload; nothing that is for good or in production is offered',
    async play(stage) {
      const { home, shop, window: { page } } = stage;
      const command = restart('worker-1');
      for (const [at, never] of ['kubectl --context production delete pod worker-1', 'kubectl delete pod worker-1', 'kubectl --context staging delete namespace workers'].entries()) {
        const asked = await isAsked(stage, `never-${at}`, never, shop.folder, at === 1 ? 'Always' : undefined);
        assert.equal(asked.buttons.includes('More…'), at === 1, never);
      }
      const asking = callShell(stage, 'always', command);
      await dialog(page);
      await pressButton(page, 'More…');
      await quickInput(page);
      await picture(stage, 'scene-more-ahead');
      await pickRow(page, 'Always Allow Here…');
      const second = await dialog(page);
      await picture(stage, 'scene-always');
      assert.match(second.message, /^You are not asked about this command any more\./);
      assert.match(second.detail, /Every agent may run this exact command there from now on.* It is written into your own policy file\./);
      assert.notEqual(second.focused, 'Always Allow');
      await pressButton(page, 'Always Allow');
      assertAllowed(await asking);
      const written = await readFile(join(home, '.interlock/user-policy.jsonc'), 'utf8');
      assert.deepEqual([written.includes(JSON.stringify(command)), written.includes(JSON.stringify(shop.folder))], [true, true]);
      await page.reload();
      await page.locator('.statusbar-item[id*="interlock"]').filter({ hasText: 'Staging' }).first().waitFor();
      assertAllowed(await callShell(stage, 'always-later', command));
      assert.equal(await page.locator('.monaco-dialog-box').count(), 0);
      await isAsked(stage, 'always-later', command, join(shop.folder, 'notes'));
      await isAsked(stage, 'always-later', restart('worker-2'));
      assert.ok((await changesByPerson(stage)).some((what) => what.startsWith(`Always allowed in ${shop.folder}: ${command}`)));
    },
  },
  {
    title: 'questions are answered from the activity view: Deny at once, Allow through the same modal',
    async play(stage) {
      const { page } = stage.window;
      const first = callShell(stage, 'view-a', 'kubectl delete namespace first');
      await dialog(page);
      const second = callShell(stage, 'view-b', 'kubectl delete namespace second');
      await readAbout(stage, 'kubectl.md');
      await runCommand(page, 'Interlock: Show Activity');
      await page.locator('.pane-body .monaco-list-row', { hasText: 'namespace second' }).first().waitFor();
      await picture(stage, 'scene-activity');
      await pressOnRow(page, 'namespace second', 'Deny');
      assertDenied(await second, /refused this/);
      await pressOnRow(page, 'namespace first', 'Allow…');
      assert.match((await dialog(page)).message, /first/);
      await pressButton(page, 'Allow Once…');
      assert.match((await quickInput(page)).title, /first/);
      await page.keyboard.press('Escape');
      assertDenied(await first, /refused this/);
    },
  },
  {
    title: 'rows are counted by a command of the person’s own policy, and by none of the workspace’s',
    async play(stage) {
      const { home, shop, window: { page } } = stage;
      const client = join(home, 'clients/psql');
      await mkdir(join(home, 'clients'));
      await writeFile(client, '#!/bin/sh\ncase "$*" in *orders*) echo 1204331 ;; *) echo "password is s3cret" ;; esac\n', { mode: 0o755 });
      const counts = [{ environment: 'staging', command: [client, '-c', 'select count(*) from {name}'] }];
      const [own, team] = [join(home, '.interlock/user-policy.jsonc'), join(shop.folder, '.interlock/policy.json')];
      const [before, teamBefore] = [await readFile(own, 'utf8').catch(() => '{}\n'), await readFile(team, 'utf8')];
      const drop = (table: string): string => `psql -h db.staging.example.com -c "DROP TABLE ${table}"`;
      await writeFile(team, withCounts(teamBefore, counts));
      const told = page.locator('.notification-toast', { hasText: 'only your own policy may have a command run' });
      await told.waitFor();
      await picture(stage, 'scene-rows-of-team');
      await runCommand(page, 'Notifications: Clear All Notifications');
      await told.waitFor({ state: 'detached' });
      assert.doesNotMatch((await isAsked(stage, 'counted-team', drop('orders'))).detail, /Rows/);
      await writeFile(team, teamBefore);
      await writeFile(own, withCounts(before, counts));
      // Nothing announces that a policy has been read again.
      for (let tries = 0; !/Rows/.test((await isAsked(stage, `counted-${tries}`, drop('orders'))).detail) && tries < 20; tries++) await page.waitForTimeout(500);
      const asking = callShell(stage, 'counted-rows', drop('orders'));
      assert.match((await dialog(page)).detail, /^Rows: 1,204,331 \(counted now\)$/m);
      await picture(stage, 'scene-rows');
      await pressEscape(page);
      assertDenied(await asking, /refused this/);
      const { detail } = await isAsked(stage, 'counted-not', drop('customers'));
      assert.match(detail, /^Rows: could not be counted: the answer is not a number\.$/m);
      assert.doesNotMatch(detail, /s3cret/);
      await writeFile(own, before);
    },
  },
  {
    title: 'a backup that the person’s policy asks for is made after the yes, and what is lost waits for it',
    async play(stage) {
      const { home, window: { page } } = stage;
      const [made, fails] = [join(home, 'backup-made'), join(home, 'backup-fails')];
      const save = join(home, 'clients/save-database');
      await mkdir(join(home, 'clients'), { recursive: true });
      await writeFile(save, `#!/bin/sh\n[ "$1" = newest ] && echo 2026-01-15T03:00:00Z && exit\n[ -e ${fails} ] && exit 3\necho "$2" >> ${made}\n`, { mode: 0o755 });
      const own = join(home, '.interlock/user-policy.jsonc');
      const before = await readFile(own, 'utf8').catch(() => '{}\n');
      const drop = 'psql -h db.staging.example.com -c "DROP TABLE invoices"';
      await writeFile(own, applyEdits(before, modify(before, ['backups'], [{ environment: 'staging', command: [save, 'now', '{name}'], newest: [save, 'newest', '{name}'] }], {})));
      for (let tries = 0; !/backup/.test((await isAsked(stage, `backed-up-${tries}`, drop)).detail) && tries < 20; tries++) await page.waitForTimeout(500);
      await writeFile(fails, '');
      const refused = callShell(stage, 'backup-fails', drop);
      const { detail } = await dialog(page);
      assert.match(detail, /^Copy: if you allow it, your backup command must succeed first\.$/m);
      assert.match(detail, /^Newest backup: \d+ days ago \(2026-01-15 03:00 UTC\)$/m);
      await picture(stage, 'scene-backup');
      await pressButton(page, 'Allow Once');
      assertDenied(await refused, /A backup has to be made before this goes ahead, and it failed, so this was not run\. The command ended with 3\./);
      await rm(fails);
      const allowed = callShell(stage, 'backup-made', drop);
      await dialog(page);
      await pressButton(page, 'Allow Once');
      assertAllowed(await allowed);
      assert.equal(await readFile(made, 'utf8'), 'invoices\n');
      await writeFile(own, before);
    },
  },
  {
    title: 'work that exists nowhere else is counted, and the copy that comes first is said',
    async play(stage) {
      const { shop, window: { page } } = stage;
      await mkdir(join(shop.folder, 'drafts'));
      for (const name of ['plan.md', 'letter.md', 'sums.csv']) await writeFile(join(shop.folder, 'drafts', name), 'Written today, saved nowhere else.\n'.repeat(50));
      const asking = callShell(stage, 'counted', 'rm -rf drafts');
      const asked = await dialog(page);
      await picture(stage, 'scene-counted');
      assert.match(asked.detail, /Lost: 3 files \(5\.\d kB\): 3 untracked\n/);
      assert.match(asked.detail, /copied to the vault first/);
      await pressEscape(page);
      assertDenied(await asking, /refused this/);
      assertDenied(await callShell(stage, 'counted', 'find drafts -delete'), /refused already/);
    },
  },
];
