import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, afterEach, before, beforeEach, suite, test } from 'node:test';
import { build } from 'esbuild';
import type { FromWorker } from '../../../src/gate/world/index-messages.ts';
import { IndexThread } from '../../../src/gate/world/index-thread.ts';
import { IndexWork } from '../../../src/gate/world/index-work.ts';
import { KnownSecrets } from '../../../src/gate/world/known-secrets.ts';
import { Fingerprinter } from '../../../src/gate/world/secret-forms.ts';
import { loadSalt } from '../../../src/gate/world/secret-store.ts';
import { drawn, uuid } from '../core/secret-samples.ts';

/** A thread has no loader for TypeScript: it runs what is built. */
const built = mkdtempSync(join(tmpdir(), 'interlock-built-'));
const program = join(built, 'index-worker.js');
before(() => build({ entryPoints: [join(import.meta.dirname, '../../../src/gate/world/index-worker.ts')], outfile: program, bundle: true, platform: 'node', target: 'node20', logLevel: 'warning' }));
after(() => rmSync(built, { recursive: true, force: true }));

/** What has not come by then will not come. */
const patience = { timeout: 30_000 };
const token = uuid();
let base = '';
let root = '';
let store = '';
let thread: IndexThread | undefined;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'interlock-thread-'));
  root = join(base, 'workspace');
  store = join(base, 'store');
  mkdirSync(root);
});
afterEach(async () => {
  await thread?.close();
  thread = undefined;
  rmSync(base, { recursive: true, force: true });
});

function put(path: string, content: string): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

/** Collects what a thread says, and waits for it to say something. */
class Heard {
  readonly messages: FromWorker[] = [];
  readonly deaths: { readonly why: string; readonly lost: boolean }[] = [];
  readonly #waiting = new Set<() => void>();

  readonly take = (message: FromWorker): void => {
    this.messages.push(message);
    for (const look of this.#waiting) look();
  };
  readonly died = (why: string, lost: boolean): void => {
    this.deaths.push({ why, lost });
    for (const look of this.#waiting) look();
  };

  async until(condition: () => boolean): Promise<void> {
    if (condition()) return;
    // The thread alone does not keep the process running.
    const alive = setInterval(() => undefined, 1_000);
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (!condition()) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
    });
    clearInterval(alive);
  }

  count(type: FromWorker['type']): number {
    return this.messages.filter((message) => message.type === type).length;
  }

  /** What a window knows after all of it. */
  known(): KnownSecrets {
    const known = new KnownSecrets(root, new Fingerprinter(loadSalt(store)), new Set());
    for (const message of this.messages) {
      if (message.type === 'known') known.clear();
      if (message.type === 'known' || message.type === 'changes') known.apply(message.changes);
    }
    return known;
  }
}

suite('the thread that looks for secrets', patience, () => {
  test('finds, follows changes and forgets, and the window knows the values again', async () => {
    const file = put('notes/volume.md', `railway token: ${token}\n`);
    const heard = new Heard();
    thread = new IndexThread({ program, take: heard.take, died: heard.died });
    thread.follow(root, store);
    await heard.until(() => heard.count('scanned') === 1);
    assert.deepEqual(heard.known().match(`T=${token}`).map(({ name, file: at }) => [name, at]), [['token', file]]);

    const next = put('.env', `APP_SECRET=${drawn(40)}\n`);
    rmSync(file);
    const before = heard.count('changes');
    thread.changed(root, [next, file]);
    await heard.until(() => heard.count('changes') > before);
    assert.deepEqual([heard.known().match(token).length, heard.known().match(drawn(40)).length], [0, 1]);
  });

  test('what it says and writes holds no value', async () => {
    put('.env', `APP_SECRET=${drawn(40)}\nRAILWAY_TOKEN=${token}\n`);
    const heard = new Heard();
    thread = new IndexThread({ program, take: heard.take, died: heard.died });
    thread.follow(root, store);
    await heard.until(() => heard.count('scanned') === 1);
    const said = JSON.stringify(heard.messages) + readdirSync(store).map((name) => readFileSync(join(store, name), 'latin1')).join('\n');
    assert.match(said, /APP_SECRET/);
    for (const value of [token, drawn(40)]) for (const part of [value, value.slice(0, 12), value.slice(-12)]) assert.ok(!said.includes(part));
  });

  /** The real program, which also ends when a path called `die` changes. */
  function mortal(): string {
    const file = join(base, 'mortal.cjs');
    writeFileSync(file, `require(${JSON.stringify(program)});\nconst { parentPort } = require('node:worker_threads');\nparentPort.on('message', ({ paths }) => { if (paths?.includes('die')) throw new Error('it broke'); });\n`);
    return file;
  }

  test('is started again when it dies, and follows what it followed', async () => {
    put('notes/volume.md', `railway token: ${token}\n`);
    const heard = new Heard();
    thread = new IndexThread({ program: mortal(), take: heard.take, died: heard.died });
    thread.follow(root, store);
    await heard.until(() => heard.count('scanned') === 1);
    thread.changed(root, ['die']);
    await heard.until(() => heard.count('scanned') === 2);
    assert.deepEqual(heard.deaths, [{ why: 'it broke', lost: false }]);
    assert.equal(heard.known().match(token).length, 1);
  });

  test('stays dead the second time, says so, and takes nothing back of what is known', async () => {
    put('notes/volume.md', `railway token: ${token}\n`);
    const heard = new Heard();
    thread = new IndexThread({ program: mortal(), take: heard.take, died: heard.died });
    thread.follow(root, store);
    await heard.until(() => heard.count('scanned') === 1);
    thread.changed(root, ['die']);
    await heard.until(() => heard.count('scanned') === 2);
    thread.changed(root, ['die']);
    await heard.until(() => heard.deaths.length === 2);
    assert.deepEqual(heard.deaths.map(({ lost }) => lost), [false, true]);
    assert.equal(thread.isAlive(), false);
    assert.equal(heard.known().match(token).length, 1);
  });

  test('a program that cannot be started is told, not thrown', async () => {
    const heard = new Heard();
    thread = new IndexThread({ program: join(base, 'missing.js'), take: heard.take, died: heard.died });
    thread.follow(root, store);
    await heard.until(() => heard.deaths.length === 2);
    assert.deepEqual(heard.deaths.map(({ lost }) => lost), [false, true]);
  });
});

suite('what the thread does with messages', patience, () => {
  /** The messages up to the end of every scan. */
  async function worked(...steps: readonly ((work: IndexWork) => void)[]): Promise<readonly FromWorker[]> {
    const heard = new Heard();
    const work = new IndexWork(heard.take, 'one');
    for (const step of steps) step(work);
    await heard.until(() => heard.count('scanned') + heard.count('failed') > 0);
    return heard.messages;
  }

  test('a scan can be stopped; what changes is followed all the same', async () => {
    for (let i = 0; i < 500; i++) put(`f/${i}.txt`, 'x');
    const heard = new Heard();
    const work = new IndexWork(heard.take, 'one');
    work.take({ type: 'follow', root, store });
    // The scan begins in the turn after; it gives way after its first step.
    setImmediate(() => work.take({ type: 'stop' }));
    await heard.until(() => heard.count('scanned') === 1);
    const scanned = heard.messages.find((message) => message.type === 'scanned');
    assert.ok(scanned?.stopped);
    assert.ok(scanned.progress.seen < 500);
    work.take({ type: 'changed', root, paths: [put('a.md', `railway token: ${token}\n`)] });
    assert.equal(heard.known().match(token).length, 1);
  });

  test('a folder that is gone or was never followed is nothing to talk about', async () => {
    const messages = await worked((work) => work.take({ type: 'changed', root: join(base, 'other'), paths: ['x'] }), (work) => work.take({ type: 'follow', root: join(base, 'gone'), store }));
    assert.deepEqual(messages.map(({ type }) => type), ['known', 'scanned']);
  });

  test('a damaged salt is told', async () => {
    loadSalt(store);
    writeFileSync(join(store, 'salt'), 'short');
    const [message] = await worked((work) => work.take({ type: 'follow', root, store }));
    assert.ok(message?.type === 'failed' && message.why.includes('salt'));
  });
});
