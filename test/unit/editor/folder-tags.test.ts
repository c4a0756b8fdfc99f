import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Environment } from '../../../src/core/effect.ts';
import type { Evidence } from '../../../src/core/environment/evidence-source.ts';
import { contradiction, type FolderTag, isLessStrict, type Standing, standingOf, strictestTag, type Tag, tagOf, tags, weakens, withTag } from '../../../src/editor/folder-tags.ts';

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

const speaking = (environment: Environment): Evidence => ({ environment, evidence: `says ${environment}`, source: '/home/dev/.kube/config' });

suite('what a folder counts as', () => {
  const cases: readonly (readonly [what: string, path: string, chosen: readonly FolderTag[], evidence: readonly Environment[], standing: Standing | undefined])[] = [
    ['the person’s choice before evidence', '/w/shop/a.ts', tagged, ['production'], { environment: 'staging', by: 'person' }],
    ['a policy file before evidence', '/w/shop/a.ts', [], ['production'], { environment: 'staging', by: 'policy' }],
    ['the innermost tag, whoever gave it', '/w/shop/infra/a.tf', tagged.slice(0, 1), [], { environment: 'production', by: 'policy' }],
    ['evidence where there is no tag', '/w/other', tagged, ['production', 'local'], { environment: 'production', by: 'evidence' }],
    ['evidence of a harmless one', '/w/other', tagged, ['local'], { environment: 'local', by: 'evidence' }],
    ['something nobody can place speaks against a harmless one', '/w/other', tagged, ['unknown', 'local'], undefined],
    ['something nobody can place does not speak against staging', '/w/other', tagged, ['staging', 'unknown'], { environment: 'staging', by: 'evidence' }],
    ['nothing', '/w/other', tagged, [], undefined],
  ];
  for (const [what, path, chosen, evidence, standing] of cases) test(what, () => assert.deepEqual(standingOf(path, tagged, chosen, evidence.map(speaking)), standing));

  test('evidence never makes anything less strict than no tag', () => {
    for (const tag of tags) assert.equal(tagOf('/w/other', tagged), undefined, tag);
    for (const tag of tags) assert.equal(weakens(tagOf('/w/other', tagged), tag), tag !== 'production');
  });
});

suite('evidence that denies a tag', () => {
  const cases: readonly (readonly [tag: Tag, by: Standing['by'], evidence: Environment, denied: Tag | undefined])[] = [
    ['staging', 'person', 'production', 'production'],
    ['local', 'policy', 'production', 'production'],
    ['local', 'person', 'staging', 'staging'],
    ['production', 'person', 'production', undefined],
    ['production', 'person', 'staging', undefined],
    ['local', 'person', 'development', undefined],
    ['local', 'person', 'unknown', undefined],
    ['production', 'evidence', 'production', undefined],
  ];
  for (const [tag, by, evidence, denied] of cases) test(`${tag} by ${by}, evidence of ${evidence}`, () => assert.equal(contradiction({ environment: tag, by }, [speaking(evidence)]), denied));
});

suite('a change of tag that needs a modal', () => {
  const cases: readonly (readonly [from: Tag | undefined, to: Tag | undefined, weaker: boolean])[] = [
    ['production', 'staging', true], ['staging', 'local', true], [undefined, 'local', true], [undefined, 'production', false], ['local', 'production', false],
    ['production', undefined, true], ['staging', undefined, true], ['development', undefined, false], ['local', undefined, false],
  ];
  for (const [from, to, weaker] of cases) test(`${from ?? 'none'} to ${to ?? 'none'}: ${weaker ? 'yes' : 'no'}`, () => assert.equal(weakens(from, to), weaker));
});

suite('the strictest tag of a window', () => {
  test('is the one that colours it', () => assert.equal(strictestTag([undefined, 'local', 'staging', 'development']), 'staging'));
  test('is none where nothing is tagged', () => assert.equal(strictestTag([undefined, 'unknown']), undefined));
});
