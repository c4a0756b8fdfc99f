import type { Analysis } from '../analysis.ts';
import { optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';
import { sqlEffects } from '../sql/sources.ts';

/** The repository in this folder. */
const local = { database: 'sqlite3', option: ['--data-dir'] } as const;

export const rule: Rule = {
  tool: 'dolt',
  title: 'Dolt',
  programs: ['dolt'],
  docs: 'https://docs.dolthub.com/cli-reference/cli',
  valueOptions: ['-q', '--query', '-b', '--branch', '-m', '--message', '-u', '--user', '-p', '--password', '--host', '--port', '--data-dir', '--use-db', '-f', '--file', '-r', '--result-format'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'dolt', option: ['--host'] },
  operations: [
    { id: 'reset-hard', words: ['reset'], needs: ['--hard'], verb: 'discard', kind: 'uncommitted rows', reversibility: 'irreversible', name: [], target: local, why: 'Throws away every change of the tables that is not committed.', saferWay: 'Commit it first: dolt commit.' },
    { id: 'branch-delete', words: ['branch'], needs: ['-d', '-D', '--delete'], verb: 'delete', kind: 'branch', reversibility: 'irreversible', name: [{ operands: 'all' }], target: local, why: 'Deletes the branch {name} with the commits only it has.', saferWay: 'Look first: dolt log.' },
    { id: 'push-force', words: ['push'], needs: ['-f', '--force'], verb: 'rewriteHistory', kind: 'remote branch', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Replaces commits of the remote branch {name}.', saferWay: 'Pull first: dolt pull.' },
    { id: 'clean', words: ['clean'], verb: 'delete', kind: 'tables', reversibility: 'irreversible', name: [{ operands: 'all' }], target: local, why: 'Deletes tables that are not committed yet.', saferWay: 'Show what would go: add --dry-run.' },
    { id: 'checkout-force', words: ['checkout'], needs: ['-f', '--force'], verb: 'discard', kind: 'uncommitted rows', reversibility: 'irreversible', name: [{ operands: 'all' }], target: local, why: 'Throws away changes of {name} that are not committed.', saferWay: 'Commit them first: dolt commit.' },
    { id: 'gc', words: ['gc'], verb: 'delete', kind: 'older versions', reversibility: 'irreversible', backup: true, name: [], target: local, why: 'Deletes what no branch reaches any more.', saferWay: 'Tag what is still wanted first: dolt tag.' },
    { id: 'table-rm', words: ['table', 'rm|mv|import'], needs: ['-c', '--create-table', '-r', '--replace-table', '-f', '--force'], verb: 'drop', kind: 'table', reversibility: 'irreversible', name: [{ operands: 'all' }], target: local, why: 'Drops or replaces the table {name}.', saferWay: 'Commit it first: dolt commit.' },
  ],
  inspect,
  cases: {
    caught: [
      { command: 'dolt reset --hard', by: 'reset-hard' },
      { command: 'dolt --data-dir db reset --hard HEAD~1', by: 'reset-hard' },
      { command: 'docker exec dolt dolt reset --hard main', by: 'reset-hard' },
      { command: 'dolt branch -D old', by: 'branch-delete' },
      { command: 'dolt branch -d old', by: 'branch-delete' },
      { command: 'dolt --data-dir db branch --delete old', by: 'branch-delete' },
      { command: 'dolt push --force origin main', by: 'push-force' },
      { command: 'dolt push -f', by: 'push-force' },
      { command: 'dolt --data-dir db push origin main -f', by: 'push-force' },
      { command: 'dolt clean', by: 'clean' },
      { command: 'dolt clean orders', by: 'clean' },
      { command: 'dolt --data-dir db clean', by: 'clean' },
      { command: 'dolt checkout -f main', by: 'checkout-force' },
      { command: 'dolt checkout --force main', by: 'checkout-force' },
      { command: 'dolt --data-dir db checkout -f main', by: 'checkout-force' },
      { command: 'dolt gc', by: 'gc' },
      { command: 'dolt gc --shallow', by: 'gc' },
      { command: 'dolt --data-dir db gc', by: 'gc' },
      { command: 'dolt table import -r orders orders.csv', by: 'table-rm' },
      { command: 'dolt table import -c --force orders orders.csv', by: 'table-rm' },
      { command: 'dolt --data-dir db table import -c orders orders.csv', by: 'table-rm' },
      { command: 'dolt sql -q "DROP TABLE orders"', by: 'sql/drop-table' },
      { command: 'echo "DROP TABLE orders" | dolt sql', by: 'sql/drop-table' },
    ],
    passes: ['dolt status', 'dolt sql -q "SELECT 1"', 'dolt commit -m drop', 'dolt diff', 'dolt log', 'dolt branch', 'dolt push origin main', 'dolt clean --dry-run', 'dolt table import -u orders orders.csv', 'dolt reset orders'],
  },
};

function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  if (call.operands[0]?.text !== 'sql') return [];
  const host = optionValue(call, '--host')?.text;
  return sqlEffects(call, { inline: ['-q', '--query'], files: ['-f', '--file'] }, { client: 'mysql', connection: host === undefined ? 'localhost' : host }, analysis);
}
