import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { UnreadableConfig } from '../../../src/agents/adapter.ts';
import { adapter } from '../../../src/agents/grok.ts';
import { adapterSuite } from './adapter-suite.ts';
import { requestOf, strangersTo, WORKSPACE } from './payloads.ts';

const cwd = WORKSPACE;
const request = (hookEventName: string, more: object): string => JSON.stringify({ hookEventName, sessionId: 'grok-5a1', cwd, workspaceRoot: WORKSPACE, permissionMode: 'default', timestamp: '2026-04-14T12:00:00Z', ...more });
const tool = (toolName: string, toolInput: unknown, more: object = {}): string => request('pre_tool_use', { toolName, toolInput, toolUseId: 'call-1', toolInputTruncated: false, ...more });
const command = "'/home/dev ü/it'\\''s/.interlock/hook' grok";

adapterSuite({
  adapter,
  whole: tool('run_terminal_command', { command: 'ls' }),
  actions: [
    ['a command', tool('run_terminal_command', { command: 'rm -rf build' }), { tool: 'shell', shell: 'bash', command: 'rm -rf build', cwd }],
    ['a command as the documentation sends it', JSON.stringify({ hookEventName: 'PreToolUse', sessionId: 'g', cwd, workspaceRoot: WORKSPACE, toolName: 'run_terminal_command', toolInput: { command: 'ls' } }), { tool: 'shell', shell: 'bash', command: 'ls', cwd }],
    ['a command with the names of Claude Code beside its own', tool('run_terminal_command', { command: 'ls' }, { hook_event_name: 'PreToolUse', tool_name: 'run_terminal_command', tool_input: { command: 'ls' } }), { tool: 'shell', shell: 'bash', command: 'ls', cwd }],
    ['a read', tool('read_file', { target_file: '/x/.env' }), { tool: 'read', path: '/x/.env', cwd }],
    ['a new file', tool('write', { file_path: '/x.sh', content: '#!/bin/sh\n' }), { tool: 'write', path: '/x.sh', content: '#!/bin/sh\n', cwd }],
    ['an edit', tool('search_replace', { file_path: '/pay.ts', old_string: '1', new_string: '3' }), { tool: 'write', path: '/pay.ts', content: '3', partial: true, cwd }],
    ['a deletion', tool('delete_file', { target_file: '/x' }), { tool: 'delete', path: '/x', cwd }],
    ['a search', tool('grep', { pattern: 'TOKEN', glob: '*.env' }), { tool: 'search', pattern: 'TOKEN', path: cwd, glob: '*.env', cwd }],
    ['a fetch', tool('web_fetch', { url: 'https://example.com/x' }), { tool: 'http', method: 'GET', url: 'https://example.com/x', headers: {}, cwd }],
    ['an MCP tool', tool('linear__save_issue', { title: 'x' }), { tool: 'mcp', server: 'linear', name: 'save_issue', arguments: { title: 'x' }, cwd }],
    ['a tool not known yet', tool('list_dir', { target_directory: 'x' }), { tool: 'other', name: 'list_dir', input: { target_directory: 'x' }, cwd }],
    ['a tool not known yet that runs a command', tool('runner', { command: 'rm x' }), { tool: 'shell', shell: 'bash', command: 'rm x', cwd }],
  ],
  silent: [
    ...['session_start', 'user_prompt_submit', 'stop', 'notification', 'SubagentStop'].map((event) => [event, request(event, {})] as const),
    ...['post_tool_use', 'post_tool_use_failure', 'permission_request', 'PermissionDenied'].map((event) => [event, request(event, { toolName: 'write', toolInput: {} })] as const),
  ],
  refused: [
    ...strangersTo('grok'),
    ['an event before a tool that is not known', request('pre_teleport', { toolName: 'x', toolInput: {} })],
    ['what it has cut off', tool('write', '{"file_path":"/x","content":"… [truncated]', { toolInputTruncated: true })],
    ['what it says it has cut off', tool('run_terminal_command', { command: 'ls' }, { toolInputTruncated: true })],
    ['no tool', request('pre_tool_use', {})],
    ['no command', tool('run_terminal_command', {})],
    ['a command that is a list', tool('run_terminal_command', { command: ['rm', 'x'] })],
    ['a read of nothing', tool('read_file', {})],
    ['an edit of nothing', tool('search_replace', { new_string: 'x' })],
    ['an input that is a text', tool('run_terminal_command', 'ls')],
    ['a tool under the name another product gives it', tool('Write', { file_path: '/x', content: 'y' })],
  ],
  installed: { hooks: { PreToolUse: [{ matcher: '', hooks: [{ type: 'command', command, timeout: 600 }] }] } },
  before: '{\n  "hooks": { "PreToolUse": [{ "matcher": "Bash", "hooks": [{ "type": "command", "command": "mine" }] }] }\n}\n',
  plain: 'no mark',
});

describe('Grok Build: answers', () => {
  test('a call says which one it is', () => {
    const decoded = adapter.decode({ payload: requestOf('grok'), env: {}, cwd });
    assert.equal(decoded.kind === 'action' && decoded.call, 'call-1');
  });
  test('a path with a dollar sign, which it would take for a variable, is not written', () => assert.throws(() => adapter.installation('/home/dev').install(undefined, '/home/$dev/hook'), UnreadableConfig));
  test('an allow leaves its own question to its person', () => assert.deepEqual(adapter.encode({ decision: 'allow' }, 'pretooluse'), { stdout: '{}\n', stderr: '', exitCode: 0 }));
  test('a deny is said by exit code, text and JSON', () => assert.deepEqual(adapter.encode({ decision: 'deny', toAgent: 'No.', toPerson: '' }, undefined), { stdout: '{"decision":"deny","reason":"No."}\n', stderr: 'No.\n', exitCode: 2 }));
});
