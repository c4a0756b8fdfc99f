import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import * as fc from 'fast-check';
import { batchAfter, bytesAfter, type Following, type Place, placeAtEnd } from '../../../src/journal/following.ts';
import { createJournal, type Journal } from '../../../src/journal/journal.ts';

const root = mkdtempSync(join(tmpdir(), 'interlock-following-'));
after(() => rmSync(root, { recursive: true, force: true }));

const DAY = 86_400_000;
const NOON = Date.UTC(2026, 10, 22, 12);
const START: Place = { file: '', offset: 0, seq: 0, hash: '' };
const whole = { records: 1_000, bytes: 1_000_000 };
const roomy = { days: 30, bytes: 1_000_000 };

let folders = 0;
function fresh(): { folder: string; clock: { now: number }; journal: Journal; note: (...whats: readonly string[]) => Promise<void> } {
  folders += 1;
  const folder = join(root, String(folders));
  const clock = { now: NOON };
  const journal = createJournal(folder, { now: () => clock.now, mask: (text) => text });
  return {
    folder, clock, journal,
    async note(...whats) {
      for (const what of whats) await journal.record({ type: 'configuration', what, by: 'person' });
    },
  };
}

/** Records by what they say, other things by what they are. */
const told = (items: readonly Following[]): readonly string[] => items.map((item) => (item.what === 'record' ? item.record.type === 'configuration' ? String(item.record['what']) : item.record.type : `${item.what} ${item.records}`));
const all = async (folder: string, place = START, bounds = roomy, now = NOON): Promise<readonly string[]> => told((await batchAfter(folder, place, whole, bounds, now)).items);

function fileAt(folder: string, at: number): string {
  return join(folder, readdirSync(folder).filter((name) => name.endsWith('.jsonl')).sort().at(at) ?? assert.fail('no file'));
}

describe('following the journal', () => {
  test('every record comes once and in order, whatever a batch holds', async () => {
    const { folder, clock, note } = fresh();
    const whats = Array.from({ length: 30 }, (_, at) => `${at}: ${'é'.repeat(at * 7)}`);
    for (const [at, what] of whats.entries()) {
      clock.now = NOON + Math.floor(at / 10) * DAY;
      await note(what);
    }
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ records: fc.integer({ min: 1, max: 9 }), bytes: fc.integer({ min: 1, max: 3_000 }) }), { minLength: 1 }), async (sizes) => {
        const seen: string[] = [];
        let place = START;
        for (let at = 0, more = true; more; at += 1) {
          const batch = await batchAfter(folder, place, sizes[at % sizes.length]!, roomy, clock.now);
          seen.push(...told(batch.items));
          ({ next: place, more } = batch);
        }
        assert.deepEqual(seen, whats);
        assert.deepEqual(place, await placeAtEnd(folder));
        assert.equal(await bytesAfter(folder, place), 0);
      }),
      { numRuns: 40 },
    );
  });

  test('nothing is there yet: what is written first is read', async () => {
    const { folder, note } = fresh();
    assert.deepEqual(await placeAtEnd(folder), START);
    assert.deepEqual(await all(folder), []);
    await note('one');
    assert.deepEqual(await all(folder), ['one']);
  });

  test('only what comes after the place is read, over midnight too', async () => {
    const { folder, clock, note } = fresh();
    await note('before');
    const place = await placeAtEnd(folder);
    await note('after');
    clock.now += DAY;
    await note('next day');
    assert.deepEqual(await all(folder, place, roomy, clock.now), ['after', 'next day']);
  });

  test('a line that is still being written is left for the next time', async () => {
    const { folder, note } = fresh();
    await note('one', 'two');
    const text = readFileSync(fileAt(folder, 0), 'utf8');
    truncateSync(fileAt(folder, 0), Buffer.byteLength(text) - 1);
    assert.deepEqual(await all(folder), ['one']);
    appendFileSync(fileAt(folder, 0), '\n');
    assert.deepEqual(await all(folder), ['one', 'two']);
  });

  test('a line that a crash cut off is no break', async () => {
    const { folder, note } = fresh();
    await note('one');
    appendFileSync(fileAt(folder, 0), '{"seq":2,"ti');
    const place = await placeAtEnd(folder);
    assert.equal(place.seq, 1);
    await note('two');
    assert.deepEqual(await all(folder, place), ['torn', 'two']);
  });

  test('a changed line is told, also where it is the last of a batch', async () => {
    const { folder, note } = fresh();
    await note('one', 'harm', 'three');
    writeFileSync(fileAt(folder, 0), readFileSync(fileAt(folder, 0), 'utf8').replace('harm', 'calm'));
    assert.deepEqual(await all(folder), ['one', 'broken 1', 'three']);
    const { next } = await batchAfter(folder, START, { records: 1, bytes: 1 }, roomy, NOON);
    assert.deepEqual(await all(folder, next), ['broken 1', 'three']);
  });

  test('a line taken out is told', async () => {
    const { folder, note } = fresh();
    await note('one', 'two', 'three', 'four');
    writeFileSync(fileAt(folder, 0), readFileSync(fileAt(folder, 0), 'utf8').split('\n').filter((line) => !/"what":"t/.test(line)).join('\n'));
    assert.deepEqual(await all(folder), ['one', 'broken 2', 'four']);
  });

  test('a file that became shorter than what was read of it is read anew, and told', async () => {
    const { folder, note } = fresh();
    await note('one', 'two', 'three');
    const place = await placeAtEnd(folder);
    writeFileSync(fileAt(folder, 0), `${readFileSync(fileAt(folder, 0), 'utf8').split('\n')[0]}\n`);
    await note('other');
    assert.deepEqual(await all(folder, place), ['broken 0', 'one', 'other']);
  });

  test('a file that is gone is told', async () => {
    const { folder, clock, note } = fresh();
    await note('one');
    const place = await placeAtEnd(folder);
    await note('two');
    clock.now += DAY;
    await note('three');
    rmSync(fileAt(folder, 0));
    assert.deepEqual(await all(folder, place, roomy, clock.now), ['broken 1', 'three']);
  });

  test('days that are too old are passed over, and counted', async () => {
    const { folder, clock, note } = fresh();
    await note('sent');
    const place = await placeAtEnd(folder);
    await note('old', 'older');
    clock.now += 9 * DAY;
    await note('new');
    assert.deepEqual(await all(folder, place, { ...roomy, days: 7 }, clock.now), ['passed over 2', 'new']);
    assert.deepEqual(await all(folder, await placeAtEnd(folder), { ...roomy, days: 7 }, clock.now + 90 * DAY), []);
  });

  test('no more bytes wait than may, whatever the bound, and what was passed over is counted', async () => {
    const { folder, clock, note } = fresh();
    for (let day = 0; day < 3; day += 1) {
      clock.now = NOON + day * DAY;
      await note(...Array.from({ length: 10 }, (_, at) => `${day}-${at}`));
    }
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 12_000 }), async (bytes) => {
        const { items } = await batchAfter(folder, START, whole, { days: 30, bytes }, clock.now);
        const records = items.filter((item) => item.what === 'record');
        const passed = items.reduce((sum, item) => sum + (item.what === 'passed over' ? item.records : 0), 0);
        assert.ok(records.reduce((sum, item) => sum + JSON.stringify(item.what === 'record' && item.record).length + 1, 0) <= bytes);
        if (records.length > 0) assert.equal(passed + records.length, 30);
        assert.ok(items.every(({ what }, at) => what === 'record' || at === 0));
      }),
      { numRuns: 60 },
    );
  });
});
