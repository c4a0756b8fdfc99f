import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import type { Manifest } from '../../../src/vault/manifest.ts';
import type { Vault } from '../../../src/vault/vault.ts';
import { action, losing, scratch, vaultIn } from './scratch.ts';

const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=Jo', '-c', 'user.email=jo@shop.test', ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

interface Pushed {
  readonly vault: Vault;
  readonly manifest: Manifest;
  readonly project: string;
  readonly origin: string;
  /** What `main` was before. */
  readonly before: string;
}

async function commit(project: string, text: string): Promise<void> {
  await writeFile(join(project, 'a.txt'), text);
  git(project, 'add', 'a.txt');
  git(project, 'commit', '-q', '-m', text);
}

/** A repository whose remote was kept before a push that replaced `main` and removed `old`. */
async function pushed(context: TestContext): Promise<Pushed> {
  const folder = await scratch(context);
  const [project, origin] = [join(folder, 'project'), join(folder, 'origin.git')];
  await mkdir(project);
  git(folder, 'init', '-q', '--bare', '-b', 'main', origin);
  git(project, 'init', '-q', '-b', 'main');
  git(project, 'remote', 'add', 'origin', origin);
  await commit(project, 'work of everybody');
  git(project, 'push', '-q', 'origin', 'main', 'main:old');
  const before = git(origin, 'rev-parse', 'main');
  const vault = vaultIn(folder);
  const kept = await vault.keep(action, losing('overwrite', [], { repository: { folder: project, push: { remote: 'origin', refs: ['main', 'old'] } } }));
  git(project, 'commit', '-q', '--amend', '-m', 'something else');
  git(project, 'push', '-q', '--force', 'origin', 'main', ':old');
  return { vault, manifest: await vault.manifest(kept.manifest ?? assert.fail('nothing was kept')), project, origin, before };
}

const refsOf = (origin: string): string => git(origin, 'for-each-ref', '--format=%(refname) %(objectname)');

suite('what a push replaced on a remote', () => {
  test('is told apart from what is still there', async (context) => {
    const { vault, manifest, project, origin, before } = await pushed(context);
    const { changes, unreachable } = await vault.remoteChanges(manifest);
    const common = { root: project, remote: 'origin', before };
    assert.deepEqual([changes, unreachable], [[{ ...common, ref: 'refs/heads/main', now: git(origin, 'rev-parse', 'main') }, { ...common, ref: 'refs/heads/old' }], []]);
    git(project, 'push', '-q', 'origin', `${before}:refs/heads/old`);
    assert.deepEqual((await vault.remoteChanges(manifest)).changes.map(({ ref }) => ref), ['refs/heads/main']);
  });

  test('goes back, and what was there is kept and goes back as well', async (context) => {
    const { vault, manifest, origin, before } = await pushed(context);
    const replaced = refsOf(origin);
    const { changes } = await vault.remoteChanges(manifest);
    assert.deepEqual(await vault.pushBack(manifest, changes), changes);
    assert.equal(refsOf(origin), `refs/heads/main ${before}\nrefs/heads/old ${before}`);
    const [newest] = await vault.list();
    assert.ok(newest !== undefined && newest.id !== manifest.id);
    await vault.pushBack(newest, (await vault.remoteChanges(newest)).changes);
    assert.equal(refsOf(origin), `${replaced}\nrefs/heads/old ${before}`);
  });

  test('is left where somebody has pushed since it was looked at', async (context) => {
    const { vault, manifest, project, origin } = await pushed(context);
    const { changes } = await vault.remoteChanges(manifest);
    await commit(project, 'work of a colleague');
    git(project, 'push', '-q', 'origin', 'main', 'main:old');
    const there = refsOf(origin);
    assert.deepEqual(await vault.pushBack(manifest, changes), []);
    assert.equal(refsOf(origin), there);
  });

  test('is left where the remote cannot be asked', async (context) => {
    const { vault, manifest, origin } = await pushed(context);
    await rm(origin, { recursive: true });
    assert.deepEqual(await vault.remoteChanges(manifest), { changes: [], unreachable: ['origin'] });
  });

  test('runs no hook of the repository', async (context) => {
    const { vault, manifest, project } = await pushed(context);
    await writeFile(join(project, '.git/hooks/pre-push'), '#!/bin/sh\n: > ran\n', { mode: 0o755 });
    const { changes } = await vault.remoteChanges(manifest);
    assert.equal((await vault.pushBack(manifest, changes)).length, 2);
    assert.equal(git(project, 'status', '--porcelain'), '');
  });
});
