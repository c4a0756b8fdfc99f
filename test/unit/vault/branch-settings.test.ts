import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { action, losing, scratch, vaultIn } from './scratch.ts';

type Git = (...args: readonly string[]) => string;

/** A repository with a branch `idea/v1.2`, which is configured, kept and deleted. */
async function restored(context: TestContext, configure: (git: Git) => void, meanwhile: (git: Git) => void = () => undefined): Promise<{ readonly settings: string; readonly parts: readonly string[] }> {
  const folder = await scratch(context);
  const root = join(folder, 'repo');
  const git: Git = (...args) => execFileSync('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { encoding: 'utf8' });
  mkdirSync(root);
  git('init', '-q', '-b', 'main');
  writeFileSync(join(root, 'f'), '1');
  git('add', 'f');
  git('commit', '-qm', 'one');
  git('branch', 'idea/v1.2');
  configure(git);
  const vault = vaultIn(folder);
  const { manifest = '' } = await vault.keep(action, losing('delete', [], { paths: [], repository: { folder: root } }));
  git('branch', '-q', '-D', 'idea/v1.2');
  meanwhile(git);
  const result = await vault.restore(await vault.manifest(manifest), { overwriteNewer: false });
  const settings = spawnSync('git', ['-C', root, 'config', '--local', '--get-regexp', '^branch\\.'], { encoding: 'utf8' }).stdout;
  return { settings, parts: result.restored.filter((part) => part.includes('settings')).map((part) => part.slice(part.indexOf(': ') + 2)) };
}

const key = (name: string): string => `branch.idea/v1.2.${name}`;

describe('a deleted branch that comes back follows what it followed', () => {
  test('remote, upstream, rebase, description and push remote', async (context) => {
    const { settings, parts } = await restored(context, (git) => {
      git('config', key('remote'), 'origin');
      git('config', key('merge'), 'refs/heads/idea');
      git('config', '--add', key('merge'), 'refs/heads/other');
      git('config', key('rebase'), 'merges');
      git('config', key('pushRemote'), 'mine');
      git('config', key('description'), '--global\nof two lines');
    });
    assert.equal(settings, `${key('remote')} origin\n${key('merge')} refs/heads/idea\n${key('merge')} refs/heads/other\n${key('rebase')} merges\n${key('pushremote')} mine\n${key('description')} --global\nof two lines\n`);
    assert.deepEqual(parts, ['settings of branch idea/v1.2']);
  });

  test('what was set since is left as it is', async (context) => {
    const { settings } = await restored(context, (git) => {
      git('config', key('remote'), 'origin');
      git('config', key('merge'), 'refs/heads/idea');
    }, (git) => git('config', key('remote'), 'newer'));
    assert.equal(settings, `${key('remote')} newer\n${key('merge')} refs/heads/idea\n`);
  });

  test('a branch that was not deleted keeps the settings it has', async (context) => {
    const { settings, parts } = await restored(context, (git) => git('config', 'branch.main.remote', 'origin'), (git) => git('config', '--unset', 'branch.main.remote'));
    assert.deepEqual([settings, parts], ['', []]);
  });
});

describe('nothing comes back with a branch that may run a program or hold a password', () => {
  const rows: readonly (readonly [danger: string, name: string, value: string])[] = [
    ['an address that runs a command', 'remote', 'ext::sh -c touch% x'],
    ['an address with a token', 'pushRemote', 'https://me:token@example.com/r.git'],
    ['an option instead of a remote', 'remote', '--upload-pack=x'],
    ['options of a merge', 'mergeOptions', '--strategy=mine'],
    ['a setting nobody knows', 'command', 'touch x'],
    ['a ref that is none', 'merge', '--exec=x'],
    ['a way to rebase that is none', 'rebase', 'exec'],
  ];
  for (const [danger, name, value] of rows) {
    test(danger, async (context) => {
      const { settings } = await restored(context, (git) => git('config', key(name), value));
      assert.equal(settings, '');
    });
  }
});
