import type { Analysis } from '../analysis.ts';
import type { Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';
import { sqlEffects } from '../sql/sources.ts';

export const rule: Rule = {
  tool: 'turso',
  title: 'Turso',
  programs: ['turso'],
  docs: 'https://docs.turso.tech/cli/introduction',
  valueOptions: ['-c', '--config-path', '--location', '--group', '--instance'],
  safeOptions: ['-h'],
  target: { system: 'turso' },
  operations: [
    { id: 'database-destroy', words: ['db', 'destroy'], verb: 'delete', kind: 'database', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the database {name} with its replicas: all data is lost.', saferWay: 'Dump it first: turso db shell NAME .dump.' },
    { id: 'group-destroy', words: ['group', 'destroy'], verb: 'delete', kind: 'group', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the group {name} with every database in it.', saferWay: 'List it first and let a person delete it.' },
    { id: 'tokens-invalidate', words: ['db|group', 'tokens', 'invalidate'], verb: 'revoke', kind: 'tokens', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Makes every token of {name} invalid.', saferWay: 'Make the new one first.' },
    { id: 'org-destroy', words: ['org', 'destroy'], verb: 'delete', kind: 'organisation', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the organisation {name} with everything in it.', saferWay: 'List it first and let a person delete it.' },
    { id: 'unprotect', words: ['db', 'config', 'delete-protection', 'disable'], verb: 'revoke', kind: 'protection', reversibility: 'reversible', name: [{ operand: 0 }], why: 'Takes the protection against deletion off {name}.', saferWay: 'Leave protection on.' },
  ],
  inspect,
  unlisted: 'Turso resource',
  controlPlane: {
    hosts: ['api.turso.tech'],
    paths: [
      { id: 'api-database-delete', request: 'DELETE /v1/organizations/:org/databases/:database', verb: 'delete', kind: 'database', reversibility: 'irreversible', name: ['database'], why: 'Deletes the database {name}: all data is lost.', saferWay: 'Keep a copy of the data first.' },
      { id: 'api-group-delete', request: 'DELETE /v1/organizations/:org/groups/:group', verb: 'delete', kind: 'group', reversibility: 'irreversible', name: ['group'], why: 'Deletes the group {name} with every database in it.', saferWay: 'List it first and let a person delete it.' },
      { id: 'api-rotate', request: 'POST /v1/organizations/:org/databases/:database/auth/rotate', verb: 'revoke', kind: 'tokens', reversibility: 'irreversible', name: ['database'], why: 'Makes every token of {name} invalid.', saferWay: 'Make the new one first.' },
    ],
  },
  cases: {
    caught: [
      { command: 'turso db destroy shop --yes', by: 'database-destroy' },
      { command: 'turso db destroy shop', by: 'database-destroy' },
      { command: 'turso --config-path x db destroy shop -y', by: 'database-destroy' },
      { command: 'turso group destroy default', by: 'group-destroy' },
      { command: 'turso db tokens invalidate shop', by: 'tokens-invalidate' },
      { command: 'turso org destroy acme', by: 'org-destroy' },
      { command: 'turso group locations remove default lhr', by: 'unlisted' },
      { command: 'curl -X DELETE https://api.turso.tech/v1/organizations/acme/databases/shop', by: 'api-database-delete' },
      { command: 'curl -X DELETE https://api.turso.tech/v1/organizations/acme/groups/default', by: 'api-group-delete' },
      { command: 'curl -X POST https://api.turso.tech/v1/organizations/acme/databases/shop/auth/rotate', by: 'api-rotate' },
      { command: 'turso group destroy eu --yes', by: 'group-destroy' },
      { command: 'turso --config-path x group destroy eu', by: 'group-destroy' },
      { command: 'turso group tokens invalidate default -y', by: 'tokens-invalidate' },
      { command: 'turso org destroy acme --yes', by: 'org-destroy' },
      { command: 'turso --config-path x org destroy acme', by: 'org-destroy' },
      { command: 'turso db config delete-protection disable shop', by: 'unprotect' },
      { command: 'turso db shell shop "DROP TABLE orders"', by: 'sql/drop-table' },
      { command: 'echo "DROP TABLE orders;" | turso db shell libsql://shop-acme.turso.io', by: 'sql/drop-table' },
      { command: 'turso db shell shop <<< "DELETE FROM orders"', by: 'sql/delete-all' },
    ],
    passes: ['turso db list', 'turso db create shop', 'turso db show shop', 'turso db tokens create shop', 'turso auth login', 'turso group list', 'turso db shell shop "select 1"', 'curl https://api.turso.tech/v1/organizations', 'turso db shell shop < schema.sql', 'turso db shell shop .dump', 'turso db config delete-protection enable shop', 'turso db shell shop "DELETE FROM orders WHERE id = 4"'],
  },
};

/** `turso db shell NAME|URL [SQL]`. https://docs.turso.tech/cli/db/shell */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const [group, command, name, text] = call.operands;
  if (group?.text !== 'db' || command?.text !== 'shell') return [];
  const where = name?.text ?? '';
  const database = { client: 'turso', connection: /[:/]/.test(where) ? where : `libsql://${where || 'unnamed'}.turso.io`, name: where };
  return sqlEffects(call, { inline: [], files: [], ...(text ? { operands: [text] } : {}) }, database, analysis);
}
