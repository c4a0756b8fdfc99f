import { joinPath } from '../../files/path.ts';
import { entriesOf, entry, itemsOf, readYaml, scalar } from '../../runners/yaml.ts';
import { firstFile, inFolder, readFile, type Connection, type DatabaseSurroundings, type Finder } from './connection.ts';
import { readIni, sectionIn } from './ini.ts';
import { variablesOf } from './variables.ts';

/** A client that reaches this machine unless the command or one of these variables says otherwise. */
function serverOr(client: string, ...variables: readonly string[]): Finder {
  return ({ url, database }, { env }) => {
    if (url !== undefined) return [{ text: url, from: 'the command', database }];
    const set = variables.find((name) => env[name]);
    return [{ text: set === undefined ? 'localhost' : env[set], from: set ?? `${client}’s default`, database }];
  };
}

function inHome(name: string, { home, world }: DatabaseSurroundings): string | undefined {
  return home === undefined ? undefined : joinPath(home, name, world.platform);
}

function homeText(name: string, around: DatabaseSurroundings): string {
  const path = inHome(name, around);
  return (path === undefined ? undefined : readFile(path, around)) ?? '';
}

const file: Finder = ({ url }) => [{ text: url !== undefined && /^(?:md|motherduck|https?|s3|libsql|sqlitecloud):/i.test(url) ? url : 'file:', from: url === undefined ? 'its own memory' : 'the command' }];

/** A host, with the set of replicas before it left out: `rs0/db1.example.com:27017,db2.example.com`. https://www.mongodb.com/docs/mongodb-shell/reference/options/, https://www.mongodb.com/docs/database-tools/mongorestore/ */
const findMongo: Finder = (target, around) => {
  const { url, database } = target;
  if (url !== undefined) return [{ text: url.includes('://') ? url : url.replace(/^[\w-]+\/(?=[^/]*[.:,])/, ''), from: 'the command', database }];
  if (target.config !== undefined) {
    const text = firstFile([target.config], target, around)?.text;
    return [{ text: text === undefined ? undefined : scalar(entry(readYaml(text), 'uri')) ?? 'localhost', from: target.config, database }];
  }
  return [{ text: 'localhost', from: 'the default connection', database }];
};

/** `-s` is a socket. https://redis.io/docs/latest/develop/tools/cli/#host-port-password-and-database */
const findRedis = serverOr('redis-cli');

/** https://learn.microsoft.com/en-us/sql/tools/sqlcmd/sqlcmd-use-scripting-variables, https://learn.microsoft.com/en-us/sql/tools/sqlcmd/go-sqlcmd-utility */
const findSqlcmd: Finder = (target, around) => {
  if (target.url !== undefined || around.env['SQLCMDSERVER']) return serverOr('sqlcmd', 'SQLCMDSERVER')(target, around);
  const config = readYaml(homeText('.sqlcmd/sqlconfig', around));
  const addresses = itemsOf(entry(config, 'endpoints')).flatMap((each) => scalar(entry(entry(each, 'endpoint'), 'address')) ?? []);
  return scalar(entry(config, 'currentcontext')) === undefined || addresses.length === 0 ? serverOr('sqlcmd')(target, around) : addresses.map((text) => ({ text, from: '.sqlcmd/sqlconfig', database: target.database }));
};

/** https://clickhouse.com/docs/interfaces/cli#connection-credentials */
const findClickhouse: Finder = (target, around) => {
  const { url, database, section } = target;
  if (url !== undefined) return [{ text: url, from: 'the command', database }];
  const home = inHome('.clickhouse-client/config.xml', around);
  const names = target.config === undefined ? ['clickhouse-client.xml', 'clickhouse-client.yaml', ...(home === undefined ? [] : [home, home.replace(/xml$/, 'yaml')]), '/etc/clickhouse-client/config.xml'] : [target.config];
  const found = firstFile(names, target, around);
  if (section !== undefined) return [{ text: namedConnection(found?.text ?? '', section), from: `connection ${section}`, database }];
  if (around.env['CLICKHOUSE_HOST']) return serverOr('clickhouse-client', 'CLICKHOUSE_HOST')(target, around);
  if (found === undefined) return target.config === undefined ? serverOr('clickhouse-client')(target, around) : [{ text: undefined, from: target.config }];
  const head = found.text.replace(/<connections_credentials>[^]*<\/connections_credentials>/, '');
  return [{ text: /<host>\s*([^<\s]+)\s*<\/host>/.exec(head)?.[1] ?? /^host:\s*['"]?([^\s'"#]+)/m.exec(head)?.[1] ?? 'localhost', from: found.name, database }];
};

function namedConnection(text: string, name: string): string | undefined {
  for (const block of text.split('<connection>').slice(1, 200)) {
    if (/<name>\s*([^<\s]+)\s*<\/name>/.exec(block)?.[1] === name) return /<hostname>\s*([^<\s]+)\s*<\/hostname>/.exec(block)?.[1] ?? /<host>\s*([^<\s]+)\s*<\/host>/.exec(block)?.[1] ?? name;
  }
  return undefined;
}

/** The operand counts before CQLSH_HOST, and that before the file. https://cassandra.apache.org/doc/latest/cassandra/managing/tools/cqlsh.html */
const findCqlsh: Finder = (target, around) => {
  if (target.section !== undefined) return [{ text: undefined, from: 'the bundle of a hosted database' }];
  if (target.url !== undefined || around.env['CQLSH_HOST']) return serverOr('cqlsh', 'CQLSH_HOST')(target, around);
  const files = target.config === undefined ? [inHome('.cassandra/cqlshrc', around), inHome('.cqlshrc', around)].filter((path) => path !== undefined) : [inFolder(target, target.config, around)];
  const host = files.map((path) => sectionIn(readFile(path, around) ?? '', 'connection').get('hostname')).find(Boolean);
  return [{ text: host ?? 'localhost', from: host === undefined ? 'cqlsh’s default' : 'cqlshrc', database: target.database }];
};

/** `influx config`: the one that is active. https://docs.influxdata.com/influxdb/v2/reference/cli/influx/config/ */
const findInflux: Finder = (target, around) => {
  const { env } = around;
  if (target.url !== undefined || env['INFLUX_HOST']) return serverOr('influx', 'INFLUX_HOST')(target, around);
  const path = target.config ?? env['INFLUX_CONFIGS_PATH'] ?? inHome('.influxdbv2/configs', around);
  const text = path === undefined ? undefined : readFile(inFolder(target, path, around), around);
  const named = target.section ?? env['INFLUX_ACTIVE_CONFIG'];
  const sections = [...readIni(text ?? '')];
  const [name, settings] = sections.find(([key, each]) => (named === undefined ? each.get('active') === 'true' : key === named)) ?? [];
  if (named !== undefined && !settings) return [{ text: undefined, from: `configuration ${named}` }];
  return settings ? [{ text: settings.get('url'), from: `configuration ${name ?? ''}` }] : serverOr('influx')(target, around);
};

/** https://www.cockroachlabs.com/docs/stable/cockroach-commands#environment-variables */
const findCockroach = serverOr('cockroach', 'COCKROACH_URL', 'COCKROACH_HOST');

/** Always another company's machine; the account's and the connection's names are all there is to go by. https://docs.snowflake.com/en/developer-guide/snowflake-cli/connecting/configure-connections, https://docs.snowflake.com/en/user-guide/snowsql-config */
const findSnowflake: Finder = (target, around) => {
  const configs = [homeText('.snowflake/config.toml', around), homeText('.config/snowflake/config.toml', around), homeText('.snowflake/connections.toml', around), homeText('.snowsql/config', around)].map(readIni);
  const general = configs.map((config) => config.get('')?.get('default_connection_name')).find(Boolean);
  const name = target.section ?? around.env['SNOWFLAKE_DEFAULT_CONNECTION_NAME'] ?? general;
  const settings = configs.map((config) => config.get(`connections.${name ?? 'default'}`) ?? config.get(name ?? 'default')).find((each) => each !== undefined) ?? configs.map((config) => config.get('connections')).find((each) => each !== undefined && each.size > 0);
  const account = target.url ?? around.env['SNOWFLAKE_ACCOUNT'] ?? settings?.get('account') ?? settings?.get('accountname');
  const database = target.database ?? settings?.get('database') ?? settings?.get('dbname');
  return [account, name].filter((each) => each !== undefined).map((text): Connection => ({ text, from: text === name ? 'the connection' : 'the account', database, hosted: true }));
};

/** The node is this machine's unless it is named. https://www.rabbitmq.com/docs/man/rabbitmqctl.8 */
const findRabbitmq: Finder = ({ url }, { env }) => {
  const node = url ?? env['RABBITMQ_NODENAME'];
  return [{ text: node === undefined ? 'localhost' : node.slice(node.indexOf('@') + 1), from: node === undefined ? 'rabbitmqctl’s default' : url === undefined ? 'RABBITMQ_NODENAME' : 'the command' }];
};

/** The flag, the environment, the dotenv file, then the project's own file. https://hasura.io/docs/2.0/hasura-cli/config-reference/ */
const findHasura: Finder = (target, around) => {
  const project = target.config ?? '.';
  if (target.url !== undefined) return [{ text: target.url, from: 'the command' }];
  const set = variablesOf([inFolder(target, `${project}/${target.envFile ?? '.env'}`, around)], around)('HASURA_GRAPHQL_ENDPOINT');
  if (set) return [{ text: set.value, from: set.from }];
  const config = firstFile([`${project}/config.yaml`], target, around);
  const endpoint = config && scalar(entriesOf(readYaml(config.text)).find(([key]) => key === 'endpoint')?.[1]);
  if (endpoint !== undefined) return [{ text: endpoint, from: 'config.yaml' }];
  return config ? [{ text: 'localhost', from: 'Hasura’s default' }] : [];
};

/** Clients of servers, and of files. */
export const serverFinders: Readonly<Record<string, Finder>> = {
  mongosh: findMongo, mongo: findMongo, mongorestore: findMongo,
  'redis-cli': findRedis,
  sqlite3: file, sqlite: file, duckdb: file,
  sqlcmd: findSqlcmd,
  'clickhouse-client': findClickhouse,
  cqlsh: findCqlsh,
  nodetool: serverOr('nodetool'),
  influx: findInflux,
  cockroach: findCockroach,
  snowsql: findSnowflake, snow: findSnowflake,
  rabbitmq: findRabbitmq,
  hasura: findHasura,
  // https://supabase.com/docs/guides/local-development
  'supabase-local': ({ url, database }) => [{ text: url ?? 'localhost', from: url === undefined ? 'Supabase’s local stack' : 'the command', database }],
};
