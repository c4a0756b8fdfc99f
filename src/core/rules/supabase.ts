import type { Analysis } from '../analysis.ts';
import { hasOption, optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { HttpOperation, Rule } from '../rule.ts';
import { sqlEffects } from '../sql/sources.ts';

const linked = { system: 'supabase', option: ['--project-ref'], variable: ['SUPABASE_PROJECT_ID'], settings: { local: ['--local'], url: ['--db-url'], workdir: ['--workdir'] } } as const;
const local = { database: 'supabase-local', option: ['--db-url'] } as const;
const dump = 'Dump the data first: supabase db dump --data-only.';

/** https://supabase.com/docs/reference/api/introduction */
const paths: readonly HttpOperation[] = [
  { id: 'api-project-delete', request: 'DELETE /v1/projects/:ref', verb: 'delete', kind: 'project', reversibility: 'irreversible', name: ['ref'], backup: true, why: 'Deletes the Supabase project {name}: database, files, users and backups.', saferWay: 'Pause it in the dashboard instead.' },
  { id: 'api-branch-delete', request: 'DELETE /v1/branches/:branch', verb: 'delete', kind: 'database branch', reversibility: 'irreversible', name: ['branch'], why: 'Deletes the database branch {name} with its data.', saferWay: dump },
  { id: 'api-branch-reset', request: 'POST /v1/branches/:branch/reset', verb: 'drop', kind: 'database branch', reversibility: 'irreversible', name: ['branch'], why: 'Throws away the data of the database branch {name}.', saferWay: dump },
  { id: 'api-pause', request: 'POST /v1/projects/:ref/pause', verb: 'stop', kind: 'project', reversibility: 'recoverable', name: ['ref'], why: 'Takes the Supabase project {name} offline.', saferWay: 'Let a person pause it.' },
  { id: 'api-secrets-delete', request: 'DELETE /v1/projects/:ref/secrets', verb: 'delete', kind: 'secrets', reversibility: 'irreversible', name: ['ref'], why: 'Deletes secrets of the project {name}: their values cannot be read back.', saferWay: 'Let a person remove them.' },
  { id: 'api-branching-disable', request: 'DELETE /v1/projects/:ref/branches', verb: 'delete', kind: 'database branches', reversibility: 'irreversible', name: ['ref'], why: 'Turns branching off for {name}: every preview branch goes with its data.', saferWay: 'Delete the one branch that is meant.' },
  { id: 'api-branch-push', request: 'POST /v1/branches/:branch/push', verb: 'overwrite', kind: 'database branch', reversibility: 'irreversible', certainty: 'likely', name: ['branch'], why: 'Runs new migrations on the database branch {name}; they may drop what holds data.', saferWay: 'Compare them first: GET /v1/branches/…/diff.' },
  { id: 'api-branch-merge', request: 'POST /v1/branches/:branch/merge', verb: 'overwrite', kind: 'database', reversibility: 'irreversible', certainty: 'likely', name: ['branch'], why: 'Runs the migrations of the branch {name} on the production database; they may drop what holds data.', saferWay: 'Compare them first: GET /v1/branches/…/diff.' },
  { id: 'api-backup-undo', request: 'POST /v1/projects/:ref/database/backups/undo', verb: 'overwrite', kind: 'database', reversibility: 'irreversible', name: ['ref'], why: 'Puts the database of {name} back to a restore point; what was written since is lost.', saferWay: 'Restore into a new project.' },
  { id: 'api-network', request: 'POST /v1/projects/:ref/network-restrictions/apply', verb: 'overwrite', kind: 'network restrictions', reversibility: 'recoverable', name: ['ref'], why: 'Replaces the list of who reaches the database of {name}.', saferWay: 'Read the present list first with GET.' },
  { id: 'api-root-key', request: 'PUT /v1/projects/:ref/pgsodium', verb: 'overwrite', kind: 'encryption key', reversibility: 'irreversible', name: ['ref'], why: 'Replaces the root key of {name}: what was encrypted with the old one can no longer be read.', saferWay: 'Let a person rotate keys.' },
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
    { id: 'squash-linked', words: ['migration', 'squash'], needs: ['--linked', '--db-url'], verb: 'overwrite', kind: 'migration history', reversibility: 'irreversible', name: [{ text: 'the linked project' }], why: 'Makes one migration of all, here and in the history of {name}; what they changed besides the schema is lost.', saferWay: 'Squash locally first and compare: supabase db diff.' },
    { id: 'squash', words: ['migration', 'squash'], verb: 'overwrite', kind: 'migrations', reversibility: 'irreversible', name: [], target: local, why: 'Makes one file of all migrations; what they changed besides the schema is lost.', saferWay: 'Commit the migrations first.' },
    { id: 'domain-delete', words: ['domains|vanity-subdomains', 'delete'], verb: 'delete', kind: 'domain', reversibility: 'irreversible', name: [{ option: ['--project-ref'] }, { text: 'the linked project' }], why: 'Takes the domain off {name}: what calls it there fails.', saferWay: 'Look first: supabase domains get.' },
    { id: 'storage-mv', words: ['storage', 'mv'], verb: 'delete', kind: 'files', reversibility: 'recoverable', certainty: 'likely', name: [{ operand: 0 }], why: 'Moves {name} in storage: it is no longer where it was.', saferWay: 'Copy it first: supabase storage cp.' },
  ],
  inspect,
  unlisted: 'Supabase resource',
  controlPlane: { hosts: ['api.supabase.com'], paths, queries: [{ request: 'POST /v1/projects/:ref/database/query', field: 'query' }] },
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
      { command: 'curl -X DELETE https://api.supabase.com/v1/projects/abcdefghij/secrets -d \'["STRIPE_KEY"]\'', by: 'api-secrets-delete' },
      { command: 'curl -X DELETE https://api.supabase.com/v1/projects/abcdefghij/branches', by: 'api-branching-disable' },
      { command: 'curl -X POST https://api.supabase.com/v1/branches/5f1a/push', by: 'api-branch-push' },
      { command: 'curl -X POST https://api.supabase.com/v1/branches/5f1a/merge', by: 'api-branch-merge' },
      { command: `curl -X POST https://api.supabase.com/v1/projects/abcdefghij/database/backups/undo -d '{"name":"before"}'`, by: 'api-backup-undo' },
      { command: `curl -X POST https://api.supabase.com/v1/projects/abcdefghij/network-restrictions/apply -d '{"dbAllowedCidrs":["0.0.0.0/0"]}'`, by: 'api-network' },
      { command: `curl -X PUT https://api.supabase.com/v1/projects/abcdefghij/pgsodium -d '{"root_key":"x"}'`, by: 'api-root-key' },
      { command: `curl -X POST https://api.supabase.com/v1/projects/abcdefghij/database/query -H 'content-type: application/json' -d '{"query":"drop table orders"}'`, by: 'sql/drop-table' },
      { command: 'curl -X DELETE https://api.supabase.com/v1/projects/abcdefghij/functions/hello', by: 'unlisted-request' },
      { command: 'npx supabase config push --project-ref abcdefghij', by: 'config-push' },
      { command: 'supabase --yes config push', by: 'config-push' },
      { command: 'supabase ssl-enforcement update --disable-db-ssl-enforcement --experimental', by: 'network' },
      { command: 'supabase postgres-config delete --config max_connections --experimental', by: 'network' },
      { command: 'supabase migration squash --linked', by: 'squash-linked' },
      { command: 'npx supabase migration squash --db-url postgres://u@db.example.com/shop', by: 'squash-linked' },
      { command: 'supabase migration squash --version 20250101', by: 'squash' },
      { command: 'pnpm dlx supabase migration squash', by: 'squash' },
      { command: 'npx supabase stop --no-backup', by: 'stop-no-backup' },
      { command: 'supabase --workdir apps/web stop --no-backup --yes', by: 'stop-no-backup' },
      { command: 'npx supabase projects delete abcdefghij --yes', by: 'project-delete' },
      { command: 'supabase --profile ops projects delete abcdefghij', by: 'project-delete' },
      { command: 'npx supabase branches delete feature-x --project-ref abcdefghij', by: 'branch-delete' },
      { command: 'supabase --experimental branches disable', by: 'branch-delete' },
      { command: 'npx supabase functions delete hello', by: 'function-delete' },
      { command: 'pnpm dlx supabase functions delete hello --project-ref abcdefghij', by: 'function-delete' },
      { command: 'npx supabase secrets unset STRIPE_KEY SMTP_PASS --project-ref abcdefghij', by: 'secrets-unset' },
      { command: 'supabase --yes secrets unset SMTP_PASS', by: 'secrets-unset' },
      { command: 'npx supabase --experimental storage rm ss:///avatars/a.png', by: 'storage-rm' },
      { command: 'supabase storage mv ss:///avatars/a.png ss:///old/a.png --experimental', by: 'storage-mv' },
      { command: 'npx supabase backups restore --timestamp 1735689600 --project-ref abcdefghij', by: 'backup-restore' },
      { command: 'supabase --experimental backups restore -t 1735689600', by: 'backup-restore' },
      { command: 'npx supabase encryption update-root-key --project-ref abcdefghij', by: 'root-key' },
      { command: 'supabase --profile ops encryption update-root-key', by: 'root-key' },
      { command: 'supabase domains delete --project-ref abcdefghij', by: 'domain-delete' },
      { command: 'npx supabase vanity-subdomains delete --experimental', by: 'domain-delete' },
      { command: 'supabase --yes domains delete', by: 'domain-delete' },
      { command: 'supabase db query --linked "DROP TABLE orders"', by: 'sql/drop-table' },
      { command: `supabase db query --db-url postgres://u@db.example.com/shop 'DELETE FROM orders'`, by: 'sql/delete-all' },
    ],
    passes: [`curl -X POST https://api.supabase.com/v1/projects/abcdefghij/database/query -d '{"query":"select count(*) from orders"}'`, 'curl https://api.supabase.com/v1/projects/abcdefghij/secrets', 'supabase init', 'supabase start', 'supabase stop', 'supabase status', 'supabase db diff -f add_table', 'supabase db push --dry-run --linked', 'supabase db push --local', 'supabase db reset --help', 'supabase migration up', 'supabase migration list', 'supabase migration new drop_old_table', 'supabase gen types typescript --local', 'supabase projects list', 'supabase functions deploy hello', 'curl https://api.supabase.com/v1/projects', 'supabase db query "SELECT 1" --linked', 'supabase db lint', 'supabase storage ls ss:///', 'supabase secrets list', 'supabase backups list', 'supabase domains get'],
  },
};

/** `supabase db query TEXT`, or what follows the dashes of a shell on the database. */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const [group, command, text] = call.operands;
  if (group?.text !== 'db' || !/^(?:query|shell|execute)$/.test(command?.text ?? '')) return [];
  const url = optionValue(call, '--db-url')?.text ?? (hasOption(call, '--linked', '--project-ref') ? 'db.supabase.co' : undefined);
  const texts = call.afterDashes.length > 0 ? call.afterDashes.filter((word) => !word.text.startsWith('-')) : text ? [text] : [];
  return sqlEffects(call, { inline: [], files: ['-f', '--file'], ...(texts.length > 0 ? { operands: texts } : {}) }, { client: 'supabase', ...(url === undefined ? {} : { connection: url }) }, analysis);
}
