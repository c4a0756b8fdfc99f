import { baseName, joinPath } from '../files/path.ts';
import { own } from '../own.ts';
import type { World } from '../world.ts';
import { expand, readDotenv } from './dotenv.ts';
import { beliefInHost, hostOf, isLoopback, type HostSurroundings } from './host.ts';
import { environmentInName, type Belief } from './named.ts';

const longestFile = 256 * 1024;

/** Where a connection was found, in words without any of its secrets. */
interface Connection {
  /** URL, connection string, host or file. */
  readonly text: string;
  /** `DATABASE_URL in .env`. */
  readonly from: string;
}

export interface DatabaseSurroundings extends HostSurroundings {
  readonly env: Readonly<Record<string, string>>;
  readonly home: string | undefined;
  readonly world: World;
}

/** How a tool finds its connection when the command names none. */
type Finder = (folder: string, around: DatabaseSurroundings) => Connection | undefined;

/** Where a framework or migration tool keeps its connection. */
interface Framework {
  /** Variables that name it, the first that is set. */
  readonly variables: readonly string[];
  /** Dotenv files it loads by itself, the first that sets one. */
  readonly dotenv: readonly string[];
  /** Its own configuration file, with where the connection stands in it. */
  readonly config?: { readonly file: string; readonly connection: RegExp };
}

const frameworks: Readonly<Record<string, Framework>> = {
  /** https://guides.rubyonrails.org/configuring.html#configuring-a-database; a section of database.yml without a host is a socket, but which section counts is not read here. */
  rails: { variables: ['DATABASE_URL'], dotenv: ['.env.development.local', '.env.local', '.env.development', '.env'] },
  /** https://laravel.com/docs/database#configuration */
  laravel: { variables: ['DB_URL', 'DATABASE_URL', 'DB_HOST'], dotenv: ['.env'] },
  django: { variables: ['DATABASE_URL'], dotenv: ['.env'] },
  /** https://alembic.sqlalchemy.org/en/latest/tutorial.html#editing-the-ini-file */
  alembic: { variables: ['DATABASE_URL', 'SQLALCHEMY_DATABASE_URI'], dotenv: ['.env'], config: { file: 'alembic.ini', connection: /^sqlalchemy\.url\s*=\s*(\S+)/m } },
  /** https://symfony.com/doc/current/configuration.html#configuring-environment-variables-in-env-files */
  symfony: { variables: ['DATABASE_URL'], dotenv: ['.env.local', '.env'] },
  /** https://documentation.red-gate.com/flyway/reference/configuration/environments-namespace/environment-url-setting */
  flyway: { variables: ['FLYWAY_URL'], dotenv: [], config: { file: 'flyway.conf', connection: /^flyway\.url\s*=\s*(\S+)/m } },
  /** https://docs.liquibase.com/concepts/connections/creating-config-properties.html */
  liquibase: { variables: ['LIQUIBASE_COMMAND_URL'], dotenv: [], config: { file: 'liquibase.properties', connection: /^(?:liquibase\.command\.)?url\s*[:=]\s*(\S+)/m } },
  /** https://github.com/pressly/goose#environment-variables */
  goose: { variables: ['GOOSE_DBSTRING'], dotenv: ['.env'] },
  typeorm: { variables: ['DATABASE_URL', 'TYPEORM_URL', 'TYPEORM_HOST', 'DB_HOST'], dotenv: ['.env'] },
  migration: { variables: ['DATABASE_URL', 'DB_URL', 'DB_HOST'], dotenv: ['.env'] },
};

const finders: Readonly<Record<string, Finder>> = {
  prisma: findPrisma,
  'drizzle-kit': findDrizzle,
  psql: findPostgres,
  pg_restore: findPostgres,
  dropdb: findPostgres,
  mysql: findMysql,
  mariadb: findMysql,
  mysqladmin: findMysql,
  ...Object.fromEntries(Object.entries(frameworks).map(([tool, framework]) => [tool, (folder: string, around: DatabaseSurroundings) => findConfigured(framework, folder, around)])),
  'redis-cli': () => ({ text: 'localhost', from: 'redis-cli’s default' }),
  mongosh: () => ({ text: 'localhost', from: 'mongosh’s default' }),
  mongo: () => ({ text: 'localhost', from: 'mongo’s default' }),
  sqlite3: () => ({ text: 'file:', from: 'sqlite3’s file' }),
  duckdb: () => ({ text: 'file:', from: 'duckdb’s file' }),
  /** https://clickhouse.com/docs/interfaces/cli#connection-credentials */
  'clickhouse-client': (_folder, { env }) => ({ text: env['CLICKHOUSE_HOST'] || 'localhost', from: env['CLICKHOUSE_HOST'] ? 'CLICKHOUSE_HOST' : 'clickhouse-client’s default' }),
  /** https://cassandra.apache.org/doc/latest/cassandra/managing/tools/cqlsh.html */
  cqlsh: (_folder, { env }) => ({ text: env['CQLSH_HOST'] || 'localhost', from: env['CQLSH_HOST'] ? 'CQLSH_HOST' : 'cqlsh’s default' }),
  /** https://learn.microsoft.com/en-us/sql/tools/sqlcmd/sqlcmd-use-scripting-variables */
  sqlcmd: (_folder, { env }) => ({ text: (env['SQLCMDSERVER'] || 'localhost').replace(/^\w+:|,.*$/g, ''), from: env['SQLCMDSERVER'] ? 'SQLCMDSERVER' : 'sqlcmd’s default' }),
  /** https://docs.influxdata.com/influxdb/v2/reference/cli/influx/#mapped-environment-variables */
  influx: (_folder, { env }) => ({ text: env['INFLUX_HOST'] || 'localhost', from: env['INFLUX_HOST'] ? 'INFLUX_HOST' : 'influx’s default' }),
  /** https://www.cockroachlabs.com/docs/stable/cockroach-commands#environment-variables */
  cockroach: (_folder, { env }) => ({ text: env['COCKROACH_URL'] || env['COCKROACH_HOST'] || 'localhost', from: env['COCKROACH_URL'] ? 'COCKROACH_URL' : env['COCKROACH_HOST'] ? 'COCKROACH_HOST' : 'cockroach’s default' }),
  /** https://supabase.com/docs/guides/local-development */
  'supabase-local': () => ({ text: 'localhost', from: 'Supabase’s local stack' }),
};

/** What is known of the database a command would reach, and its host or file for the policy to map. */
export function placeDatabase(tool: string, folder: string, url: string | undefined, around: DatabaseSurroundings): { readonly belief: Belief | undefined; readonly names: readonly string[]; readonly evidence: readonly string[] } {
  const find = Object.hasOwn(finders, tool) ? finders[tool] : undefined;
  const named = url === undefined || url === '' ? undefined : { text: url, from: 'the command' };
  const found = isFileTool(tool) ? (named ? { ...named, text: `file:${named.text}` } : find?.(folder, around)) : (named ?? find?.(folder, around));
  const connection = found && { ...found, text: expand(found.text, (name) => own(around.env, name)) };
  if (!connection || /\$\{?\w/.test(connection.text)) return { belief: undefined, names: [], evidence: [] };
  if (isFile(connection.text)) return { belief: { environment: 'local', evidence: `${connection.from} names a file on this machine` }, names: [], evidence: [] };
  const host = connectionHost(connection.text);
  const database = databaseName(connection.text);
  const source = isLoopback(host) ? [] : [`${connection.from} names host ${host}`];
  const byHost = beliefInHost(host, around);
  // On this machine a database's name means little; elsewhere one that says production is believed.
  const byName: Belief | undefined = byHost?.environment !== 'local' && environmentInName(database) === 'production' ? { environment: 'production', evidence: `database “${database}” is named like production` } : undefined;
  return { belief: byName ?? (byHost && { ...byHost, evidence: source.length > 0 ? byHost.evidence : `${connection.from} points to this machine` }), names: [host, database].filter(Boolean), evidence: source };
}

function isFileTool(tool: string): boolean {
  return tool === 'sqlite3' || tool === 'duckdb' || tool === 'sqlite';
}

function isFile(text: string): boolean {
  return /^(?:file:|sqlite:|sqlite3:|duckdb:)/i.test(text) || /^[^:@]*\.(?:db|sqlite3?|duckdb)$/i.test(text);
}

/** The host of a URL, or of `host=… dbname=…` and `Server=…;` strings. */
function connectionHost(text: string): string {
  const url = /^(?:jdbc:)?([a-z][a-z0-9+.-]*:\/\/.*)$/i.exec(text.trim());
  if (url) {
    // A socket folder may stand in the query: postgresql:///db?host=/var/run/postgresql
    const inQuery = /[?&]host=([^&]*)/i.exec(url[1] as string)?.[1];
    return hostOf(inQuery === undefined ? (url[1] as string) : decode(inQuery));
  }
  const pair = /(?:^|[\s;])(?:hostaddr|host|server|data source)\s*=\s*'?(?:tcp:)?([^\s;',]*)/i.exec(text);
  if (pair) return hostOf(pair[1] as string);
  return /(?:^|[\s;])(?:dbname|database|user)\s*=/i.test(text) ? '' : hostOf(text);
}

function databaseName(text: string): string {
  const pair = /(?:^|[\s;])(?:dbname|database|initial catalog)\s*=\s*'?([^\s;']*)/i.exec(text)?.[1];
  return pair ?? /^[a-z][a-z0-9+.:-]*:\/\/[^/]*\/([^?#]*)/i.exec(text)?.[1] ?? '';
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A variable as a tool with dotenv would see it: the environment first, then the files in order. */
function lookUp(name: string, files: readonly string[], { env, world }: DatabaseSurroundings): Connection | undefined {
  if (env[name] !== undefined && env[name] !== '') return { text: env[name], from: `${name} in the environment` };
  for (const file of files) {
    const variables = readDotenv(world.read(file, longestFile) ?? '');
    const value = variables.get(name);
    if (value !== undefined && value !== '') return { text: expand(value, (other) => variables.get(other)), from: `${name} in ${baseName(file, world.platform)}` };
  }
  return undefined;
}

/** The connection of a framework that reads it from variables, dotenv files or one file of its own. */
function findConfigured({ variables, dotenv, config }: Framework, folder: string, around: DatabaseSurroundings): Connection | undefined {
  const inFolder = (name: string): string => joinPath(folder, name, around.world.platform);
  const text = config && around.world.read(inFolder(config.file), longestFile);
  const written = config && text !== undefined ? config.connection.exec(text)?.[1] : undefined;
  for (const variable of variables) {
    const found = lookUp(variable, dotenv.map(inFolder), around);
    if (found) return found;
  }
  return written === undefined ? undefined : { text: written, from: config?.file ?? '' };
}

/** The text of the first of some files that can be read. */
function firstText(files: readonly string[], world: World): string | undefined {
  for (const file of files) {
    const text = world.read(file, longestFile);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** https://www.prisma.io/docs/orm/more/development-environment/environment-variables */
function findPrisma(folder: string, around: DatabaseSurroundings): Connection | undefined {
  const inFolder = (name: string): string => joinPath(folder, name, around.world.platform);
  const schema = firstText(['prisma.config.ts', 'prisma.config.js', 'prisma.config.mjs'].map(inFolder), around.world) ?? firstText(['prisma/schema.prisma', 'schema.prisma', 'prisma/schema/schema.prisma'].map(inFolder), around.world) ?? '';
  const written = /\b(?:directUrl|url)\s*[=:]\s*"([^"]+)"/.exec(schema)?.[1];
  if (written !== undefined) return { text: written, from: 'the Prisma schema' };
  const variable = /\bdirectUrl\s*[=:]\s*(?:process\.env\.|env\(\s*["'])(\w+)/.exec(schema)?.[1] ?? /\burl\s*[=:]\s*(?:process\.env\.|env\(\s*["'])(\w+)/.exec(schema)?.[1] ?? 'DATABASE_URL';
  return lookUp(variable, [inFolder('.env'), inFolder('prisma/.env')], around);
}

/** https://orm.drizzle.team/docs/drizzle-config-file */
function findDrizzle(folder: string, around: DatabaseSurroundings): Connection | undefined {
  const inFolder = (name: string): string => joinPath(folder, name, around.world.platform);
  const config = firstText(['drizzle.config.ts', 'drizzle.config.js', 'drizzle.config.mjs', 'drizzle.config.json'].map(inFolder), around.world) ?? '';
  const credentials = /\bdbCredentials\b[\s\S]{0,2000}/.exec(config)?.[0] ?? config;
  const written = /\b(?:url|host|connectionString)\s*["']?\s*:\s*["'`]([^"'`$]+)["'`]/.exec(credentials)?.[1];
  if (written !== undefined) return { text: written, from: 'the Drizzle configuration' };
  const variable = /\b(?:url|host|connectionString)\s*:\s*(?:process\.env\.|env\.|process\.env\[["'])(\w+)/.exec(credentials)?.[1] ?? 'DATABASE_URL';
  const named = Array.from(config.matchAll(/["'`]((?:\.{1,2}\/)*\.env[\w.-]*)["'`]/g), (match) => inFolder(match[1] as string));
  return lookUp(variable, [...named, inFolder('.env')], around);
}

/** https://www.postgresql.org/docs/current/libpq-envars.html */
function findPostgres(_folder: string, around: DatabaseSurroundings): Connection | undefined {
  const { env, world, home } = around;
  const host = env.PGHOSTADDR ?? env.PGHOST;
  if (host !== undefined && host !== '') return { text: `host=${host}${env.PGDATABASE === undefined ? '' : ` dbname=${env.PGDATABASE}`}`, from: env.PGHOSTADDR ? 'PGHOSTADDR' : 'PGHOST' };
  if (env.PGSERVICE !== undefined) {
    const file = env.PGSERVICEFILE ?? (home === undefined ? undefined : `${home}/.pg_service.conf`);
    const section = file === undefined ? undefined : readSection(world.read(file, longestFile) ?? '', env.PGSERVICE);
    return section?.has('host') ? { text: `host=${section.get('host')} dbname=${section.get('dbname') ?? ''}`, from: `service ${env.PGSERVICE}` } : undefined;
  }
  return { text: '', from: 'the default connection' };
}

/** https://dev.mysql.com/doc/refman/8.4/en/option-files.html */
function findMysql(_folder: string, { env, world, home }: DatabaseSurroundings): Connection | undefined {
  if (env.MYSQL_HOST) return { text: env.MYSQL_HOST, from: 'MYSQL_HOST' };
  for (const file of ['/etc/my.cnf', '/etc/mysql/my.cnf', ...(home === undefined ? [] : [`${home}/.my.cnf`])].toReversed()) {
    const text = world.read(file, longestFile) ?? '';
    const host = readSection(text, 'mysql').get('host') ?? readSection(text, 'client').get('host');
    if (host !== undefined) return { text: host, from: baseName(file, world.platform) };
  }
  return { text: '', from: 'the default connection' };
}

/** The settings of one section of an INI file. */
function readSection(text: string, name: string): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  let section = '';
  for (const line of text.split('\n')) {
    const header = /^\s*\[([^\]]*)\]/.exec(line);
    if (header) section = (header[1] as string).trim();
    const entry = /^\s*([\w-]+)\s*=\s*(.*)$/.exec(line);
    if (entry && section === name) settings.set(entry[1] as string, (entry[2] as string).trim());
  }
  return settings;
}
