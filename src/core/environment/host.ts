import type { Belief } from './named.ts';
import { environmentInName } from './named.ts';

/** Names people give to services of a compose file. */
const composeServices = /^(?:(?:my|test|dev|local)?[-_]?(?:db|database|postgres|postgresql|pg|mysql|mariadb|mongo|mongodb|redis|valkey|memcached|elasticsearch|opensearch|clickhouse|cassandra|minio|localstack|rabbitmq|kafka|zookeeper|nats|mailhog|mailpit|keycloak|api|app|web|backend|frontend|server|worker|nginx|cockroach|mssql|sqlserver))(?:[-_]?(?:db|dev|test|local|\d+))*$/i;

/** Domains whose hosts keep what somebody put there; the names say nothing of an environment. */
const providers = /(?:^|\.)(?:azure\.com|azurewebsites\.net|amazonaws\.com|googleapis\.com|railway\.(?:app|com|internal)|rlwy\.net|supabase\.(?:co|com)|neon\.tech|psdb\.cloud|render\.com|fly\.(?:io|dev)|vercel\.(?:app|com)|netlify\.(?:app|com)|heroku\.com|herokuapp\.com|pypi\.org|github\.com|gitlab\.com|digitalocean\.com|ondigitalocean\.com|mongodb\.net|upstash\.io|turso\.io|aivencloud\.com|cockroachlabs\.cloud|clickhouse\.cloud|tsdb\.cloud|timescaledb\.io|redislabs\.com|redis-cloud\.com|aliyuncs\.com|snowflakecomputing\.com|prisma-data\.net|prisma\.io|motherduck\.com|windows\.net|linodedb\.net|thenile\.dev|xata\.sh|datastax\.com|influxdata\.com|confluent\.cloud|cloudamqp\.com|tidbcloud\.com|singlestore\.com|yugabyte\.cloud|clever-cloud\.com|elephantsql\.com|scalingo\.com|cloudflare\.com|workers\.dev|pages\.dev)$/i;

/** True for a host of a company that keeps other people's databases and programs. */
export function isManaged(host: string): boolean {
  return providers.test(host);
}

/**
 * Ids by which a provider's host names a project, branch or instance: the first label, without what says how it is reached,
 * and the project behind the user's name where a pooler takes it from there.
 * https://neon.com/docs/connect/connection-pooling, https://supabase.com/docs/guides/database/connecting-to-postgres
 */
export function idsInHost(host: string, user = ''): readonly string[] {
  if (!isManaged(host)) return [];
  const [first = '', second = ''] = host.split('.');
  const id = first === 'db' ? second : first.replace(/-pooler$/, '');
  const project = host.endsWith('.pooler.supabase.com') ? user.split('.')[1] : undefined;
  return [id, ...(project ? [project] : [])];
}

/** The host named by a URL, a connection string, `user@host:port` or a plain host, without anything secret; empty for a local socket. */
export function hostOf(text: string): string {
  const trimmed = text.trim();
  const url = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(trimmed);
  const authority = url ? (url[1] as string) : (trimmed.split(/[/?#]/)[0] as string);
  const withoutUser = authority.slice(authority.lastIndexOf('@') + 1);
  // Several hosts: the first that is not this machine decides, so that none hides behind another.
  const hosts = withoutUser.split(',').map(withoutPort);
  return hosts.find((host) => !isLoopback(host)) ?? hosts[0] ?? '';
}

function withoutPort(host: string): string {
  const bracketed = /^\[([^\]]*)\]/.exec(host);
  if (bracketed) return (bracketed[1] as string).toLowerCase();
  const colons = host.split(':').length - 1;
  return (colons === 1 ? host.slice(0, host.indexOf(':')) : host).toLowerCase().replace(/\.$/, '');
}

/** True for this machine itself, by name, address or socket. */
export function isLoopback(host: string): boolean {
  return host === '' || host === 'localhost' || host.endsWith('.localhost') || host === '::1' || host === '0.0.0.0' || host === '::' || host === 'host.docker.internal' || host === 'kubernetes.docker.internal'
    || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host) || host.startsWith('::ffff:127.') || host.startsWith('/') || /^%2f/i.test(host);
}

/** What else helps to place a host. */
export interface HostSurroundings {
  /** Names of the services in the workspace's compose file. */
  readonly services: readonly string[];
  /** The host is logged in to, so a bare name is one of the person's own aliases and not a service. */
  readonly login: boolean;
}

/** The environment a host belongs to, if it says so. */
export function beliefInHost(host: string, around: HostSurroundings): Belief | undefined {
  if (isLoopback(host)) return { environment: 'local', evidence: host === '' ? 'it is reached over a socket on this machine' : `host ${host} is this machine` };
  if (!around.login && !host.includes('.') && !host.includes(':')) {
    if (around.services.includes(host)) return { environment: 'local', evidence: `host ${host} is a service of the compose file` };
    if (composeServices.test(host)) return { environment: 'local', evidence: `host ${host} is named like a service of a compose file` };
  }
  if (/\.(?:test|localdomain)$/.test(host)) return { environment: 'local', evidence: `host ${host} is in a domain kept for testing` };
  if (providers.test(host)) return undefined;
  // The last two labels are the owner's name and registry: `live.com` and `web.dev` say nothing.
  const labels = host.split('.');
  const own = labels.length > 2 ? labels.slice(0, -2).join('.') : host.includes('.') ? '' : host;
  const environment = environmentInName(own);
  return environment === 'unknown' || environment === 'local' ? undefined : { environment, evidence: `host ${host} is named like ${environment}` };
}

/** Service names in the text of a compose file: the keys below `services:`. */
export function composeServicesIn(text: string): readonly string[] {
  const names: string[] = [];
  let indent: number | undefined;
  let inside = false;
  for (const line of text.split('\n')) {
    if (/^\s*(?:#|$)/.test(line)) continue;
    const depth = line.length - line.trimStart().length;
    if (depth === 0) {
      inside = /^services:\s*$/.test(line.trimEnd());
      indent = undefined;
    } else if (inside) {
      indent ??= depth;
      const key = depth === indent ? /^\s*["']?([\w.-]+)["']?:/.exec(line)?.[1] : undefined;
      if (key !== undefined) names.push(key.toLowerCase());
    }
  }
  return names;
}
