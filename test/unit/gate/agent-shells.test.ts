import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { parse } from 'smol-toml';
import { adapters } from '../../../src/agents/all.ts';
import { adapter as claudeCode } from '../../../src/agents/claude-code.ts';
import { adapter as codex } from '../../../src/agents/codex.ts';
import { adapter as copilot } from '../../../src/agents/copilot.ts';
import { adapter as kilo } from '../../../src/agents/kilo.ts';
import { adapter as opencode } from '../../../src/agents/opencode.ts';
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

/** A home with an agent's settings in it, Claude Code's unless another file is named. */
function homeWith(settings: string | undefined, name = '.claude/settings.json'): Home {
  const { state, home, remove } = temporaryState();
  removals.push(remove);
  const file = join(home, name);
  mkdirSync(dirname(file), { recursive: true });
  if (settings !== undefined) writeFileSync(file, settings);
  return { state, home, file, read: () => readFileSync(file, 'utf8'), set: (on, env = {}) => setAgentShells(on, { adapters, home, state, env }) };
}

const envIn = (text: string): unknown => (JSON.parse(text) as { env?: unknown }).env;
const ours = ({ state }: Home): { BASH_ENV: string; ZDOTDIR: string; SHLVL: string } => ({ BASH_ENV: join(state.root, 'shell', 'bash-env'), ZDOTDIR: join(state.root, 'shell', 'zsh'), SHLVL: '1' });

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
    assert.deepEqual(envIn(here.read()), { ...ours(here), BASH_ENV: '/mine' });
    await here.set(false);
    assert.deepEqual(envIn(here.read()), { BASH_ENV: '/mine' });
  });
  test('keeps what the person’s environment has', async () => {
    const here = homeWith('{}\n');
    await installHooks(claudeCode, here.home, here.state);
    await here.set(true, { ZDOTDIR: '/home/ana/.config/zsh', BASH_ENV: ours(here).BASH_ENV, SHLVL: '2' });
    assert.deepEqual(envIn(here.read()), { BASH_ENV: ours(here).BASH_ENV, SHLVL: '1' });
  });
  test('of settings that cannot be read is not changed, and that is said', async () => {
    const here = homeWith('{}\n');
    await installHooks(claudeCode, here.home, here.state);
    writeFileSync(here.file, '{');
    await assert.rejects(here.set(true), /not valid JSON/);
    assert.equal(here.read(), '{');
  });
});

describe('what Codex gives its shells', () => {
  const file = '.codex/config.toml';
  const setIn = (text: string): unknown => (parse(text) as { shell_environment_policy?: { set?: unknown } }).shell_environment_policy?.set;
  const originals: readonly (readonly [name: string, settings: string])[] = [
    ['no policy', '# mine\nmodel = "gpt-5.5"\n'],
    ['a policy', '[shell_environment_policy]\ninherit = "core"\n\n[analytics]\nenabled = false\n'],
    ['other variables', '[shell_environment_policy]\nset = { FOO = "1" }\n'],
  ];
  for (const [name, settings] of originals) {
    test(`${name}: gets what finds the guard’s files and no PATH, and is byte for byte as it was once nothing is guarded`, async () => {
      const here = homeWith(settings, file);
      await installHooks(codex, here.home, here.state);
      assert.equal(here.read(), settings);
      await here.set(true);
      assert.deepEqual({ ...(setIn(here.read()) as object) }, { ...(setIn(settings) as object | undefined), ...ours(here) });
      await here.set(false);
      assert.equal(here.read(), settings);
      await here.set(true);
      await uninstallHooks(codex, here.home, here.state);
      assert.equal(here.read(), settings);
    });
  }
  test('keeps what Codex has written since', async () => {
    const here = homeWith('model = "gpt-5.5"\n', file);
    await installHooks(codex, here.home, here.state);
    await here.set(true);
    writeFileSync(here.file, `${here.read()}\n[projects."/work"]\ntrust_level = "trusted"\n`);
    await here.set(false);
    assert.equal(here.read(), 'model = "gpt-5.5"\n\n[projects."/work"]\ntrust_level = "trusted"\n');
  });
  test('without settings is a file that goes again', async () => {
    const here = homeWith(undefined, file);
    await installHooks(codex, here.home, here.state);
    await here.set(true);
    assert.deepEqual({ ...(setIn(here.read()) as object) }, ours(here));
    await here.set(false);
    assert.equal(existsSync(here.file), false);
  });
  test('is left alone where the environment has all of it set', async () => {
    const here = homeWith(undefined, file);
    await installHooks(codex, here.home, here.state);
    await here.set(true, { ZDOTDIR: '/mine', BASH_ENV: '/mine' });
    assert.equal(existsSync(here.file), false);
  });
});

describe('what lets Copilot’s shells have what they inherit', () => {
  const file = '.copilot/settings.json';
  for (const [name, settings] of [['no settings', undefined], ['settings with comments', '{\n  // mine\n  "beep": true\n}\n']] as const) {
    test(`${name}: is set, and goes again`, async () => {
      const here = homeWith(settings, file);
      await installHooks(copilot, here.home, here.state);
      await here.set(true);
      assert.match(here.read(), /"bashEnv": true/);
      await here.set(false);
      assert.equal(existsSync(here.file) ? here.read() : undefined, settings);
    });
  }
  test('is not set against the person’s word', async () => {
    const here = homeWith('{ "bashEnv": false }\n', file);
    await installHooks(copilot, here.home, here.state);
    await here.set(true);
    assert.equal(here.read(), '{ "bashEnv": false }\n');
  });
});

for (const [adapter, file] of [[opencode, '.config/opencode/plugins/interlock-shells.js'], [kilo, '.config/kilo/plugin/interlock-shells.js']] as const) {
  describe(`what ${adapter.title} gives its shells`, () => {
    test('is a plugin that goes again', async () => {
      const here = homeWith(undefined, file);
      await here.set(true);
      assert.equal(existsSync(here.file), false, 'it has no hooks of ours');
      await installHooks(adapter, here.home, here.state);
      await here.set(true);
      assert.equal(existsSync(here.file), true);
      await here.set(false);
      assert.equal(existsSync(here.file), false);
      await here.set(true);
      await uninstallHooks(adapter, here.home, here.state);
      assert.equal(existsSync(here.file), false);
    });
    test('is not put in the place of a plugin of that name which somebody else wrote', async () => {
      const here = homeWith('export const Mine = 1;\n', file);
      await installHooks(adapter, here.home, here.state);
      await assert.rejects(here.set(true), /not written by Interlock/);
      assert.equal(here.read(), 'export const Mine = 1;\n');
    });
  });
}

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
