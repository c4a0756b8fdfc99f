import type { DatabaseTarget, Environment } from '../effect.ts';
import { own } from '../own.ts';
import type { Connection, DatabaseSurroundings, Finder } from './databases/connection.ts';
import { endpointOf, type Endpoint } from './databases/endpoint.ts';
import { findAtlas, findDbmate, findDotnet, findEcto, findFlyway, findGoose, findGraphileMigrate, findJavaBuild, findLiquibase, findNodePgMigrate, findRust, findSqitch } from './databases/migrations.ts';
import { findMysql } from './databases/mysql.ts';
import { conventional, findDbMigrate, findDrizzle, findKnex, findMigrateMongo, findMikroOrm, findPrisma, findSequelize, findTypeorm } from './databases/node.ts';
import { findLaravel, findPhinx, findSymfony } from './databases/php.ts';
import { findPostgres } from './databases/postgres.ts';
import { findAerich, findAlembic, findDjango, findFlask } from './databases/python.ts';
import { findRails } from './databases/ruby.ts';
import { serverFinders } from './databases/servers.ts';
import { findDrupal, findMagento, findWordpress } from './databases/sites.ts';
import { expand } from './dotenv.ts';
import { beliefInHost, idsInHost, isLoopback, isManaged } from './host.ts';
import { environmentInName, type Belief } from './named.ts';

/** Tools that take a connection from the command before all else: their finders are asked only where it gives none. */
const orms: Readonly<Record<string, Finder>> = {
  prisma: findPrisma, 'drizzle-kit': findDrizzle, typeorm: findTypeorm, sequelize: findSequelize, knex: findKnex, 'mikro-orm': findMikroOrm, 'db-migrate': findDbMigrate, 'migrate-mongo': findMigrateMongo, 'node-pg-migrate': findNodePgMigrate, 'graphile-migrate': findGraphileMigrate,
  rails: findRails, laravel: findLaravel, symfony: findSymfony, phinx: findPhinx, django: findDjango, flask: findFlask, aerich: findAerich, ecto: findEcto,
  flyway: findFlyway, 'java-build': findJavaBuild, liquibase: findLiquibase, atlas: findAtlas, dbmate: findDbmate, sqlx: findRust, diesel: findRust, 'sea-orm': findRust,
  migration: conventional,
};

/** Tools whose finders read what the command gives as well. */
const clients: Readonly<Record<string, Finder>> = {
  psql: findPostgres, pg_restore: findPostgres, dropdb: findPostgres, pgcli: findPostgres,
  mysql: findMysql, mariadb: findMysql, mysqladmin: findMysql,
  alembic: findAlembic, goose: findGoose, wordpress: findWordpress, drupal: findDrupal, magento: findMagento, sqitch: findSqitch, dotnet: findDotnet,
  ...serverFinders,
};

/** What is known of one of the databases a command would reach, with the names by which the policy may know it. */
export interface PlacedDatabase {
  readonly belief: Belief | undefined;
  readonly names: readonly string[];
  readonly evidence: readonly string[];
}

/** Most connections of one tool that are told apart; beyond them it is one more that nobody knows. */
const mostConnections = 24;

/** The databases a command would reach, found as its tool finds them: at least one, which may be unknown. */
export function placeDatabase(target: DatabaseTarget, around: DatabaseSurroundings): readonly PlacedDatabase[] {
  const asked = target.url === undefined ? target : { ...target, url: expand(target.url, (name) => own(around.env, name)) };
  const connections = find(asked, around);
  const placed = connections.slice(0, mostConnections).flatMap((connection) => place(connection, around));
  return placed.length === 0 || connections.length > mostConnections ? [...placed, { belief: undefined, names: [], evidence: [] }] : placed;
}

function find(target: DatabaseTarget, around: DatabaseSurroundings): readonly Connection[] {
  const client = own(clients, target.tool);
  if (client) return client(target, around);
  if (target.url !== undefined) return [{ text: target.url, from: 'the command', database: target.database }];
  return own(orms, target.tool)?.(target, around) ?? [];
}

function place(connection: Connection, around: DatabaseSurroundings): readonly PlacedDatabase[] {
  const { text } = connection;
  const from = shown(connection.from);
  const notes = connection.note === undefined ? [] : [shown(connection.note)];
  const endpoint: Endpoint = text === undefined ? { kind: 'unclear' } : endpointOf(text);
  if (endpoint.kind === 'unclear') return [{ belief: undefined, names: [], evidence: [`${from} cannot be read from here`, ...notes] }];
  if (endpoint.kind === 'file') return [{ belief: { environment: 'local', evidence: `${from} names a file on this machine` }, names: [], evidence: notes }];
  const hosts = endpoint.hosts.length > 0 ? endpoint.hosts : [''];
  return hosts.flatMap((host) => (isLoopback(host) && !host.startsWith('/') && host !== '' ? throughTunnels({ ...connection, from }, around, notes) : [])).concat(hosts.map((host) => placeHost(host, endpoint.database || connection.database || '', endpoint.user, { ...connection, from }, around, notes)));
}

/** The other ends of tunnels that the command opens itself. */
function throughTunnels({ from }: Connection, { tunnels = [], ...around }: DatabaseSurroundings, notes: readonly string[]): readonly PlacedDatabase[] {
  return tunnels.slice(0, 8).map(({ by, host }) => {
    const source = [`${from} points to what ${by} opens${host === undefined ? '' : ` to ${host}`}`, ...notes];
    // A name behind the tunnel is read on the other machine: a service beside this one is not meant.
    const believed = host === undefined ? undefined : (beliefInHost(host, { ...around, login: true }) ?? productionIn('host', host));
    return { belief: believed?.environment === 'local' ? undefined : believed, names: host === undefined ? [] : [host], evidence: source };
  });
}

/** Words for a person; what looks like a piece of a connection is left out, since it may be where a password stands. */
function shown(words: string): string {
  return words.slice(0, 200).split(' ').map((word) => (/[@;]|:\/\//.test(word) || (word.includes('=') && !/^(?:--env|APP_ENV)=[\w.-]*$/.test(word)) ? '…' : word)).join(' ');
}

function placeHost(host: string, database: string, user: string, { from, hosted }: Connection, around: DatabaseSurroundings, notes: readonly string[]): PlacedDatabase {
  if (isLoopback(host) && hosted !== true) return { belief: { environment: 'local', evidence: `${from} points to this machine` }, names: database === '' ? [host] : [host, `${host}/${database}`], evidence: notes };
  const source = [`${from} names host ${host}`, ...notes];
  const byHost = beliefInHost(host, { ...around, login: hosted === true });
  const byName = productionIn('database', database) ?? (isManaged(host) ? productionIn('host', host.split('.')[0] ?? '') : undefined);
  const belief = byHost?.environment === 'local' ? byHost : (byName ?? byHost);
  return { belief, names: [host, ...(database === '' ? [] : [`${host}/${database}`]), ...idsInHost(host, user)].filter(Boolean), evidence: source };
}

/** A name that says production is believed; on a machine somewhere else one that says less is only a name. */
function productionIn(what: string, name: string): Belief | undefined {
  const environment: Environment = environmentInName(name);
  return environment === 'production' ? { environment, evidence: `${what} “${name}” is named like production` } : undefined;
}
