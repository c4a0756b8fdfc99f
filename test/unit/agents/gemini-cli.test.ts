import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { adapter } from '../../../src/agents/gemini-cli.ts';
import { adapterSuite } from './adapter-suite.ts';
import { WORKSPACE } from './payloads.ts';

const cwd = WORKSPACE;
const request = (hook_event_name: string, more: object): string => JSON.stringify({ session_id: 'g-1', transcript_path: '/home/dev/.gemini/tmp/x/chats/s.jsonl', cwd, hook_event_name, timestamp: '2026-01-02T03:04:05.678Z', ...more });
const tool = (tool_name: string, tool_input: unknown, more: object = {}): string => request('BeforeTool', { tool_name, tool_input, ...more });
const command = "'/home/dev ü/it'\\''s/.interlock/hook' gemini-cli";
const group = (timeout: number): object => ({ matcher: '.*', hooks: [{ type: 'command', name: 'interlock', command, timeout }] });

adapterSuite({
  adapter,
  whole: tool('run_shell_command', { command: 'ls' }),
  actions: [
    ['a command', tool('run_shell_command', { command: 'rm -rf build', description: 'x' }), { tool: 'shell', shell: 'bash', command: 'rm -rf build', cwd }],
    ['a command in a folder below', tool('run_shell_command', { command: 'ls', dir_path: 'api' }), { tool: 'shell', shell: 'bash', command: 'ls', cwd: `${cwd}/api` }],
    ['a read', tool('read_file', { file_path: '.env' }), { tool: 'read', path: '.env', cwd }],
    ['a read of many', tool('read_many_files', { include: ['a.md', '**/*.env'] }), { tool: 'read', path: 'a.md', cwd }, { tool: 'search', pattern: '', path: cwd, glob: '**/*.env', cwd }],
    ['a write', tool('write_file', { file_path: 'x', content: 'y' }), { tool: 'write', path: 'x', content: 'y', cwd }],
    ['a replacement', tool('replace', { file_path: 'x', instruction: 'i', old_string: 'a', new_string: 'b' }), { tool: 'write', path: 'x', content: 'b', partial: true, cwd }],
    ['a search', tool('grep_search', { pattern: 'TOKEN', include: '*.env' }), { tool: 'search', pattern: 'TOKEN', path: cwd, glob: '*.env', cwd }],
    ['a fetch told in words', tool('web_fetch', { prompt: 'read https://example.com/a and https://example.org/b' }), { tool: 'http', method: 'GET', url: 'https://example.com/a', headers: {}, cwd }, { tool: 'http', method: 'GET', url: 'https://example.org/b', headers: {}, cwd }],
    ['an MCP tool', tool('mcp_db_drop', { table: 't' }, { mcp_context: { server_name: 'db', tool_name: 'drop', command: 'x' } }), { tool: 'mcp', server: 'db', name: 'drop', arguments: { table: 't' }, cwd }],
    ['a tool not known yet', tool('teleport', { where: 'x' }), { tool: 'other', name: 'teleport', input: { where: 'x' }, cwd }],
    ['a tool not known yet that runs a command', tool('runner', { command: 'rm x' }), { tool: 'shell', shell: 'bash', command: 'rm x', cwd }],
  ],
  silent: ['BeforeAgent', 'AfterAgent', 'BeforeModel', 'AfterModel', 'BeforeToolSelection', 'SessionStart', 'SessionEnd', 'PreCompress', 'Notification'].map((event) => [event, request(event, {})] as const),
  refused: [
    ['an event not known', request('BeforeTeleport', { tool_name: 'x', tool_input: {} })],
    ['no tool', request('BeforeTool', {})],
    ['no command', tool('run_shell_command', {})],
    ['a command that is a list', tool('run_shell_command', { command: ['rm', 'x'] })],
    ['a read of nothing', tool('read_many_files', { include: [] })],
    ['an input that is a text', tool('run_shell_command', 'ls')],
  ],
  installed: { hooks: { BeforeTool: [group(600_000)], AfterTool: [group(60_000)] } },
  before: '{\n  "theme": "x",\n  "hooks": {\n    "BeforeTool": [\n      { "matcher": "x", "hooks": [{ "type": "command", "command": "mine" }] }\n    ]\n  }\n}\n',
});

describe('Gemini CLI: answers', () => {
  test('an allow leaves its own question to its person', () => assert.deepEqual(adapter.encode({ decision: 'allow' }, 'BeforeTool'), { stdout: '{}\n', stderr: '', exitCode: 0 }));
  test('a deny is JSON, and an exit code that holds where it is cut off', () => {
    const { stdout, exitCode } = adapter.encode({ decision: 'deny', toAgent: 'No.', toPerson: '' }, 'BeforeTool');
    assert.deepEqual([JSON.parse(stdout), exitCode], [{ decision: 'deny', reason: 'No.' }, 2]);
  });
  test('what a tool gave back can be replaced', () => {
    const decoded = adapter.decode({ payload: request('AfterTool', { tool_name: 'read_file', tool_input: { file_path: 'a' }, tool_response: { llmContent: 'text', returnDisplay: '' } }), env: {}, cwd });
    assert.deepEqual(decoded.kind === 'output' && [decoded.output, decoded.replaceable], ['text', true]);
    assert.deepEqual(JSON.parse(adapter.encodeOutput?.('masked', 'AfterTool').stdout ?? ''), { decision: 'deny', reason: 'masked' });
  });
});
