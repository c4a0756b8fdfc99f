import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type FolderTag, isLessStrict, type Tag, tagOf, tags, withTag } from '../../../src/editor/folder-tags.ts';

const tagged: readonly FolderTag[] = [
  { folder: '/w/shop', environment: 'staging' },
  { folder: '/w/shop/infra', environment: 'production' },
  { folder: 'C:\\w', environment: 'local' },
];

suite('the tag of a path', () => {
  const cases: readonly (readonly [path: string, tag: Tag | undefined])[] = [
    ['/w/shop', 'staging'],
    ['/w/shop/src/a.ts', 'staging'],
    ['/w/shop/infra/main.tf', 'production'],
    ['/w/shop-old/a.ts', undefined],
    ['/w', undefined],
    ['C:\\w\\a', 'local'],
  ];
  for (const [path, tag] of cases) test(`${path} is ${tag ?? 'untagged'}`, () => assert.equal(tagOf(path, tagged), tag));
  test('a tagged root holds everything', () => assert.equal(tagOf('/a', [{ folder: '/', environment: 'local' }]), 'local'));
});

suite('a change that lets more through', () => {
  for (const [at, from] of tags.entries()) {
    for (const [to, tag] of tags.entries()) test(`${from} to ${tag}`, () => assert.equal(isLessStrict(from, tag), to > at));
  }
  test('no tag counts as production', () => {
    assert.equal(isLessStrict(undefined, 'staging'), true);
    assert.equal(isLessStrict(undefined, 'production'), false);
    assert.equal(isLessStrict('local', undefined), false);
    assert.equal(isLessStrict(undefined, undefined), false);
  });
});

suite('setting a tag', () => {
  test('replaces the folder’s own and leaves others', () => {
    assert.deepEqual(withTag(tagged, '/w/shop', 'local'), [...tagged.slice(1), { folder: '/w/shop', environment: 'local' }]);
  });
  test('takes it away', () => assert.deepEqual(withTag(tagged, '/w/shop', undefined), tagged.slice(1)));
});
