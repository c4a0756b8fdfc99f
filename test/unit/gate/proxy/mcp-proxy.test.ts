import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import type { McpProxyRequest } from '../../../../src/agents/mcp.ts';
import { JsonLines } from '../../../../src/gate/proxy/json-lines.ts';
import { readLine, readLoosely, Unreadable } from '../../../../src/gate/proxy/json-rpc.ts';
import { McpProxy } from '../../../../src/gate/proxy/mcp-proxy.ts';
import type { ProxyAnswer } from '../../../../src/gate/proxy/ports.ts';
import { nameOf } from '../../../../src/gate/proxy/run-proxy.ts';

type Deed = McpProxyRequest['does'];

interface Rig {
  readonly proxy: McpProxy;
  readonly client: string[];
  readonly server: string[];
  readonly asked: Deed[];
  readonly failed: string[];
  /** Answers the oldest question that is open. */
  settle(answer: ProxyAnswer): Promise<void>;
}

const allow: ProxyAnswer = { decision: 'allow' };

/** A proxy between two lists of lines. Without `decide` questions stay open until they are settled. */
function rig(decide?: (does: Deed) => ProxyAnswer, mask: (does: Deed, output: unknown) => ProxyAnswer = () => allow): Rig {
  const client: string[] = [];
  const server: string[] = [];
  const asked: Deed[] = [];
  const failed: string[] = [];
  const open: ((answer: ProxyAnswer) => void)[] = [];
  const proxy = new McpProxy({
    toClient: async (line) => void client.push(line.toString('utf8')),
    toServer: async (line) => void server.push(line.toString('utf8')),
    ask: (does, signal) => {
      asked.push(does);
      if (decide) return Promise.resolve(decide(does));
      return new Promise((resolve) => {
        open.push(resolve);
        signal.addEventListener('abort', () => resolve({ decision: 'deny', why: 'withdrawn' }));
      });
    },
    mask: (does, output) => Promise.resolve(mask(does, output)),
    fail: (why) => void failed.push(why),
  });
  return {
    proxy, client, server, asked, failed,
    async settle(answer) {
      open.shift()?.(answer);
      for (let turns = 0; turns < 5; turns++) await turn();
    },
  };
}

const bytes = (message: unknown): Buffer => Buffer.from(typeof message === 'string' ? message : JSON.stringify(message));
const call = (id: number | string | undefined, name: string, given: object = {}): object => ({ jsonrpc: '2.0', ...(id === undefined ? {} : { id }), method: 'tools/call', params: { name, arguments: given } });

async function fromClient({ proxy }: Rig, message: unknown): Promise<void> {
  await proxy.fromClient(bytes(message));
  for (let turns = 0; turns < 5; turns++) await turn();
}

const deny = (): ProxyAnswer => ({ decision: 'deny', why: 'Refused. Try no other way.' });

describe('what passes as it is', () => {
  const messages: readonly [string, string][] = [
    ['a request, with its blanks and its large numbers', '{"jsonrpc":"2.0",  "id": 12345678901234567890, "method":"ping"}'],
    ['a notification', '{"jsonrpc":"2.0","method":"notifications/initialized"}'],
    ['an answer to a request of the server', '{"jsonrpc":"2.0","id":"s1","result":{"role":"assistant"}}'],
    ['an error', '{"jsonrpc":"2.0","id":"s1","error":{"code":-1,"message":"no"}}'],
    ['several together', '[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":"notifications/x"}]'],
    ['fields and methods nobody knows', '{"jsonrpc":"2.0","id":1,"method":"future/thing","params":{"a":[1.50,null,"é"]},"trace":{}}'],
    ['a cancellation of what the server has', '{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}'],
  ];
  for (const [name, line] of messages) {
    test(`${name}, in both directions`, async () => {
      const one = rig(deny);
      await fromClient(one, line);
      await one.proxy.fromServer(bytes(line));
      assert.deepEqual([one.server, one.client, one.asked], [[`${line}\n`], [`${line}\n`], []]);
    });
  }
});

describe('a call of a tool', () => {
  test('goes on, byte for byte, when it is allowed', async () => {
    const one = rig(() => allow);
    const line = '{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"get","arguments":{"id": 12345678901234567890}}}';
    await fromClient(one, line);
    assert.deepEqual([one.server, one.client, one.asked.length], [[`${line}\n`], [], 1]);
  });
  test('never reaches the server when it is refused, and its own id is answered with a result that is an error', async () => {
    const one = rig(deny);
    for (const id of [7, '7', 'a"b', 0]) await fromClient(one, call(id, 'delete_volume'));
    assert.deepEqual(one.server, []);
    assert.deepEqual(one.client.map((line) => JSON.parse(line) as unknown), [7, '7', 'a"b', 0].map((id) => ({ jsonrpc: '2.0', id, result: { content: [{ type: 'text', text: 'Refused. Try no other way.' }], isError: true } })));
  });
  test('without an id is judged too, and refused in silence', async () => {
    const one = rig(deny);
    await fromClient(one, call(undefined, 'delete_volume'));
    assert.deepEqual([one.server, one.client, one.asked.length], [[], [], 1]);
  });
  test('waits without holding up anything else', async () => {
    const one = rig();
    await fromClient(one, call(1, 'delete_volume'));
    await fromClient(one, call(2, 'delete_volume'));
    await fromClient(one, { jsonrpc: '2.0', id: 3, method: 'ping' });
    await one.proxy.fromServer(bytes({ jsonrpc: '2.0', id: 3, result: {} }));
    assert.deepEqual([one.server.length, one.client.length], [1, 1]);
    await one.settle(deny());
    await one.settle(allow);
    assert.deepEqual(one.server.slice(1).map((line) => (JSON.parse(line) as { id: number }).id), [2]);
    assert.deepEqual(one.client.slice(1).map((line) => (JSON.parse(line) as { id: number }).id), [1]);
  });
  test('that is cancelled while it waits is never sent, and nothing is said of it', async () => {
    const one = rig();
    await fromClient(one, call(1, 'delete_volume'));
    await fromClient(one, { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } });
    await one.settle(allow);
    assert.deepEqual([one.server, one.client], [[], []]);
  });
  test('that is allowed at the moment it is cancelled is not sent either', async () => {
    const one = rig();
    await fromClient(one, call(1, 'delete_volume'));
    const settled = one.settle(allow);
    await fromClient(one, { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: '1' } });
    await settled;
    assert.equal(one.server.some((line) => line.includes('tools/call')), true, 'the text "1" is another id than the number 1');
  });
  test('of which too many wait is refused', async () => {
    const one = rig();
    for (let id = 0; id < 300; id++) await fromClient(one, call(id, 'delete_volume'));
    assert.deepEqual([one.asked.length, one.client.length, one.server.length], [256, 44, 0]);
  });
  test('carries what the server has said of the tool', async () => {
    const one = rig(() => allow);
    await fromClient(one, { jsonrpc: '2.0', id: 1, method: 'tools/list' });
    await one.proxy.fromServer(bytes({ jsonrpc: '2.0', id: 1, result: { tools: [{ name: 'tidy', annotations: { destructiveHint: true, title: 'x' } }, { name: 'odd', annotations: { destructiveHint: 'yes' } }] } }));
    await fromClient(one, call(2, 'tidy'));
    await fromClient(one, call(3, 'odd'));
    assert.deepEqual(one.asked.map((does) => (does.method === 'tools/call' ? does.annotations : undefined)), [{ destructiveHint: true }, undefined]);
  });
  test('that came together with others runs with all of them or not at all', async () => {
    const one = rig((does) => (does.method === 'tools/call' && does.name === 'delete_volume' ? deny() : allow));
    await fromClient(one, [call(1, 'get'), call(2, 'delete_volume'), { jsonrpc: '2.0', id: 3, method: 'ping' }, { jsonrpc: '2.0', method: 'notifications/x' }]);
    assert.deepEqual(one.server, []);
    const answers = JSON.parse(one.client[0] ?? '') as { id: number; error?: object; result?: { isError: boolean } }[];
    assert.deepEqual(answers.map(({ id, result }) => [id, result?.isError]), [[1, true], [2, true], [3, undefined]]);
    await fromClient(one, [call(4, 'get'), call(5, 'get')]);
    assert.equal(one.server.length, 1);
  });
  test('with an answer that is none is refused', async () => {
    const one = rig(() => ({ output: 'x' }));
    await fromClient(one, call(1, 'get'));
    assert.deepEqual([one.server, one.client.length], [[], 1]);
  });
  test('is forgotten when the client goes', async () => {
    const one = rig();
    await fromClient(one, call(1, 'delete_volume'));
    one.proxy.close();
    await one.settle(allow);
    assert.deepEqual([one.server, one.client], [[], []]);
  });
});

describe('a resource', () => {
  const read = (uri: string): object => ({ jsonrpc: '2.0', id: 1, method: 'resources/read', params: { uri } });
  const uris: readonly [string, string | undefined][] = [
    ['file:///w/.env', '/w/.env'],
    ['file://localhost/w/.env', '/w/.env'],
    ['file:///w/%2eenv', '/w/.env'],
    ['FILE:///w/a%20b', '/w/a b'],
    ['/w/.env', '/w/.env'],
    ['postgres://host/db/schema', undefined],
  ];
  for (const [uri, path] of uris) {
    test(uri, async () => {
      const one = rig(() => allow);
      await fromClient(one, read(uri));
      assert.deepEqual(one.asked, [{ method: 'resources/read', uri, ...(path === undefined ? {} : { path }) }]);
    });
  }
  test('that is refused is answered with an error', async () => {
    const one = rig(deny);
    await fromClient(one, read('file:///w/.env'));
    assert.deepEqual([one.server, JSON.parse(one.client[0] ?? '')], [[], { jsonrpc: '2.0', id: 1, error: { code: -32_600, message: 'Refused. Try no other way.' } }]);
  });
  test('whose address cannot be read is refused', async () => {
    const one = rig(() => allow);
    for (const uri of ['file:///w/%2Fenv', 'nonsense', '']) await fromClient(one, read(uri));
    assert.deepEqual([one.server, one.client.length], [[], 3]);
  });
});

describe('what could be read in two ways reaches no server', () => {
  const lines: readonly [string, string | Buffer][] = [
    ['no JSON', '{"jsonrpc":"2.0","id":1,"method":"tools/call"'],
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
    ['a method given twice', '{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/call","params":{"name":"x"}}'],
    ['a method given twice, once escaped', '{"jsonrpc":"2.0","id":1,"method":"tools/call","m\\u0065thod":"ping","params":{"name":"x"}}'],
    ['an argument given twice', '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x","arguments":{"path":"a","path":"b"}}}'],
    ['a method in other letters', '{"jsonrpc":"2.0","id":1,"Method":"tools/call","params":{"name":"x"}}'],
    ['parameters with a letter that folds to one of theirs', '{"jsonrpc":"2.0","id":1,"method":"tools/call","param\u017F":{"name":"y"},"params":{"name":"x"}}'],
    ['a name in other letters', '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x","Name":"y"}}'],
    ['a call without a name', '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{}}'],
    ['arguments that are a list', '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x","arguments":[]}}'],
    ['a method that is no text', '{"jsonrpc":"2.0","id":1,"method":["tools/call"]}'],
    ['an empty list', '[]'],
    ['a list in a list', '[[{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x"}}]]'],
    ['a text', '"tools/call"'],
  ];
  for (const [name, line] of lines) {
    test(name, async () => {
      const one = rig(() => allow);
      await one.proxy.fromClient(Buffer.from(line));
      assert.deepEqual([one.server, one.asked, one.client.length], [[], [], 1]);
    });
  }
  test('a message that is too large', async () => {
    const one = rig(() => allow);
    await one.proxy.fromClient(undefined);
    assert.deepEqual([one.server, one.client.length], [[], 1]);
  });
});

describe('what comes back', () => {
  const hide = (_: Deed, output: unknown): ProxyAnswer => (JSON.stringify(output).includes('s3cret') ? { output: JSON.parse(JSON.stringify(output).replaceAll('s3cret', '<hidden>')) as unknown } : allow);
  const results: readonly [string, object, object][] = [
    ['of a tool', call(1, 'get'), { result: { content: [{ type: 'text', text: 's3cret' }] } }],
    ['of a tool that failed', call(1, 'get'), { error: { code: -1, message: 's3cret' } }],
    ['of a resource', { id: 1, method: 'resources/read', params: { uri: 'file:///w/a' } }, { result: { contents: [{ uri: 'file:///w/a', text: 's3cret' }] } }],
    ['of a prompt', { id: 1, method: 'prompts/get', params: { name: 'x' } }, { result: { messages: ['s3cret'] } }],
    ['of a task', { id: 1, method: 'tasks/result', params: { taskId: 'x' } }, { result: { content: ['s3cret'] } }],
  ];
  for (const [name, request, reply] of results) {
    test(`${name} is masked`, async () => {
      const one = rig(() => allow, hide);
      await fromClient(one, request);
      await one.proxy.fromServer(bytes({ jsonrpc: '2.0', id: 1, ...reply }));
      assert.deepEqual(JSON.parse(one.client[0] ?? ''), JSON.parse(JSON.stringify({ jsonrpc: '2.0', id: 1, ...reply }).replaceAll('s3cret', '<hidden>')));
    });
  }
  test('in messages that nobody asked for is masked', async () => {
    const one = rig(() => allow, hide);
    for (const method of ['notifications/message', 'notifications/progress', 'sampling/createMessage']) await one.proxy.fromServer(bytes({ jsonrpc: '2.0', id: 1, method, params: { data: 's3cret' } }));
    assert.deepEqual(one.client.map((line) => line.includes('s3cret')), [false, false, false]);
  });
  test('and cannot be searched is withheld', async () => {
    const one = rig(() => allow, () => ({ decision: 'deny', why: 'It could not be searched.' }));
    await fromClient(one, call(1, 'get'));
    await one.proxy.fromServer(bytes({ jsonrpc: '2.0', id: 1, result: { content: [{ type: 'text', text: 's3cret' }] } }));
    assert.deepEqual(JSON.parse(one.client[0] ?? ''), { jsonrpc: '2.0', id: 1, result: { content: [{ type: 'text', text: 'It could not be searched.' }], isError: true } });
  });
  test('as something else than a message is left out; one that is too large ends the session', async () => {
    const one = rig();
    await one.proxy.fromServer(Buffer.from('Server listening on stdio'));
    await one.proxy.fromServer(undefined);
    assert.deepEqual([one.client, one.failed.length], [[], 1]);
  });
  test('with a name given twice is written as it was read', async () => {
    const one = rig(() => allow);
    await one.proxy.fromServer(Buffer.from('{"jsonrpc":"2.0","id":1,"result":{"a":1,"a":2}}'));
    assert.deepEqual(one.client, ['{"jsonrpc":"2.0","id":1,"result":{"a":2}}\n']);
  });
});

describe('lines', () => {
  const text = fc.string({ unit: 'binary', maxLength: 40 }).map((line) => line.replaceAll(/[\r\n]/g, ''));
  test('are the same however they arrive', () => {
    fc.assert(fc.property(fc.array(text, { maxLength: 20 }), fc.constantFrom('\n', '\r\n'), fc.infiniteStream(fc.integer({ min: 1, max: 30 })), (lines, end, sizes) => {
      const whole = Buffer.from(lines.map((line) => line + end).join(''));
      const split = new JsonLines();
      const found: string[] = [];
      for (let at = 0; at < whole.length; ) {
        const size = sizes.next().value;
        for (const line of split.push(whole.subarray(at, at + size))) found.push(line?.toString('utf8') ?? 'too long');
        at += size;
      }
      assert.deepEqual(found, lines.filter((line) => line !== '').map((line) => Buffer.from(line).toString('utf8')));
    }));
  });
  test('that are too long are told and not held, and the next is read', () => {
    const split = new JsonLines(10);
    const found = ['12345', '67890', '1\nab', 'c\n', '1234567890\n'].flatMap((piece) => split.push(Buffer.from(piece)));
    assert.deepEqual(found.map((line) => line?.toString('utf8')), [undefined, 'abc', '1234567890']);
  });
});

describe('reading a message', () => {
  test('takes every JSON value that names each thing once for what it is', () => {
    fc.assert(fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(undefined, 1, '\t'), (text, indent) => {
      const params: unknown = JSON.parse(text);
      const line = Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'x', params }, undefined, indent));
      assert.deepEqual(readLine(line).messages[0]?.params, params);
    }));
  });
  test('never takes one with a name given twice', () => {
    fc.assert(fc.property(fc.string(), fc.json(), fc.json(), (name, one, other) => {
      const key = JSON.stringify(name);
      const line = Buffer.from(`{"jsonrpc":"2.0","id":1,"method":"x","params":{${key}:${one},"between":{},${key} : ${other}}}`);
      assert.throws(() => readLine(line), Unreadable);
      assert.equal(readLoosely(line)?.exact, false);
    }));
  });
  test('ends with a message or with `Unreadable` on any bytes', () => {
    const pieces = fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '\\', '"method"', '"tools/call"', '"id":1', '"params":{}', 'null', '1e999', '\\ud800', '__proto__', ' ', '\u0000', '\uFEFF');
    fc.assert(fc.property(fc.oneof(fc.uint8Array({ maxLength: 60 }).map((raw) => Buffer.from(raw)), fc.array(pieces, { maxLength: 30 }).map((parts) => Buffer.from(parts.join('')))), (line) => {
      try {
        assert.ok(readLine(line).messages.length > 0);
      } catch (error) {
        assert.ok(error instanceof Unreadable, String(error));
      }
    }), { numRuns: 2_000 });
  });
});

describe('the name of a server', () => {
  const names: readonly [string, string][] = [
    ['npx -y @modelcontextprotocol/server-postgres postgresql://me:pw@db/shop', 'server-postgres'],
    ['uvx mcp-server-git --repository /w', 'mcp-server-git'],
    ['node /opt/servers/files.mjs', 'files'],
    ['docker run -i --rm ghcr.io/github/github-mcp-server', 'github-mcp-server'],
    ['npx github-mcp@1.2.3', 'github-mcp'],
    ['/usr/local/bin/my-server', 'my-server'],
    ['python3 -m mcp_sqlite', 'mcp_sqlite'],
    ['node', 'node'],
  ];
  for (const [command, name] of names) test(`${name}: ${command}`, () => assert.equal(nameOf(command.split(' ')), name));
});
