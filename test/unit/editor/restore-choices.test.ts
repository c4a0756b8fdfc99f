import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { choicesOf } from '../../../src/editor/restore-choices.ts';
import type { Entry, KeptRepository, Manifest } from '../../../src/vault/manifest.ts';

const common = { modified: 0, uid: 0, gid: 0, mode: 0 };
const file = (path: string): Entry => ({ type: 'file', path, ...common, size: 1, sha256: '0' });
const folder = (path: string): Entry => ({ type: 'folder', path, ...common });

function copyOf(entries: readonly Entry[], roots: readonly string[] = []): Manifest {
  const git = roots.map((root): KeptRepository => ({ root, state: { size: 1, sha256: '0' }, remotes: [] }));
  return { version: 1, id: 'x', at: 0, agent: 'a', session: 's', title: 't', entries: [...entries], leftOut: [], attributes: false, git };
}

describe('what of a copy can be chosen', () => {
  test('each file, and what repositories hold as one', () => {
    const choices = choicesOf(copyOf([folder('/p'), file('/p/a'), file('/p/b')], ['/p', '/q']));
    assert.deepEqual(choices.map(({ label, detail, files, repositories }) => [label, detail, files, repositories]), [
      ['$(file) a', '/p', ['/p/a'], false],
      ['$(file) b', '/p', ['/p/b'], false],
      ['$(repo) Branches, stashes and index', '/p, /q', [], true],
    ]);
  });

  test('an empty folder, which no file brings back', () => {
    assert.deepEqual(choicesOf(copyOf([folder('/p'), folder('/p/empty'), file('/p/a')])).map(({ files }) => files), [['/p/a'], ['/p/empty']]);
  });

  test('folders where there are too many files', () => {
    const choices = choicesOf(copyOf([file('/p/a/1'), file('/p/a/2'), file('/p/b/c/3'), file('/p/b/d/4')]), 2);
    assert.deepEqual(choices.map(({ label, detail, files }) => [label, detail, files.length]), [['$(folder) a', '/p/a · 2 files', 2], ['$(folder) b', '/p/b · 2 files', 2]]);
  });

  test('everything else as one where there are too many folders too', () => {
    const choices = choicesOf(copyOf(['a', 'b', 'c', 'd'].flatMap((name) => [file(`/${name}/1`), file(`/${name}/2`)])), 2);
    assert.deepEqual(choices.map(({ label, files }) => [label, files.length]), [['$(folder) /', 8]]);
  });
});

test('every file is in one choice, and there are never more than can be shown', () => {
  const path = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 5 }).map((parts) => `/${parts.join('/')}/f`);
  fc.assert(fc.property(fc.uniqueArray(path, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 8 }), (paths, most) => {
    const choices = choicesOf(copyOf(paths.map(file)), most);
    assert.ok(choices.length <= most);
    assert.deepEqual(choices.flatMap(({ files }) => files).toSorted(), paths.toSorted());
  }));
});
