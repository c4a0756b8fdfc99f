import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import type { DatabaseTarget, Environment, LocatedEffect } from '../../../src/core/effect.ts';
import { locate } from '../../../src/core/environment/locate.ts';
import { defaultPolicy } from '../../../src/core/policy/defaults.ts';
import { actionIn, home, project } from '../../unit/core/analysed.ts';
import { fakeWorld } from '../../unit/core/fake-world.ts';

/** What a machine says of one connection. */
interface Said {
  readonly url?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
}

/** A place a connection may be said in, given the host. */
type Source = (host: string) => Said;

const hosts: readonly (readonly [host: string, environment: Environment])[] = [['localhost', 'local'], ['db.staging.example.com', 'staging'], ['db.prod.example.com', 'production'], ['db.example.com', 'unknown']];

const url = (host: string): string => `postgres://app@${host}/shop`;
const command: Source = (host) => ({ url: url(host) });
const variable = (name: string, value: (host: string) => string = url): Source => (host) => ({ env: { [name]: value(host) } });
const file = (path: string, content: (host: string) => string): Source => (host) => ({ files: { [path.startsWith('~') ? `${home}${path.slice(1)}` : path.startsWith('/') ? path : `${project}/${path}`]: content(host) } });
const dotenv = (path: string, name = 'DATABASE_URL'): Source => file(path, (host) => `${name}=${url(host)}\n`);
const plain = (host: string): string => host;

/** Tools with their sources, the one that counts before all others first. */
const tools: readonly (readonly [target: Omit<DatabaseTarget, 'by' | 'folder'>, sources: readonly Source[]])[] = [
  [{ tool: 'prisma' }, [command, variable('DATABASE_URL'), dotenv('.env'), dotenv('prisma/.env')]],
  [{ tool: 'symfony' }, [variable('DATABASE_URL'), dotenv('.env.dev.local'), dotenv('.env.dev'), dotenv('.env.local'), dotenv('.env')]],
  [{ tool: 'symfony', environment: 'test' }, [variable('DATABASE_URL'), dotenv('.env.test.local'), dotenv('.env.test'), dotenv('.env')]],
  [{ tool: 'rails' }, [variable('DATABASE_URL'), dotenv('.env.development.local'), dotenv('.env.local'), dotenv('.env.development'), dotenv('.env')]],
  [{ tool: 'rails', environment: 'test' }, [variable('DATABASE_URL'), dotenv('.env.test.local'), dotenv('.env.test'), dotenv('.env')]],
  [{ tool: 'laravel' }, [variable('DB_URL'), dotenv('.env', 'DB_URL')]],
  [{ tool: 'laravel', environment: 'testing' }, [variable('DB_URL'), dotenv('.env.testing', 'DB_URL'), dotenv('.env', 'DB_URL')]],
  [{ tool: 'mikro-orm' }, [variable('MIKRO_ORM_CLIENT_URL'), dotenv('.env', 'MIKRO_ORM_CLIENT_URL'), file('mikro-orm.config.ts', (host) => `export default { clientUrl: '${url(host)}' };`)]],
  [{ tool: 'flyway' }, [command, variable('FLYWAY_URL'), file('flyway.user.toml', (host) => `[environments.default]\nurl = "jdbc:${url(host)}"`), file('flyway.toml', (host) => `[environments.default]\nurl = "jdbc:${url(host)}"`), file('flyway.conf', (host) => `flyway.url=jdbc:${url(host)}`), file('~/flyway.conf', (host) => `flyway.url=jdbc:${url(host)}`)]],
  [{ tool: 'liquibase' }, [command, variable('LIQUIBASE_COMMAND_URL'), file('liquibase.properties', (host) => `url: jdbc:${url(host)}`)]],
  [{ tool: 'goose' }, [command, variable('GOOSE_DBSTRING'), dotenv('.env', 'GOOSE_DBSTRING')]],
  [{ tool: 'dbmate' }, [command, variable('DATABASE_URL'), dotenv('.env')]],
  [{ tool: 'sqlx' }, [command, variable('DATABASE_URL'), dotenv('.env'), dotenv('/home/dev/.env')]],
  [{ tool: 'hasura' }, [command, variable('HASURA_GRAPHQL_ENDPOINT'), dotenv('.env', 'HASURA_GRAPHQL_ENDPOINT'), file('config.yaml', (host) => `version: 3\nendpoint: http://${host}:8080\n`)]],
  [{ tool: 'psql' }, [command, (host) => ({ env: { PGSERVICE: 's' }, files: { [`${home}/.pg_service.conf`]: `[s]\nhost=${host}\n` } }), variable('PGHOST', plain)]],
  [{ tool: 'mysql', envFile: 'extra.cnf' }, [command, file('~/.my.cnf', (host) => `[client]\nhost=${host}\n`), file('extra.cnf', (host) => `[mysql]\nhost = ${host}\n`), file('/etc/mysql/my.cnf', (host) => `[client]\nhost=${host}\n`), file('/etc/my.cnf', (host) => `[client]\nhost="${host}"\n`), variable('MYSQL_HOST', plain)]],
  [{ tool: 'cqlsh' }, [command, variable('CQLSH_HOST', plain), file('~/.cassandra/cqlshrc', (host) => `[connection]\nhostname = ${host}\n`)]],
  [{ tool: 'influx' }, [command, variable('INFLUX_HOST', (host) => `http://${host}:8086`), file('~/.influxdbv2/configs', (host) => `[default]\nurl = "http://${host}:8086"\nactive = true\n`)]],
];

function located(target: Omit<DatabaseTarget, 'by' | 'folder'>, said: readonly Said[]): LocatedEffect {
  const action = actionIn({ env: Object.assign({}, ...said.map(({ env }) => env)) as Record<string, string> });
  const files = Object.assign({}, ...said.map((each) => each.files)) as Record<string, string>;
  const given = said.find((each) => each.url !== undefined)?.url;
  const effect = { verb: 'drop', resource: { kind: 'database', name: '' }, reversibility: 'irreversible', certainty: 'certain', rule: 'test/x', why: '', target: { by: 'database', folder: project, ...target, ...(given === undefined ? {} : { url: given }) }, env: action.env } as const;
  return locate(effect, action, fakeWorld({ files: Object.fromEntries(Object.entries(files).map(([path, text]) => [path, { text }])) }), defaultPolicy);
}

describe('of several places that name a connection the one counts that the tool itself takes', () => {
  for (const [target, sources] of tools) {
    it(`${target.tool}${target.environment === undefined ? '' : ` in ${target.environment}`}, ${sources.length} places`, () => {
      const chosen = fc.array(fc.option(fc.constantFrom(...hosts)), { minLength: sources.length, maxLength: sources.length }).filter((each) => each.some((host) => host !== null));
      fc.assert(fc.property(chosen, (picked) => {
        const said = picked.flatMap((host, at) => (host === null ? [] : [(sources[at] as Source)(host[0])]));
        const wanted = picked.find((host) => host !== null)?.[1];
        const found = located(target, said);
        assert.equal(found.environment, wanted, `${JSON.stringify(picked)} ${JSON.stringify(found.evidence)}`);
      }));
    });
  }
});

describe('where a tool may reach several', () => {
  const strictness: readonly Environment[] = ['production', 'unknown', 'staging', 'local'];
  it('the strictest counts', () => fc.assert(fc.property(fc.array(fc.constantFrom(...hosts), { minLength: 1, maxLength: 5 }), fc.constantFrom('mongosh', 'psql'), (picked, tool) => {
    const wanted = strictness.find((environment) => picked.some(([, each]) => each === environment));
    const scheme = tool === 'psql' ? 'postgres' : 'mongodb';
    assert.equal(located({ tool }, [{ url: `${scheme}://${picked.map(([host]) => host).join(',')}/shop` }]).environment, wanted);
    const replicas = picked.map(([host]) => `{ host: '${host}' }`).join(', ');
    assert.equal(located({ tool: 'typeorm' }, [{ files: { [`${project}/ormconfig.js`]: `module.exports = { type: 'postgres', replication: { slaves: [${replicas}] } };` } }]).environment, wanted);
  })));
});
