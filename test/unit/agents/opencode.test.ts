import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Decoded } from '../../../src/agents/adapter.ts';
import { adapter as kilo } from '../../../src/agents/kilo.ts';
import { adapter as opencode } from '../../../src/agents/opencode.ts';
import { requestSuite } from './adapter-suite.ts';
import { WORKSPACE } from './payloads.ts';

const cwd = `${WORKSPACE}/api`;
const place = { directory: cwd, worktree: WORKSPACE };
const before = (tool: string, args: unknown, more: object = {}): string => JSON.stringify({ hook: 'tool.execute.before', ...place, input: { tool, sessionID: 'ses_1', callID: 'call_1' }, output: { args }, ...more });
const after = (tool: string, args: object, output: unknown): string => JSON.stringify({ hook: 'tool.execute.after', ...place, input: { tool, sessionID: 'ses_1', callID: 'call_1', args }, output });
const picture = 'data:image/png;base64,iVBORw0KGgoAAAA=';

for (const adapter of [opencode, kilo]) {
  requestSuite({
    adapter,
    whole: before('bash', { command: 'ls', description: 'List' }),
    actions: [
      ['a command', before('bash', { command: 'rm -rf build', description: 'x' }), { tool: 'shell', shell: 'bash', command: 'rm -rf build', cwd }],
      ['a command in a folder below', before('bash', { command: 'ls', workdir: 'src' }), { tool: 'shell', shell: 'bash', command: 'ls', cwd: `${cwd}/src` }],
      ['a command somewhere else', before('bash', { command: 'ls', workdir: '/srv', timeout: 1 }), { tool: 'shell', shell: 'bash', command: 'ls', cwd: '/srv' }],
      ['a read', before('read', { filePath: `${WORKSPACE}/.env`, offset: 0, limit: 200 }), { tool: 'read', path: `${WORKSPACE}/.env`, cwd }],
      ['a write', before('write', { filePath: 'x.sh', content: '#!/bin/sh\n' }), { tool: 'write', path: 'x.sh', content: '#!/bin/sh\n', cwd }],
      ['an edit', before('edit', { filePath: 'pay.ts', oldString: '1', newString: '3', replaceAll: false }), { tool: 'write', path: 'pay.ts', content: '3', partial: true, cwd }],
      ['a patch of two files', before('apply_patch', { patchText: '*** Begin Patch\n*** Delete File: a.sql\n*** Add File: b\n+x\n*** End Patch' }), { tool: 'delete', path: 'a.sql', cwd }, { tool: 'write', path: 'b', content: 'x', cwd }],
      ['a search', before('grep', { pattern: 'TOKEN', include: '*.env' }), { tool: 'search', pattern: 'TOKEN', path: cwd, glob: '*.env', cwd }],
      ['a search in a folder', before('grep', { pattern: 'x', path: '/etc' }), { tool: 'search', pattern: 'x', path: '/etc', cwd }],
      ['names of files', before('glob', { pattern: '**/*.ts' }), { tool: 'other', name: 'glob', input: { pattern: '**/*.ts' }, cwd }],
      ['a list of a folder', before('list', { path: '/x' }), { tool: 'other', name: 'list', input: { path: '/x' }, cwd }],
      ['a fetch', before('webfetch', { url: 'https://example.com/x', format: 'text' }), { tool: 'http', method: 'GET', url: 'https://example.com/x', headers: {}, cwd }],
      ['a sub-agent', before('task', { description: 'd', prompt: 'p', subagent_type: 'general' }), { tool: 'other', name: 'task', input: { description: 'd', prompt: 'p', subagent_type: 'general' }, cwd }],
      ['an MCP tool', before('postgres_query', { sql: 'DELETE FROM orders' }), { tool: 'mcp', server: 'postgres', name: 'query', arguments: { sql: 'DELETE FROM orders' }, cwd }],
      ['a tool of its own that is named like one', before('plan_exit', {}), { tool: 'other', name: 'plan_exit', input: {}, cwd }],
      ['a tool not known yet', before('teleport', { where: 'x' }), { tool: 'other', name: 'teleport', input: { where: 'x' }, cwd }],
      ['a tool not known yet that runs a command', before('background_process', { action: 'start', command: 'rm x', workdir: 'src' }), { tool: 'shell', shell: 'bash', command: 'rm x', cwd: `${cwd}/src` }],
      ['a file sent away', before('send_file', { path: '.env' }), { tool: 'read', path: '.env', cwd }],
      ['a cell of a notebook', before('notebook_edit', { path: 'a.ipynb', action: 'insert', source: 'x' }), { tool: 'write', path: 'a.ipynb', content: 'x', partial: true, cwd }],
      ['a cell that is run', before('notebook_execute', { path: 'a.ipynb', index: 0 }), { tool: 'other', name: 'notebook_execute', input: { path: 'a.ipynb', index: 0 }, unseen: 'a cell of a notebook', cwd }],
      ['a result', after('bash', { command: 'npm test' }, { title: 'npm test', output: '41 passed' }), { tool: 'shell', shell: 'bash', command: 'npm test', cwd }],
    ],
    silent: [],
    refused: [
      ['an event not known', before('bash', { command: 'ls' }, { hook: 'tool.execute.between' })],
      ['what the bus says', JSON.stringify({ hook: 'event', input: { event: { type: 'permission.asked', properties: {} } } })],
      ['no arguments', JSON.stringify({ hook: 'tool.execute.before', ...place, input: { tool: 'bash', sessionID: 's' }, output: {} })],
      ['no session', JSON.stringify({ hook: 'tool.execute.before', ...place, input: { tool: 'bash' }, output: { args: { command: 'ls' } } })],
      ['no folder', JSON.stringify({ hook: 'tool.execute.before', input: { tool: 'bash', sessionID: 's' }, output: { args: { command: 'ls' } } })],
      ['no command', before('bash', {})],
      ['a command that is a list', before('bash', { command: ['rm', 'x'] })],
      ['a command in a folder that is a number', before('bash', { command: 'ls', workdir: 7 })],
      ['arguments that are a text', before('bash', 'ls')],
      ['a patch without a file', before('apply_patch', { patchText: '*** Begin Patch\n*** End Patch' })],
      ['a request of Claude Code', JSON.stringify({ session_id: 's', cwd, hook_event_name: 'PreToolUse', tool_name: 'Bash', tool_input: { command: 'ls' } })],
      ['a request of Amp', JSON.stringify({ event: 'tool.call', payload: { tool: 'Bash', input: { cmd: 'ls' } } })],
    ],
  });

  const decode = (payload: string, env: Readonly<Record<string, string>> = {}): Decoded => adapter.decode({ payload, env, cwd: '/elsewhere' });

  describe(`${adapter.title}: where`, () => {
    test('a folder without a repository is its own root', () => {
      const decoded = decode(before('bash', { command: 'ls' }, { worktree: '/' }));
      assert.deepEqual(decoded.kind === 'action' && [decoded.action.cwd, decoded.action.workspaceRoots], [cwd, [cwd]]);
    });
    test('Windows has PowerShell, unless it is told of another shell', () => {
      const shellIn = (env: Readonly<Record<string, string>>): unknown => {
        const decoded = decode(before('bash', { command: 'ls' }), env);
        return decoded.kind === 'action' && decoded.action.tool === 'shell' && decoded.action.shell;
      };
      assert.deepEqual([shellIn({ OS: 'Windows_NT' }), shellIn({ OS: 'Windows_NT', SHELL: 'C:\\Git\\bin\\bash.exe' }), shellIn({})], ['powershell', 'bash', 'bash']);
    });
    test('a very long command is read whole', () => {
      const command = `echo ${'x'.repeat(900_000)}; rm -rf /`;
      const decoded = decode(before('bash', { command }));
      assert.equal(decoded.kind === 'action' && decoded.action.tool === 'shell' && decoded.action.command, command);
    });
  });

  describe(`${adapter.title}: answers`, () => {
    test('an allow', () => assert.deepEqual(adapter.encode({ decision: 'allow' }, 'tool.execute.before'), { stdout: '{"decision":"allow"}\n', stderr: '', exitCode: 0 }));
    test('a deny is said by JSON, text and exit code', () => {
      const { stdout, stderr, exitCode } = adapter.encode({ decision: 'deny', toAgent: 'No.', toPerson: '' }, undefined);
      assert.deepEqual([JSON.parse(stdout), stderr, exitCode], [{ decision: 'deny', reason: 'No.' }, 'No.\n', 2]);
    });
    test('what a tool gave back is handed over, and takes its place', () => {
      const decoded = decode(after('read', { filePath: 'a' }, { title: 'a', output: 'text' }));
      assert.deepEqual(decoded.kind === 'output' && [decoded.output, decoded.replaceable], [{ title: 'a', output: 'text' }, true]);
      assert.deepEqual(answered({ title: 'a', output: 'masked' }), { title: 'a', output: 'masked' });
    });
    const files: readonly (readonly [name: string, output: object, sent: object])[] = [
      ['a picture stays', { output: 'x', attachments: [{ url: picture }] }, { output: 'x', attachments: [{ url: picture }] }],
      ['a file with a secret in it is held back', { output: 'x', attachments: [{ url: 'data:application/pdf;base64,JVBE<hidden:A#1>' }, { url: picture }] }, { output: 'x\n<hidden: a file that holds a secret>', attachments: [{ url: picture }] }],
      ['parts of an MCP answer stay', { content: [{ type: 'text', text: 'a' }, { type: 'image', data: 'iVBO', mimeType: 'image/png' }] }, { content: [{ type: 'text', text: 'a' }, { type: 'image', data: 'iVBO', mimeType: 'image/png' }] }],
      ['a part with a secret in it is held back', { content: [{ type: 'resource', resource: { uri: 'x', blob: 'JVBE<hidden:A#1>' } }] }, { content: [{ type: 'text', text: '<hidden: a file that holds a secret>' }] }],
    ];
    for (const [name, output, sent] of files) test(name, () => assert.deepEqual(answered(output), sent));
    const large = `${picture.slice(0, -1)}${'A'.repeat(1_200_000)}=`;
    const pictures: readonly (readonly [name: string, output: object, expected: boolean])[] = [
      ['a large picture', { output: 'Image read successfully', attachments: [{ url: large }] }, true],
      ['a large picture of an MCP tool', { content: [{ type: 'image', data: large.slice(large.indexOf(',') + 1) }] }, true],
      ['a picture with words beside it', { output: 'the words', attachments: [{ url: large }] }, false],
      ['an MCP picture with words beside it', { output: 'the words', content: [{ type: 'image', data: 'iVBORw0KGgo=' }] }, false],
      ['text that is only called a picture', { output: 'Image read successfully', attachments: [{ url: 'data:image/png;base64,U0VDUkVU' }] }, false],
      ['a large text', { output: 'x'.repeat(1_200_000) }, false],
    ];
    for (const [name, output, expected] of pictures) test(`${name} is ${expected ? '' : 'not '}passed on unread`, () => assert.equal(adapter.isPicture?.(after('read', { filePath: 'a' }, output)), expected));
    const answered = (output: object): unknown => (JSON.parse(adapter.encodeOutput?.(output, 'tool.execute.after').stdout ?? '') as { output: unknown }).output;
  });
}
