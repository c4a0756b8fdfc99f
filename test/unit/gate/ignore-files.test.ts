import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { UnreadableConfig } from '../../../src/agents/adapter.ts';
import type { IgnoreFile } from '../../../src/agents/ignore-files/ignore-file.ts';
import { ignoreFiles } from '../../../src/agents/ignore-files/table.ts';
import { changesOf, ignoreFileRows } from '../../../src/editor/ignore-file-rows.ts';
import { ignoreFileStates, removeIgnoreFile, writeIgnoreFile } from '../../../src/gate/ignore-files.ts';

const hidden = { names: ['.env'], globs: ['secrets/'] };
const by = (id: string): IgnoreFile => ignoreFiles.find((file) => file.id === id) as IgnoreFile;

suite('ignore files on disk', () => {
  let root = '';
  let folder = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'il-ignore-'));
    folder = join(root, 'shop');
    mkdirSync(folder);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const rulesOf = async (id: string): Promise<string | undefined> => (await ignoreFileStates(folder, hidden)).find(({ file }) => file.id === id)?.rules;

  for (const { id } of ignoreFiles) {
    test(`${id}: written, known, and gone without a trace`, async () => {
      assert.equal(await writeIgnoreFile(by(id), folder, hidden), true);
      assert.equal(await rulesOf(id), 'current');
      assert.equal(await writeIgnoreFile(by(id), folder, hidden), false);
      assert.equal(await removeIgnoreFile(by(id), folder), true);
      assert.deepEqual(readdirSync(folder), []);
      assert.equal(await removeIgnoreFile(by(id), folder), false);
    });
  }
  test('what was there is there afterwards, byte for byte', async () => {
    const file = join(folder, '.cursorignore');
    writeFileSync(file, 'dist\r\nbuild', { mode: 0o600 });
    await writeIgnoreFile(by('cursor'), folder, hidden);
    assert.equal(await rulesOf('cursor'), 'current');
    await removeIgnoreFile(by('cursor'), folder);
    assert.equal(readFileSync(file, 'utf8'), 'dist\r\nbuild');
  });
  test('another policy makes it stale', async () => {
    await writeIgnoreFile(by('cursor'), folder, { names: ['.env', '*.key'], globs: [] });
    assert.equal(await rulesOf('cursor'), 'stale');
  });
  test('broken markers are told and nothing is changed', async () => {
    writeFileSync(join(folder, '.cursorignore'), '# interlock:begin\n.env\n');
    const state = (await ignoreFileStates(folder, hidden)).find(({ file }) => file.id === 'cursor');
    assert.equal(state?.rules, 'broken');
    assert.match(state?.problem ?? '', /^\.cursorignore was left alone\. .*nothing was changed\.$/);
    await assert.rejects(writeIgnoreFile(by('cursor'), folder, hidden), UnreadableConfig);
  });
  test('nothing is written through a link out of the workspace', async () => {
    const outside = join(root, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'target'), 'mine\n');
    symlinkSync(join(outside, 'target'), join(folder, '.cursorignore'));
    symlinkSync(outside, join(folder, '.claude'));
    symlinkSync(outside, join(folder, '.trae'));
    for (const id of ['cursor', 'claude-code', 'trae']) await assert.rejects(writeIgnoreFile(by(id), folder, hidden), UnreadableConfig);
    assert.deepEqual(readdirSync(outside), ['target']);
    assert.equal(readFileSync(join(outside, 'target'), 'utf8'), 'mine\n');
  });
  test('other encodings are left alone', async () => {
    writeFileSync(join(folder, '.cursorignore'), Buffer.from([0xff, 0xfe, 0x64, 0]));
    await assert.rejects(writeIgnoreFile(by('cursor'), folder, hidden), /UTF-8/);
  });
  test('a folder that holds something else stays', async () => {
    mkdirSync(join(folder, '.claude'));
    writeFileSync(join(folder, '.claude', 'CLAUDE.md'), 'hi\n');
    await writeIgnoreFile(by('claude-code'), folder, hidden);
    await removeIgnoreFile(by('claude-code'), folder);
    assert.deepEqual(readdirSync(join(folder, '.claude')), ['CLAUDE.md']);
    assert.ok(!existsSync(join(folder, '.claude', 'settings.local.json')));
  });
  test('what git tracks is told apart', async () => {
    const git = (...args: readonly string[]): void => assert.equal(spawnSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args]).status, 0);
    writeFileSync(join(folder, '.cursorignore'), 'dist\n');
    writeFileSync(join(folder, '.geminiignore'), 'dist\n');
    git('init', '-q');
    git('add', '.cursorignore');
    const tracked = (await ignoreFileStates(folder, hidden)).filter((state) => state.tracked).map(({ file }) => file.id);
    assert.deepEqual(tracked, ['cursor']);
  });
});

suite('the list a person chooses from', () => {
  const state = (id: string, facts: object = {}): Parameters<typeof ignoreFileRows>[0][number] => ({ file: by(id), path: `/work/shop/${by(id).path}`, exists: false, tracked: false, rules: 'none', ...facts });
  const rows = ignoreFileRows([state('cursor', { exists: true, tracked: true }), state('claude-code', { exists: true, rules: 'current' }), state('gemini-cli'), state('cline', { exists: true }), state('augment', { exists: true, rules: 'broken', problem: 'x' })]);
  test('each says what it holds, and that the terminal is not held', () => {
    for (const { detail } of rows) assert.match(detail, /^Holds: .*\. Not held: .*(?:terminal|sandbox)/);
  });
  test('no tick for the terminal', () => assert.ok(rows.every(({ label, description, detail }) => !/✓|✔|check/.test(label + description + detail))));
  test('tracked files say so', () => assert.deepEqual(rows.map(({ description }) => description), ['.cursorignore · tracked by git: others get the change', '.claude/settings.local.json · not tracked by git · written', '.geminiignore · new file', '.clineignore · not tracked by git']));
  test('chosen beforehand is what is there already and usual', () => assert.deepEqual(rows.map(({ picked }) => picked), [true, true, false, false]));
  test('what is chosen is written, what is not chosen any more taken out', () => {
    const { write, remove } = changesOf(rows, rows.filter(({ label }) => label === 'Cursor' || label === 'Gemini CLI'));
    assert.deepEqual([write, remove].map((states) => states.map(({ file }) => file.id)), [['cursor', 'gemini-cli'], ['claude-code']]);
  });
  test('nothing is done for what is as chosen', () => assert.deepEqual(changesOf(rows, rows.filter(({ label }) => label === 'Claude Code')), { write: [], remove: [] }));
});
