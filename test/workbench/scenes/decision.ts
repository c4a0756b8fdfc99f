/** The question, the typed confirmation, and the queue. */
import assert from 'node:assert/strict';
import { dialog, pressButton, pressEscape, quickInput } from '../page.ts';
import { assertAllowed, assertDenied, callShell, callTool, picture, type Scene } from '../scene.ts';

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
      for (const [index, says] of [/shop/, /configuration manages/, /database/i].entries()) {
        const asked = await dialog(page);
        assert.match(asked.message, says);
        await picture(stage, `scene-queue-${index + 1}`);
        assert.match(asked.detail, [/No answer within/, / 1 more question waits/, /means Deny\.$/][index] ?? /^$/);
        await pressButton(page, 'Deny');
      }
      await Promise.all(asking);
      assert.equal(await page.locator('.monaco-dialog-box').count(), 0);
    },
  },
];
