import { joinPath } from '../files/path.ts';
import { isRecord, parseJson } from '../json.ts';
import type { Evidence, Folder } from './evidence-source.ts';
import { evidenceInNames, longestFile, targetOf } from './evidence-target.ts';
import { witness } from './evidence-witness.ts';
import type { Belief } from './named.ts';

/** Folders of a project in which infrastructure is kept, beside the folder itself. */
const infrastructure = ['.', 'infra', 'infrastructure', 'terraform', 'tf', 'deploy', 'ops', 'iac'];

/** A tool that keeps a choice of its own: where commands without a target of their own would go. */
interface Tool {
  /** Environment variables that make the choice when no file does. */
  readonly variables: readonly string[];
  readonly place: (around: Folder) => Belief | undefined;
}

const tools: readonly Tool[] = [
  { variables: ['KUBECONFIG'], place: (around) => targetOf({ by: 'named', system: 'kubernetes' }, around) },
  // That docker runs here says nothing of where the rest goes.
  { variables: ['DOCKER_HOST', 'DOCKER_CONTEXT'], place: (around) => elsewhere(targetOf({ by: 'named', system: 'docker' }, around)) },
  { variables: ['AWS_ENDPOINT_URL', 'AWS_PROFILE', 'AWS_DEFAULT_PROFILE'], place: (around) => elsewhere(targetOf({ by: 'named', system: 'aws' }, around)) },
  ...infrastructure.map((name): Tool => ({
    variables: ['TF_WORKSPACE', 'TF_VAR_env', 'TF_VAR_environment', 'TF_VAR_stage', 'TF_VAR_workspace'],
    place: (around) => targetOf({ by: 'named', system: 'terraform', folder: joinPath(around.folder, name, around.world.platform) }, around),
  })),
  { variables: ['CLOUDSDK_CORE_PROJECT', 'CLOUDSDK_ACTIVE_CONFIG_NAME'], place: placeGcloud },
  { variables: [], place: placeAzure },
];

/** Contexts, workspaces and profiles of the tools on this machine, as far as their names say something. */
export function machineEvidence(around: Folder): readonly Evidence[] {
  return tools.flatMap(({ variables, place }) => {
    const seen = witness(around.world);
    const believed = place({ ...around, world: seen.world });
    const source = seen.last() ?? variables.find((name) => around.env[name]);
    return believed === undefined || believed.environment === 'unknown' || source === undefined ? [] : [{ ...believed, source }];
  });
}

function elsewhere(belief: Belief): Belief | undefined {
  return belief.environment === 'local' ? undefined : belief;
}

/** https://cloud.google.com/sdk/gcloud/reference/topic/configurations */
function placeGcloud({ env, home, world, policy }: Folder): Belief | undefined {
  const folder = env.CLOUDSDK_CONFIG || (env.APPDATA && world.platform === 'windows' ? joinPath(env.APPDATA, 'gcloud', world.platform) : home && joinPath(home, '.config/gcloud', world.platform));
  if (!folder) return undefined;
  const name = env.CLOUDSDK_ACTIVE_CONFIG_NAME || world.read(joinPath(folder, 'active_config', world.platform), 256)?.trim() || 'default';
  const configuration = world.read(joinPath(folder, `configurations/config_${name}`, world.platform), longestFile) ?? '';
  const project = env.CLOUDSDK_CORE_PROJECT || /^project\s*=\s*(\S+)/m.exec(configuration)?.[1];
  return evidenceInNames('gcloud project', [project, name === 'default' ? undefined : name], name, policy);
}

/** https://learn.microsoft.com/en-us/cli/azure/manage-azure-subscriptions-azure-cli */
function placeAzure({ env, home, world, policy }: Folder): Belief | undefined {
  const folder = env.AZURE_CONFIG_DIR || (home && joinPath(home, '.azure', world.platform));
  const profile = folder ? parseJson(world.read(joinPath(folder, 'azureProfile.json', world.platform), longestFile) ?? '') : undefined;
  const subscriptions: readonly unknown[] = isRecord(profile) && Array.isArray(profile.subscriptions) ? profile.subscriptions : [];
  const chosen = subscriptions.find((subscription) => isRecord(subscription) && subscription.isDefault === true);
  const name = isRecord(chosen) && typeof chosen.name === 'string' ? chosen.name : undefined;
  return evidenceInNames('Azure subscription', [name], 'azureProfile.json', policy);
}
