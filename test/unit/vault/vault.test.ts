import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, lstat, mkdir, readdir, readFile, readlink, rename, rm, stat, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { KeepFailed } from '../../../src/core/keeping.ts';
import type { Manifest } from '../../../src/vault/manifest.ts';
import { action, losing, scratch, vaultIn } from './scratch.ts';

/** Everything below a folder as plain values: type, mode, time, content or target. */
async function snapshot(folder: string): Promise<readonly unknown[]> {
  const names = (await readdir(folder, { recursive: true })).toSorted();
  return Promise.all(['', ...names].map(async (name) => {
    const path = join(folder, name);
    const facts = await lstat(path);
    if (facts.isSymbolicLink()) return [name, 'link', await readlink(path)];
    const kind = facts.isDirectory() ? 'folder' : await readFile(path, 'hex');
    return [name, kind, facts.mode, facts.mtimeMs];
  }));
}

async function makeTree(folder: string): Promise<void> {
  await mkdir(join(folder, 'empty'), { recursive: true });
  await mkdir(join(folder, 'deep/er'), { recursive: true });
  await writeFile(join(folder, 'plain.txt'), 'work');
  await writeFile(join(folder, 'deep/er/same.txt'), 'work');
  await writeFile(join(folder, 'deep/run.sh'), '#!/bin/sh\n', { mode: 0o755 });
  await writeFile(join(folder, 'deep/private'), 'x', { mode: 0o600 });
  await writeFile(join(folder, ' odd\n"name" ✓'), Buffer.from([0, 255, 10]));
  await writeFile(join(folder, 'large.bin'), Buffer.alloc(1_500_000, 7));
  await symlink('plain.txt', join(folder, 'link'));
  await symlink('/nowhere/at/all', join(folder, 'dangling'));
  await symlink('deep', join(folder, 'folder-link'));
  await chmod(join(folder, 'empty'), 0o700);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const [at, entry] of entries.entries()) if (!entry.isSymbolicLink()) await utimes(join(entry.parentPath, entry.name), 1_000_000 + at, 1_000_000 + at);
  await utimes(folder, 2_000_000, 2_000_000);
}

suite('what is lost comes back', () => {
  test('a tree with modes, times, links, empty folders and odd names is the same after delete and restore', async (context) => {
    const folder = await scratch(context);
    const tree = join(folder, 'tree');
    await makeTree(tree);
    const before = await snapshot(tree);
    const vault = vaultIn(folder);
    const kept = await vault.keep(action, losing('delete', [tree]));
    assert.equal(kept.files, 6);
    await rm(tree, { recursive: true });
    const result = await vault.restore(await vault.manifest(kept.manifest ?? ''), { overwriteNewer: false });
    assert.deepEqual(result.skipped, []);
    assert.deepEqual(await snapshot(tree), before);
  });

  test('equal contents are stored once', async (context) => {
    const folder = await scratch(context);
    await writeFile(join(folder, 'a'), 'same');
    await writeFile(join(folder, 'b'), 'same');
    const vault = vaultIn(folder);
    await vault.keep(action, losing('delete', [join(folder, 'a'), join(folder, 'b')]));
    const objects = (await readdir(join(folder, 'vault/objects'), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    assert.equal(objects.length, 1);
  });

  test('a content that an earlier crash cut short is stored whole', async (context) => {
    const folder = await scratch(context);
    const path = join(folder, 'a');
    await writeFile(path, 'content');
    const vault = vaultIn(folder);
    await vault.keep(action, losing('delete', [path]));
    const [object] = (await readdir(join(folder, 'vault/objects'), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    assert.ok(object);
    await truncate(join(object.parentPath, object.name), 3);
    const { manifest = '' } = await vault.keep(action, losing('delete', [path]));
    await rm(path);
    await vault.restore(await vault.manifest(manifest), { overwriteNewer: false });
    assert.equal(await readFile(path, 'utf8'), 'content');
  });

  test('single files can be restored without the rest', async (context) => {
    const folder = await scratch(context);
    const tree = join(folder, 'tree');
    await makeTree(tree);
    const vault = vaultIn(folder);
    const { manifest = '' } = await vault.keep(action, losing('delete', [tree]));
    await rm(tree, { recursive: true });
    const chosen = join(tree, 'deep/er/same.txt');
    const result = await vault.restore(await vault.manifest(manifest), { files: [chosen], overwriteNewer: false });
    assert.deepEqual(result.restored, [chosen]);
    assert.deepEqual(await readdir(tree, { recursive: true }), ['deep', 'deep/er', 'deep/er/same.txt']);
  });

  test('nobody else can read what is kept', async (context) => {
    const folder = await scratch(context);
    await writeFile(join(folder, 'a'), 'secret', { mode: 0o644 });
    await vaultIn(folder).keep(action, losing('delete', [join(folder, 'a')]));
    const entries = await readdir(join(folder, 'vault'), { recursive: true, withFileTypes: true });
    for (const entry of entries) assert.equal((await stat(join(entry.parentPath, entry.name))).mode & 0o077, 0, entry.name);
  });

  test('the list shows newest first and leaves out a manifest that was cut short', async (context) => {
    const folder = await scratch(context);
    await writeFile(join(folder, 'a'), 'a');
    const vault = vaultIn(folder);
    const first = await vault.keep(action, losing('delete', [join(folder, 'a')]));
    const second = await vault.keep(action, losing('delete', [join(folder, 'a')]));
    await writeFile(join(folder, 'vault/manifests/20200101T000000000Z-00000000.json'), '{"version":1,"id"');
    const ids = (await vault.list()).map(({ id }) => id);
    assert.deepEqual(new Set(ids), new Set([first.manifest, second.manifest]));
    assert.ok((ids[0] ?? '') > (ids[1] ?? ''));
  });
});

suite('half a copy is no copy', () => {
  const cases: readonly (readonly [danger: string, bounds: Parameters<typeof vaultIn>[1], says: RegExp])[] = [
    ['more files than the bound', { files: 3 }, /more than 3 files/],
    ['more bytes than the bound', { bytes: 1024 * 1024 }, /more than 1 MB/],
    ['deeper than the bound', { depth: 1 }, /more than 1 deep/],
    ['slower than the bound', { milliseconds: -1 }, /took more than/],
  ];
  for (const [danger, bounds, says] of cases) {
    test(danger, async (context) => {
      const folder = await scratch(context);
      await makeTree(join(folder, 'tree'));
      const vault = vaultIn(folder, bounds);
      await assert.rejects(vault.keep(action, losing('delete', [join(folder, 'tree')])), (error) => error instanceof KeepFailed && says.test(error.message));
      assert.deepEqual(await vault.list(), []);
    });
  }

  test('installed packages inside a tree are left out and said to be', async (context) => {
    const folder = await scratch(context);
    await mkdir(join(folder, 'tree/node_modules/x'), { recursive: true });
    await writeFile(join(folder, 'tree/node_modules/x/index.js'), 'x');
    await writeFile(join(folder, 'tree/own.js'), 'x');
    const vault = vaultIn(folder);
    const kept = await vault.keep(action, losing('delete', [join(folder, 'tree')]));
    assert.equal(kept.files, 1);
    assert.deepEqual((await vault.manifest(kept.manifest ?? '')).leftOut, [join(folder, 'tree/node_modules')]);
  });

  test('effects that take nothing from this disk copy nothing', async (context) => {
    const folder = await scratch(context);
    await writeFile(join(folder, 'a'), 'a');
    const vault = vaultIn(folder);
    for (const verdict of [losing('delete', [join(folder, 'gone')]), losing('delete', [join(folder, 'a')], { regenerable: true }), losing('publish', [join(folder, 'a')]), losing('delete', [join(folder, 'a')], { target: { by: 'host', host: 'h' } })]) {
      assert.deepEqual(await vault.keep(action, verdict), { files: 0, bytes: 0 });
    }
  });
});

suite('restoring never harms', () => {
  test('a file with newer work is left alone, and replaced only when asked, with a copy of the newer work', async (context) => {
    const folder = await scratch(context);
    const path = join(folder, 'a');
    await writeFile(path, 'old');
    const vault = vaultIn(folder);
    const { manifest = '' } = await vault.keep(action, losing('overwrite', [path]));
    await writeFile(path, 'newer work');
    const careful = await vault.restore(await vault.manifest(manifest), { overwriteNewer: false });
    assert.deepEqual(careful, { restored: [], unchanged: [], skipped: [{ path, why: 'newer' }] });
    assert.equal(await readFile(path, 'utf8'), 'newer work');
    await vault.restore(await vault.manifest(manifest), { overwriteNewer: true });
    assert.equal(await readFile(path, 'utf8'), 'old');
    const again = (await vault.list()).find(({ id }) => id !== manifest);
    assert.ok(again);
    await vault.restore(again, { overwriteNewer: true });
    assert.equal(await readFile(path, 'utf8'), 'newer work');
  });

  test('what is as it was is not touched', async (context) => {
    const folder = await scratch(context);
    const path = join(folder, 'a');
    await writeFile(path, 'old');
    const vault = vaultIn(folder);
    const { manifest = '' } = await vault.keep(action, losing('overwrite', [path]));
    assert.deepEqual(await vault.restore(await vault.manifest(manifest), { overwriteNewer: false }), { restored: [], unchanged: [path], skipped: [] });
  });

  for (const [danger, damage] of [
    ['cut short', (path: string) => truncate(path, 1)],
    ['changed in place', (path: string) => writeFile(path, 'evil')],
    ['gone', (path: string) => rm(path)],
  ] as const) {
    test(`a stored content that is ${danger} is noticed and not written`, async (context) => {
      const folder = await scratch(context);
      const path = join(folder, 'a');
      await writeFile(path, 'good');
      const vault = vaultIn(folder);
      const { manifest = '' } = await vault.keep(action, losing('delete', [path]));
      const [object] = (await readdir(join(folder, 'vault/objects'), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
      assert.ok(object);
      await damage(join(object.parentPath, object.name));
      await rm(path);
      assert.deepEqual((await vault.restore(await vault.manifest(manifest), { overwriteNewer: false })).skipped, [{ path, why: 'damaged' }]);
      await assert.rejects(stat(path));
    });
  }

  test('nothing is written through a folder that has become a link', async (context) => {
    const folder = await scratch(context);
    const tree = join(folder, 'tree');
    await mkdir(join(tree, 'sub'), { recursive: true });
    await writeFile(join(tree, 'sub/a'), 'a');
    const vault = vaultIn(folder);
    const { manifest = '' } = await vault.keep(action, losing('delete', [join(tree, 'sub')]));
    await rename(tree, join(folder, 'elsewhere'));
    await rm(join(folder, 'elsewhere/sub'), { recursive: true });
    await symlink(join(folder, 'elsewhere'), tree);
    const result = await vault.restore(await vault.manifest(manifest), { overwriteNewer: true });
    assert.deepEqual(new Set(result.skipped.map(({ why }) => why)), new Set(['moved']));
    assert.deepEqual(await readdir(join(folder, 'elsewhere')), []);
  });
});

suite('uncommitted work of a repository', () => {
  function git(root: string, ...args: string[]): string {
    return execFileSync('git', ['-C', root, '-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { encoding: 'utf8' });
  }

  test('changed, staged and untracked files survive a hard reset and a clean', async (context) => {
    const folder = await scratch(context);
    const root = join(folder, 'repo');
    await mkdir(root);
    git(root, 'init', '-q');
    for (const name of ['clean.txt', 'changed.txt', 'staged.txt']) await writeFile(join(root, name), 'committed\n');
    git(root, 'add', '.');
    git(root, 'commit', '-qm', 'start');
    await writeFile(join(root, 'changed.txt'), 'work\n');
    await writeFile(join(root, 'staged.txt'), 'staged work\n');
    git(root, 'add', 'staged.txt');
    await writeFile(join(root, 'new file.txt'), 'new\n');
    const vault = vaultIn(folder);
    const kept = await vault.keep(action, losing('discard', [root], { recursive: false, repository: { folder: root } }));
    assert.equal(kept.files, 3);
    git(root, 'reset', '-q', '--hard');
    git(root, 'clean', '-qfd');
    const manifest = await vault.manifest(kept.manifest ?? '');
    await writeFile(join(root, 'staged.txt'), 'work after the reset\n');
    const careful = await vault.restore(manifest, { overwriteNewer: false });
    assert.deepEqual(new Set(careful.restored), new Set([join(root, 'changed.txt'), join(root, 'new file.txt'), `${root}: index`]));
    assert.deepEqual(careful.skipped, [{ path: join(root, 'staged.txt'), why: 'newer' }]);
    await vault.restore(manifest, { overwriteNewer: true });
    assert.equal(git(root, 'status', '--porcelain'), ' M changed.txt\nM  staged.txt\n?? "new file.txt"\n');
  });

  /** A repository whose branch `idea` and changed file are kept and then lost. */
  async function lostBranch(context: TestContext): Promise<{ readonly folder: string; readonly root: string; readonly manifest: Manifest }> {
    const folder = await scratch(context);
    const root = join(folder, 'repo');
    await mkdir(root);
    git(root, 'init', '-q', '-b', 'main');
    await writeFile(join(root, 'file'), 'committed\n');
    git(root, 'add', '.');
    git(root, 'commit', '-qm', 'start');
    git(root, 'branch', 'idea');
    await writeFile(join(root, 'file'), 'work\n');
    const vault = vaultIn(folder);
    const { manifest = '' } = await vault.keep(action, losing('discard', [root], { recursive: false, repository: { folder: root } }));
    git(root, 'branch', '-q', '-D', 'idea');
    git(root, 'checkout', '-q', '--', '.');
    return { folder, root, manifest: await vault.manifest(manifest) };
  }

  for (const repositories of [true, false]) {
    test(`a chosen file comes back ${repositories ? 'with' : 'without'} the branches, as wished`, async (context) => {
      const { folder, root, manifest } = await lostBranch(context);
      await vaultIn(folder).restore(manifest, { files: [join(root, 'file')], repositories, overwriteNewer: false });
      assert.equal(await readFile(join(root, 'file'), 'utf8'), 'work\n');
      assert.equal(git(root, 'branch', '--list', 'idea').trim(), repositories ? 'idea' : '');
    });
  }

  test('what is staged on another branch by now stays there, with HEAD', async (context) => {
    const { folder, root, manifest } = await lostBranch(context);
    git(root, 'checkout', '-q', '-b', 'other');
    await writeFile(join(root, 'next'), 'newer work\n');
    git(root, 'add', 'next');
    const { skipped } = await vaultIn(folder).restore(manifest, { overwriteNewer: false });
    assert.deepEqual(skipped, [{ path: `${root}: index`, why: 'newer' }]);
    assert.equal(git(root, 'branch', '--show-current').trim(), 'other');
    assert.equal(git(root, 'diff', '--cached', '--name-only').trim(), 'next');
  });

  test('files named one by one are kept from a folder outside any repository too', async (context) => {
    const folder = await scratch(context);
    await writeFile(join(folder, 'a'), 'a');
    assert.equal((await vaultIn(folder).keep(action, losing('discard', [join(folder, 'a')]))).files, 1);
  });
});
