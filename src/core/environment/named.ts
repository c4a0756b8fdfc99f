import type { Environment } from '../effect.ts';

/** An environment with the reason to believe in it, as one plain clause. */
export interface Belief {
  readonly environment: Environment;
  readonly evidence: string;
}

/** Words that name an environment, each only as a whole word. */
const words: Readonly<Record<string, Exclude<Environment, 'unknown'>>> = {
  prod: 'production', production: 'production', prd: 'production', live: 'production', produktion: 'production',
  staging: 'staging', stage: 'staging', stg: 'staging', stag: 'staging', uat: 'staging', preprod: 'staging', preproduction: 'staging', nonprod: 'staging', qa: 'staging', preview: 'staging',
  dev: 'development', development: 'development', develop: 'development', test: 'development', testing: 'development', tests: 'development', sandbox: 'development', ci: 'development', e2e: 'development',
  local: 'local', localhost: 'local', minikube: 'local', microk8s: 'local', colima: 'local', orbstack: 'local',
};

const order: readonly Environment[] = ['production', 'unknown', 'staging', 'development', 'local'];

/** The stricter of two environments; what is not known is stricter than anything but production. */
export function stricterEnvironment(a: Environment, b: Environment): Environment {
  return order.indexOf(a) <= order.indexOf(b) ? a : b;
}

/**
 * The environment a name speaks of: `eu-prod-2`, `my_app.staging`, `appProduction`. The strictest word in it wins.
 * `unknown` where no word does.
 */
export function environmentInName(name: string): Environment {
  const parts = name.slice(0, 512).replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase().split(/[^a-z0-9]+/).filter(Boolean);
  let found: Environment = 'unknown';
  for (const [index, part] of parts.entries()) {
    const word = Object.hasOwn(words, part) ? part : part.replace(/\d+$/, '');
    let environment = Object.hasOwn(words, word) ? words[word] : undefined;
    // `pre-prod` and `non-prod` are not production.
    if (environment === 'production' && ['pre', 'non', 'not'].includes(parts[index - 1] ?? '')) environment = 'staging';
    if (environment) found = found === 'unknown' ? environment : stricterEnvironment(found, environment);
  }
  return found;
}
