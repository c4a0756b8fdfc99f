import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'atlas',
  title: 'Atlas',
  programs: ['atlas'],
  packages: ['@ariga/atlas'],
  docs: 'https://atlasgo.io/cli-reference',
  valueOptions: ['-u', '--url', '--env', '-c', '--config', '--dev-url', '--to', '-f', '--file', '-s', '--schema', '--exclude', '--dir', '--to-version', '--to-tag', '--from', '--latest', '--var'],
  safeOptions: ['-h', '--dry-run'],
  target: { database: 'migration', option: ['-u', '--url'] },
  operations: [
    { id: 'schema-clean', words: ['schema', 'clean'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ option: ['--env'] }], why: 'Drops everything in the schema: all data is lost.', saferWay: 'Look at it first: atlas schema inspect.' },
    { id: 'schema-apply', words: ['schema', 'apply'], needs: ['--auto-approve'], verb: 'drop', kind: 'database', reversibility: 'irreversible', certainty: 'likely', name: [{ option: ['--env'] }], why: 'Changes the database to fit the schema without asking: what it lacks is dropped with its data.', saferWay: 'Print the changes first: add --dry-run.' },
    { id: 'migrate-down', words: ['migrate', 'down'], verb: 'overwrite', kind: 'tables', reversibility: 'recoverable', certainty: 'likely', name: [{ option: ['--env'] }], why: 'Undoes migrations: what they added goes with its data.', saferWay: 'Print the changes first: add --dry-run.' },
  ],
  unlisted: 'Atlas resource',
  cases: {
    caught: [
      { command: 'atlas schema clean -u postgres://u@db.example.com/shop', by: 'schema-clean' },
      { command: 'atlas schema clean --env prod --auto-approve', by: 'schema-clean' },
      { command: 'npx @ariga/atlas schema clean -u "$DATABASE_URL"', by: 'schema-clean' },
      { command: 'atlas schema apply --auto-approve --env prod', by: 'schema-apply' },
      { command: 'atlas migrate down --env prod', by: 'migrate-down' },
      { command: 'atlas clusters delete shop --force', by: 'unlisted' },
    ],
    passes: ['atlas schema inspect -u "$DATABASE_URL"', 'atlas migrate apply --env dev', 'atlas migrate diff drop_users', 'atlas schema apply --dry-run --auto-approve --env prod', 'atlas migrate status', 'atlas schema diff --from a --to b', 'atlas migrate lint --latest 1'],
  },
};
