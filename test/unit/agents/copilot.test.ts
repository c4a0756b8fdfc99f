import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { adapter } from '../../../src/agents/copilot.ts';
import { adapterSuite } from './adapter-suite.ts';
import { WORKSPACE } from './payloads.ts';

const cwd = WORKSPACE;
const cli = (more: object): string => JSON.stringify({ sessionId: 's-1', timestamp: 1_767_323_045_678, cwd, ...more });
const tool = (toolName: string, toolArgs: unknown): string => cli({ toolName, toolArgs });
const editor = (hook_event_name: string, more: object): string => JSON.stringify({ timestamp: '2026-01-02T03:04:05.678Z', hook_event_name, session_id: 'e-1', transcript_path: '/t', cwd, ...more });
const vscode = (tool_name: string, tool_input: unknown): string => editor('PreToolUse', { tool_name, tool_input, tool_use_id: 'call' });
const bash = "'/home/dev ü/it'\\''s/.interlock/hook' copilot";
const shell = (command: string): object => ({ tool: 'shell', shell: 'bash', command, cwd });

adapterSuite({
  adapter,
  whole: tool('bash', { command: 'ls' }),
  actions: [
    ['a command', tool('bash', { command: 'rm -rf build', description: 'x' }), shell('rm -rf build')],
    ['a command whose arguments are a text', tool('bash', JSON.stringify({ command: 'cat .env' })), shell('cat .env')],
    ['a PowerShell command', tool('powershell', { command: 'Remove-Item x' }), { tool: 'shell', shell: 'powershell', command: 'Remove-Item x', cwd }],
    ['text for a shell that runs', tool('write_bash', { sessionId: '1', input: 'y' }), { tool: 'other', name: 'write_bash', input: { sessionId: '1', input: 'y' }, unseen: 'text that is sent to a shell', cwd }],
    ['a read', tool('view', { path: '/x/.env' }), { tool: 'read', path: '/x/.env', cwd }],
    ['a new file', tool('create', { path: '/x/a', file_text: 'y' }), { tool: 'write', path: '/x/a', content: 'y', cwd }],
    ['an edit', tool('edit', { path: '/x/a', old_str: 'a', new_str: 'b' }), { tool: 'write', path: '/x/a', content: 'b', partial: true, cwd }],
    ['a patch', tool('apply_patch', { patch: '*** Begin Patch\n*** Delete File: a\n*** Add File: b\n+x\n*** End Patch' }), { tool: 'delete', path: 'a', cwd }, { tool: 'write', path: 'b', content: 'x', cwd }],
    ['a search', tool('grep', { pattern: 'TOKEN', output_mode: 'content' }), { tool: 'search', pattern: 'TOKEN', path: cwd, cwd }],
    ['a fetch', tool('web_fetch', { url: 'https://example.com' }), { tool: 'http', method: 'GET', url: 'https://example.com', headers: {}, cwd }],
    ['an MCP tool', tool('db-drop_table', { table: 't' }), { tool: 'mcp', server: 'db', name: 'drop_table', arguments: { table: 't' }, cwd }],
    ['a subagent', tool('task', { prompt: 'look' }), { tool: 'other', name: 'task', input: { prompt: 'look' }, cwd }],
    ['in VS Code: a command', vscode('run_in_terminal', { command: 'rm -rf build', explanation: 'x' }), shell('rm -rf build')],
    ['in VS Code: text for a terminal that is open', vscode('send_to_terminal', { id: '1', command: 'rm x' }), shell('rm x')],
    ['in VS Code: a read', vscode('read_file', { filePath: '/x/.env', startLine: 1, endLine: 5 }), { tool: 'read', path: '/x/.env', cwd }],
    ['in VS Code: a new file', vscode('create_file', { filePath: '/x/a', content: 'y' }), { tool: 'write', path: '/x/a', content: 'y', cwd }],
    ['in VS Code: an edit', vscode('replace_string_in_file', { filePath: '/x/a', oldString: 'a', newString: 'b' }), { tool: 'write', path: '/x/a', content: 'b', partial: true, cwd }],
    ['in VS Code: several edits', vscode('multi_replace_string_in_file', { replacements: [{ filePath: '/x/a', oldString: 'a', newString: 'b' }, { filePath: '/x/c', oldString: 'c', newString: 'd' }] }), { tool: 'write', path: '/x/a', content: 'b', partial: true, cwd }, { tool: 'write', path: '/x/c', content: 'd', partial: true, cwd }],
    ['in VS Code: a patch', vscode('apply_patch', { input: '*** Begin Patch\n*** Delete File: /x/a.sql\n*** End Patch' }), { tool: 'delete', path: '/x/a.sql', cwd }],
    ['in VS Code: a cell of a notebook', vscode('edit_notebook_file', { filePath: '/x/n.ipynb', newCode: ['a', 'b'] }), { tool: 'write', path: '/x/n.ipynb', content: 'a\nb', partial: true, cwd }],
    ['in VS Code: a search', vscode('grep_search', { query: 'TOKEN', isRegexp: false, includePattern: '*.env' }), { tool: 'search', pattern: 'TOKEN', path: cwd, glob: '*.env', cwd }],
    ['in VS Code: a new task', vscode('create_and_run_task', { task: { label: 'x', type: 'shell', command: 'rm', args: ['-rf', 'data'] } }), shell('rm -rf data')],
    ['in VS Code: a command of the editor', vscode('run_vscode_command', { commandId: 'git.cleanAll' }), { tool: 'other', name: 'run_vscode_command', input: { commandId: 'git.cleanAll' }, unseen: 'a command of the editor', cwd }],
    ['in VS Code: pages', vscode('fetch_webpage', { urls: ['https://a.example', 'https://b.example'] }), { tool: 'http', method: 'GET', url: 'https://a.example', headers: {}, cwd }, { tool: 'http', method: 'GET', url: 'https://b.example', headers: {}, cwd }],
    ['in VS Code: an MCP tool', vscode('mcp_db_drop_table', { table: 't' }), { tool: 'mcp', server: 'db', name: 'drop_table', arguments: { table: 't' }, cwd }],
    ['in VS Code: a tool not known yet', vscode('teleport', { where: 'x' }), { tool: 'other', name: 'teleport', input: { where: 'x' }, cwd }],
    ['in VS Code, in the names of its documentation', JSON.stringify({ hookEventName: 'PreToolUse', sessionId: 'e-1', cwd, tool_name: 'run_in_terminal', tool_input: { command: 'rm x' } }), shell('rm x')],
  ],
  silent: [
    ['sessionStart', cli({ source: 'new', initialPrompt: 'x' })],
    ...['SessionStart', 'Stop', 'UserPromptSubmit', 'SubagentStart'].map((event) => [`${event} of VS Code`, editor(event, {})] as const),
  ],
  refused: [
    ['no command', tool('bash', {})],
    ['no arguments', cli({ toolName: 'bash' })],
    ['a command that is a list', tool('bash', { command: ['rm', 'x'] })],
    ['arguments that are no JSON', tool('bash', 'rm x')],
    ['arguments that are a list', tool('bash', ['rm'])],
    ['a tool that is a number', cli({ toolName: 7, toolArgs: {} })],
    ['a patch that names no file', tool('apply_patch', { patch: '' })],
    ['an event of VS Code not known', editor('PreTeleport', { tool_name: 'x', tool_input: {} })],
    ['no tool of VS Code', editor('PreToolUse', {})],
    ['a tool under Claude Code’s name', vscode('Write', { file_path: '/x', content: 'y' })],
    ['no command of VS Code', vscode('run_in_terminal', {})],
  ],
  installed: { version: 1, hooks: { preToolUse: [{ type: 'command', bash, timeoutSec: 3600 }], postToolUse: [{ type: 'command', bash, timeoutSec: 60 }], postToolUseFailure: [{ type: 'command', bash, timeoutSec: 60 }] } },
  before: '{\n  "version": 1,\n  "hooks": { "preToolUse": [{ "type": "command", "bash": "mine" }] }\n}\n',
});

describe('GitHub Copilot: answers', () => {
  const deny = { decision: 'deny', toAgent: 'No.', toPerson: '' } as const;
  const eventOf = (payload: string): string => adapter.decode({ payload, env: {}, cwd }).event;
  test('an allow leaves its own question to its person', () => assert.deepEqual(adapter.encode({ decision: 'allow' }, 'preToolUse'), { stdout: '{}\n', stderr: '', exitCode: 0 }));
  test('the command line takes a deny from JSON', () => {
    const { stdout, exitCode } = adapter.encode(deny, eventOf(tool('bash', { command: 'ls' })));
    assert.deepEqual([JSON.parse(stdout), exitCode], [{ permissionDecision: 'deny', permissionDecisionReason: 'No.' }, 0]);
  });
  test('VS Code takes it from the exit code', () => {
    const { stdout, stderr, exitCode } = adapter.encode(deny, eventOf(vscode('run_in_terminal', { command: 'ls' })));
    assert.deepEqual([JSON.parse(stdout).hookSpecificOutput.permissionDecision, stderr, exitCode], ['deny', 'No.\n', 2]);
  });
  test('what cannot be read is held by the exit code', () => assert.equal(adapter.encode(deny, undefined).exitCode, 2));

  const outputOf = (payload: string): unknown => {
    const decoded = adapter.decode({ payload, env: {}, cwd });
    return decoded.kind === 'output' && [decoded.output, decoded.replaceable];
  };
  const toolResult = { resultType: 'success', textResultForLlm: 'text' };
  test('on the command line what a tool gave back is replaced', () => {
    const payload = cli({ toolName: 'bash', toolArgs: { command: 'env' }, toolResult });
    assert.deepEqual(outputOf(payload), [toolResult, true]);
    assert.deepEqual(JSON.parse(adapter.encodeOutput?.(toolResult, eventOf(payload)).stdout ?? ''), { modifiedResult: toolResult });
    assert.deepEqual(JSON.parse(adapter.encode(deny, eventOf(payload)).stdout), { modifiedResult: { resultType: 'success', textResultForLlm: 'No.' } });
  });
  test('what a tool that did not work said is looked at and cannot be replaced', () => assert.deepEqual(outputOf(cli({ toolName: 'bash', toolArgs: { command: 'env' }, error: 'text' })), ['text', false]));
  test('in VS Code a command may be given another form, since what it prints cannot be replaced', () => {
    const decoded = (input: object): unknown => adapter.decode({ payload: vscode('run_in_terminal', input), env: {}, cwd });
    const { shown, encodeCommand } = decoded({ command: 'env', explanation: 'x' }) as { shown: unknown; encodeCommand: (command: string) => { stdout: string } };
    assert.deepEqual([shown, JSON.parse(encodeCommand('masked').stdout)], [true, { hookSpecificOutput: { hookEventName: 'PreToolUse', updatedInput: { command: 'masked', explanation: 'x' } } }]);
    assert.deepEqual(['shown', 'encodeCommand'].map((key) => key in (decoded({ command: 'env', isBackground: true }) as object)), [true, false]);
  });
  test('in VS Code what a tool gave back is looked at and cannot be replaced', () => assert.deepEqual(outputOf(editor('PostToolUse', { tool_name: 'run_in_terminal', tool_input: { command: 'env' }, tool_response: 'text' })), ['text', false]));
});
