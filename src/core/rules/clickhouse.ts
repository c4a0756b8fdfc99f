import type { Analysis } from '../analysis.ts';
import { optionValue, type Call } from '../call.ts';
import { clientOf, databaseTarget } from '../database-target.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';
import { sqlEffects } from '../sql/sources.ts';

/** `clickhouse-client`, `clickhouse client`; `clickhouse local` works on a folder of its own unless `--path` names one. */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const { program } = call.invocation;
  const command = program === 'clickhouse' ? (call.operands[0]?.text ?? '') : program.replace('clickhouse-', '');
  if (command !== 'client' && command !== 'local') return [];
  const path = optionValue(call, '--path')?.text;
  // `clickhouse-client clickhouse://user@host/database`
  const url = call.operands.find((word) => /^clickhouse(?:s)?:/.test(word.text))?.text;
  const server = clientOf(databaseTarget({ database: 'clickhouse-client', option: ['-h', '--host'], config: ['-C', '--config-file'], section: ['--connection'], name: ['-d', '--database'] }, call));
  const database = command === 'local' ? { ...server, connection: path === undefined ? ':memory:' : `file:${path}` } : { ...server, ...(url === undefined ? {} : { connection: url }) };
  return sqlEffects(call, { inline: ['-q', '--query'], files: ['--queries-file'] }, database, analysis);
}

export const rule: Rule = {
  tool: 'clickhouse',
  title: 'ClickHouse',
  programs: ['clickhouse-client', 'clickhouse', 'clickhouse-local'],
  docs: 'https://clickhouse.com/docs/interfaces/cli',
  valueOptions: ['-q', '--query', '--queries-file', '-h', '--host', '--port', '-u', '--user', '--password', '-d', '--database', '-f', '--format', '-C', '--config-file', '--path', '--param', '--connection'],
  operations: [],
  inspect,
  controlPlane: {
    // A GET is read only: https://clickhouse.com/docs/interfaces/http
    hosts: ['*.clickhouse.cloud'],
    ports: [8123, 8443],
    queries: [{ request: 'POST /*', field: 'query', raw: true }],
  },
  cases: {
    caught: [
      { command: 'clickhouse-client -q "DROP TABLE visits"', by: 'sql/drop-table' },
      { command: 'clickhouse client --host ch.example.com --query "ALTER TABLE visits DELETE WHERE 1"', by: 'sql/delete-all' },
      { command: 'clickhouse-client -h ch.example.com -nq "SELECT 1; TRUNCATE DATABASE stats"', by: 'sql/truncate' },
      { command: 'echo "ALTER TABLE visits DROP PARTITION 202501" | clickhouse-client --host ch.example.com', by: 'sql/alter-drop' },
      { command: 'docker exec -i clickhouse clickhouse-client --query="SYSTEM SHUTDOWN"', by: 'sql/shutdown' },
      { command: 'clickhouse-client --multiquery <<< "DETACH TABLE a; DROP DATABASE stats"', by: 'sql/drop-database' },
      { command: 'curl http://localhost:8123 -d "DROP TABLE visits"', by: 'sql/drop-table' },
      { command: 'curl -X POST "http://ch.example.com:8123/?query=DROP%20TABLE%20visits"', by: 'sql/drop-table' },
      { command: 'echo "TRUNCATE TABLE visits" | curl https://x1.eu-west-1.aws.clickhouse.cloud:8443 --data-binary @-', by: 'sql/truncate' },
    ],
    passes: ['clickhouse-client -q "SELECT 1"', 'clickhouse-client --query "OPTIMIZE TABLE visits FINAL"', 'clickhouse local -q "CREATE TABLE a (b Int8) ENGINE = Memory; DROP TABLE a"', 'clickhouse-client -q "ALTER TABLE visits DELETE WHERE id = 4"', 'clickhouse format --query "DROP TABLE x"', 'clickhouse-client --queries-file schema.sql', 'clickhouse-client -q "SYSTEM FLUSH LOGS"', 'curl "http://localhost:8123/?query=SELECT%201"', 'curl http://localhost:8123 -d "SELECT count() FROM visits"'],
  },
};
