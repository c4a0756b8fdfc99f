import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { adapter } from '../../../src/agents/kiro.ts';
import { adapterSuite } from './adapter-suite.ts';
import { strangersTo, WORKSPACE } from './payloads.ts';

const cwd = WORKSPACE;
const request = (hook_event_name: string, more: object): string => JSON.stringify({ hook_event_name, cwd, session_id: 'kiro-1', ...more });
const tool = (tool_name: string, tool_input: unknown): string => request('PreToolUse', { tool_name, tool_input });
const command = "'/home/dev ü/it'\\''s/.interlock/hook' kiro";
const entry = { name: 'interlock', trigger: 'PreToolUse', matcher: '.*', action: { type: 'command', command }, timeout: 600, enabled: true };

adapterSuite({
  adapter,
  whole: tool('execute_bash', { command: 'ls' }),
  actions: [
    ['a command', tool('execute_bash', { command: 'rm -rf build' }), { tool: 'shell', shell: 'bash', command: 'rm -rf build', cwd }],
    ['a command of version 3', tool('shell', { command: 'cat .env.production | grep STRIPE' }), { tool: 'shell', shell: 'bash', command: 'cat .env.production | grep STRIPE', cwd }],
    ['a command in a folder below', tool('shell', { command: 'ls', cwd: 'api' }), { tool: 'shell', shell: 'bash', command: 'ls', cwd: `${cwd}/api` }],
    ['a PowerShell command of the editor', tool('executePwsh', { command: 'Remove-Item x' }), { tool: 'shell', shell: 'powershell', command: 'Remove-Item x', cwd }],
    ['reads', tool('fs_read', { operations: [{ mode: 'Line', path: '/a/.env' }, { mode: 'Search', path: '/a', pattern: 'KEY' }] }), { tool: 'read', path: '/a/.env', cwd }, { tool: 'search', path: '/a', pattern: 'KEY', cwd }],
    ['a read', tool('read_file', { path: '/a/.env' }), { tool: 'read', path: '/a/.env', cwd }],
    ['writes', tool('fs_write', { operations: [{ command: 'create', path: '/x.sh', file_text: '#!/bin/sh\n' }, { command: 'str_replace', path: '/y', new_str: 'b' }] }), { tool: 'write', path: '/x.sh', content: '#!/bin/sh\n', cwd }, { tool: 'write', path: '/y', content: 'b', partial: true, cwd }],
    ['a new file', tool('fs_write', { command: 'create', path: '/x', file_text: 'y' }), { tool: 'write', path: '/x', content: 'y', cwd }],
    ['a replacement', tool('str_replace', { path: '/x', old_str: 'a', new_str: 'b' }), { tool: 'write', path: '/x', content: 'b', partial: true, cwd }],
    ['a text at the end', tool('fsAppend', { path: '/x', text: 'b' }), { tool: 'write', path: '/x', content: 'b', partial: true, cwd }],
    ['a deletion', tool('delete_file', { path: '/x' }), { tool: 'delete', path: '/x', cwd }],
    ['a search', tool('grep', { pattern: 'TOKEN', include: '*.env' }), { tool: 'search', pattern: 'TOKEN', path: cwd, glob: '*.env', cwd }],
    ['a fetch', tool('web_fetch', { url: 'https://example.com/x' }), { tool: 'http', method: 'GET', url: 'https://example.com/x', headers: {}, cwd }],
    ['an MCP tool', tool('@postgres/query', { sql: 'DELETE FROM orders' }), { tool: 'mcp', server: 'postgres', name: 'query', arguments: { sql: 'DELETE FROM orders' }, cwd }],
    ['a tool not known yet', tool('teleport', { where: 'x' }), { tool: 'other', name: 'teleport', input: { where: 'x' }, cwd }],
    ['a tool not known yet that runs a command', tool('runner', { command: 'rm x' }), { tool: 'shell', shell: 'bash', command: 'rm x', cwd }],
  ],
  silent: [
    ...['SessionStart', 'Stop', 'agentSpawn', 'PostFileSave'].map((event) => [event, request(event, {})] as const),
    ['UserPromptSubmit', request('UserPromptSubmit', { prompt: 'x' })],
    ['PostToolUse', request('PostToolUse', { tool_name: 'execute_bash', tool_input: { command: 'ls' }, tool_response: { success: true, result: ['x'] } })],
  ],
  refused: [
    ...strangersTo('kiro'),
    ['an event before a tool that is not known', request('PreTeleport', { tool_name: 'x', tool_input: {} })],
    ['no tool', request('PreToolUse', {})],
    ['no command', tool('execute_bash', {})],
    ['a command that is a list', tool('shell', { command: ['rm', 'x'] })],
    ['a read of nothing', tool('fs_read', { operations: [] })],
    ['a write to nowhere', tool('fs_write', { file_text: 'x' })],
    ['an input that is a text', tool('shell', 'ls')],
    ['a tool under the name another product gives it', tool('Write', { file_path: '/x', content: 'y' })],
  ],
  installed: { version: 'v1', hooks: [entry] },
  before: '{\n  "version": "v1",\n  "hooks": [{ "name": "lint", "trigger": "PostFileSave", "action": { "type": "command", "command": "npm run lint" } }]\n}\n',
});

describe('Kiro: answers', () => {
  test('the version of the command line before this one begins its events with a small letter', () => assert.equal(adapter.decode({ payload: request('preToolUse', { tool_name: 'execute_bash', tool_input: { command: 'ls' } }), env: {}, cwd }).kind, 'action'));
  test('an allow says nothing', () => assert.deepEqual(adapter.encode({ decision: 'allow' }, 'PreToolUse'), { stdout: '', stderr: '', exitCode: 0 }));
  test('a deny is said by exit code and text', () => assert.deepEqual(adapter.encode({ decision: 'deny', toAgent: 'No.', toPerson: '' }, undefined), { stdout: '', stderr: 'No.\n', exitCode: 2 }));
  test('an entry somebody switched off is not taken for ours, and is put right', () => {
    const hooks = adapter.installation('/home/dev');
    const off = hooks.install(undefined, '/l').replace('"enabled": true', '"enabled": false');
    assert.deepEqual([hooks.isInstalled(off, '/l'), hooks.isInstalled(hooks.install(off, '/l'), '/l')], [false, true]);
  });
});
