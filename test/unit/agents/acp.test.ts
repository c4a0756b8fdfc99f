import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { UnreadableConfig, UnreadablePayload } from '../../../src/agents/adapter.ts';
import { adapter } from '../../../src/agents/acp.ts';

const env = { HOME: '/home/dev' };
const payload = (does: object, more: object = {}): string => JSON.stringify({ session: 's', server: 'gemini', cwd: '/w', does: { sessionId: '1', ...does }, ...more });
const decode = (text: string): ReturnType<typeof adapter.decode> => adapter.decode({ payload: text, env, cwd: '/x' });

/** What is judged, without what all of it has in common. */
function actions(does: object): readonly object[] {
  const decoded = decode(payload(does));
  const all = decoded.kind === 'action' ? [decoded.action] : decoded.kind === 'actions' ? decoded.actions : [];
  return all.map(({ agent, session, workspaceRoots, env: given, ...rest }) => {
    assert.deepEqual([agent, session, workspaceRoots, given['HOME']], ['acp', 's/1', ['/w'], '/home/dev']);
    return rest;
  });
}

const shell = (command: string, cwd = '/w'): object => ({ tool: 'shell', shell: 'bash', command, cwd });
const permission = (toolCall: object): object => ({ method: 'session/request_permission', toolCall });

describe('ACP: what an agent wants done', () => {
  const cases: readonly [string, object, readonly object[]][] = [
    ['a program with arguments', { method: 'terminal/create', command: 'rm', args: ['-rf', "it's here"], env: {} }, [shell(`'rm' '-rf' 'it'\\''s here'`)]],
    ['a whole line as the program', { method: 'terminal/create', command: 'rm -rf build && ls', args: [], env: {}, cwd: '/w/api' }, [shell('rm -rf build && ls', '/w/api')]],
    ['a shell with its line', { method: 'terminal/create', command: 'bash', args: ['-c', 'rm -rf build'], env: {} }, [shell('rm -rf build')]],
    ['the reading of a file', { method: 'fs/read_text_file', path: '/w/.env' }, [{ tool: 'read', path: '/w/.env', cwd: '/w' }]],
    ['the writing of a file', { method: 'fs/write_text_file', path: '/w/a', content: 'x' }, [{ tool: 'write', path: '/w/a', content: 'x', cwd: '/w' }]],
    ['permission for a line', permission({ kind: 'execute', rawInput: { command: 'rm -rf build', cwd: '/w/api' } }), [shell('rm -rf build', '/w/api')]],
    ['permission for words', permission({ kind: 'execute', rawInput: { command: ['rm', '-rf', 'a b'] } }), [shell(`'rm' '-rf' 'a b'`)]],
    ['permission for a program with arguments', permission({ rawInput: { command: 'rm', args: ['-rf', 'x'] } }), [shell(`'rm' '-rf' 'x'`)]],
    ['permission for a line that is the title', permission({ kind: 'execute', title: 'rm -rf build', rawInput: null }), [shell('rm -rf build')]],
    ['permission for a line between backticks', permission({ kind: 'execute', title: '`rm -rf build`' }), [shell('rm -rf build')]],
    ['permission for edits of two files', permission({ kind: 'edit', content: [{ type: 'diff', path: '/w/a', oldText: '1', newText: '2' }, { type: 'content', content: {} }, { type: 'diff', path: '/w/b', newText: '' }] }), [{ tool: 'write', path: '/w/a', content: '2', cwd: '/w' }, { tool: 'write', path: '/w/b', content: '', cwd: '/w' }]],
    ['permission for a deletion', permission({ kind: 'delete', locations: [{ path: '/w/a' }] }), [{ tool: 'delete', path: '/w/a', cwd: '/w' }]],
    ['permission for a reading', permission({ kind: 'read', locations: [{ path: '/w/.env', line: 1 }] }), [{ tool: 'read', path: '/w/.env', cwd: '/w' }]],
    ['permission to fetch', permission({ kind: 'fetch', rawInput: { url: 'https://example.com' } }), [{ tool: 'http', method: 'GET', url: 'https://example.com', headers: {}, cwd: '/w' }]],
  ];
  for (const [name, does, expected] of cases) test(name, () => assert.deepEqual(actions(does), expected));
  test('variables for a program count', () => {
    const decoded = decode(payload({ method: 'terminal/create', command: 'terraform', args: ['destroy'], env: { TF_WORKSPACE: 'prod' } }));
    assert.equal(decoded.kind === 'action' && decoded.action.env['TF_WORKSPACE'], 'prod');
  });
  for (const toolCall of [{ kind: 'execute' }, { kind: 'think', title: 'rm -rf build' }, {}]) {
    test(`permission that says nothing of it is the client’s to give: ${JSON.stringify(toolCall)}`, () => assert.equal(decode(payload(permission(toolCall))).kind, 'nothing'));
  }
  test('what a terminal shows is an output', () => {
    const decoded = decode(payload({ method: 'terminal/output' }, { output: { output: 'x' } }));
    assert.deepEqual(decoded.kind === 'output' && [decoded.output, decoded.replaceable], [{ output: 'x' }, true]);
  });
});

describe('ACP: what cannot be read is never an allow', () => {
  const cases = [payload({ method: 'terminal/create', command: 7, args: [], env: {} }), payload({ method: 'terminal/kill' }), payload({ method: 'fs/write_text_file', path: '/w/a' }), payload({ method: 'session/request_permission' }), '{}', ''];
  for (const text of cases) test(text.slice(0, 80) || 'nothing', () => assert.throws(() => decode(text), UnreadablePayload));
  test('an answer', () => {
    assert.deepEqual(JSON.parse(adapter.encode({ decision: 'deny', toAgent: 'No.', toPerson: '' }, undefined).stdout), { decision: 'deny', why: 'No.' });
    assert.equal(adapter.encode({ decision: 'deny', toAgent: 'No.', toPerson: '' }, undefined).exitCode, 2);
  });
  test('there is no file to put a hook into', () => assert.throws(() => adapter.installation('/home/dev').install(undefined, '/x'), UnreadableConfig));
});
