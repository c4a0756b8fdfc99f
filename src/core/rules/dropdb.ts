import { optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';
import { sentence } from '../sentence.ts';
import { databaseOf, wholeDatabaseEffect } from '../sql/sources.ts';

const docs = 'https://www.postgresql.org/docs/current/app-dropdb.html';

/** dropdb and dropuser drop what their operand names. */
function inspect(call: Call): readonly Effect[] {
  const name = call.operands[0]?.text ?? '';
  const kind = call.invocation.program === 'dropuser' ? 'role' : 'database';
  if (name === '' && kind === 'role') return [];
  const host = optionValue(call, '-h', '--host')?.text;
  const database = host === undefined ? databaseOf('dropdb', call, { host: [], name: [] }) : { client: 'dropdb', tool: 'dropdb', connection: `host=${host} dbname=${name}` };
  const why = kind === 'role' ? 'Drops the database role {name}.' : 'Drops the database {name} with everything in it.';
  return [wholeDatabaseEffect(call, database, { verb: 'drop', rule: 'dropdb/drop', resource: { kind, name, provider: 'PostgreSQL' }, why: sentence(why, name, kind), saferWay: 'Run pg_dump first, and check the host.', docs })];
}

export const rule: Rule = {
  tool: 'dropdb',
  title: 'dropdb',
  programs: ['dropdb', 'dropuser'],
  docs,
  valueOptions: ['-h', '--host', '-p', '--port', '-U', '--username', '--maintenance-db'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'dropdb shop', by: 'drop' },
      { command: 'dropdb --if-exists --force -h db.example.com shop', by: 'drop' },
      { command: 'dropuser app', by: 'drop' },
      { command: 'PGHOST=db.example.com dropdb -f shop', by: 'drop' },
      { command: 'sudo -u postgres dropuser --if-exists app', by: 'drop' },
    ],
    passes: ['dropdb --help', 'createdb shop', 'dropdb --version', 'createuser app'],
  },
};
