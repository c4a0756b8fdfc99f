import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { UnreadableConfig, UnreadablePayload, type HookCall } from '../../../src/agents/adapter.ts';
import { adapter } from '../../../src/agents/claude-code.ts';
import { claudeEvent, claudeTool, cursorEvent, cursorTool, requestOf, WORKSPACE } from './payloads.ts';

const env = { HOME: '/home/dev', CLAUDE_PROJECT_DIR: WORKSPACE };
const call = (payload: string, more: Partial<HookCall> = {}): HookCall => ({ payload, env, cwd: '/', ...more });

/** The decoded action without what all of them share. */
function action(payload: string): Record<string, unknown> {
  const decoded = adapter.decode(call(payload));
  assert.equal(decoded.kind, 'action');
  const { agent, session, workspaceRoots, env: given, ...rest } = decoded.kind === 'action' ? decoded.action : assert.fail();
  assert.deepEqual({ agent, session, workspaceRoots, given }, { agent: 'claude-code', session: '5a1e2f00-0000-4000-8000-000000000001', workspaceRoots: [WORKSPACE], given: env });
  return { ...rest };
}

describe('Claude Code: what its tools are about to do', () => {
  const cwd = `${WORKSPACE}/api`;
  const file_path = `${WORKSPACE}/.env`;
  const cases: readonly [string, string, object][] = [
    ['a command', claudeTool('Bash', { command: 'rm -rf build', description: 'Clean', timeout: 1000 }), { tool: 'shell', shell: 'bash', command: 'rm -rf build' }],
    ['a command of a subagent', claudeTool('Bash', { command: 'ls' }, { agent_id: 'a1', agent_type: 'general-purpose' }), { tool: 'shell', shell: 'bash', command: 'ls' }],
    ['a PowerShell command', claudeTool('PowerShell', { command: 'Remove-Item x' }), { tool: 'shell', shell: 'powershell', command: 'Remove-Item x' }],
    ['a watched command', claudeTool('Monitor', { command: 'tail -f log' }), { tool: 'shell', shell: 'bash', command: 'tail -f log' }],
    ['a read', claudeTool('Read', { file_path, limit: 5 }), { tool: 'read', path: file_path }],
    ['a write', claudeTool('Write', { file_path, content: 'x' }), { tool: 'write', path: file_path, content: 'x' }],
    ['an edit', claudeTool('Edit', { file_path, old_string: 'a', new_string: 'b', replace_all: false }), { tool: 'write', path: file_path, content: 'b', partial: true }],
    ['several edits', claudeTool('MultiEdit', { file_path, edits: [{ old_string: 'a', new_string: 'b' }, { old_string: 'c', new_string: 'd' }] }), { tool: 'write', path: file_path, content: 'b\nd', partial: true }],
    ['a notebook edit', claudeTool('NotebookEdit', { notebook_path: '/n.ipynb', cell_id: 'c', new_source: 'print(1)', edit_mode: 'replace' }), { tool: 'write', path: '/n.ipynb', content: 'print(1)', partial: true }],
    ['a notebook cell removed', claudeTool('NotebookEdit', { notebook_path: '/n.ipynb', cell_id: 'c', edit_mode: 'delete' }), { tool: 'write', path: '/n.ipynb', content: '', partial: true }],
    ['a search', claudeTool('Grep', { pattern: 'SECRET', path: WORKSPACE, glob: '*.env', output_mode: 'content' }), { tool: 'search', pattern: 'SECRET', path: WORKSPACE, glob: '*.env' }],
    ['a search that names no place', claudeTool('Grep', { pattern: 'x' }), { tool: 'search', pattern: 'x', path: cwd }],
    ['a search for names only', claudeTool('Glob', { pattern: '**/*.pem' }), { tool: 'other', name: 'Glob', input: { pattern: '**/*.pem' } }],
    ['a fetch', claudeTool('WebFetch', { url: 'https://example.com/x', prompt: 'read' }), { tool: 'http', method: 'GET', url: 'https://example.com/x', headers: {} }],
    ['an MCP tool', claudeTool('mcp__github__create_issue', { title: 'x' }, { mcp_server: { name: 'github', source: 'user' } }), { tool: 'mcp', server: 'github', name: 'create_issue', arguments: { title: 'x' } }],
    ['an MCP tool of a server with a space', claudeTool('mcp__my_db__drop', {}, { mcp_server: { name: 'my db', source: 'user' } }), { tool: 'mcp', server: 'my db', name: 'drop', arguments: {} }],
    ['an MCP tool of a server with two underscores', claudeTool('mcp__a__b__drop', {}, { mcp_server: { name: 'a__b', source: 'user' } }), { tool: 'mcp', server: 'a__b', name: 'drop', arguments: {} }],
    ['an MCP tool whose server is not told', claudeTool('mcp__db__query', { sql: 'x' }), { tool: 'mcp', server: 'db', name: 'query', arguments: { sql: 'x' } }],
    ['a subagent', claudeTool('Agent', { prompt: 'look' }), { tool: 'other', name: 'Agent', input: { prompt: 'look' } }],
    ['a tool not known yet', claudeTool('Teleport', { where: 'x' }), { tool: 'other', name: 'Teleport', input: { where: 'x' } }],
    ['a tool not known yet that runs a command', claudeTool('Runner', { command: 'rm x' }), { tool: 'shell', shell: 'bash', command: 'rm x' }],
  ];
  for (const [name, payload, expected] of cases) test(name, () => assert.deepEqual(action(payload), { cwd, ...expected }));

  test('the folder of the request is the workspace where no project is named', () => {
    const decoded = adapter.decode({ payload: claudeTool('Bash', { command: 'ls' }), env: {}, cwd: '/' });
    assert.deepEqual(decoded.kind === 'action' && decoded.action.workspaceRoots, [cwd]);
  });

  for (const event of ['PostToolBatch', 'Stop', 'SessionStart', 'UserPromptSubmit', 'PermissionRequest', 'ConfigChange']) {
    test(`${event} carries nothing to judge`, () => assert.deepEqual(adapter.decode(call(claudeEvent(event))), { kind: 'nothing', event }));
  }
});

describe('Claude Code: what its tools gave back', () => {
  const response = { stdout: 'hello', stderr: '', interrupted: false, isImage: false };
  test('of a tool that ended well it can be replaced', () => {
    const decoded = adapter.decode(call(claudeTool('Bash', { command: 'ls' }, { hook_event_name: 'PostToolUse', tool_response: response })));
    assert.deepEqual(decoded.kind === 'output' && [decoded.output, decoded.replaceable, decoded.action.tool], [response, true, 'shell']);
  });
  const changed = (mode: string, input: object): unknown => {
    const decoded = adapter.decode(call(claudeTool('Bash', { command: 'env', ...input }, { permission_mode: mode })));
    return decoded.kind === 'action' && decoded.encodeCommand !== undefined && JSON.parse(decoded.encodeCommand('wrapped').stdout);
  };
  test('another command may take the place of one, without a decision, where nobody is asked', () => assert.deepEqual(changed('bypassPermissions', { timeout: 9 }), { hookSpecificOutput: { hookEventName: 'PreToolUse', updatedInput: { command: 'wrapped', timeout: 9 } } }));
  test('not where its own rules would decide otherwise for it', () => assert.deepEqual([changed('default', {}), changed('acceptEdits', {}), changed('bypassPermissions', { run_in_background: true })], [false, false, false]));
  test('of a tool that failed it is only seen', () => {
    const decoded = adapter.decode(call(claudeTool('Bash', { command: 'ls' }, { hook_event_name: 'PostToolUseFailure', error: 'Exit code 1' })));
    assert.deepEqual(decoded.kind === 'output' && [decoded.output, decoded.replaceable], ['Exit code 1', false]);
  });
  test('another output keeps the shape of the tool', () => {
    const { stdout, exitCode } = adapter.encodeOutput?.({ ...response, stdout: 'x' }, 'PostToolUse') ?? assert.fail();
    assert.deepEqual([JSON.parse(stdout), exitCode], [{ hookSpecificOutput: { hookEventName: 'PostToolUse', updatedToolOutput: { ...response, stdout: 'x' } } }, 0]);
  });
  const pictures: readonly (readonly [string, string, boolean])[] = [
    ['a picture', claudeTool('Read', { file_path: '/a.png' }, { hook_event_name: 'PostToolUse', tool_response: { type: 'image', file: { base64: 'AAAA', type: 'image/png' } } }), true],
    ['a text', claudeTool('Read', { file_path: '/a' }, { hook_event_name: 'PostToolUse', tool_response: { type: 'text', file: { content: '"type":"image"' } } }), false],
    ['a call whose arguments say that they are one', claudeTool('mcp__a__b', { hook_event_name: 'PostToolUse', tool_response: { type: 'image' } }), false],
    ['a request before a tool', claudeTool('Read', { file_path: '/a.png' }, { tool_response: { type: 'image' } }), false],
    ['what is cut off', '{"hook_event_name":"PostToolUse","tool_response":{"type":"image"', false],
  ];
  for (const [name, payload, expected] of pictures) test(`${name} is ${expected ? '' : 'not '}passed on unread`, () => assert.equal(adapter.isPicture?.(payload), expected));
  test('an output nobody could look through is told to the model as such', () => {
    const { stdout, exitCode } = adapter.encode({ decision: 'deny', toAgent: 'Not looked through.', toPerson: '' }, 'PostToolUse');
    assert.deepEqual([JSON.parse(stdout), exitCode], [{ decision: 'block', reason: 'Not looked through.' }, 2]);
  });
});

describe('Claude Code: what cannot be read is never an allow', () => {
  const whole = claudeTool('Bash', { command: 'ls' });
  const cases: readonly [string, string, Partial<HookCall>?][] = [
    ['nothing', ''],
    ['white space', ' \n'],
    ['cut off', whole.slice(0, -20)],
    ['not JSON', 'hello'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a number', '7'],
    ['an empty object', '{}'],
    ['no event', whole.replace('"hook_event_name":"PreToolUse",', '')],
    ['an event not known', claudeEvent('PreTeleport')],
    ['no tool', claudeEvent('PreToolUse')],
    ['a tool that is a number', claudeTool('Bash', {}, { tool_name: 7 })],
    ['an input that is a text', claudeTool('Bash', {}, { tool_input: 'ls' })],
    ['an input that is a list', claudeTool('Bash', {}, { tool_input: ['ls'] })],
    ['no command', claudeTool('Bash', {})],
    ['a command that is a list', claudeTool('Bash', { command: ['rm', 'x'] })],
    ['a read of nothing', claudeTool('Read', {})],
    ['a write without content', claudeTool('Write', { file_path: '/x' })],
    ['an edit without a new text', claudeTool('Edit', { file_path: '/x' })],
    ['a search without a pattern', claudeTool('Grep', {})],
    ['a fetch without a URL', claudeTool('WebFetch', {})],
    ['a folder that is a number', claudeTool('Bash', { command: 'ls' }, { cwd: 7 })],
    ['deeply nested', '['.repeat(200_000)],
    ['VS Code', JSON.stringify({ timestamp: '2026-01-01T00:00:00Z', hook_event_name: 'PreToolUse', session_id: 's', transcript_path: '/t', cwd: '/x', tool_name: 'run_in_terminal', tool_input: { command: 'rm x' }, tool_use_id: 'c' })],
    ['Copilot CLI', JSON.stringify({ hook_event_name: 'PreToolUse', session_id: 's', timestamp: '2026-01-01T00:00:00Z', cwd: '/x', tool_name: 'Bash', tool_input: { command: 'rm x' } })],
    ['Copilot CLI, its own casing', JSON.stringify({ sessionId: 's', timestamp: 1, cwd: '/x', toolName: 'bash', toolArgs: { command: 'rm x' } })],
    ['Codex', JSON.stringify({ hook_event_name: 'PreToolUse', session_id: 's', turn_id: 't', transcript_path: '/t', cwd: '/x', tool_name: 'Bash', tool_input: { command: 'rm x' } })],
    ['Devin, with a tool under the name of Claude Code', JSON.stringify({ hook_event_name: 'PreToolUse', session_id: 's', tool_name: 'Write', tool_input: { file_path: '/x', content: 'y' } })],
    ['Devin, cut off', requestOf('devin').slice(0, -9)],
    ['Grok Build, with arguments it has cut off', requestOf('grok').replace('"toolInputTruncated":false', '"toolInputTruncated":true')],
    ['an agent that nobody knows, by the casing of its keys', JSON.stringify({ hookEventName: 'PreToolUse', sessionId: 's', toolName: 'exec', toolInput: { command: 'rm x' } })],
    ['Kiro', requestOf('kiro')],
    ['Qwen Code', claudeTool('mcp__db__query', {}, { transcript_path: '/home/dev/.qwen/tmp/x.jsonl' })],
  ];
  for (const [name, payload, more] of cases) test(name, () => assert.throws(() => adapter.decode(call(payload, more)), UnreadablePayload));

  test('the reason never repeats the request', () => {
    const value = ['s3cr', '3t-value'].join('');
    for (const payload of [`{"token": "${value}"`, claudeTool('Bash', { command: [value] }), claudeTool(value, {}), JSON.stringify({ [value]: 1 })]) {
      assert.throws(() => adapter.decode(call(payload)), (error) => error instanceof UnreadablePayload && !error.message.includes(value));
    }
  });
});

describe('Claude Code: answers', () => {
  const deny = { decision: 'deny', toAgent: 'Refused because "x".', toPerson: 'p' } as const;
  test('an allow leaves its own question to its person', () => assert.deepEqual(adapter.encode({ decision: 'allow' }, 'PreToolUse'), { stdout: '{}\n', stderr: '', exitCode: 0 }));
  for (const event of ['PreToolUse', undefined]) {
    test(`a deny is said by exit code, text and JSON (${event ?? 'unreadable request'})`, () => {
      const { stdout, stderr, exitCode } = adapter.encode(deny, event);
      assert.equal(exitCode, 2);
      assert.equal(stderr, 'Refused because "x".\n');
      assert.deepEqual(JSON.parse(stdout), { hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: 'Refused because "x".' } });
    });
  }
  test('Cursor through this settings file is decoded and answered in its own way', () => {
    const decoded = adapter.decode(call(cursorTool('Shell', { command: 'rm x', cwd: '' })));
    // It may run no hooks of its own, so this is where it is judged; and nothing masks what it prints.
    assert.deepEqual(decoded.kind === 'action' && [decoded.action.tool, decoded.shown, decoded.encodeCommand], ['shell', true, undefined]);
    assert.deepEqual(JSON.parse(adapter.encode(deny, decoded.event).stdout), { permission: 'deny', user_message: deny.toAgent, agent_message: deny.toAgent });
    assert.equal(adapter.decode(call(cursorEvent('stop', {}))).kind, 'nothing');
  });
});

describe('Claude Code: other agents that run the hooks in its settings', () => {
  const deny = { decision: 'deny', toAgent: 'No.', toPerson: '' } as const;
  const answers = { devin: { decision: 'block', reason: 'No.' }, droid: { hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: 'No.' } }, grok: { decision: 'deny', reason: 'No.' } };
  for (const product of ['devin', 'droid', 'grok'] as const) {
    test(`${product} is read and answered in its own way`, () => {
      const decoded = adapter.decode(call(requestOf(product)));
      assert.deepEqual(decoded.kind === 'action' && [decoded.action.agent, decoded.action.tool, 'command' in decoded.action && decoded.action.command], [product, 'shell', 'rm x']);
      const { stdout, stderr, exitCode } = adapter.encode(deny, decoded.event);
      assert.deepEqual([JSON.parse(stdout), stderr, exitCode], [answers[product], 'No.\n', 2]);
      assert.equal(adapter.encode({ decision: 'allow' }, decoded.event).exitCode, 0);
    });
  }
  test('Grok Build, which answers for a request of its own that comes with the variables of Claude Code', () => {
    const decoded = adapter.decode(call(requestOf('grok').replace('"workspaceRoot":"/home/dev/shop",', ''), { env: { CLAUDE_PROJECT_DIR: WORKSPACE, GROK_SESSION_ID: 'g' } }));
    assert.deepEqual(decoded.kind === 'action' && [decoded.action.agent, decoded.call], ['grok', 'call-1']);
  });
  test('what comes after a tool of theirs carries nothing to judge', () => {
    for (const payload of [requestOf('devin').replace('PreToolUse', 'PostToolUse'), requestOf('grok').replace('pre_tool_use', 'post_tool_use')]) assert.equal(adapter.decode(call(payload)).kind, 'nothing');
  });
  test('Claude Code itself stays Claude Code, whatever stands in its environment', () => {
    const decoded = adapter.decode(call(claudeTool('Write', { file_path: '/x', content: 'y' }), { env: { ...env, DEVIN_PROJECT_DIR: '/x', GROK_SESSION_ID: 'g', FACTORY_PROJECT_DIR: '/x' } }));
    assert.deepEqual(decoded.kind === 'action' && [decoded.action.agent, decoded.action.tool], ['claude-code', 'write']);
  });
});

describe('Claude Code: its settings', () => {
  const launcher = '/home/dev ü/.interlock/hook';
  const { file, install, uninstall, isInstalled } = {
    file: adapter.installation('/home/dev').file,
    install: (text: string | undefined) => adapter.installation('/home/dev').install(text, launcher),
    uninstall: (text: string) => adapter.installation('/home/dev').uninstall(text, launcher) ?? '',
    isInstalled: (text: string) => adapter.installation('/home/dev').isInstalled(text, launcher),
  };
  const handler = { type: 'command', command: launcher, args: ['claude-code'], timeout: 600, onFailure: 'block' };
  const group = { matcher: '*', hooks: [handler] };
  const output = [{ matcher: '*', hooks: [{ ...handler, timeout: 60 }] }];
  const all = { PreToolUse: [group], PostToolUse: output, PostToolUseFailure: output };

  test('the file', () => assert.equal(file, '/home/dev/.claude/settings.json'));
  test('no file yet', () => assert.deepEqual(JSON.parse(install(undefined)), { hooks: all }));
  test('an empty file', () => assert.deepEqual(JSON.parse(install('')), { hooks: all }));
  test('other hooks and keys stay, in their order', () => {
    const before = '{\n\t"model": "x",\n\t"hooks": {\n\t\t"Stop": [],\n\t\t"PreToolUse": [\n\t\t\t{ "matcher": "Bash", "hooks": [{ "type": "command", "command": "mine" }] }\n\t\t]\n\t},\n\t"env": {}\n}\n';
    const after = JSON.parse(install(before)) as { hooks: { PreToolUse: unknown[] } };
    assert.deepEqual(Object.keys(after), ['model', 'hooks', 'env']);
    assert.deepEqual(after.hooks.PreToolUse.at(-1), group);
    assert.equal(after.hooks.PreToolUse.length, 2);
    assert.ok(install(before).startsWith(before.slice(0, before.indexOf('\n\t\t]'))), 'the text before our entry changed');
    assert.deepEqual(JSON.parse(uninstall(install(before))), JSON.parse(before));
  });
  test('installing twice changes nothing', () => assert.equal(install(install('{"a":1}')), install('{"a":1}')));
  test('an entry somebody weakened is put right, once', () => {
    const weak = JSON.stringify({ hooks: { PreToolUse: [{ matcher: 'Read', hooks: [{ ...handler, timeout: 1 }] }, group] } });
    assert.equal(isInstalled(weak), false);
    assert.deepEqual(JSON.parse(install(weak)), { hooks: all });
  });
  test('Windows line ends and a byte order mark stay', () => {
    const text = install('\uFEFF{\r\n  "a": 1\r\n}\r\n');
    assert.ok(text.startsWith('\uFEFF{\r\n  "a": 1,'));
    assert.ok(!/[^\r]\n/.test(text));
    assert.equal(isInstalled(text), true);
  });
  test('what is there is known again', () => assert.deepEqual([install(undefined), '{}', '', '{"hooks":{"PreToolUse":[]}}', '{'].map((text) => { try { return isInstalled(text); } catch { return 'throws'; } }), [true, false, false, false, false]));
  test('a batch file is started through cmd.exe', () => {
    const text = adapter.installation('C:\\Users\\d').install(undefined, 'C:\\Users\\d e\\hook.cmd');
    assert.deepEqual((JSON.parse(text) as { hooks: { PreToolUse: { hooks: object[] }[] } }).hooks.PreToolUse[0]?.hooks[0], { ...handler, command: 'cmd.exe', args: ['/d', '/c', 'C:\\Users\\d e\\hook.cmd', 'claude-code'] });
  });
  const refused: readonly [string, string][] = [
    ['a comment, for which Claude Code drops the file', '{ // mine\n}'],
    ['a trailing comma', '{"a": [1,]}'],
    ['not JSON', '{"a":'],
    ['a list', '[]'],
    ['hooks that are a list', '{"hooks": []}'],
    ['an event that is an object', '{"hooks": {"PreToolUse": {}}}'],
    ['hooks twice, of which it reads the last', '{"hooks": {}, "hooks": {}}'],
    ['an event twice', '{"hooks": {"PreToolUse": [], "PreToolUse": []}}'],
  ];
  for (const [name, text] of refused) test(`left alone: ${name}`, () => assert.throws(() => install(text), UnreadableConfig));
});
