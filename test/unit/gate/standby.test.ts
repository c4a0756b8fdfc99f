import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { after, describe, test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { HookAnswer } from '../../../src/agents/adapter.ts';
import { startGate } from '../../../src/gate/server.ts';
import { standBy, type StandbyOptions } from '../../../src/gate/standby.ts';
import { startingFile } from '../../../src/gate/standby-start.ts';
import { standbySocket } from '../../../src/gate/state.ts';
import { services } from './gate-fixture.ts';
import { standbysOf } from './standby-processes.ts';
import { buildHook, command, run, type Call, type Place } from './launcher-fixture.ts';

const { fresh, remove } = buildHook();
after(remove);

/** An answer that no hook gives by itself. */
const OURS: HookAnswer = { stdout: '{"by":"standby"}', stderr: '', exitCode: 0 };
const SOON_MS = 20;
const PATIENCE = 500;

interface Standing {
  readonly ended: Promise<void>;
  asked: number;
}

/** One in this process, once it listens; it ends with the test. */
async function standing(t: TestContext, place: Place, options: Partial<StandbyOptions> = {}, answer: () => Promise<HookAnswer> = async () => OURS): Promise<Standing> {
  const standing = { asked: 0 };
  const loadEngine = async (): Promise<{ answerAlone: () => Promise<HookAnswer> }> => ({ answerAlone: () => ((standing.asked += 1), answer()) });
  const ended = standBy({ state: place.state, loadEngine, checkEvery: SOON_MS, env: { HOME: place.home }, ...options });
  t.after(async () => {
    rmSync(standbySocket(place.state), { force: true });
    await ended;
  });
  await until(() => existsSync(standbySocket(place.state)));
  return Object.assign(standing, { ended });
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    assert.ok(tries < PATIENCE, 'it never came to that');
    await pause(SOON_MS);
  }
}

const isFromStandby = ({ stdout }: { readonly stdout: string }): boolean => stdout === OURS.stdout;
const withoutPerl = ({ state }: Place): void => rmSync(join(dirname(state.program), 'messenger.pl'));
const ask = (place: Place, call?: Call): ReturnType<typeof run> => run(place, command(place, 'git status'), call);

for (const how of ['messenger', 'Node'] as const) {
  describe(`while one stands by, a hook by ${how}`, () => {
    const placed = async (): Promise<Place> => {
      const place = await fresh();
      if (how === 'Node') withoutPerl(place);
      return place;
    };

    test('gives its answer', async (t) => {
      const place = await placed();
      await standing(t, place);
      assert.ok(isFromStandby(await ask(place)));
    });

    test('is answered by a window where there is one', async (t) => {
      const place = await placed();
      const standby = await standing(t, place);
      const gate = await startGate({ state: place.state, folders: () => [place.workspace], focused: () => true, services: services() });
      t.after(() => gate.close());
      const { code, stdout } = await run(place, command(place, 'deny this'));
      assert.deepEqual([code, standby.asked], [2, 0]);
      assert.match(stdout, /"deny"/);
    });

    for (const [name, env] of [['home', { HOME: '/elsewhere' }], ['configuration', { XDG_CONFIG_HOME: '/elsewhere' }], ['shell', { SHELL: '/bin/elsewhere' }]] as const) {
      test(`with another ${name} judges by itself`, async (t) => {
        const place = await placed();
        const standby = await standing(t, place);
        assert.ok(!isFromStandby(await ask(place, { env })));
        assert.equal(standby.asked, 0);
      });
    }

    test('judges by itself where it fails', async (t) => {
      const place = await placed();
      const standby = await standing(t, place, {}, () => Promise.reject(new Error('gone')));
      const { code, stdout } = await ask(place);
      assert.deepEqual([code, standby.asked], [0, 1]);
      assert.notEqual(stdout, OURS.stdout);
    });

    test('judges by itself where it hangs, and the next hook does not find it', async (t) => {
      const place = await placed();
      const standby = await standing(t, place, {}, () => new Promise(() => undefined));
      const { launcher } = place.state;
      const hurried = readFileSync(launcher, 'utf8').replace('claude-code) seconds=585', 'claude-code) seconds=4');
      writeFileSync(launcher, hurried);
      const { code, stdout } = await run(place, command(place, 'git status'));
      assert.deepEqual([code, standby.asked, existsSync(standbySocket(place.state))], [0, 1, false]);
      assert.notEqual(stdout, OURS.stdout);
      assert.ok(hurried.includes('seconds=4'));
    });

    test('believes nobody who does not know the key', async (t) => {
      const place = await placed();
      const stranger = createServer((_, response) => response.end(JSON.stringify({ ...OURS, stdout: '' })));
      mkdirSync(place.state.run, { recursive: true });
      await new Promise<void>((resolve) => stranger.listen(standbySocket(place.state), resolve));
      t.after(() => stranger.close());
      const { code, stderr } = await run(place, command(place, 'git push --force'));
      assert.equal(code, 2, stderr);
    });

    test('judges by itself once the program was replaced, and that one ends', async (t) => {
      const place = await placed();
      const standby = await standing(t, place, { checkEvery: 200 });
      const engine = join(dirname(place.state.program), 'engine.js');
      const text = readFileSync(engine);
      rmSync(engine);
      writeFileSync(engine, text);
      assert.ok(!isFromStandby(await ask(place)));
      await standby.ended;
      assert.equal(standby.asked, 0);
    });
  });
}

describe('it ends', () => {
  test('where another stands by', async (t) => {
    const place = await fresh();
    await standing(t, place);
    await standBy({ state: place.state, loadEngine: async () => ({ answerAlone: async () => ({ ...OURS, stdout: 'second' }) }), env: { HOME: place.home } });
    assert.ok(isFromStandby(await ask(place)));
  });

  test('after a time without a question, and not while one is open', async (t) => {
    const place = await fresh();
    let answer = (): void => undefined;
    const slow = new Promise<HookAnswer>((resolve) => (answer = () => resolve(OURS)));
    let now = 0;
    const standby = await standing(t, place, { idleMs: 1_000, now: () => now }, () => slow);
    const asked = ask(place);
    await until(() => standby.asked === 1);
    now = 1_000;
    await pause(5 * SOON_MS);
    answer();
    assert.ok(isFromStandby(await asked));
    now = 2_000;
    await standby.ended;
    assert.ok(!existsSync(standbySocket(place.state)));
  });

  for (const [what, path] of [['its socket', ({ state }: Place) => standbySocket(state)], ['its program', ({ state }: Place) => dirname(state.program)]] as const) {
    test(`when ${what} is removed`, async (t) => {
      const place = await fresh();
      const standby = await standing(t, place);
      rmSync(path(place), { recursive: true });
      await standby.ended;
    });
  }
});

describe('a hook that finds neither an editor nor one', () => {
  const itListens = (place: Place): Promise<void> => until(() => existsSync(standbySocket(place.state)) && !existsSync(startingFile(place.state)));

  test('starts it for the next, which gets the same answer', async (t) => {
    const place = await fresh();
    t.after(() => standbysOf(place.state).forEach((pid) => process.kill(pid)));
    const first = await run(place, command(place, 'git push --force'));
    await itListens(place);
    assert.equal(standbysOf(place.state).length, 1);
    assert.ok(!existsSync(startingFile(place.state)));
    assert.deepEqual(await run(place, command(place, 'git push --force')), first);
    assert.equal(first.code, 2);
  });

  test('is one of many, and one alone starts it', async (t) => {
    const place = await fresh();
    t.after(() => standbysOf(place.state).forEach((pid) => process.kill(pid)));
    const many = await Promise.all(Array.from({ length: 8 }, () => ask(place)));
    assert.ok(many.every(({ code }) => code === 0));
    await itListens(place);
    assert.equal(standbysOf(place.state).length, 1);
  });

  test('takes the place of one that was killed', async (t) => {
    const place = await fresh();
    t.after(() => standbysOf(place.state).forEach((pid) => process.kill(pid)));
    await ask(place);
    await itListens(place);
    const [killed] = standbysOf(place.state);
    assert.ok(killed !== undefined);
    process.kill(killed, 'SIGKILL');
    await until(() => standbysOf(place.state).length === 0);
    assert.equal((await ask(place)).code, 0);
    await until(() => standbysOf(place.state).length === 1);
    assert.notEqual(standbysOf(place.state)[0], killed);
  });

  test('does not try again at once where it could not start', async () => {
    const place = await fresh();
    writeFileSync(startingFile(place.state), '');
    await ask(place);
    assert.ok(existsSync(startingFile(place.state)));
    utimesSync(startingFile(place.state), 0, 0);
    await ask(place);
    assert.ok(!existsSync(startingFile(place.state)));
    assert.deepEqual(standbysOf(place.state), []);
  });

  test('starts none from an agent’s shell, which may be in a sandbox', async () => {
    const place = await fresh();
    await run(place, JSON.stringify({ argv: ['git', 'status'], cwd: place.workspace }), { args: ['shell'] });
    assert.ok(!existsSync(startingFile(place.state)));
    assert.deepEqual(standbysOf(place.state), []);
  });
});
