import assert from 'node:assert/strict';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Action } from '../../../../src/core/action.ts';
import type { Verdict } from '../../../../src/core/verdict.ts';
import { startGate, type Gate } from '../../../../src/gate/server.ts';
import { locateState, type State } from '../../../../src/gate/state.ts';
import { adapters } from '../../../../src/agents/all.ts';
import { services, TestAsker, verdictOf } from '../gate-fixture.ts';
import { until } from '../open-windows.ts';

const here = dirname(fileURLToPath(import.meta.url));
const fixture = join(here, '../../../fixtures/mcp-server.mjs');
const built = mkdtempSync(join(tmpdir(), 'il-mcp-'));
const removals: string[] = [built];
before(() => execFileSync(process.execPath, ['esbuild.mjs', '--production', `--out=${built}`]));
after(() => removals.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

interface Reply {
  readonly id?: number | string;
  readonly method?: string;
  readonly result?: { readonly content?: readonly { readonly text: string }[]; readonly contents?: readonly { readonly text: string }[]; readonly isError?: boolean };
  readonly error?: { readonly message: string };
}

/** A client, and the proxy that it has started. */
class Client {
  readonly child: ChildProcess;
  readonly said: Reply[] = [];
  readonly ended: Promise<number | NodeJS.Signals | null>;
  stderr = '';

  constructor({ home, workspace, log }: Place, command: readonly string[] = [process.execPath, fixture, log], words: readonly string[] = ['--name', 'repeater']) {
    this.child = spawn(process.execPath, [join(built, 'cli.js'), 'mcp', ...words, '--', ...command], { cwd: workspace, env: { HOME: home, PATH: '/usr/bin:/bin' }, stdio: 'pipe' });
    if (!this.child.stdout) throw new Error('no output');
    createInterface({ input: this.child.stdout }).on('line', (line) => this.said.push(JSON.parse(line) as Reply));
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.child.stdin?.on('error', () => undefined);
    this.ended = new Promise((resolve) => this.child.once('close', (code, signal) => resolve(signal ?? code)));
  }

  say(message: object): void {
    this.child.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  }

  async reply(id: number | string): Promise<Reply> {
    await until(() => this.said.some((message) => message.id === id && message.method === undefined));
    return this.said.find((message) => message.id === id && message.method === undefined) ?? assert.fail();
  }

  call(id: number, name: string, given: object = {}): Promise<Reply> {
    this.say({ id, method: 'tools/call', params: { name, arguments: given } });
    return this.reply(id);
  }
}

interface Place {
  readonly home: string;
  readonly workspace: string;
  readonly state: State;
  /** What the server was called with. */
  readonly log: string;
}

function fresh(): Place {
  const home = mkdtempSync(join(tmpdir(), 'il-mcp-home-'));
  removals.push(home);
  const workspace = join(home, 'project');
  mkdirSync(workspace);
  return { home, workspace, state: locateState({}, home), log: join(home, 'called') };
}

const called = ({ log }: Place): string => (existsSync(log) ? readFileSync(log, 'utf8') : '');

function start(t: TestContext, place: Place, command?: readonly string[], words?: readonly string[]): Client {
  const client = new Client(place, command, words);
  t.after(() => client.child.kill('SIGKILL'));
  return client;
}

/** Deletions are asked about, all else is allowed. */
function decide(action: Action): Verdict {
  return verdictOf(action.tool === 'mcp' && action.name.startsWith('delete') ? 'ask' : 'allow');
}

async function open(t: TestContext, place: Place, asker: TestAsker, mask = (text: string): string => text): Promise<{ readonly gate: Gate; readonly seen: Action[] }> {
  const seen: Action[] = [];
  const gate = await startGate({ state: place.state, folders: () => [place.workspace], focused: () => true, services: services({ asker, adapters, mask, decide: (action) => (seen.push(action), decide(action)) }) });
  t.after(() => gate.close());
  return { gate, seen };
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
};

describe('a server behind the proxy', () => {
  test('is spoken to as if there were none, and the gate is told who asks', async (t) => {
    const place = fresh();
    const { seen } = await open(t, place, new TestAsker('allow'));
    const client = start(t, place);
    client.say({ id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 't', version: '1' } } });
    assert.equal((await client.reply(1)).error, undefined);
    assert.equal((await client.call(2, 'echo', { message: 'hello' })).result?.content?.[0]?.text, 'hello');
    const [action] = seen;
    assert.ok(action?.tool === 'mcp');
    assert.deepEqual([action.agent, action.server, action.name, action.arguments, action.cwd, action.env['HOME']], ['mcp', 'repeater', 'echo', { message: 'hello' }, place.workspace, place.home]);
  });
  test('may ask the client, whose answer it gets', async (t) => {
    const place = fresh();
    await open(t, place, new TestAsker('allow'));
    const client = start(t, place);
    await client.call(1, 'ask');
    await until(() => client.said.some(({ method }) => method === 'sampling/createMessage'));
    client.say({ id: 'from-server', result: { role: 'assistant' } });
    await until(() => client.said.some(({ method }) => method === 'notifications/message'));
  });
  test('does what the person allows, and not what they deny', async (t) => {
    const place = fresh();
    const asker = new TestAsker('allow');
    await open(t, place, asker);
    const client = start(t, place);
    assert.equal((await client.call(1, 'delete_volume', { id: 'a' })).result?.content?.[0]?.text, 'gone');
    asker.answer = 'deny';
    const { result } = await client.call(2, 'delete_volume', { id: 'b' });
    assert.deepEqual([result?.isError, called(place)], [true, 'delete_volume\n']);
    assert.match(result?.content?.[0]?.text ?? '', /The person was asked and refused this.*Do not try to reach the same result/s);
  });
  test('goes on with everything else while a call waits', async (t) => {
    const place = fresh();
    const asker = new TestAsker();
    await open(t, place, asker);
    const client = start(t, place);
    const waiting = client.call(1, 'delete_volume');
    await asker.asked(1);
    assert.equal((await client.call(2, 'echo', { message: 'meanwhile' })).result?.content?.[0]?.text, 'meanwhile');
    asker.settle(asker.questions[0]!.id, 'allow');
    assert.equal((await waiting).result?.content?.[0]?.text, 'gone');
  });
  test('50 calls at once are each answered, by their own ids', async (t) => {
    const place = fresh();
    const asker = new TestAsker('deny');
    await open(t, place, asker);
    const client = start(t, place);
    const replies = await Promise.all(Array.from({ length: 50 }, (_, id) => (id % 5 === 0 ? client.call(id, `delete_${id}`) : client.call(id, 'echo', { message: `m${id}` }))));
    assert.deepEqual(replies.map(({ result }, id) => (id % 5 === 0 ? result?.isError : result?.content?.[0]?.text)), Array.from({ length: 50 }, (_, id) => (id % 5 === 0 ? true : `m${id}`)));
    assert.equal(client.said.length, 50);
  });
  test('never hears of a call that was cancelled while it waited, and the question goes', async (t) => {
    const place = fresh();
    const asker = new TestAsker();
    await open(t, place, asker);
    const client = start(t, place);
    client.say({ id: 1, method: 'tools/call', params: { name: 'delete_volume' } });
    await asker.asked(1);
    client.say({ method: 'notifications/cancelled', params: { requestId: 1 } });
    await until(() => asker.aborted.length > 0);
    await client.call(2, 'echo', { message: 'x' });
    assert.deepEqual([called(place), asker.aborted, client.said.map(({ id }) => id)], ['echo\n', ['agent gone'], [2]]);
  });
  test('shows no secret that the window knows', async (t) => {
    const place = fresh();
    await open(t, place, new TestAsker('allow'), (text) => text.replaceAll('swordfish', '<hidden:WORD#1>'));
    const client = start(t, place);
    assert.equal((await client.call(1, 'echo', { message: 'it is swordfish' })).result?.content?.[0]?.text, 'it is <hidden:WORD#1>');
  });
});

describe('without a window', () => {
  test('what is harmless runs, what needs a person is refused and says so', async (t) => {
    const place = fresh();
    const client = start(t, place);
    assert.equal((await client.call(1, 'echo', { message: 'x' })).result?.content?.[0]?.text, 'x');
    const { result } = await client.call(2, 'delete_volume', { name: 'orders' });
    assert.match(result?.content?.[0]?.text ?? '', /no editor with Interlock is running/);
    assert.deepEqual([result?.isError, called(place)], [true, 'echo\n']);
  });
  test('a hidden file is not read, and what a tool shows of another is masked', async (t) => {
    const place = fresh();
    const secret = ['ghp_', 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8'].join('');
    writeFileSync(join(place.workspace, '.env'), `TOKEN=${secret}\n`);
    writeFileSync(join(place.workspace, 'notes.txt'), `token: ${secret}\n`);
    const client = start(t, place);
    client.say({ id: 1, method: 'resources/read', params: { uri: `file://${place.workspace}/.env` } });
    const refused = await client.reply(1);
    const shown = await client.call(2, 'show', { path: join(place.workspace, 'notes.txt') });
    assert.ok(refused.error);
    assert.equal(JSON.stringify([refused, shown]).includes(secret), false);
    assert.match(shown.result?.content?.[0]?.text ?? '', /token: <hidden/);
  });
  test('when the window goes while a call waits, the call is refused', async (t) => {
    const place = fresh();
    const asker = new TestAsker();
    const { gate } = await open(t, place, asker);
    const client = start(t, place);
    const waiting = client.call(1, 'delete_volume');
    await asker.asked(1);
    await gate.close();
    assert.deepEqual([(await waiting).result?.isError, called(place)], [true, '']);
  });
  test('a policy that cannot be read refuses every call', async (t) => {
    const place = fresh();
    mkdirSync(place.state.root, { recursive: true });
    writeFileSync(place.state.policy, '{');
    const client = start(t, place);
    assert.deepEqual([(await client.call(1, 'echo', { message: 'x' })).result?.isError, called(place)], [true, '']);
  });
});

describe('the proxy ends as the server does', () => {
  test('with its exit code', async (t) => {
    const client = start(t, fresh());
    client.say({ id: 1, method: 'tools/call', params: { name: 'quit', arguments: { code: 7 } } });
    assert.equal(await client.ended, 7);
  });
  test('when the client closes the input', async (t) => {
    const client = start(t, fresh());
    await client.call(1, 'echo', { message: 'x' });
    client.child.stdin?.end();
    assert.equal(await client.ended, 0);
  });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    test(`by ${signal}, which the server gets`, async (t) => {
      const client = start(t, fresh());
      await client.call(1, 'echo', { message: 'x' });
      client.child.kill(signal);
      assert.equal(await client.ended, signal);
    });
  }
  test('with 127 when there is no such program, which it says', async (t) => {
    const client = start(t, fresh(), ['/nowhere/server']);
    assert.equal(await client.ended, 127);
    assert.match(client.stderr, /\/nowhere\/server could not be started: ENOENT/);
  });
  test('and says how it is called when it is called wrongly', async (t) => {
    const client = start(t, fresh(), [], []);
    assert.equal(await client.ended, 2);
    assert.match(client.stderr, /mcp.*--/);
  });
});

describe('the server goes with the proxy', () => {
  test('however that is killed, with what the server has started', async (t) => {
    const client = start(t, fresh());
    const pid = Number((await client.call(1, 'linger')).result?.content?.[0]?.text);
    assert.equal(isAlive(pid), true);
    client.child.kill('SIGKILL');
    await until(() => !isAlive(pid));
  });
  test('when it sends more than can be looked into', async (t) => {
    const client = start(t, fresh(), [process.execPath, '-e', "process.stdout.write('x'.repeat(40_000_000)); setInterval(() => undefined, 1000)"]);
    assert.equal(await client.ended, 'SIGKILL');
  });
});
