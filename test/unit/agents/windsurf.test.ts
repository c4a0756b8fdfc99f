import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { adapter } from '../../../src/agents/windsurf.ts';
import { adapterSuite } from './adapter-suite.ts';
import { strangersTo, WORKSPACE } from './payloads.ts';

const cwd = WORKSPACE;
const request = (agent_action_name: string, tool_info: unknown): string => JSON.stringify({ agent_action_name, trajectory_id: 'traj_1', execution_id: 'exec_1', timestamp: '2026-06-20T09:14:03Z', model_name: 'SWE-2', tool_info });
const command = "'/home/dev ü/it'\\''s/.interlock/hook' windsurf";
const list = [{ command, show_output: false }];

adapterSuite({
  adapter,
  whole: request('pre_run_command', { command_line: 'ls', cwd }),
  actions: [
    ['a command', request('pre_run_command', { command_line: 'rm -rf build', cwd: `${cwd}/api` }), { tool: 'shell', shell: 'bash', command: 'rm -rf build', cwd: `${cwd}/api` }],
    ['a command that names no folder', request('pre_run_command', { command_line: 'ls', cwd: '' }), { tool: 'shell', shell: 'bash', command: 'ls', cwd }],
    ['a read', request('pre_read_code', { file_path: `${cwd}/.env` }), { tool: 'read', path: `${cwd}/.env`, cwd }],
    ['a write', request('pre_write_code', { file_path: '/pay.ts', edits: [{ old_string: '1', new_string: '3' }, { old_string: 'a', new_string: 'b' }] }), { tool: 'write', path: '/pay.ts', content: '3\nb', partial: true, cwd }],
    ['an MCP tool', request('pre_mcp_tool_use', { mcp_server_name: 'postgres', mcp_tool_name: 'query', mcp_tool_arguments: { sql: 'DELETE FROM orders' } }), { tool: 'mcp', server: 'postgres', name: 'query', arguments: { sql: 'DELETE FROM orders' }, cwd }],
    ['an MCP tool without arguments', request('pre_mcp_tool_use', { mcp_server_name: 'a', mcp_tool_name: 'b' }), { tool: 'mcp', server: 'a', name: 'b', arguments: {}, cwd }],
  ],
  silent: [
    ['pre_user_prompt', request('pre_user_prompt', { user_prompt: 'x' })],
    ['post_cascade_response', request('post_cascade_response', { response: 'Done.' })],
    ['post_run_command', request('post_run_command', { command_line: 'ls', cwd })],
    ['post_read_code', request('post_read_code', { file_path: '/x' })],
    ['post_write_code', request('post_write_code', { file_path: '/x', edits: [] })],
    ['post_mcp_tool_use', request('post_mcp_tool_use', { mcp_server_name: 'a', mcp_tool_name: 'b', mcp_result: '1' })],
  ],
  refused: [
    ...strangersTo('windsurf'),
    ['an event before something that is not known', request('pre_teleport', { where: 'x' })],
    ['no command', request('pre_run_command', {})],
    ['a command that is a list', request('pre_run_command', { command_line: ['rm', 'x'] })],
    ['a read of nothing', request('pre_read_code', {})],
    ['edits that are none', request('pre_write_code', { file_path: '/x', edits: 'all' })],
    ['a tool of no server', request('pre_mcp_tool_use', { mcp_tool_name: 'b' })],
    ['a text in place of what the tool is told', request('pre_run_command', 'ls')],
  ],
  installed: { hooks: { pre_run_command: list, pre_read_code: list, pre_write_code: list, pre_mcp_tool_use: list } },
  before: '{\n  "hooks": {\n    "pre_run_command": [{ "command": "mine", "show_output": true }],\n    "post_write_code": [{ "command": "format" }]\n  }\n}\n',
  weaken: (text) => text.replace('"show_output": false', '"show_output": true'),
});

describe('Windsurf Cascade: answers', () => {
  test('an allow says nothing', () => assert.deepEqual(adapter.encode({ decision: 'allow' }, 'pre_run_command'), { stdout: '', stderr: '', exitCode: 0 }));
  test('a deny is said by exit code and text', () => assert.deepEqual(adapter.encode({ decision: 'deny', toAgent: 'No.', toPerson: '' }, undefined), { stdout: '', stderr: 'No.\n', exitCode: 2 }));
});
