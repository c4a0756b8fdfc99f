import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Environment } from '../../../src/core/effect.ts';
import type { Evidence } from '../../../src/core/environment/evidence-source.ts';
import { changeBetween, isNews, QUIET_MS, tagIn, ToldChanges } from '../../../src/editor/tag-changes.ts';

const at = (source: string, environment: Environment): Evidence => ({ environment, evidence: `${source} says ${environment}`, source });
const kube = (environment: Environment): Evidence => at('/home/dev/.kube/config', environment);
const env = (environment: Environment): Evidence => at('/w/shop/.env', environment);

suite('a change of evidence is told', () => {
  const told: readonly (readonly [what: string, before: readonly Evidence[], after: readonly Evidence[], from: Environment | undefined, to: Environment | undefined])[] = [
    ['a context switched to production', [kube('development')], [kube('production')], 'development', 'production'],
    ['production where nothing was', [], [kube('production')], undefined, 'production'],
    ['production beside staging', [env('staging')], [kube('production'), env('staging')], 'staging', 'production'],
    ['back from production', [kube('production')], [kube('staging')], 'production', 'staging'],
    ['production gone', [kube('production')], [], 'production', undefined],
    ['another way to production', [env('production')], [kube('production'), env('production')], 'production', 'production'],
  ];
  for (const [what, before, after, from, to] of told) {
    test(what, () => {
      const change = changeBetween(before, after);
      assert.deepEqual([change?.from, change?.to], [from, to]);
      assert.ok(change && [...change.why, ...change.gone].length > 0);
    });
  }
  test('with why', () => assert.deepEqual(changeBetween([env('staging'), kube('development')], [kube('production'), env('staging')]), { from: 'staging', to: 'production', why: [kube('production')], gone: [] }));
});

suite('nothing is told', () => {
  const untold: readonly (readonly [what: string, before: readonly Evidence[], after: readonly Evidence[]])[] = [
    ['where nothing changed', [kube('production')], [kube('production')]],
    ['of development and local', [kube('local')], [kube('development')]],
    ['of what nobody can place', [], [env('unknown')]],
    ['of one of two ways to production that goes', [kube('production'), env('production')], [env('production')]],
    ['of another host in a file that named production before', [env('production')], [{ ...env('production'), evidence: 'another host' }]],
    ['of staging beside production', [kube('production')], [kube('production'), env('staging')]],
  ];
  for (const [what, before, after] of untold) test(what, () => assert.equal(changeBetween(before, after), undefined));
});

suite('what the folder’s tag says already is no news', () => {
  const cases: readonly (readonly [tag: Environment | undefined, before: Environment, after: Environment, news: boolean])[] = [
    [undefined, 'development', 'production', true], ['staging', 'development', 'production', true], ['local', 'production', 'staging', true], ['local', 'local', 'staging', true],
    ['production', 'development', 'production', false], ['production', 'production', 'staging', false], ['staging', 'development', 'staging', false],
  ];
  for (const [tag, before, after, news] of cases) {
    test(`${tag ?? 'no tag'}, ${before} to ${after}: ${news ? 'told' : 'not told'}`, () => assert.equal(isNews(changeBetween([kube(before)], [kube(after)]) ?? assert.fail(), tag), news));
  }
  test('a proposal is no tag', () => assert.deepEqual([tagIn({ environment: 'production', by: 'evidence' }), tagIn({ environment: 'production', by: 'person' })], [undefined, 'production']));
});

suite('a script that switches to and fro', () => {
  const up = changeBetween([kube('development')], [kube('production')]) ?? assert.fail();
  const down = changeBetween([kube('production')], [kube('development')]) ?? assert.fail();
  test('tells each way once, however long it goes on', () => {
    let now = 0;
    const told = new ToldChanges(() => now);
    const heard = [];
    for (; now < 10 * QUIET_MS; now += 60_000) heard.push(told.isNew('/w', up), told.isNew('/w', down));
    assert.deepEqual(heard.slice(0, 4), [true, true, false, false]);
    assert.equal(heard.filter(Boolean).length, 2);
  });
  test('is told again after quiet', () => {
    let now = 0;
    const told = new ToldChanges(() => now);
    told.isNew('/w', up);
    now = QUIET_MS + 1;
    assert.equal(told.isNew('/w', up), true);
  });
  test('hides neither another folder nor another source', () => {
    const told = new ToldChanges(() => 0);
    told.isNew('/w', up);
    assert.equal(told.isNew('/v', up), true);
    assert.equal(told.isNew('/w', changeBetween([], [env('production')]) ?? assert.fail()), true);
  });
});
