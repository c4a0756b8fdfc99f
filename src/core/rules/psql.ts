import type { Analysis } from '../analysis.ts';
import type { Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';
import { databaseOf, sqlEffects } from '../sql/sources.ts';

function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const database = databaseOf('psql', call, { host: ['-h', '--host'], name: ['-d', '--dbname'], operand: call.operands[0], section: ['-D', '--dsn'] });
  return sqlEffects(call, { inline: ['-c', '--command'], files: ['-f', '--file'] }, database, analysis);
}

export const rule: Rule = {
  tool: 'psql',
  title: 'psql',
  programs: ['psql', 'pgcli', 'usql'],
  docs: 'https://www.postgresql.org/docs/current/app-psql.html',
  valueOptions: [
    '-c', '--command', '-d', '--dbname', '-f', '--file', '-v', '--set', '--variable', '-L', '--log-file', '-o', '--output', '-F', '--field-separator', '-P', '--pset', '-R', '--record-separator', '-T', '--table-attr',
    '-h', '--host', '-p', '--port', '-U', '--username', '-D', '--dsn',
  ],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'psql -c "DROP TABLE users"', by: 'sql/drop-table' },
      { command: 'psql "$DATABASE_URL" -c "TRUNCATE orders CASCADE"', by: 'sql/truncate' },
      { command: `psql postgres://app@db.example.com/app --command='DELETE FROM users'`, by: 'sql/delete-all' },
      { command: 'psql -h db.example.com -U app -d app -tAc "UPDATE users SET active = false"', by: 'sql/update-all' },
      { command: 'echo "DROP SCHEMA public CASCADE" | psql app', by: 'sql/drop-schema' },
      { command: `psql app <<'SQL'\nBEGIN;\nDELETE FROM users;\nCOMMIT;\nSQL`, by: 'sql/delete-all' },
      { command: 'psql app <<< "DROP DATABASE shop"', by: 'sql/drop-database' },
      { command: 'psql -c "$SQL"', by: 'sql/unknown-statement' },
      { command: 'psql -c "SELECT 1" -c "GRANT ALL ON users TO app"', by: 'sql/grant' },
      { command: 'psql app -c "ALTER TABLE invoices DISABLE ROW LEVEL SECURITY"', by: 'sql/row-security' },
      { command: `psql app -c "ALTER ROLE app PASSWORD 'x'"`, by: 'sql/alter-account' },
      { command: `psql app -c "SELECT pg_drop_replication_slot('standby')"`, by: 'sql/function' },
      { command: 'psql -c "ALTER SYSTEM SET archive_mode = off"', by: 'sql/server-settings' },
      { command: `psql app -c "COPY t FROM PROGRAM 'rm -rf /var/lib/shop'"`, by: 'rm/delete' },
      { command: 'pg_dump --clean -h db.example.com shop | psql shop_copy', by: 'sql/drop-table' },
      { command: 'usql postgres://u@db.example.com/shop -c "DROP TABLE orders"', by: 'sql/drop-table' },
    ],
    passes: [
      'psql -c "SELECT * FROM users WHERE name = \'DROP TABLE\'"',
      'psql -l',
      `psql app -c '\\d users'`,
      'psql -c "DELETE FROM users WHERE id = 4"',
      'psql -f schema.sql',
      'psql --help',
      'echo "SELECT 1" | psql app',
      'psql app -c "ALTER TABLE invoices ENABLE ROW LEVEL SECURITY"', 'psql app -c "REINDEX TABLE users"', 'psql app -c "VACUUM FULL users"', 'psql app -c "SELECT pg_cancel_backend(4)"',
      'pg_dump -h db.example.com shop | psql shop_copy',
    ],
  },
};
