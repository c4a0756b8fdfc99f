import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { LockTimeout, withLock } from '../../../src/journal/lock-file.ts';

const root = mkdtempSync(join(tmpdir(), 'interlock-lock-'));
after(() => rmSync(root, { recursive: true, force: true }));

test('one at a time', async () => {
  const file = join(root, 'busy');
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((done) => setImmediate(done));
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 20 }, () => withLock(file, work)));
  assert.equal(most, 1);
  assert.equal(existsSync(file), false);
});

test('what the work throws is thrown, and the lock is free again', async () => {
  const file = join(root, 'throws');
  await assert.rejects(withLock(file, () => Promise.reject(new Error('no'))), /no/);
  assert.equal(await withLock(file, () => Promise.resolve(1)), 1);
});

test('the lock of a dead process is taken over by one of those that wait', async () => {
  const file = join(root, 'dead');
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(file, `${pid} 0123`);
  const order: number[] = [];
  await Promise.all([1, 2, 3].map((name) => withLock(file, () => Promise.resolve(order.push(name)))));
  assert.equal(order.length, 3);
  assert.deepEqual(readdirSync(root).filter((name) => name.startsWith('dead')), []);
});

test('the lock of a living process is waited for, then given up', async () => {
  const file = join(root, 'alive');
  writeFileSync(file, `${process.pid} 0123`);
  await assert.rejects(withLock(file, () => Promise.resolve(1), { within: 50 }), LockTimeout);
  assert.ok(existsSync(file));
});

test('a lock that nobody lets go of is taken over, and so is one whose holder never wrote its number', async () => {
  for (const content of [`${process.pid} 0123`, '']) {
    const file = join(root, 'abandoned');
    writeFileSync(file, content);
    assert.equal(await withLock(file, () => Promise.resolve(1), { abandonedAfter: 50 }), 1);
    assert.equal(existsSync(file), false);
  }
});
