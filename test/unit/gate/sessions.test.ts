import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import * as fc from 'fast-check';
import type { Action } from '../../../src/core/action.ts';
import { decisions, type Verdict } from '../../../src/core/verdict.ts';
import { judge, type JudgeServices } from '../../../src/gate/judge.ts';
import { judgeAlone } from '../../../src/gate/alone.ts';
import { defaultPolicy } from '../../../src/core/policy/defaults.ts';
import { sessionId } from '../../../src/gate/session-record.ts';
import { mayBeAllowedAhead, Sessions } from '../../../src/gate/sessions.ts';
import { createState, locateState } from '../../../src/gate/state.ts';
import { commandRequest, finding, services, temporarySessions, TestAsker, TestKeeper, verdictOf, type MemoryRecorder } from './gate-fixture.ts';
import { claudeTool } from '../agents/payloads.ts';

const root = mkdtempSync(join(tmpdir(), 'il-locks-'));
after(() => rmSync(root, { recursive: true, force: true }));
const fresh = (): string => mkdtempSync(join(root, 's-'));

const shell = (command: string, more: Partial<Action> = {}): Action => ({ tool: 'shell', shell: 'bash', command, agent: 'claude-code', session: 's1', cwd: '/work', workspaceRoots: ['/work'], env: {}, ...more }) as Action;

/** The first word of a command is the decision, the second the path it would delete. */
function decideByPath(action: Action): Verdict {
  const [word = 'allow', path = 'x'] = action.tool === 'shell' ? action.command.split(' ') : ['allow'];
  const decision = decisions.find((known) => known === word) ?? 'allow';
  return decision === 'allow' ? verdictOf('allow') : verdictOf(decision, { findings: [finding(decision, { paths: [`/nowhere/${path}`], resource: { kind: 'folder', name: path } })] });
}

type Desk = JudgeServices & { readonly recorder: MemoryRecorder; readonly asker: TestAsker };
const desk = (given: Partial<JudgeServices> = {}): Desk => services({ decide: decideByPath, keeper: new TestKeeper(), asker: new TestAsker('deny'), ...given }) as Desk;

async function told(used: JudgeServices, command: string, session = 's1'): Promise<string> {
  const { exitCode, stderr } = await judge(commandRequest(command, '/work', session), used);
  return exitCode === 0 ? 'allowed' : stderr;
}

describe('three refused tries lock a session', () => {
  test('the third says so, and then it may only read', async () => {
    const used = desk();
    for (const path of ['a', 'b']) assert.doesNotMatch(await told(used, `ask ${path}`), /only read/);
    assert.match(await told(used, 'ask c'), /refused this\. This was the third try that was refused, so this session may only read/);
    assert.match(await told(used, 'npm test'), /locked, because three of its tries were refused/);
    assert.equal(await told(used, 'git status'), 'allowed');
    assert.equal((await judge({ ...commandRequest(''), payload: claudeTool('Read', { file_path: '/work/a' }, { session_id: 's1' }) }, used)).exitCode, 0);
    assert.equal(await told(used, 'npm test', 's2'), 'allowed');
    assert.equal(used.asker.questions.length, 3);
    assert.deepEqual(used.recorder.events.flatMap((event) => (event.type === 'configuration' ? [event.what] : [])), ['A session of Claude Code in /work was locked after 3 refused tries']);
  });
  test('routes to what was refused count as tries, without a question', async () => {
    const used = desk();
    await told(used, 'ask a');
    assert.match(await told(used, 'keep a'), /refused already in this session/);
    assert.match(await told(used, 'ask a again'), /third try/);
    assert.equal(used.asker.questions.length, 1);
    assert.deepEqual(used.recorder.outcomes(), ['deny person', 'deny refused before', 'deny refused before']);
  });
  test('what the policy denies counts', async () => {
    const used = desk();
    for (const path of ['a', 'b', 'c']) await told(used, `deny ${path}`);
    assert.match(await told(used, 'npm test'), /locked/);
  });
  test('what nobody answered, or could answer, does not', async () => {
    for (const given of [{ asker: new TestAsker(), answerWithin: () => 1 }, { asker: undefined }, { asker: new TestAsker('unanswered') }] as unknown as readonly Partial<JudgeServices>[]) {
      const used = desk(given);
      for (const path of ['a', 'b', 'c', 'd']) await told(used, `ask ${path}`);
      assert.equal(await told(used, 'npm test'), 'allowed');
    }
  });
  test('one click on identical requests is one try', async () => {
    const asker = new TestAsker();
    const used = desk({ asker });
    const asked = ['ask a', 'ask a', 'ask a'].map((command) => told(used, command));
    await asker.asked(3);
    const settled = asked.map((answer) => answer.then(() => undefined));
    for (const question of asker.questions) asker.settle(question.id, 'deny');
    await Promise.all(settled);
    assert.equal(await told(used, 'npm test'), 'allowed');
  });
  test('what was refused is remembered by its sentence, the newest first, without secrets', async () => {
    const used = desk({ mask: (text) => text.replaceAll('s3cret', '<hidden>'), decide: (action) => verdictOf('ask', { findings: [finding('ask', { why: `Deletes ${action.tool === 'shell' ? action.command : ''} with s3cret`, paths: [`/${action.tool === 'shell' ? action.command : ''}`] })] }) });
    for (const path of ['a', 'b']) await told(used, path);
    assert.deepEqual(used.sessions.list().map(({ refusals, locked }) => [refusals, locked]), [[['Deletes b with <hidden>', 'Deletes a with <hidden>'], false]]);
  });
  test('tries far apart have nothing to do with each other', async () => {
    let now = 0;
    const sessions = temporarySessions(() => now);
    for (const path of ['a', 'b', 'c', 'd']) {
      now += 40 * 60_000;
      const action = shell(`ask ${path}`);
      assert.equal(await sessions.refuse({ action, verdict: decideByPath(action), counts: 'yes', what: '' }), false);
    }
  });
  test('reading a file with secrets counts from the second route on, and never where a masked view is given', async () => {
    const secret = finding('deny', { verb: 'readSecret', paths: ['/work/.env'], resource: { kind: 'secret file', name: '.env' } });
    const used = desk({ decide: (action) => (action.tool === 'shell' && action.command.startsWith('npm') ? verdictOf('allow') : { decision: 'deny', findings: [secret], ...(action.tool === 'read' ? { maskedView: 'KEY=<hidden>' } : {}) }) });
    const read = { ...commandRequest(''), payload: claudeTool('Read', { file_path: '/work/.env' }, { session_id: 's1' }) };
    for (let time = 0; time < 5; time++) assert.match((await judge(read, used)).stderr, /KEY=<hidden>/);
    assert.equal(await told(used, 'npm test'), 'allowed');
    for (const command of ['cat .env', 'head .env']) assert.doesNotMatch(await told(used, command), /third/);
    assert.match(await told(used, 'tail .env'), /third try/);
  });
});

describe('a lock holds', () => {
  const locked = async (sessions: Sessions, more: Partial<Action> = {}): Promise<void> => {
    for (const path of ['a', 'b', 'c']) {
      const action = shell(`ask ${path}`, more);
      await sessions.refuse({ action, verdict: decideByPath(action), counts: 'yes', what: '' });
    }
  };
  const acts = shell('npm test');

  test('over a reload of the window, in a file that only its owner may read', async () => {
    const folder = fresh();
    await locked(new Sessions({ folder, now: Date.now }));
    assert.equal(new Sessions({ folder, now: Date.now }).objection(acts, verdictOf('allow')), 'locked');
    assert.deepEqual(readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o777]), [[`${sessionId(acts)}.json`, 0o600]]);
  });
  test('without an editor', async () => {
    const state = locateState({ INTERLOCK_HOME: fresh() }, root);
    await createState(state);
    const request = commandRequest('npm test', root);
    const snapshot = { policy: defaultPolicy, answerSeconds: 1 };
    assert.equal((await judgeAlone(state, request, snapshot)).exitCode, 0);
    await locked(new Sessions({ folder: state.sessions, now: Date.now }));
    assert.match((await judgeAlone(state, request, snapshot)).stderr, /locked/);
    await new Sessions({ folder: state.sessions, now: Date.now }).stop();
    assert.match((await judgeAlone(state, commandRequest('npm test', root, 'another'), snapshot)).stderr, /stopped all agents/);
  });
  test('for the agent in the workspace, where it gives no session', async () => {
    const sessions = temporarySessions();
    await locked(sessions, { session: '' });
    const objection = (more: Partial<Action>): unknown => sessions.objection(shell('npm test', { session: '', ...more }), verdictOf('allow'));
    assert.deepEqual([objection({ cwd: '/work/sub' }), objection({ workspaceRoots: ['/other'] }), objection({ agent: 'cursor' }), objection({ session: 's1' })], ['locked', undefined, undefined, undefined]);
  });
  test('and a shell that a command started is refused what its session was, in that folder', async () => {
    const sessions = temporarySessions();
    const refused = shell('ask a');
    await sessions.refuse({ action: refused, verdict: decideByPath(refused), counts: 'yes', what: '' });
    const objection = (command: string, cwd: string): unknown => {
      const action = shell(command, { agent: 'shell', session: '', cwd, workspaceRoots: [] });
      return sessions.objection(action, decideByPath(action));
    };
    assert.deepEqual([objection('keep a', '/work/sub'), objection('keep a', '/other'), objection('keep b', '/work')], ['refused before', undefined, undefined]);
  });
  for (const [what, content] of [['cut off', '{"version":1,"agent":"cl'], ['empty', ''], ['of another form', '{"version":2}'], ['no object', 'null']] as const) {
    test(`where its record is ${what}, until a person unlocks it`, async () => {
      const folder = fresh();
      const sessions = new Sessions({ folder, now: Date.now });
      const file = join(folder, `${sessionId(acts)}.json`);
      writeFileSync(file, content);
      assert.deepEqual([sessions.objection(acts, verdictOf('allow')), sessions.objection(shell('git status'), verdictOf('allow'))], ['locked', undefined]);
      assert.equal(await sessions.refuse({ action: acts, verdict: verdictOf('ask'), counts: 'yes', what: '' }), false);
      await sessions.allow(acts);
      assert.equal(readFileSync(file, 'utf8'), content, 'nobody but a person replaces it');
      assert.deepEqual(sessions.list(), [{ id: sessionId(acts), agent: '', folder: '', locked: true, refusals: [], at: 0 }]);
      await sessions.unlock(sessionId(acts));
      assert.equal(sessions.objection(acts, verdictOf('allow')), undefined);
    });
  }
  test('where a folder stands in the record’s place', () => {
    const folder = fresh();
    mkdirSync(join(folder, `${sessionId(acts)}.json`));
    assert.equal(new Sessions({ folder, now: Date.now }).objection(acts, verdictOf('allow')), 'locked');
  });
  test('unlocked, what was refused stays refused; forgotten, it is asked about again', async () => {
    const sessions = temporarySessions();
    await locked(sessions);
    const again = shell('keep a');
    const objection = (): unknown => sessions.objection(again, decideByPath(again));
    assert.equal(objection(), 'locked');
    await sessions.unlock(sessionId(acts));
    assert.deepEqual([objection(), sessions.objection(acts, verdictOf('allow'))], ['refused before', undefined]);
    await sessions.forget(sessionId(acts));
    assert.deepEqual([objection(), sessions.list()], [undefined, []]);
  });
  test('refusals that are written at once by several windows are all kept', async () => {
    const folder = fresh();
    const windows = Array.from({ length: 8 }, () => new Sessions({ folder, now: Date.now }));
    await Promise.all(windows.map((sessions, index) => {
      const action = shell(`ask ${index}`);
      return sessions.refuse({ action, verdict: decideByPath(action), counts: 'no', what: '' });
    }));
    assert.equal(windows[0]?.list()[0]?.refusals.length, 8);
  });
  test('the oldest records make room, locked ones last', async () => {
    const folder = fresh();
    const sessions = new Sessions({ folder, now: Date.now });
    await locked(sessions);
    for (let index = 0; index < 530; index++) writeFileSync(join(folder, `${index.toString(16).padStart(32, '0')}.json`), readFileSync(join(folder, `${sessionId(acts)}.json`), 'utf8').replace(/"lockedAt":\d+,?/, '').replace(/,\}/, '}'));
    await locked(sessions, { session: 's2' });
    assert.ok(readdirSync(folder).length <= 512);
    assert.deepEqual(['s1', 's2'].map((session) => sessions.objection(shell('npm test', { session }), verdictOf('allow'))), ['locked', 'locked']);
  });

  test('and never lets through what an unlocked session would not', async () => {
    const word = fc.constantFrom(...decisions, 'git status', 'npm test', 'cat');
    const command = fc.tuple(word, fc.constantFrom('a', 'b', 'c', 'd')).map(([first, path]) => `${first} ${path}`);
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 8 }), command, fc.constantFrom('allow', 'deny'), async (before, tried, answer) => {
        const used = desk();
        for (const each of before) await told(used, each);
        const after = await told(desk({ sessions: used.sessions, asker: new TestAsker(answer) }), tried);
        const unlocked = await told(desk({ asker: new TestAsker(answer) }), tried);
        assert.ok(after !== 'allowed' || unlocked === 'allowed');
      }),
      { numRuns: 60 },
    );
  });
});

describe('a stop of all agents', () => {
  test('denies everything, reads too, until it is resumed', async () => {
    const used = desk({ asker: new TestAsker('allow') });
    await used.sessions.stop();
    for (const command of ['git status', 'ask a', 'keep a', 'deny a']) assert.match(await told(used, command), /stopped all agents/);
    assert.equal(used.asker.questions.length, 0);
    await used.sessions.resume();
    assert.equal(await told(used, 'git status'), 'allowed');
  });
  test('answers what waits', async () => {
    const asker = new TestAsker();
    const used = desk({ asker });
    const waiting = told(used, 'ask a');
    await asker.asked(1);
    await used.sessions.stop();
    assert.match(await waiting, /stopped all agents/);
    assert.deepEqual([used.recorder.outcomes(), asker.aborted], [['deny stopped'], ['stopped']]);
  });
  test('is not let through by a yes that comes after it from elsewhere', async () => {
    const folder = fresh();
    const used = desk({ sessions: new Sessions({ folder, now: Date.now }), asker: new TestAsker('allow') });
    const ask = used.asker.ask.bind(used.asker);
    used.asker.ask = async (question, signal) => {
      await new Sessions({ folder, now: Date.now }).stop();
      return ask(question, signal);
    };
    assert.match(await told(used, 'ask a'), /stopped all agents/);
  });
  test('holds whatever stands in its file, and where that cannot be looked at', async () => {
    const folder = fresh();
    const sessions = new Sessions({ folder, now: Date.now });
    assert.equal(sessions.isStopped(), false);
    mkdirSync(join(folder, 'stopped'));
    assert.equal(sessions.isStopped(), true);
    const file = join(folder, 'a file');
    writeFileSync(file, '');
    assert.equal(new Sessions({ folder: join(file, 'below'), now: Date.now }).isStopped(), true);
    chmodSync(file, 0o600);
  });
});

describe('a question that waits', () => {
  test('is answered by the refusal of the same effect by another route', async () => {
    const asker = new TestAsker();
    const used = desk({ asker });
    const [first, second] = [told(used, 'ask a'), told(used, 'ask a otherwise')];
    await asker.asked(2);
    asker.settle(asker.questions[0]?.id ?? '', 'deny');
    assert.match(await first, /was asked and refused/);
    assert.match(await second, /refused already in this session/);
  });
  test('is judged again once the person has changed the policy', async () => {
    let policy: 'ask' | 'allow' | 'deny' = 'ask';
    for (const changed of ['allow', 'deny'] as const) {
      policy = 'ask';
      const asker = new TestAsker('reconsider');
      const used = desk({ asker, decide: () => verdictOf(policy) });
      const ask = asker.ask.bind(asker);
      asker.ask = (question, signal) => {
        policy = changed;
        return ask(question, signal);
      };
      await told(used, 'x');
      assert.deepEqual(used.recorder.outcomes(), [`${changed} verdict`]);
    }
  });
  test('is refused where the policy is changed without end', async () => {
    const used = desk({ asker: new TestAsker('reconsider') });
    assert.match(await told(used, 'ask a'), /could not find out/);
    assert.equal(used.asker.questions.length, 4);
  });
});

describe('allowed for this session', () => {
  const staging = { decision: 'ask', confirmation: { by: 'click' }, findings: [finding('ask', { environment: 'staging', reversibility: 'recoverable', target: { by: 'host', host: 'x' } })] } as const;
  const allowing = (): TestAsker => Object.assign(new TestAsker('allow'), { for: 'session' as const });

  test('the same command in the same folder is not asked about again, another one is', async () => {
    const asker = allowing();
    const used = desk({ asker, decide: () => staging });
    for (let time = 0; time < 3; time++) assert.equal(await told(used, 'deploy'), 'allowed');
    assert.deepEqual([used.recorder.outcomes(), asker.questions.length], [['allow person', 'allow session', 'allow session'], 1]);
    await told(used, 'deploy --all');
    await told(used, 'deploy', 's2');
    await judge(commandRequest('deploy', '/other'), used);
    assert.equal(asker.questions.length, 4);
  });
  test('not once it would be worse', async () => {
    let verdict: Verdict = staging;
    const asker = allowing();
    const used = desk({ asker, decide: () => verdict });
    await told(used, 'deploy');
    verdict = { ...staging, findings: [{ ...staging.findings[0], environment: 'unknown' }] };
    await told(used, 'deploy');
    assert.equal(asker.questions.length, 2);
  });
  const never: readonly [string, Verdict][] = [
    ['production', { ...staging, findings: [{ ...staging.findings[0], environment: 'production' }] }],
    ['a target nobody knows', { ...staging, findings: [{ ...staging.findings[0], environment: 'unknown' }] }],
    ['what cannot be undone', { ...staging, findings: [{ ...staging.findings[0], reversibility: 'irreversible' }] }],
    ['what is typed', { ...staging, confirmation: { by: 'type', text: 'x' } }],
    ['what the policy denies', { ...staging, decision: 'deny' }],
  ];
  for (const [what, verdict] of never) {
    test(`never ${what}`, async () => {
      assert.equal(mayBeAllowedAhead(verdict), false);
      const asker = allowing();
      const used = desk({ asker, decide: () => verdict });
      for (let time = 0; time < 2; time++) await told(used, 'deploy');
      assert.equal(used.recorder.outcomes().includes('allow session'), false);
    });
  }
});
