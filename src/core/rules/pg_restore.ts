import { hasOption, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';
import { sentence } from '../sentence.ts';
import { databaseOf, wholeDatabaseEffect } from '../sql/sources.ts';

const docs = 'https://www.postgresql.org/docs/current/app-pgrestore.html';

/** With `--clean` what is in the database is dropped before it is made again from the dump. Without a database nothing is restored. */
function inspect(call: Call): readonly Effect[] {
  const database = databaseOf('pg_restore', call, { host: ['-h', '--host'], name: ['-d', '--dbname'] });
  if (!hasOption(call, '-c', '--clean') || hasOption(call, '-l', '--list') || (database.name === undefined && database.connection === undefined)) return [];
  const name = database.name ?? '';
  return [wholeDatabaseEffect(call, database, {
    verb: 'overwrite', rule: 'pg_restore/clean', resource: { kind: 'database', name, provider: 'PostgreSQL' }, why: sentence('Drops what the dump holds from the database {name} and puts the older copy in its place.', name, 'database'),
    saferWay: 'Restore into a new database.', docs,
  })];
}

export const rule: Rule = {
  tool: 'pg_restore',
  title: 'pg_restore',
  programs: ['pg_restore'],
  docs,
  valueOptions: ['-d', '--dbname', '-f', '--file', '-F', '--format', '-I', '--index', '-j', '--jobs', '-L', '--use-list', '-n', '--schema', '-N', '--exclude-schema', '-P', '--function', '-S', '--superuser', '-t', '--table', '-T', '--trigger', '-h', '--host', '-p', '--port', '-U', '--username', '--role', '--section'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'pg_restore --clean --if-exists -d shop backup.dump', by: 'clean' },
      { command: 'pg_restore -c -h db.example.com -d shop backup.dump', by: 'clean' },
      { command: 'docker exec -i pg pg_restore -U app --clean --if-exists -d shop', by: 'clean' },
      { command: 'pg_restore -Fc -1 -c --dbname=postgres://u@db.example.com/shop all.dump', by: 'clean' },
    ],
    passes: ['pg_restore -l backup.dump', 'pg_restore -d shop_copy backup.dump', 'pg_restore --clean -f out.sql backup.dump', 'pg_dump shop', 'pg_restore --schema-only -f schema.sql all.dump'],
  },
};
