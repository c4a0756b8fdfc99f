import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { profilePlaces, setProfiles } from '../../../src/gate/powershell-profiles.ts';
import type { State } from '../../../src/gate/state.ts';
import { removeEverything } from '../../../src/gate/uninstall.ts';
import { temporaryState } from './gate-fixture.ts';

const removals: (() => void)[] = [];
after(() => removals.forEach((remove) => remove()));

/** A person's documents with a profile for Windows PowerShell, and none for PowerShell 7. */
async function documents(profile: string | Uint8Array): Promise<{ readonly files: readonly string[]; readonly set: (on: boolean) => Promise<void> }> {
  const { state, home, remove } = temporaryState();
  removals.push(remove);
  const windows: State = { ...state, platform: 'windows' };
  const places = await profilePlaces(windows, home, async () => join(home, 'OneDrive', 'Documents'));
  const files = places.map(({ installation }) => installation.file);
  mkdirSync(dirname(files[0] ?? ''), { recursive: true });
  writeFileSync(files[0] ?? '', profile);
  return { files, set: async (on) => setProfiles(on, places, state) };
}

describe('the profiles of PowerShell', () => {
  test('are not looked for elsewhere', async () => {
    const { state, home, remove } = temporaryState();
    removals.push(remove);
    assert.deepEqual(await profilePlaces({ ...state, platform: 'posix' }, home, async () => assert.fail('asked')), []);
  });
  for (const profile of ['Set-Alias g git\r\n', 'a\nb', '', '\uFEFFfunction prompt { "ü" }\r\n']) {
    test(`${JSON.stringify(profile)}: both get the line, and are as they were once the guard is off`, async () => {
      const { files, set } = await documents(profile);
      await set(true);
      for (const file of files) assert.match(readFileSync(file, 'utf8'), /# Interlock: begin[^]*interlock\.ps1/);
      await set(true);
      await set(false);
      assert.deepEqual(files.map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined)), [profile, undefined]);
      assert.equal(existsSync(dirname(files[1] ?? '')), false, 'a folder was left behind');
    });
  }
  test('one in another encoding is left alone, and the other is done', async () => {
    const bytes = Buffer.from('\uFEFFSet-Alias g git\r\n', 'utf16le');
    const { files, set } = await documents(bytes);
    await assert.rejects(set(true), /not UTF-8/);
    assert.deepEqual(readFileSync(files[0] ?? ''), bytes);
    assert.ok(existsSync(files[1] ?? ''));
  });
});

test('uninstalling takes the lines out again', async () => {
  const { state, home, remove } = temporaryState();
  removals.push(remove);
  const windows: State = { ...state, platform: 'windows' };
  const places = await profilePlaces(windows, home);
  const [file = ''] = places.map(({ installation }) => installation.file);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, 'Set-Alias g git\r\n');
  await setProfiles(true, places, windows);
  assert.notEqual(readFileSync(file, 'utf8'), 'Set-Alias g git\r\n');
  await removeEverything([], home, windows);
  assert.equal(readFileSync(file, 'utf8'), 'Set-Alias g git\r\n');
  assert.equal(existsSync(places[1]?.installation.file ?? ''), false);
});
