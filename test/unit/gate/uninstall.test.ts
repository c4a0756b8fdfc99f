import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setAgentShells } from '../../../src/gate/agent-shells.ts';
import { agents, buildPrograms, guardedHome, runProgram, textOf, type Home } from './installed-home.ts';

let built: ReturnType<typeof buildPrograms>;
before(() => {
  built = buildPrograms();
});
after(() => built.remove());

async function inHome(work: (home: Home) => void | Promise<void>): Promise<void> {
  const home = await guardedHome(built.dist, agents);
  try {
    await work(home);
  } finally {
    home.remove();
  }
}

/** An agent's settings that were there before. */
const settingsIn = (before: Home['before']): string => [...before].find(([, text]) => text !== undefined)?.[0] ?? assert.fail('no settings');

const uninstall = (home: string, dist = built.dist): ReturnType<typeof runProgram> => runProgram(join(dist, 'uninstall.js'), [], home);

describe('uninstalling the extension', () => {
  test('brings every agent’s file back byte for byte', () => inHome(({ home, before }) => {
    for (const [file, text] of before) assert.notEqual(textOf(file), text, file);
    assert.equal(uninstall(home).code, 0);
    for (const [file, text] of before) assert.equal(textOf(file), text, file);
  }));

  test('removes the launcher, its program, the shims and what is remembered, and keeps the journal, the vault and the policy', () => inHome(({ home, state }) => {
    for (const folder of [state.journal, state.vault]) writeFileSync(join(folder, 'mine'), 'x');
    writeFileSync(join(state.root, 'user-policy.jsonc'), '{}');
    mkdirSync(join(state.root, 'shell'));
    const { stdout } = uninstall(home);
    for (const gone of [state.launcher, state.program, join(state.root, 'shims'), join(state.root, 'shell'), state.backups, state.run, join(state.root, 'guarded.json')]) assert.equal(existsSync(gone), false, gone);
    for (const kept of [join(state.journal, 'mine'), join(state.vault, 'mine'), join(state.root, 'user-policy.jsonc')]) assert.equal(existsSync(kept), true, kept);
    assert.match(stdout, /Kept, because it is yours: .*journal.*vault.*user-policy\.jsonc/);
  }));

  test('leaves what somebody else has added', () => inHome(({ home, before }) => {
    const file = settingsIn(before);
    writeFileSync(file, (textOf(file) ?? '').replace('"theme": "dark"', '"theme": "light"'));
    uninstall(home);
    assert.match(textOf(file) ?? '', /"theme": "light"/);
    assert.doesNotMatch(textOf(file) ?? '', /\.interlock/);
  }));

  test('can be done twice', () => inHome(({ home, before }) => {
    uninstall(home);
    const { code, stderr } = uninstall(home);
    assert.deepEqual([code, stderr], [0, '']);
    for (const [file, text] of before) assert.equal(textOf(file), text, file);
  }));

  test('lets an agent go on, and says so, where a file cannot be changed', () => inHome(({ home, state, before }) => {
    const file = settingsIn(before);
    writeFileSync(file, `${textOf(file) ?? ''}}`);
    const { stderr } = uninstall(home);
    assert.ok(stderr.includes(file), stderr);
    const { status, stdout, stderr: said } = spawnSync(state.launcher, ['claude-code'], { input: '{}', encoding: 'utf8' });
    assert.deepEqual([status, stdout], [0, '{}\n']);
    assert.match(said, /Interlock was uninstalled and guards nothing/);
  }));

  test('takes hooks out also where what shells are given cannot be, and says so', () => inHome(async ({ home, state, before }) => {
    const codex = agents.find(({ id }) => id === 'codex') ?? assert.fail('Codex is not among them');
    const config = join(home, '.codex', 'config.toml');
    await setAgentShells(true, { adapters: [codex], home, state, env: {} });
    writeFileSync(config, `${textOf(config) ?? ''}[`);
    const { stderr } = uninstall(home);
    assert.ok(stderr.includes(config), stderr);
    const hooks = codex.installation(home).file;
    assert.equal(textOf(hooks), before.get(hooks));
  }));

  test('changes nothing while another editor has the extension', () => inHome(({ home, state, before }) => {
    mkdirSync(join(home, '.cursor', 'extensions', 'interlock.interlock-0.1.0'), { recursive: true });
    assert.match(uninstall(home).stdout, /agents stay guarded/);
    assert.equal(existsSync(state.launcher), true);
    for (const [file, text] of before) assert.notEqual(textOf(file), text, file);
  }));

  test('does not take its own folder for another editor’s', () => inHome(({ home, state }) => {
    const own = join(home, '.vscode', 'extensions', 'interlock.interlock-0.1.0');
    mkdirSync(dirname(own), { recursive: true });
    cpSync(dirname(built.dist), own, { recursive: true });
    uninstall(home, join(own, 'dist'));
    assert.equal(existsSync(state.launcher), false);
  }));

  test('is what the manifest has the editor do', () => inHome(({ home, state }) => {
    const { scripts } = JSON.parse(textOf('package.json') ?? '') as { scripts: Record<string, string> };
    execFileSync('/bin/sh', ['-c', scripts['vscode:uninstall'] ?? 'false'], { cwd: dirname(built.dist), env: { HOME: home, PATH: `${dirname(process.execPath)}:/usr/bin:/bin` } });
    assert.equal(existsSync(state.launcher), false);
  }));
});
