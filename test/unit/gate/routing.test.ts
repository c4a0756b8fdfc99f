import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { realPath } from '../../../src/gate/real-path.ts';
import { commandRequest } from './gate-fixture.ts';
import { ask, fresh, open, said } from './open-windows.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'il-places-')));
after(() => rmSync(root, { recursive: true, force: true }));
for (const folder of ['shop/packages/api/src', 'shop-2', 'docs', 'site', 'outside/deep']) mkdirSync(join(root, folder), { recursive: true });
symlinkSync(join(root, 'shop'), join(root, 'to-shop'));
symlinkSync(join(root, 'shop/packages/api'), join(root, 'site/to-api'));
symlinkSync(join(root, 'outside'), join(root, 'shop/to-outside'));
symlinkSync(join(root, 'site'), join(root, 'to-site'));
symlinkSync(join(root, 'loop-b'), join(root, 'loop-a'));
symlinkSync(join(root, 'loop-a'), join(root, 'loop-b'));

describe('a question comes up in the window whose folder owns the place', () => {
  const windows: Readonly<Record<string, readonly string[]>> = { leader: ['shop-2'], shop: ['shop'], api: ['shop/packages/api'], many: ['docs', 'to-site'], none: [] };
  const rows: readonly [danger: string, cwd: string, window: string, elsewhere?: true][] = [
    ['the folder itself', 'shop', 'shop'],
    ['below it', 'shop/packages', 'shop'],
    ['a name that only begins alike', 'shop-2', 'leader'],
    ['a folder in a folder: the deepest', 'shop/packages/api/src', 'api'],
    ['the first of several folders of a window', 'docs', 'many'],
    ['another of them, opened through a link', 'site', 'many'],
    ['that folder by the name it was opened with', 'to-site', 'many'],
    ['a link to a folder', 'to-shop/packages', 'shop'],
    ['a link to a folder in a folder', 'site/to-api/src', 'api'],
    ['a link that leads out of every folder', 'shop/to-outside/deep', 'none', true],
    ['a folder that is not there yet', 'shop/new/deeper', 'shop'],
    ['a folder that is not there yet, through a link', 'to-shop/new', 'shop'],
    ['a way up', 'shop/../docs', 'many'],
    ['links in a circle', 'loop-a', 'none', true],
    ['no window’s folder: the window with the focus, which says so', 'outside', 'none', true],
  ];
  test('table', async (t) => {
    const state = fresh();
    const opened = new Map<string, Awaited<ReturnType<typeof open>>>();
    for (const [name, folders] of Object.entries(windows)) opened.set(name, await open(t, state, { folders: folders.map((folder) => join(root, folder)), focused: name === 'none', answer: 'deny' }));
    for (const [danger, cwd, window, elsewhere] of rows) {
      const before = new Map([...opened].map(([name, { asker }]) => [name, asker.questions.length]));
      assert.equal(said(await ask(state, commandRequest(`ask ${danger}`, `${root}/${cwd}`, danger))), 'deny', danger);
      const asked = [...opened].filter(([name, { asker }]) => asker.questions.length > (before.get(name) ?? 0)).map(([name]) => name);
      assert.deepEqual([asked, opened.get(window)?.asker.questions.at(-1)?.elsewhere], [[window], elsewhere], danger);
    }
  });
  test('a path is followed as far as it exists, and one that was made up not far', () => {
    const madeUp = join(root, ...Array.from({ length: 5_000 }, () => 'x'));
    assert.deepEqual(['', 'relative', '/', join(root, 'to-shop/a/b'), madeUp].map(realPath), ['', 'relative', '/', join(root, 'shop/a/b'), madeUp]);
  });
});

describe('a window that does not answer as it should', () => {
  /** Takes the place of a window's own socket. */
  async function instead(t: TestContext, socket: string, behave: (connection: Socket) => void): Promise<void> {
    unlinkSync(socket);
    const connections = new Set<Socket>();
    const server: Server = createServer((connection) => {
      connections.add(connection);
      connection.on('error', () => undefined);
      connection.once('data', () => behave(connection));
    });
    await new Promise<void>((done) => server.listen(socket, done));
    t.after(() => {
      for (const connection of connections) connection.destroy();
      server.close();
    });
  }
  const garbage = 'HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\n{"x": 1}';
  const rows: readonly [danger: string, behave: (connection: Socket) => void, result: string][] = [
    ['hangs: denied at the deadline', () => undefined, 'no answer in time'],
    ['sends half an answer and hangs', (connection) => connection.write(garbage.slice(0, -4)), 'no answer in time'],
    ['answers garbage', (connection) => connection.end(garbage), 'unusable answer'],
    ['answers something that is no HTTP: the next window is asked', (connection) => connection.end('hello\n'), 'allow'],
    ['goes away: the next window is asked', (connection) => connection.destroy(), 'allow'],
    ['goes away in the middle of its answer: the next window is asked', (connection) => connection.end(garbage.slice(0, -4)), 'allow'],
    ['answers without end', flood, 'allow'],
  ];
  for (const [danger, behave, result] of rows) {
    test(danger, async (t) => {
      const state = fresh();
      const one = await open(t, state, { folders: ['/one'], answer: 'allow' });
      const two = await open(t, state, { folders: ['/two'] });
      await instead(t, two.gate.socket, behave);
      assert.equal(said(await ask(state, commandRequest('ask', '/two'), { within: 4_000 })), result);
      // And it holds up nobody else.
      assert.equal(said(await ask(state, commandRequest('ask', '/one', 's2'))), 'allow');
      assert.equal(one.asker.questions.length, result === 'allow' ? 2 : 1);
    });
  }
  test('a slow one is waited for', async (t) => {
    const state = fresh();
    const { asker } = await open(t, state);
    const result = ask(state, commandRequest('ask'));
    await asker.asked(1);
    await pause(1_000);
    asker.settle(asker.questions[0]!.id, 'allow');
    assert.equal(said(await result), 'allow');
  });
  test('nobody answers by the deadline: the question goes, and a late yes counts for nothing', async (t) => {
    const state = fresh();
    const { asker, used } = await open(t, state, { given: { answerWithin: () => 300 } });
    const result = await ask(state, commandRequest('ask'));
    assert.ok('answer' in result && result.answer.exitCode === 2);
    asker.settle(asker.questions[0]!.id, 'allow');
    assert.deepEqual(used.recorder.outcomes(), ['deny no answer in time']);
  });
});

/** An answer that is larger than any may be. */
function flood(connection: Socket): void {
  connection.write('HTTP/1.1 200 OK\r\ncontent-length: 900000000\r\n\r\n');
  const more = (): boolean => !connection.destroyed && connection.write('x'.repeat(65_536), () => more());
  more();
}

describe('many at once', () => {
  test('200 are each answered, rightly and once, while people take their time', async (t) => {
    const state = fresh();
    const one = await open(t, state, { folders: ['/one'] });
    const two = await open(t, state, { folders: ['/two'], answer: 'allow' });
    const slow = Array.from({ length: 10 }, (_, index) => ask(state, commandRequest(`ask slow ${index}`, '/one', `slow ${index}`), { within: 120_000 }));
    await one.asker.asked(10);
    const commands = Array.from({ length: 200 }, (_, index) => `${['allow', 'deny', 'ask', 'allow'][index % 4]} ${index}`);
    const results = await Promise.all(commands.map((command, index) => ask(state, commandRequest(command, index % 8 < 4 && !command.startsWith('ask') ? '/one' : '/two', command), { within: 120_000 })));
    assert.deepEqual(results.map(said), commands.map((command) => (command.startsWith('deny') ? 'deny' : 'allow')));
    const judged = [...one.used.recorder.events, ...two.used.recorder.events].flatMap((event) => (event.type === 'action' && event.action.tool === 'shell' ? [event.action.command] : []));
    assert.deepEqual(judged.sort(), commands.toSorted());
    for (const { id } of one.asker.questions) one.asker.settle(id, 'deny');
    assert.deepEqual((await Promise.all(slow)).map(said), Array.from({ length: 10 }, () => 'deny'));
  });
  const rooms: readonly [string, { readonly requests: number; readonly bytes: number }][] = [
    ['requests', { requests: 5, bytes: 10_000_000 }],
    ['bytes', { requests: 1_000, bytes: 120_000 }],
  ];
  for (const [of, room] of rooms) {
    test(`more ${of} than there is room for wait outside, and are answered when there is`, async (t) => {
      const state = fresh();
      const { asker } = await open(t, state, { room });
      const results = Array.from({ length: 30 }, (_, index) => ask(state, { ...commandRequest(`ask ${index}`, '/work', `s${index}`), env: { BIG: 'x'.repeat(20_000) } }, { within: 120_000 }));
      await asker.asked(5);
      assert.ok(asker.questions.length <= 5);
      const settle = setInterval(() => asker.questions.forEach(({ id }) => asker.settle(id, 'allow')), 20);
      t.after(() => clearInterval(settle));
      assert.deepEqual((await Promise.all(results)).map(said), results.map(() => 'allow'));
      assert.equal(asker.questions.length, 30);
    });
  }
});
