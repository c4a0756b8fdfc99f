import type { Analysis } from '../analysis.ts';
import type { Call } from '../call.ts';
import { clientOf, databaseTarget } from '../database-target.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';
import { sqlEffects } from '../sql/sources.ts';

function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  return sqlEffects(call, { inline: ['-q', '--query'], files: ['-f', '--filename'] }, clientOf(databaseTarget({ database: 'snowsql', option: ['-h', '--host', '-a', '--accountname'], section: ['-c', '--connection'], name: ['-d', '--dbname'] }, call)), analysis);
}

export const rule: Rule = {
  tool: 'snowsql',
  title: 'Snowflake SnowSQL',
  programs: ['snowsql'],
  docs: 'https://docs.snowflake.com/en/user-guide/snowsql-use',
  valueOptions: ['-a', '--accountname', '-u', '--username', '-d', '--dbname', '-s', '--schemaname', '-r', '--rolename', '-w', '--warehouse', '-h', '--host', '-c', '--connection', '-q', '--query', '-f', '--filename', '-o', '--option', '-D', '--variable', '--config', '--private-key-path'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'snowsql -c prod -q "DROP DATABASE shop"', by: 'sql/drop-database' },
      { command: 'snowsql -a acme -u ops -q "CREATE OR REPLACE TABLE orders AS SELECT 1"', by: 'sql/replace-table' },
      { command: 'echo "TRUNCATE TABLE orders;" | snowsql -c prod', by: 'sql/truncate' },
      { command: `snowsql --query="ALTER TABLE orders SET DATA_RETENTION_TIME_IN_DAYS = 0"`, by: 'sql/retention' },
    ],
    passes: ['snowsql -c prod -q "SELECT 1"', 'snowsql -q "SHOW TABLES // DROP TABLE x"', 'snowsql -f schema.sql', 'snowsql --version', 'snowsql -q "LIST @incoming"'],
  },
};
