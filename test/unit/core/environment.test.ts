import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import type { Effect, Environment, TargetHint } from '../../../src/core/effect.ts';
import { composeServicesIn, hostOf } from '../../../src/core/environment/host.ts';
import { readKubeConfig } from '../../../src/core/environment/kubernetes.ts';
import { locate } from '../../../src/core/environment/locate.ts';
import { environmentInName } from '../../../src/core/environment/named.ts';
import { readDotenv } from '../../../src/core/environment/dotenv.ts';
import { defaultPolicy } from '../../../src/core/policy/defaults.ts';
import { matchesGlob } from '../../../src/core/policy/glob.ts';
import type { ResourceMapping } from '../../../src/core/policy/policy.ts';
import type { LocatedEffect } from '../../../src/core/effect.ts';
import { actionIn, home, project } from './analysed.ts';
import { fakeWorld } from './fake-world.ts';

interface Case {
  readonly target: TargetHint;
  readonly env?: Readonly<Record<string, string>>;
  /** Files by absolute path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly resources?: readonly ResourceMapping[];
  readonly resource?: Effect['resource'];
}

function located({ target, env = {}, files = {}, resources = [], resource = { kind: 'thing', name: 'x' } }: Case): LocatedEffect {
  const action = actionIn({ env });
  const effect: Effect = { verb: 'delete', resource, reversibility: 'irreversible', certainty: 'certain', rule: 'test/x', why: '', target, env: action.env };
  const world = fakeWorld({ files: Object.fromEntries(Object.entries(files).map(([path, text]) => [path, { text }])) });
  return locate(effect, action, world, { ...defaultPolicy, resources });
}

function table(title: string, cases: Readonly<Record<string, readonly [Case, Environment]>>): void {
  describe(title, () => {
    for (const [name, [given, wanted]] of Object.entries(cases)) it(`${name} → ${wanted}`, () => assert.equal(located(given).environment, wanted, JSON.stringify(located(given).evidence)));
  });
}

describe('words in names', () => {
  const cases: Readonly<Record<string, Environment>> = {
    'prod': 'production', 'eu-prod-2': 'production', 'myapp_production': 'production', 'appProduction': 'production', 'prod01': 'production', 'live': 'production', 'arn:aws:eks:eu:1:cluster/PROD': 'production', 'prod-staging': 'production',
    'staging': 'staging', 'stg-eu': 'staging', 'pre-prod': 'staging', 'preprod': 'staging', 'non-prod': 'staging', 'nonprod': 'staging', 'uat': 'staging', 'staging-dev': 'staging',
    'dev': 'development', 'my-test-cluster': 'development', 'local': 'local', 'minikube': 'local',
    'product': 'unknown', 'reproduction': 'unknown', 'delivery': 'unknown', 'alive': 'unknown', 'devices': 'unknown', 'latest': 'unknown', 'main': 'unknown', '': 'unknown',
  };
  for (const [name, wanted] of Object.entries(cases)) it(`${name || '(nothing)'} → ${wanted}`, () => assert.equal(environmentInName(name), wanted));
  it('does not take the names every object has for words', () => assert.equal(environmentInName('constructor-toString'), 'unknown'));
  it('a word of production is never outvoted', () => fc.assert(fc.property(fc.array(fc.constantFrom('dev', 'staging', 'test', 'eu', 'x1', 'local')), (words) => assert.equal(environmentInName([...words, 'production'].join('-').replace(/^(?:pre|non|not)-/, '')), 'production'))));
});

const host = (name: string): Case => ({ target: { by: 'host', host: name } });
table('hosts', {
  'this machine by name': [host('localhost:5432'), 'local'], 'by address': [host('http://127.0.0.1:8080/x'), 'local'], 'by IPv6': [host('http://[::1]:80/'), 'local'], 'a socket': [host('/var/run/postgresql'), 'local'],
  'a compose-like service': [host('postgres'), 'local'], 'a numbered service': [host('http://api-1:3000'), 'local'], 'a service of the compose file': [{ ...host('ledger'), files: { [`${project}/compose.yaml`]: 'services:\n  ledger:\n    image: x\n' } }, 'local'], 'a bare name nobody knows': [host('ledger'), 'unknown'],
  'an alias one logs in to': [{ ...host('web'), target: { by: 'host', host: 'web', login: true } }, 'unknown'], 'a login alias named production': [{ ...host('prod-web'), target: { by: 'host', host: 'prod-web', login: true } }, 'production'],
  'a provider’s control plane': [host('https://backboard.railway.com/graphql/v2'), 'unknown'], 'a managed database': [host('db.abcdefgh.supabase.co'), 'unknown'], 'a provider host with a word': [host('staging-myapp.up.railway.app'), 'unknown'], 'dev.azure.com': [host('dev.azure.com'), 'unknown'],
  'staging by name': [host('api.staging.example.com'), 'staging'], 'production by name': [host('prod.example.com'), 'production'], 'live.com': [host('live.com'), 'unknown'], 'web.dev': [host('web.dev'), 'unknown'], 'a private address': [host('10.0.0.5'), 'unknown'], 'local in a remote name': [host('local.example.com'), 'unknown'],
  'two hosts, one of them remote': [host('postgres://localhost,db.example.com/x'), 'unknown'], 'a host like this machine': [host('localhost.example.com'), 'unknown'], 'a user named localhost': [host('postgres://localhost@db.example.com/x'), 'unknown'], 'no host at all': [host(''), 'unknown'],
});

const kube = (target: { name?: string; scope?: string }, files: Readonly<Record<string, string>> = {}, env: Readonly<Record<string, string>> = {}): Case => ({ target: { by: 'named', system: 'kubernetes', ...target }, files, env });
const config = (current: string, server = 'https://10.1.2.3:6443'): string => `apiVersion: v1\nclusters:\n- cluster:\n    certificate-authority-data: AAAA\n    server: ${server}\n  name: c1\ncontexts:\n- context:\n    cluster: c1\n    namespace: payments\n    user: u\n  name: ${current}\ncurrent-context: ${current}\nkind: Config\nusers:\n- name: u\n  user:\n    token: abc\n`;
const kubeFile = `${home}/.kube/config`;
table('kubernetes', {
  'context in the command': [kube({ name: 'prod-eu' }), 'production'], 'context in the command wins over the current one': [kube({ name: 'staging' }, { [kubeFile]: config('prod') }), 'staging'], 'current context': [kube({}, { [kubeFile]: config('prod') }), 'production'],
  'KUBECONFIG wins over the home folder': [kube({}, { [kubeFile]: config('prod'), '/k/a': config('staging') }, { KUBECONFIG: '/k/a' }), 'staging'], 'the first of several files with a context': [kube({}, { '/k/b': config('prod') }, { KUBECONFIG: '/k/none:/k/b' }), 'production'],
  'minikube': [kube({}, { [kubeFile]: config('minikube', 'https://192.168.49.2:8443') }), 'local'], 'a remote cluster named minikube': [kube({}, { [kubeFile]: config('minikube', 'https://10.1.2.3:8443') }), 'unknown'], 'kind': [kube({}, { [kubeFile]: config('kind-dev', 'https://127.0.0.1:39999') }), 'local'], 'a remote cluster named like a local one': [kube({}, { [kubeFile]: config('docker-desktop', 'https://k.example.com') }), 'unknown'],
  'a name nobody knows': [kube({}, { [kubeFile]: config('cluster-7') }), 'unknown'], 'no configuration': [kube({}), 'unknown'], 'a production namespace in an unknown cluster': [kube({ name: 'c', scope: 'production' }), 'production'], 'a staging namespace in an unknown cluster': [kube({ name: 'c', scope: 'staging' }), 'staging'],
  'a production namespace in a staging cluster': [kube({ name: 'staging', scope: 'prod' }), 'production'], 'a production namespace on this machine': [kube({ scope: 'production' }, { [kubeFile]: config('kind-a', 'https://localhost:1') }), 'local'], 'an empty configuration': [kube({}, { [kubeFile]: '' }), 'unknown'], 'a context that says local': [kube({ name: 'local-prod' }), 'production'],
});

const terraform = (target: { name?: string; scope?: string; folder?: string }, files: Readonly<Record<string, string>> = {}, env: Readonly<Record<string, string>> = {}): Case => ({ target: { by: 'named', system: 'terraform', ...target }, files, env });
table('terraform', {
  'TF_WORKSPACE': [terraform({}, {}, { TF_WORKSPACE: 'staging' }), 'staging'], 'TF_WORKSPACE over the selected one': [terraform({}, { [`${project}/.terraform/environment`]: 'prod' }, { TF_WORKSPACE: 'staging' }), 'staging'], 'the selected one': [terraform({}, { [`${project}/.terraform/environment`]: 'prod' }), 'production'], 'in another folder': [terraform({ folder: `${project}/infra` }, { [`${project}/infra/.terraform/environment`]: 'dev' }), 'development'],
  'the default workspace': [terraform({}, { [`${project}/.terraform/environment`]: 'default' }), 'unknown'], 'nothing known': [terraform({}), 'unknown'], 'a folder named for production': [terraform({ folder: `${project}/envs/prod` }), 'production'], 'a variable file for production in a staging workspace': [terraform({ scope: 'prod.tfvars' }, {}, { TF_WORKSPACE: 'staging' }), 'production'], 'a workspace called local': [terraform({}, {}, { TF_WORKSPACE: 'local' }), 'unknown'],
});

const database = (tool: string, files: Readonly<Record<string, string>> = {}, env: Readonly<Record<string, string>> = {}, url?: string): Case => ({ target: { by: 'database', tool, folder: project, ...(url === undefined ? {} : { url }) }, files, env });
const remote = 'postgres://app:hunter2@db.example.com:5432/shop';
const local = 'postgres://app:hunter2@localhost:5432/shop';
table('databases', {
  'a URL in the command': [database('psql', {}, {}, local), 'local'], 'a remote URL': [database('psql', {}, {}, remote), 'unknown'], 'a remote URL named production': [database('psql', {}, {}, 'postgres://u@db.example.com/shop_production'), 'production'], 'a local one named production': [database('psql', {}, {}, 'postgres://localhost/shop_production'), 'local'], 'a word in the host': [database('psql', {}, {}, 'postgres://u@db.staging.example.com/x'), 'staging'],
  'psql without anything': [database('psql'), 'local'], 'PGHOST': [database('psql', {}, { PGHOST: 'db.example.com' }), 'unknown'], 'PGHOST on this machine': [database('psql', {}, { PGHOST: '127.0.0.1' }), 'local'], 'PGSERVICE': [database('psql', { [`${home}/.pg_service.conf`]: '[main]\nhost=prod.example.com\n' }, { PGSERVICE: 'main' }), 'production'], 'an unknown PGSERVICE': [database('psql', {}, { PGSERVICE: 'main' }), 'unknown'], 'a keyword string': [database('psql', {}, {}, 'host=db.example.com dbname=live'), 'production'],
  'ClickHouse without anything': [database('clickhouse-client'), 'local'], 'CLICKHOUSE_HOST': [database('clickhouse-client', {}, { CLICKHOUSE_HOST: 'ch.prod.example.com' }), 'production'], 'CQLSH_HOST': [database('cqlsh', {}, { CQLSH_HOST: 'cass.example.com' }), 'unknown'], 'SQLCMDSERVER': [database('sqlcmd', {}, { SQLCMDSERVER: 'tcp:db.staging.example.com' }), 'staging'], 'COCKROACH_URL': [database('cockroach', {}, { COCKROACH_URL: 'postgres://u@crdb.example.com:26257/shop' }), 'unknown'], 'INFLUX_HOST': [database('influx', {}, { INFLUX_HOST: 'http://localhost:8086' }), 'local'],
  'Supabase’s local stack': [database('supabase-local'), 'local'], 'a Supabase that is not local': [database('supabase-local', {}, {}, remote), 'unknown'], 'a hosted Supabase': [database('supabase'), 'unknown'],
  'a socket in the query': [database('psql', {}, {}, 'postgresql:///db?host=%2Fvar%2Frun%2Fpostgresql'), 'local'], 'a remote host in the query': [database('psql', {}, {}, 'postgresql://localhost/db?host=db.example.com'), 'unknown'],
  'mysql without anything': [database('mysql'), 'local'], 'my.cnf': [database('mysql', { [`${home}/.my.cnf`]: '[client]\nhost = db.example.com\n' }), 'unknown'], 'redis without anything': [database('redis-cli'), 'local'], 'a redis URL': [database('redis-cli', {}, {}, 'rediss://x@cache.example.com:6380'), 'unknown'], 'a sqlite file': [database('sqlite3', {}, {}, 'prod.db'), 'local'], 'an ORM’s file': [database('prisma', { [`${project}/.env`]: 'DATABASE_URL="file:./dev.db"' }), 'local'],
  'prisma reads .env': [database('prisma', { [`${project}/.env`]: `DATABASE_URL=${remote}` }), 'unknown'], 'prisma reads prisma/.env': [database('prisma', { [`${project}/prisma/.env`]: `DATABASE_URL="${local}"` }), 'local'], 'the environment wins over .env': [database('prisma', { [`${project}/.env`]: `DATABASE_URL=${local}` }, { DATABASE_URL: remote }), 'unknown'], 'prisma does not read .env.local': [database('prisma', { [`${project}/.env.local`]: `DATABASE_URL=${local}` }), 'unknown'],
  'the variable the schema names': [database('prisma', { [`${project}/prisma/schema.prisma`]: 'datasource db {\n url = env("PG_URL")\n}', [`${project}/.env`]: `PG_URL=${remote}\nDATABASE_URL=${local}` }), 'unknown'], 'a direct URL is the one migrations use': [database('prisma', { [`${project}/prisma/schema.prisma`]: 'url = env("DATABASE_URL")\n directUrl = env("DIRECT_URL")', [`${project}/.env`]: `DIRECT_URL=${remote}\nDATABASE_URL=${local}` }), 'unknown'],
  'prisma without anything': [database('prisma'), 'unknown'], 'a value made of others': [database('prisma', { [`${project}/.env`]: 'H=localhost\nDATABASE_URL=postgres://u@${H}/x' }), 'local'], 'a value made of something unknown': [database('prisma', { [`${project}/.env`]: 'DATABASE_URL=postgres://u@${H}/x' }), 'unknown'],
  'drizzle reads .env': [database('drizzle-kit', { [`${project}/.env`]: `DATABASE_URL=${local}` }), 'local'], 'drizzle reads the file its configuration names': [database('drizzle-kit', { [`${project}/drizzle.config.ts`]: "config({ path: '.env.production' }); export default { dbCredentials: { url: process.env.DATABASE_URL! } }", [`${project}/.env.production`]: `DATABASE_URL=${remote}`, [`${project}/.env`]: `DATABASE_URL=${local}` }), 'unknown'],
  'drizzle with a written URL': [database('drizzle-kit', { [`${project}/drizzle.config.ts`]: "export default { dbCredentials: { url: 'postgres://u@prod.example.com/x' } }" }), 'production'], 'a tool nobody knows': [database('some-orm'), 'unknown'],
});

const named = (system: string, name?: string, env: Readonly<Record<string, string>> = {}, files: Readonly<Record<string, string>> = {}): Case => ({ target: { by: 'named', system, ...(name === undefined ? {} : { name }) }, env, files });
const push = (name: string, scope?: string): Case => ({ target: { by: 'named', system: 'git', name, ...(scope === undefined ? {} : { scope }) } });
table('other systems', {
  'docker here': [named('docker'), 'local'], 'docker elsewhere': [named('docker', undefined, { DOCKER_HOST: 'ssh://me@prod.example.com' }), 'production'], 'docker by an alias': [named('docker', undefined, { DOCKER_HOST: 'ssh://web' }), 'unknown'], 'docker over a socket': [named('docker', undefined, { DOCKER_HOST: 'unix:///run/user/1/docker.sock' }), 'local'], 'a docker context': [named('docker', 'prod-swarm'), 'production'], 'the current docker context': [named('docker', undefined, {}, { [`${home}/.docker/config.json`]: '{"currentContext": "remote"}' }), 'unknown'],
  'an AWS profile': [named('aws', 'acme-prod'), 'production'], 'AWS_PROFILE': [named('aws', undefined, { AWS_PROFILE: 'staging' }), 'staging'], 'AWS without a profile': [named('aws'), 'unknown'], 'AWS on this machine': [named('aws', undefined, { AWS_ENDPOINT_URL: 'http://localhost:4566' }), 'local'],
  'a release branch': [push('origin', 'main'), 'production'], 'a branch for work': [push('origin', 'feature/x'), 'development'], 'no branch': [push('origin'), 'unknown'], 'a deployment remote': [push('production', 'feature/x'), 'production'],
  'an environment by name': [named('railway', 'staging'), 'staging'], 'somebody’s “local” in the cloud': [named('railway', 'local'), 'development'], 'no environment': [named('railway'), 'unknown'],
});

table('the policy’s own mapping', {
  'an exact id': [{ ...host('backboard.railway.com'), resource: { kind: 'volume', name: '3f9d-1' }, resources: [{ match: '3f9d-1', environment: 'staging' }] }, 'staging'], 'a glob': [{ ...host('db7.internal.example.com'), resources: [{ match: '*.internal.example.com', environment: 'production' }] }, 'production'], 'the first that fits': [{ ...host('db.example.com'), resources: [{ match: 'db.*', environment: 'staging' }, { match: '*', environment: 'local' }] }, 'staging'],
  'it comes before what a name says': [{ ...kube({ name: 'prod-demo' }), resources: [{ match: 'prod-demo', environment: 'development' }] }, 'development'], 'letter case aside': [{ ...host('DB.example.com'), resources: [{ match: 'db.Example.com', environment: 'staging' }] }, 'staging'], 'one that does not fit': [{ ...host('db.example.com'), resources: [{ match: 'example.com', environment: 'local' }] }, 'unknown'],
});

describe('evidence', () => {
  it('says what nobody knows', () => assert.deepEqual(located({ ...host('https://backboard.railway.com/graphql/v2'), resource: { kind: 'volume', name: '3f9d' } }).evidence, ['nothing says which environment backboard.railway.com’s volume 3f9d belongs to']));
  it('says where a connection was found', () => assert.deepEqual(located(database('prisma', { [`${project}/.env`]: `DATABASE_URL=${remote}` })).evidence.at(-1), 'DATABASE_URL in .env names host db.example.com'));
  it('needs none for a path', () => assert.deepEqual(located({ target: { by: 'path' } }).evidence, []));
  it('never holds a password', () => fc.assert(fc.property(fc.stringMatching(/^[A-Za-z0-9:/@?#%&=+~!-]{6,20}$/), fc.constantFrom('postgres://u:SECRET@db.example.com/x', 'mysql://u:SECRET@h:3306', 'host=db.example.com password=SECRET', 'mongodb+srv://u:SECRET@c.mongodb.net/?a=b', 'redis://:SECRET@h.example.com'), (secret, shape) => {
    const url = shape.replace('SECRET', encodeURIComponent(`${secret}Zq7`));
    const found = located(database('prisma', { [`${project}/.env`]: `DATABASE_URL="${url}"` }));
    assert.ok(!found.evidence.join(' ').includes('Zq7'), found.evidence.join(' '));
  })));
});

describe('small readers', () => {
  it('takes the host out of what names one', () => assert.deepEqual(['https://u:p@h.example.com:1/x?y', 'u@h', '[::1]:5', 'H.Example.Com.', 'a:b@c@h:1', ''].map(hostOf), ['h.example.com', 'h', '::1', 'h.example.com', 'h', '']));
  it('reads a dotenv file', () => assert.deepEqual([...readDotenv('# c\nexport A=1\nB="x # y"\nC=z # c\nD=\'$A\'\n bad line\nA=2')], [['A', '2'], ['B', 'x # y'], ['C', 'z'], ['D', '$A']]));
  it('reads compose services', () => assert.deepEqual(composeServicesIn('version: "3"\nservices:\n  db:\n    image: x\n    ports:\n      - 1\n  "web":\n    build: .\nvolumes:\n  data:\n'), ['db', 'web']));
  it('reads a kubeconfig whose items begin with their name', () => assert.equal(readKubeConfig('clusters:\n- name: a\n  cluster:\n    server: https://x\n- name: b\n  cluster: {}\ncurrent-context: "q"').servers.get('a'), 'https://x'));
  it('ends on any kubeconfig', () => fc.assert(fc.property(fc.string(), (text) => void readKubeConfig(text))));
});

describe('globs of a policy', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [['a.md', '!(*.md)', false], ['!a', '!a', true], ['#x', '#x', true], ['.env', '*', true], ['prod-1', 'prod-*', true], ['x', '{x,y}', true], ['a.b', 'a?b', true], ['axb', 'a.b', false]];
  for (const [text, pattern, wanted] of cases) it(`${pattern} ${wanted ? 'fits' : 'does not fit'} ${text}`, () => assert.equal(matchesGlob(text, pattern), wanted));
});
