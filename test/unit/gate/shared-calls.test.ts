import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { adapter as claudeCode } from '../../../src/agents/claude-code.ts';
import { adapter as devin } from '../../../src/agents/devin.ts';
import { judge, type JudgeServices } from '../../../src/gate/judge.ts';
import type { HookRequest } from '../../../src/gate/protocol.ts';
import { SharedCalls } from '../../../src/gate/shared-calls.ts';
import { services, TestAsker, TestKeeper } from './gate-fixture.ts';

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
