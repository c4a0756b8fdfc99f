/** What a connection text reaches. */
export type Endpoint =
  /** A file of this machine, or its memory. */
  | { readonly kind: 'file' }
  /** `hosts` in the order written; an empty one is this machine's socket. Empty list: the text names none, so the tool takes its default. */
  | { readonly kind: 'server'; readonly hosts: readonly string[]; readonly ports: readonly string[]; readonly database: string; readonly user: string }
  /** Nobody can tell: parts of it are only known when it runs, or its punctuation is read one way here and another there. */
  | { readonly kind: 'unclear' };

const longest = 4096;
const unclear: Endpoint = { kind: 'unclear' };

/** Databases that live in a file or in memory: https://www.sqlite.org/uri.html, https://duckdb.org/docs/stable/clients/overview, https://www.h2database.com/html/features.html#database_url, https://java.testcontainers.org/modules/databases/jdbc/ */
const files = /^(?:file:|sqlite3?(?:\+\w+)?:|duckdb:|ecto_sqlite3:|h2:(?!tcp:|ssl:)|hsqldb:(?!hsqls?:|https?:)|derby:(?!\/\/)|tc:|:memory:|pglite:)/i;

/** Reads a URL, a driver's connection string, `key=value` pairs, or a plain host. Never throws, and nothing of it is kept but hosts, the database's name and the user. */
export function endpointOf(text: string): Endpoint {
  const trimmed = text.trim();
  if (trimmed.length > longest || /^(?:encrypted:|op:\/\/|ref\+|vault:|secret:\/\/)/.test(trimmed)) return unclear;
  const written = trimmed.replace(/^jdbc:(?:p6spy:|aws-wrapper:|log4jdbc:)?/i, '');
  if (files.test(written)) return { kind: 'file' };
  // MotherDuck: https://motherduck.com/docs/key-tasks/authenticating-and-connecting-to-motherduck/
  if (/^(?:md|motherduck):/i.test(written)) return server(['motherduck.com'], written.replace(/^\w+:/, ''));
  if (/^oracle:/i.test(written)) return oracle(written);
  const url = /^[a-z][a-z0-9+.-]*(?::[a-z]+)?:\/\/(.*)$/is.exec(written);
  if (url) return fromUrl(written, url[1] as string);
  const driver = goDsn(written);
  if (driver) return driver;
  return /^(?:\w+:)?[\w ]{1,40}=/.test(written) ? fromPairs(written) : plainHost(written);
}

function server(hosts: readonly string[], database: string, user = ''): Endpoint {
  const cleaned = hosts.map((host) => parted(host));
  return cleaned.some(({ host }) => !isHost(host)) ? unclear : { kind: 'server', hosts: cleaned.map(({ host }) => host), ports: cleaned.map(({ port }) => port), database: isName(database) ? database : '', user: isName(user) ? user : '' };
}

/** True for what a host can look like, a socket included; not for what still holds a variable. */
function isHost(host: string): boolean {
  return /^[\w.:%/-]*$/.test(host);
}

function isName(text: string): boolean {
  return /^[\w.-]{1,128}$/.test(text);
}

/** A host without its port, instance and protocol: `tcp:db.example.com,1433`, `db\SQLEXPRESS`, `[::1]:5432`. */
function parted(text: string): { readonly host: string; readonly port: string } {
  const bare = text.trim().replace(/^(?:tcp|np|lpc|admin):/i, '').replace(/^\\\\([^\\]*)\\pipe.*$/i, '$1');
  if (/^(?:\.|\(local\)|\(localdb\).*)(?:\\.*)?$/i.test(bare)) return { host: 'localhost', port: '' };
  if (bare.startsWith('/')) return { host: socketHost(bare), port: '' };
  const bracketed = /^\[([^\]]*)\](?::(\d*))?$/.exec(bare);
  if (bracketed) return { host: (bracketed[1] as string).toLowerCase(), port: bracketed[2] ?? '' };
  const [named = '', comma] = bare.split(',', 2);
  const host = named.split('\\', 1)[0] ?? '';
  const colon = host.indexOf(':') === host.lastIndexOf(':') ? host.indexOf(':') : -1;
  return { host: (colon < 0 ? host : host.slice(0, colon)).toLowerCase().replace(/\.$/, ''), port: comma ?? (colon < 0 ? '' : host.slice(colon + 1)) };
}

/** The proxy of Cloud SQL listens on a socket whose name is that of the instance elsewhere. https://cloud.google.com/sql/docs/postgres/connect-auth-proxy */
function socketHost(path: string): string {
  return /^\/(?:.*\/)?cloudsql\/([\w.:-]+)/.exec(path)?.[1] ?? (/^\/(?:.*\/)?([\w-]+:[\w-]+:[\w-]+)(?:\/|$)/.exec(path)?.[1] ?? path);
}

function fromUrl(text: string, rest: string): Endpoint {
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? '';
  const behind = rest.slice(authority.length);
  const path = behind.split('?', 1)[0] ?? '';
  // A password with `/`, `?`, `#` or `@` written as they are: drivers part it in their own ways.
  if (path.includes('@') || (behind.includes('@') && !authority.includes('@'))) return unclear;
  const at = authority.lastIndexOf('@');
  const user = at < 0 ? '' : decoded(authority.slice(0, at).split(':', 1)[0] ?? '');
  const query = behind.slice(path.length + 1);
  // A host in the query counts instead of the first: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
  const inQuery = /^(?:postgres|cockroach|redshift)/i.test(text) ? joined(parameter(query, 'hostaddr'), parameter(query, 'host')) : parameter(query, 'socket') ?? parameter(query, 'unix_socket');
  const named = parameter(behind.replaceAll(';', '&'), 'databaseName') ?? parameter(behind.replaceAll(';', '&'), 'database');
  const database = decoded(named ?? path.replace(/^\//, '').split(/[/;]/, 1)[0] ?? '');
  // `jdbc:sqlserver://host:1433;databaseName=x`
  const listed = (authority.slice(at + 1).split(';', 1)[0] ?? '').replace(/^\((.*)\)$/, '$1');
  const hosts = (inQuery ?? listed).split(',').map(decoded);
  return server(hosts.filter(Boolean).length > 0 ? hosts : [''], database, user);
}

function joined(...lists: readonly (string | undefined)[]): string | undefined {
  const given = lists.filter(Boolean);
  return given.length === 0 ? undefined : given.join(',');
}

function parameter(query: string, name: string): string | undefined {
  return query.split('&').slice(0, 100).map((entry) => entry.split('=')).findLast(([key]) => key?.replace(/^.*\?/, '') === name)?.[1];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `user:password@tcp(host:3306)/name`: https://github.com/go-sql-driver/mysql#dsn-data-source-name */
function goDsn(text: string): Endpoint | undefined {
  const at = text.lastIndexOf('@');
  const found = /^(?:(tcp[46]?|unix|cloudsql(?:-\w+)?)(?:\(([^()]*)\))?)?\/([\w.-]*)(?:\?|$)/.exec(text.slice(at + 1));
  if (!found || (at < 0 && found[1] === undefined)) return undefined;
  const [, protocol = 'tcp', address = '', database = ''] = found;
  return server([protocol === 'unix' ? (address.startsWith('/') ? address : '') : protocol.startsWith('cloudsql') ? `/cloudsql/${address}` : address], database);
}

/** `jdbc:oracle:thin:@//host:1521/service`, `@host:1521:sid`, `@(DESCRIPTION=…(HOST=x)…)` */
function oracle(text: string): Endpoint {
  const place = text.slice(text.lastIndexOf('@') + 1);
  const described = [...place.matchAll(/\(\s*HOST\s*=\s*([^()\s]+)\s*\)/gi)].slice(0, 16).map((match) => match[1] as string);
  if (described.length > 0) return server(described, '');
  const [, host = '', , database = ''] = /^(?:tcps?:)?(?:\/\/)?([\w.-]*)(?::(\d+))?(?:[:/]([\w.-]*))?/.exec(place) ?? [];
  return host === '' ? unclear : server([host], database);
}

const hostKeys: ReadonlySet<string> = new Set(['host', 'hostaddr', 'server', 'data source', 'datasource', 'address', 'addr', 'network address']);
const databaseKeys: ReadonlySet<string> = new Set(['dbname', 'database', 'initial catalog']);

/**
 * libpq's `host=x dbname=y`, ADO's `Server=x;Database=y`, PDO's `mysql:host=x;dbname=y`.
 * https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-KEYWORD-VALUE, https://learn.microsoft.com/dotnet/framework/data/adonet/connection-strings
 */
function fromPairs(text: string): Endpoint {
  const pairs = pairsOf(text.replace(/^(?:pgsql|mysql|sqlsrv|dblib|firebird):/i, ''));
  const hosts = [...pairs].filter(([key]) => hostKeys.has(key)).map(([, value]) => value);
  const [host] = hosts;
  const database = [...pairs].find(([key]) => databaseKeys.has(key))?.[1] ?? '';
  if (pairs.has('filename') || /^(?::memory:|[^,;]*\.(?:db3?|sqlite3?|duckdb))$/i.test(host ?? '')) return { kind: 'file' };
  const user = pairs.get('user') ?? '';
  if (host === undefined) return { kind: 'server', hosts: [], ports: [], database: isName(database) ? database : '', user: isName(user) ? user : '' };
  return server(text.includes(';') ? hosts : hosts.flatMap((each) => each.split(',')), database, user);
}

/** The pairs of a connection string, keys in small letters; the last of two counts. */
function pairsOf(text: string): ReadonlyMap<string, string> {
  return text.includes(';') || /^[a-z]+ [a-z]+=/i.test(text) ? adoPairs(text) : libpqPairs(text);
}

function adoPairs(text: string): ReadonlyMap<string, string> {
  return new Map(text.split(';').slice(0, 100).filter((part) => part.includes('=')).map((part) => {
    const equals = part.indexOf('=');
    return [part.slice(0, equals).trim().toLowerCase(), part.slice(equals + 1).trim().replace(/^(['"])(.*)\1$/s, '$2')];
  }));
}

/** `host = 'x' dbname=y`: blanks around the sign, values in single quotes. */
function libpqPairs(text: string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  const pair = /\s*([^\s=]+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|(\S*))/y;
  for (let found = pair.exec(text); found && pairs.size < 100; found = pair.exec(text)) pairs.set((found[1] as string).toLowerCase(), found[2] ?? found[3] ?? '');
  return pairs;
}

/** `db.example.com:5432`, `user@host`, `host/database`, a socket. */
function plainHost(text: string): Endpoint {
  const bare = text.slice(text.lastIndexOf('@') + 1);
  if (bare.startsWith('/')) return server([bare], '');
  const [address = '', database = ''] = bare.split('/', 2);
  return server(address.includes('\\') || /,\d+$/.test(address) ? [address] : address.split(','), database);
}
