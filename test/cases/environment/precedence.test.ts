import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import type { Environment } from '../../../src/core/effect.ts';
import { fakeWorld } from '../../unit/core/fake-world.ts';
import { findingOf, home, project } from './target-cases.ts';

/** How a tool is told its place, the strongest way first; each takes the name of an environment. */
interface Told {
  readonly command: string;
  readonly flag?: (name: string) => string;
  readonly variable?: readonly [name: string, value: (name: string) => string];
  readonly link?: (name: string) => readonly [path: string, text: string];
  /** Where nothing is said. */
  readonly standard?: Environment;
}

const context = (name: string): string => `contexts:\n- context:\n    cluster: c\n  name: shop-${name}\ncurrent-context: shop-${name}\n`;

const tools: Readonly<Record<string, Told>> = {
  kubectl: { command: 'kubectl delete deployment web', flag: (name) => `--context shop-${name}`, link: (name) => [`${home}/.kube/config`, context(name)] },
  helm: { command: 'helm uninstall web', flag: (name) => `--kube-context shop-${name}`, variable: ['HELM_KUBECONTEXT', (name) => `shop-${name}`], link: (name) => [`${home}/.kube/config`, context(name)] },
  aws: { command: 'aws ec2 terminate-instances --instance-ids i-1', flag: (name) => `--profile shop-${name}`, variable: ['AWS_PROFILE', (name) => `shop-${name}`], link: (name) => [`${home}/.aws/config`, `[default]\nrole_arn = arn:aws:iam::111122223333:role/${name}\n`] },
  gcloud: { command: 'gcloud sql instances delete orders', flag: (name) => `--project shop-${name}-1`, variable: ['CLOUDSDK_CORE_PROJECT', (name) => `shop-${name}-2`], link: (name) => [`${home}/.config/gcloud/configurations/config_default`, `[core]\nproject = shop-${name}-3\n`] },
  doctl: { command: 'doctl databases delete 1', flag: (name) => `--context shop-${name}`, variable: ['DIGITALOCEAN_CONTEXT', (name) => name], link: (name) => [`${home}/.config/doctl/config.yaml`, `context: shop-${name}\n`] },
  hcloud: { command: 'hcloud server delete box', flag: (name) => `--context ${name}`, variable: ['HCLOUD_CONTEXT', (name) => name], link: (name) => [`${home}/.config/hcloud/cli.toml`, `active_context = "${name}"\n`] },
  docker: { command: 'docker volume rm data', flag: (name) => `--context shop-${name}`, variable: ['DOCKER_CONTEXT', (name) => `shop-${name}`], link: (name) => [`${home}/.docker/config.json`, `{"currentContext":"shop-${name}"}`], standard: 'local' },
  terraform: { command: 'terraform destroy', variable: ['TF_WORKSPACE', (name) => name], link: (name) => [`${project}/.terraform/environment`, name] },
  pulumi: { command: 'pulumi stack rm', flag: (name) => `--stack ${name}`, variable: ['PULUMI_STACK', (name) => `acme/${name}`], link: (name) => [`${home}/.pulumi/workspaces/shop-${'0'.repeat(40)}-workspace.json`, `{"stack":"${name}"}`] },
  sst: { command: 'sst remove', flag: (name) => `--stage ${name}`, variable: ['SST_STAGE', (name) => name], link: (name) => [`${project}/.sst/stage`, name] },
  serverless: { command: 'serverless remove', flag: (name) => `--stage ${name}`, link: (name) => [`${project}/serverless.yml`, `service: shop\nprovider:\n  stage: ${name}\n`] },
  railway: { command: 'railway volume delete -v data', flag: (name) => `--environment ${name}`, link: (name) => [`${home}/.railway/config.json`, JSON.stringify({ projects: { [project]: { name: 'shop', project: 'p', environment: 'e', environmentName: name } } })] },
  fly: { command: 'fly volumes destroy vol_1', flag: (name) => `-a shop-${name}`, variable: ['FLY_APP', (name) => `shop-${name}`], link: (name) => [`${project}/fly.toml`, `app = "shop-${name}"\n`] },
  heroku: { command: 'heroku pg:reset', flag: (name) => `-a shop-${name}`, variable: ['HEROKU_APP', (name) => `shop-${name}`], link: (name) => [`${project}/.git/config`, `[remote "heroku"]\n\turl = https://git.heroku.com/shop-${name}.git\n`] },
  netlify: { command: 'netlify env:unset KEY', flag: (name) => `--site shop-${name}`, variable: ['NETLIFY_SITE_ID', (name) => `shop-${name}`], link: (name) => [`${project}/.netlify/state.json`, `{"siteId":"shop-${name}"}`] },
  convex: { command: 'npx convex import --replace-all data.zip', flag: (name) => `--deployment-name ${name}`, variable: ['CONVEX_DEPLOYMENT', (name) => `${name}:fox-1`], link: (name) => [`${project}/.env.local`, `CONVEX_DEPLOYMENT=${name}:fox-2\n`] },
  doppler: { command: 'doppler secrets delete KEY', flag: (name) => `-c ${name}`, variable: ['DOPPLER_CONFIG', (name) => name], link: (name) => [`${home}/.doppler/.doppler.yaml`, `scoped:\n  ${project}:\n    enclave.config: ${name}\n`] },
  vault: { command: 'vault kv delete secret/app', flag: (name) => `-address=https://vault.${name}.shop.example`, variable: ['VAULT_ADDR', (name) => `https://vault.${name}.shop.example`], standard: 'local' },
};

const environments: Readonly<Record<string, Environment>> = { prod: 'production', staging: 'staging', dev: 'development' };
const said = fc.option(fc.constantFrom(...Object.keys(environments)), { nil: undefined });

describe('flag before prefix before environment before link before default', () => {
  for (const [tool, told] of Object.entries(tools)) {
    it(`for ${tool}`, () => fc.assert(fc.property(said, said, said, said, (flag, prefix, exported, linked) => {
      const { variable, link } = told;
      const words = [...(variable && prefix ? [`${variable[0]}=${variable[1](prefix)}`] : []), told.command, ...(told.flag && flag ? [told.flag(flag)] : [])];
      const files = { ...(tool === 'pulumi' ? { [`${project}/Pulumi.yaml`]: { text: 'name: shop\n' } } : {}), ...(link && linked ? { [link(linked)[0]]: { text: link(linked)[1] } } : {}) };
      const world = fakeWorld({ files, folders: [project] });
      const strongest = (told.flag && flag) || (variable && prefix) || (variable && exported) || (link && linked);
      const finding = findingOf(world, words.join(' '), { env: variable && exported ? { [variable[0]]: variable[1](exported) } : {} });
      assert.ok(finding, words.join(' '));
      assert.equal(finding.environment, strongest ? environments[strongest] : (told.standard ?? 'unknown'), `${words.join(' ')}: ${finding.evidence.join('; ')}`);
    }), { numRuns: 60 }));
  }
});

describe('a file of another tool, however broken', () => {
  const paths = [`${home}/.kube/config`, `${home}/.aws/config`, `${home}/.railway/config.json`, `${project}/.vercel/project.json`, `${project}/wrangler.toml`, `${project}/fly.toml`, `${project}/serverless.yml`, `${project}/.terraform/terraform.tfstate`, `${project}/.git/config`, `${home}/.ssh/config`, `${home}/.docker/config.json`];
  const commands = ['kubectl delete ns web', 'aws s3 rb s3://data --force', 'railway volume delete -v data', 'vercel remove web --yes', 'wrangler delete', 'fly volumes destroy vol_1', 'serverless remove', 'terraform destroy', 'git push --mirror', 'heroku pg:reset', 'ssh web rm -rf /srv/app', 'docker context use x; docker volume rm data'];
  const text = fc.array(fc.oneof(fc.string(), fc.constantFrom('[', ']', '{', '}', '"', ':', '=', '\n', '  ', '- ', 'name', 'prod', '${', 'Host *', 'Include *', 'remote', 'url', '__proto__', 'constructor', '\uFEFF')), { maxLength: 40 }).map((parts) => parts.join(''));
  it('makes nothing local or fail', () => fc.assert(fc.property(fc.constantFrom(...paths), text, fc.constantFrom(...commands), (path, broken, command) => {
    const finding = findingOf(fakeWorld({ files: { [path]: { text: broken } }, folders: [project] }), command);
    assert.ok(finding);
    assert.notEqual(finding.rule, 'core/failed');
    if (finding.environment === 'local') assert.match(command, /docker|ssh/, `${path}: ${JSON.stringify(broken)}`);
  })));
});

describe('evidence', () => {
  it('never shows a secret that stands beside what it reads', () => fc.assert(fc.property(fc.stringMatching(/^[A-Za-z0-9]{12,24}$/), (random) => {
    const secret = `Zq7${random}`;
    const files = {
      [`${home}/.railway/config.json`]: JSON.stringify({ projects: { [project]: { name: 'shop', project: 'p', environment: 'e', environmentName: 'main' } }, user: { token: secret } }),
      [`${project}/.env.local`]: `CONVEX_DEPLOY_KEY=prod:fox|${secret}\n`,
      [`${project}/.git/config`]: `[remote "origin"]\n\turl = https://user:${secret}@github.com/acme/shop.git\n`,
      [`${project}/.terraform/terraform.tfstate`]: JSON.stringify({ backend: { config: { address: `https://u:${secret}@state.example/x`, path: `postgres://u:${secret}@db.example/x` } } }),
      [`${home}/.config/nats/context.txt`]: 'shop',
      [`${home}/.config/nats/context/shop.json`]: JSON.stringify({ url: `nats://u:${secret}@nats.example:4222` }),
    };
    const world = fakeWorld({ files: Object.fromEntries(Object.entries(files).map(([path, written]) => [path, { text: written }])), folders: [project] });
    for (const command of ['railway volume delete -v data', 'npx convex import --replace-all d.zip', 'git push --mirror origin', `git push --mirror https://u:${secret}@github.com/a/b.git`, 'terraform destroy', 'nats stream purge X -f', `vault kv delete -address=https://u:${secret}@vault.example x`, `docker -H ssh://u:${secret}@box.example volume rm x`, `CONVEX_DEPLOY_KEY='prod:fox|${secret}' npx convex import --replace-all d.zip`]) {
      const shown = findingOf(world, command)?.evidence.join('; ') ?? '';
      assert.ok(!shown.includes(secret), `${command}: ${shown}`);
    }
  }), { numRuns: 20 }));
});
