import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { after, suite, test } from 'node:test';
import { adviceFor } from '../../../src/core/secrets/advice.ts';
import { rotationPage } from '../../../src/core/secrets/rotation.ts';
import { defaultPolicy } from '../../../src/core/policy/defaults.ts';
import { AgentActivity } from '../../../src/editor/agent-activity.ts';
import { fileMark } from '../../../src/editor/file-decoration.ts';
import { hiddenEditorPage } from '../../../src/editor/hidden-editor-page.ts';
import { pageRequest } from '../../../src/editor/hidden-editor-messages.ts';
import { bytesOf, changedBytes, shownFile, valueAt } from '../../../src/editor/hidden-file.ts';
import { fileRows, historyRows, trackedSecrets, type RowsSource } from '../../../src/editor/secrets-rows.ts';
import { verdictOf } from '../../../src/gate/world/file-verdicts.ts';
import { SecretIndex } from '../../../src/gate/world/secret-index.ts';
import { isIgnored, trackedFiles } from '../../../src/gate/world/tracked-files.ts';
import { drawn, jwt, uuid } from '../core/secret-samples.ts';

const base = mkdtempSync(join(tmpdir(), 'interlock-rows-'));
after(() => rmSync(base, { recursive: true, force: true }));
const root = join(base, 'shop');
const store = join(base, 'store');
const canaries = { classic: `ghp_${drawn(36)}`, railway: uuid(), opaque: drawn(40), service: jwt({ role: 'service_role', exp: 2_100_000_000 }), password: 'Tr0ub4dor!9xQ&z' };

/** A workspace with a value of each kind, of which git keeps two files. */
async function source(): Promise<{ readonly source: RowsSource; readonly index: SecretIndex }> {
  const files = { '.gitignore': '.env\n', '.env': `APP_SECRET=${canaries.opaque}\nEMPTY=\nPORT=3000\n`, 'notes/volumes.md': `railway token for it: ${canaries.railway}\n`, 'src/api.ts': `const token = '${canaries.classic}';\nconst serviceRoleKey = '${canaries.service}';\n`, 'config.yml': `db:\n  password: "${canaries.password}"\n`, 'README.md': 'nothing\n', '.npmrc': 'registry=https://registry.test\n' };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  execFileSync('git', ['init', '-q', root]);
  execFileSync('git', ['-C', root, 'add', 'src', 'README.md', 'notes']);
  const index = SecretIndex.load(root, store);
  for await (const _ of index.scan());
  await index.save();
  const entries = index.entries();
  const tracked = await trackedFiles(root, entries.map(({ file }) => relative(root, file)));
  const entryOf = (file: string): (typeof entries)[number] | undefined => entries.find((entry) => entry.file === file);
  return { index, source: { folder: root, entries, history: [], tracked, verdict: (file) => verdictOf(file, entryOf(file), defaultPolicy, [root]), adviceFor: (secret, file, inGit, onlyInHistory = false) => adviceFor({ ...secret, file, tracked: inGit, onlyInHistory }, 1_795_000_000), rotationPage } };
}

suite('rows of the Secrets view', () => {
  test('files in git first, each with its secrets and what to do about them', async () => {
    const { source: shop } = await source();
    const rows = fileRows([shop], { trackedOnly: false, several: false });
    assert.deepEqual(rows.map(({ label, description }) => `${label}: ${description}`), [
      'volumes.md: notes · 1 secret · in git · values hidden from agents',
      'api.ts: src · 2 secrets · in git · values hidden from agents',
      '.env: 1 secret · hidden from agents',
      '.npmrc: no secrets found · hidden from agents',
      'config.yml: 1 secret · values hidden from agents',
    ]);
    const [, api, env] = rows;
    assert.deepEqual(api?.children.map(({ label, description, icon, contextValue }) => [label, description, icon, contextValue]), [
      ['token', 'github personal access token · line 1', 'warning', 'rotatableSecret'],
      ['serviceRoleKey', 'supabase service role key · line 2', 'warning', 'rotatableSecret'],
    ]);
    assert.deepEqual(api?.children[0]?.children.map(({ label }) => label.slice(0, 18)), ['Replace it at the ', 'Make a fine-graine']);
    assert.deepEqual(env?.children.map(({ contextValue, icon }) => [contextValue, icon]), [['hiddenSecret', 'key']]);
  });
  test('only what git keeps, and how much that is', async () => {
    const { source: shop } = await source();
    assert.deepEqual(fileRows([shop], { trackedOnly: true, several: true }).map(({ description }) => description.split(' · ')[0]), ['shop/notes', 'shop/src']);
    assert.equal(trackedSecrets([shop]), 3);
  });
  test('what is in the git history alone, newest first, with nothing to open', async () => {
    const { source: shop } = await source();
    const past = (name: string, seconds: number): RowsSource['history'][number] => ({ name, kind: 'github personal access token', provider: 'github', line: 3, length: 40, fingerprint: 'f', file: join(root, 'old', 'api.ts'), commit: '0123456789ab', seconds });
    const [row, ...more] = historyRows([{ ...shop, history: [past('OLD', 1_700_000_000), past('NEW', 1_790_000_000)] }], { several: false });
    assert.deepEqual([row?.label, row?.description, more.length], ['Only in git history', '2 secrets', 0]);
    assert.deepEqual(row?.children.map(({ label, description, past: gone, contextValue }) => [label, description, gone, contextValue]), [
      ['NEW', 'github personal access token · old/api.ts at 0123456 · 2026-09-21', true, 'rotatableHiddenSecret'],
      ['OLD', 'github personal access token · old/api.ts at 0123456 · 2023-11-14', true, 'rotatableHiddenSecret'],
    ]);
    assert.match(row?.children[0]?.children[0]?.tooltip ?? '', /read by whoever has the repository.*Rotate it/);
    assert.deepEqual(historyRows([shop], { several: false }), []);
  });
  test('nothing where there is nothing', () => assert.deepEqual(fileRows([], { trackedOnly: false, several: false }), []));
});

suite('no value anywhere', () => {
  test('of an index, rows, the page of the editor and what it is told', async () => {
    const { source: shop, index } = await source();
    const env = bytesOf(readFileSync(join(root, '.env')));
    const told = [
      ...readdirSync(store).map((name) => readFileSync(join(store, name), 'latin1')),
      JSON.stringify(fileRows([shop], { trackedOnly: false, several: true })),
      JSON.stringify(index.all()),
      JSON.stringify(shownFile('/w/.env', env)),
      hiddenEditorPage({ nonce: 'n', cspSource: 'c', script: 's', style: 't', title: '.env' }),
    ].join('\n');
    assert.match(told, /APP_SECRET/);
    for (const value of Object.values(canaries)) for (const part of [value, value.slice(0, 12), value.slice(-12)]) assert.ok(!told.includes(part), part.slice(0, 4));
  });
});

suite('the read-safe editor', () => {
  const bytes = bytesOf(Buffer.from('A=one\nB=\nC="två"\n'));
  test('shows names and shapes', () => assert.deepEqual(shownFile('.env', bytes), { format: 'dotenv', editable: true, entries: [{ id: 0, name: 'A', type: 'text', length: 3, empty: false }, { id: 1, name: 'B', type: 'text', length: 0, empty: true }, { id: 2, name: 'C', type: 'text', length: 3, empty: false }] }));
  test('gives one value, and none of a file that has changed', () => assert.deepEqual([valueAt('.env', bytes, { id: 2, name: 'C' }), valueAt('.env', bytes, { id: 2, name: 'A' }), valueAt('.env', bytes, { id: 9, name: 'A' })], ['två', undefined, undefined]));
  test('changes one value and leaves every other byte', () => {
    assert.equal(changedBytes(bytes, { type: 'set', id: 1, name: 'B', value: 'ü' }), bytesOf(Buffer.from("A=one\nB='ü'\nC=\"två\"\n")));
    assert.equal(changedBytes(bytes, { type: 'remove', id: 0, name: 'A' }), bytesOf(Buffer.from('B=\nC="två"\n')));
    assert.equal(changedBytes(bytes, { type: 'add', name: 'D', value: 'x' }), `${bytes}D=x\n`);
    assert.throws(() => changedBytes(bytes, { type: 'set', id: 0, name: 'Z', value: 'x' }), /changed meanwhile/);
  });
  test('other files are not changed one by one', () => assert.equal(shownFile('auth.json', '{"a":"b"}').editable, false));
  test('what the page may ask for', () => {
    for (const wrong of [{}, { type: 'write', text: 'x' }, { type: 'reveal' }, { type: 'reveal', id: -1, name: 'A' }, { type: 'set', id: 0, name: 'A' }, 'ready', null]) assert.equal(pageRequest.safeParse(wrong).success, false, JSON.stringify(wrong));
    assert.ok(pageRequest.safeParse({ type: 'reveal', id: 0, name: 'A' }).success);
  });
  test('its page runs no script but its own and loads nothing from elsewhere', () => {
    const page = hiddenEditorPage({ nonce: 'abc', cspSource: 'https://x.test', script: 'https://x.test/s.js', style: 'https://x.test/s.css', title: '"><script>' });
    assert.match(page, /default-src 'none'; style-src https:\/\/x\.test; script-src 'nonce-abc'; form-action 'none'; base-uri 'none'/);
    assert.equal(page.match(/<script/g)?.length, 1);
    assert.ok(!/unsafe-inline|unsafe-eval|\son\w+=|style=/.test(page));
    const script = readFileSync('media/hidden-editor.js', 'utf8');
    assert.ok(!/innerHTML|outerHTML|insertAdjacentHTML|eval\(|setState|localStorage|sessionStorage|fetch\(|XMLHttpRequest/.test(script));
    assert.match(readFileSync('media/hidden-editor.css', 'utf8'), /--vscode-/);
  });
});

suite('marks in the explorer', () => {
  test('say in words what agents see', () => {
    assert.equal(fileMark('hidden')?.tooltip, 'Hidden from agents');
    assert.match(fileMark('masked')?.tooltip ?? '', /without the values/);
    for (const nothing of ['clear', undefined] as const) assert.equal(fileMark(nothing), undefined);
    for (const verdict of ['hidden', 'masked'] as const) assert.match(fileMark(verdict)?.badge ?? '', /^[^A-Za-z]$/);
  });
});

suite('whether an agent is at work', () => {
  test('for half an hour after it last asked', () => {
    let now = 0;
    let noted = 0;
    const agents = new AgentActivity(() => now);
    const listening = agents.onNote(() => noted++);
    assert.equal(agents.isLive(), false);
    agents.note('cursor');
    now = 29 * 60_000;
    assert.equal(agents.isLive(), true);
    now = 31 * 60_000;
    assert.equal(agents.isLive(), false);
    listening.dispose();
    agents.note('codex');
    assert.deepEqual([agents.lastOf('cursor'), agents.lastOf('codex'), agents.lastOf('kiro')], [0, now, undefined]);
    assert.deepEqual([agents.isLive(), noted], [true, 1]);
  });
});

suite('what git keeps', () => {
  test('nothing outside a repository', async () => {
    const folder = mkdtempSync(join(base, 'plain-'));
    writeFileSync(join(folder, 'a'), 'x');
    assert.deepEqual([(await trackedFiles(folder, ['a'])).size, await isIgnored(folder, 'a')], [0, false]);
  });
  test('names that git would take for patterns are names', async () => {
    await source();
    assert.deepEqual([(await trackedFiles(root, ['*', ':/', 'src/api.ts'])).size, await isIgnored(root, '.env'), await isIgnored(root, 'config.yml')], [1, true, false]);
  });
});
