import assert from 'node:assert/strict';
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { UnreadableConfig, type Adapter } from '../../../src/agents/adapter.ts';
import { adapter as antigravity } from '../../../src/agents/antigravity.ts';
import { adapter as auggie } from '../../../src/agents/auggie.ts';
import { adapter as claudeCode } from '../../../src/agents/claude-code.ts';
import { adapter as cursor } from '../../../src/agents/cursor.ts';
import { adapter as devin } from '../../../src/agents/devin.ts';
import { adapter as droid } from '../../../src/agents/droid.ts';
import { adapter as grok } from '../../../src/agents/grok.ts';
import { adapter as kiro } from '../../../src/agents/kiro.ts';
import { adapter as opencode } from '../../../src/agents/opencode.ts';
import { adapter as windsurf } from '../../../src/agents/windsurf.ts';
import { areHooksInstalled, installHooks, InstallFailed, uninstallHooks } from '../../../src/gate/install.ts';
import type { State } from '../../../src/gate/state.ts';
import { temporaryState } from './gate-fixture.ts';

const removals: (() => void)[] = [];
after(() => removals.forEach((remove) => remove()));

function fresh(adapter: Adapter): { home: string; state: State; file: string } {
  const { state, home, remove } = temporaryState();
  removals.push(remove);
  return { home, state, file: adapter.installation(home).file };
}

const originals: Readonly<Record<string, string>> = {
  'on one line': '{"version":1}',
  'with tabs, Windows line ends, a byte order mark and no last line end': '\uFEFF{\r\n\t"version": 1,\r\n\t"hooks": {\r\n\t\t"stop": [ ]\r\n\t}\r\n}',
  'oddly spaced': '\n\n{ "version" :1 ,\n      "hooks":{ } , "é":"\\u00e9"}\n\n\n',
  'empty': '',
};

/** A file of an agent with something of the person's own in it. */
const files: readonly (readonly [Adapter, string])[] = [
  [antigravity, '{ "mine": {"enabled":true} }'],
  [auggie, '{\n    "toolPermissions": [ ], // all\n    "hooks": { "PreToolUse": [ { "matcher": "view", "hooks": [ { "type": "command", "command": "/mine.sh" } ] } ] }\n}'],
  [devin, '{\r\n\t"hooks": { "Stop": [ ] },\r\n\t"a": 1\r\n}\r\n'],
  [droid, '{ "Stop" : [] }\n\n'],
  [grok, '{"hooks":{"PreToolUse":[{"hooks":[{"type":"command","command":"mine"}]}]}}'],
  [kiro, '{ "version": "v1",\n "hooks": [ { "name": "lint" } /* mine */ ] }'],
  [windsurf, '{\n  "hooks": { "pre_run_command": [ { "command": "mine" } ] }\n}'],
];
for (const [adapter, original] of files) {
  test(`the file of ${adapter.title} is back to the byte after installing and uninstalling, through a link`, async () => {
    const { home, state, file } = fresh(adapter);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(join(home, 'dotfile'), original, { mode: 0o640 });
    symlinkSync(join(home, 'dotfile'), file);
    assert.deepEqual(await installHooks(adapter, home, state), { file, changed: true });
    assert.equal(await areHooksInstalled(adapter, home, state), true);
    assert.deepEqual(await installHooks(adapter, home, state), { file, changed: false });
    assert.deepEqual(await uninstallHooks(adapter, home, state), { file, changed: true });
    assert.deepEqual([readFileSync(file, 'utf8'), statSync(file).mode & 0o777, lstatSync(file).isSymbolicLink()], [original, 0o640, true]);
  });
}

describe('a file that would switch off hooks in another', () => {
  const hooks = '{"hooks":{"PreToolUse":[{"matcher":"*","hooks":[{"type":"command","command":"mine"}]}]}}';
  for (const other of ['settings.json', 'hooks/hooks.json']) {
    test(`is not made where ${other} holds some`, async () => {
      const { home, state, file } = fresh(droid);
      const path = join(dirname(file), other);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, hooks);
      await assert.rejects(installHooks(droid, home, state), (error) => error instanceof InstallFailed && error.message.includes(path));
      assert.equal(existsSync(file), false);
      writeFileSync(file, '{}');
      assert.equal((await installHooks(droid, home, state)).changed, true);
    });
  }
  test('is made where the other holds none', async () => {
    const { home, state, file } = fresh(droid);
    mkdirSync(dirname(file));
    writeFileSync(join(dirname(file), 'settings.json'), '{"model":"x","commandDenylist":["rm -rf /"]}');
    assert.equal((await installHooks(droid, home, state)).changed, true);
  });
});

for (const adapter of [claudeCode, cursor]) {
  describe(`hooks of ${adapter.title}`, () => {
    for (const [name, original] of Object.entries(originals)) {
      test(`the file is back to the byte after installing and uninstalling: ${name}`, async () => {
        const { home, state, file } = fresh(adapter);
        mkdirSync(dirname(file));
        writeFileSync(file, original);
        chmodSync(file, 0o640);
        assert.deepEqual(await installHooks(adapter, home, state), { file, changed: true });
        assert.equal(await areHooksInstalled(adapter, home, state), true);
        assert.equal(statSync(file).mode & 0o777, 0o640);
        assert.deepEqual(await installHooks(adapter, home, state), { file, changed: false });
        assert.deepEqual(await uninstallHooks(adapter, home, state), { file, changed: true });
        assert.equal(readFileSync(file, 'utf8'), original);
        assert.equal(statSync(file).mode & 0o777, 0o640);
        assert.deepEqual(await uninstallHooks(adapter, home, state), { file, changed: false });
        assert.deepEqual(readdirSync(dirname(file)), [file.slice(dirname(file).length + 1)], 'something was left beside the file');
        assert.deepEqual(readdirSync(state.backups), []);
      });
    }

    test('where there was no file and no folder there is none afterwards', async () => {
      const { home, state, file } = fresh(adapter);
      await installHooks(adapter, home, state);
      assert.equal(statSync(file).mode & 0o777, 0o600);
      await uninstallHooks(adapter, home, state);
      assert.equal(existsSync(dirname(file)), false);
    });

    test('a folder that has come to hold something else stays', async () => {
      const { home, state, file } = fresh(adapter);
      await installHooks(adapter, home, state);
      writeFileSync(join(dirname(file), 'other'), '');
      await uninstallHooks(adapter, home, state);
      assert.deepEqual(readdirSync(dirname(file)), ['other']);
    });

    test('what others change in the meantime stays', async () => {
      const { home, state, file } = fresh(adapter);
      mkdirSync(dirname(file));
      writeFileSync(file, '{"version":1,"theme":"dark"}');
      await installHooks(adapter, home, state);
      writeFileSync(file, readFileSync(file, 'utf8').replace('dark', 'light'));
      assert.equal(await areHooksInstalled(adapter, home, state), true);
      await uninstallHooks(adapter, home, state);
      assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), { version: 1, theme: 'light' });
    });

    test('entries that were already there are no original to go back to', async () => {
      const { home, state, file } = fresh(adapter);
      await installHooks(adapter, home, state);
      const weakened = readFileSync(file, 'utf8').replace('600', '5');
      rmSync(state.backups, { recursive: true });
      writeFileSync(file, weakened);
      assert.equal(await areHooksInstalled(adapter, home, state), false);
      await installHooks(adapter, home, state);
      assert.equal(await areHooksInstalled(adapter, home, state), true);
      await uninstallHooks(adapter, home, state);
      assert.equal(readFileSync(file, 'utf8').includes(state.launcher), false);
    });

    test('links are followed and stay links', async () => {
      const { home, state, file } = fresh(adapter);
      const dotfiles = join(home, 'dotfiles');
      mkdirSync(dotfiles);
      mkdirSync(dirname(file));
      writeFileSync(join(dotfiles, 'config.json'), '{}');
      symlinkSync('../dotfiles/config.json', file);
      await installHooks(adapter, home, state);
      assert.equal(readlinkSync(file), '../dotfiles/config.json');
      assert.ok(readFileSync(join(dotfiles, 'config.json'), 'utf8').includes(state.launcher));
      await uninstallHooks(adapter, home, state);
      assert.equal(readFileSync(join(dotfiles, 'config.json'), 'utf8'), '{}');
      assert.equal(lstatSync(file).isSymbolicLink(), true);
    });

    test('a link to a file that is not there yet', async () => {
      const { home, state, file } = fresh(adapter);
      mkdirSync(dirname(file));
      symlinkSync(join(home, 'later', 'config.json'), file);
      await installHooks(adapter, home, state);
      assert.ok(readFileSync(join(home, 'later', 'config.json'), 'utf8').includes(state.launcher));
      await uninstallHooks(adapter, home, state);
      assert.deepEqual([existsSync(join(home, 'later')), lstatSync(file).isSymbolicLink()], [false, true]);
    });

    const refused: readonly [string, (file: string) => void, typeof UnreadableConfig | typeof InstallFailed][] = [
      ['a file that is not JSON', (file) => writeFileSync(file, '{"version":'), UnreadableConfig],
      ['a file that is not UTF-8', (file) => writeFileSync(file, Buffer.from([0x7b, 0xff, 0x7d])), UnreadableConfig],
      ['a file that is far too large', (file) => writeFileSync(file, `{"x":"${'x'.repeat(5_000_000)}"}`), InstallFailed],
      ['a folder in its place', (file) => mkdirSync(file), InstallFailed],
      ['links in a circle', (file) => symlinkSync(file, file), InstallFailed],
    ];
    for (const [name, put, kind] of refused) {
      test(`left alone, with a reason that names the file: ${name}`, async () => {
        const { home, state, file } = fresh(adapter);
        mkdirSync(dirname(file));
        put(file);
        await assert.rejects(installHooks(adapter, home, state), (error) => error instanceof kind && error.message.includes(file));
        assert.equal(await areHooksInstalled(adapter, home, state), false);
        assert.equal(readdirSync(dirname(file)).length, 1);
      });
    }
  });
}

describe('a plugin file, all of which is ours', () => {
  test('where there was no file and no folder there is none afterwards', async () => {
    const { home, state, file } = fresh(opencode);
    assert.deepEqual(await installHooks(opencode, home, state), { file, changed: true });
    assert.deepEqual([await areHooksInstalled(opencode, home, state), await installHooks(opencode, home, state)], [true, { file, changed: false }]);
    assert.deepEqual(await uninstallHooks(opencode, home, state), { file, changed: true });
    assert.equal(existsSync(join(home, '.config')), false);
    assert.deepEqual([await uninstallHooks(opencode, home, state), readdirSync(state.backups)], [{ file, changed: false }, []]);
  });

  test('other plugins stay where they are', async () => {
    const { home, state, file } = fresh(opencode);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(join(dirname(file), 'mine.js'), 'export const Mine = 1;');
    await installHooks(opencode, home, state);
    await uninstallHooks(opencode, home, state);
    assert.deepEqual(readdirSync(dirname(file)), ['mine.js']);
  });

  test('an empty file is empty again', async () => {
    const { home, state, file } = fresh(opencode);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '');
    await installHooks(opencode, home, state);
    await uninstallHooks(opencode, home, state);
    assert.equal(readFileSync(file, 'utf8'), '');
  });

  test('changed meanwhile or without a backup, it goes all the same', async () => {
    const { home, state, file } = fresh(opencode);
    await installHooks(opencode, home, state);
    writeFileSync(file, `${readFileSync(file, 'utf8')}// more\n`);
    assert.equal(await areHooksInstalled(opencode, home, state), false);
    await uninstallHooks(opencode, home, state);
    assert.equal(existsSync(file), false);
  });

  test('a file of somebody else in its place is left alone, with a reason that names it', async () => {
    const { home, state, file } = fresh(opencode);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, 'export const Mine = 1;');
    await assert.rejects(installHooks(opencode, home, state), (error) => error instanceof UnreadableConfig && error.message.includes(file));
    assert.deepEqual(await uninstallHooks(opencode, home, state), { file, changed: false });
    assert.equal(readFileSync(file, 'utf8'), 'export const Mine = 1;');
  });
});
