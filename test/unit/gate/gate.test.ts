import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, statSync, unlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { describe, test } from 'node:test';
import type { GateResult } from '../../../src/gate/client.ts';
import { createState } from '../../../src/gate/state.ts';
import { commandRequest } from './gate-fixture.ts';
import { ask, fresh, open, raw, said, until, type Window } from './open-windows.ts';

describe('one window', () => {
  test('answers', async (t) => {
    const state = fresh();
    const { gate } = await open(t, state, { answer: 'allow' });
    assert.equal(gate.leads(), true);
    assert.deepEqual(await Promise.all(['allow', 'deny', 'ask'].map(async (command) => said(await ask(state, commandRequest(command))))), ['allow', 'deny', 'allow']);
  });
  test('only its owner can reach it', async (t) => {
    const state = fresh();
    const { gate } = await open(t, state);
    assert.deepEqual([state.run, state.socket, gate.socket].map((path) => statSync(path).mode & 0o777), [0o700, 0o600, 0o600]);
  });
  test('50 requests at once are each answered, once', async (t) => {
    const state = fresh();
    const { used } = await open(t, state, { answer: 'allow' });
    const commands = Array.from({ length: 50 }, (_, index) => `${['allow', 'deny', 'ask'][index % 3]} ${index}`);
    const results = await Promise.all(commands.map((command) => ask(state, commandRequest(command, '/work', command))));
    assert.deepEqual(results.map(said), commands.map((command) => (command.startsWith('deny') ? 'deny' : 'allow')));
    const judged = used.recorder.events.flatMap((event) => (event.type === 'action' && event.action.tool === 'shell' ? [event.action.command] : []));
    assert.deepEqual(judged.sort(), commands.toSorted());
  });
  test('an open question does not hold up safe actions', async (t) => {
    const state = fresh();
    const { asker, gate } = await open(t, state);
    const waiting = ask(state, commandRequest('ask'));
    await asker.asked(1);
    assert.equal(said(await ask(state, commandRequest('allow'))), 'allow');
    await gate.close();
    assert.equal(said(await waiting), 'deny');
  });
  test('an agent that goes away takes its question along', async (t) => {
    const state = fresh();
    const { asker, used } = await open(t, state);
    const gone = new AbortController();
    const result = ask(state, commandRequest('ask'), { signal: gone.signal });
    await asker.asked(1);
    gone.abort();
    assert.equal(said(await result), 'no answer in time');
    await until(() => used.recorder.outcomes().length > 0);
    assert.deepEqual([asker.aborted, used.recorder.outcomes()], [['agent gone'], ['deny agent gone']]);
  });
  test('a hook whose time is over gives up, and the question goes', async (t) => {
    const state = fresh();
    const { asker } = await open(t, state);
    assert.equal(said(await ask(state, commandRequest('ask'), { within: 200 })), 'no answer in time');
    await until(() => asker.aborted.length > 0);
  });
  test('a window that closes answers what waits with a deny that says so', async (t) => {
    const state = fresh();
    const { asker, gate, used } = await open(t, state);
    const result = ask(state, commandRequest('ask'));
    await asker.asked(1);
    await gate.close();
    const answered = await result;
    assert.ok('answer' in answered && answered.answer.exitCode === 2 && answered.answer.stderr.includes('The editor was closed'));
    assert.deepEqual([used.recorder.outcomes(), existsSync(state.socket), existsSync(gate.socket)], [['deny editor closed'], false, false]);
  });
  test('its status can be asked for', async (t) => {
    const state = fresh();
    const { gate } = await open(t, state);
    const { status, text } = await raw(state.socket, 'GET', '/v1/status', '');
    assert.deepEqual([status, JSON.parse(text)], [200, gate.status()]);
  });
  const bad: readonly [string, string, string, string, number][] = [
    ['no JSON', 'POST', '/v1/hook', 'hello', 400],
    ['another shape', 'POST', '/v1/hook', '{"agent":7}', 400],
    ['a payload over the limit', 'POST', '/v1/hook', JSON.stringify({ ...commandRequest('allow'), payload: 'x'.repeat(1_048_577) }), 400],
    ['an environment over the limit', 'POST', '/v1/hook', JSON.stringify({ ...commandRequest('allow'), env: { A: 'x'.repeat(262_144) } }), 400],
    ['a body over the limit', 'POST', '/v1/hook', 'x'.repeat(5_000_000), 400],
    ['another path', 'POST', '/v2/hook', '{}', 404],
    ['a window of another shape', 'POST', '/v1/windows', '{}', 400],
  ];
  for (const [name, method, path, body, status] of bad) {
    test(`refused: ${name}`, async (t) => {
      const state = fresh();
      await open(t, state);
      assert.equal((await raw(state.socket, method, path, body)).status, status);
    });
  }
});

describe('no window', () => {
  test('nothing there at all', async () => assert.equal(said(await ask(fresh(), commandRequest('allow'))), 'no editor'));
  test('a folder without a socket', async () => {
    const state = fresh();
    await createState(state);
    assert.equal(said(await ask(state, commandRequest('allow'))), 'no editor');
  });
  test('a socket that a killed editor left behind, which the next window replaces', async (t) => {
    const state = fresh();
    await createState(state);
    await leaveSocket(state.socket);
    assert.equal(said(await ask(state, commandRequest('allow'))), 'no editor');
    await open(t, state);
    assert.equal(said(await ask(state, commandRequest('allow'))), 'allow');
  });
  test('a folder that somebody else may write to is not trusted', async (t) => {
    const state = fresh();
    await open(t, state);
    chmodSync(state.run, 0o777);
    assert.equal(said(await ask(state, commandRequest('allow'))), 'no editor');
  });
  test('an answer that is none', async () => {
    const state = fresh();
    await createState(state);
    for (const text of ['HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}', 'HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n']) {
      const server = await speak(state.socket, text);
      assert.equal(said(await ask(state, commandRequest('allow'))), 'unusable answer');
      await new Promise((done) => server.close(done));
    }
  });
  test('an editor that is killed while the question is open', async () => {
    const state = fresh();
    await createState(state);
    const editor = spawn(process.execPath, ['-e', `require('net').createServer(() => console.log('asked')).listen(${JSON.stringify(state.socket)}, () => console.log('listening'))`], { stdio: ['ignore', 'pipe', 'inherit'] });
    let told = '';
    editor.stdout.on('data', (chunk: Buffer) => (told += chunk.toString('utf8')));
    await until(() => told.includes('listening'));
    const result = ask(state, commandRequest('allow'));
    await until(() => told.includes('asked'));
    editor.kill('SIGKILL');
    assert.equal(said(await result), 'editor closed');
  });
});

describe('several windows', () => {
  test('the one whose folder holds the action answers', async (t) => {
    const state = fresh();
    const one = await open(t, state, { folders: ['/work/shop'], answer: 'deny' });
    const two = await open(t, state, { folders: ['/work/shop-2'], answer: 'allow' });
    const three = await open(t, state, { folders: ['/work/shop/packages/api'], answer: 'allow' });
    assert.deepEqual([one, two, three].map(({ gate }) => gate.leads()), [true, false, false]);
    const answers = await Promise.all(['/work/shop', '/work/shop/packages', '/work/shop-2/x', '/work/shop/packages/api/src'].map(async (cwd) => said(await ask(state, commandRequest('ask', cwd)))));
    assert.deepEqual(answers, ['deny', 'deny', 'allow', 'allow']);
    assert.deepEqual([one, two, three].map(({ asker }) => asker.questions.length), [2, 1, 1]);
  });
  test('the one with the focus answers where no folder holds it', async (t) => {
    const state = fresh();
    const one = await open(t, state, { answer: 'allow' });
    const two = await open(t, state, { folders: ['/other'], answer: 'allow' });
    two.focused = true;
    two.gate.update();
    await until(() => one.gate.status().windows.some(({ focusedAt }) => focusedAt > 0));
    await ask(state, commandRequest('ask', '/elsewhere'));
    assert.deepEqual([one, two].map(({ asker }) => asker.questions.length), [0, 1]);
  });
  test('a folder that is opened later counts', async (t) => {
    const state = fresh();
    const one = await open(t, state, { answer: 'allow' });
    const two = await open(t, state, { folders: [], answer: 'allow' });
    two.folders = ['/late'];
    two.gate.update();
    await until(() => one.gate.status().windows.some(({ folders }) => folders.includes('/late')));
    await ask(state, commandRequest('ask', '/late/x'));
    assert.deepEqual([one, two].map(({ asker }) => asker.questions.length), [0, 1]);
  });
  test('when the one that leads closes, the next does, and a question that is open in another window stays open', async (t) => {
    const state = fresh();
    const one = await open(t, state, { folders: ['/one'] });
    const two = await open(t, state, { folders: ['/two'] });
    const result = ask(state, commandRequest('ask', '/two'));
    await two.asker.asked(1);
    await one.gate.close();
    await until(() => two.gate.leads());
    two.asker.settle(two.asker.questions[0]!.id, 'allow');
    assert.equal(said(await result), 'allow');
    assert.deepEqual([two.asker.questions.length, two.asker.aborted, two.used.recorder.outcomes()], [1, [], ['allow person']]);
  });
  test('when the one that was asked is gone, the next is asked', async (t) => {
    const state = fresh();
    const one = await open(t, state, { folders: ['/one'], answer: 'allow' });
    const two = await open(t, state, { folders: ['/two'] });
    unlinkSync(two.gate.socket);
    assert.equal(said(await ask(state, commandRequest('ask', '/two'))), 'allow');
    assert.deepEqual([one.asker.questions.length, two.asker.questions.length], [1, 0]);
  });
  test('of windows that all find the leader gone, one leads and knows the others', async (t) => {
    const state = fresh();
    const first = await open(t, state, { folders: ['/0'] });
    const rest: Window[] = [];
    for (const name of ['1', '2', '3', '4']) rest.push(await open(t, state, { folders: [`/${name}`], answer: 'allow' }));
    await first.gate.close();
    await until(() => rest.some(({ gate }) => gate.leads() && gate.status().windows.length === 4));
    assert.equal(rest.filter(({ gate }) => gate.leads()).length, 1);
    for (const name of ['1', '2', '3', '4']) await ask(state, commandRequest('ask', `/${name}`));
    assert.deepEqual(rest.map(({ asker }) => asker.questions.length), [1, 1, 1, 1]);
  });
  test('windows that start at the same moment agree on one', async (t) => {
    const state = fresh();
    const windows = await Promise.all([1, 2, 3, 4].map((name) => open(t, state, { folders: [`/${name}`] })));
    const leader = windows.find(({ gate }) => gate.leads());
    assert.equal(windows.filter(({ gate }) => gate.leads()).length, 1);
    await until(() => leader?.gate.status().windows.length === 4);
  });
  test('a leader whose socket file is removed leads again', async (t) => {
    const state = fresh();
    const one = await open(t, state, { checkEvery: 20 });
    const two = await open(t, state, { folders: ['/two'], answer: 'allow' });
    unlinkSync(state.socket);
    await until(() => existsSync(state.socket) && [one, two].some(({ gate }) => gate.leads() && gate.status().windows.length === 2));
    assert.equal(said(await ask(state, commandRequest('ask', '/two'))), 'allow');
  });
  test('requests while windows come and go are each answered', async (t) => {
    const state = fresh();
    let leader = await open(t, state, { folders: ['/x'], answer: 'allow' });
    const answers: Promise<GateResult>[] = [];
    for (let round = 0; round < 5; round += 1) {
      const next = await open(t, state, { folders: ['/x'], answer: 'allow' });
      answers.push(...Array.from({ length: 10 }, () => ask(state, commandRequest('ask', '/x'))));
      await leader.gate.close();
      leader = next;
    }
    const all = (await Promise.all(answers)).map(said);
    // Asked in a window that was closing, a deny that says so is an answer too.
    assert.deepEqual(all.filter((one) => one !== 'allow' && one !== 'deny'), []);
    assert.equal(all.length, 50);
  });
});

/** A socket file nobody listens on, as a killed process leaves it. */
async function leaveSocket(path: string): Promise<void> {
  const child = spawn(process.execPath, ['-e', `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`], { stdio: 'ignore' });
  await new Promise((done) => child.once('close', done));
  assert.ok(existsSync(path));
}

/** A server that says the same to everybody. */
function speak(path: string, text: string): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer((connection) => {
      connection.once('data', () => connection.end(text));
      connection.on('error', () => undefined);
    }).listen(path, () => resolve(server));
  });
}
