import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import * as fc from 'fast-check';
import { JournalUsage, runJournal } from '../../../src/journal/command.ts';
import { csvLine } from '../../../src/journal/csv.ts';
import { fits, query, type Query } from '../../../src/journal/query.ts';
import { lineOf, type JournalRecord, type RecordBody } from '../../../src/journal/record.ts';

const root = mkdtempSync(join(tmpdir(), 'interlock-query-'));
after(() => rmSync(root, { recursive: true, force: true }));

const FIRST = Date.UTC(2026, 10, 20, 12);
const HOUR = 3_600_000;

/** An action's record as the journal writes it. */
function action(part: { agent?: string; session?: string; command?: string; outcome?: 'allow' | 'deny'; by?: string; rule?: string; environment?: string } = {}): RecordBody {
  const { agent = 'cursor', session = 's1', command = 'npm test', outcome = 'allow', by = 'verdict', rule = 'files/delete', environment = 'local' } = part;
  return { type: 'action', agent, session, tool: 'shell', cwd: '/w', what: { shell: 'bash', command }, decision: 'allow', outcome: { decision: outcome, by }, findings: [{ rule, environment, why: 'It deletes.' }] };
}

let folders = 0;
/** A journal with these records, an hour apart; a new file each day. */
function journalOf(bodies: readonly RecordBody[]): string {
  folders += 1;
  const folder = join(root, String(folders));
  mkdirSync(folder);
  const files = new Map<string, string>();
  let prev = '';
  for (const [index, body] of bodies.entries()) {
    const time = new Date(FIRST + index * HOUR).toISOString();
    const { line, hash } = lineOf({ seq: index + 1, time, prev }, body);
    prev = hash;
    const name = `${time.slice(0, 10)}.jsonl`;
    files.set(name, `${files.get(name) ?? ''}${line}\n`);
  }
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
  return folder;
}

async function found(folder: string, wanted: Query, order?: 'oldest first'): Promise<number[]> {
  const numbers: number[] = [];
  for await (const { seq } of query(folder, wanted, order)) numbers.push(seq);
  return numbers;
}

const mixed = journalOf([
  action(),
  action({ agent: 'codex', session: 's2', command: 'railway volume delete', outcome: 'deny', by: 'person', rule: 'railway/volume-delete', environment: 'production' }),
  { type: 'configuration', what: 'shop tagged staging', by: 'person' },
  action({ command: 'echo "agent":"codex"' }),
  action({ session: 's2', command: 'rm -rf Straße', rule: 'railwayish/x' }),
  ...Array.from({ length: 30 }, () => action({ session: 's3' })),
  { type: 'answer', question: 'q1', answer: 'deny', delayMs: 4_200 },
]);

describe('records are found by what they say', () => {
  const rows: readonly (readonly [string, Query, readonly number[]])[] = [
    ['an agent, not text that names it', { agent: 'codex' }, [2]],
    ['a session', { session: 's2' }, [5, 2]],
    ['an outcome', { outcome: 'deny' }, [2]],
    ['an environment', { environment: 'production' }, [2]],
    ['all rules of a tool, not of one that begins alike', { rule: 'railway' }, [2]],
    ['one rule', { rule: 'railway/volume-delete' }, [2]],
    ['a type', { type: 'configuration' }, [3]],
    ['text in either case', { text: 'RAILWAY VOLUME' }, [2]],
    ['text with quotation marks', { text: '"agent":"codex"' }, [4]],
    ['text beyond ASCII', { text: 'Straße' }, [5]],
    ['text that means something in a pattern', { text: '(.*)' }, []],
    ['two conditions', { session: 's2', outcome: 'deny' }, [2]],
    ['a time', { until: FIRST + 2 * HOUR, since: FIRST + HOUR }, [3, 2]],
    ['times in a later file', { since: FIRST + 35 * HOUR }, [36]],
    ['nothing', { agent: 'nobody' }, []],
  ];
  for (const [name, wanted, numbers] of rows) {
    test(name, async () => {
      assert.deepEqual(await found(mixed, wanted), numbers);
      assert.deepEqual(await found(mixed, wanted, 'oldest first'), numbers.toReversed());
    });
  }

  test('lines longer than a block, changed lines and cut-off lines', async () => {
    const folder = journalOf([action(), action({ command: 'x'.repeat(200_000) }), action({ command: 'after' })]);
    const name = join(folder, '2026-11-20.jsonl');
    assert.deepEqual(await found(folder, {}), [3, 2, 1]);
    writeFileSync(name, '{"seq":4,"agent":"cursor"}\n{"seq":5,"ag', { flag: 'a' });
    assert.deepEqual(await found(folder, { agent: 'cursor' }), [3, 2, 1], 'what does not say its own hash is no record');
    assert.deepEqual(await found(folder, {}, 'oldest first'), [1, 2, 3]);
  });

  test('no journal has no records', async () => assert.deepEqual(await found(join(root, 'none'), {}), []));

  test('looking at bytes first leaves nothing out', async () => {
    const word = fc.constantFrom('cursor', 'codex', 'a"b', 'ä', '\\', 'x\ny', '"agent":"codex"', '');
    const records = fc.array(fc.record({ agent: word, session: word, command: word, outcome: fc.constantFrom('allow' as const, 'deny' as const), rule: fc.constantFrom('railway/x', 'sql/y'), environment: word }), { maxLength: 12 });
    const wanted = fc.record({ agent: word, session: word, text: word, outcome: fc.constantFrom('allow' as const, 'deny' as const), rule: fc.constantFrom('railway', 'sql/y'), environment: word, type: fc.constantFrom('action' as const, 'answer' as const) }, { requiredKeys: [] });
    await fc.assert(fc.asyncProperty(records, wanted, async (each, conditions) => {
      const folder = journalOf(each.map(action));
      const all: JournalRecord[] = [];
      for await (const record of query(folder, {})) all.push(record);
      assert.equal(all.length, each.length);
      assert.deepEqual(await found(folder, conditions), all.filter((record) => fits(record, conditions)).map(({ seq }) => seq));
    }), { numRuns: 60 });
  });
});

/** What the command writes, and how it ends. */
async function run(folder: string, ...argv: readonly string[]): Promise<{ text: string; code: number }> {
  let text = '';
  const code = await runJournal(argv, { folder, now: () => FIRST + 36 * HOUR, utcOffsetMinutes: 0, titles: new Map([['codex', 'Codex']]), write: async (part) => void (text += part), stop: AbortSignal.timeout(50) });
  return { text, code };
}

describe('the journal command', () => {
  test('query shows the newest first, for people and for programs', async () => {
    const { text, code } = await run(mixed, 'query', '--outcome', 'deny');
    assert.equal(code, 0);
    assert.match(text, /^2026-11-20 13:00:00 {2}denied by a person {4}railway volume delete {2}\(codex · railway\/volume-delete · production\)\n$/);
    const lines = (await run(mixed, 'query', '--json', '--limit', '2')).text.trimEnd().split('\n');
    assert.deepEqual(lines.map((line) => (JSON.parse(line) as JournalRecord).seq), [36, 35]);
  });

  test('since takes hours, days and dates', async () => {
    for (const since of ['1h', '2026-11-21T23:00:00Z']) assert.equal((await run(mixed, 'query', '--since', since, '--json')).text.trimEnd().split('\n').length, 1, since);
    assert.equal((await run(mixed, 'query', '--since', '1d', '--json')).text.trimEnd().split('\n').length, 24);
  });

  test('control characters of an agent never reach the terminal', async () => {
    const folder = journalOf([action({ command: 'echo \u001b]0;owned\u0007\u202e' })]);
    // oxlint-disable-next-line no-control-regex -- these must not be there
    assert.doesNotMatch((await run(folder, 'query')).text, /[\u0000-\u0009\u000b-\u001f\u202e]/);
  });

  test('verify tells where the chain is broken and fails', async () => {
    const folder = journalOf([action(), action(), action()]);
    assert.deepEqual(await run(folder, 'verify'), { text: 'The chain holds: 3 records follow each other.\n', code: 0 });
    writeFileSync(join(folder, '2026-11-20.jsonl'), '{"seq":9}\n', { flag: 'a' });
    const { text, code } = await run(folder, 'verify');
    assert.equal(code, 1);
    assert.match(text, /^2026-11-20\.jsonl:4: this line is not what was written\nThe chain is broken in 1 place\./);
  });

  test('tail shows the last records, then those that follow', async () => {
    const folder = journalOf([action(), action({ command: 'second' })]);
    assert.match((await run(folder, 'tail', '--limit', '1')).text, /^[^\n]*second[^\n]*\n$/);
  });

  test('export gives every record, oldest first, in both formats', async () => {
    const lines = (await run(mixed, 'export')).text.trimEnd().split('\n');
    assert.deepEqual(lines.map((line) => (JSON.parse(line) as JournalRecord).seq), Array.from({ length: 36 }, (_, index) => index + 1));
    const csv = (await run(mixed, 'export', '--format', 'csv', '--session', 's2')).text.split('\r\n');
    assert.equal(csv[0], 'time,type,agent,session,tool,subject,outcome,rules,environments,folder,kept');
    assert.equal(csv[1], '2026-11-20T13:00:00.000Z,action,codex,s2,shell,railway volume delete,denied by a person,railway/volume-delete,production,/w,');
    assert.equal(csv.length, 4);
  });

  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /Say what to do/], [['burn'], /does not know burn/], [['query', '--outcome', 'maybe'], /--outcome cannot be "maybe"/], [['query', '--limit', '0'], /--limit cannot be/],
    [['query', '--since', 'yesterday'], /--since takes/], [['query', '--nonsense'], /nonsense/], [['export', '--format', 'xml'], /--format cannot be "xml"/],
  ];
  for (const [argv, says] of wrong) test(`journal ${argv.join(' ')} is answered with what is wrong`, () => assert.rejects(run(mixed, ...argv), (error) => error instanceof JournalUsage && says.test(error.message)));
});

describe('CSV', () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ['a formula is text', '=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`], ['a sum is text', '+1', `"'+1"`], ['an option is text', '--force', `"'--force"`], ['an at sign is text', '@x', `"'@x"`],
    ['commas and lines are quoted', 'a,b\nc', '"a,b\nc"'], ['plain text stays', 'npm test', 'npm test'],
  ];
  for (const [name, value, written] of rows) test(name, () => assert.equal(csvLine([value]), `${written}\r\n`));
});
