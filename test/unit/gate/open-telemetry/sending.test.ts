import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Action } from '../../../../src/core/action.ts';
import type { JournalEvent } from '../../../../src/core/recording.ts';
import type { Collector } from '../../../../src/gate/open-telemetry/collector.ts';
import { loadProgress, type Progress } from '../../../../src/gate/open-telemetry/progress.ts';
import { startSending, type Sending, type SendingOptions } from '../../../../src/gate/open-telemetry/sending.ts';
import { createState, type State } from '../../../../src/gate/state.ts';
import { createJournal, type Journal } from '../../../../src/journal/journal.ts';
import { finding, temporaryState, verdictOf } from '../gate-fixture.ts';
import { type CollectorDouble, startCollector } from './collector-double.ts';

const DAY = 86_400_000;
const quick = { look: 10, request: 2_000, firstRetry: 10, longestRetry: 40 };
const action: Action = { agent: 'claude-code', session: 's1', tool: 'shell', shell: 'bash', command: 'kubectl delete ns prod', cwd: '/w/shop/api', workspaceRoots: ['/w/other', '/w/shop'], env: {} };
const asked = verdictOf('ask', { findings: [finding('ask', { verb: 'delete', rule: 'kubectl/delete', resource: { kind: 'namespace', name: 'prod' }, environment: 'production', why: 'Deletes the namespace prod.' })] });
const note = (what: string): JournalEvent => ({ type: 'configuration', what, by: 'person' });

let place: ReturnType<typeof temporaryState>;
let state: State;
let journal: Journal;
let collector: CollectorDouble;
let clock: { now: number };
let log: string[];
let changes: Progress[];
let sendings: Sending[];
/** How often it was asked whether this window leads, which is before each step. */
let looks: number;

beforeEach(async () => {
  place = temporaryState();
  ({ state } = place);
  await createState(state);
  clock = { now: Date.now() };
  journal = createJournal(state.journal, { now: () => clock.now, mask: (text) => text });
  collector = await startCollector();
  [log, changes, sendings, looks] = [[], [], [], 0];
});
afterEach(async () => {
  await Promise.all(sendings.map((sending) => sending.stop()));
  await collector.close();
  place.remove();
});

const to = (more: Partial<Collector> = {}, url = collector.url): Collector => ({ url: new URL(`${url}/v1/logs`), texts: true, bounds: { days: 14, bytes: 10_000_000 }, by: 'person', ...more });

function options(): SendingOptions {
  return {
    state, collector: to(), sender: { host: 'build-7', user: 'Ana', version: '1.2.3' }, titles: new Map([['claude-code', 'Claude Code']]), leads: () => ((looks += 1), true), mask: (text) => text, env: {},
    log: (line) => log.push(line), onChange: (progress) => changes.push(progress), now: () => clock.now, pace: quick,
  };
}

/** Starts to send and waits until it knows where it stands. */
async function send(more: Partial<SendingOptions> = {}): Promise<Sending> {
  const sending = startSending({ ...options(), ...more });
  sendings.push(sending);
  await until(async () => (await loadProgress(state)) !== undefined);
  return sending;
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds()); tries += 1) {
    assert.ok(tries < 2_000, 'it did not come to that');
    await pause(10);
  }
}

const notes = async (...whats: readonly string[]): Promise<void> => {
  for (const what of whats) await journal.record(note(what));
};
const bodies = (): readonly string[] => collector.received.map(({ body }) => body);
/** Every record has been taken, and this is known. */
const allSent = (): Promise<void> => until(async () => (await loadProgress(state))?.place.seq === lastSeq());
const lastSeq = (): number => Number(/"seq":(\d+)/.exec(journalText().trimEnd().split('\n').at(-1) ?? '')?.[1] ?? 0);
const journalText = (): string => readdirSync(state.journal).filter((name) => name.endsWith('.jsonl')).sort().map((name) => readFileSync(join(state.journal, name), 'utf8')).join('');

describe('what arrives at a collector', () => {
  test('an action, with what was found, decided and answered', async () => {
    await send();
    await journal.record({ type: 'answer', action, question: 'q1', answer: { answer: 'deny' }, delayMs: 4_200 });
    await journal.record({ type: 'action', action, verdict: asked, outcome: { decision: 'deny', by: 'person' } });
    await collector.until(() => collector.received.length === 2);
    const [answer, told] = collector.received;
    const hashes = journalText().trim().split('\n').map((line) => (JSON.parse(line) as { hash: string }).hash);
    const resource = { 'service.name': 'interlock', 'service.version': '1.2.3', 'host.name': 'build-7', 'user.hash': createHash('sha256').update('ana').digest('hex'), 'interlock.workspace.name': 'shop' };
    assert.deepEqual(answer, {
      resource, scope: 'interlock', timeMs: clock.now, severity: 13, event: 'interlock.answer', body: 'A person denied it after 4.2 s.',
      attributes: { 'log.record.uid': hashes[0], 'interlock.record.seq': 1, 'interlock.agent': 'claude-code', 'interlock.session': 's1', 'interlock.tool': 'shell', 'interlock.question': 'q1', 'interlock.answer.given': 'deny', 'interlock.answer.delay_ms': 4_200 },
    });
    assert.deepEqual(told, {
      resource, scope: 'interlock', timeMs: clock.now, severity: 13, event: 'interlock.action', body: 'A shell command of Claude Code was denied by a person: Deletes the namespace prod.',
      attributes: {
        'log.record.uid': hashes[1], 'interlock.record.seq': 2, 'interlock.agent': 'claude-code', 'interlock.session': 's1', 'interlock.tool': 'shell', 'interlock.verdict': 'ask', 'interlock.outcome.decision': 'deny', 'interlock.outcome.by': 'person',
        'interlock.rules': ['kubectl/delete'], 'interlock.verbs': ['delete'], 'interlock.resource.kinds': ['namespace'], 'interlock.environments': ['production'],
        'interlock.subject': 'kubectl delete ns prod', 'interlock.folder': '/w/shop/api', 'interlock.resource.names': ['prod'],
      },
    });
    assert.deepEqual(collector.requests.map(({ path, headers }) => [path, headers['content-type'], headers['user-agent']])[0], ['/v1/logs', 'application/x-protobuf', 'Interlock/1.2.3']);
  });

  test('without texts: no command, path, name or reason', async () => {
    await send({ collector: to({ texts: false }) });
    await journal.record({ type: 'action', action: { ...action, workspaceRoots: [] }, verdict: asked, outcome: { decision: 'deny', by: 'verdict' } });
    await journal.record({ type: 'masked', action: { ...action, workspaceRoots: [] }, names: ['PROD_TOKEN'], shown: false });
    await journal.record({ type: 'unreadable', agent: 'claude-code', why: 'prod' });
    await journal.record({ type: 'canary', agent: 'claude-code', file: '/prod', why: 'prod' });
    await notes('The tag of /w/shop was set to prod');
    await collector.until(() => collector.received.length === 5);
    assert.deepEqual(bodies(), ['A shell command of Claude Code was denied.', 'The value of a secret was hidden from Claude Code.', 'A request of Claude Code could not be read.', 'The hooks of Claude Code do not answer.', 'Something was set or changed.']);
    const bytes = Buffer.concat(collector.requests.map((request) => request.bytes)).toString('latin1');
    for (const text of ['kubectl delete', 'shop', '/w', 'PROD', ' prod', '/prod']) assert.ok(!bytes.includes(text), text);
  });

  test('headers come from a file, read anew for each request, and else from the environment', async () => {
    const headersFile = join(place.home, 'collector.key');
    const first = await send({ collector: to({ headersFile }), env: { INTERLOCK_OTLP_HEADERS: 'Authorization: env' } });
    await notes('one');
    await until(() => log.some((line) => line.includes(`${headersFile} cannot be read (ENOENT)`)));
    writeFileSync(headersFile, '# ours\nAuthorization: Bearer a b\n\nX-Team: shop\n');
    await collector.until(() => collector.received.length === 1);
    writeFileSync(headersFile, 'Authorization: Bearer c');
    await notes('two');
    await collector.until(() => collector.received.length === 2);
    await first.stop();
    await send({ env: { INTERLOCK_OTLP_HEADERS: 'Authorization: env' } });
    await notes('three');
    await collector.until(() => collector.received.length >= 3);
    assert.deepEqual(collector.requests.map(({ headers }) => [headers['authorization'], headers['x-team']]), [['Bearer a b', 'shop'], ['Bearer c', undefined], ['env', undefined]]);
  });

  test('a header that would bring another one along is refused, and not shown', async () => {
    const headersFile = join(place.home, 'collector.key');
    writeFileSync(headersFile, 'Authorization: s3cret\u0001\nHost: x');
    await send({ collector: to({ headersFile }) });
    await notes('one');
    await until(() => log.some((line) => line.includes('Line 1 of')));
    assert.deepEqual([collector.requests.length, log.some((line) => line.includes('s3cret'))], [0, false]);
  });

  test('a secret that became known after it was written down is masked on its way', async () => {
    await send({ mask: (text) => text.replaceAll('late-token', '<hidden>') });
    await journal.record({ type: 'action', action: { ...action, command: 'curl -H late-token', session: 'late-token', workspaceRoots: ['/w/late-token'] }, verdict: verdictOf('ask', { findings: [finding('ask', { why: 'Spends late-token.', resource: { kind: 'late-token', name: 'late-token' } })] }), outcome: { decision: 'deny', by: 'verdict' } });
    await collector.until(() => collector.received.length === 1);
    assert.ok(journalText().includes('late-token'));
    assert.ok(!collector.requests[0]?.bytes.includes('late-token'));
    assert.equal(collector.received[0]?.attributes['interlock.subject'], 'curl -H <hidden>');
  });
});

describe('the place is kept', () => {
  test('what was written before it was turned on is not sent, and what comes after is, once', async () => {
    await notes('before');
    await send();
    await notes('one', 'two');
    await allSent();
    assert.deepEqual(bodies(), ['one', 'two']);
  });

  test('a restart between batches goes on where it stood, over midnight', async () => {
    const first = await send();
    const whats = Array.from({ length: 450 }, (_, at) => `${at}`);
    await Promise.all(whats.slice(0, 200).map((what) => journal.record(note(what))));
    await allSent();
    await first.stop();
    clock.now += DAY;
    await Promise.all(whats.slice(200).map((what) => journal.record(note(what))));
    await send();
    await allSent();
    assert.deepEqual(bodies(), whats);
    assert.ok(collector.requests.length >= 3);
    assert.equal(readdirSync(state.journal).filter((name) => name.endsWith('.jsonl')).length, 2);
  });

  test('killed after the collector took a batch and before the place was written: it comes again under the same id', { timeout: 60_000 }, async () => {
    const first = await send();
    await first.stop();
    await notes('one', 'two');
    collector.answers.push('taken');
    const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'sender-process.ts'), state.root, collector.url], { stdio: 'inherit' });
    await collector.until(() => collector.received.length === 2);
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    assert.equal((await loadProgress(state))?.place.seq, 0);
    assert.ok(existsSync(join(state.root, 'open-telemetry.lock')), 'it was killed under its lock');
    await send();
    await allSent();
    assert.deepEqual(bodies(), ['one', 'two', 'one', 'two']);
    const ids = collector.received.map(({ attributes }) => attributes['log.record.uid']);
    assert.deepEqual(ids.slice(2), ids.slice(0, 2));
    assert.equal(new Set(ids).size, 2);
  });

  test('where it stands cannot be read for a moment: nothing is taken for sent', async () => {
    const first = await send();
    await first.stop();
    await notes('one');
    const file = join(state.root, 'open-telemetry.json');
    renameSync(file, `${file}.away`);
    // Whoever runs the tests, this is no file that can be read.
    mkdirSync(file);
    sendings.push(startSending(options()));
    const before = looks;
    await until(() => looks > before + 3);
    assert.equal(collector.requests.length, 0);
    rmdirSync(file);
    renameSync(`${file}.away`, file);
    await allSent();
    assert.deepEqual(bodies(), ['one']);
  });

  test('only the window that leads sends, and two that think so do not send the same', async () => {
    let leading = 0;
    await send({ leads: () => leading === 0 });
    await send({ leads: () => leading === 1 });
    await notes('one');
    await allSent();
    leading = 1;
    await notes('two');
    await allSent();
    await send({ leads: () => true });
    await Promise.all(Array.from({ length: 300 }, (_, at) => journal.record(note(`${at}`))));
    await allSent();
    assert.equal(new Set(bodies()).size, 302);
    assert.equal(bodies().length, 302);
  });
});

describe('an outage', () => {
  test('nobody listens: records wait, and are sent once somebody does', async () => {
    const { port } = collector;
    await collector.close();
    await send();
    await notes('one', 'two');
    await until(() => changes.some(({ failing }) => failing !== undefined));
    assert.match((await loadProgress(state))?.failing?.why ?? '', /^the connection failed \(ECONNREFUSED\)$/);
    collector = await startCollector(port);
    await allSent();
    assert.deepEqual(bodies(), ['one', 'two']);
    assert.equal((await loadProgress(state))?.failing, undefined);
    assert.deepEqual(log.map((line) => line.replace(/http\S+/, 'URL')), ['records are sent from number 1 on', 'records could not be sent to URL the connection failed (ECONNREFUSED). They wait in the journal.', 'records are sent to URL']);
  });

  for (const [name, answer, why] of [
    ['503', { status: 503 }, /answered 503/], ['429', { status: 429, headers: { 'retry-after': '0' } }, /answered 429/], ['a wrong token', { status: 401 }, /answered 401/], ['a redirection is not followed', { status: 307, headers: { location: '/elsewhere' } }, /answered 307/],
    ['an error of the collector', { status: 500 }, /answered 500/], ['cut off while sending', 'cut', /^the connection failed \((?:ECONNRESET|EPIPE)\)$/], ['the answer breaks off', 'half', /broke off|ECONNRESET/], ['no answer', 'hang', /^no answer within 0.2 s$/], ['taken, and no answer', 'taken', /^no answer/],
  ] as const) {
    test(`${name}: nothing is lost and nothing overtakes`, async () => {
      collector.answers.push(answer, answer);
      await send({ pace: { ...quick, request: answer === 'hang' || answer === 'taken' ? 200 : quick.request } });
      await notes('one', 'two', 'three');
      await allSent();
      assert.ok(changes.some(({ failing }) => why.test(failing?.why ?? '')), JSON.stringify(changes));
      assert.deepEqual([...new Map(collector.received.map(({ attributes, body }) => [attributes['log.record.uid'], body])).values()], ['one', 'two', 'three']);
      assert.ok(collector.requests.every(({ path }) => path === '/v1/logs'));
    });
  }

  test('an address on https is never spoken to in the clear', async () => {
    await send({ collector: to({}, collector.url.replace('http:', 'https:')) });
    await notes('one');
    await until(() => changes.some(({ failing }) => failing !== undefined));
    assert.match(changes[0]?.failing?.why ?? '', /^the connection failed \((?:EPROTO|ERR_SSL_\w+|ECONNRESET)\)$/);
    assert.equal(collector.requests.length, 0);
  });

  test('a collector that hangs holds no action up', async () => {
    collector.answers.push('hang');
    await send({ pace: { ...quick, request: 600_000 } });
    await notes('one');
    await collector.until(() => collector.requests.length === 1);
    await notes('two', 'three');
    assert.equal(collector.received.length, 0);
    assert.equal(lastSeq(), 3);
  });

  test('a collector that sends its answer drop by drop is given up at the deadline', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n');
      const drops = setInterval(() => socket.write('.'), 20);
      socket.on('close', () => clearInterval(drops));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    await send({ collector: to({}, `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`), pace: { ...quick, request: 200 } });
    await notes('one');
    await until(() => changes.some(({ failing }) => failing?.why === 'no answer within 0.2 s'));
    await Promise.all(sendings.map((sending) => sending.stop()));
    server.close();
  });

  test('it waits for as long as the collector asks, in seconds or until a time', async () => {
    collector.answers.push({ status: 503, headers: { 'retry-after': '1' } }, { status: 429, headers: { 'retry-after': new Date(clock.now + 1_500).toUTCString() } });
    await send();
    await notes('one');
    await allSent();
    const [first, second, third] = collector.requests.map(({ at }) => at);
    assert.ok(second! - first! >= 1_000, `${second! - first!}`);
    assert.ok(third! - second! >= 400, `${third! - second!}`);
  });

  test('what the collector did not take of a batch is told and not sent again', async () => {
    collector.answers.push({ status: 200, rejected: 1, message: 'too old: s3cret' });
    await send({ mask: (text) => text.replaceAll('s3cret', '<hidden>') });
    await notes('one');
    await allSent();
    await notes('two');
    await allSent();
    assert.equal((await loadProgress(state))?.rejected, 1);
    assert.ok(log.includes('the collector took a batch without 1 of its records: too old: <hidden>'));
    assert.equal(collector.requests.length, 2);
  });

  test('an outage longer than what may wait: the rest is sent, and what was not is counted', async () => {
    const { port } = collector;
    await collector.close();
    await send({ collector: to({ bounds: { days: 7, bytes: 10_000_000 } }) });
    await notes('old', 'older');
    clock.now += 9 * DAY;
    await notes('new');
    await until(() => changes.some(({ failing }) => failing !== undefined));
    collector = await startCollector(port);
    await allSent();
    assert.deepEqual(collector.received.map(({ body, event, attributes }) => [body, event, attributes['interlock.records']]), [['2 records were not sent: the collector could not be reached for too long.', 'interlock.journal.passed_over', 2], ['new', 'interlock.configuration', undefined]]);
  });

  test('a record that the collector cannot read does not keep the others back', async () => {
    const first = await send();
    await notes('first');
    await allSent();
    await first.stop();
    // The batch of four, its first half, and the first record alone.
    collector.answers.push({ status: 400 }, { status: 400 }, { status: 400 });
    await notes('bad', 'two', 'three', 'four');
    await send();
    await allSent();
    assert.deepEqual(bodies(), ['first', 'two', 'three', 'four']);
    assert.equal((await loadProgress(state))?.rejected, 1);
  });

  test('an address where no collector listens takes no record away', async () => {
    collector.answers.push(...Array.from({ length: 20 }, () => ({ status: 400 })));
    await send();
    await notes('one', 'two');
    await allSent();
    assert.deepEqual(bodies(), ['one', 'two']);
    assert.equal((await loadProgress(state))?.rejected, 0);
  });

  test('a broken chain is told to the collector', async () => {
    const { port } = collector;
    await collector.close();
    await send();
    await notes('one', 'harm', 'three');
    const file = join(state.journal, readdirSync(state.journal).find((name) => name.endsWith('.jsonl')) ?? '');
    writeFileSync(file, readFileSync(file, 'utf8').replace('harm', 'calm'));
    collector = await startCollector(port);
    await allSent();
    assert.deepEqual(collector.received.map(({ event, severity, body }) => [event, severity, body]), [['interlock.configuration', 9, 'one'], ['interlock.journal.broken', 17, 'The chain of the journal is broken: records before this one were changed or taken out.'], ['interlock.configuration', 9, 'three']]);
  });
});
