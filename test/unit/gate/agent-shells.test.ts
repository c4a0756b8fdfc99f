import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { adapters } from '../../../src/agents/all.ts';
import { adapter as claudeCode } from '../../../src/agents/claude-code.ts';
import { followAgentShells, setAgentShells, type AgentShellsOptions, type EditorMemory } from '../../../src/gate/agent-shells.ts';
import { installHooks, uninstallHooks } from '../../../src/gate/install.ts';
import type { State } from '../../../src/gate/state.ts';
import { temporaryState } from './gate-fixture.ts';

const removals: (() => void)[] = [];
after(() => removals.forEach((remove) => remove()));

interface Home {
  readonly state: State;
  readonly home: string;
  readonly file: string;
  readonly read: () => string;
  readonly set: (on: boolean, env?: AgentShellsOptions['env']) => Promise<void>;
}

/** A home with Claude Code's settings in it. */
function homeWith(settings: string): Home {
  const { state, home, remove } = temporaryState();
  removals.push(remove);
  const file = join(home, '.claude', 'settings.json');
  mkdirSync(join(home, '.claude'));
  writeFileSync(file, settings);
  return { state, home, file, read: () => readFileSync(file, 'utf8'), set: (on, env = {}) => setAgentShells(on, { adapters, home, state, env }) };
}

const envIn = (text: string): unknown => (JSON.parse(text) as { env?: unknown }).env;
const ours = ({ state }: Home): { BASH_ENV: string; ZDOTDIR: string } => ({ BASH_ENV: join(state.root, 'shell', 'bash-env'), ZDOTDIR: join(state.root, 'shell', 'zsh') });

describe('what Claude Code gives its shells', () => {
  const originals: readonly (readonly [name: string, settings: string])[] = [
    ['no settings', '{}\n'],
    ['settings on one line', '{"model": "opus"}'],
    ['other variables', '{\n    "env": {\n        "FOO": "1" \n    },\n    "model": "opus"\n}\n'],
    ['an empty list of variables', '{\r\n  "env": {}\r\n}\r\n'],
  ];
  for (const [name, settings] of originals) {
    test(`${name}: gets what finds the guard’s files, and is byte for byte as it was once nothing is guarded`, async () => {
      const here = homeWith(settings);
      await installHooks(claudeCode, here.home, here.state);
      const guarded = here.read();
      await here.set(true);
      assert.deepEqual(envIn(here.read()), { ...(envIn(settings) as object | undefined), ...ours(here) });
      await here.set(true);
      await here.set(false);
      assert.equal(here.read(), guarded);
      await here.set(true);
      await uninstallHooks(claudeCode, here.home, here.state);
      assert.equal(here.read(), settings);
    });
  }
  test('is left alone without hooks of ours', async () => {
    const here = homeWith('{}\n');
    await here.set(true);
    assert.equal(here.read(), '{}\n');
  });
  test('is taken away with the hooks, by whoever takes them', async () => {
    const here = homeWith('{}\n');
    await installHooks(claudeCode, here.home, here.state);
    await here.set(true);
    writeFileSync(here.file, JSON.stringify({ env: envIn(here.read()) }));
    await here.set(true);
    assert.equal(here.read(), '{}');
  });
  test('keeps what the person has set there', async () => {
    const here = homeWith('{ "env": { "BASH_ENV": "/mine" } }');
    await installHooks(claudeCode, here.home, here.state);
    await here.set(true);
    assert.deepEqual(envIn(here.read()), { BASH_ENV: '/mine', ZDOTDIR: ours(here).ZDOTDIR });
    await here.set(false);
    assert.deepEqual(envIn(here.read()), { BASH_ENV: '/mine' });
  });
  test('keeps what the person’s environment has', async () => {
    const here = homeWith('{}\n');
    await installHooks(claudeCode, here.home, here.state);
    await here.set(true, { ZDOTDIR: '/home/ana/.config/zsh', BASH_ENV: ours(here).BASH_ENV });
    assert.deepEqual(envIn(here.read()), { BASH_ENV: ours(here).BASH_ENV });
  });
  test('of settings that cannot be read is not changed, and that is said', async () => {
    const here = homeWith('{}\n');
    await installHooks(claudeCode, here.home, here.state);
    writeFileSync(here.file, '{');
    await assert.rejects(here.set(true), /not valid JSON/);
    assert.equal(here.read(), '{');
  });
});

describe('two editors with settings of their own', () => {
  const memory = (): EditorMemory => {
    const values = new Map<string, unknown>();
    return { get: (key) => values.get(key), update: (key, value) => Promise.resolve(void values.set(key, value)) };
  };
  test('do not undo what the other wants', async () => {
    const here = homeWith('{}\n');
    await installHooks(claudeCode, here.home, here.state);
    const guarded = here.read();
    const [one, two] = [memory(), memory()];
    const options = { adapters, home: here.home, state: here.state, env: {} };
    await followAgentShells(true, one, options);
    const given = here.read();
    await followAgentShells(false, two, options);
    assert.equal(here.read(), given);
    await followAgentShells(false, one, options);
    assert.equal(here.read(), guarded);
  });
});
