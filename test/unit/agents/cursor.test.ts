import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { UnreadableConfig, UnreadablePayload, type HookCall } from '../../../src/agents/adapter.ts';
import { adapter } from '../../../src/agents/cursor.ts';
import { claudeTool, cursorEvent, cursorTool, WORKSPACE } from './payloads.ts';

const env = { HOME: '/home/dev' };
const call = (payload: string, given: Readonly<Record<string, string>> = env): HookCall => ({ payload, env: given, cwd: '/home/dev/.cursor' });

function action(payload: string): Record<string, unknown> {
  const decoded = adapter.decode(call(payload));
  const { agent, session, workspaceRoots, env: given, ...rest } = decoded.kind === 'action' ? decoded.action : assert.fail('no action');
  assert.deepEqual({ agent, session, workspaceRoots, given }, { agent: 'cursor', session: 'conv-1', workspaceRoots: [WORKSPACE], given: env });
  return { ...rest };
}

describe('Cursor: what is about to happen', () => {
  const cwd = WORKSPACE;
  const file_path = `${WORKSPACE}/.env`;
  const cases: readonly [string, string, object][] = [
    ['a command', cursorEvent('beforeShellExecution', { command: 'rm x', cwd: `${WORKSPACE}/api`, sandbox: false }), { tool: 'shell', shell: 'bash', command: 'rm x', cwd: `${WORKSPACE}/api` }],
    ['a command of the command line, whose folder is empty', cursorEvent('beforeShellExecution', { command: 'rm x', cwd: '', sandbox: true }), { tool: 'shell', shell: 'bash', command: 'rm x', cwd }],
    ['an MCP tool started by a command', cursorEvent('beforeMCPExecution', { tool_name: 'query', tool_input: '{"sql":"DELETE FROM t"}', mcp_server_name: 'pg', command: 'npx pg' }), { tool: 'mcp', server: 'pg', name: 'query', arguments: { sql: 'DELETE FROM t' }, cwd }],
    ['an MCP tool behind a URL', cursorEvent('beforeMCPExecution', { tool_name: 'x', tool_input: '{}', mcp_server_url: 'https://mcp.example/sse', url: 'https://mcp.example/sse' }), { tool: 'mcp', server: 'https://mcp.example/sse', name: 'x', arguments: {}, cwd }],
    ['an MCP tool without arguments', cursorEvent('beforeMCPExecution', { tool_name: 'x', tool_input: '', mcp_server_name: 'pg' }), { tool: 'mcp', server: 'pg', name: 'x', arguments: {}, cwd }],
    ['an MCP tool whose arguments are a list', cursorEvent('beforeMCPExecution', { tool_name: 'x', tool_input: '["DROP TABLE t"]', mcp_server_name: 'pg' }), { tool: 'mcp', server: 'pg', name: 'x', arguments: { arguments: ['DROP TABLE t'] }, cwd }],
    ['a read, with what the model would see', cursorEvent('beforeReadFile', { file_path, content: 'A=1\n', attachments: [] }), { tool: 'read', path: file_path, content: 'A=1\n', cwd }],
    ['a read by Tab', cursorEvent('beforeTabFileRead', { file_path, content: 'A=1\n' }), { tool: 'read', path: file_path, content: 'A=1\n', cwd }],
    ['the Read tool', cursorTool('Read', { file_path }), { tool: 'read', path: file_path, cwd }],
    ['the Write tool', cursorTool('Write', { file_path, content: '' }, { cwd: '/w' }), { tool: 'write', path: file_path, content: '', cwd: '/w' }],
    ['the Delete tool', cursorTool('Delete', { file_path }), { tool: 'delete', path: file_path, cwd }],
    ['the Grep tool', cursorTool('Grep', { pattern: 'KEY', file_path: '/w', glob: '**/.env*', output_mode: 'content' }), { tool: 'search', pattern: 'KEY', path: '/w', glob: '**/.env*', cwd }],
    ['the Grep tool without a place', cursorTool('Grep', { pattern: 'KEY' }), { tool: 'search', pattern: 'KEY', path: cwd, cwd }],
    ['the Fetch tool', cursorTool('Fetch', { url: 'https://example.com' }), { tool: 'http', method: 'GET', url: 'https://example.com', headers: {}, cwd }],
    ['an MCP tool before its own event', cursorTool('MCP:drop', { id: 'x' }), { tool: 'mcp', server: '', name: 'drop', arguments: { id: 'x' }, cwd }],
    ['text for a running shell, which nobody can see', cursorTool('WriteShellStdin', { shell_id: 3, chars_length: 12 }), { tool: 'other', name: 'WriteShellStdin', input: { shell_id: 3, chars_length: 12 }, unseen: 'text that is sent to a shell', cwd }],
    ['a tool not known yet', cursorTool('Teleport', { where: 'x' }), { tool: 'other', name: 'Teleport', input: { where: 'x' }, cwd }],
    ['a tool not known yet that runs a command', cursorTool('Runner', { command: 'rm x' }), { tool: 'shell', shell: 'bash', command: 'rm x', cwd }],
  ];
  for (const [name, payload, expected] of cases) test(name, () => assert.deepEqual(action(payload), expected));

  test('the Shell tool, which comes once more before it runs, may be given another command', () => {
    const decoded = adapter.decode(call(cursorTool('Shell', { command: 'env', cwd: '/w/api', timeout: 1 }, { cwd: '/w' })));
    assert.ok(decoded.kind === 'draft');
    assert.deepEqual([decoded.action.command, decoded.action.cwd], ['env', '/w/api']);
    assert.deepEqual(JSON.parse(decoded.encodeCommand('masked').stdout), { updated_input: { command: 'masked', cwd: '/w/api', timeout: 1 } });
  });
  test('a command on Windows is PowerShell', () => {
    const decoded = adapter.decode(call(cursorEvent('beforeShellExecution', { command: 'ri x', cwd: '' }), { OS: 'Windows_NT' }));
    assert.equal(decoded.kind === 'action' && decoded.action.tool === 'shell' && decoded.action.shell, 'powershell');
  });
  for (const event of ['afterShellExecution', 'postToolUse', 'beforeSubmitPrompt', 'sessionStart', 'stop', 'subagentStart', 'preCompact']) {
    test(`${event} carries nothing to judge`, () => assert.deepEqual(adapter.decode(call(cursorEvent(event, {}))), { kind: 'nothing', event }));
  }
  test('a window that opens carries nothing to judge', () => {
    assert.equal(adapter.decode(call(JSON.stringify({ hook_event_name: 'workspaceOpen', cursor_version: '3', workspace_roots: [], user_email: null }))).kind, 'nothing');
  });
});

describe('Cursor: what cannot be read is never an allow', () => {
  const whole = cursorEvent('beforeShellExecution', { command: 'ls', cwd: '' });
  const cases: readonly [string, string][] = [
    ['nothing', ''],
    ['cut off', whole.slice(0, 80)],
    ['a list', '[]'],
    ['Claude Code', claudeTool('Bash', { command: 'rm x' })],
    ['an event not known', cursorEvent('beforeTeleport', { command: 'rm x' })],
    ['no event', JSON.stringify({ cursor_version: '3', workspace_roots: [] })],
    ['no workspace', JSON.stringify({ cursor_version: '3', hook_event_name: 'beforeShellExecution', command: 'rm x' })],
    ['no command', cursorEvent('beforeShellExecution', { cwd: '' })],
    ['a command that is a list', cursorEvent('beforeShellExecution', { command: ['rm'], cwd: '' })],
    ['MCP arguments cut off', cursorEvent('beforeMCPExecution', { tool_name: 'x', tool_input: '{"sql":"DROP', mcp_server_name: 'pg' })],
    ['MCP arguments that are a number', cursorEvent('beforeMCPExecution', { tool_name: 'x', tool_input: 7, mcp_server_name: 'pg' })],
    ['a read of nothing', cursorEvent('beforeReadFile', { content: 'x' })],
    ['a write without content', cursorTool('Write', { file_path: '/x' })],
    ['a deletion of nothing', cursorTool('Delete', {})],
    ['a Shell tool without a command', cursorTool('Shell', {})],
    ['a tool without a name', cursorEvent('preToolUse', { tool_input: {} })],
  ];
  for (const [name, payload] of cases) test(name, () => assert.throws(() => adapter.decode(call(payload)), UnreadablePayload));
});

describe('Cursor: answers', () => {
  const deny = { decision: 'deny', toAgent: 'Refused.', toPerson: 'p' } as const;
  for (const event of ['beforeShellExecution', 'beforeMCPExecution', 'beforeReadFile', 'preToolUse', 'stop']) {
    test(`an allow gives no opinion (${event})`, () => assert.deepEqual(adapter.encode({ decision: 'allow' }, event), { stdout: '{}\n', stderr: '', exitCode: 0 }));
  }
  for (const event of ['beforeShellExecution', 'beforeMCPExecution', 'beforeReadFile', 'beforeTabFileRead', 'preToolUse']) {
    test(`a deny is JSON where a permission is asked for (${event})`, () => {
      const { stdout, exitCode } = adapter.encode(deny, event);
      assert.deepEqual([JSON.parse(stdout), exitCode], [{ permission: 'deny', user_message: 'Refused.', agent_message: 'Refused.' }, 0]);
    });
  }
  for (const event of [undefined, 'beforeSubmitPrompt', 'beforeTeleport']) {
    test(`a deny is exit code 2 elsewhere (${event ?? 'unreadable request'})`, () => assert.deepEqual(adapter.encode(deny, event), { stdout: '', stderr: 'Refused.\n', exitCode: 2 }));
  }
});

describe('Cursor: its hooks file', () => {
  const launcher = "/home/dev's ü/.interlock/hook";
  const of = adapter.installation('/home/dev');
  const command = "'/home/dev'\\''s ü/.interlock/hook' cursor";
  const hook = { command, timeout: 600, failClosed: true };
  const whole = {
    version: 1,
    hooks: { beforeShellExecution: [hook], beforeMCPExecution: [hook], beforeReadFile: [hook], preToolUse: [{ ...hook, matcher: '^(?!Read$|MCP:)' }] },
  };
  test('the file', () => assert.equal(of.file, '/home/dev/.cursor/hooks.json'));
  test('no file yet', () => assert.deepEqual(JSON.parse(of.install(undefined, launcher)), whole));
  test('the matcher meets the tools that have no event of their own, and the shell', () => {
    const matcher = new RegExp(whole.hooks.preToolUse[0]?.matcher ?? assert.fail());
    assert.deepEqual(['Shell', 'Read', 'MCP:x', 'Write', 'Delete', 'Grep', 'ReadLints', 'WriteShellStdin', 'Task'].map((tool) => matcher.test(tool)), [true, false, false, true, true, true, true, true, true]);
  });
  test('comments, order and other hooks stay', () => {
    const before = '{\n  // mine\n  "version": 1,\n  "hooks": {\n    "beforeShellExecution": [{ "command": "./audit.sh" }], // audit\n    "stop": []\n  }\n}\n';
    const after = of.install(before, launcher);
    assert.ok(after.includes('// mine') && after.includes('// audit') && after.includes('{ "command": "./audit.sh" }'));
    assert.equal(of.isInstalled(after, launcher), true);
    assert.equal(of.install(after, launcher), after);
    const gone = of.uninstall(after, launcher) ?? '';
    assert.ok(gone.includes('// mine') && gone.includes('// audit') && gone.includes('"stop": []') && !gone.includes('cursor'));
  });
  test('a version that is there stays', () => assert.equal((JSON.parse(of.install('{"version":2}', launcher)) as { version: number }).version, 2));
  test('only one of four entries left is not installed', () => {
    assert.equal(of.isInstalled(JSON.stringify({ version: 1, hooks: { beforeShellExecution: [hook] } }), launcher), false);
  });
  test('a hook that no longer fails closed is put right', () => {
    const weak = JSON.stringify({ ...whole, hooks: { ...whole.hooks, beforeReadFile: [{ ...hook, failClosed: false }] } });
    assert.equal(of.isInstalled(weak, launcher), false);
    assert.deepEqual(JSON.parse(of.install(weak, launcher)), whole);
  });
  test('on Windows the command is one for PowerShell', () => {
    assert.ok(of.install(undefined, "C:\\Users\\d'e\\hook.cmd").includes(String.raw`"command": "'C:\\Users\\d''e\\hook.cmd' cursor"`));
  });
  const refused: readonly [string, string][] = [
    ['a URL in a command, which voids the whole file', '{"version":1,"hooks":{"stop":[{"command":"curl http://x"}]}}'],
    ['a comment mark over two texts', '{"version":1,"hooks":{"stop":[{"command":"ls a/*"}, [{"command":"ls */b"}]]}}'],
    ['a comment mark over our entries', '{"version":1,"hooks":{"stop":[{"command":"ls a/*"}],"beforeShellExecution":[],"afterFileEdit":[{"command":"ls */b"}]}}'],
    ['a trailing comma', '{"version":1,"hooks":{"stop":[1,]}}'],
    ['hooks that are a text', '{"hooks":"x"}'],
  ];
  for (const [name, text] of refused) test(`left alone: ${name}`, () => assert.throws(() => of.install(text, launcher), UnreadableConfig));
  test('a state folder whose path Cursor would cut is refused', () => assert.throws(() => of.install(undefined, '/home//dev/hook'), UnreadableConfig));
});
