import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { adapter } from '../../../src/agents/antigravity.ts';
import { UnreadablePayload } from '../../../src/agents/adapter.ts';
import { adapterSuite } from './adapter-suite.ts';
import { requestOf, strangersTo, WORKSPACE } from './payloads.ts';

const cwd = WORKSPACE;
const common = { conversationId: 'ec33ebf9', workspacePaths: [WORKSPACE], transcriptPath: '/home/dev/.gemini/antigravity-cli/brain/x.jsonl', artifactDirectoryPath: '/home/dev/.gemini/antigravity-cli/brain/x', modelName: 'Gemini' };
const request = (more: object): string => JSON.stringify({ ...more, ...common });
const tool = (name: string, args: unknown): string => request({ toolCall: { name, args }, stepIdx: 19 });
const command = "'/home/dev ü/it'\\''s/.interlock/hook' antigravity PreToolUse";

adapterSuite({
  adapter,
  whole: tool('run_command', { CommandLine: 'ls', Cwd: cwd, WaitMsBeforeAsync: 5000 }),
  actions: [
    ['a command', tool('run_command', { CommandLine: 'rm -rf build', Cwd: `${cwd}/api`, WaitMsBeforeAsync: 5000 }), { tool: 'shell', shell: 'bash', command: 'rm -rf build', cwd: `${cwd}/api` }],
    ['a command that names no folder', tool('run_command', { CommandLine: 'ls', Cwd: '' }), { tool: 'shell', shell: 'bash', command: 'ls', cwd }],
    ['text for a shell', tool('send_command_input', { Input: 'rm x\n' }), { tool: 'other', name: 'send_command_input', input: { Input: 'rm x\n' }, unseen: 'text that is sent to a shell', cwd }],
    ['a read', tool('view_file', { AbsolutePath: '/x/.env' }), { tool: 'read', path: '/x/.env', cwd }],
    ['a new file', tool('write_to_file', { TargetFile: '/x.sh', CodeContent: '#!/bin/sh\n', Overwrite: false }), { tool: 'write', path: '/x.sh', content: '#!/bin/sh\n', cwd }],
    ['an edit', tool('replace_file_content', { TargetFile: '/pay.ts', TargetContent: '1', ReplacementContent: '3', AllowMultiple: false }), { tool: 'write', path: '/pay.ts', content: '3', partial: true, cwd }],
    ['several edits', tool('multi_replace_file_content', { TargetFile: '/pay.ts', ReplacementChunks: [{ TargetContent: '1', ReplacementContent: '3' }, { ReplacementContent: 'b' }] }), { tool: 'write', path: '/pay.ts', content: '3\nb', partial: true, cwd }],
    ['a search', tool('grep_search', { SearchPath: cwd, Query: 'SECRET' }), { tool: 'search', path: cwd, pattern: 'SECRET', cwd }],
    ['a fetch', tool('read_url_content', { Url: 'https://example.com/x' }), { tool: 'http', method: 'GET', url: 'https://example.com/x', headers: {}, cwd }],
    ['an MCP tool, however the step is called', tool('mcp_tool', { ServerName: 'postgres', ToolName: 'query', Arguments: { sql: 'DELETE FROM orders' } }), { tool: 'mcp', server: 'postgres', name: 'query', arguments: { sql: 'DELETE FROM orders' }, cwd }],
    ['an MCP tool whose arguments are JSON in a text', tool('call_mcp', { ServerName: 'a', ToolName: 'b', Arguments: '{"sql":"x"}' }), { tool: 'mcp', server: 'a', name: 'b', arguments: { sql: 'x' }, cwd }],
    ['a step not known yet', tool('browser_click', { X: 1 }), { tool: 'other', name: 'browser_click', input: { X: 1 }, cwd }],
    ['a step not known yet that runs a command', tool('run_it', { CommandLine: 'rm x' }), { tool: 'shell', shell: 'bash', command: 'rm x', cwd }],
  ],
  silent: [
    ['PreInvocation', request({ invocationNum: 0, initialNumSteps: 0 })],
    ['PostInvocation', request({ invocationNum: 3, initialNumSteps: 10 })],
    ['Stop', request({ executionNum: 1, terminationReason: 'NO_TOOL_CALL', error: '', fullyIdle: true })],
    ['PostToolUse', request({ toolCall: { name: 'run_command', args: { CommandLine: 'ls' } }, stepIdx: 19, error: '' })],
    ['PostToolUse without a tool', request({ toolCall: null, stepIdx: 1, error: '' })],
  ],
  refused: [
    ...strangersTo('antigravity'),
    ['a tool that is null', request({ toolCall: null, stepIdx: 1 })],
    ['no command', tool('run_command', { Cwd: '' })],
    ['a command that is a list', tool('run_command', { CommandLine: ['rm', 'x'] })],
    ['a read of nothing', tool('view_file', {})],
    ['chunks that are none', tool('multi_replace_file_content', { TargetFile: '/x', ReplacementChunks: 'all' })],
    ['arguments of an MCP tool that are cut off', tool('mcp_tool', { ServerName: 'a', ToolName: 'b', Arguments: '{"sql":' })],
    ['an input that is a text', tool('run_command', 'ls')],
  ],
  installed: { interlock: { PreToolUse: [{ matcher: '*', hooks: [{ type: 'command', command, timeout: 600 }] }] } },
  before: '{\n  "mine": { "enabled": true, "PreToolUse": [{ "matcher": "run_command", "hooks": [{ "type": "command", "command": "mine" }] }] }\n}\n',
  plain: 'no mark',
});

describe('Antigravity: what is said to it', () => {
  const decode = (payload: string, event: string) => adapter.decode({ payload, event, env: {}, cwd: '/home/dev/.gemini/config' });
  test('an empty answer denies, so an allow is said', () => assert.deepEqual(adapter.encode({ decision: 'allow' }, 'PreToolUse'), { stdout: '{"decision":"allow"}\n', stderr: '', exitCode: 0 }));
  test('a deny is said in JSON and as text', () => assert.deepEqual(adapter.encode({ decision: 'deny', toAgent: 'No.', toPerson: '' }, 'PreToolUse'), { stdout: '{"decision":"deny","reason":"No."}\n', stderr: 'No.\n', exitCode: 0 }));
  test('so it is where the request could not be read', () => assert.match(adapter.encode({ decision: 'deny', toAgent: 'No.', toPerson: '' }, undefined).stdout, /"deny"/));
  test('our line says which event it is, whatever the request holds', () => {
    assert.equal(decode(requestOf('antigravity'), 'PreToolUse').kind, 'action');
    for (const payload of [request({ toolCall: null, stepIdx: 1, error: '' }), request({})]) assert.throws(() => decode(payload, 'PreToolUse'), UnreadablePayload);
  });
  test('where no folder is open the action has none', () => {
    const decoded = decode(JSON.stringify({ toolCall: { name: 'run_command', args: { CommandLine: 'cat .env', Cwd: '' } }, stepIdx: 1, conversationId: 'c', workspacePaths: [] }), 'PreToolUse');
    assert.deepEqual(decoded.kind === 'action' && [decoded.action.cwd, decoded.action.workspaceRoots], ['', []]);
  });
  test('a set of hooks that is switched off is not taken for installed, and left to the person', () => {
    const hooks = adapter.installation('/home/dev');
    const installedIn = (text: string): boolean => hooks.isInstalled(hooks.install(text, '/l'), '/l');
    assert.deepEqual([installedIn('{"interlock": {"enabled": false}}'), installedIn('{"interlock": {"enabled": true}}')], [false, true]);
  });
});
