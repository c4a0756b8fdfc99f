import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { McpAction } from '../../../src/core/action.ts';
import { analyseMcp } from '../../../src/core/mcp/analyse.ts';
import { recordingAnalysis, worldOf } from './recording-analysis.ts';

function call(server: string, name: string, args: Readonly<Record<string, unknown>> = {}, annotations?: McpAction['annotations']): McpAction {
  return { tool: 'mcp', server, name, arguments: args, agent: 'test', session: '', cwd: '/project', workspaceRoots: ['/project'], env: { HOME: '/home/me' }, ...(annotations ? { annotations } : {}) };
}

/** What a call does by itself and what it hands on, one line each. */
function run(action: McpAction, files?: Readonly<Record<string, string>>): string[] {
  const { analysis, handed } = recordingAnalysis(files && worldOf(files));
  const effects = analyseMcp(action, analysis).map((effect) => `${effect.rule} ${effect.resource.name}`.trim());
  return [...effects, ...handed.sql.map(({ text, database }) => `${database.client}: ${text}`), ...handed.shell.map((line) => `$ ${line}`), ...handed.code.map(({ language, text }) => `${language}: ${text}`), ...handed.http.map(({ method, url, body }) => `${method} ${url}${body === undefined ? '' : ` ${body}`}`)];
}

const caught: readonly (readonly [danger: string, action: McpAction, found: readonly string[]])[] = [
  ['SQL under its usual names', call('postgres', 'query', { sql: 'DROP TABLE users' }), ['postgres: DROP TABLE users']],
  ['SQL of a hosted database', call('supabase', 'mcp__supabase__execute_sql', { project_id: 'p', query: 'DELETE FROM users' }), ['supabase: DELETE FROM users']],
  ['SQL of a server nobody knows', call('acme', 'ask', { statement: 'TRUNCATE users' }), ['acme: TRUNCATE users']],
  ['SQL in a list', call('postgres', 'transaction', { statements: ['SELECT 1', 'DROP TABLE users'] }), ['postgres: SELECT 1', 'postgres: DROP TABLE users']],
  ['Mongo', call('mongodb', 'run', { query: 'db.users.deleteMany({})' }), ['mongo: db.users.deleteMany({})']],
  ['a command', call('shell', 'run_command', { command: 'rm -rf data' }), ['$ rm -rf data']],
  ['a command in words', call('docker', 'exec', { container: 'db', command: ['rm', '-rf', 'my data'] }), ["$ rm -rf 'my data'"]],
  ['a command under another name', call('ssh', 'ssh_execute', { host: 'h', input: 'rm -rf data' }), ['$ rm -rf data']],
  ['code', call('jupyter', 'execute_python', { code: 'import os' }), ['python: import os']],
  ['code whose language is told', call('sandbox', 'run_code', { language: 'python', code: 'import os' }), ['python: import os']],
  ['a request', call('fetch', 'http_request', { url: 'https://a.example/x', method: 'DELETE' }), ['DELETE https://a.example/x']],
  ['a GraphQL document', call('graphql', 'graphql', { endpoint: 'https://a.example/graphql', query: 'mutation { volumeDelete }' }), ['POST https://a.example/graphql {"query":"mutation { volumeDelete }","variables":{}}']],
  ['deletion by name', call('railway', 'volume_delete', { volumeId: 'vol_1' }), ['mcp/verb vol_1']],
  ['deletion by a prefixed name', call('gh', 'mcp__gh__delete_repository', { owner: 'a', name: 'b' }), ['mcp/verb b']],
  ['deletion in camel case', call('x', 'purgeQueue', { queueName: 'q' }), ['mcp/verb q']],
  ['deletion that follows a look', call('x', 'find_and_delete', { id: '1' }), ['mcp/verb 1']],
  ['what the server calls destructive', call('x', 'frobnicate', {}, { destructiveHint: true }), ['mcp/hint']],
  ['deletion the server calls read-only', call('x', 'delete_item', { id: '1' }, { readOnlyHint: true, destructiveHint: false }), ['mcp/verb 1']],
  ['more arguments than can be read', call('x', 'ask', { a: Array.from({ length: 600 }, (_, index) => `v${index}`) }), ['mcp/too-much ask']],
  ['deeply nested arguments', call('x', 'ask', { a: { a: { a: { a: { a: { a: { a: { a: { a: { sql: 'DROP TABLE users' } } } } } } } } } }), ['mcp/too-much ask']],
];
for (const [danger, action, found] of caught) test(`holds ${danger}`, () => assert.deepEqual(run(action), found));

const passes: readonly McpAction[] = [
  call('github', 'list_issues', { owner: 'a', repo: 'b' }),
  call('github', 'search_code', { query: 'delete from users' }),
  call('github', 'create_issue', { title: 'Drop table users', body: 'rm -rf / is bad' }),
  call('github', 'get_deleted_items', { id: '1' }),
  call('docs', 'search', { query: 'how to drop a table' }),
  call('playwright', 'browser_click', { element: 'Sign in' }, { destructiveHint: true }),
  call('x', 'list_items', {}, { destructiveHint: true }),
  call('linear', 'remove_label', { id: '1' }),
  call('todo', 'clear_completed_todos', {}),
  call('x', 'restore_backup_list', {}),
  call('files', 'read_file', { path: '/etc/passwd' }),
];
for (const action of passes) test(`passes ${action.server} ${action.name}`, () => assert.deepEqual(run(action), []));

test('a file tool that deletes or replaces is judged by the files', () => {
  const files = { '/project/a.txt': 'x', '/project/b.txt': 'x' };
  assert.deepEqual(run(call('files', 'delete_file', { path: '/project/a.txt' }), files), ['mcp/delete-file a.txt']);
  assert.deepEqual(run(call('files', 'write_file', { path: '/project/a.txt', content: '' }), files), ['mcp/write-file a.txt']);
  assert.deepEqual(run(call('files', 'write_file', { path: '/project/new.txt', content: '' }), files), []);
});

test('a file tool that is given a folder may take all that is in it', () => {
  const files = { '/project/src/a.txt': 'x', '/project/b.txt': 'x' };
  for (const name of ['delete_file', 'delete_files', 'deleteFile', 'remove_file', 'delete_path', 'delete_directory', 'delete']) {
    assert.deepEqual(run(call('files', name, { path: '/project/src' }), files), ['mcp/delete-file src'], name);
    assert.deepEqual(run(call('files', name, { path: '/project/none' }), files), [], name);
  }
  for (const name of ['read_file', 'list_directory', 'create_directory', 'get_file_info']) assert.deepEqual(run(call('files', name, { path: '/project/src' }), files), [], name);
});

test('a file tool that is given a URL of a file means that file', () => {
  const files = { '/project/my notes/a.txt': 'x' };
  for (const path of ['file:///project/my%20notes', 'file://localhost/project/my%20notes', 'FILE:///project/my notes']) assert.deepEqual(run(call('files', 'delete_file', { path }), files), ['mcp/delete-file my notes'], path);
  assert.deepEqual(run(call('files', 'delete_file', { path: 'file:///project/%zz' }), files), []);
});

test('a file tool of a server with a root of its own is judged by its name', () => {
  const files = { '/project/b.txt': 'x' };
  assert.deepEqual(run(call('obsidian', 'obsidian_delete_file', { filepath: 'journal/2026.md' }), files), ['mcp/verb journal/2026.md']);
  assert.deepEqual(run(call('obsidian', 'obsidian_delete_file', { filepath: 'b.txt' }), files), ['mcp/delete-file b.txt']);
  assert.deepEqual(run(call('obsidian', 'obsidian_get_file_contents', { filepath: 'journal/2026.md' }), files), []);
});

test('never throws, whatever the arguments', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.dictionary(fc.oneof(fc.constantFrom('sql', 'command', 'url', 'path', 'query'), fc.string()), fc.jsonValue()), (server, name, args) => {
      run(call(server, name, args));
    }),
  );
});
