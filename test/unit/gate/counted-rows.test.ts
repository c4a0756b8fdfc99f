import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { Action } from '../../../src/core/action.ts';
import type { CountCommand } from '../../../src/core/policy/counts.ts';
import type { Verdict } from '../../../src/core/verdict.ts';
import { rowCounter, type RowCounterOptions } from '../../../src/gate/counted-rows.ts';
import { finding, verdictOf } from './gate-fixture.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'il-count-')));
const [bin, shop] = [join(root, 'bin'), join(root, 'shop')];
mkdirSync(bin);
mkdirSync(shop);
after(() => rmSync(root, { recursive: true, force: true }));

/** Writes a stand-in for a client, in a folder of its own; its path. */
function program(lines: string, name = 'psql', folder = mkdtempSync(join(bin, 'p-'))): string {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${lines}\n`);
  chmodSync(file, 0o755);
  return file;
}

const losing = (name: string, env?: Record<string, string>): Verdict => verdictOf('ask', { findings: [finding('ask', { verb: 'drop', resource: { kind: 'table', name }, target: { by: 'database', tool: 'psql', folder: shop }, environment: 'staging', ...(env && { env }) })] });
const inShop: Action = { tool: 'shell', shell: 'bash', command: 'x', agent: 'a', session: 's', cwd: shop, workspaceRoots: [shop], env: {} };
const open = new AbortController().signal;

interface Run extends Partial<Omit<RowCounterOptions, 'policy'>> {
  readonly name?: string;
  readonly action?: Action;
  readonly signal?: AbortSignal;
  readonly variables?: Record<string, string>;
}

/** The rows, or why there are none. */
async function count(command: CountCommand['command'], { name = 'orders', action = inShop, signal = open, variables, ...options }: Run = {}): Promise<number | string | undefined> {
  // Long enough for a machine with much to do; what hangs is given less.
  const answer = await rowCounter({ policy: () => ({ counts: [{ command }] }), limitMs: 60_000, ...options })(action, losing(name, variables), signal);
  return answer && ('rows' in answer ? answer.rows : answer.problem);
}

describe('rows are counted', () => {
  test('by what the command prints first', async () => assert.equal(await count([program('echo " 1204331"; echo more')]), 1_204_331));
  test('with the name in its words, and no shell', async () => {
    const seen = join(root, 'words');
    assert.equal(await count([program(`printf '%s|' "$@" > ${seen}; echo 7`), '-c', 'select count(*) from {name}; $(touch x)', '*']), 7);
    assert.equal(readFileSync(seen, 'utf8'), '-c|select count(*) from orders; $(touch x)|*|');
  });
  test('by a program that is found on the editor’s path', async () => {
    const folder = mkdtempSync(join(bin, 'p-'));
    program('echo 3', 'psql', folder);
    assert.equal(await count(['psql'], { env: { PATH: `.:relative:${folder}:/usr/bin:/bin` } }), 3);
  });
  test('by a client in the folder of the action, by any other program in its own', async () => {
    const seen = join(root, 'folder');
    await count([program(`pwd > ${seen}; echo 1`)]);
    assert.equal(readFileSync(seen, 'utf8').trim(), shop);
    const other = program(`pwd > ${seen}; echo 1`, 'make');
    await count([other]);
    assert.equal(readFileSync(seen, 'utf8').trim(), join(other, '..'));
  });
  test('with the variables the action connects by, and none that load something', async () => {
    const seen = join(root, 'env');
    const env = { PATH: '/usr/bin:/bin', PGPASSWORD: 'editors', PGHOST: 'editors', PGOPTIONS: 'editors', KEPT: 'editors' };
    const ofAction = { PGHOST: 'db.a', PGPORT: '5433', PATH: '/evil', LD_PRELOAD: '/evil.so', PGSERVICEFILE: '/evil', PSQL_PAGER: 'evil', NODE_OPTIONS: '--require /evil' };
    await count([program(`env > ${seen}; echo 1`)], { env, action: { ...inShop, env: ofAction } });
    const lines = readFileSync(seen, 'utf8').split('\n').filter((line) => /^(?:PG|PATH|LD_|KEPT|NODE|PSQL)/.test(line)).toSorted();
    assert.deepEqual(lines, ['KEPT=editors', 'PATH=/usr/bin:/bin', 'PGHOST=db.a', 'PGPORT=5433']);
    await count([program(`env > ${seen}; echo 1`)], { env, variables: { PGHOST: 'db.b' } });
    assert.match(readFileSync(seen, 'utf8'), /^PGHOST=db\.b$/m);
  });
});

describe('rows are not counted, and the question says so without a word of the output', () => {
  const cases: readonly (readonly [name: string, lines: string, told: string])[] = [
    ['where the command prints words', 'echo s3cret; echo 5', 'the answer is not a number'],
    ['where it prints nothing', 'true', 'the answer is not a number'],
    ['where it prints a negative number', 'echo -1', 'the answer is not a number'],
    ['where it prints a number with more behind', 'echo "5 rows s3cret"', 'the answer is not a number'],
    ['where it prints a number nobody has', 'echo 99999999999999999999', 'the answer is not a number'],
    ['where it prints without end', 'while :; do echo 1111111111111111; done', 'it printed too much'],
    ['where it fails', 'echo 5; echo s3cret >&2; exit 2', 'the command failed'],
    ['where it is killed', 'echo 5; kill -9 $$', 'the command failed'],
  ];
  for (const [name, lines, told] of cases) test(name, async () => assert.equal(await count([program(lines)]), told));

  test('where it hangs; what it has started ends with it', async () => {
    const started = join(root, 'started');
    const counting = count([program(`sleep 300 & echo $! > ${started}.new; mv ${started}.new ${started}; wait`)], { signal: whenThere(started) });
    assert.equal(await counting, 'it did not end in time');
    await gone(Number(readFileSync(started, 'utf8')));
  });
  test('where it takes longer than a question waits', async () => assert.equal(await count([program('sleep 300')], { limitMs: 50 }), 'it did not end in time'));
  test('where the question has ended', async () => assert.match(String(await count([program('echo 1')], { signal: AbortSignal.abort() })), /time/));
  test('where what it leaves behind holds its output open', async () => assert.equal(await count([program('sleep 300 & echo 4')]), 4));
  for (const name of ['or ders', '"orders"', "x'; drop table y", '-c']) {
    test(`where the name is ${name}`, async () => {
      const ran = join(root, 'ran');
      assert.equal(await count([program(`touch ${ran}; echo 1`), '{name}'], { name }), 'its name is not a plain one');
      assert.equal(existsSync(ran), false);
    });
  }
  test('where the program is not there', async () => assert.equal(await count([join(root, 'none')]), 'the program was not found'));
  test('where the program is nowhere on the path', async () => assert.equal(await count(['psql'], { env: { PATH: `.:${join(root, 'none')}` } }), 'the program was not found'));
  test('where the program lies in the folder an agent works in, by whatever way it is found', async () => {
    const ran = join(root, 'ran-in-shop');
    const planted = program(`touch ${ran}; echo 1`, 'psql', shop);
    const told = 'its program lies in a folder that agents work in';
    assert.deepEqual([await count([planted]), await count(['psql'], { env: { PATH: shop } }), await count([planted], { action: { ...inShop, cwd: '/' , workspaceRoots: [] } })], [told, told, told]);
    assert.equal(await count(['./psql']), 'the program was not found');
    assert.equal(existsSync(ran), false);
  });
  test('where many are being counted already', async () => {
    const stop = new AbortController();
    const counter = rowCounter({ policy: () => ({ counts: [{ command: [program('sleep 300')] }] }), limitMs: 60_000 });
    const asked = [1, 2, 3].map(() => counter(inShop, losing('orders'), stop.signal));
    assert.deepEqual(await counter(inShop, losing('orders'), open), { name: 'orders', problem: 'others are being counted' });
    stop.abort();
    await Promise.all(asked);
  });
  test('where nobody has said how', async () => assert.equal(await rowCounter({ policy: () => ({ counts: [] }) })(inShop, losing('orders'), open), undefined));
});

/** Aborts once the file is there. */
function whenThere(file: string): AbortSignal {
  const stop = new AbortController();
  const timer = setInterval(() => {
    if (!existsSync(file)) return;
    clearInterval(timer);
    stop.abort();
  }, 10);
  return stop.signal;
}

/** Resolves once no such process runs; a zombie nobody has waited for does not. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
      if (existsSync(`/proc/${pid}/stat`) && / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) return;
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
