import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { adapter } from '../../../src/agents/amp.ts';
import { requestSuite } from './adapter-suite.ts';
import { WORKSPACE } from './payloads.ts';

const cwd = WORKSPACE;
const thread = { id: 'T-1' };
const tool = (name: string, input: unknown, more: object = {}): string => JSON.stringify({ event: 'tool.call', payload: { toolUseID: 'toolu_1', tool: name, input, thread }, ...more });
const result = (name: string, input: object, more: object): string => JSON.stringify({ event: 'tool.result', payload: { toolUseID: 'toolu_1', tool: name, input, status: 'done', thread, ...more } });

requestSuite({
  adapter,
  whole: tool('Bash', { cmd: 'ls' }),
  actions: [
    ['a command', tool('Bash', { cmd: 'rm -rf build', cwd: `${cwd}/api` }), { tool: 'shell', shell: 'bash', command: 'rm -rf build', cwd: `${cwd}/api` }],
    ['a command without a folder', tool('Bash', { cmd: 'ls' }), { tool: 'shell', shell: 'bash', command: 'ls', cwd }],
    ['a command that Amp itself has found in a tool', tool('shell_command', { script: 'x' }, { shell: { command: 'rm x', dir: 'api' } }), { tool: 'shell', shell: 'bash', command: 'rm x', cwd: `${cwd}/api` }],
    ['a tool in which Amp has found none', tool('Read', { path: 'a' }, { shell: null }), { tool: 'read', path: 'a', cwd }],
    ['a read', tool('Read', { path: '/x/.env' }), { tool: 'read', path: '/x/.env', cwd }],
    ['a new file', tool('create_file', { path: 'x.sh', content: '#!/bin/sh\n' }), { tool: 'write', path: 'x.sh', content: '#!/bin/sh\n', cwd }],
    ['an edit', tool('edit_file', { path: 'pay.ts', old_str: '1', new_str: '3' }), { tool: 'write', path: 'pay.ts', content: '3', partial: true, cwd }],
    ['an edit taken back', tool('undo_edit', { path: 'pay.ts' }), { tool: 'write', path: 'pay.ts', partial: true, cwd }],
    ['a patch', tool('apply_patch', { patchText: '*** Begin Patch\n*** Delete File: a.sql\n*** End Patch' }), { tool: 'delete', path: 'a.sql', cwd }],
    ['a search', tool('Grep', { pattern: 'TOKEN', glob: '*.env' }), { tool: 'search', pattern: 'TOKEN', path: cwd, glob: '*.env', cwd }],
    ['a page', tool('read_web_page', { url: 'https://example.com/x' }), { tool: 'http', method: 'GET', url: 'https://example.com/x', headers: {}, cwd }],
    ['an MCP tool', tool('mcp__postgres__query', { sql: 'DELETE FROM orders' }), { tool: 'mcp', server: 'postgres', name: 'query', arguments: { sql: 'DELETE FROM orders' }, cwd }],
    ['a tool not known yet', tool('oracle', { task: 'x' }), { tool: 'other', name: 'oracle', input: { task: 'x' }, cwd }],
    ['a tool not known yet that runs a command', tool('runner', { command: 'rm x' }), { tool: 'shell', shell: 'bash', command: 'rm x', cwd }],
    ['a result', result('Bash', { cmd: 'npm test' }, { output: { output: '41 passed', exitCode: 0 } }), { tool: 'shell', shell: 'bash', command: 'npm test', cwd }],
  ],
  silent: [],
  refused: [
    ['an event not known', JSON.stringify({ event: 'agent.start', payload: { tool: 'Bash', input: { cmd: 'ls' } } })],
    ['a start', JSON.stringify({ event: 'session.start', payload: {} })],
    ['no tool', JSON.stringify({ event: 'tool.call', payload: { input: { cmd: 'ls' }, thread } })],
    ['no command', tool('Bash', {})],
    ['a command that is a list', tool('Bash', { cmd: ['rm', 'x'] })],
    ['a command of Amp’s that is a number', tool('Bash', { cmd: 'ls' }, { shell: { command: 7 } })],
    ['an input that is a text', tool('Bash', 'ls')],
    ['a patch without a file', tool('apply_patch', { patchText: '' })],
    ['a request of opencode', JSON.stringify({ hook: 'tool.execute.before', directory: cwd, input: { tool: 'bash', sessionID: 's' }, output: { args: { command: 'ls' } } })],
  ],
});

describe('Amp: answers', () => {
  test('an allow is said, as it has no other word for going on', () => assert.equal(adapter.encode({ decision: 'allow' }, 'tool.call').stdout, '{"decision":"allow"}\n'));
  test('what a tool gave back, and what it complains of, can be replaced', () => {
    const decoded = adapter.decode({ payload: result('Bash', { cmd: 'x' }, { status: 'error', error: 'bad', output: 'text' }), env: {}, cwd });
    assert.deepEqual(decoded.kind === 'output' && [decoded.output, decoded.replaceable], [{ output: 'text', error: 'bad' }, true]);
    assert.deepEqual(JSON.parse(adapter.encodeOutput?.({ output: 'masked', error: 'bad' }, 'tool.result').stdout ?? ''), { decision: 'allow', output: { output: 'masked', error: 'bad' } });
  });
});
