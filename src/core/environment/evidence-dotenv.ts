import { baseName, joinPath } from '../files/path.ts';
import { expand, readDotenv } from './dotenv.ts';
import type { Evidence, Folder } from './evidence-source.ts';
import { longestFile, targetOf } from './evidence-target.ts';
import { hostOf, isLoopback } from './host.ts';
import { environmentInName } from './named.ts';

const mostFiles = 40;
const mostVariables = 500;
const mostHostsOfFile = 6;

/** Folders whose children are projects of their own. */
const collections = ['apps', 'packages', 'services'];
const mostChildren = 20;

const examples = /\.(?:example|examples|sample|template|tpl|dist|defaults?|schema|vault|keys)$/i;

/** Variables that a build writes into what everybody may download: they give access to nothing. */
const published = /^(?:VITE|NEXT_PUBLIC|NUXT_PUBLIC|REACT_APP|PUBLIC|EXPO_PUBLIC|GATSBY|VUE_APP|NG_APP|NODE_ENV$|PORT$)/;

/** Stores of data; the host of one matters even where its name says nothing. */
const stores = /^(?:jdbc:)?(?:postgres(?:ql)?|mysql2?|mariadb|mongodb(?:\+srv)?|rediss?|valkey|amqps?|kafka|libsql|sqlserver|mssql|clickhouse|cockroachdb|cassandra|elasticsearch|neo4j(?:\+s)?|bolt)(?:\+\w+)?:\/\//i;

/** Variables that name such a host by itself. https://www.postgresql.org/docs/current/libpq-envars.html */
const storeHosts = /(?:^|_)(?:PG|DB|DATABASE|POSTGRES|POSTGRESQL|MYSQL|MARIADB|MONGO|MONGODB|REDIS|VALKEY|CLICKHOUSE|RABBITMQ|KAFKA|ELASTIC|ELASTICSEARCH|OPENSEARCH|MSSQL|SQLSERVER)_?HOST(?:NAME|ADDR)?$/;

/** A name without a dot that is longer than people name services may be anything. */
const hostShape = /^(?:[a-z0-9_-]{1,24}|(?:[a-z0-9_-]{1,63}\.){1,20}[a-z0-9-]{1,63})$/;

/** Dotenv files and the hosts in them. */
export function dotenvEvidence(around: Folder): readonly Evidence[] {
  const { world } = around;
  const files = projectFolders(around).flatMap((folder) => (world.list(folder) ?? []).filter((name) => /^\.env(?:\.|$)/.test(name) && !examples.test(name)).map((name) => joinPath(folder, name, world.platform)));
  return files.slice(0, mostFiles).flatMap((file) => fileEvidence(file, around));
}

function projectFolders({ folder, world }: Folder): readonly string[] {
  const children = collections.flatMap((name) => {
    const collection = joinPath(folder, name, world.platform);
    return (world.list(collection) ?? []).slice(0, mostChildren).map((child) => joinPath(collection, child, world.platform));
  });
  return [folder, joinPath(folder, '.vercel', world.platform), ...children];
}

function fileEvidence(file: string, around: Folder): readonly Evidence[] {
  const { world } = around;
  const name = baseName(file, world.platform);
  const variables = readDotenv(world.read(file, longestFile) ?? '');
  const written = [...variables].slice(0, mostVariables).filter(([variable, value]) => value !== '' && !published.test(variable));
  const named = environmentInName(name);
  // A file kept for development says nothing of what else can be reached from here.
  const byName: readonly Evidence[] = written.length > 0 && (named === 'production' || named === 'staging') ? [{ environment: named, evidence: `${name} is named like ${named}`, source: file }] : [];
  const hosts = new Map(written.flatMap(([variable, value]) => {
    const found = hostEvidence(variable, expand(value, (other) => variables.get(other)), name, file, around);
    return found ? [[found.evidence, found] as const] : [];
  }));
  return [...byName, ...[...hosts.values()].slice(0, mostHostsOfFile)];
}

/** What a variable's host says. The value itself may be secret and goes no further. */
function hostEvidence(variable: string, value: string, name: string, source: string, around: Folder): Evidence | undefined {
  const isStore = stores.test(value) || storeHosts.test(variable);
  if (!isStore && !/^(?:https?|wss?):\/\//i.test(value)) return undefined;
  const host = shownHost(value);
  const unplaced: Evidence | undefined = isStore ? { environment: 'unknown', evidence: `${variable} in ${name} names ${host === undefined ? 'a host nobody could read' : `host ${host}`}: nothing says which environment it is`, source } : undefined;
  if (host === undefined) return unplaced;
  const place = `${variable} in ${name} names ${host === '' ? 'a socket on this machine' : `host ${host}`}`;
  if (isLoopback(host)) return isStore ? { environment: 'local', evidence: place, source } : undefined;
  const { environment } = targetOf({ by: 'host', host }, around);
  if (environment === 'unknown') return unplaced;
  return { environment, evidence: environment === 'local' ? place : `${place}, which counts as ${environment}`, source };
}

/** The host in a value, if what was found can be nothing else: a password with an unescaped `/` or `:` must not be taken for one. */
function shownHost(value: string): string | undefined {
  const [, authority = '', rest = ''] = /^(?:jdbc:)?(?:[a-z][a-z0-9+.-]*:\/\/)?([^/?#]*)([^]*)$/i.exec(value) ?? [];
  const host = hostOf(authority);
  return !rest.includes('@') && (isLoopback(host) || hostShape.test(host)) ? host : undefined;
}
