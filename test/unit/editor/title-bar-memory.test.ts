import assert from 'node:assert/strict';
import { mkdtemp, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { type Remembered, TintMemory } from '../../../src/editor/title-bar-memory.ts';

const shop: Remembered = { file: '/w/shop/.vscode/settings.json', ours: { 'titleBar.activeBackground': ['#8b1a1a'] }, before: { 'titleBar.activeBackground': null }, existed: false, created: true };
const infra: Remembered = { ...shop, file: '/w/infra/.vscode/settings.json', existed: true };

async function folderOf(context: TestContext): Promise<string> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'il-')));
  context.after(() => rm(root, { recursive: true, force: true }));
  return join(root, 'title-bar');
}

suite('what stood in the settings before', () => {
  test('is there for the next process, each workspace by itself', async (context) => {
    const folder = await folderOf(context);
    await new TintMemory(folder).write(shop);
    await new TintMemory(folder).write(infra);
    const next = new TintMemory(folder);
    assert.deepEqual([await next.read(shop.file), await next.read(infra.file), await next.read('/other')], [shop, infra, undefined]);
  });
  test('is forgotten, twice too, and no other with it', async (context) => {
    const memory = new TintMemory(await folderOf(context));
    await memory.write(shop);
    await memory.write(infra);
    await memory.forget(shop.file);
    await memory.forget(shop.file);
    assert.deepEqual([await memory.read(shop.file), await memory.read(infra.file)], [undefined, infra]);
  });
  test('is the person’s alone', async (context) => {
    const folder = await folderOf(context);
    await new TintMemory(folder).write(shop);
    const [file = ''] = await readdir(folder);
    assert.deepEqual([(await stat(folder)).mode & 0o077, (await stat(join(folder, file))).mode & 0o077], [0, 0]);
  });
  for (const text of ['', '{', '[]', '{"file":"/w/shop/.vscode/settings.json"}']) {
    test(`is nothing where the file holds ${text || 'nothing'}`, async (context) => {
      const folder = await folderOf(context);
      const memory = new TintMemory(folder);
      await memory.write(shop);
      await writeFile(join(folder, (await readdir(folder))[0] ?? ''), text);
      assert.equal(await memory.read(shop.file), undefined);
    });
  }
});
