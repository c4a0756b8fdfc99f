import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { adapter } from '../../../src/agents/auggie.ts';
import { adapterSuite } from './adapter-suite.ts';
import { strangersTo, WORKSPACE } from './payloads.ts';

const cwd = WORKSPACE;
const request = (hook_event_name: string, more: object): string => JSON.stringify({ hook_event_name, conversation_id: 'c-1', workspace_roots: [WORKSPACE], ...more });
const tool = (tool_name: string, tool_input: unknown, is_mcp_tool = false): string => request('PreToolUse', { tool_name, tool_input, is_mcp_tool });

adapterSuite({
  adapter,
  whole: tool('launch-process', { command: 'ls', wait: true, max_wait_seconds: 60 }),
  actions: [
    ['a command', tool('launch-process', { command: 'rm -rf build', cwd: `${cwd}/api`, wait: true }), { tool: 'shell', shell: 'bash', command: 'rm -rf build', cwd: `${cwd}/api` }],
    ['text for a shell', tool('write-process', { terminal_id: 1, input_text: 'rm x\n' }), { tool: 'other', name: 'write-process', input: { terminal_id: 1, input_text: 'rm x\n' }, unseen: 'text that is sent to a shell', cwd }],
    ['a read', tool('view', { path: '.env', type: 'file' }), { tool: 'read', path: '.env', cwd }],
    ['a folder', tool('view', { path: '.', type: 'directory' }), { tool: 'other', name: 'view', input: { path: '.', type: 'directory' }, cwd }],
    ['a new file', tool('save-file', { path: 'x.sh', file_content: '#!/bin/sh\n' }), { tool: 'write', path: 'x.sh', content: '#!/bin/sh\n', cwd }],
    ['edits', tool('str-replace-editor', { command: 'str_replace', path: 'src/pay.ts', old_str_1: '1', new_str_1: '3', old_str_2: 'a', new_str_2: 'b' }), { tool: 'write', path: 'src/pay.ts', content: '3\nb', partial: true, cwd }],
    ['a patch', tool('apply_patch', { input: '*** Begin Patch\n*** Add File: a\n+x\n*** Delete File: b\n*** End Patch' }), { tool: 'write', path: 'a', content: 'x', cwd }, { tool: 'delete', path: 'b', cwd }],
    ['deletions', tool('remove-files', { file_paths: ['migrations/0007.sql', 'b'] }), { tool: 'delete', path: 'migrations/0007.sql', cwd }, { tool: 'delete', path: 'b', cwd }],
    ['a fetch', tool('web-fetch', { url: 'https://example.com/x' }), { tool: 'http', method: 'GET', url: 'https://example.com/x', headers: {}, cwd }],
    ['an MCP tool', tool('query_postgres', { sql: 'DELETE FROM orders' }, true), { tool: 'mcp', server: '', name: 'query_postgres', arguments: { sql: 'DELETE FROM orders' }, cwd }],
    ['an MCP tool that is called like one of its own', tool('view', { path: '.env', type: 'directory' }, true), { tool: 'mcp', server: '', name: 'view', arguments: { path: '.env', type: 'directory' }, cwd }],
    ['a tool not known yet', tool('codebase-retrieval', { information_request: 'x' }), { tool: 'other', name: 'codebase-retrieval', input: { information_request: 'x' }, cwd }],
    ['a tool not known yet that runs a command', tool('runner', { command: 'rm x' }), { tool: 'shell', shell: 'bash', command: 'rm x', cwd }],
  ],
  silent: [
    ...['SessionStart', 'SessionEnd', 'Stop'].map((event) => [event, request(event, {})] as const),
    ['PromptSubmit', request('PromptSubmit', { user_prompt: 'x' })],
    ['Notification', request('Notification', { notification_type: 'tool-approval-required', notification_message: 'Waiting' })],
    ['PostToolUse', request('PostToolUse', { tool_name: 'launch-process', tool_input: { command: 'ls' }, is_mcp_tool: false, tool_output: 'x', tool_error: null })],
  ],
  refused: [
    ...strangersTo('auggie'),
    ['an event before a tool that is not known', request('PreTeleport', { tool_name: 'x', tool_input: {} })],
    ['no tool', request('PreToolUse', {})],
    ['no command', tool('launch-process', {})],
    ['a command that is a list', tool('launch-process', { command: ['rm', 'x'] })],
    ['a read of nothing', tool('view', { type: 'file' })],
    ['a deletion of nothing', tool('remove-files', { file_paths: [] })],
    ['a patch of nothing', tool('apply_patch', { input: '*** Begin Patch\n*** End Patch' })],
    ['an edit of nothing', tool('str-replace-editor', { command: 'str_replace' })],
    ['an input that is a text', tool('launch-process', 'ls')],
  ],
  installed: { hooks: { PreToolUse: [{ matcher: '.*', hooks: [{ type: 'command', command: "/home/dev ü/it's/.interlock/hook", args: ['auggie'], timeout: 600_000 }] }] } },
  before: '{\n  "toolPermissions": [{ "toolName": "view", "permission": { "type": "allow" } }],\n  "hooks": { "PreToolUse": [{ "matcher": "view", "hooks": [{ "type": "command", "command": "/mine.sh" }] }] }\n}\n',
});

describe('Auggie: answers', () => {
  test('an allow leaves its own question to its person', () => assert.deepEqual(adapter.encode({ decision: 'allow' }, 'PreToolUse'), { stdout: '{}\n', stderr: '', exitCode: 0 }));
  test('a deny is said by exit code, text and JSON', () => {
    const { stdout, stderr, exitCode } = adapter.encode({ decision: 'deny', toAgent: 'No.', toPerson: '' }, 'PreToolUse');
    assert.deepEqual([JSON.parse(stdout), stderr, exitCode], [{ hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: 'No.' } }, 'No.\n', 2]);
  });
});
