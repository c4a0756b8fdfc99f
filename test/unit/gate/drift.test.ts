import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { adapter as claudeCode } from '../../../src/agents/claude-code.ts';
import { adapter as cursor } from '../../../src/agents/cursor.ts';
import { MOST_REPAIRS, mendDrift, type Drift } from '../../../src/gate/drift.ts';
import { forgetGuarded, readGuarded, rememberGuarded } from '../../../src/gate/guarded.ts';
import { areHooksInstalled, installHooks } from '../../../src/gate/install.ts';
import { createState, type State } from '../../../src/gate/state.ts';
import { temporaryState } from './gate-fixture.ts';

const DAY = 86_400_000;

interface Place {
  readonly home: string;
  readonly state: State;
  readonly file: string;
  readonly mend: (now: number, version?: string) => Promise<Drift['kind']>;
}

/** A home in which a person has had Cursor guarded. */
async function guarded(work: (place: Place) => Promise<void>): Promise<void> {
  const { state, home, remove } = temporaryState();
  try {
    await createState(state);
    await installHooks(cursor, home, state);
    await rememberGuarded(state, ['cursor'], { now: 0, version: '1.2.0', anew: true });
    await work({ home, state, file: cursor.installation(home).file, mend: async (now, version = '1.2.0') => (await mendDrift(cursor, { home, state, version, now })).kind });
  } finally {
    remove();
  }
}

const damages: Readonly<Record<string, (file: string) => void>> = {
  'an entry was taken out': (file) => writeFileSync(file, (cursor.installation('').uninstall(readFileSync(file, 'utf8'), '') ?? '').replace('"beforeShellExecution"', '"stop"')),
  'the file was emptied': (file) => writeFileSync(file, '{}'),
  'the file was removed': (file) => rmSync(file),
  'an entry no longer fails closed': (file) => writeFileSync(file, readFileSync(file, 'utf8').replace('"failClosed": true', '"failClosed": false').replace('"failClosed":true', '"failClosed":false')),
};

describe('drift of hooks', () => {
  for (const [what, damage] of Object.entries(damages)) {
    test(`is put right when ${what}`, () => guarded(async ({ home, state, file, mend }) => {
      damage(file);
      assert.equal(await mend(1), 'put back');
      assert.equal(await areHooksInstalled(cursor, home, state), true);
      assert.equal(await mend(2), 'none');
    }));
  }

  test('says whether they were removed or changed', () => guarded(async ({ home, state, file }) => {
    rmSync(file);
    const removed = await mendDrift(cursor, { home, state, version: '1.2.0', now: 1 });
    writeFileSync(file, readFileSync(file, 'utf8').replace('600', '6'));
    const changed = await mendDrift(cursor, { home, state, version: '1.2.0', now: 1 });
    assert.deepEqual([removed, changed].map((drift) => 'what' in drift && drift.what), ['removed', 'changed']);
  }));

  test('is left to the person after the third time in a day, who is asked once', () => guarded(async ({ home, state, file, mend }) => {
    const seen: string[] = [];
    for (let at = 1; at <= MOST_REPAIRS + 2; at += 1) {
      rmSync(file, { force: true });
      seen.push(await mend(at));
    }
    assert.deepEqual(seen, ['put back', 'put back', 'put back', 'given up', 'none']);
    assert.equal(await areHooksInstalled(cursor, home, state), false);
  }));

  test('is put right again a day later', () => guarded(async ({ file, mend }) => {
    for (let at = 1; at <= MOST_REPAIRS + 1; at += 1) {
      rmSync(file, { force: true });
      await mend(at);
    }
    assert.equal(await mend(DAY + 10), 'put back');
  }));

  test('is put right again once the person has had it guarded anew', () => guarded(async ({ state, file, mend }) => {
    for (let at = 1; at <= MOST_REPAIRS + 1; at += 1) {
      rmSync(file, { force: true });
      await mend(at);
    }
    await rememberGuarded(state, ['cursor'], { now: 10, version: '1.2.0', anew: true });
    assert.equal(await mend(11), 'put back');
    assert.equal((await readGuarded(state))['cursor']?.since, 0);
  }));

  test('is none where the person has stopped the guarding', () => guarded(async ({ state, file, mend }) => {
    await forgetGuarded(state, ['cursor']);
    rmSync(file);
    assert.equal(await mend(1), 'none');
    assert.equal(existsSync(file), false);
  }));

  test('is none of an agent that was never guarded', () => guarded(async ({ home, state }) => {
    assert.equal((await mendDrift(claudeCode, { home, state, version: '1.2.0', now: 1 })).kind, 'none');
    assert.equal(existsSync(join(home, '.claude')), false);
  }));

  test('of entries that an older version wrote is no repair', () => guarded(async ({ home, state, file, mend }) => {
    writeFileSync(file, readFileSync(file, 'utf8').replace('600', '60'));
    assert.equal(await mend(1, '1.10.0'), 'none');
    assert.equal(await areHooksInstalled(cursor, home, state), true);
    assert.deepEqual((await readGuarded(state))['cursor'], { since: 0, version: '1.10.0', repairs: [] });
  }));

  test('of entries that a newer version wrote is left alone', () => guarded(async ({ file, mend }) => {
    const text = readFileSync(file, 'utf8').replace('600', '60');
    writeFileSync(file, text);
    assert.equal(await mend(1, '1.1.9'), 'none');
    assert.equal(readFileSync(file, 'utf8'), text);
  }));

  test('that cannot be put right says so and changes nothing', () => guarded(async ({ file, mend }) => {
    writeFileSync(file, '{ "hooks": ');
    assert.equal(await mend(1), 'cannot be put back');
    assert.equal(readFileSync(file, 'utf8'), '{ "hooks": ');
  }));

  test('is put right by one of several windows', () => guarded(async ({ file, mend }) => {
    rmSync(file);
    const seen = await Promise.all(Array.from({ length: 8 }, () => mend(1)));
    assert.deepEqual(seen.toSorted(), [...Array<string>(7).fill('none'), 'put back']);
  }));

  test('is not seen where the memory cannot be read, and the hooks are remembered anew', () => guarded(async ({ state, mend }) => {
    writeFileSync(join(state.root, 'guarded.json'), '{"agents": 3}');
    assert.equal(await mend(1), 'none');
    await rememberGuarded(state, ['cursor'], { now: 5, version: '1.2.0', anew: false });
    assert.equal((await readGuarded(state))['cursor']?.since, 5);
  }));
});
