import type { Analysis } from '../analysis.ts';
import type { Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';
import { sqlEffects } from '../sql/sources.ts';

export const rule: Rule = {
  tool: 'pscale',
  title: 'PlanetScale',
  programs: ['pscale'],
  docs: 'https://planetscale.com/docs/cli',
  valueOptions: ['--org', '--api-token', '--api-url', '--config', '-f', '--format', '--service-token', '--service-token-id', '--dir', '--role', '-e', '--execute', '--debug-file'],
  safeOptions: ['-h'],
  target: { system: 'planetscale', option: ['--org'] },
  operations: [
    { id: 'database-delete', words: ['database|db', 'delete|rm'], verb: 'delete', kind: 'database', reversibility: 'irreversible', backup: true, name: [{ operand: 0 }], why: 'Deletes the database {name} with its branches and backups.', saferWay: 'Keep a copy of the data first.' },
    { id: 'branch-delete', words: ['branch', 'delete|rm|demote'], verb: 'delete', kind: 'branch', reversibility: 'irreversible', name: [{ operand: 1 }], why: 'Deletes or demotes the branch {name}.', saferWay: 'List it first and let a person delete it.' },
    { id: 'backup-delete', words: ['backup', 'delete|rm'], verb: 'delete', kind: 'backup', reversibility: 'irreversible', backup: true, name: [{ operand: 2 }], why: 'Deletes the backup {name}.', saferWay: 'Keep backups until a person says otherwise.' },
    { id: 'deploy', words: ['deploy-request|dr', 'deploy|apply|revert|skip-revert'], verb: 'overwrite', kind: 'database', reversibility: 'irreversible', certainty: 'likely', name: [{ operand: 0 }, { operand: 1 }], why: 'Changes the production schema of {name}; columns it removes go with their data.', saferWay: 'Look first: pscale deploy-request diff.' },
    { id: 'restore-dump', words: ['database|db', 'restore-dump'], verb: 'overwrite', kind: 'database', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Writes a dump over the data of {name}.', saferWay: 'Restore into a new branch.' },
    { id: 'password-delete', words: ['password|service-token', 'delete|rm|delete-access'], verb: 'revoke', kind: 'password', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the credential {name}; whatever uses it stops working.', saferWay: 'Make the new one first.' },
    { id: 'unprotect', words: ['branch', 'safe-migrations', 'disable'], verb: 'revoke', kind: 'protection', reversibility: 'reversible', name: [{ operand: 1 }], why: 'Lets the schema of {name} be changed without a deploy request.', saferWay: 'Leave safe migrations on.' },
  ],
  inspect,
  unlisted: 'PlanetScale resource',
  controlPlane: {
    hosts: ['api.planetscale.com'],
    // https://planetscale.com/docs/api/reference
    paths: [
      { id: 'api-password-delete', request: 'DELETE /v1/organizations/:org/databases/:database/branches/:branch/passwords/:password', verb: 'revoke', kind: 'password', reversibility: 'irreversible', name: ['password'], why: 'Deletes the credential {name}; whatever uses it stops working.', saferWay: 'Make the new one first.' },
      { id: 'api-deploy', request: 'POST /v1/organizations/:org/databases/:database/deploy-requests/:number/deploy', verb: 'overwrite', kind: 'database', reversibility: 'irreversible', certainty: 'likely', name: ['database'], why: 'Changes the production schema of {name}; columns it removes go with their data.', saferWay: 'Look at the deploy request first.' },
      { id: 'api-demote', request: 'POST /v1/organizations/:org/databases/:database/branches/:branch/demote', verb: 'stop', kind: 'branch', reversibility: 'recoverable', name: ['branch'], why: 'Makes the production branch {name} a development branch.', saferWay: 'Let a person demote it.' },
      { id: 'api-database-delete', request: 'DELETE /v1/organizations/:org/databases/:database', verb: 'delete', kind: 'database', reversibility: 'irreversible', backup: true, name: ['database'], why: 'Deletes the database {name} with its branches and backups.', saferWay: 'Keep a copy of the data first.' },
      { id: 'api-branch-delete', request: 'DELETE /v1/organizations/:org/databases/:database/branches/:branch', verb: 'delete', kind: 'branch', reversibility: 'irreversible', name: ['branch'], why: 'Deletes the branch {name} with its data.', saferWay: 'List it first and let a person delete it.' },
      { id: 'api-backup-delete', request: 'DELETE /v1/organizations/:org/databases/:database/branches/:branch/backups/:backup', verb: 'delete', kind: 'backup', reversibility: 'irreversible', backup: true, name: ['backup'], why: 'Deletes the backup {name}.', saferWay: 'Keep backups until a person says otherwise.' },
    ],
  },
  cases: {
    caught: [
      { command: 'pscale database delete shop --force', by: 'database-delete' },
      { command: 'pscale db rm shop', by: 'database-delete' },
      { command: 'pscale --org acme database delete shop', by: 'database-delete' },
      { command: 'pscale branch delete shop dev', by: 'branch-delete' },
      { command: 'pscale backup delete shop main b1', by: 'backup-delete' },
      { command: 'pscale deploy-request deploy shop 4', by: 'deploy' },
      { command: 'pscale database restore-dump shop main --dir dump', by: 'restore-dump' },
      { command: 'pscale password delete shop main p1', by: 'password-delete' },
      { command: 'pscale keyspace remove shop main x', by: 'unlisted' },
      { command: 'curl -X DELETE https://api.planetscale.com/v1/organizations/acme/databases/shop/branches/main/passwords/p1', by: 'api-password-delete' },
      { command: 'curl -X POST https://api.planetscale.com/v1/organizations/acme/databases/shop/deploy-requests/4/deploy', by: 'api-deploy' },
      { command: 'curl -X POST https://api.planetscale.com/v1/organizations/acme/databases/shop/branches/main/demote', by: 'api-demote' },
      { command: 'curl -X DELETE https://api.planetscale.com/v1/organizations/acme/databases/shop', by: 'api-database-delete' },
      { command: 'curl -X DELETE https://api.planetscale.com/v1/organizations/acme/databases/shop/branches/main', by: 'api-branch-delete' },
      { command: 'curl -X DELETE https://api.planetscale.com/v1/organizations/acme/databases/shop/branches/main/backups/b1', by: 'api-backup-delete' },
      { command: 'pscale branch rm shop dev --force', by: 'branch-delete' },
      { command: 'pscale --org acme branch demote shop main', by: 'branch-delete' },
      { command: 'pscale branch safe-migrations disable shop main', by: 'unprotect' },
      { command: 'pscale backup rm shop main b1 --force', by: 'backup-delete' },
      { command: 'pscale --org acme backup delete shop main b1', by: 'backup-delete' },
      { command: 'pscale dr apply shop 4', by: 'deploy' },
      { command: 'pscale --org acme deploy-request revert shop 4', by: 'deploy' },
      { command: 'pscale password rm shop main p1 --force', by: 'password-delete' },
      { command: 'pscale service-token delete t1', by: 'password-delete' },
      { command: 'pscale service-token delete-access t1 read_branch --database shop', by: 'password-delete' },
      { command: 'pscale shell shop main <<< "DROP TABLE orders"', by: 'sql/drop-table' },
      { command: 'echo "TRUNCATE TABLE orders" | pscale shell shop main --org acme', by: 'sql/truncate' },
    ],
    passes: [`curl -X POST https://api.planetscale.com/v1/organizations/acme/databases/shop/branches -d '{"name":"dev"}'`, 'curl https://api.planetscale.com/v1/organizations/acme/databases/shop/branches/main/passwords', 'pscale database list', 'pscale branch create shop dev', 'pscale deploy-request diff shop 4', 'pscale connect shop dev', 'pscale auth login', 'pscale deploy-request create shop dev', 'pscale branch list shop', 'curl https://api.planetscale.com/v1/organizations/acme/databases', 'echo "SELECT 1" | pscale shell shop dev', 'pscale branch safe-migrations enable shop main', 'pscale backup list shop main', 'pscale password create shop main app', 'pscale database dump shop main'],
  },
};

/** `pscale shell DATABASE BRANCH` is a MySQL client. https://planetscale.com/docs/cli/shell */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const [command, database, branch] = call.operands.map((word) => word.text);
  if (command !== 'shell' && command !== 'sh') return [];
  return sqlEffects(call, { inline: ['-e', '--execute'], files: [] }, { client: 'pscale', connection: `${branch ?? 'main'}.${database ?? 'unnamed'}.psdb.cloud`, name: database ?? '' }, analysis);
}
