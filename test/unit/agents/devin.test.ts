import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { adapter } from '../../../src/agents/devin.ts';
import { adapterSuite } from './adapter-suite.ts';
import { requestOf, strangersTo, WORKSPACE } from './payloads.ts';

const cwd = WORKSPACE;
const request = (hook_event_name: string, more: object): string => JSON.stringify({ hook_event_name, session_id: 'bramble-scorpion', prompt_id: 'p', ...more });
const tool = (tool_name: string, tool_input: unknown): string => request('PreToolUse', { tool_name, tool_input, tool_use_id: 'chatcmpl-tool-1' });
const command = "'/home/dev ü/it'\\''s/.interlock/hook' devin";

adapterSuite({
  adapter,
  env: { DEVIN_PROJECT_DIR: WORKSPACE },
  whole: tool('exec', { command: 'ls', shell_id: 'main' }),
  actions: [
    ['a command', tool('exec', { command: 'rm -rf ./build && git push --force origin main', shell_id: 'main' }), { tool: 'shell', shell: 'bash', command: 'rm -rf ./build && git push --force origin main', cwd }],
    ['a read', tool('read', { file_path: `${cwd}/.env` }), { tool: 'read', path: `${cwd}/.env`, cwd }],
    ['a read of a notebook', tool('notebook_read', { notebook_path: '/n.ipynb' }), { tool: 'read', path: '/n.ipynb', cwd }],
    ['a write', tool('write', { file_path: '/x.sh', content: '#!/bin/sh\n' }), { tool: 'write', path: '/x.sh', content: '#!/bin/sh\n', cwd }],
    ['an edit', tool('edit', { file_path: '/pay.ts', old_string: '1', new_string: '3' }), { tool: 'write', path: '/pay.ts', content: '3', partial: true, cwd }],
    ['an edit of a notebook', tool('notebook_edit', { notebook_path: '/n.ipynb', new_source: 'x' }), { tool: 'write', path: '/n.ipynb', content: 'x', partial: true, cwd }],
    ['a search', tool('grep', { pattern: 'SECRET', path: '/x', glob_pattern: '**/.env*' }), { tool: 'search', pattern: 'SECRET', path: '/x', glob: '**/.env*', cwd }],
    ['a search that names no place', tool('grep', { pattern: 'x' }), { tool: 'search', pattern: 'x', path: cwd, cwd }],
    ['a fetch', tool('webfetch', { url: 'https://example.com/x' }), { tool: 'http', method: 'GET', url: 'https://example.com/x', headers: {}, cwd }],
    ['an MCP tool', tool('mcp__github__create_issue', { title: 'x' }), { tool: 'mcp', server: 'github', name: 'create_issue', arguments: { title: 'x' }, cwd }],
    ['a subagent', tool('run_subagent', { profile: 'explorer', task: 't', title: 'x' }), { tool: 'other', name: 'run_subagent', input: { profile: 'explorer', task: 't', title: 'x' }, cwd }],
    ['a tool not known yet that runs a command', tool('runner', { command: 'rm x' }), { tool: 'shell', shell: 'bash', command: 'rm x', cwd }],
  ],
  silent: [
    ...['UserPromptSubmit', 'Stop', 'PostCompaction', 'SessionEnd'].map((event) => [event, request(event, {})] as const),
    ['SessionStart', JSON.stringify({ hook_event_name: 'SessionStart', session_id: 'bramble-scorpion', source: 'startup' })],
    ['PostToolUse', request('PostToolUse', { tool_name: 'exec', tool_input: { command: 'ls' }, tool_response: { success: true, output: 'x', error: null } })],
    ['PermissionRequest', request('PermissionRequest', { tool_name: 'exec', tool_input: { command: 'git push --force' } })],
  ],
  refused: [
    ...strangersTo('devin').filter(([name]) => name !== 'kiro'),
    ['an event before a tool that is not known', request('PreTeleport', { tool_name: 'x', tool_input: {} })],
    ['no tool', request('PreToolUse', {})],
    ['no command', tool('exec', {})],
    ['a command that is a list', tool('exec', { command: ['rm', 'x'] })],
    ['a read of nothing', tool('read', {})],
    ['an edit without a new text', tool('edit', { file_path: '/x' })],
    ['an input that is a text', tool('exec', 'ls')],
    ['a tool under the name another product gives it', tool('Write', { file_path: '/x', content: 'y' })],
  ],
  installed: { hooks: { PreToolUse: [{ matcher: '', hooks: [{ type: 'command', command, timeout: 600 }] }] } },
  before: '{\n  "permissions": { "deny": ["Exec(rm)"] },\n  "hooks": { "PreToolUse": [{ "matcher": "exec", "hooks": [{ "type": "command", "command": "mine" }] }], "Stop": [] }\n}\n',
});

describe('Devin: who asks and what it is told', () => {
  const decoded = (payload: string, env: Readonly<Record<string, string>> = {}): unknown => adapter.decode({ payload, env, cwd: '/started/here' });
  test('a call says which one it is', () => assert.equal((decoded(requestOf('devin')) as { call: string }).call, 'functions.exec:3'));
  test('the folder is the one of its environment, else the one the hook runs in', () => {
    const cwdOf = (env: Readonly<Record<string, string>>): string => (decoded(requestOf('devin'), env) as { action: { cwd: string } }).action.cwd;
    assert.deepEqual([cwdOf({ DEVIN_PROJECT_DIR: '/project' }), cwdOf({})], ['/project', '/started/here']);
  });
  test('a request of Kiro, which looks alike but for its folder, is not read', () => assert.throws(() => decoded(requestOf('kiro')), /did not come from Devin/));
  test('the file on Windows', () => assert.match(adapter.installation('C:\\Users\\dev').file.replaceAll('\\', '/'), /AppData\/Roaming\/devin\/config\.json$/));
  test('an allow leaves its own question to its person', () => assert.deepEqual(adapter.encode({ decision: 'allow' }, 'PreToolUse'), { stdout: '{}\n', stderr: '', exitCode: 0 }));
  test('a deny is said by exit code, text and JSON', () => {
    const { stdout, stderr, exitCode } = adapter.encode({ decision: 'deny', toAgent: 'No.', toPerson: '' }, 'PreToolUse');
    assert.deepEqual([JSON.parse(stdout), stderr, exitCode], [{ decision: 'block', reason: 'No.' }, 'No.\n', 2]);
  });
});
