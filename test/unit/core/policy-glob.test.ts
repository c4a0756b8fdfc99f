import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assert as check, property, string, stringMatching } from 'fast-check';
import { fitOf, matchesGlob, partsOfPath, pathGlob } from '../../../src/core/policy/glob.ts';

const fit = (path: string, pattern: string, folder?: string): string => fitOf(pathGlob(pattern, folder), partsOfPath(path));

describe('a glob of a row and a path', () => {
  const cases: readonly (readonly [pattern: string, path: string, wanted: string])[] = [
    ['db/migrations', '/w/db/migrations', 'covers'], ['db/migrations', '/w/db/migrations/1.sql', 'covers'], ['db/migrations/**', '/w/db/migrations', 'covers'],
    ['db/migrations/', '/w/api/DB/Migrations/x', 'covers'], ['db/migrations', '/w/db', 'reaches'], ['db/migrations', '/w/src', 'misses'], ['db/migrations', '/w/mydb/migrations', 'misses'],
    ['/w/db/*.sqlite', '/w/db/a.sqlite', 'covers'], ['/w/db/*.sqlite', '/w/db/a.sql', 'misses'], ['/w/db/*.sqlite', '/w', 'reaches'], ['/w/db/*.sqlite', '/x/w/db/a.sqlite', 'misses'],
    ['**/*.sqlite', '/a.sqlite', 'covers'], ['*.sqlite', '/w/x/a.sqlite', 'covers'], ['*.{sqlite,db}', '/w/a.db', 'covers'], ['.env', '/w/.env', 'covers'], ['/w/**/keep/x', '/w/a/b/keep', 'reaches'], ['/w/**/keep/x', '/w/a/b', 'misses'],
    ['C:\\work\\db', 'c:/Work/db/x', 'covers'], ['c:/work/**', 'C:\\work\\a', 'covers'], ['c:/work/**', 'D:\\work\\a', 'misses'], ['//server/share/x', '\\\\server\\share\\x\\y', 'covers'],
    ['w/db', 'w/db', 'covers'], ['/w/db', 'w/db', 'misses'], ['a[0-9]', '/w/a7', 'covers'], ['a[!0-9]', '/w/a7', 'misses'], ['a{b', '/w/a{b', 'covers'], ['[', '/w/[', 'covers'],
  ];
  for (const [pattern, path, wanted] of cases) test(`${pattern} ${wanted} ${path}`, () => assert.equal(fit(path, pattern), wanted));
  test('is looked for below its folder only, whose name is no glob', () => {
    assert.deepEqual(['/w*/a/db', '/w*/db', '/w1/db', '/w*', '/'].map((path) => fit(path, 'db', '/w*')), ['covers', 'covers', 'misses', 'reaches', 'reaches']);
    assert.equal(fit('/w*/db', '/db', '/w*'), 'covers');
  });
});

describe('a glob and a name', () => {
  test('braces may stand in braces', () => assert.deepEqual(['a-1', 'b-1', 'b-2', 'c'].map((name) => matchesGlob(name, '{a-1,b-{1,2}}')), [true, true, true, false]));
  test('a star stays within a part, two do not', () => assert.deepEqual([matchesGlob('a/b/c', 'a/*'), matchesGlob('a/b/c', 'a/**'), matchesGlob('a/b/c', '**/c')], [false, true, true]));
  test('what has no sign in it fits itself and nothing else', () => check(property(stringMatching(/^[a-z./-]{1,12}$/), stringMatching(/^[a-z./-]{1,12}$/), (name, other) => assert.equal(matchesGlob(other, name), name === other))));
  test('every name fits the star', () => check(property(string(), (name) => assert.equal(matchesGlob(name.replaceAll('/', '-'), '*'), true))));
});

test('no pattern is slow', () => {
  const name = 'a'.repeat(4_000);
  assert.equal(matchesGlob(name, `${'*a'.repeat(120)}b`), false);
  assert.equal(fit(`/${'a/'.repeat(1_000)}`, `${'**/a/'.repeat(80)}b`), 'reaches');
  assert.equal(matchesGlob('x', '{a,b}'.repeat(60)), false);
});
