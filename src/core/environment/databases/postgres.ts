import type { DatabaseTarget } from '../../effect.ts';
import { joinPath } from '../../files/path.ts';
import { readFile, type Connection, type DatabaseSurroundings, type Finder } from './connection.ts';
import { endpointOf } from './endpoint.ts';
import { sectionIn } from './ini.ts';

const byDefault = 'the default connection';

/**
 * What the command says counts before the service it names, that before variables, and those before the socket on this machine.
 * https://www.postgresql.org/docs/current/libpq-connect.html, https://www.postgresql.org/docs/current/libpq-pgservice.html
 */
export const findPostgres: Finder = (target, around) => {
  const { env } = around;
  const { url } = target;
  // An alias of pgcli's own configuration: https://www.pgcli.com/config
  if (target.section !== undefined) return [{ text: undefined, from: `the alias ${target.section}` }];
  const said = url === undefined ? undefined : endpointOf(url);
  const isPartial = said?.kind === 'server' && said.hosts.every((host) => host === '');
  if (url !== undefined && !isPartial) return [{ text: url, from: 'the command', database: target.database }];
  const database = (said?.kind === 'server' && said.database !== '' ? said.database : target.database) ?? '';
  const service = /(?:^|[\s?&])service\s*=\s*'?([^\s&']+)/.exec(url ?? '')?.[1] ?? env['PGSERVICE'];
  if (service) return byService(service, database, around);
  return byVariables(target, database, around);
};

function byVariables({ database: named }: DatabaseTarget, database: string, { env }: DatabaseSurroundings): readonly Connection[] {
  const name = database || named || env['PGDATABASE'];
  const found = (['PGHOSTADDR', 'PGHOST'] as const).filter((variable) => env[variable]);
  return found.length === 0 ? [{ text: '', from: byDefault, database: name }] : found.flatMap((variable) => (env[variable] as string).split(',').map((host) => ({ text: host, from: variable, database: name })));
}

/** A service's section in the person's file, else in the system's. One that is not there ends the program. */
function byService(service: string, database: string, around: DatabaseSurroundings): readonly Connection[] {
  const { env, home, world } = around;
  const own = env['PGSERVICEFILE'] ?? (home === undefined ? undefined : joinPath(home, '.pg_service.conf', world.platform));
  const system = [...(env['PGSYSCONFDIR'] ? [env['PGSYSCONFDIR']] : []), '/etc/postgresql-common', '/etc'].map((folder) => `${folder}/pg_service.conf`);
  for (const file of [...(own === undefined ? [] : [own]), ...system]) {
    const settings = sectionIn(readFile(file, around) ?? '', service);
    if (settings.size === 0) continue;
    const hosts = [settings.get('hostaddr'), settings.get('host')].filter((host) => host !== undefined);
    const name = database || settings.get('dbname');
    return hosts.length === 0 ? byVariables({ by: 'database', tool: 'psql', folder: '' }, name ?? '', around) : hosts.flatMap((host) => host.split(',').map((each) => ({ text: each, from: `service ${service}`, database: name })));
  }
  return [{ text: undefined, from: `service ${service}` }];
}
