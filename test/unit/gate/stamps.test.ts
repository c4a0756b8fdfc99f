import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { array, assert as check, constant, constantFrom, double, oneof, property, tuple, type Arbitrary } from 'fast-check';
import { Stamps } from '../../../src/gate/world/stamps.ts';

const paths = constantFrom('a', 'b', 'a/b', 'é\n', '__proto__', ...Array.from({ length: 40 }, (_, at) => `f${at}`));
type Step = readonly ['set', string, number] | readonly ['delete', string];
const steps: Arbitrary<Step> = oneof(tuple(constant('set' as const), paths, double({ noNaN: true })), tuple(constant('delete' as const), paths));

suite('when files were last looked at', () => {
  test('is remembered as a map would, whatever came and went', () => {
    check(property(array(steps, { maxLength: 200 }), (all) => {
      const stamps = new Stamps();
      const map = new Map<string, number>();
      for (const [kind, path, at] of all) {
        if (kind === 'set') {
          stamps.set(path, at, 1);
          map.set(path, at);
        } else assert.equal(stamps.delete(path), map.delete(path));
      }
      const sorted = (of: Iterable<readonly [string, number, ...unknown[]]>): unknown => [...of].map(([path, at]) => [path, at]).toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1));
      assert.deepEqual(sorted(stamps.entries()), sorted(map));
      for (const [path, at] of map) assert.ok(stamps.isSame(path, at, 1) && !stamps.isSame(path, at, 2));
    }));
  });
  test('grows', () => {
    const stamps = new Stamps(Array.from({ length: 5000 }, (_, at) => [`f${at}`, at, at + 1] as const));
    assert.ok(stamps.isSame('f4999', 4999, 5000) && stamps.isSame('f0', 0, 1));
  });
  test('forgets what a look has not seen', () => {
    const stamps = new Stamps([['same', 1, 1], ['changed', 1, 1], ['gone', 1, 1]]);
    stamps.beginLook();
    assert.deepEqual([stamps.isSame('same', 1, 1), stamps.isSame('changed', 2, 1), stamps.isSame('new', 1, 1)], [true, false, false]);
    stamps.set('new', 1, 1);
    stamps.endLook();
    assert.deepEqual([...stamps.paths()], ['same', 'changed', 'new']);
  });
});
