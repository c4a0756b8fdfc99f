import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { gatherFacts, type ReportFacts } from '../../../src/journal/report-facts.ts';
import { reportPage } from '../../../src/journal/report-page.ts';
import type { JournalRecord } from '../../../src/journal/record.ts';

const NOON = Date.UTC(2026, 10, 20, 12);
const MINUTE = 60_000;

/** Records a minute apart, with these fields. */
async function* records(bodies: readonly Readonly<Record<string, unknown>>[]): AsyncGenerator<JournalRecord> {
  for (const [index, body] of bodies.entries()) yield { seq: index + 1, time: new Date(NOON + index * MINUTE).toISOString(), prev: '', hash: '', ...body } as JournalRecord;
}

function action(decision: 'allow' | 'deny', by: string, part: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return { type: 'action', agent: 'cursor', session: 's1', tool: 'shell', cwd: '/w', what: { command: 'npm test' }, outcome: { decision, by }, findings: [{ rule: 'files/delete', environment: 'local', why: 'It deletes.' }], ...part };
}

const facts = (bodies: readonly Readonly<Record<string, unknown>>[]): Promise<ReportFacts> => gatherFacts(records(bodies));
const page = (found: ReportFacts): string => reportPage(found, { titles: new Map([['cursor', 'Cursor']]), now: NOON, utcOffsetMinutes: 60 });

describe('what became of an action', () => {
  const rows: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[] = [
    ['the policy let it run', action('allow', 'verdict'), 'ran'],
    ['it was copied first', action('allow', 'verdict', { kept: { manifest: 'm', files: 3 } }), 'kept'],
    ['a person allowed it', action('allow', 'person'), 'allowed'],
    ['it was allowed for the session', action('allow', 'session'), 'allowed'],
    ['a person denied it', action('deny', 'person'), 'denied'],
    ['the policy refused it', action('deny', 'verdict'), 'refused'],
    ['it was refused before', action('deny', 'refused before'), 'refused'],
    ['the session was locked', action('deny', 'locked'), 'refused'],
    ['all agents were stopped', action('deny', 'stopped'), 'refused'],
    ['the agent was told to mask it', action('deny', 'unmasked'), 'refused'],
    ['nobody answered', action('deny', 'no answer in time'), 'failed'],
    ['no editor ran', action('deny', 'no editor'), 'failed'],
    ['no copy could be made', action('deny', 'copy failed'), 'failed'],
  ];
  for (const [name, body, fate] of rows) test(`${name}: ${fate}`, async () => assert.deepEqual([...(await facts([body])).byFate], [[fate, 1]]));
});

describe('facts of a report', () => {
  test('are counted from all kinds of records', async () => {
    const found = await facts([
      action('deny', 'person', { findings: [{ rule: 'railway/volume-delete', environment: 'production', why: 'Deletes the volume.' }] }),
      action('deny', 'verdict', { tool: 'read', what: { path: '/w/.env' }, findings: [{ rule: 'secrets/read', environment: 'local', why: 'It holds secrets.' }] }),
      action('allow', 'verdict', { kept: { manifest: 'm', files: 4 } }),
      { type: 'answer', question: 'q', answer: 'deny', delayMs: 4_200 },
      { type: 'answer', question: 'r', answer: 'unanswered', why: 'no answer in time', delayMs: 240_000 },
      { type: 'masked', agent: 'cursor', tool: 'shell', what: {}, names: ['A', 'B'], shown: false },
      { type: 'masked', agent: 'cursor', tool: 'shell', what: {}, names: ['C'], shown: true },
      { type: 'configuration', what: 'shop tagged staging', by: 'person' },
      { type: 'torn', bytes: 3, sha256: '' },
    ]);
    assert.deepEqual({ ...found, actions: found.actions.length, period: undefined, byFate: undefined, changes: found.changes.map(({ what }) => what), byTool: [...found.byTool], byEnvironment: [...found.byEnvironment] }, {
      period: undefined, byFate: undefined, actions: 3, leftOut: 0, byTool: [['shell', 2], ['read', 1]], byEnvironment: [['production', 1], ['local', 2]], secretsRefused: 1, valuesHidden: 2, valuesShown: 1, answers: [4_200], unanswered: 1, filesKept: 4, changes: ['shop tagged staging'], torn: 1,
    });
    assert.deepEqual(found.period, { from: NOON, to: NOON + 8 * MINUTE });
  });

  test('stay small whatever the journal holds', async () => {
    const found = await facts(Array.from({ length: 6_000 }, () => action('allow', 'verdict')));
    assert.deepEqual([found.actions.length, found.leftOut, found.byFate.get('ran')], [5_000, 1_000, 6_000]);
    assert.ok(page(found).length < 2_000_000);
  });
});

describe('the page of a report', () => {
  test('leads with what was stopped, and names agents and local time', async () => {
    const html = page(await facts([action('deny', 'person', { what: { command: 'railway volume delete' } }), { type: 'answer', question: 'q', answer: 'deny', delayMs: 4_200 }]));
    assert.match(html, /<p class="lead">1 action was stopped, 0 of them for a secret\. People decided 1 question\.<\/p>/);
    assert.match(html, /<td><time>2026-11-20 13:00<\/time><\/td><td>Cursor<\/td><td><code>railway volume delete<\/code><p>It deletes\.<\/p>/);
    assert.match(html, /aria-label="Answers by time taken: under 5 s 1"/);
  });

  test('of an empty journal says so', async () => assert.match(page(await facts([])), /Agents have not asked for anything yet\./));

  test('runs nothing and fetches nothing, whatever an agent has written', async () => {
    const nasty = fc.oneof(fc.constantFrom('<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "' onload='x", '</style><script>', '&lt;', '\u202e\u0000'), fc.string());
    await fc.assert(fc.asyncProperty(nasty, nasty, nasty, nasty, async (command, why, environment, agent) => {
      const html = page(await facts([action('deny', 'person', { agent, session: agent, cwd: why, what: { command }, findings: [{ rule: why, environment, why }] }), { type: 'configuration', what: command, by: why }]));
      const tags = new Set([...html.matchAll(/<\/?([a-z][\w-]*)/gi)].map(([, tag]) => (tag ?? '').toLowerCase()));
      for (const tag of ['script', 'img', 'iframe', 'a', 'link', 'object', 'form', 'input']) assert.ok(!tags.has(tag), tag);
      assert.doesNotMatch(html.replaceAll(/="[^"]*"/g, '=""'), /<[^>]* on\w+=/, 'no quotation mark of theirs ends an attribute');
      assert.equal(html.match(/<style>/g)?.length, 1);
    }), { numRuns: 200 });
  });
});
