import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Action } from '../../../src/core/action.ts';
import type { BackupCommands } from '../../../src/core/policy/backups.ts';
import type { Verdict } from '../../../src/core/verdict.ts';
import { backupMaker, noBackups, type BackupOptions } from '../../../src/gate/backups.ts';
import { finding, verdictOf } from './gate-fixture.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'il-backup-')));
const [bin, shop] = [join(root, 'bin'), join(root, 'shop')];
mkdirSync(bin);
mkdirSync(shop);
after(() => rmSync(root, { recursive: true, force: true }));

/** Writes a stand-in for a backup program, in a folder of its own; its path. */
function program(lines: string, folder = mkdtempSync(join(bin, 'p-'))): string {
  const file = join(folder, 'save');
  writeFileSync(file, `#!/bin/sh\n${lines}\n`);
  chmodSync(file, 0o755);
  return file;
}

const action: Action = { tool: 'shell', shell: 'bash', command: 'x', agent: 'a', session: 's', cwd: shop, workspaceRoots: [shop], env: {} };
const losing = (...names: readonly string[]): Verdict => verdictOf('ask', { findings: names.map((name) => finding('ask', { verb: 'drop', resource: { kind: 'database', name }, target: { by: 'database', tool: 'psql', folder: shop }, environment: 'production' })) });
const open = new AbortController().signal;
const NOW = Date.parse('2027-01-15T12:00:00Z');
const maker = (backups: readonly BackupCommands[], options: Partial<BackupOptions> = {}): ReturnType<typeof backupMaker> => backupMaker({ policy: () => ({ backups }), now: () => NOW, newestLimitMs: 60_000, ...options });

describe('a backup that must be made', () => {
  test('is made with the name in its words and no shell, for each thing', async () => {
    const seen = join(root, 'words');
    const made = await maker([{ command: [program(`printf '%s|' "$@" >> ${seen}`), '{name}', '$(touch x)'] }]).make(action, losing('shop', 'users'), open);
    assert.deepEqual([made, readFileSync(seen, 'utf8')], [{ made: 2 }, 'shop|$(touch x)|users|$(touch x)|']);
  });
  test('is none where nothing is to be backed up', async () => assert.deepEqual(await maker([{ match: 'other', command: ['false'] }]).make(action, losing('shop'), open), { made: 0 }));
  test('is shown while it is made', async () => {
    const shown: string[] = [];
    await maker([{ command: [program('true')] }], { show: (name) => (shown.push(name), open) }).make(action, losing('shop'), open);
    assert.deepEqual(shown, ['shop']);
  });
  const failing: readonly (readonly [name: string, backup: BackupCommands, problem: string])[] = [
    ['that fails', { command: [program('echo s3cret; exit 3')] }, 'the command ended with 3'],
    ['that is killed', { command: [program('kill -9 $$')] }, 'the command was killed'],
    ['that takes too long', { command: [program('sleep 300')], seconds: 1 }, 'it did not end in time'],
    ['whose program is not there', { command: [join(root, 'nowhere')] }, 'the program was not found'],
    ['whose program an agent could have written', { command: [program('true', shop)] }, 'its program lies in a folder that agents work in'],
    ['whose command is not known', { command: [] }, 'its command is not known while no editor runs or the policy file cannot be read'],
  ];
  for (const [name, backup, problem] of failing) test(`${name} says why, and nothing of what it printed`, async () => assert.deepEqual(await maker([backup]).make(action, losing('shop'), open), { problem }));
  test('is not made any more once one before it has failed', async () => {
    const seen = join(root, 'second');
    await maker([{ match: 'shop', command: ['false'] }, { command: [program(`touch ${seen}`)] }]).make(action, losing('shop', 'users'), open);
    assert.equal(existsSync(seen), false);
  });
  test('ends with the agent', async () => {
    const gone = new AbortController();
    const started = join(root, 'started');
    const made = maker([{ command: [program(`touch ${started}; sleep 300`)] }]).make(action, losing('shop'), gone.signal);
    while (!existsSync(started)) await pause(5);
    gone.abort();
    assert.deepEqual(await made, { problem: 'it did not end in time' });
  });
  test('ends when the person ends it', async () => {
    const stop = new AbortController();
    const started = join(root, 'started too');
    const made = maker([{ command: [program(`touch '${started}'; sleep 300`)] }], { show: () => stop.signal }).make(action, losing('shop'), open);
    while (!existsSync(started)) await pause(5);
    stop.abort();
    assert.deepEqual(await made, { problem: 'it was cancelled' });
  });
  test('is never made without an editor, and then nothing goes ahead', async () => {
    const none = noBackups([{ command: [] }]);
    assert.deepEqual([await none.make(action, losing('shop'), open), await none.make(action, verdictOf('allow'), open), await none.facts(action, losing('shop'), open)], [{ problem: 'no editor with Interlock is running to make it' }, { made: 0 }, undefined]);
  });
});

describe('the question says of backups', () => {
  const newest = async (lines: string): Promise<unknown> => {
    const facts = await maker([{ newest: [program(lines)] }]).facts(action, losing('shop'), open);
    return facts?.newest && ('time' in facts.newest ? new Date(facts.newest.time).toISOString() : facts.newest.problem);
  };
  const times: readonly (readonly [prints: string, said: string])[] = [
    ['echo 2027-01-15T03:00:00Z', '2027-01-15T03:00:00.000Z'],
    ['echo 2027-01-15 03:00:00+00:00; echo more', '2027-01-15T03:00:00.000Z'],
    ['echo 1800000000', '2027-01-15T08:00:00.000Z'],
    ['echo yesterday', 'the answer is not a time'],
    ['echo 5', 'the answer is not a time'],
    ['echo 2030-01-01T00:00:00Z', 'the answer is not a time'],
    ['true', 'the answer is not a time'],
    ['echo 2027-01-15T03:00:00Z; exit 1', 'the command failed'],
    ['yes s3cret', 'it printed too much'],
  ];
  for (const [prints, said] of times) test(`${prints}: ${said}`, async () => assert.equal(await newest(prints), said));
  test('that one is made first, where it is', async () => assert.deepEqual(await maker([{ command: ['save'] }]).facts(action, losing('shop'), open), { required: true }));
  test('nothing where nobody has said anything', async () => assert.equal(await maker([]).facts(action, losing('shop'), open), undefined));
});
