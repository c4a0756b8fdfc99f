import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { Burst, filesBelow, findRecoverable, lostAmong, restoreFromGit } from '../../../src/editor/file-losses.ts';
import type { Vault } from '../../../src/vault/vault.ts';

describe('a burst', () => {
  test('begins once, is told whole and then begins anew', () => {
    let now = 0;
    const burst = new Burst(() => now);
    const begins = Array.from({ length: 120 }, () => {
      now += 10;
      return burst.add(`/w/${now}`);
    });
    assert.deepEqual(begins.flatMap((begin, index) => (begin ? [index] : [])), [0]);
    now += 400;
    assert.equal(burst.quietFor(), 400);
    const { paths, took } = burst.take();
    assert.deepEqual([paths.length, took], [120, 1190]);
    assert.ok(burst.add('/w/a'));
  });
  test('holds a path once and no more than can be looked at', () => {
    const burst = new Burst(() => 0);
    for (let at = 0; at < 20_000; at++) burst.add(`/w/${Math.floor(at / 2)}`);
    assert.equal(burst.take().paths.length, 5_000);
  });
});

function repository(context: TestContext): { readonly folder: string; readonly path: (name: string) => string } {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'il-losses-')));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const path = (name: string): string => join(folder, name);
  mkdirSync(path('dist'));
  for (const name of ['a b.txt', 'ü.txt', 'untracked.md', 'dist/out.js']) writeFileSync(path(name), `${name}\n`);
  writeFileSync(path('.gitignore'), 'dist/\n');
  const git = (...args: readonly string[]): void => void execFileSync('git', ['-c', 'user.name=Dev', '-c', 'user.email=dev@example.com', ...args], { cwd: folder });
  git('init', '--quiet');
  git('add', '.gitignore', 'a b.txt', 'ü.txt');
  git('commit', '--quiet', '-m', 'Start');
  return { folder, path };
}

const nothingKept: Pick<Vault, 'list'> = { list: () => Promise.resolve([]) };

describe('lost files', () => {
  test('are those that are gone or hold nothing', (context) => {
    const { path } = repository(context);
    rmSync(path('ü.txt'));
    truncateSync(path('a b.txt'));
    assert.deepEqual(lostAmong([path('a b.txt'), path('ü.txt'), path('untracked.md'), path('dist')]), [path('a b.txt'), path('ü.txt')]);
  });

  test('of a folder are those that git had in it', async (context) => {
    const { folder, path } = repository(context);
    mkdirSync(path('sub dir/[x]'), { recursive: true });
    for (const name of ['sub dir/1', 'sub dir/[x]/2', 'sub dir/new']) writeFileSync(path(name), name);
    execFileSync('git', ['add', 'sub dir/1', 'sub dir/[x]/2'], { cwd: folder });
    rmSync(path('sub dir'), { recursive: true });
    rmSync(path('untracked.md'));
    assert.deepEqual(await filesBelow(folder, [path('sub dir'), path('untracked.md')]), [path('untracked.md'), path('sub dir/1'), path('sub dir/[x]/2')]);
  });

  test('come back from git, and what was written since stays', async (context) => {
    const { folder, path } = repository(context);
    const paths = ['a b.txt', 'ü.txt', 'untracked.md', 'dist/out.js'].map(path);
    rmSync(path('ü.txt'));
    rmSync(path('untracked.md'));
    rmSync(path('dist'), { recursive: true });
    truncateSync(path('a b.txt'));
    const found = await findRecoverable(folder, paths, nothingKept);
    assert.deepEqual(found, { inGit: [path('a b.txt'), path('ü.txt')], inVault: new Map(), ignored: [path('dist/out.js')] });
    writeFileSync(path('ü.txt'), 'new\n');
    assert.ok(await restoreFromGit(folder, found.inGit));
    assert.deepEqual([readFileSync(path('a b.txt'), 'utf8'), readFileSync(path('ü.txt'), 'utf8'), existsSync(path('untracked.md'))], ['a b.txt\n', 'new\n', false]);
  });

  test('are looked for in the newest copies of the vault', async (context) => {
    const { folder, path } = repository(context);
    const copy = (id: string, ...names: readonly string[]) => ({ id, entries: names.map((name) => ({ type: 'file', path: path(name) })) });
    const vault = { list: () => Promise.resolve([copy('new', 'untracked.md'), copy('old', 'untracked.md', 'other.md')]) } as unknown as Pick<Vault, 'list'>;
    rmSync(path('untracked.md'));
    const { inVault } = await findRecoverable(folder, [path('untracked.md'), path('other.md'), path('nowhere.md')], vault);
    assert.deepEqual([...inVault], [['new', [path('untracked.md')]], ['old', [path('other.md')]]]);
  });

  test('outside any repository only the vault has', async (context) => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'il-losses-')));
    context.after(() => rmSync(folder, { recursive: true, force: true }));
    assert.deepEqual(await findRecoverable(folder, [join(folder, 'x')], nothingKept), { inGit: [], inVault: new Map(), ignored: [] });
  });
});
