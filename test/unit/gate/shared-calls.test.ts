import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { adapter as acp } from '../../../src/agents/acp.ts';
import { adapter as claudeCode } from '../../../src/agents/claude-code.ts';
import { adapter as devin } from '../../../src/agents/devin.ts';
import { judge, type JudgeServices } from '../../../src/gate/judge.ts';
import type { HookRequest } from '../../../src/gate/protocol.ts';
import { SharedCalls } from '../../../src/gate/shared-calls.ts';
import { services, TestAsker, TestKeeper, verdictOf } from './gate-fixture.ts';

/** A call of Devin's, which runs its own hooks and those of Claude Code. */
function request(agent: 'devin' | 'claude-code', command: string, id: string | undefined = 'functions.exec:3'): HookRequest {
  const payload = JSON.stringify({ hook_event_name: 'PreToolUse', session_id: 's', tool_name: 'exec', tool_input: { command }, ...(id === '' ? {} : { tool_use_id: id }) });
  return { agent, payload, env: { DEVIN_PROJECT_DIR: '/work' }, cwd: '/work', pid: 1 };
}

function given(answer: 'allow' | 'deny' | undefined, now: () => number = Date.now): { used: JudgeServices; asker: TestAsker; keeper: TestKeeper } {
  const asker = new TestAsker(answer);
  const keeper = new TestKeeper();
  return { used: services({ adapters: [claudeCode, devin], asker, keeper, calls: new SharedCalls(now) }), asker, keeper };
}

describe('one call that comes through the hooks of two files', () => {
  test('is asked about once, and copied once, when one comes after the other', async () => {
    const { used, asker, keeper } = given('allow');
    const codes = [await judge(request('devin', 'ask'), used), await judge(request('claude-code', 'ask'), used)].map(({ exitCode }) => exitCode);
    assert.deepEqual([codes, asker.questions.length, keeper.kept.length], [[0, 0], 1, 1]);
  });
  test('is asked about once when both come together', async () => {
    const { used, asker } = given(undefined);
    const both = Promise.all([judge(request('devin', 'ask'), used), judge(request('claude-code', 'ask'), used)]);
    await asker.asked(1);
    asker.settle(asker.questions[0]?.id ?? '', 'allow');
    assert.deepEqual([(await both).map(({ exitCode }) => exitCode), asker.questions.length], [[0, 0], 1]);
  });
  test('is refused through both, and counts once', async () => {
    const { used, asker } = given('deny');
    for (const agent of ['devin', 'claude-code'] as const) assert.equal((await judge(request(agent, 'ask'), used)).exitCode, 2);
    assert.deepEqual([asker.questions.length, used.sessions.list()[0]?.refusals.length], [1, 1]);
  });
});

test('an answer given before the person stopped all agents holds no longer', async () => {
  const { used } = given('allow');
  await judge(request('devin', 'ask'), used);
  await used.sessions.stop();
  assert.equal((await judge(request('claude-code', 'ask'), used)).exitCode, 2);
});

describe('is asked about again:', () => {
  const twice = async (second: HookRequest, later = 0): Promise<number> => {
    let time = 1_000_000;
    const { used, asker } = given('allow', () => time);
    await judge(request('devin', 'ask'), used);
    time += later;
    await judge(second, used);
    return asker.questions.length;
  };
  test('the same through the same hook', async () => assert.equal(await twice(request('devin', 'ask')), 2));
  test('another call', async () => assert.equal(await twice(request('claude-code', 'ask', 'functions.exec:4')), 2));
  test('a call without a name', async () => assert.equal(await twice(request('claude-code', 'ask', '')), 2));
  test('another command under the name of the same call', async () => assert.equal(await twice(request('claude-code', 'ask me')), 2));
  test('a call that comes much later', async () => assert.equal(await twice(request('claude-code', 'ask'), 61_000), 2));
  test('the third hook of a call is the second of its way', async () => {
    const { used, asker } = given('allow');
    for (const agent of ['devin', 'claude-code', 'claude-code'] as const) await judge(request(agent, 'ask'), used);
    assert.equal(asker.questions.length, 2);
  });
});

describe('what a client of the Agent Client Protocol was asked to permit', () => {
  const acpRequest = (does: object): HookRequest => ({ agent: 'acp', payload: JSON.stringify({ session: 's', server: 'x', cwd: '/work', does: { sessionId: '1', ...does } }), env: {}, cwd: '/work', pid: 1 });
  const permission = acpRequest({ method: 'session/request_permission', toolCall: { rawInput: { command: 'ask' } } });
  const edit = acpRequest({ method: 'session/request_permission', toolCall: { content: [{ type: 'diff', path: '/work/a', newText: 'x' }] } });
  const terminal = (more: object = {}): HookRequest => acpRequest({ method: 'terminal/create', command: 'bash', args: ['-c', 'ask'], env: {}, ...more });
  const play = async (answer: 'allow' | 'deny', requests: readonly HookRequest[]): Promise<readonly [codes: readonly number[], questions: number]> => {
    const asker = new TestAsker(answer);
    const used = services({ adapters: [acp], asker, calls: new SharedCalls(Date.now), decide: () => verdictOf('ask') });
    const codes: number[] = [];
    for (const each of requests) codes.push((await judge(each, used)).exitCode);
    return [codes, asker.questions.length];
  };
  test('is not asked about again when it is run', async () => assert.deepEqual(await play('allow', [permission, terminal()]), [[0, 0], 1]));
  test('is not asked about again when it is written', async () => assert.deepEqual(await play('allow', [edit, acpRequest({ method: 'fs/write_text_file', path: '/work/a', content: 'x' })]), [[0, 0], 1]));
  test('is refused with it', async () => assert.deepEqual(await play('deny', [permission, terminal()]), [[2, 2], 1]));
  const others: readonly [string, HookRequest][] = [
    ['a second time', terminal()],
    ['another line', terminal({ args: ['-c', 'ask more'] })],
    ['another folder', terminal({ cwd: '/prod' })],
    ['other variables', terminal({ env: { TF_WORKSPACE: 'prod' } })],
    ['another session', terminal({ sessionId: '2' })],
    ['another program that is given the line', terminal({ command: 'ssh' })],
  ];
  for (const [name, other] of others) test(`${name}: asked about`, async () => assert.deepEqual(await play('allow', [permission, ...(name === 'a second time' ? [terminal()] : []), other]), [name === 'a second time' ? [0, 0, 0] : [0, 0], 2]));
  test('does not run once the person has stopped all agents', async () => {
    const used = services({ adapters: [acp], asker: new TestAsker('allow'), calls: new SharedCalls(Date.now), decide: () => verdictOf('ask') });
    await judge(permission, used);
    await used.sessions.stop();
    assert.equal((await judge(terminal(), used)).exitCode, 2);
  });
});
