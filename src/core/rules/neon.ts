import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'neon',
  title: 'Neon',
  programs: ['neon', 'neonctl'],
  docs: 'https://neon.com/docs/reference/neon-cli',
  valueOptions: ['--project-id', '--org-id', '--api-key', '--config-dir', '-o', '--output', '--context-file', '--branch', '--name', '--preserve-under-name', '--parent-id'],
  safeOptions: ['-h'],
  target: { system: 'neon', option: ['--branch'] },
  operations: [
    { id: 'project-delete', words: ['projects|project', 'delete'], verb: 'delete', kind: 'project', reversibility: 'irreversible', backup: true, name: [{ operand: 0 }], why: 'Deletes the Neon project {name} with every branch and database.', saferWay: 'List it first and let a person delete it.' },
    { id: 'branch-delete', words: ['branches|branch', 'delete'], verb: 'delete', kind: 'branch', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the branch {name} with its data.', saferWay: 'List it first and let a person delete it.' },
    { id: 'branch-reset', words: ['branches|branch', 'reset|restore'], unless: ['--preserve-under-name'], verb: 'overwrite', kind: 'branch', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Replaces the data of the branch {name} with another state.', saferWay: 'Keep the old state: add --preserve-under-name.' },
    { id: 'database-delete', words: ['databases|database|db', 'delete'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Drops the database {name}: all data is lost.', saferWay: 'Keep a copy of the data first.' },
    { id: 'role-delete', words: ['roles|role', 'delete'], verb: 'revoke', kind: 'role', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the role {name}; whatever logs in with it stops working.', saferWay: 'List it first and let a person delete it.' },
    { id: 'reset', words: ['reset'], verb: 'overwrite', kind: 'branch', reversibility: 'irreversible', name: [], why: 'Replaces the data of a branch with that of its parent.', saferWay: 'Keep a copy of the data first.' },
  ],
  unlisted: 'Neon resource',
  controlPlane: {
    hosts: ['console.neon.tech'],
    paths: [
      { id: 'api-project-delete', request: 'DELETE /api/v2/projects/:project', verb: 'delete', kind: 'project', reversibility: 'irreversible', backup: true, name: ['project'], why: 'Deletes the Neon project {name} with every branch and database.', saferWay: 'List it first and let a person delete it.' },
      { id: 'api-branch-delete', request: 'DELETE /api/v2/projects/:project/branches/:branch', verb: 'delete', kind: 'branch', reversibility: 'irreversible', name: ['branch'], why: 'Deletes the branch {name} with its data.', saferWay: 'List it first and let a person delete it.' },
      { id: 'api-database-delete', request: 'DELETE /api/v2/projects/:project/branches/:branch/databases/:database', verb: 'drop', kind: 'database', reversibility: 'irreversible', name: ['database'], why: 'Drops the database {name}: all data is lost.', saferWay: 'Keep a copy of the data first.' },
      { id: 'api-branch-restore', request: 'POST /api/v2/projects/:project/branches/:branch/restore', verb: 'overwrite', kind: 'branch', reversibility: 'irreversible', name: ['branch'], why: 'Replaces the data of the branch {name} with another state.', saferWay: 'Keep a copy of the data first.' },
    ],
  },
  cases: {
    caught: [
      { command: 'neonctl projects delete cool-1', by: 'project-delete' },
      { command: 'neon projects delete cool-1', by: 'project-delete' },
      { command: 'npx neonctl projects delete cool-1', by: 'project-delete' },
      { command: 'neonctl branches delete main --project-id cool-1', by: 'branch-delete' },
      { command: 'neonctl branches reset main --parent', by: 'branch-reset' },
      { command: 'neonctl branches restore main ^self@2025-01-01T00:00:00Z', by: 'branch-reset' },
      { command: 'neonctl databases delete shop', by: 'database-delete' },
      { command: 'neonctl roles delete app', by: 'role-delete' },
      { command: 'neon reset', by: 'reset' },
      { command: 'neonctl vpc endpoint remove vpce-1', by: 'unlisted' },
      { command: 'curl -X DELETE https://console.neon.tech/api/v2/projects/cool-1', by: 'api-project-delete' },
      { command: 'curl -X DELETE https://console.neon.tech/api/v2/projects/cool-1/branches/br-1', by: 'api-branch-delete' },
      { command: 'curl -X DELETE https://console.neon.tech/api/v2/projects/cool-1/branches/br-1/databases/shop', by: 'api-database-delete' },
      { command: 'curl -X POST https://console.neon.tech/api/v2/projects/cool-1/branches/br-1/restore -d "{}"', by: 'api-branch-restore' },
    ],
    passes: ['neonctl projects list', 'neonctl branches create --name dev', 'neonctl connection-string', 'neonctl branches list', 'neonctl me', 'neonctl branches restore main ^self@1h --preserve-under-name old', 'neonctl databases list', 'curl https://console.neon.tech/api/v2/projects'],
  },
};
