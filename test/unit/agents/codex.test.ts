import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { adapter } from '../../../src/agents/codex.ts';
import { adapterSuite } from './adapter-suite.ts';
import { WORKSPACE } from './payloads.ts';

const cwd = WORKSPACE;
const request = (hook_event_name: string, more: object): string => JSON.stringify({ session_id: 'c-1', turn_id: 't-1', transcript_path: '/home/dev/.codex/sessions/s.jsonl', cwd, hook_event_name, model: 'm', permission_mode: 'default', ...more });
const tool = (tool_name: string, tool_input: unknown): string => request('PreToolUse', { tool_name, tool_input, tool_use_id: 'u' });
const patch = (...lines: string[]): string => tool('apply_patch', { command: ['*** Begin Patch', ...lines, '*** End Patch', ''].join('\n') });
const command = "'/home/dev ü/it'\\''s/.interlock/hook' codex";

adapterSuite({
  adapter,
  whole: tool('Bash', { command: 'ls' }),
  actions: [
    ['a command', tool('Bash', { command: 'rm -rf build' }), { tool: 'shell', shell: 'bash', command: 'rm -rf build', cwd }],
    ['a patch that adds, changes and deletes', patch('*** Add File: a.txt', '+one', '+two', '*** Update File: b.txt', '@@ fn', ' same', '-old', '+new', '*** Delete File: c.txt'),
      { tool: 'write', path: 'a.txt', content: 'one\ntwo', cwd }, { tool: 'write', path: 'b.txt', content: 'new', partial: true, cwd }, { tool: 'delete', path: 'c.txt', cwd }],
    ['a patch that moves a file', patch('*** Update File: a.txt', '*** Move to: b.txt', '@@', '-x', '+y'), { tool: 'delete', path: 'a.txt', cwd }, { tool: 'write', path: 'b.txt', content: 'y', partial: true, cwd }],
    ['a patch with Windows line ends', tool('apply_patch', { command: '*** Begin Patch\r\n*** Delete File: a b.txt\r\n*** End Patch\r\n' }), { tool: 'delete', path: 'a b.txt', cwd }],
    ['an MCP tool', tool('mcp__db__drop', { table: 't' }), { tool: 'mcp', server: 'db', name: 'drop', arguments: { table: 't' }, cwd }],
    ['a tool not known yet', tool('teleport', { where: 'x' }), { tool: 'other', name: 'teleport', input: { where: 'x' }, cwd }],
    ['a tool not known yet that runs a command', tool('Runner', { command: 'rm x' }), { tool: 'shell', shell: 'bash', command: 'rm x', cwd }],
  ],
  silent: ['PermissionRequest', 'SessionStart', 'SessionEnd', 'Stop', 'UserPromptSubmit', 'SubagentStart', 'Interrupt'].map((event) => [event, request(event, {})] as const),
  refused: [
    ['an event not known', request('PreTeleport', { tool_name: 'x', tool_input: {} })],
    ['no tool', request('PreToolUse', {})],
    ['no command', tool('Bash', {})],
    ['a command that is a list', tool('Bash', { command: ['rm', 'x'] })],
    ['a patch that names no file', patch()],
    ['a patch that is a list', tool('apply_patch', { command: [] })],
    ['an input that is a text', tool('Bash', 'ls')],
  ],
  installed: { hooks: { PreToolUse: [{ matcher: '*', hooks: [{ type: 'command', command, timeout: 600 }] }], PostToolUse: [{ matcher: '*', hooks: [{ type: 'command', command, timeout: 60 }] }] } },
  before: '{\n  "hooks": { "Stop": [{ "hooks": [{ "type": "command", "command": "mine" }] }] }\n}\n',
});

describe('Codex: answers', () => {
  test('an allow says nothing, since an allow would be an error', () => assert.deepEqual(adapter.encode({ decision: 'allow' }, 'PreToolUse'), { stdout: '{}\n', stderr: '', exitCode: 0 }));
  for (const reason of ['No.', '']) {
    test(`a deny always has a text on standard error (${JSON.stringify(reason)})`, () => {
      const { stderr, exitCode } = adapter.encode({ decision: 'deny', toAgent: reason, toPerson: '' }, 'PreToolUse');
      assert.equal(exitCode, 2);
      assert.ok(stderr.trim().length > 0);
    });
  }
  for (const [name, tool_name, tool_input, tool_response, said] of [
    ['a command', 'Bash', { command: 'env' }, 'TOKEN=masked', 'TOKEN=masked'],
    ['an MCP tool', 'mcp__db__dump', {}, { content: [{ type: 'text', text: 'masked' }] }, '{"content":[{"type":"text","text":"masked"}]}'],
  ] as const) {
    test(`what ${name} gave back is replaced by the reason of a block`, () => {
      const decoded = adapter.decode({ payload: request('PostToolUse', { tool_name, tool_input, tool_response, tool_use_id: 'u' }), env: {}, cwd });
      assert.deepEqual(decoded.kind === 'output' && [decoded.output, decoded.replaceable], [tool_response, true]);
      const { stdout = '', exitCode } = adapter.encodeOutput?.(tool_response, 'PostToolUse') ?? {};
      const { decision, reason } = JSON.parse(stdout) as { decision: string; reason: string };
      assert.deepEqual([decision, reason.slice(reason.indexOf('\n') + 1), exitCode], ['block', said, 0]);
    });
  }
  test('what could not be masked is held back', () => assert.deepEqual(JSON.parse(adapter.encode({ decision: 'deny', toAgent: 'No.', toPerson: '' }, 'PostToolUse').stdout), { decision: 'block', reason: 'No.' }));
  test('the line that a person approves does not change', () => assert.equal(adapter.installation('/home/dev').install(undefined, '/home/dev/.interlock/hook'), adapter.installation('/home/dev').install(undefined, '/home/dev/.interlock/hook')));
});
