import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { createState, isRunFolderSafe, locateState, UnsafeState, windowSocket } from '../../../src/gate/state.ts';
import { temporaryState } from './gate-fixture.ts';

const removals: (() => void)[] = [];
after(() => removals.forEach((remove) => remove()));

function fresh(): ReturnType<typeof temporaryState> {
  const made = temporaryState();
  removals.push(made.remove);
  return made;
}

describe('where the state is', () => {
  test('in the home folder', () => {
    const state = locateState({}, '/home/dev', 'posix');
    assert.deepEqual([state.root, state.launcher, state.program, state.socket, state.journal, state.policy], ['/home/dev/.interlock', '/home/dev/.interlock/hook', '/home/dev/.interlock/bin/hook.js', '/home/dev/.interlock/run/gate.sock', '/home/dev/.interlock/journal', '/home/dev/.interlock/policy.json']);
  });
  test('where the environment says', () => assert.equal(locateState({ INTERLOCK_HOME: '/data/il' }, '/home/dev', 'posix').launcher, '/data/il/hook'));
  test('on Windows among local application data, with pipes for sockets', () => {
    const state = locateState({ LOCALAPPDATA: 'C:\\Users\\d\\AppData\\Local' }, 'C:\\Users\\d', 'windows');
    assert.equal(state.launcher, 'C:\\Users\\d\\AppData\\Local\\Interlock\\hook.cmd');
    assert.match(state.socket, /^\\\\\.\\pipe\\interlock-[0-9a-f]{12}-gate$/);
    assert.equal(locateState({}, 'C:\\Users\\d', 'windows').root, 'C:\\Users\\d\\AppData\\Local\\Interlock');
  });
  for (const home of ['/home/dev', `/home/${'long'.repeat(30)}`, `/home/${'ü'.repeat(40)}`]) {
    test(`socket paths fit everywhere (home of ${Buffer.byteLength(home)} bytes)`, () => {
      const state = locateState({}, home, 'posix');
      assert.ok(Buffer.byteLength(windowSocket(state, 'ffff')) <= 96 && Buffer.byteLength(state.socket) <= 96);
      assert.ok(state.socket.startsWith(state.run));
    });
  }
  test('two long homes do not share a socket', () => {
    const [one, two] = ['a', 'b'].map((name) => locateState({}, `/home/${name.repeat(120)}`, 'posix').socket);
    assert.notEqual(one, two);
    assert.ok(one?.startsWith(`/tmp/interlock-${userInfo().uid}-`));
  });
});

describe('the folders', () => {
  test('are their owner’s alone, also those that were not', async () => {
    const { state } = fresh();
    mkdirSync(state.journal, { recursive: true });
    chmodSync(state.journal, 0o777);
    await createState(state);
    for (const folder of [state.root, state.run, state.journal, state.vault, state.secrets, state.sessions, state.backups]) assert.equal(statSync(folder).mode & 0o777, 0o700, folder);
    assert.equal(isRunFolderSafe(state), true);
  });
  test('a file in the way is refused', async () => {
    const { state } = fresh();
    mkdirSync(state.root);
    writeFileSync(state.run, '');
    await assert.rejects(createState(state));
    assert.equal(isRunFolderSafe(state), false);
  });
  test('the folder of the sockets may not be a link', async () => {
    const { state, home } = fresh();
    mkdirSync(state.root);
    mkdirSync(join(home, 'elsewhere'));
    symlinkSync(join(home, 'elsewhere'), state.run);
    await assert.rejects(createState(state), UnsafeState);
    assert.equal(isRunFolderSafe(state), false);
  });
  test('the state folder itself may be one', async () => {
    const { state, home } = fresh();
    mkdirSync(join(home, 'elsewhere'));
    symlinkSync(join(home, 'elsewhere'), state.root);
    await createState(state);
    assert.equal(isRunFolderSafe(state), true);
  });
});
