import type { Analysis } from '../analysis.ts';
import { hasOption, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';
import { sqlEffects } from '../sql/sources.ts';

/** `duckdb [OPTIONS] [FILE] [SQL…]`; without a file it works in memory. */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  if (hasOption(call, '-readonly', '--readonly')) return [];
  const [file, ...texts] = call.operands;
  const database = { client: 'duckdb', connection: file?.text ?? ':memory:' };
  return sqlEffects(call, { inline: ['-c', '-s', '-cmd', '--cmd'], files: ['-f', '-init', '--init'], operands: texts }, database, analysis);
}

export const rule: Rule = {
  tool: 'duckdb',
  title: 'DuckDB',
  programs: ['duckdb'],
  docs: 'https://duckdb.org/docs/stable/clients/cli/arguments',
  optionStyle: 'single-dash',
  valueOptions: ['-c', '-s', '-f', '-cmd', '--cmd', '-init', '--init', '-separator', '-newline', '-nullvalue', '-storage-version'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'duckdb warehouse.duckdb -c "DROP TABLE orders"', by: 'sql/drop-table' },
      { command: 'duckdb warehouse.duckdb "DELETE FROM orders"', by: 'sql/delete-all' },
      { command: `duckdb warehouse.duckdb <<'SQL'\nTRUNCATE orders;\nSQL`, by: 'sql/truncate' },
      { command: 'echo "DROP SCHEMA mart CASCADE" | duckdb warehouse.duckdb', by: 'sql/drop-schema' },
      { command: 'duckdb -csv warehouse.duckdb -s "CREATE OR REPLACE TABLE orders AS SELECT 1"', by: 'sql/replace-table' },
    ],
    passes: ['duckdb warehouse.duckdb -c "SELECT count(*) FROM orders"', 'duckdb -c "CREATE TABLE a AS FROM \'x.csv\'; DROP TABLE a"', 'duckdb -readonly warehouse.duckdb "DROP TABLE orders"', 'duckdb warehouse.duckdb .tables', 'duckdb -c "FORCE CHECKPOINT"', 'duckdb --version'],
  },
};
