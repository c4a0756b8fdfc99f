import type { HttpOperation, Rule } from '../rule.ts';

const linked = { system: 'supabase', option: ['--project-ref', '--linked'], variable: ['SUPABASE_PROJECT_ID'] } as const;
const local = { database: 'supabase', option: ['--db-url'] } as const;
const dump = 'Dump the data first: supabase db dump --data-only.';

/** https://supabase.com/docs/reference/api/introduction */
const paths: readonly HttpOperation[] = [
  { id: 'api-project-delete', request: 'DELETE /v1/projects/:ref', verb: 'delete', kind: 'project', reversibility: 'irreversible', name: ['ref'], backup: true, why: 'Deletes the Supabase project {name}: database, files, users and backups.', saferWay: 'Pause it in the dashboard instead.' },
  { id: 'api-branch-delete', request: 'DELETE /v1/branches/:branch', verb: 'delete', kind: 'database branch', reversibility: 'irreversible', name: ['branch'], why: 'Deletes the database branch {name} with its data.', saferWay: dump },
  { id: 'api-branch-reset', request: 'POST /v1/branches/:branch/reset', verb: 'drop', kind: 'database branch', reversibility: 'irreversible', name: ['branch'], why: 'Throws away the data of the database branch {name}.', saferWay: dump },
  { id: 'api-pause', request: 'POST /v1/projects/:ref/pause', verb: 'stop', kind: 'project', reversibility: 'recoverable', name: ['ref'], why: 'Takes the Supabase project {name} offline.', saferWay: 'Let a person pause it.' },
  { id: 'api-restore', request: 'POST /v1/projects/:ref/database/backups/restore-pitr', verb: 'overwrite', kind: 'database', reversibility: 'irreversible', name: ['ref'], why: 'Replaces the database of {name} with an older state.', saferWay: 'Restore into a new project.' },
];

export const rule: Rule = {
  tool: 'supabase',
  title: 'Supabase',
  programs: ['supabase'],
  docs: 'https://supabase.com/docs/reference/cli/introduction',
  valueOptions: ['--project-ref', '--db-url', '--workdir', '--profile', '--output', '-o', '--network-id', '--dns-resolver', '--version', '--last', '--sql-paths', '-p', '--password', '-s', '--schema', '-f', '--file', '--project-id', '--experimental-ref', '--env-file', '--timestamp', '-t'],
  safeOptions: ['-h', '--dry-run'],
  target: linked,
  operations: [
    { id: 'db-reset-linked', words: ['db', 'reset'], needs: ['--linked', '--project-ref'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ option: ['--project-ref'] }, { text: 'the linked project' }], why: 'Drops everything in the hosted database of {name} and runs the migrations again: all data is lost.', saferWay: 'Reset a preview branch or the local database instead.' },
    { id: 'db-reset', words: ['db', 'reset'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], target: local, why: 'Drops the database and runs the migrations again: all data that is not in the seed is lost.', saferWay: 'Run new migrations only: supabase migration up.' },
    { id: 'db-push', words: ['db', 'push'], unless: ['--local'], verb: 'overwrite', kind: 'database', reversibility: 'irreversible', certainty: 'likely', name: [{ option: ['--project-ref'] }, { text: 'the linked project' }], why: 'Runs new migrations on the hosted database of {name}; they may drop what holds data.', saferWay: 'Look at them first: supabase db push --dry-run.' },
    { id: 'config-push', words: ['config', 'push'], verb: 'overwrite', kind: 'project settings', reversibility: 'irreversible', name: [{ option: ['--project-ref'] }, { text: 'the linked project' }], why: 'Overwrites the settings of {name} with those of the local file.', saferWay: 'Compare the settings in the dashboard first.' },
    { id: 'network', words: ['network-restrictions|ssl-enforcement|postgres-config', 'update|delete'], verb: 'overwrite', kind: 'project settings', reversibility: 'recoverable', name: [{ option: ['--project-ref'] }, { text: 'the linked project' }], why: 'Changes who reaches the database of {name}, or how it runs.', saferWay: 'Look first with the get command.' },
    { id: 'migration-down', words: ['migration', 'down'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], target: local, why: 'Resets the database to an earlier migration: its data is lost.', saferWay: 'Undo it with a new migration.' },
    { id: 'migration-repair', words: ['migration', 'repair'], verb: 'overwrite', kind: 'migration history', reversibility: 'recoverable', name: [{ operands: 'all' }], why: 'Rewrites which migrations the hosted database is believed to have.', saferWay: 'Compare first: supabase migration list.' },
    { id: 'stop-no-backup', words: ['stop'], needs: ['--no-backup'], verb: 'delete', kind: 'local database', reversibility: 'irreversible', name: [], target: local, why: 'Stops the local stack and deletes its volumes: the local database is lost.', saferWay: 'Leave out --no-backup.' },
    { id: 'project-delete', words: ['projects', 'delete'], verb: 'delete', kind: 'project', reversibility: 'irreversible', backup: true, name: [{ operand: 0 }, { option: ['--project-ref'] }], why: 'Deletes the Supabase project {name}: database, files, users and backups.', saferWay: 'Pause it in the dashboard instead.' },
    { id: 'branch-delete', words: ['branches', 'delete|disable'], verb: 'delete', kind: 'database branch', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the database branch {name} with its data.', saferWay: dump },
    { id: 'function-delete', words: ['functions', 'delete'], verb: 'delete', kind: 'function', reversibility: 'recoverable', name: [{ operand: 0 }], why: 'Takes the function {name} offline.', saferWay: 'Download it first: supabase functions download.' },
    { id: 'secrets-unset', words: ['secrets', 'unset'], verb: 'delete', kind: 'secret', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name}: the value cannot be read back.', saferWay: 'Let a person remove it.' },
    { id: 'storage-rm', words: ['storage', 'rm'], verb: 'delete', kind: 'files', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name} from storage.', saferWay: 'Copy them first: supabase storage cp.' },
    { id: 'backup-restore', words: ['backups', 'restore'], verb: 'overwrite', kind: 'database', reversibility: 'irreversible', name: [{ option: ['--project-ref'] }], why: 'Replaces the hosted database with an older state.', saferWay: 'Restore into a new project.' },
    { id: 'root-key', words: ['encryption', 'update-root-key'], verb: 'revoke', kind: 'encryption key', reversibility: 'irreversible', name: [{ option: ['--project-ref'] }], why: 'Replaces the root key: what was encrypted with the old one can no longer be read.', saferWay: 'Let a person rotate keys.' },
  ],
  unlisted: 'Supabase resource',
  controlPlane: { hosts: ['api.supabase.com'], paths },
  cases: {
    caught: [
      { command: 'supabase db reset', by: 'db-reset' },
      { command: 'npx supabase db reset --local', by: 'db-reset' },
      { command: 'supabase db reset --db-url postgres://u@db.example.com/shop', by: 'db-reset' },
      { command: 'supabase db reset --linked', by: 'db-reset-linked' },
      { command: 'supabase --workdir apps/web db reset --linked --yes', by: 'db-reset-linked' },
      { command: 'supabase db push --include-all --linked', by: 'db-push' },
      { command: 'supabase db push', by: 'db-push' },
      { command: 'supabase config push', by: 'config-push' },
      { command: 'supabase network-restrictions update --db-allow-cidr 10.0.0.0/8', by: 'network' },
      { command: 'supabase migration down --last 2', by: 'migration-down' },
      { command: 'supabase migration repair 20250101 --status reverted', by: 'migration-repair' },
      { command: 'supabase stop --no-backup', by: 'stop-no-backup' },
      { command: 'supabase projects delete abcdefghij', by: 'project-delete' },
      { command: 'supabase branches delete feature-x', by: 'branch-delete' },
      { command: 'supabase functions delete hello --project-ref abcdefghij', by: 'function-delete' },
      { command: 'supabase secrets unset STRIPE_KEY', by: 'secrets-unset' },
      { command: 'supabase storage rm -r ss:///avatars --experimental', by: 'storage-rm' },
      { command: 'supabase backups restore -t 1735689600', by: 'backup-restore' },
      { command: 'supabase encryption update-root-key', by: 'root-key' },
      { command: 'supabase sso remove 6df4d73f', by: 'unlisted' },
      { command: 'curl -X DELETE https://api.supabase.com/v1/projects/abcdefghij', by: 'api-project-delete' },
      { command: 'curl -X DELETE https://api.supabase.com/v1/branches/5f1a', by: 'api-branch-delete' },
      { command: 'curl -X POST https://api.supabase.com/v1/branches/5f1a/reset', by: 'api-branch-reset' },
      { command: 'curl -X POST https://api.supabase.com/v1/projects/abcdefghij/pause', by: 'api-pause' },
      { command: 'curl -X POST https://api.supabase.com/v1/projects/abcdefghij/database/backups/restore-pitr', by: 'api-restore' },
    ],
    passes: ['supabase init', 'supabase start', 'supabase stop', 'supabase status', 'supabase db diff -f add_table', 'supabase db push --dry-run --linked', 'supabase db push --local', 'supabase db reset --help', 'supabase migration up', 'supabase migration list', 'supabase migration new drop_old_table', 'supabase gen types typescript --local', 'supabase projects list', 'supabase functions deploy hello', 'curl https://api.supabase.com/v1/projects'],
  },
};
