import type { Database } from '../analysis.ts';
import { callHere } from './scope.ts';
import { evaluate, type Context } from './evaluate.ts';
import type { Program } from './program.ts';
import { textOfValue } from './value.ts';

/** Client by what the text imports. */
const drivers: readonly (readonly [mention: RegExp, client: string])[] = [
  [/\bsqlite3?\b|better-sqlite3|bun:sqlite|node:sqlite|aiosqlite/i, 'sqlite'],
  [/psycopg|asyncpg|\bpg8000\b|['"]pg['"]|postgres|neon|PG\.connect|pg_connect|pgsql/i, 'postgres'],
  [/mysql|mariadb|PyMySQL|planetscale/i, 'mysql'],
  [/pyodbc|pymssql|mssql|sqlsrv/i, 'mssql'],
  [/snowflake|clickhouse|bigquery/i, 'warehouse'],
];

/** The database a text's queries go to: its driver, and the connection it opens where that is written out. */
export function databaseOf(program: Program, context: Context): Database {
  const head = program.text.slice(0, 20_000);
  const client = drivers.find(([mention]) => mention.test(head))?.[1] ?? program.language;
  const connection = connectionIn(program, context);
  return connection === undefined ? { client } : { client, connection };
}

const connecting: ReadonlySet<string> = new Set(['connect', 'create_engine', 'Database', 'Client', 'Pool', 'neon', 'postgres', 'createConnection', 'DatabaseSync', 'createPool', 'PDO', 'create_async_engine', 'createClient']);

function connectionIn(program: Program, context: Context): string | undefined {
  for (const [at, token] of program.tokens.entries()) {
    if (token.kind !== 'name' || !connecting.has(token.text)) continue;
    const call = callHere(program, at);
    const value = call?.args[0] ? evaluate(call.args[0], context) : undefined;
    const url = value?.kind === 'object' ? (value.entries.get('connectionString') ?? value.entries.get('host') ?? value.entries.get('url')) : value;
    const text = textOfValue(url);
    if (text !== undefined) return text;
  }
  return undefined;
}
