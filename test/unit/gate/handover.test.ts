import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { after, before, describe, test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import * as fc from 'fast-check';
import { send } from '../../../src/gate/http-json.ts';
import { ID_HEADER } from '../../../src/gate/bounds.ts';
import { GateStatus, PASSED_ON_HEADER } from '../../../src/gate/protocol.ts';
import { Sessions } from '../../../src/gate/sessions.ts';
import type { State } from '../../../src/gate/state.ts';
import { commandRequest } from './gate-fixture.ts';
import { ask, fresh, open, raw, said, until } from './open-windows.ts';

const sessionsOf = (state: State): Sessions => new Sessions({ folder: state.sessions, now: Date.now });

describe('what a person has said holds in the next window', () => {
  test('“Stop all agents”', async (t) => {
    const state = fresh();
    const one = await open(t, state, { folders: ['/one'], given: { sessions: sessionsOf(state) } });
    await open(t, state, { folders: ['/two'], given: { sessions: sessionsOf(state) } });
    await sessionsOf(state).stop();
    await one.gate.close();
    assert.equal(said(await ask(state, commandRequest('allow', '/two'))), 'deny');
    await sessionsOf(state).resume();
    assert.equal(said(await ask(state, commandRequest('allow', '/two'))), 'allow');
  });
  test('a refusal is not asked about again', async (t) => {
    const state = fresh();
    const one = await open(t, state, { folders: ['/one'], answer: 'deny', given: { sessions: sessionsOf(state) } });
    const two = await open(t, state, { folders: ['/two'], answer: 'allow', given: { sessions: sessionsOf(state) } });
    assert.equal(said(await ask(state, commandRequest('ask', '/one'))), 'deny');
    await one.gate.close();
    assert.equal(said(await ask(state, commandRequest('ask', '/one'))), 'deny');
    assert.deepEqual([one.asker.questions.length, two.asker.questions.length, two.used.recorder.outcomes()], [1, 0, ['deny refused before']]);
  });
  test('a locked session stays locked', async (t) => {
    const state = fresh();
    const one = await open(t, state, { folders: ['/one'], answer: 'deny', given: { sessions: sessionsOf(state) } });
    const two = await open(t, state, { folders: ['/two'], answer: 'allow', given: { sessions: sessionsOf(state) } });
    for (const command of ['ask 1', 'ask 2', 'ask 3']) await ask(state, commandRequest(command, '/one'));
    await one.gate.close();
    assert.equal(said(await ask(state, commandRequest('allow', '/two'))), 'deny');
    assert.deepEqual(two.used.recorder.outcomes(), ['deny locked']);
  });
  for (const closing of ['one', 'two'] as const) {
    test(`a question that is open in a window that closes is asked in the next: ${closing === 'one' ? 'the window that leads' : 'another'}`, async (t) => {
      const state = fresh();
      const windows = { one: await open(t, state, { folders: ['/one'] }), two: await open(t, state, { folders: ['/two'] }) };
      const next = windows[closing === 'one' ? 'two' : 'one'];
      const result = ask(state, commandRequest('ask', `/${closing}`));
      await windows[closing].asker.asked(1);
      next.asker.answer = 'allow';
      await windows[closing].gate.close();
      assert.equal(said(await result), 'allow');
      assert.deepEqual([windows[closing].used.recorder.outcomes(), next.used.recorder.outcomes()], [['deny editor closed'], ['allow person']]);
    });
  }
  test('nobody is asked twice about a request that comes again', async (t) => {
    const state = fresh();
    const { asker, gate } = await open(t, state);
    const id = randomUUID();
    const passOn = (signal: AbortSignal) => send(gate.socket, 'POST', '/v1/hook', JSON.stringify(commandRequest('ask')), signal, { [ID_HEADER]: id, [PASSED_ON_HEADER]: 'yes' });
    const leaderDies = new AbortController();
    const first = passOn(leaderDies.signal);
    await asker.asked(1);
    leaderDies.abort();
    await assert.rejects(first);
    const second = passOn(new AbortController().signal);
    asker.settle(asker.questions[0]!.id, 'allow');
    const third = passOn(new AbortController().signal);
    const answers = (await Promise.all([second, third])).map(({ text }) => (JSON.parse(text) as { exitCode: number }).exitCode);
    assert.deepEqual([answers, asker.questions.length], [[0, 0], 1]);
  });
  test('another request under the same id is another request', async (t) => {
    const state = fresh();
    await open(t, state, { answer: 'allow' });
    const id = randomUUID();
    const codes = await Promise.all(['allow', 'deny'].map(async (command) => (JSON.parse((await raw(state.socket, 'POST', '/v1/hook', JSON.stringify(commandRequest(command)), { [ID_HEADER]: id })).text) as { exitCode: number }).exitCode));
    assert.deepEqual(codes, [0, 2]);
  });
  test('a yes that did not arrive counts for nothing once everything is stopped', async (t) => {
    const state = fresh();
    const sessions = sessionsOf(state);
    const { asker } = await open(t, state, { answer: 'allow', given: { sessions } });
    const headers = { [ID_HEADER]: randomUUID() };
    const again = async (): Promise<number> => (JSON.parse((await raw(state.socket, 'POST', '/v1/hook', JSON.stringify(commandRequest('ask')), headers)).text) as { exitCode: number }).exitCode;
    assert.deepEqual([await again(), await again(), asker.questions.length], [0, 0, 1]);
    await sessions.stop();
    assert.deepEqual([await again(), asker.questions.length], [2, 1]);
  });
  test('an agent that goes away takes its question along, in another window too', async (t) => {
    const state = fresh();
    await open(t, state, { folders: ['/one'] });
    const two = await open(t, state, { folders: ['/two'] });
    const gone = new AbortController();
    const result = ask(state, commandRequest('ask', '/two'), { signal: gone.signal });
    await two.asker.asked(1);
    gone.abort();
    await result;
    await until(() => two.asker.aborted.length > 0);
    two.asker.answer = 'allow';
    // And the window is still the one for its folder.
    assert.equal(said(await ask(state, commandRequest('ask', '/two'))), 'allow');
    assert.equal(two.asker.questions.length, 2);
  });
});

describe('windows that are killed', () => {
  const built = mkdtempSync(join(tmpdir(), 'il-window-'));
  const program = join(built, 'window-process.js');
  before(() => build({ entryPoints: [join(dirname(fileURLToPath(import.meta.url)), 'window-process.ts')], outfile: program, bundle: true, platform: 'node', mainFields: ['module', 'main'] }));
  after(() => rmSync(built, { recursive: true, force: true }));
  const folders = ['/w/a', '/w/b', '/w/c'];

  interface Killable {
    readonly folder: string;
    child: ChildProcess;
  }

  async function start(t: TestContext, state: State, folder: string, log: string): Promise<Killable> {
    const child = spawn(process.execPath, [program, state.root, folder, log, '300'], { stdio: ['ignore', 'pipe', 'inherit'] });
    t.after(() => child.kill('SIGKILL'));
    await new Promise<void>((ready, failed) => {
      child.stdout.once('data', () => ready());
      child.once('exit', (code) => failed(new Error(`the window ended with ${code}`)));
    });
    return { folder, child };
  }

  /** The process of the window that leads; there may be none for a moment. */
  async function leaderOf(state: State): Promise<number> {
    for (;;) {
      try {
        const { text } = await send(state.socket, 'GET', '/v1/status', '', AbortSignal.timeout(5_000));
        return GateStatus.parse(JSON.parse(text)).pid;
      } catch {
        await pause(10);
      }
    }
  }

  test('the one that leads: the question in another window stays open, and all are answered', async (t) => {
    const state = fresh();
    const log = join(mkdtempSync(join(tmpdir(), 'il-log-')), 'asked');
    t.after(() => rmSync(dirname(log), { recursive: true, force: true }));
    const leader = await start(t, state, '/w/a', log);
    await start(t, state, '/w/b', log);
    const results = ['ask 1', 'ask 2', 'allow', 'deny'].map((command, at) => ask(state, commandRequest(command, '/w/b', `s${at}`)));
    await until(() => existsSync(log) && readFileSync(log, 'utf8').split('\n').length > 2);
    leader.child.kill('SIGKILL');
    assert.deepEqual((await Promise.all(results)).map(said), ['allow', 'allow', 'allow', 'deny']);
    assert.deepEqual(readFileSync(log, 'utf8').trim().split('\n').map((line) => line.replace(/^\d+ /, '')).sort(), ['ask 1', 'ask 2']);
  });

  test('one that leads and hangs is replaced by one that only follows', async (t) => {
    const state = fresh();
    const log = join(mkdtempSync(join(tmpdir(), 'il-log-')), 'asked');
    t.after(() => rmSync(dirname(log), { recursive: true, force: true }));
    const leader = await start(t, state, '/w/a', log);
    const { gate } = await open(t, state, { folders: ['/w/b'], answer: 'allow', checkEvery: 50 });
    assert.equal(gate.leads(), false);
    leader.child.kill('SIGSTOP');
    await until(() => gate.leads());
    assert.equal(said(await ask(state, commandRequest('ask', '/w/b'))), 'allow');
    // Once it goes on it follows, and its folder is its own again.
    leader.child.kill('SIGCONT');
    await until(() => gate.status().windows.some(({ folders }) => folders.includes('/w/a')));
    assert.equal(said(await ask(state, commandRequest('ask', '/w/a'))), 'allow');
    assert.match(readFileSync(log, 'utf8'), /^\d+ ask\n$/);
  });

  test('any of three, at any time: every request has its answer, and nobody is asked twice in a window that lives', async (t) => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ victim: fc.constantFrom('leader', 'follower'), after: fc.integer({ min: 0, max: 350 }) }), { minLength: 2, maxLength: 3 }), async (kills) => {
        round += 1;
        const state = fresh();
        const log = join(mkdtempSync(join(tmpdir(), 'il-log-')), 'asked');
        t.after(() => rmSync(dirname(log), { recursive: true, force: true }));
        const windows = await Promise.all(folders.map((folder) => start(t, state, folder, log)));
        const killed = new Set<number>();
        const commands: string[] = [];
        const results: Promise<string>[] = [];
        for (const [index, { victim, after }] of kills.entries()) {
          for (const [at, folder] of folders.entries()) {
            for (const command of ['allow', 'deny', 'ask', 'ask']) {
              const named = `${command} ${round}-${index}-${at}-${commands.length}`;
              commands.push(named);
              results.push(ask(state, commandRequest(named, folder, named)).then(said));
            }
          }
          await pause(after);
          const leader = await leaderOf(state);
          const chosen = windows.find(({ child }) => (child.pid === leader) === (victim === 'leader')) ?? assert.fail();
          killed.add(chosen.child.pid ?? 0);
          chosen.child.kill('SIGKILL');
          Object.assign(chosen, await start(t, state, chosen.folder, log));
        }
        assert.deepEqual(await Promise.all(results), commands.map((command) => (command.startsWith('deny') ? 'deny' : 'allow')));
        const asked = readFileSync(log, 'utf8').trim().split('\n').filter((line) => !killed.has(Number.parseInt(line, 10)));
        assert.deepEqual(asked.length, new Set(asked).size);
        for (const { child } of windows) child.kill('SIGKILL');
      }),
      // Each run starts half a dozen processes: looking for a smaller failure would take minutes.
      { numRuns: 2, endOnFailure: true },
    );
  });
});

