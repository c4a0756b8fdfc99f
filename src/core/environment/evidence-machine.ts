import type { TargetHint } from '../effect.ts';
import { joinPath } from '../files/path.ts';
import type { Evidence, Folder } from './evidence-source.ts';
import { targetOf } from './evidence-target.ts';
import { witness } from './evidence-witness.ts';

/** Folders of a project in which infrastructure is kept, beside the folder itself. */
const infrastructure = ['.', 'infra', 'infrastructure', 'terraform', 'tf', 'deploy', 'ops', 'iac'];

/** A tool that keeps a choice of its own: where commands without a target of their own would go. */
interface Tool {
  /** The name rules give it. */
  readonly system: string;
  /** Environment variables that make the choice where no file does. */
  readonly variables: readonly string[];
  /** Where it is used, relative to the folder. */
  readonly folders: readonly string[];
}

const tools: readonly Tool[] = [
  { system: 'kubernetes', variables: ['KUBECONFIG'], folders: ['.'] },
  { system: 'docker', variables: ['DOCKER_HOST', 'DOCKER_CONTEXT'], folders: ['.'] },
  { system: 'aws', variables: ['AWS_ENDPOINT_URL', 'AWS_PROFILE', 'AWS_DEFAULT_PROFILE'], folders: ['.'] },
  { system: 'gcloud', variables: ['CLOUDSDK_CORE_PROJECT', 'CLOUDSDK_ACTIVE_CONFIG_NAME'], folders: ['.'] },
  { system: 'azure', variables: [], folders: ['.'] },
  { system: 'doppler', variables: ['DOPPLER_CONFIG', 'DOPPLER_ENVIRONMENT'], folders: ['.'] },
  { system: 'convex', variables: ['CONVEX_DEPLOYMENT'], folders: ['.'] },
  { system: 'cloudflare', variables: ['CLOUDFLARE_ENV'], folders: ['.'] },
  { system: 'terraform', variables: ['TF_WORKSPACE', 'TF_VAR_env', 'TF_VAR_environment', 'TF_VAR_stage', 'TF_VAR_workspace'], folders: infrastructure },
  { system: 'pulumi', variables: ['PULUMI_STACK'], folders: infrastructure },
];

/** Contexts, workspaces and profiles of the tools on this machine, as far as their names say something. */
export function machineEvidence(around: Folder): readonly Evidence[] {
  return tools.flatMap((tool) => tool.folders.flatMap((folder) => chosenIn(tool, joinPath(around.folder, folder, around.world.platform), around)));
}

function chosenIn({ system, variables }: Tool, folder: string, around: Folder): readonly Evidence[] {
  const seen = witness(around.world);
  const target: TargetHint = { by: 'named', system, folder };
  const { environment, evidence } = targetOf(target, { ...around, world: seen.world });
  const source = seen.last() ?? variables.find((name) => around.env[name]);
  // That a tool works on this machine says nothing of where the rest goes; a cluster of one's own is set up for a purpose.
  const speaks = environment !== 'unknown' && (environment !== 'local' || system === 'kubernetes');
  return speaks && source !== undefined ? [{ environment, evidence, source }] : [];
}
