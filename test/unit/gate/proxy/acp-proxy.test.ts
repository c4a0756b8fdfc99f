import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import type { AcpProxyRequest } from '../../../../src/agents/acp.ts';
import { AcpProxy } from '../../../../src/gate/proxy/acp-proxy.ts';
import type { ProxyAnswer } from '../../../../src/gate/proxy/ports.ts';

type Deed = AcpProxyRequest['does'];

const allow: ProxyAnswer = { decision: 'allow' };
const deny = (): ProxyAnswer => ({ decision: 'deny', why: 'Refused. Try no other way.' });

/** A proxy between two lists of lines. Without `decide` questions stay open until they are cancelled. */
function rig(decide?: (does: Deed) => ProxyAnswer, mask: (does: Deed, output: unknown) => ProxyAnswer = () => allow) {
  const client: string[] = [];
  const agent: string[] = [];
  const asked: Deed[] = [];
  const failed: string[] = [];
  const proxy = new AcpProxy({
    toClient: async (line) => void client.push(line.toString('utf8')),
    toServer: async (line) => void agent.push(line.toString('utf8')),
    ask: (does, signal) => {
      asked.push(does);
      if (decide) return Promise.resolve(decide(does));
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve({ decision: 'deny', why: 'withdrawn' })));
    },
    mask: (does, output) => Promise.resolve(mask(does, output)),
    fail: (why) => void failed.push(why),
  });
  const settled = async (): Promise<void> => {
    for (let turns = 0; turns < 8; turns++) await turn();
  };
  const bytes = (message: unknown): Buffer => Buffer.from(typeof message === 'string' ? message : JSON.stringify(message));
  return {
    proxy, client, agent, asked, failed,
    fromAgent: async (message: unknown) => proxy.fromServer(bytes(message)).then(settled),
    fromClient: async (message: unknown) => proxy.fromClient(bytes(message)).then(settled),
    told: () => agent.map((line) => JSON.parse(line) as { id: unknown; error?: { message: string }; result?: { outcome: object } }),
  };
}

const request = (id: number, method: string, params: object): object => ({ jsonrpc: '2.0', id, method, params: { sessionId: 's', ...params } });
const terminal = (command: string, more: object = {}): object => request(1, 'terminal/create', { command, ...more });
const options = [{ optionId: 'yes', name: 'Allow', kind: 'allow_once' }, { optionId: 'no', name: 'Reject', kind: 'reject_once' }];
const permission = (toolCall: object, given: readonly object[] = options): object => request(1, 'session/request_permission', { toolCall: { toolCallId: 't', ...toolCall }, options: given });

const gated: readonly [string, object][] = [
  ['a command', terminal('rm', { args: ['-rf', 'build'] })],
  ['a read', request(1, 'fs/read_text_file', { path: '/w/.env' })],
  ['a write', request(1, 'fs/write_text_file', { path: '/w/a', content: '' })],
  ['a permission', permission({ rawInput: { command: 'rm -rf build' } })],
];

describe('ACP: what an agent wants of its client', () => {
  for (const [name, message] of gated) {
    test(`${name} goes on once it is allowed`, async () => {
      const one = rig(() => allow);
      await one.fromAgent(message);
      assert.deepEqual([one.client, one.agent, one.asked.length], [[`${JSON.stringify(message)}\n`], [], 1]);
    });
    test(`${name} that is refused never reaches the client`, async () => {
      const one = rig(deny);
      await one.fromAgent(message);
      assert.deepEqual(one.client, []);
      const [answer] = one.told();
      assert.equal(answer?.id, 1);
      if (name === 'a permission') assert.deepEqual(answer.result, { outcome: { outcome: 'selected', optionId: 'no' } });
      else assert.match(answer.error?.message ?? '', /Refused\. Try no other way\./);
    });
    test(`${name} answered with something else never reaches the client`, async () => {
      const one = rig(() => ({ output: 'x' }));
      await one.fromAgent(message);
      assert.deepEqual([one.client.length, one.agent.length], [0, 1]);
    });
    test(`${name} with a parameter in other letters is refused unasked`, async () => {
      const one = rig(() => allow);
      await one.fromAgent(JSON.stringify(message).replace('"sessionId"', '"SessionID":"x","sessionId"'));
      assert.deepEqual([one.client.length, one.asked.length, one.agent.length], [0, 0, 1]);
    });
    test(`${name} that waits is cancelled with the turn`, async () => {
      const one = rig();
      await one.fromAgent(message);
      await one.fromClient({ jsonrpc: '2.0', method: 'session/cancel', params: { sessionId: 'other' } });
      assert.equal(one.told().length, 1);
      await one.fromClient({ jsonrpc: '2.0', method: 'session/cancel', params: { sessionId: 's' } });
      assert.deepEqual([one.client, one.told().filter(({ id }) => id === 1).length], [[], 1]);
    });
  }
  test('a permission without a way to reject it is cancelled', async () => {
    const one = rig(deny);
    await one.fromAgent(permission({ rawInput: { command: 'x' } }, options.slice(0, 1)));
    assert.deepEqual(one.told()[0]?.result, { outcome: { outcome: 'cancelled' } });
  });
  test('what waits is bounded in number and in size', async () => {
    const many = rig();
    for (let at = 0; at < 300; at++) await many.proxy.fromServer(Buffer.from(JSON.stringify(terminal('x'))));
    const large = rig();
    for (let at = 0; at < 5; at++) await large.proxy.fromServer(Buffer.from(JSON.stringify(request(1, 'fs/write_text_file', { path: '/w/a', content: 'x'.repeat(20_000_000) }))));
    assert.deepEqual([many, large].map(({ asked, agent, client }) => [asked.length, agent.length, client.length]), [[256, 44, 0], [3, 2, 0]]);
  });
  test('everything else passes as it is, while a request waits', async () => {
    const one = rig();
    const update = '{"jsonrpc":"2.0",  "method":"session/update","params":{"sessionId":"s","update":{"n":1.50}}}';
    await one.fromAgent(terminal('rm -rf x'));
    await one.fromAgent(update);
    await one.fromClient('{"jsonrpc":"2.0","id":3,"method":"session/prompt","params":{}}');
    assert.deepEqual([one.client, one.agent], [[`${update}\n`], ['{"jsonrpc":"2.0","id":3,"method":"session/prompt","params":{}}\n']]);
  });
  const unreadable: readonly [string, unknown][] = [['no JSON', '{'], ['a method given twice', '{"jsonrpc":"2.0","id":1,"method":"ping","method":"terminal/create","params":{}}'], ['a command that is a list', terminal('x', { command: ['rm'] })], ['a command without a session', { jsonrpc: '2.0', id: 1, method: 'terminal/create', params: { command: 'x' } }]];
  for (const [name, message] of unreadable) {
    test(`${name} reaches nobody`, async () => {
      const one = rig(() => allow);
      await one.fromAgent(message);
      assert.deepEqual([one.client, one.asked, one.agent.length], [[], [], 1]);
    });
  }
});

describe('ACP: what comes back', () => {
  const hidden = (_: Deed, output: unknown): ProxyAnswer => ({ output: { ...(output as object), content: '<hidden>' } });
  for (const [method, params] of [['fs/read_text_file', { path: '/w/a' }], ['terminal/output', { terminalId: 'x' }]] as const) {
    test(`of ${method} is masked on its way to the agent`, async () => {
      const one = rig(() => allow, hidden);
      await one.fromAgent(request(7, method, params));
      await one.fromClient({ jsonrpc: '2.0', id: 7, result: { content: 'TOKEN=x' } });
      await one.fromClient({ jsonrpc: '2.0', id: 7, result: { content: 'another answer' } });
      assert.deepEqual(one.told().map(({ result }) => result), [{ content: '<hidden>' }, { content: 'another answer' }]);
    });
    test(`of ${method} is kept back where it cannot be searched`, async () => {
      const one = rig(() => allow, deny);
      await one.fromAgent(request(7, method, params));
      await one.fromClient({ jsonrpc: '2.0', id: 7, result: { content: 'TOKEN=x' } });
      assert.deepEqual(one.told().map(({ error, result }) => [error?.message, result]), [['Refused. Try no other way.', undefined]]);
    });
  }
  for (const [name, id] of [['no id', undefined], ['an empty id', null], ['an id that is in use', 7]] as const) {
    test(`of a request with ${name} cannot be told from other answers, so it is not sent on`, async () => {
      const one = rig(() => allow, hidden);
      await one.fromAgent(request(7, 'terminal/output', { terminalId: 'x' }));
      await one.fromAgent({ jsonrpc: '2.0', ...(id === undefined ? {} : { id }), method: 'terminal/output', params: { sessionId: 's', terminalId: 'y' } });
      assert.equal(one.client.length, 1);
    });
  }
  test('a message of the client that is too large ends the session', async () => {
    const one = rig();
    await one.proxy.fromClient(undefined);
    assert.equal(one.failed.length, 1);
  });
});

test('ACP: no line of an agent, however it is made, brings a gated request to a client without an answer', async () => {
  const method = fc.constantFrom('terminal/create', 'fs/write_text_file', 'session/request_permission', 'fs/read_text_file', 'Terminal/Create', 'ping');
  const message = fc.record({ jsonrpc: fc.constant('2.0'), id: fc.option(fc.oneof(fc.integer(), fc.string()), { nil: undefined }), method, params: fc.oneof(fc.jsonValue(), fc.record({ sessionId: fc.string(), command: fc.string(), path: fc.string(), content: fc.string(), toolCall: fc.constant({}), options: fc.constant([]) })) });
  await fc.assert(
    fc.asyncProperty(fc.oneof(message, fc.array(message, { minLength: 1, maxLength: 4 })), async (line) => {
      const one = rig(deny);
      await one.fromAgent(line);
      assert.ok(!one.client.some((text) => /"(?:terminal\/create|fs\/write_text_file|session\/request_permission|fs\/read_text_file)"/.test(text)));
    }),
    { numRuns: 200 },
  );
});
