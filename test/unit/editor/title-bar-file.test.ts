import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { tintSettings } from '../../../src/editor/title-bar-file.ts';
import { TintMemory } from '../../../src/editor/title-bar-memory.ts';

interface Desk {
  readonly file: string;
  readonly memory: TintMemory;
  readonly text: () => Promise<string>;
}

async function desk(context: TestContext, text?: string): Promise<Desk> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'il-')));
  context.after(() => rm(root, { recursive: true, force: true }));
  const file = join(root, 'shop/.vscode/settings.json');
  await mkdir(join(root, 'shop'));
  if (text !== undefined) {
    await mkdir(dirname(file));
    await writeFile(file, text);
  }
  return { file, memory: new TintMemory(join(root, 'state')), text: () => readFile(file, 'utf8') };
}

suite('the settings of a workspace are put back to the letter', () => {
  const texts: Readonly<Record<string, string>> = {
    'nothing but a brace': '{}\n',
    'other settings': '{\n  "editor.tabSize": 3\n}\n',
    'comments and a trailing comma': '{\n  // mine\n  "editor.tabSize": 3, /* three */\n}\n',
    'colours of one’s own': '{\n  "workbench.colorCustomizations": {\n    // mine\n    "titleBar.activeBackground": "#123456",\n    "tab.border": "#abcdef" // too\n  },\n  "editor.tabSize": 3\n}\n',
    'an empty block of colours': '{\n  "workbench.colorCustomizations": {}\n}\n',
    'blocks of themes': '{\n  "workbench.colorCustomizations": {\n    "[Monokai]": {\n      "titleBar.activeBackground": "#111111"\n    }\n  }\n}\n',
    'tabs': '{\n\t"editor.tabSize": 3\n}\n',
    'line ends of Windows': '{\r\n  "editor.tabSize": 3\r\n}\r\n',
  };
  for (const [what, text] of Object.entries(texts)) {
    test(what, async (context) => {
      const { file, memory, text: now } = await desk(context, text);
      for (const environment of ['production', 'staging', 'production'] as const) {
        await tintSettings({ file, within: [] }, environment, memory);
        assert.match(await now(), /"titleBar\.inactiveForeground"/);
      }
      await tintSettings({ file, within: [] }, undefined, memory);
      assert.equal(await now(), text);
      assert.equal(await memory.read(file), undefined);
    });
  }
  test('a file that was made for the colours goes, and its folder', async (context) => {
    const { file, memory } = await desk(context);
    await tintSettings({ file, within: [] }, 'production', memory);
    assert.ok(existsSync(file));
    await tintSettings({ file, within: [] }, 'local', memory);
    assert.ok(!existsSync(dirname(file)));
  });
  test('a folder with something else in it stays', async (context) => {
    const { file, memory } = await desk(context);
    await tintSettings({ file, within: [] }, 'production', memory);
    await writeFile(join(dirname(file), 'tasks.json'), '{}');
    await tintSettings({ file, within: [] }, undefined, memory);
    assert.deepEqual([existsSync(file), existsSync(dirname(file))], [false, true]);
  });
  test('what the person wrote in between stays', async (context) => {
    const { file, memory, text } = await desk(context);
    await tintSettings({ file, within: [] }, 'production', memory);
    await writeFile(file, (await text()).replace('#8b1a1a', '#0000ff').replace('{', '{\n  "editor.tabSize": 3,'));
    await tintSettings({ file, within: [] }, undefined, memory);
    assert.deepEqual(JSON.parse(await text()), { 'editor.tabSize': 3, 'workbench.colorCustomizations': { 'titleBar.activeBackground': '#0000ff' } });
  });
  test('in a file of a workspace with several folders', async (context) => {
    const before = '{\n  "folders": [],\n  "settings": {\n    "editor.tabSize": 3\n  }\n}\n';
    const { file, memory, text } = await desk(context, before);
    await tintSettings({ file, within: ['settings'] }, 'production', memory);
    assert.match(await text(), /"settings": \{[^]*"titleBar\.activeBackground"/);
    await tintSettings({ file, within: ['settings'] }, undefined, memory);
    assert.equal(await text(), before);
  });
});

suite('the settings of a workspace are left alone', () => {
  test('where there is nothing to colour and nothing to put back', async (context) => {
    const { file, memory } = await desk(context);
    for (const environment of ['local', 'development', undefined] as const) await tintSettings({ file, within: [] }, environment, memory);
    assert.ok(!existsSync(dirname(file)));
  });
  test('where they are not valid JSON', async (context) => {
    const { file, memory, text } = await desk(context, '{ "editor.tabSize": ');
    await assert.rejects(tintSettings({ file, within: [] }, 'production', memory), /not valid JSON/);
    assert.equal(await text(), '{ "editor.tabSize": ');
  });
  test('where somebody took the file away', async (context) => {
    const { file, memory } = await desk(context);
    await tintSettings({ file, within: [] }, 'production', memory);
    await rm(file);
    await tintSettings({ file, within: [] }, undefined, memory);
    assert.deepEqual([existsSync(file), await memory.read(file)], [false, undefined]);
  });
  test('in their rights, and behind a link', async (context) => {
    const { file, memory } = await desk(context, '{}\n');
    const other = join(dirname(file), 'shared.json');
    await writeFile(other, '{}\n');
    await chmod(other, 0o640);
    await rm(file);
    await symlink(other, file);
    await tintSettings({ file, within: [] }, 'production', memory);
    assert.deepEqual([(await stat(other)).mode & 0o777, (await readFile(other, 'utf8')).includes('titleBar'), await realpath(file)], [0o640, true, other]);
  });
});

test('a crash at any step loses nothing of the person’s', async (context) => {
  const before = '{\n  "workbench.colorCustomizations": {\n    "titleBar.activeBackground": "#123456"\n  }\n}\n';
  const { file, memory, text } = await desk(context, before);
  await tintSettings({ file, within: [] }, 'production', memory);
  const coloured = await text();
  // The memory was written, the settings were not.
  await writeFile(file, before);
  await tintSettings({ file, within: [] }, undefined, memory);
  assert.equal(await text(), before);
  // The settings were put back, the memory was not forgotten.
  await tintSettings({ file, within: [] }, 'production', memory);
  const remembered = await memory.read(file);
  await tintSettings({ file, within: [] }, undefined, memory);
  if (remembered) await memory.write(remembered);
  await tintSettings({ file, within: [] }, undefined, memory);
  assert.equal(await text(), before);
  // The memory says staging already, the settings still production.
  await tintSettings({ file, within: [] }, 'production', memory);
  await tintSettings({ file, within: [] }, 'staging', memory);
  await writeFile(file, coloured);
  await tintSettings({ file, within: [] }, undefined, memory);
  assert.equal(await text(), before);
});
