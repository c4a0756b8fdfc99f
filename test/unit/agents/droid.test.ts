import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { adapter } from '../../../src/agents/droid.ts';
import { adapterSuite } from './adapter-suite.ts';
import { strangersTo, WORKSPACE } from './payloads.ts';

const cwd = WORKSPACE;
/** As version 0.225.2 has sent it. */
const request = (hook_event_name: string, more: object): string => JSON.stringify({ session_id: '75e80c83', transcript_path: '/home/dev/.factory/sessions/-home-dev-shop/75e80c83.jsonl', cwd, permission_mode: 'auto-high', hook_event_name, ...more });
const tool = (tool_name: string, tool_input: unknown): string => request('PreToolUse', { tool_name, tool_input });
const command = "'/home/dev ü/it'\\''s/.interlock/hook' droid";

adapterSuite({
  adapter,
  env: { FACTORY_PROJECT_DIR: WORKSPACE },
  whole: tool('Execute', { command: 'ls', summary: 'List all the files', riskLevel: 'low', riskLevelReason: 'x' }),
  actions: [
    ['a command', tool('Execute', { command: 'rm -rf build', timeout: 60 }), { tool: 'shell', shell: 'bash', command: 'rm -rf build', cwd }],
    ['a read', tool('Read', { file_path: '/x/.env', limit: 5 }), { tool: 'read', path: '/x/.env', cwd }],
    ['a new file', tool('Create', { file_path: '/x.sh', content: '#!/bin/sh\n' }), { tool: 'write', path: '/x.sh', content: '#!/bin/sh\n', cwd }],
    ['an edit', tool('Edit', { file_path: '/pay.ts', old_str: '1', new_str: '3', change_all: true }), { tool: 'write', path: '/pay.ts', content: '3', partial: true, cwd }],
    ['a search', tool('Grep', { pattern: 'TOKEN', glob_pattern: '*.env', output_mode: 'content' }), { tool: 'search', pattern: 'TOKEN', path: cwd, glob: '*.env', cwd }],
    ['a search for names only', tool('Glob', { patterns: '*.pem' }), { tool: 'other', name: 'Glob', input: { patterns: '*.pem' }, cwd }],
    ['a fetch', tool('FetchUrl', { url: 'https://example.com/x' }), { tool: 'http', method: 'GET', url: 'https://example.com/x', headers: {}, cwd }],
    ['an MCP tool', tool('mcp__postgres__query', { sql: 'DELETE FROM orders' }), { tool: 'mcp', server: 'postgres', name: 'query', arguments: { sql: 'DELETE FROM orders' }, cwd }],
    ['an MCP tool as its model calls it', tool('postgres___query', { sql: 'x' }), { tool: 'mcp', server: 'postgres', name: 'query', arguments: { sql: 'x' }, cwd }],
    ['a tool of a service the organisation has connected', tool('ConnectorSearch', { action: 'call_tool', toolName: 'github__delete_repo', toolArguments: { repo: 'x' } }), { tool: 'mcp', server: 'github', name: 'delete_repo', arguments: { repo: 'x' }, cwd }],
    ['a look at what is connected', tool('ConnectorSearch', { action: 'list_tools' }), { tool: 'other', name: 'ConnectorSearch', input: { action: 'list_tools' }, cwd }],
    ['a tool not known yet', tool('Teleport', { where: 'x' }), { tool: 'other', name: 'Teleport', input: { where: 'x' }, cwd }],
    ['a tool not known yet that runs a command', tool('Runner', { command: 'rm x' }), { tool: 'shell', shell: 'bash', command: 'rm x', cwd }],
  ],
  silent: [
    ...['Notification', 'UserPromptSubmit', 'Stop', 'SubagentStop', 'PreCompact', 'SessionStart', 'SessionEnd'].map((event) => [event, request(event, {})] as const),
    ['PostToolUse', request('PostToolUse', { tool_name: 'Execute', tool_input: { command: 'ls' }, tool_response: 'Command completed successfully' })],
  ],
  refused: [
    ['an event before a tool that is not known', request('PreTeleport', { tool_name: 'x', tool_input: {} })],
    ['no tool', request('PreToolUse', {})],
    ['no command', tool('Execute', {})],
    ['a command that is a list', tool('Execute', { command: ['rm', 'x'] })],
    ['a read of nothing', tool('Read', {})],
    ['an edit without a new text', tool('Edit', { file_path: '/x' })],
    ['an input that is a text', tool('Execute', 'ls')],
  ],
  installed: { PreToolUse: [{ matcher: '*', hooks: [{ type: 'command', command, timeout: 600 }] }] },
  before: '{\n  "PreToolUse": [{ "matcher": "Execute", "hooks": [{ "type": "command", "command": "mine" }] }],\n  "Stop": []\n}\n',
  plain: 'no mark',
});

describe('Droid: who asks and what it is told', () => {
  for (const [name, payload] of strangersTo('droid')) test(`${name} is not read here`, () => assert.throws(() => adapter.decode({ payload, env: {}, cwd })));
  test('an allow leaves its own question to its person', () => assert.deepEqual(adapter.encode({ decision: 'allow' }, 'PreToolUse'), { stdout: '{}\n', stderr: '', exitCode: 0 }));
  test('a deny is said by exit code, text and JSON', () => {
    const { stdout, stderr, exitCode } = adapter.encode({ decision: 'deny', toAgent: 'No.', toPerson: '' }, 'PreToolUse');
    assert.deepEqual([JSON.parse(stdout), stderr, exitCode], [{ hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: 'No.' } }, 'No.\n', 2]);
  });
});
