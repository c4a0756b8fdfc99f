import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { RestoreUsage, runRestore, type RestoreCommandOptions } from '../../../src/vault/command.ts';
import { action, losing, scratch, vaultIn } from './scratch.ts';

interface Call {
  readonly code: number;
  readonly said: string;
  readonly recorded: readonly string[];
}

async function restore(folder: string, argv: readonly string[], more: Partial<RestoreCommandOptions> = {}): Promise<Call> {
  const recorded: string[] = [];
  let said = '';
  const code = await runRestore(argv, {
    vault: vaultIn(folder), cwd: folder, withhold: async () => () => undefined, isGuarded: () => false,
    record: async (what) => void recorded.push(what), write: async (text) => void (said += text), ...more,
  });
  return { code, said, recorded };
}

/** A tree of two files that was kept and then deleted. */
async function keptTree(context: TestContext): Promise<{ readonly folder: string; readonly id: string }> {
  const folder = await scratch(context);
  mkdirSync(join(folder, 'tree', 'deep'), { recursive: true });
  writeFileSync(join(folder, 'tree', 'a.txt'), 'first\n');
  writeFileSync(join(folder, 'tree', 'deep', 'b.sh'), 'second\n', { mode: 0o750 });
  chmodSync(join(folder, 'tree', 'deep', 'b.sh'), 0o750);
  const { manifest = '' } = await vaultIn(folder).keep(action, losing('delete', [join(folder, 'tree')]));
  rmSync(join(folder, 'tree'), { recursive: true });
  return { folder, id: manifest };
}

describe('the list says what is kept', () => {
  test('nothing where nothing is kept', async (context) => {
    assert.deepEqual(await restore(await scratch(context), []), { code: 0, said: 'Nothing is kept.\n', recorded: [] });
  });

  test('id, moment, action and size of each copy, and whether it is whole', async (context) => {
    const { folder, id } = await keptTree(context);
    const { code, said } = await restore(folder, []);
    assert.equal(code, 0);
    assert.match(said, new RegExp(`^${id}  \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d  check: delete  \\(2 files · 13 B · whole\\)\\n$`));
  });

  test('contents that are gone are counted', async (context) => {
    const { folder } = await keptTree(context);
    const vault = vaultIn(folder);
    const [entry] = (await vault.list())[0]?.entries.filter(({ type }) => type === 'file') ?? [];
    assert.ok(entry?.type === 'file');
    rmSync(join(folder, 'vault', 'objects', entry.sha256.slice(0, 2), entry.sha256.slice(2)));
    assert.match((await restore(folder, [])).said, /1 of its contents is gone\)/);
    assert.equal(JSON.parse((await restore(folder, ['--json'])).said).gone, 1);
  });

  test('what is in one copy', async (context) => {
    const { folder, id } = await keptTree(context);
    const { said } = await restore(folder, [id, '--list']);
    assert.match(said, /^file\s+6 B  .*tree\/a\.txt$/m);
    assert.ok(!existsSync(join(folder, 'tree')));
  });
});

describe('copies come back', () => {
  test('all of one, with modes, and the journal is told', async (context) => {
    const { folder, id } = await keptTree(context);
    const { code, said, recorded } = await restore(folder, [id]);
    assert.equal(code, 0);
    assert.equal(said, '4 restored.\n');
    assert.deepEqual(recorded, [`Restored what was kept before “delete” (${id}): 4 restored.`]);
    assert.equal(readFileSync(join(folder, 'tree', 'a.txt'), 'utf8'), 'first\n');
    assert.equal(lstatSync(join(folder, 'tree', 'deep', 'b.sh')).mode & 0o777, 0o750);
    assert.match((await restore(folder, [id])).said, /^0 restored, 4 already as they were\.\n$/);
  });

  test('chosen files and folders only, named from the current folder, through a link too', async (context) => {
    const { folder, id } = await keptTree(context);
    symlinkSync(folder, join(folder, 'link'));
    assert.equal((await restore(folder, [id, 'link/tree/deep'])).code, 0);
    assert.ok(existsSync(join(folder, 'tree', 'deep', 'b.sh')));
    assert.ok(!existsSync(join(folder, 'tree', 'a.txt')));
  });

  test('to another folder, under their whole path, with modes, and their own place stays alone', async (context) => {
    const { folder, id } = await keptTree(context);
    const { code, recorded } = await restore(folder, [id, '--to', 'else/where']);
    assert.equal(code, 0);
    const place = join(folder, 'else', 'where', folder, 'tree');
    assert.equal(readFileSync(join(place, 'a.txt'), 'utf8'), 'first\n');
    assert.equal(lstatSync(join(place, 'deep', 'b.sh')).mode & 0o777, 0o750);
    assert.ok(!existsSync(join(folder, 'tree')));
    assert.match(recorded.join(), / to .*else\/where: 4 restored/);
  });

  test('a branch and a stash of a repository', async (context) => {
    const folder = await scratch(context);
    const root = join(folder, 'repo');
    const git = (...args: readonly string[]): string => execFileSync('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { encoding: 'utf8' }).trim();
    mkdirSync(root);
    git('init', '-q', '-b', 'main');
    writeFileSync(join(root, 'f'), '1');
    git('add', 'f');
    git('commit', '-qm', 'one');
    git('branch', 'idea');
    writeFileSync(join(root, 'f'), '2');
    git('stash', '-q');
    const stash = git('rev-parse', 'refs/stash');
    const { manifest = '' } = await vaultIn(folder).keep(action, losing('delete', [], { paths: [], repository: { folder: root } }));
    git('branch', '-D', 'idea');
    git('stash', 'drop', '-q');
    assert.equal((await restore(folder, [manifest])).code, 0);
    assert.equal(git('rev-parse', 'idea'), git('rev-parse', 'main'));
    assert.equal(git('rev-parse', 'refs/stash'), stash);
  });
});

describe('newer work and damage are left alone, and said', () => {
  test('a file in the way is named and stays as it is', async (context) => {
    const { folder, id } = await keptTree(context);
    mkdirSync(join(folder, 'tree'));
    writeFileSync(join(folder, 'tree', 'a.txt'), 'newer work\n');
    const { code, said, recorded } = await restore(folder, [id]);
    assert.equal(code, 1);
    assert.match(said, new RegExp(`^newer       ${join(folder, 'tree', 'a.txt')}$`, 'm'));
    assert.match(said, /shows the difference first; --to FOLDER/);
    assert.match(recorded.join(), /1 newer and left alone/);
    assert.equal(readFileSync(join(folder, 'tree', 'a.txt'), 'utf8'), 'newer work\n');
    assert.ok(existsSync(join(folder, 'tree', 'deep', 'b.sh')));
  });

  test('nor is anything replaced in another folder', async (context) => {
    const { folder, id } = await keptTree(context);
    const place = join(folder, 'other', folder, 'tree');
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'a.txt'), 'newer work\n');
    assert.equal((await restore(folder, [id, '--to', 'other'])).code, 1);
    assert.equal(readFileSync(join(place, 'a.txt'), 'utf8'), 'newer work\n');
  });

  test('a content that is not what it was', async (context) => {
    const { folder, id } = await keptTree(context);
    const entry = (await vaultIn(folder).manifest(id)).entries.find(({ path }) => path.endsWith('a.txt'));
    assert.ok(entry?.type === 'file');
    writeFileSync(join(folder, 'vault', 'objects', entry.sha256.slice(0, 2), entry.sha256.slice(2)), 'other\n');
    const { code, said } = await restore(folder, [id, '--json']);
    assert.equal(code, 1);
    assert.deepEqual(JSON.parse(said).skipped, [{ path: join(folder, 'tree', 'a.txt'), why: 'damaged' }]);
    assert.ok(!existsSync(join(folder, 'tree', 'a.txt')));
  });

  test('what may not be put back', async (context) => {
    const { folder, id } = await keptTree(context);
    const { code, said } = await restore(folder, [id], { withhold: async () => ({ path }) => (path.endsWith('a.txt') ? 'guard' : undefined) });
    assert.equal(code, 1);
    assert.match(said, /^guard file  .*a\.txt$/m);
    assert.ok(!existsSync(join(folder, 'tree', 'a.txt')));
  });
});

describe('a call that cannot be carried out says why and what to do', () => {
  const rows: readonly (readonly [danger: string, argv: (id: string) => readonly string[], says: RegExp])[] = [
    ['an id that is none', () => ['../../etc'], /There is no such copy\. cli\.js restore lists/],
    ['an id that is not kept', () => ['20261129T150000000Z-abcdef01'], /There is no such copy\. cli\.js restore lists/],
    ['a file that is not in the copy', (id) => [id, 'tree/c.txt'], /tree\/c\.txt is not in this copy\. .*--list shows/],
    ['a folder that is a file', (id) => [id, '--to', 'file'], /file is no folder/],
    ['a folder that is a link to nowhere', (id) => [id, '--to', 'nowhere'], /leads nowhere/],
    ['a folder that decides whether agents are watched', (id) => [id, '--to', 'guarded/below'], /decides whether agents on this machine are watched/],
    ['no folder', (id) => [id, '--to', ''], /needs a folder/],
    ['a folder without a copy', () => ['--to', 'x'], /Say which copy/],
    ['an unknown option', (id) => [id, '--force'], /force.* cli\.js help/],
  ];
  for (const [danger, argv, says] of rows) {
    test(danger, async (context) => {
      const { folder, id } = await keptTree(context);
      writeFileSync(join(folder, 'file'), '');
      symlinkSync(join(folder, 'gone'), join(folder, 'nowhere'));
      await assert.rejects(restore(folder, argv(id), { isGuarded: (path) => path.startsWith(join(folder, 'guarded')) }), (error) => error instanceof RestoreUsage && says.test(error.message));
      assert.ok(!existsSync(join(folder, 'tree')) && !existsSync(join(folder, 'guarded')));
    });
  }

  test('a journal that cannot be written', async (context) => {
    const { folder, id } = await keptTree(context);
    await assert.rejects(restore(folder, [id], { record: () => Promise.reject(new Error('full')) }), /4 restored\. But the journal could not be written.*full/);
  });
});
