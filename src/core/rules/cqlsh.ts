import type { Analysis } from '../analysis.ts';
import type { Call } from '../call.ts';
import { clientOf, databaseTarget } from '../database-target.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';
import { sqlEffects } from '../sql/sources.ts';

/** `cqlsh [HOST [PORT]]`. */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  return sqlEffects(call, { inline: ['-e', '--execute'], files: ['-f', '--file'] }, clientOf(databaseTarget({ database: 'cqlsh', operand: 0, config: ['--cqlshrc'], section: ['-b', '--secure-connect-bundle'], name: ['-k', '--keyspace'] }, call)), analysis);
}

export const rule: Rule = {
  tool: 'cqlsh',
  title: 'Apache Cassandra',
  programs: ['cqlsh', 'ycqlsh'],
  docs: 'https://cassandra.apache.org/doc/latest/cassandra/managing/tools/cqlsh.html',
  valueOptions: ['-e', '--execute', '-f', '--file', '-k', '--keyspace', '-u', '--username', '-p', '--password', '-b', '--secure-connect-bundle', '--cqlshrc', '--credentials', '--cqlversion', '--protocol-version', '--connect-timeout', '--request-timeout', '--encoding', '--consistency-level', '--serial-consistency-level', '--browser'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'cqlsh -e "DROP KEYSPACE shop"', by: 'sql/drop-keyspace' },
      { command: 'cqlsh cassandra.example.com 9042 -u ops -e "TRUNCATE shop.carts"', by: 'sql/truncate' },
      { command: 'docker exec cassandra cqlsh --execute="DROP TABLE IF EXISTS shop.carts"', by: 'sql/drop-table' },
      { command: 'cqlsh <<< "ALTER TABLE shop.carts DROP total"', by: 'sql/alter-drop' },
      { command: 'cqlsh -k shop -e "ALTER TABLE carts WITH default_time_to_live = 60"', by: 'sql/expiry' },
      { command: 'cqlsh -e "DROP ROLE app"', by: 'sql/drop-role' },
    ],
    passes: ['cqlsh -e "DESCRIBE KEYSPACES"', 'cqlsh -e "SELECT * FROM shop.carts LIMIT 1"', 'cqlsh -e "DELETE FROM shop.carts WHERE id = 4"', 'cqlsh -e "INSERT INTO shop.carts (id) VALUES (4) USING TTL 60"', 'cqlsh -f schema.cql', 'cqlsh --version', `cqlsh -e "BEGIN BATCH UPDATE shop.carts SET total = 1 WHERE id = 4; APPLY BATCH;"`],
  },
};
