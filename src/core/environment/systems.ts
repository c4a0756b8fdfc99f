import type { World } from '../world.ts';
import { beliefInHost, hostOf } from './host.ts';
import { beliefInName, environmentInName, type Belief } from './named.ts';

/** What a tool's own place in the world is found from. */
export interface SystemSurroundings {
  readonly env: Readonly<Record<string, string>>;
  readonly home: string | undefined;
  readonly world: World;
}

const longestConfig = 64 * 1024;
const localDockerContexts = /^(?:default|desktop-linux|desktop-windows|colima(?:-.+)?|orbstack|rancher-desktop|rootless|lima(?:-.+)?|podman(?:-.+)?)$/;

/** The machine docker would talk to. https://docs.docker.com/reference/cli/docker/#environment-variables */
export function placeDocker(name: string | undefined, { env, home, world }: SystemSurroundings): Belief | undefined {
  const endpoint = name !== undefined && /:\/\//.test(name) ? name : name === undefined ? env.DOCKER_HOST : undefined;
  if (endpoint !== undefined && endpoint !== '') {
    if (/^(?:unix|npipe|fd):\/\//.test(endpoint)) return { environment: 'local', evidence: 'docker is reached over a socket on this machine' };
    return beliefInHost(hostOf(endpoint), { services: [], login: true });
  }
  const context = name ?? env.DOCKER_CONTEXT ?? currentDockerContext(home, world) ?? 'default';
  if (localDockerContexts.test(context)) return { environment: 'local', evidence: `docker context “${context}” is this machine` };
  const believed = beliefInName('docker context', context);
  return believed?.environment === 'local' ? undefined : believed;
}

function currentDockerContext(home: string | undefined, world: World): string | undefined {
  const text = home === undefined ? undefined : world.read(`${home}/.docker/config.json`, longestConfig);
  return /"currentContext"\s*:\s*"([^"]+)"/.exec(text ?? '')?.[1];
}

/** The account the AWS tools would use. https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html */
export function placeAws(name: string | undefined, { env }: SystemSurroundings): Belief | undefined {
  const endpoint = name?.includes('://') ? name : env.AWS_ENDPOINT_URL;
  if (endpoint !== undefined) return beliefInHost(hostOf(endpoint), { services: [], login: false });
  const profile = name ?? env.AWS_PROFILE ?? env.AWS_DEFAULT_PROFILE;
  if (profile === undefined) return undefined;
  const believed = beliefInName('AWS profile', profile);
  return believed?.environment === 'local' ? undefined : believed;
}

const releaseBranch = /^(?:main|master|trunk|default|release(?:[-/].*)?|releases(?:[-/].*)?|gh-pages|HEAD)$/i;

/** A branch of a remote repository: `origin main`. A branch whose name is not one people release from is development. */
export function placeRemoteBranch(name: string | undefined): Belief | undefined {
  const [remote, branch] = name?.split(' ') ?? [];
  if (remote !== undefined && environmentInName(remote) === 'production') return { environment: 'production', evidence: `remote “${remote}” is named like production` };
  if (branch === undefined || branch === '') return undefined;
  const named = environmentInName(branch);
  if (releaseBranch.test(branch) || named === 'production') return { environment: 'production', evidence: `branch “${branch}” is one people release from` };
  return { environment: named === 'staging' ? 'staging' : 'development', evidence: `branch “${branch}” is named like ${named === 'staging' ? 'staging' : 'work in progress'}` };
}
