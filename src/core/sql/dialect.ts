/** How one family of databases and clients reads its text. Only what changes where strings, comments and statements end. */
export interface Dialect {
  readonly name: 'postgres' | 'mysql' | 'sqlite' | 'mssql' | 'other';
  /** `'it\'s'` is one string. */
  readonly backslashEscapes: boolean;
  /** `$$…$$` and `$tag$…$tag$` are strings. */
  readonly dollarQuotes: boolean;
  /** `#` begins a comment. */
  readonly hashComments: boolean;
  /** `//` begins a comment. */
  readonly slashComments: boolean;
  /** `--` begins a comment only before white space. */
  readonly spacedDashes: boolean;
  readonly nestedComments: boolean;
  /** The text inside an executable comment runs. */
  readonly executableComments: boolean;
  /** `"x"` is a string, not a name. */
  readonly doubleQuotedStrings: boolean;
  /** Three quotes in a row begin a string that ends with three. */
  readonly tripleQuotes: boolean;
  /** `` `x` `` is a name; elsewhere the character is an operator, or nothing at all. */
  readonly backticks: boolean;
  /** `[x]` is a name. */
  readonly brackets: boolean;
  /** Statements need no separator between them. */
  readonly unseparated: boolean;
  /** The client's own commands: `\!` of psql, `.shell` of sqlite3, `system` of mysql, `!!` of sqlcmd, `SOURCE` of cqlsh. */
  readonly commands: 'psql' | 'sqlite' | 'mysql' | 'sqlcmd' | 'cqlsh' | 'none';
}

const plain = {
  backslashEscapes: false, dollarQuotes: false, hashComments: false, slashComments: false, spacedDashes: false, nestedComments: false,
  executableComments: false, doubleQuotedStrings: false, tripleQuotes: false, backticks: false, brackets: false, unseparated: false, commands: 'none',
} as const;

/** https://www.postgresql.org/docs/current/sql-syntax-lexical.html */
const postgres: Dialect = { ...plain, name: 'postgres', dollarQuotes: true, nestedComments: true };
/** https://dev.mysql.com/doc/refman/8.4/en/language-structure.html */
const mysql: Dialect = { ...plain, name: 'mysql', backslashEscapes: true, hashComments: true, spacedDashes: true, executableComments: true, doubleQuotedStrings: true, backticks: true };
/** https://www.sqlite.org/lang.html */
const sqlite: Dialect = { ...plain, name: 'sqlite', backticks: true, brackets: true };
/** https://learn.microsoft.com/en-us/sql/t-sql/language-elements/transact-sql-syntax-conventions-transact-sql */
const mssql: Dialect = { ...plain, name: 'mssql', nestedComments: true, brackets: true, unseparated: true };
/** BigQuery, ClickHouse, Snowflake and the like agree on backslashes; where one of them knows no `#`, it means nothing else either. */
const warehouse: Dialect = { ...plain, name: 'other', backslashEscapes: true, dollarQuotes: true, hashComments: true, backticks: true };
/** https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical */
const bigquery: Dialect = { ...warehouse, dollarQuotes: false, doubleQuotedStrings: true, tripleQuotes: true };
/** https://cassandra.apache.org/doc/latest/cassandra/developing/cql/definitions.html */
const cql: Dialect = { ...plain, name: 'other', dollarQuotes: true, slashComments: true, commands: 'cqlsh' };
/** https://docs.snowflake.com/en/sql-reference/intro-summary-sql */
const snowflake: Dialect = { ...warehouse, slashComments: true };

const clients: readonly (readonly [pattern: RegExp, dialect: Dialect])[] = [
  [/^(?:psql|pgcli)$/, { ...postgres, commands: 'psql' }],
  [/^(?:mysql|mariadb|mycli)$/, { ...mysql, commands: 'mysql' }],
  [/^(?:sqlite3?|litecli)$/, { ...sqlite, commands: 'sqlite' }],
  [/^(?:duckdb)$/, { ...postgres, nestedComments: false, commands: 'sqlite' }],
  [/^(?:turso|libsql|d1|wrangler)$/, { ...sqlite, commands: 'sqlite' }],
  [/^(?:sqlcmd|osql|mssql-cli)$/, { ...mssql, commands: 'sqlcmd' }],
  [/mssql|sqlserver|sql-server|tsql|pyodbc|pymssql/, mssql],
  [/mysql|mariadb|planetscale|pscale|tidb|vitess/, mysql],
  [/sqlite|turso|libsql/, sqlite],
  [/postgres|psycopg|asyncpg|supabase|neon|cockroach|redshift|timescale|^pg$/, postgres],
  [/bigquery|^bq$/, bigquery],
  [/snow/, snowflake],
  [/cqlsh|cassandra|scylla/, cql],
  [/clickhouse|warehouse/, warehouse],
];

/**
 * The ways a client may read a text. Of an unknown client both great families are tried wherever they would disagree,
 * and what either finds counts: a string that ends early in one of them must not hide a statement.
 */
export function dialectsOf(client: string, text: string): readonly Dialect[] {
  const name = client.toLowerCase();
  const known = clients.find(([pattern]) => pattern.test(name));
  if (known) return [known[1]];
  return /[\\#`"]|\/\*|\$|--/.test(text) ? [postgres, mysql] : [postgres];
}
