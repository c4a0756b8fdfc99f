import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import type { DatabaseTarget, LocatedEffect } from '../../src/core/effect.ts';
import { placeDatabase } from '../../src/core/environment/database.ts';
import { endpointOf } from '../../src/core/environment/databases/endpoint.ts';
import { namesIn, resolve } from '../../src/core/environment/databases/expression.ts';
import { readIni } from '../../src/core/environment/databases/ini.ts';
import { everySetting, settingsIn } from '../../src/core/environment/databases/settings.ts';
import { readDotenv } from '../../src/core/environment/dotenv.ts';
import { locate } from '../../src/core/environment/locate.ts';
import { defaultPolicy } from '../../src/core/policy/defaults.ts';
import { withEnvFiles } from '../../src/core/shell/env-files.ts';
import { knownWord } from '../../src/core/shell/word.ts';
import { tunnelOf } from '../../src/core/tunnels.ts';
import { actionIn, home, project } from '../unit/core/analysed.ts';
import { fakeWorld } from '../unit/core/fake-world.ts';

/** What configuration files are made of, so that chance puts together what people and agents write. */
const piece = fc.constantFrom(
  '{', '}', '[', ']', '(', ')', '"', "'", '`', '"""', '//', '/*', '*/', '#', '\n', '\n  ', ' ', '\t', '\\', ',', ';', ':', '=', '=>', '?', '??', '||', '...', '${', '#{', '%(', '<%=', '%>', '@', '/', '://', '&', '*a',
  'url', 'host', 'HOST', 'hostname', 'default', 'production', 'development', 'connection', 'DATABASES', 'datasource db', 'env "x"', 'config :a, Repo', 'process.env.', 'env(', 'ENV[', 'os.environ', 'DATABASE_URL', 'localhost', 'db.example.com', 'postgres', 'dotenv', '.env', 'sqlalchemy.url', '[client]', 'true', '1',
);
const text = fc.oneof(fc.string(), fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')));

const files = [
  '.env', '.env.local', '.envrc', 'package.json', 'prisma.config.ts', 'prisma/schema.prisma', 'drizzle.config.ts', 'knexfile.js', '.sequelizerc', 'config/config.json', 'ormconfig.json', 'mikro-orm.config.ts', 'database.json', 'migrate-mongo-config.js', '.gmrc',
  'config/database.yml', 'Gemfile', 'config/database.php', 'bootstrap/cache/config.php', '.env.local.php', 'config/packages/doctrine.yaml', 'phinx.php', 'phinx.yml', 'manage.py', 'settings.py', 'alembic.ini', 'alembic/env.py', 'config.py', 'pyproject.toml', 'config/runtime.exs', 'config/dev.exs',
  'atlas.hcl', 'flyway.toml', 'flyway.conf', 'liquibase.properties', 'pom.xml', 'build.gradle', 'appsettings.json', 'sqitch.conf', 'config.yaml', 'clickhouse-client.xml',
].map((name) => `${project}/${name}`).concat(['.pg_service.conf', '.my.cnf', '.cassandra/cqlshrc', '.influxdbv2/configs', '.snowflake/config.toml', '.sqlcmd/sqlconfig'].map((name) => `${home}/${name}`));
const tools = [
  'prisma', 'drizzle-kit', 'typeorm', 'sequelize', 'knex', 'mikro-orm', 'db-migrate', 'migrate-mongo', 'node-pg-migrate', 'graphile-migrate', 'rails', 'laravel', 'symfony', 'phinx', 'django', 'alembic', 'flask', 'aerich', 'ecto', 'flyway', 'liquibase', 'java-build', 'goose', 'atlas', 'dbmate', 'sqlx', 'diesel', 'hasura', 'sqitch', 'dotnet', 'migration',
  'psql', 'mysql', 'mariadb', 'mongosh', 'redis-cli', 'sqlite3', 'duckdb', 'sqlcmd', 'clickhouse-client', 'cqlsh', 'influx', 'cockroach', 'snow', 'rabbitmq', 'nodetool', 'constructor', '__proto__',
];
const hints = fc.record({ config: fc.constantFrom('knexfile.js', 'settings.py', 'x'), environment: fc.constantFrom('production', 'settings', 'x', '__proto__'), section: fc.constantFrom('default', 'x'), envFile: fc.constantFrom('.env', '.envrc'), database: text }, { requiredKeys: [] });
const target = fc.record({ tool: fc.constantFrom(...tools), hints, url: fc.option(text) }).map(({ tool, hints: given, url }): DatabaseTarget => ({ by: 'database', tool, folder: project, ...given, ...(url === null ? {} : { url }) }));

function worldWith(texts: Readonly<Record<string, string>>): ReturnType<typeof fakeWorld> {
  return fakeWorld({ files: Object.fromEntries(Object.entries(texts).map(([path, each]) => [path, { text: each }])) });
}

function located(asked: DatabaseTarget, texts: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}): LocatedEffect {
  const action = actionIn({ env });
  return locate({ verb: 'drop', resource: { kind: 'database', name: '' }, reversibility: 'irreversible', certainty: 'certain', rule: 'test/x', why: '', target: asked, env: action.env }, action, worldWith(texts), defaultPolicy);
}

describe('readers of configuration', () => {
  it('read any text', () => fc.assert(fc.property(text, (given) => {
    for (const name of ['a.ts', 'a.py', 'a.hcl', 'a.php']) void everySetting(settingsIn(given, name));
    void endpointOf(given);
    void resolve(given, () => undefined, namesIn(given));
    void readIni(given);
    void readDotenv(given);
  })));
  it('keep a host free of everything a host cannot hold', () => fc.assert(fc.property(text, (given) => {
    const endpoint = endpointOf(given);
    if (endpoint.kind === 'server') for (const host of endpoint.hosts) assert.match(host, /^[\w.:%/-]*$/);
  })));
  it('end on a long text of one piece', () => {
    for (const each of ['{', '[', '(', '"', '`', '//', '\n', '\n ', ' ', 'a:', 'a = ', '${', '?', 'url: x,\n', 'process.env.', '<%=', '&', 'url', 'url ', '- ', "'.env", 'const a = a\n', 'env "x" {']) {
      const long = each.repeat(100_000 / each.length);
      void everySetting(settingsIn(long, 'a.ts'));
      void resolve(long.slice(0, 2000), () => undefined, namesIn(long));
      void endpointOf(long.slice(0, 4096));
      for (const tool of tools) void placeDatabase({ by: 'database', tool, folder: project, environment: 'settings' }, { env: {}, home, world: worldWith(Object.fromEntries(files.map((file) => [file, long]))), services: [], login: false });
    }
  });
});

describe('finders of connections', () => {
  it('place whatever stands in the files of a tool', () => fc.assert(fc.property(target, text, fc.subarray(files), (asked, given, present) => {
    const found = located(asked, Object.fromEntries(present.map((file) => [file, given])));
    assert.notEqual(found.evidence.length, 0);
  })));
  it('say local of nothing that names another machine', () => {
    const shapes = ['postgres://app:pw@HOST:5432/shop', 'mysql://app@HOST/shop', 'jdbc:postgresql://HOST:5432/shop', 'mongodb://HOST,localhost/shop', 'host=HOST dbname=shop', 'Server=HOST;Database=shop', 'app:pw@tcp(HOST:3306)/shop', 'jdbc:sqlserver://HOST;databaseName=shop', 'HOST', 'postgres://localhost/shop?host=HOST', 'postgres://app:p%40w@HOST/shop', 'postgres://postgres:p#w@HOST/shop', 'postgres://db:p?w@HOST/shop', 'postgres://db:p/w@HOST/shop'];
    const host = fc.constantFrom('db.example.com', '10.0.0.4', 'prod.example.com', 'shop.abc.eu-west-1.rds.amazonaws.com', 'localhost.example.com', '192.168.1.2');
    fc.assert(fc.property(fc.constantFrom(...tools.slice(0, 31)), fc.constantFrom(...shapes), host, (tool, shape, name) => {
      const url = shape.replace('HOST', name);
      const found = located({ by: 'database', tool, folder: project, url }, {});
      assert.notEqual(found.environment, 'local', found.evidence.join('; '));
    }));
  });
  it('never show a user or a password', () => {
    const shapes = ['postgres://USER:SECRET@db.example.com/x', 'mysql://USER:SECRET@h:3306', 'host=db.example.com user=USER password=SECRET', 'mongodb+srv://USER:SECRET@c.mongodb.net/?a=b', 'Server=db.example.com;User Id=USER;Password=SECRET', 'USER:SECRET@tcp(db.example.com)/x', 'jdbc:postgresql://db.example.com/x?user=USER&password=SECRET'];
    const secret = fc.stringMatching(/^[A-Za-z0-9:/@?#%&=+~!;'-]{0,12}$/).map((chance) => `${chance}Zq7`);
    fc.assert(fc.property(fc.constantFrom(...tools), fc.constantFrom(...shapes), secret, fc.boolean(), (tool, shape, password, inCommand) => {
      const url = shape.replace('USER', 'Uq8').replace('SECRET', password);
      const found = located({ by: 'database', tool, folder: project, ...(inCommand ? { url } : {}) }, { [`${project}/.env`]: `DATABASE_URL="${url}"\nDB_HOST=${url}\nGOOSE_DBSTRING='${url}'\n`, [`${home}/.my.cnf`]: `[client]\nhost=${url}\n`, [`${project}/liquibase.properties`]: `url=${url}`, [`${project}/flyway.conf`]: `flyway.url=${url}` });
      assert.ok(!/Zq7|Uq8/.test(found.evidence.join(' ')), found.evidence.join('; '));
    }));
  });
});

describe('programs that load variables or open tunnels', () => {
  it('are read whatever their words', () => fc.assert(fc.property(fc.constantFrom('dotenv', 'dotenvx', 'env-cmd', 'node', 'bun', 'uv', 'direnv', 'ssh', 'kubectl', 'socat', 'aws', 'cloud-sql-proxy'), fc.array(fc.oneof(fc.constantFrom('-e', '-f', '--env-file', '--', 'run', 'exec', '-L', '-o', '-c', 'port-forward', '.env', 'TCP:a:1', 'TCP-LISTEN:2', 'LocalForward 1 a:2', 'a:b:c'), text), { maxLength: 8 }), text, (program, words, content) => {
    const invocation = { program, argv: [program, ...words].map((word) => knownWord(word)), env: { HOME: home }, cwd: project, redirections: [], promptsAnswered: false };
    assert.equal(withEnvFiles(invocation, () => content).env['HOME'] !== undefined, true);
    void tunnelOf(invocation);
  })));
});
