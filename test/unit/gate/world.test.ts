import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { Losses, World } from '../../../src/core/world.ts';
import type { Bounds } from '../../../src/gate/world/bounds.ts';
import { createDiskWorld } from '../../../src/gate/world/disk-world.ts';
import { parseStatus } from '../../../src/gate/world/git-facts.ts';

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'interlock-world-')));
after(() => rmSync(scratch, { recursive: true, force: true }));

function world(bounds: Partial<Bounds> = {}): World {
  return createDiskWorld({ secretsIn: () => [], bounds });
}

function git(folder: string, ...args: readonly string[]): void {
  execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'init.defaultBranch=main', '-c', 'commit.gpgsign=false', ...args], { stdio: 'ignore', env: { PATH: process.env.PATH, HOME: scratch } });
}

function put(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

let made = 0;
/** A repository whose given files are committed. */
function repository(files: Readonly<Record<string, string>>): string {
  const root = join(scratch, `repo-${made++}`);
  mkdirSync(root);
  git(root, 'init', '-q');
  put(root, files);
  git(root, 'add', '-A');
  git(root, 'commit', '-qm', 'first');
  return root;
}

/** A repository and a clone of it, so that the clone's commits have a remote. */
function cloned(files: Readonly<Record<string, string>>): string {
  const origin = repository(files);
  const clone = `${origin}-clone`;
  git(scratch, 'clone', '-q', origin, clone);
  return clone;
}

function losses(paths: readonly string[], bounds: Partial<Bounds> = {}): Losses {
  const counted = world(bounds).losses(paths);
  assert.ok(counted);
  return counted;
}

const nothing = { untracked: 0, dirty: 0, ignored: 0, unpushed: 0, truncated: false };

describe('what a loss would cost', () => {
  it('counts a file whose name is no UTF-8, by the name it was read with', { skip: process.platform !== 'linux' && 'only Linux has such names' }, () => {
    const folder = join(scratch, 'bytes');
    mkdirSync(folder);
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.of(0xe9), Buffer.from('.txt')]), 'x');
    const [name = ''] = world().list(folder) ?? [];
    assert.equal(world().stat(join(folder, name))?.kind, 'other');
    assert.equal(losses([join(folder, name)]).untracked, 1);
    assert.equal(world().stat(join(folder, 'other\uFFFD.txt')), undefined);
  });
  it('counts committed files as nothing lost', () => {
    const root = repository({ 'src/a.ts': 'a', 'src/b.ts': 'bb' });
    assert.deepEqual(losses([join(root, 'src')]), { files: 2, bytes: 3, ...nothing });
  });
  it('tells dirty, staged, untracked and ignored files apart', () => {
    const root = repository({ '.gitignore': '*.local\n', 'src/a.ts': 'a', 'src/b.ts': 'b', 'src/c.ts': 'c' });
    put(root, { 'src/a.ts': 'changed', 'src/b.ts': 'staged', 'src/new.ts': 'n', 'src/deep/new.ts': 'n', 'src/x.local': 'x' });
    git(root, 'add', 'src/b.ts');
    const { dirty, untracked, ignored, files } = losses([join(root, 'src')]);
    assert.deepEqual({ dirty, untracked, ignored, files }, { dirty: 2, untracked: 2, ignored: 1, files: 6 });
  });
  it('does not mistake a staged new file for a committed one', () => {
    const root = repository({ 'a.ts': 'a' });
    put(root, { 'b.ts': 'b' });
    git(root, 'add', 'b.ts');
    assert.equal(losses([join(root, 'b.ts')]).dirty, 1);
  });
  it('leaves out ignored build output but counts a tracked folder of that name', () => {
    const root = repository({ '.gitignore': 'node_modules/\n', 'dist/shipped.js': 's', 'app/a.ts': 'a' });
    put(root, { 'app/node_modules/x/index.js': 'x'.repeat(100) });
    assert.equal(losses([join(root, 'app')]).files, 1);
    assert.equal(losses([join(root, 'dist')]).files, 1);
  });
  it('counts an ignored .env inside a folder', () => {
    const root = repository({ '.gitignore': '.env\n', 'app/a.ts': 'a' });
    put(root, { 'app/.env': 'A=1' });
    assert.equal(losses([join(root, 'app')]).ignored, 1);
  });
  it('counts files below an ignored folder by a path inside it', () => {
    const root = repository({ '.gitignore': 'data/\n', 'a.ts': 'a' });
    put(root, { 'data/deep/x.db': 'x', 'data/deep/y.db': 'y' });
    assert.equal(losses([join(root, 'data', 'deep')]).ignored, 2);
    assert.equal(losses([join(root, 'data')]).ignored, 2);
  });
  it('counts everything outside a repository as without a copy', () => {
    const folder = join(scratch, 'plain');
    put(folder, { 'a.txt': 'a', 'b/c.txt': 'c' });
    assert.deepEqual(losses([folder]), { files: 2, bytes: 2, ...nothing, untracked: 2 });
  });
  it('finds commits that only a nested repository has', () => {
    const root = repository({ 'a.ts': 'a' });
    assert.equal(losses([root]).unpushed, 1);
  });
  it('finds nothing to lose in a clean clone, and the commit made in it later', () => {
    const clone = cloned({ 'a.ts': 'a' });
    assert.equal(losses([clone]).unpushed, 0);
    put(clone, { 'b.ts': 'b' });
    git(clone, 'add', '-A');
    git(clone, 'commit', '-qm', 'second');
    assert.equal(losses([clone]).unpushed, 1);
  });
  it('counts a stash as work only the repository has', () => {
    const clone = cloned({ 'a.ts': 'a' });
    put(clone, { 'a.ts': 'changed' });
    git(clone, 'stash');
    assert.equal(losses([clone]).unpushed, 1);
  });
  it('judges files of a nested repository by that repository', () => {
    const outer = repository({ 'a.ts': 'a' });
    const inner = cloned({ 'x.ts': 'x' });
    put(inner, { 'new.ts': 'n' });
    git(scratch, 'clone', '-q', inner, join(outer, 'vendor'));
    put(join(outer, 'vendor'), { 'mine.ts': 'm' });
    assert.equal(losses([join(outer, 'vendor')]).untracked, 1);
  });
  it('counts a file named twice, or in a folder named too, once', () => {
    const root = repository({ 'src/a.ts': 'a' });
    assert.equal(losses([join(root, 'src'), join(root, 'src', 'a.ts'), join(root, 'src')]).files, 1);
  });
  it('says so when there is more than it may count', () => {
    const folder = join(scratch, 'many');
    put(folder, Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`${index}.txt`, 'x'])));
    const counted = losses([folder], { files: 5 });
    assert.equal(counted.truncated, true);
    assert.equal(counted.files, 5);
  });
  it('says so when folders lie too deep', () => {
    const folder = join(scratch, 'deep');
    put(folder, { 'a/b/c/d/e.txt': 'x' });
    assert.equal(losses([folder], { depth: 2 }).truncated, true);
  });
  it('takes everything for lost when git may not be called', () => {
    const root = repository({ 'src/a.ts': 'a' });
    assert.equal(losses([join(root, 'src')], { gitCalls: 0 }).untracked, 1);
  });
  it('does not follow links out of a folder', () => {
    const folder = join(scratch, 'linked');
    put(join(scratch, 'elsewhere'), { 'big.txt': 'x', 'more.txt': 'y' });
    mkdirSync(folder);
    symlinkSync(join(scratch, 'elsewhere'), join(folder, 'link'));
    assert.equal(losses([folder]).files, 1);
  });
  it('takes names with pathspec magic and odd characters as they are', () => {
    const root = repository({ ':(top)x': 'a', 'sp ace/é.ts': 'b', '-n.ts': 'c', 'new\nline': 'd' });
    put(root, { 'sp ace/é.ts': 'changed' });
    assert.deepEqual([losses([join(root, ':(top)x')]).untracked, losses([join(root, 'sp ace')]).dirty, losses([join(root, '-n.ts')]).dirty, losses([join(root, 'new\nline')]).untracked], [0, 1, 0, 0]);
  });
});

describe('what git knows', () => {
  it('gives branch, changes and stashes', () => {
    const root = repository({ 'a.ts': 'a', 'b.ts': 'b' });
    put(root, { 'a.ts': 'stash me' });
    git(root, 'stash');
    put(root, { 'b.ts': 'changed', 'c.ts': 'new', 'd/e.ts': 'new' });
    const facts = world().git(join(root, 'd'));
    assert.deepEqual(facts, { root, branch: 'main', dirty: ['b.ts'], untracked: ['c.ts', 'd/e.ts'], stashes: 1, truncated: false });
  });
  it('counts what the upstream does not have', () => {
    const clone = cloned({ 'a.ts': 'a' });
    put(clone, { 'b.ts': 'b' });
    git(clone, 'add', '-A');
    git(clone, 'commit', '-qm', 'second');
    assert.equal(world().git(clone)?.unpushed, 1);
  });
  it('finds no repository where there is none', () => assert.equal(world().git(scratch), undefined));
  it('says that it does not know when git may not be called', () => assert.equal(world({ gitCalls: 0 }).git(repository({ 'a.ts': 'a' }))?.truncated, true));
  it('does not run the monitor a repository is configured with', () => {
    const root = repository({ 'a.ts': 'a' });
    const proof = join(scratch, 'monitor-ran');
    put(scratch, { 'monitor.sh': `#!/bin/sh\ntouch "${proof}"\n` });
    execFileSync('chmod', ['+x', join(scratch, 'monitor.sh')]);
    git(root, 'config', 'core.fsmonitor', join(scratch, 'monitor.sh'));
    world().git(root);
    assert.equal(world().stat(proof), undefined);
  });
  it('reads renames and conflicts', () => {
    const output = ['# branch.head topic/x y', '# branch.ab +3 -1', '2 R. N... 100644 100644 100644 aaa bbb R100 new name', 'old name', 'u UU N... 100644 100644 100644 100644 a b c both.ts', '1 .M N... 100644 100644 100644 aaa bbb changed here.ts', '? new.ts', '! out/', ''].join('\0');
    assert.deepEqual(parseStatus(output), { branch: 'topic/x y', ahead: 3, dirty: ['new name', 'both.ts', 'changed here.ts'], untracked: ['new.ts'], ignored: ['out/'] });
  });
});

describe('what git ignores', () => {
  const root = repository({ '.gitignore': 'dist/\n*.log\n!keep.log\n', 'keep.log': 'k', 'tracked/dist.txt': 't' });
  put(root, { 'dist/deep/a.js': 'a', 'x.log': 'x', 'new.ts': 'n' });
  const cases: readonly (readonly [string, boolean])[] = [['dist', true], ['dist/deep', true], ['dist/deep/a.js', true], ['x.log', true], ['keep.log', false], ['new.ts', false], ['tracked', false], ['tracked/dist.txt', false]];
  for (const [path, ignored] of cases) it(`${path} is ${ignored ? '' : 'not '}ignored`, () => assert.equal(world().ignores(join(root, path)), ignored));
  it('does not know outside a repository', () => assert.equal(world().ignores(join(scratch, 'plain', 'dist')), undefined));
  it('takes nothing for ignored when git may not be called', () => assert.equal(world({ gitCalls: 0 }).ignores(join(root, 'dist')), false));
  it('does not take a tracked dist for ignored', () => assert.equal(world().ignores(join(repository({ 'dist/a.js': 'a' }), 'dist')), false));
});

describe('looking at files', () => {
  const folder = join(scratch, 'files');
  put(folder, { 'a.txt': 'hello', 'binary': 'a\0b', 'bom.txt': '\uFEFFhi' });
  symlinkSync(join(folder, 'a.txt'), join(folder, 'link'));
  symlinkSync(join(folder, 'loop'), join(folder, 'loop'));
  symlinkSync(folder, join(scratch, 'door'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  it('knows a file, a folder, a link and nothing', () => assert.deepEqual(['a.txt', '.', 'link', 'nothing', 'a.txt/below'].map((name) => world().stat(join(folder, name))?.kind), ['file', 'folder', 'link', undefined, undefined]));
  it('follows links as far as a path exists', () => assert.deepEqual([world().resolve(join(scratch, 'door', 'a.txt')), world().resolve(join(scratch, 'door', 'new', 'x'))], [join(folder, 'a.txt'), join(folder, 'new', 'x')]));
  it('comes back from a link to itself', () => assert.equal(world().resolve(join(folder, 'loop')), join(folder, 'loop')));
  it('reads text up to the limit', () => assert.deepEqual([world().read(join(folder, 'a.txt'), 100), world().read(join(folder, 'a.txt'), 2), world().read(join(folder, 'bom.txt'), 100)], ['hello', 'he', 'hi']));
  it('does not read what is no text', () => assert.equal(world().read(join(folder, 'binary'), 100), undefined));
  it('does not wait for a pipe', () => assert.equal(world().read(join(folder, 'pipe'), 100), undefined));
  it('does not read a folder, a device or a relative path', () => assert.deepEqual([folder, '/dev/zero', 'a.txt'].map((path) => world().read(path, 100)), [undefined, undefined, undefined]));
  it('stops reading when the bytes of an action are used up', () => {
    const small = world({ bytes: 6 });
    assert.deepEqual([small.read(join(folder, 'a.txt'), 100), small.read(join(folder, 'a.txt'), 100), small.read(join(folder, 'a.txt'), 100)], ['hello', 'h', undefined]);
  });
  it('lists names in order, and nothing of a folder with too many', () => {
    assert.deepEqual(world().list(folder), ['a.txt', 'binary', 'bom.txt', 'link', 'loop', 'pipe']);
    assert.equal(world({ names: 3 }).list(folder), undefined);
    assert.equal(world().list(join(folder, 'a.txt')), undefined);
  });
});
