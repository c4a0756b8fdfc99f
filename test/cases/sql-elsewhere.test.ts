import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Action } from '../../src/core/action.ts';
import { decide } from '../../src/core/decide.ts';
import { defaultPolicy } from '../../src/core/policy/defaults.ts';
import { blindWorld } from '../../src/core/world.ts';

const context = { agent: 'test', session: '', cwd: '/home/dev/project', workspaceRoots: ['/home/dev/project'], env: { HOME: '/home/dev' } };
const typed = (command: string): Action => ({ ...context, tool: 'shell', shell: 'bash', command });
const asked = (query: string): Action => ({ ...context, tool: 'mcp', server: 'database', name: 'execute_sql', arguments: { query } });

function table(danger: string, action: (text: string) => Action, held: readonly string[], passes: readonly string[]): void {
  describe(danger, () => {
    for (const text of held) it(`held: ${text}`, () => assert.match(decide(action(text), blindWorld(), defaultPolicy).decision, /^(?:ask|deny)$/));
    for (const text of passes) it(`passes: ${text}`, () => assert.equal(decide(action(text), blindWorld(), defaultPolicy).decision, 'allow'));
  });
}

table('a statement typed into a terminal in which a database client may be open', typed, [
  'DROP TABLE orders;', 'drop database shop', 'DROP SCHEMA reporting CASCADE;', 'TRUNCATE TABLE visits;', 'DELETE FROM customers;', 'alter table orders drop column total;', "GRANT ALL ON *.* TO 'app'@'%';", 'UPDATE customers SET email = NULL;',
], [
  'SELECT * FROM orders;', 'truncate -s +1M image.raw', 'update-alternatives --list java', 'DELETE FROM customers WHERE id = 7;', 'alter_ego --table users', 'drop table.csv', 'echo "DROP TABLE orders;"', 'update all the things', 'grant',
]);

table('secrets copied to where others read them', asked, [
  'INSERT INTO messages (author, body) SELECT name, api_token FROM integrations', "INSERT INTO notes SELECT id, string_agg(secret, ',') FROM vault_entries", 'UPDATE tickets SET body = (SELECT password FROM logins LIMIT 1) WHERE id = 3',
], [
  'INSERT INTO api_tokens_archive SELECT * FROM api_tokens', 'INSERT INTO messages (author, body) SELECT name, body FROM drafts', "INSERT INTO messages (body) VALUES ('where is the token?')", 'INSERT INTO users (email, password_hash) SELECT email, password_hash FROM imported_users',
]);
