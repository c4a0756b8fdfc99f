import type { Analysis } from '../analysis.ts';
import type { Call } from '../call.ts';
import { clientOf, databaseTarget } from '../database-target.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';
import { sqlEffects } from '../sql/sources.ts';

const target = { database: 'liquibase', option: ['--url'], config: ['--defaults-file', '--defaultsFile'] } as const;

export const rule: Rule = {
  tool: 'liquibase',
  title: 'Liquibase',
  programs: ['liquibase'],
  docs: 'https://docs.liquibase.com/commands/home.html',
  valueOptions: ['--defaults-file', '--changelog-file', '--url', '--username', '--password', '--schemas', '--tag', '--count', '--date', '--sql', '--sql-file', '--to-date', '--changeset-id', '--changeset-author', '--changeset-path', '--contexts', '--label-filter', '--driver', '--classpath', '--log-level', '--search-path'],
  safeOptions: ['-h'],
  target,
  operations: [
    { id: 'drop-all', words: ['drop-all|dropAll'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ option: ['--schemas'] }], why: 'Drops everything in the schema: all data is lost.', saferWay: 'Print what is there first: liquibase snapshot.' },
    { id: 'rollback', words: ['rollback|rollback-count|rollback-to-date|rollbackCount|rollbackToDate|rollback-one-changeset|rollback-one-update|update-testing-rollback|rollbackOneChangeSet|rollbackOneUpdate|updateTestingRollback'], verb: 'overwrite', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [{ option: ['--tag', '--count'] }, { operand: 0 }], why: 'Undoes changes: what they added goes with its data.', saferWay: 'Print the SQL first: the command of the same name with -sql.' },
    { id: 'clear-checksums', words: ['clear-checksums|clearCheckSums'], verb: 'overwrite', kind: 'migration history', reversibility: 'recoverable', name: [], why: 'Throws away the checksums by which changed files are noticed.', saferWay: 'Compare first: liquibase status.' },
    { id: 'release-locks', words: ['release-locks|releaseLocks'], verb: 'revoke', kind: 'migration lock', reversibility: 'reversible', name: [], why: 'Removes the lock that keeps two runs apart.', saferWay: 'Look at it first: liquibase list-locks.' },
    { id: 'changelog-sync', words: ['changelog-sync|changelogSync'], verb: 'overwrite', kind: 'migration history', reversibility: 'recoverable', name: [], why: 'Marks changes as run that were not.', saferWay: 'Print the SQL first: liquibase changelog-sync-sql.' },
  ],
  inspect,
  cases: {
    caught: [
      { command: 'liquibase drop-all', by: 'drop-all' },
      { command: 'liquibase --url=jdbc:postgresql://db.example.com/shop drop-all --force', by: 'drop-all' },
      { command: 'liquibase dropAll', by: 'drop-all' },
      { command: 'liquibase rollback --tag=v1', by: 'rollback' },
      { command: 'liquibase rollback-count 3', by: 'rollback' },
      { command: 'liquibase clear-checksums', by: 'clear-checksums' },
      { command: 'liquibase release-locks', by: 'release-locks' },
      { command: 'liquibase changelog-sync', by: 'changelog-sync' },
      { command: 'liquibase --url=jdbc:postgresql://db.example.com/shop rollback-to-date --date=2025-01-01', by: 'rollback' },
      { command: 'docker compose run --rm liquibase liquibase rollback v1', by: 'rollback' },
      { command: 'liquibase clearCheckSums', by: 'clear-checksums' },
      { command: 'liquibase --defaults-file=prod.properties clear-checksums', by: 'clear-checksums' },
      { command: 'liquibase releaseLocks', by: 'release-locks' },
      { command: 'liquibase --url=jdbc:mysql://db.example.com/shop release-locks', by: 'release-locks' },
      { command: 'liquibase changelogSync', by: 'changelog-sync' },
      { command: 'liquibase --defaults-file=prod.properties changelog-sync', by: 'changelog-sync' },
      { command: 'liquibase execute-sql --sql="DROP TABLE orders"', by: 'sql/drop-table' },
      { command: 'docker run --rm liquibase/liquibase:4 --url=jdbc:mysql://db.example.com/shop drop-all --force', by: 'drop-all' },
    ],
    passes: ['liquibase update', 'liquibase status', 'liquibase rollback-sql --tag=v1', 'liquibase history', 'liquibase diff', 'liquibase update-sql', 'liquibase list-locks', 'liquibase execute-sql --sql="SELECT 1"', 'liquibase validate', 'liquibase generate-changelog', 'liquibase tag v1'],
  },
};

/** `execute-sql` runs what it is given. https://docs.liquibase.com/commands/utility/execute-sql.html */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  if (!/^(?:execute-sql|executeSql)$/.test(call.operands[0]?.text ?? '')) return [];
  return sqlEffects(call, { inline: ['--sql'], files: ['--sql-file'] }, clientOf(databaseTarget(target, call)), analysis);
}
