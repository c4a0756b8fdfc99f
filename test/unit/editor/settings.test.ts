import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readSettings } from '../../../src/editor/settings.ts';
import { settings, type SettingId } from '../../../src/ids.ts';

const safe = readSettings(() => undefined);

suite('settings', () => {
  test('are safe where nothing is written', () => {
    assert.deepEqual(safe, { offerHooks: true, terminalGuard: false, titleBarTint: false, answerWithin: 240_000, vault: { files: 20_000, bytes: 1024 ** 3, depth: 64, milliseconds: 20_000 }, retention: { days: 30, bytes: 10 * 1024 ** 3 }, recentCount: 100, warnOpenHidden: true, collector: undefined });
  });

  const senseless: readonly (readonly [id: SettingId, values: readonly unknown[]])[] = [
    [settings.offerHooks, ['no', 0, null, {}]],
    [settings.terminalGuard, ['true', 1, []]],
    [settings.titleBarTint, ['true', 1, null]],
    [settings.answerWithin, [0, -1, 1.5, Number.NaN, Infinity, '60', 1e9]],
    [settings.vaultFiles, [-1, 2_000_000, 'all', null]],
    [settings.vaultMegabytes, [-5, 2 ** 40]],
    [settings.vaultDepth, [-1, 1000]],
    [settings.vaultSeconds, [0, -1, '20', 1e9]],
    [settings.vaultDays, [0, -1, 1e9]],
    [settings.vaultTotal, [0, -1, 2 ** 40]],
    [settings.recentCount, [0, 5000, {}]],
    [settings.collect, ['true', 1, null, {}]],
  ];
  for (const [id, values] of senseless) {
    test(`${id} keeps its safe value`, () => {
      for (const value of values) assert.deepEqual(readSettings((asked) => (asked === id ? value : undefined)), safe);
    });
  }

  test('of a collector send less where they make no sense', () => {
    const written: Partial<Record<SettingId, unknown>> = { [settings.collect]: true, [settings.collectorEndpoint]: ['https://c.example'], [settings.collectorHeaders]: 7, [settings.collectorTexts]: 'yes', [settings.collectorDays]: 0, [settings.collectorMegabytes]: '1' };
    assert.deepEqual(readSettings((id) => written[id]).collector, { endpoint: '', headersFile: '', texts: false, maxDays: 14, maxMegabytes: 100 });
  });

  test('take what makes sense', () => {
    const written: Partial<Record<SettingId, unknown>> = { [settings.vaultMegabytes]: 2, [settings.answerWithin]: 30, [settings.terminalGuard]: true };
    const { vault, answerWithin, terminalGuard } = readSettings((id) => written[id]);
    assert.deepEqual([vault.bytes, answerWithin, terminalGuard], [2 * 1024 * 1024, 30_000, true]);
  });
});
