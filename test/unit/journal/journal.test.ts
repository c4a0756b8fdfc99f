import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { Action } from '../../../src/core/action.ts';
import type { JournalEvent } from '../../../src/core/recording.ts';
import type { Finding, Verdict } from '../../../src/core/verdict.ts';
import { createJournal, type Journal } from '../../../src/journal/journal.ts';
import { read, verify } from '../../../src/journal/read.ts';

const root = mkdtempSync(join(tmpdir(), 'interlock-journal-'));
after(() => rmSync(root, { recursive: true, force: true }));

const NOON = Date.UTC(2026, 10, 22, 12);
const DAY = 86_400_000;
const SECRET = ['tok', 'en-of-the-founding-incident'].join('');

let folders = 0;
/** A journal in a folder of its own, with a clock that a test may set. */
function fresh(): { folder: string; journal: Journal; clock: { now: number }; again: () => Journal } {
  folders += 1;
  const folder = join(root, String(folders));
  const clock = { now: NOON };
  const again = (): Journal => createJournal(folder, { now: () => clock.now, mask: (text) => text.replaceAll(SECRET, '<hidden>') });
  return { folder, journal: again(), clock, again };
}

const note = (what: string): JournalEvent => ({ type: 'configuration', what, by: 'person' });
const whats = async (folder: string, limit = 1_000): Promise<unknown[]> => (await read(folder, { limit })).map((record) => record['what']);

/** The only file of a journal. */
function only(folder: string): string {
  return join(folder, readdirSync(folder).find((name) => name.endsWith('.jsonl')) ?? assert.fail('no file'));
}

const context = { agent: 'claude-code', session: 's', cwd: '/w', workspaceRoots: ['/w'], env: { TOKEN: SECRET } };
const finding: Finding = {
  verb: 'drop', resource: { kind: 'volume', name: SECRET }, reversibility: 'irreversible', certainty: 'certain', rule: 'railway/volume', why: `Deletes ${SECRET}.`,
  target: { by: 'host', host: SECRET }, env: { TOKEN: SECRET }, environment: 'unknown', evidence: [SECRET], decision: 'ask', typed: true, because: 'it cannot be undone', source: 'built-in',
};
const verdict: Verdict = { decision: 'ask', confirmation: { by: 'type', text: SECRET }, findings: [finding], maskedView: SECRET };

describe('the journal', () => {
  test('records follow each other in one chain, and only their owner can read them', async () => {
    const { folder, journal } = fresh();
    await journal.record(note('one'));
    await journal.record(note('two'));
    const [two, one] = await read(folder, { limit: 9 });
    assert.deepEqual([one?.seq, one?.prev, two?.seq, two?.prev === one?.hash, one?.time], [1, '', 2, true, '2026-11-22T12:00:00.000Z']);
    assert.deepEqual(await verify(folder), { records: 2, torn: 0, problems: [] });
    assert.equal(statSync(only(folder)).mode & 0o777, 0o600);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
  });

  test('the newest come first, and no more than asked for', async () => {
    const { folder, journal } = fresh();
    await Promise.all(Array.from({ length: 50 }, (_, index) => journal.record(note(String(index)))));
    assert.deepEqual(await whats(folder, 3), ['49', '48', '47']);
  });

  test('a line longer than what is read at once is read whole', async () => {
    const { folder, journal } = fresh();
    for (let index = 0; index < 60; index += 1) await journal.record(note('é'.repeat(4_000)));
    assert.equal((await read(folder, { limit: 100 })).length, 60);
    assert.equal((await verify(folder)).records, 60);
  });

  test('each day has its file, and the chain goes through all', async () => {
    const { folder, journal, clock } = fresh();
    for (let day = 0; day < 3; day += 1) {
      await journal.record(note(`day ${day}`));
      clock.now += DAY;
    }
    assert.deepEqual(readdirSync(folder).sort(), ['2026-11-22.jsonl', '2026-11-23.jsonl', '2026-11-24.jsonl']);
    assert.deepEqual(await whats(folder), ['day 2', 'day 1', 'day 0']);
    assert.deepEqual((await verify(folder)).problems, []);
    rmSync(join(folder, '2026-11-22.jsonl'));
    assert.deepEqual((await verify(folder)).problems, [], 'old files may be removed');
    await journal.record(note('later'));
    rmSync(join(folder, '2026-11-24.jsonl'));
    assert.deepEqual((await verify(folder)).problems, [{ file: '2026-11-25.jsonl', line: 1, what: 'gap' }]);
  });

  test('a clock that is put back does not open an older file again', async () => {
    const { folder, journal, clock } = fresh();
    await journal.record(note('one'));
    clock.now -= 3 * DAY;
    await journal.record(note('two'));
    assert.equal(readdirSync(folder).filter((name) => name.endsWith('.jsonl')).length, 1);
    assert.deepEqual((await verify(folder)).problems, []);
  });
});

describe('what must not be on disk', () => {
  const actions: readonly Action[] = [
    { ...context, tool: 'shell', shell: 'bash', command: `curl -H 'authorization: ${SECRET}' x` },
    { ...context, tool: 'read', path: `/w/${SECRET}`, content: SECRET },
    { ...context, tool: 'write', path: '/w/x', content: SECRET },
    { ...context, tool: 'delete', path: `/w/${SECRET}` },
    { ...context, tool: 'search', path: '/w', pattern: SECRET, glob: SECRET },
    { ...context, tool: 'mcp', server: SECRET, name: SECRET, arguments: { [SECRET]: [{ deep: SECRET }], list: [SECRET] } },
    { ...context, tool: 'http', method: 'POST', url: `https://x/?t=${SECRET}`, headers: { authorization: SECRET }, body: SECRET },
    { ...context, tool: 'other', name: SECRET, input: { a: { b: { c: { d: { e: { f: { g: SECRET } } } } } } } },
  ];
  for (const action of actions) {
    test(`no secret of a ${action.tool} action, none of its environment`, async () => {
      const { folder, journal } = fresh();
      await journal.record({ type: 'action', action, verdict, outcome: { decision: 'deny', by: 'person' } });
      const text = readFileSync(only(folder), 'utf8');
      assert.equal(text.includes(SECRET), false);
      assert.match(text, /"rule":"railway\/volume"/);
      assert.match(text, /"outcome":\{"decision":"deny","by":"person"\}/);
    });
  }
  test('a mask that fails hides everything', async () => {
    const { folder } = fresh();
    const journal = createJournal(folder, { now: () => NOON, mask: () => { throw new Error(SECRET); } });
    await journal.record(note(SECRET));
    assert.equal(readFileSync(only(folder), 'utf8').includes(SECRET), false);
  });
  test('a text is masked before it is cut', async () => {
    const { folder, journal } = fresh();
    await journal.record(note('x'.repeat(4_096 - 5) + SECRET));
    assert.equal(readFileSync(only(folder), 'utf8').includes(SECRET.slice(0, 5)), false);
  });
  test('an action of any size is a short record', async () => {
    const { folder, journal } = fresh();
    const huge = { ...context, tool: 'mcp', server: 's', name: 'n', arguments: { list: Array.from({ length: 10_000 }, () => 'x'.repeat(1_000)) } } as const;
    await journal.record({ type: 'action', action: huge, verdict: { ...verdict, findings: Array.from({ length: 500 }, () => finding) }, outcome: { decision: 'deny', by: 'verdict' } });
    assert.ok(statSync(only(folder)).size < 131_072);
  });
});

describe('tampering shows', () => {
  /** A journal of five, its only file changed by `change`. */
  async function changed(change: (lines: string[]) => string[]): Promise<Awaited<ReturnType<typeof verify>>> {
    const { folder, journal } = fresh();
    for (const what of ['a', 'b', 'c', 'd', 'e']) await journal.record(note(what));
    const file = only(folder);
    writeFileSync(file, `${change(readFileSync(file, 'utf8').trimEnd().split('\n')).join('\n')}\n`);
    return verify(folder);
  }
  const cases: readonly [string, (lines: string[]) => string[], readonly { line: number; what: string }[]][] = [
    ['a word changed', (lines) => lines.map((line) => line.replace('"what":"c"', '"what":"x"')), [{ line: 3, what: 'changed' }]],
    ['a line removed', (lines) => lines.filter((_, at) => at !== 2), [{ line: 3, what: 'gap' }]],
    ['two lines in the other order', (lines) => [lines[1] ?? '', lines[0] ?? '', ...lines.slice(2)], [{ line: 2, what: 'gap' }, { line: 3, what: 'gap' }]],
    ['a line twice', (lines) => [lines[0] ?? '', ...lines], [{ line: 2, what: 'gap' }]],
    ['a line of somebody else', (lines) => [...lines.slice(0, 2), '{"seq":3}', ...lines.slice(2)], [{ line: 3, what: 'changed' }]],
    ['the first line of all removed', (lines) => lines.slice(1), []],
  ];
  for (const [name, change, expected] of cases) {
    test(name, async () => assert.deepEqual((await changed(change)).problems.map(({ line, what }) => ({ line, what })), expected));
  }
});

describe('crashes', () => {
  test('a record cut off at any byte: nothing acknowledged is lost, and the next start goes on cleanly', async () => {
    const { folder, journal } = fresh();
    await journal.record(note('one'));
    await journal.record(note('two'));
    const whole = readFileSync(only(folder));
    const start = whole.indexOf('\n') + 1;
    for (let end = start; end <= whole.length; end += 1) {
      const copy = fresh();
      await copy.journal.record(note('x'));
      const file = only(copy.folder);
      writeFileSync(file, whole.subarray(0, end));
      // Without its line end the last record is whole all the same.
      const kept = end >= whole.length - 1;
      assert.equal(await copy.again().isTorn(), !kept && end > start);
      await copy.again().record(note('three'));
      const { problems, torn } = await verify(copy.folder);
      assert.deepEqual([problems, torn], [[], !kept && end > start ? 1 : 0], `cut at ${end}`);
      assert.deepEqual((await whats(copy.folder)).filter((what) => what !== undefined), kept ? ['three', 'two', 'one'] : ['three', 'one']);
      assert.ok(readFileSync(file).subarray(0, end).equals(whole.subarray(0, end)), 'the cut-off line was rewritten');
    }
  });

  test('a first record cut off', async () => {
    const { folder, journal, again } = fresh();
    await journal.record(note('one'));
    truncateSync(only(folder), 10);
    await again().record(note('two'));
    const { torn, problems } = await verify(folder);
    assert.deepEqual([torn, problems], [1, []]);
  });

  test('a cut-off line that was changed later is told apart', async () => {
    const { folder, journal, again } = fresh();
    await journal.record(note('one'));
    appendFileSync(only(folder), '{"seq":2,"ti');
    await again().record(note('two'));
    writeFileSync(only(folder), readFileSync(only(folder), 'utf8').replace('{"seq":2,"ti\n', '{"seq":2,"tx\n'));
    assert.deepEqual((await verify(folder)).problems.map(({ what }) => what), ['changed']);
  });

  test('a folder that cannot be written is an error, and the journal goes on when it can', async () => {
    const { folder, journal } = fresh();
    writeFileSync(folder, 'in the way');
    await assert.rejects(journal.record(note('one')));
    rmSync(folder);
    await journal.record(note('two'));
    assert.deepEqual(await whats(folder), ['two']);
  });
});

describe('several processes', () => {
  const append = new URL('append.ts', import.meta.url).pathname;
  const start = (folder: string, name: string, count: number) => spawn(process.execPath, ['--import', 'tsx', append, folder, name, String(count)], { stdio: ['ignore', 'pipe', 'inherit'] });

  test('all records of all processes stand in one chain', async () => {
    const { folder, journal } = fresh();
    const ended = ['a', 'b'].map((name) => new Promise((done) => start(folder, name, 40).once('close', done)));
    await Promise.all(Array.from({ length: 40 }, (_, index) => journal.record(note(`here ${index}`))));
    assert.deepEqual(await Promise.all(ended), [0, 0]);
    assert.deepEqual(await verify(folder), { records: 120, torn: 0, problems: [] });
  });

  test('a process killed at its work loses nothing it was told is written, and leaves no lock behind', async () => {
    const { folder, journal } = fresh();
    const child = start(folder, 'x', 100_000);
    let said = '';
    await new Promise<void>((enough) => {
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString('utf8');
        if (said.split('\n').length > 20) enough();
      });
    });
    child.kill('SIGKILL');
    await new Promise((done) => child.once('close', done));
    await journal.record(note('after'));
    const { problems } = await verify(folder);
    assert.deepEqual(problems, []);
    const written = new Set(await whats(folder, 1_000_000));
    assert.deepEqual(said.trimEnd().split('\n').filter((what) => !written.has(what)), []);
    assert.ok(written.has('after'));
  });
});
