import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import type { Environment } from '../../../src/core/effect.ts';
import { proposedBy } from '../../../src/core/environment/evidence-source.ts';
import { readEvidence, workspaceEvidence } from '../../../src/core/environment/evidence.ts';
import { defaultPolicy } from '../../../src/core/policy/defaults.ts';
import type { ResourceMapping } from '../../../src/core/policy/policy.ts';
import { home, project } from './analysed.ts';
import { fakeWorld } from './fake-world.ts';

type Texts = Readonly<Record<string, string>>;
type Variables = Readonly<Record<string, string>>;

/** Paths are in the project, or in the home folder where they begin with `~/`. */
function worldOf(texts: Texts): ReturnType<typeof fakeWorld> {
  return fakeWorld({ files: Object.fromEntries(Object.entries(texts).map(([path, text]) => [path.startsWith('~/') ? home + path.slice(1) : path.startsWith('/') ? path : `${project}/${path}`, { text }])) });
}

const evidenceOf = (texts: Texts, env: Variables = {}): ReturnType<typeof workspaceEvidence> => workspaceEvidence(project, worldOf(texts), { HOME: home, ...env });

const kube = (context: string, server = 'https://10.1.2.3:6443'): string => `clusters:\n- cluster:\n    server: ${server}\n  name: c1\ncontexts:\n- context:\n    cluster: c1\n  name: ${context}\ncurrent-context: ${context}\n`;
const railway = (path: string, environmentName: string | null): string => JSON.stringify({ projects: { [path]: { projectPath: path, name: 'shop', project: '3f9d', environment: '77aa', environmentName } }, user: { token: 'rw-secret-token' } });
const remotes = (name: string, url: string): Texts => ({ '.git/HEAD': 'ref: refs/heads/main\n', '.git/config': `[remote "origin"]\n\turl = git@github.com:acme/shop.git\n[remote "${name}"]\n\turl = ${url}\n` });
const azure = (name: string): string => JSON.stringify({ subscriptions: [{ name: 'acme-production', isDefault: false }, { name, isDefault: true }] });

/** What is found, as `environment: evidence @ source`, and what is proposed. */
type Row = readonly [texts: Texts, proposed: Environment | undefined, evidence: RegExp | undefined, env?: Variables];

function table(title: string, rows: Readonly<Record<string, Row>>): void {
  suite(title, () => {
    for (const [what, [texts, proposed, evidence, env]] of Object.entries(rows)) {
      test(`${what} → ${proposed ?? 'no proposal'}`, () => {
        const found = evidenceOf(texts, env);
        const shown = found.map((item) => `${item.environment}: ${item.evidence} @ ${item.source}`).join('\n');
        assert.equal(proposedBy(found), proposed, shown);
        if (evidence === undefined) assert.equal(shown, '');
        else assert.match(shown, evidence);
      });
    }
  });
}

table('linked projects are evidence', {
  'railway production': [{ '~/.railway/config.json': railway(project, 'production') }, 'production', /production: linked Railway project “shop \/ production” is named like production @ .*\.railway\/config\.json/],
  'railway staging': [{ '~/.railway/config.json': railway(project, 'staging') }, 'staging', /“shop \/ staging”/],
  'railway in a folder above': [{ '~/.railway/config.json': railway(home, 'production') }, 'production', /Railway/],
  'railway in a folder below': [{ '~/.railway/config.json': railway(`${project}/api`, 'production') }, 'production', /Railway/],
  'railway elsewhere': [{ '~/.railway/config.json': railway('/home/dev/other', 'production') }, undefined, undefined],
  'railway in a folder with a like name': [{ '~/.railway/config.json': railway(`${project}-old`, 'production') }, undefined, undefined],
  'railway without a name': [{ '~/.railway/config.json': railway(project, null) }, undefined, /unknown: linked Railway project “shop”: nothing says/],
  'railway that is not JSON': [{ '~/.railway/config.json': '{' }, undefined, undefined],
  'vercel': [{ '.vercel/project.json': '{"projectId":"prj_1","orgId":"team_1","projectName":"shop"}' }, undefined, /unknown: linked Vercel project “shop”: nothing says/],
  'vercel named for staging': [{ '.vercel/project.json': '{"projectId":"prj_1","projectName":"shop-staging"}' }, 'staging', /@ \/home\/dev\/project\/\.vercel\/project\.json/],
  'supabase': [{ 'supabase/.temp/project-ref': 'abcdefghijklmnop\n' }, undefined, /unknown: linked Supabase project “abcdefghijklmnop”/],
  'fly': [{ 'fly.toml': 'app = "shop-prod"\nprimary_region = "ams"\n' }, 'production', /Fly app “shop-prod”/],
  'fly for staging in a file of its own': [{ 'fly.staging.toml': "app = 'shop-staging'\n" }, 'staging', /fly\.staging\.toml/],
  'fly in some other file': [{ 'butterfly.toml': 'app = "shop-prod"\n' }, undefined, undefined],
  'netlify': [{ '.netlify/state.json': '{"siteId":"1f2e"}' }, undefined, /unknown: linked Netlify site “1f2e”/],
  'firebase': [{ '.firebaserc': '{"projects":{"default":"shop-prod"}}' }, 'production', /Firebase project “shop-prod”/],
  'firebase with an alias in use': [{ '.firebaserc': '{"projects":{"default":"shop-prod","staging":"shop-7"}}', '~/.config/configstore/firebase-tools.json': JSON.stringify({ activeProjects: { [project]: 'staging' } }) }, 'staging', /“shop-7 \/ staging”/],
  'heroku by its remote': [remotes('production', 'https://git.heroku.com/shop.git'), 'production', /linked Heroku app “shop \/ production”/],
  'heroku by its app': [remotes('heroku', 'git@heroku.com:shop-staging.git'), 'staging', /Heroku app “shop-staging”/],
  'heroku in a worktree': [{ '.git': 'gitdir: /repo/.git/worktrees/shop\n', '/repo/.git/worktrees/shop/commondir': '../..\n', '/repo/.git/config': '[remote "prod"]\n url = https://git.heroku.com/shop.git\n' }, 'production', /@ \/repo\/\.git\/config/],
  'a remote that is not heroku': [remotes('production', 'git@github.com:acme/shop.git'), undefined, undefined],
  'nothing at all': [{ 'README.md': '# production' }, undefined, undefined],
});

table('what the machine’s tools are set to is evidence', {
  'kube production': [{ '~/.kube/config': kube('prod-eu') }, 'production', /production: kube context “prod-eu” .* @ .*\.kube\/config/],
  'kube in another file': [{ '/k/a': kube('prod-eu') }, 'production', /@ \/k\/a/, { KUBECONFIG: '/k/a' }],
  'kube on this machine': [{ '~/.kube/config': kube('kind-dev', 'https://127.0.0.1:6443') }, 'local', /local: kube context/],
  'kube nobody knows': [{ '~/.kube/config': kube('cluster-7') }, undefined, undefined],
  'docker here': [{ '~/.docker/config.json': '{"auths":{}}' }, undefined, undefined],
  'docker elsewhere': [{ '~/.docker/config.json': '{"currentContext":"prod-swarm"}' }, 'production', /docker context “prod-swarm”/],
  'docker by variable': [{}, 'production', /@ DOCKER_HOST$/, { DOCKER_HOST: 'ssh://me@web.prod.example.com' }],
  'an AWS profile': [{}, 'production', /AWS profile “acme-prod” .*is named like production @ AWS_PROFILE$/, { AWS_PROFILE: 'acme-prod' }],
  'an AWS profile that says nothing': [{}, undefined, undefined, { AWS_PROFILE: 'acme' }],
  'a terraform workspace': [{ '.terraform/environment': 'staging' }, 'staging', /terraform workspace “staging”/],
  'a terraform workspace below': [{ 'infra/.terraform/environment': 'prod' }, 'production', /@ .*infra\/\.terraform\/environment/],
  'the default terraform workspace': [{ '.terraform/environment': 'default' }, undefined, undefined],
  'TF_WORKSPACE': [{}, 'production', /@ TF_WORKSPACE$/, { TF_WORKSPACE: 'prod' }],
  'a gcloud project': [{ '~/.config/gcloud/active_config': 'work\n', '~/.config/gcloud/configurations/config_work': '[core]\naccount = me@example.com\nproject = acme-prod\n' }, 'production', /Google Cloud project “acme-prod”/],
  'a gcloud project in the default configuration': [{ '~/.config/gcloud/configurations/config_default': '[core]\nproject = acme-staging\n' }, 'staging', /Google Cloud project “acme-staging”/],
  'a gcloud configuration by variable': [{ '~/.config/gcloud/configurations/config_live': '[core]\nproject = acme\n' }, 'production', /gcloud configuration “live”/, { CLOUDSDK_ACTIVE_CONFIG_NAME: 'live' }],
  'a gcloud project that says nothing': [{ '~/.config/gcloud/configurations/config_default': '[core]\nproject = acme\n' }, undefined, undefined],
  'a Pulumi stack': [{}, 'production', /stack.*@ PULUMI_STACK$/, { PULUMI_STACK: 'prod' }],
  'a Doppler configuration': [{}, 'staging', /@ DOPPLER_CONFIG$/, { DOPPLER_PROJECT: 'shop', DOPPLER_CONFIG: 'stg' }],
  'a worker’s environment': [{}, 'production', /@ CLOUDFLARE_ENV$/, { CLOUDFLARE_ENV: 'production' }],
  'a Convex deployment': [{ '.env.local': 'CONVEX_DEPLOYMENT=prod:happy-otter-1\n' }, 'production', /Convex deployment “prod:happy-otter-1”/],
  'an Azure subscription': [{ '~/.azure/azureProfile.json': azure('acme-staging') }, 'staging', /Azure subscription “acme-staging”/],
  'an Azure subscription that says nothing': [{ '~/.azure/azureProfile.json': azure('Pay-As-You-Go') }, undefined, undefined],
});

const url = (host: string): string => `postgres://app:hunter2@${host}:5432/shop`;
table('dotenv files are evidence', {
  'a file for production': [{ '.env.production': 'STRIPE_KEY=x\n' }, 'production', /\.env\.production is named like production/],
  'a file for production that only a build reads': [{ '.env.production': 'VITE_API_URL=https://api.example.com\nNEXT_PUBLIC_TITLE=Shop\nNODE_ENV=production\n' }, undefined, undefined],
  'an example for production': [{ '.env.production.example': 'STRIPE_KEY=x\n' }, undefined, undefined],
  'an empty file for production': [{ '.env.production': '# STRIPE_KEY=\n' }, undefined, undefined],
  'a file for staging': [{ '.env.staging': 'STRIPE_KEY=x\n' }, 'staging', /\.env\.staging/],
  'what vercel pulled': [{ '.vercel/.env.production.local': 'KV_TOKEN=x\n' }, 'production', /\.env\.production\.local/],
  'a file for development': [{ '.env.development': 'STRIPE_KEY=x\n', '.env.test': 'A=b\n' }, undefined, undefined],
  'a production host': [{ '.env': `DATABASE_URL=${url('db.prod.example.com')}\n` }, 'production', /DATABASE_URL in \.env names host db\.prod\.example\.com, which counts as production/],
  'a host nobody knows': [{ '.env': `DATABASE_URL=${url('db.abc.supabase.co')}\n` }, undefined, /unknown: DATABASE_URL in \.env names host db\.abc\.supabase\.co: nothing says/],
  'a database on this machine': [{ '.env': `DATABASE_URL=${url('localhost')}\n` }, 'local', /local: DATABASE_URL/],
  'a database in a compose file': [{ '.env': `DATABASE_URL=${url('postgres')}\n` }, 'local', /host postgres/],
  'a service of the compose file': [{ '.env': `DATABASE_URL=${url('ledger')}\n`, 'compose.yaml': 'services:\n  ledger:\n    image: x\n' }, 'local', /host ledger/],
  'one here and one nobody knows': [{ '.env': `DATABASE_URL=${url('localhost')}\nREDIS_URL=rediss://:pw@cache.example.com:6380\n` }, undefined, /unknown: REDIS_URL/],
  'one here and one in production': [{ '.env': `DATABASE_URL=${url('localhost')}\nOLD_URL=${url('db.prod.example.com')}\n` }, 'production', /OLD_URL/],
  'a host by itself': [{ '.env': 'DB_HOST=db.prod.example.com\n' }, 'production', /DB_HOST in \.env names host db\.prod/],
  'an address a server listens on': [{ '.env': 'HOST=0.0.0.0\nAPP_URL=http://localhost:3000\n' }, undefined, undefined],
  'a web address that says nothing': [{ '.env': 'SENTRY_URL=https://o1.ingest.sentry.io/2\n' }, undefined, undefined],
  'a web address in production': [{ '.env': 'API_URL=https://api.prod.example.com/v1\n' }, 'production', /API_URL/],
  'an app of a workspace of packages': [{ 'apps/web/.env': `DATABASE_URL=${url('db.staging.example.com')}\n` }, 'staging', /@ .*apps\/web\/\.env/],
  'a value made of others': [{ '.env': 'H=db.prod.example.com\nDATABASE_URL=postgres://u:p@${H}/x\n' }, 'production', /db\.prod/],
  'a password with a slash': [{ '.env': 'DATABASE_URL=postgres://app:hun/ter2@db.prod.example.com/x\n' }, undefined, /a host nobody could read/],
  'a file that is something else': [{ '.environment': `DATABASE_URL=${url('db.prod.example.com')}\n`, '.envrc': 'export X=1\n' }, undefined, undefined],
});

const onBranch = (name: string): Texts => ({ '.git/HEAD': `ref: refs/heads/${name}\n` });
table('a branch called after an environment is evidence', {
  'production': [onBranch('production'), 'production', /branch “production” is named like production @ .*\.git\/HEAD/],
  'deploy/staging': [onBranch('deploy/staging'), 'staging', /deploy\/staging/],
  'develop': [onBranch('develop'), 'development', /develop/],
  'main': [onBranch('main'), undefined, undefined],
  'fix/prod-login': [onBranch('fix/prod-login'), undefined, undefined],
  'a detached head': [{ '.git/HEAD': '3f9d0c\n' }, undefined, undefined],
  'a folder inside the repository': [{ '/home/dev/.git/HEAD': 'ref: refs/heads/prod\n' }, 'production', /@ \/home\/dev\/\.git\/HEAD/],
});

suite('the policy places what names do not', () => {
  const cases: readonly (readonly [texts: Texts, mapping: ResourceMapping, proposed: Environment | undefined])[] = [
    [{ '.env': `DATABASE_URL=${url('db.abc.supabase.co')}\n` }, { match: '*.abc.supabase.co', environment: 'staging' }, 'staging'],
    [{ '.env': `DATABASE_URL=${url('db.example.com')}\n` }, { match: 'db.example.com', environment: 'production' }, 'production'],
    [{ '.vercel/project.json': '{"projectId":"prj_1","projectName":"shop"}' }, { match: 'shop', environment: 'production' }, 'production'],
    [{ 'fly.toml': 'app = "shop-prod"\n' }, { match: 'shop-prod', environment: 'development' }, 'development'],
    [{ 'fly.toml': 'app = "shop-prod"\n' }, { match: 'other', environment: 'development' }, 'production'],
  ];
  for (const [texts, mapping, proposed] of cases) test(`${Object.keys(texts).join()} with ${mapping.match} in ${mapping.environment} → ${proposed}`, () => assert.equal(proposedBy(workspaceEvidence(project, worldOf(texts), { HOME: home }, { ...defaultPolicy, resources: [mapping] })), proposed));
});

suite('evidence of several kinds', () => {
  test('stands strictest first, each once', () => {
    const found = evidenceOf({ '.env': `A_URL=${url('localhost')}\nDATABASE_URL=${url('db.example.com')}\n`, '.env.staging': 'KEY=x\n', 'apps/a/.env': `DATABASE_URL=${url('db.example.com')}\n`, '~/.kube/config': kube('prod') });
    assert.deepEqual(found.map(({ environment }) => environment), ['production', 'staging', 'unknown', 'local']);
  });
  test('is bounded', () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`.env.${at}`, `DATABASE_URL=${url(`db-${at}.prod.example.com`)}\n`]));
    assert.equal(evidenceOf(many).length, 24);
  });
  test('a name as long as a file stays short', () => assert.ok(evidenceOf({ 'fly.toml': `app = "${'prod-'.repeat(10_000)}"` }).every(({ evidence }) => evidence.length < 200)));
  test('names every place that was looked at, there or not', () => {
    const { files, folders } = readEvidence(project, worldOf({ '.env': 'A=b\n', '.git/HEAD': 'ref: refs/heads/main\n' }), { HOME: home }, defaultPolicy);
    for (const file of [`${project}/.env`, `${project}/.git/HEAD`, `${project}/.vercel/project.json`, `${home}/.kube/config`, `${home}/.railway/config.json`, `${home}/.docker/config.json`, `${home}/.config/gcloud/active_config`, `${home}/.azure/azureProfile.json`]) assert.ok(files.includes(file), file);
    assert.ok(folders.includes(project));
  });
});

suite('evidence never holds what is secret', () => {
  const shapes = ['DATABASE_URL=postgres://u:SECRET@db.prod.example.com/x', 'REDIS_URL=redis://:SECRET@h.example.com', 'API_URL=https://SECRET@api.prod.example.com', 'APP_KEY=SECRET', 'ENCRYPTION_KEY=SECRET', 'DATABASE_URL=postgres://aLongTokenWithoutAnyDotSECRET', 'AMQP_URL=amqp://a:SECRET:b@h.prod.example.com', 'DATABASE_URL=postgres://u@db.prod.example.com/x?password=SECRET', 'DATABASE_PASSWORD=SECRET', 'CONVEX_DEPLOY_KEY=prod:otter-1|SECRET'];
  test('whatever the password is made of', () => fc.assert(fc.property(fc.stringMatching(/^[A-Za-z0-9:/@?#%&=+~!_-]{4,20}$/), fc.constantFrom(...shapes), (secret, shape) => {
    const text = JSON.stringify(evidenceOf(Object.fromEntries(['.env.production', '.env.local'].map((file) => [file, `${shape.replace('SECRET', `Zq7/${secret}Zq7`)}\n`]))));
    assert.ok(!/zq7|longtoken/i.test(text), text);
  })));
  test('tokens in tools’ own files stay there', () => assert.doesNotMatch(JSON.stringify(evidenceOf({ '~/.railway/config.json': railway(project, 'production') })), /secret-token/));
});
