import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { adapter } from '../../../src/agents/qwen-code.ts';
import { adapterSuite } from './adapter-suite.ts';
import { WORKSPACE } from './payloads.ts';

const cwd = WORKSPACE;
const request = (hook_event_name: string, more: object): string => JSON.stringify({ session_id: 'q-1', transcript_path: '/home/dev/.qwen/projects/x/chats/s.jsonl', cwd, hook_event_name, timestamp: '2026-01-02T03:04:05.678Z', permission_mode: 'default', prompt_id: 'p', ...more });
const tool = (tool_name: string, tool_input: unknown): string => request('PreToolUse', { tool_name, tool_input, tool_use_id: 't', tool_call_id: 'c' });
const command = "'/home/dev ü/it'\\''s/.interlock/hook' qwen-code";
const group = (timeout: number): object => ({ matcher: '.*', hooks: [{ type: 'command', command, timeout }] });

adapterSuite({
  adapter,
  whole: tool('run_shell_command', { command: 'ls', is_background: false }),
  actions: [
    ['a command', tool('run_shell_command', { command: 'rm -rf build', is_background: false }), { tool: 'shell', shell: 'bash', command: 'rm -rf build', cwd }],
    ['a command in a folder below', tool('run_shell_command', { command: 'ls', directory: 'api' }), { tool: 'shell', shell: 'bash', command: 'ls', cwd: `${cwd}/api` }],
    ['a read', tool('read_file', { file_path: '/x/.env' }), { tool: 'read', path: '/x/.env', cwd }],
    ['a read by an older build', tool('read_file', { absolute_path: '/x/.env' }), { tool: 'read', path: '/x/.env', cwd }],
    ['a read of many', tool('read_many_files', { paths: ['a.md', '*.env'] }), { tool: 'read', path: 'a.md', cwd }, { tool: 'search', pattern: '', path: cwd, glob: '*.env', cwd }],
    ['a write', tool('write_file', { file_path: 'x', content: 'y' }), { tool: 'write', path: 'x', content: 'y', cwd }],
    ['an edit', tool('edit', { file_path: 'x', old_string: 'a', new_string: 'b' }), { tool: 'write', path: 'x', content: 'b', partial: true, cwd }],
    ['a search', tool('grep_search', { pattern: 'TOKEN', glob: '*.env' }), { tool: 'search', pattern: 'TOKEN', path: cwd, glob: '*.env', cwd }],
    ['a fetch', tool('web_fetch', { url: 'https://example.com/x', prompt: 'read' }), { tool: 'http', method: 'GET', url: 'https://example.com/x', headers: {}, cwd }],
    ['an MCP tool', tool('mcp__db__drop', { table: 't' }), { tool: 'mcp', server: 'db', name: 'drop', arguments: { table: 't' }, cwd }],
    ['a tool not known yet', tool('teleport', { where: 'x' }), { tool: 'other', name: 'teleport', input: { where: 'x' }, cwd }],
    ['a tool not known yet that runs a command', tool('runner', { command: 'rm x' }), { tool: 'shell', shell: 'bash', command: 'rm x', cwd }],
  ],
  silent: [
    ...['SessionStart', 'Stop', 'UserPromptSubmit', 'Notification', 'PreCompact'].map((event) => [event, request(event, {})] as const),
    ...['PostToolBatch', 'PermissionRequest'].map((event) => [event, request(event, { tool_name: 'edit', tool_input: {} })] as const),
  ],
  refused: [
    ['an event before a tool that is not known', request('PreTeleport', { tool_name: 'x', tool_input: {} })],
    ['no tool', request('PreToolUse', {})],
    ['no command', tool('run_shell_command', {})],
    ['a command that is a list', tool('run_shell_command', { command: ['rm', 'x'] })],
    ['a read of nothing', tool('read_many_files', { paths: [] })],
    ['an input that is a text', tool('run_shell_command', 'ls')],
  ],
  installed: { hooks: { PreToolUse: [group(600)], PostToolUse: [group(60)], PostToolUseFailure: [group(60)] } },
  before: '{\n  "model": { "name": "x" },\n  "hooks": { "PreToolUse": [{ "matcher": "x", "hooks": [{ "type": "command", "command": "mine" }] }] }\n}\n',
});

describe('Qwen Code: answers', () => {
  test('an allow leaves its own question to its person', () => assert.deepEqual(adapter.encode({ decision: 'allow' }, 'PreToolUse'), { stdout: '{}\n', stderr: '', exitCode: 0 }));
  test('a deny is said by exit code and text', () => {
    const { stderr, exitCode } = adapter.encode({ decision: 'deny', toAgent: 'No.', toPerson: '' }, 'PreToolUse');
    assert.deepEqual([stderr, exitCode], ['No.\n', 2]);
  });
  test('what a tool gave back is replaced by the reason to stop there', () => {
    const decoded = adapter.decode({ payload: request('PostToolUse', { tool_name: 'run_shell_command', tool_input: { command: 'env' }, tool_response: { llmContent: 'text', returnDisplay: '' } }), env: {}, cwd });
    assert.deepEqual(decoded.kind === 'output' && [decoded.output, decoded.replaceable], ['text', true]);
    assert.deepEqual(JSON.parse(adapter.encodeOutput?.('masked', 'PostToolUse').stdout ?? ''), { continue: false, stopReason: 'masked' });
    assert.deepEqual(JSON.parse(adapter.encodeOutput?.([{ text: 'masked' }], 'PostToolUse').stdout ?? ''), { continue: false, stopReason: '[{"text":"masked"}]' });
  });
  test('what a failing tool said is looked at and cannot be replaced', () => {
    const decoded = adapter.decode({ payload: request('PostToolUseFailure', { tool_name: 'run_shell_command', tool_input: { command: 'env; false' }, error: 'text' }), env: {}, cwd });
    assert.deepEqual(decoded.kind === 'output' && [decoded.output, decoded.replaceable], ['text', false]);
  });
});
