import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { UnreadableConfig } from '../../../src/agents/adapter.ts';
import { adapter } from '../../../src/agents/cline.ts';
import { requestSuite } from './adapter-suite.ts';
import { WORKSPACE } from './payloads.ts';

const cwd = WORKSPACE;
const request = (hookName: string, more: object): string => JSON.stringify({ clineVersion: '3.0.65', hookName, timestamp: '2026-01-02T03:04:05.678Z', taskId: 'conv_1', workspaceRoots: [cwd], userId: 'u', agent_id: 'a', parent_agent_id: null, ...more });
const tool = (name: string, input: unknown): string => request('tool_call', { iteration: 3, tool_call: { id: 'call_1', name, input }, preToolUse: { toolName: name, parameters: {} } });
const shell = (command: string): object => ({ tool: 'shell', shell: 'bash', command, cwd });

requestSuite({
  adapter,
  whole: tool('run_commands', { commands: ['ls'] }),
  actions: [
    ['commands', tool('run_commands', { commands: ['npm test', 'rm -rf build'] }), shell('npm test'), shell('rm -rf build')],
    ['one command, as a text', tool('run_commands', 'rm x'), shell('rm x')],
    ['commands, as a list', tool('run_commands', ['ls', 'rm x']), shell('ls'), shell('rm x')],
    ['one command under its name', tool('run_commands', { command: 'cat .env | grep X' }), shell('cat .env | grep X')],
    ['one command under a short name', tool('run_commands', { cmd: 'rm x' }), shell('rm x')],
    ['one command in place of a list', tool('run_commands', { commands: 'rm x' }), shell('rm x')],
    ['words that no shell reads', tool('run_commands', { commands: [{ command: 'git', args: ['push', '--force', 'a b; rm x'] }] }), shell("git push --force 'a b; rm x'")],
    ['words at the top', tool('run_commands', { command: 'git', args: ['push'] }), shell('git push')],
    ['reads', tool('read_files', { files: [{ path: '/x/.env' }, { path: 'a.ts', start_line: 1, end_line: 20 }] }), { tool: 'read', path: '/x/.env', cwd }, { tool: 'read', path: 'a.ts', cwd }],
    ['reads by other names', tool('read_files', { file_paths: ['.env'] }), { tool: 'read', path: '.env', cwd }],
    ['reads by yet other names', tool('read_files', [{ filePath: '.env' }]), { tool: 'read', path: '.env', cwd }],
    ['searches', tool('search_codebase', { queries: ['TOKEN', 'KEY'] }), { tool: 'search', pattern: 'TOKEN', path: cwd, cwd }, { tool: 'search', pattern: 'KEY', path: cwd, cwd }],
    ['a new file', tool('editor', { path: 'x.ts', new_text: 'a' }), { tool: 'write', path: 'x.ts', content: 'a', cwd }],
    ['an edit', tool('editor', { path: 'x.ts', old_text: '1', new_text: '3' }), { tool: 'write', path: 'x.ts', content: '3', partial: true, cwd }],
    ['a patch', tool('apply_patch', { input: '*** Begin Patch\n*** Delete File: a.sql\n*** End Patch' }), { tool: 'delete', path: 'a.sql', cwd }],
    ['pages', tool('fetch_web_content', { requests: [{ url: 'https://example.com/a', prompt: 'x' }] }), { tool: 'http', method: 'GET', url: 'https://example.com/a', headers: {}, cwd }],
    ['an MCP tool', tool('postgres__query', { sql: 'DELETE FROM orders' }), { tool: 'mcp', server: 'postgres', name: 'query', arguments: { sql: 'DELETE FROM orders' }, cwd }],
    ['a tool not known yet', tool('teleport', { where: 'x' }), { tool: 'other', name: 'teleport', input: { where: 'x' }, cwd }],
    ['a tool not known yet that runs a command', tool('runner', { command: 'rm x', cwd: 'api' }), { ...shell('rm x'), cwd: `${cwd}/api` }],
  ],
  silent: ['tool_result', 'prompt_submit', 'agent_start', 'agent_resume', 'agent_abort', 'agent_end', 'agent_error', 'pre_compact', 'session_shutdown'].map((event) => [event, request(event, {})] as const),
  refused: [
    ['an event not known', request('tool_teleport', { tool_call: { name: 'x', input: {} } })],
    ['the older build', request('PreToolUse', { preToolUse: { toolName: 'execute_command', parameters: { command: 'ls' } } })],
    ['no tool', request('tool_call', {})],
    ['no command', tool('run_commands', {})],
    ['no commands', tool('run_commands', { commands: [] })],
    ['a command that is a number', tool('run_commands', { commands: ['ls', 7] })],
    ['a read of nothing', tool('read_files', { files: [] })],
    ['a patch without a file', tool('apply_patch', { input: '' })],
    ['a request of Claude Code', JSON.stringify({ session_id: 's', cwd, hook_event_name: 'PreToolUse', tool_name: 'Bash', tool_input: { command: 'ls' } })],
  ],
});

describe('Cline: answers', () => {
  test('an allow', () => assert.deepEqual(adapter.encode({ decision: 'allow' }, 'tool_call'), { stdout: '{"cancel":false}\n', stderr: '', exitCode: 0 }));
  test('a deny', () => assert.deepEqual(JSON.parse(adapter.encode({ decision: 'deny', toAgent: 'No.', toPerson: '' }, 'tool_call').stdout), { cancel: true, errorMessage: 'No.' }));
});

describe('Cline: its hook', () => {
  const folder = mkdtempSync(join(tmpdir(), 'il cline ü '));
  after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const { file } = adapter.installation('/home/dev');
  const hook = (launcher: string): string => adapter.installation('/home/dev').install(undefined, launcher);
  let runs = 0;

  /** What Cline reads: it starts the interpreter of the first line, and looks at standard output alone. */
  function said(script: string | undefined): unknown {
    const launcher = join(folder, `it's ${runs}`);
    if (script !== undefined) writeFileSync(launcher, `#!/bin/sh\n${script}\n`);
    if (script !== undefined) chmodSync(launcher, 0o755);
    const path = join(folder, `${runs++} PreToolUse.sh`);
    writeFileSync(path, hook(launcher));
    return JSON.parse(spawnSync('/bin/sh', [path], { input: tool('run_commands', 'ls'), encoding: 'utf8' }).stdout);
  }

  test('its file is named after its event and can stand beside one of the person’s own', () => assert.equal(file, '/home/dev/.cline/hooks/PreToolUse.sh'));
  test('an allow', () => assert.deepEqual(said(`[ "$1" = cline ] && grep -q run_commands && echo '{"cancel":false}'`), { cancel: false }));
  test('a deny', () => assert.deepEqual(said(`printf '%s\\n' '{"cancel":true,"errorMessage":"a \\\\ \\"b\\" %s"}'; exit 2`), { cancel: true, errorMessage: 'a \\ "b" %s' }));
  const failures: Readonly<Record<string, string | undefined>> = { nothing: 'exit 0', 'a crash': 'exit 139', 'a kill': 'kill -9 $$', 'an allow that is cut off': `printf '{"cancel":fal'`, 'an allow with something before it': `echo hello; echo '{"cancel":false}'`, 'a deny that is cut off': `printf '{"cancel":true,"err'`, 'another word': 'echo yes', 'no launcher': undefined };
  for (const [name, script] of Object.entries(failures)) test(`held: ${name}`, () => assert.deepEqual(said(script), { cancel: true, errorMessage: "Interlock's hook ended without an answer, so this was not run." }));
  test('a hook of somebody else is left alone', () => assert.throws(() => adapter.installation('/home/dev').install('#!/bin/sh\nexit 0\n', '/x'), UnreadableConfig));
  test('it is known again, and all of it goes', () => assert.deepEqual([adapter.installation('/home/dev').isInstalled(hook('/x'), '/x'), adapter.installation('/home/dev').uninstall(hook('/x'), '/x')], [true, undefined]));
});
