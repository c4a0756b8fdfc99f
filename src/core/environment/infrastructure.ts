import { joinPath } from '../files/path.ts';
import { placeAws } from './aws.ts';
import { inHome, jsonIn, readAbove, readFile, readFirst, textAt, yamlScalar } from './config-files.ts';
import { readDotenv } from './dotenv.ts';
import { environmentClue, flagged, resourceClue, resourceNamed, setting, variable, type Asked, type Clue, type Place, type Placers, type Surroundings } from './placer.ts';

export const infrastructurePlacers: Placers = { pulumi: placePulumi, cdk: placeCdk, sst: placeSst, serverless: placeServerless };

const mostFiles = 64;

/** The stack: flag, PULUMI_STACK, then the one selected for the project's folder. https://www.pulumi.com/docs/iac/cli/commands/pulumi_stack_select/ */
function placePulumi(asked: Asked, around: Surroundings): Place {
  const cwd = setting(asked, 'folder');
  const inside = cwd === undefined ? around : { ...around, folder: joinPath(around.folder, cwd, around.world.platform) };
  const given = resourceNamed(asked, /^stack$/) ?? flagged(asked) ?? variable(around, 'PULUMI_STACK');
  const selected = given ? [] : selectedStacks(inside);
  // Two checkouts of one project look alike here: which of their stacks is meant nobody can tell.
  const ambiguous = selected.length > 1;
  return { clues: [given && { what: 'pulumi stack', ...given }, ...selected.map((stack) => ({ ...stack, ...(ambiguous ? { label: true } : {}) }))] };
}

/** The files are named after the project and a hash of its folder. */
function selectedStacks(around: Surroundings): readonly Clue[] {
  const { env, world } = around;
  const project = yamlScalar(readAbove(['Pulumi.yaml', 'Pulumi.yml'], around)?.text ?? '', 'name');
  const folder = env.PULUMI_HOME ? joinPath(env.PULUMI_HOME, 'workspaces', world.platform) : inHome(around, '.pulumi/workspaces')[0];
  if (project === undefined || folder === undefined) return [];
  const names = (world.list(folder) ?? []).filter((name) => name.startsWith(`${project}-`) && /^[0-9a-f]{40}-workspace\.json$/.test(name.slice(project.length + 1)));
  return names.slice(0, mostFiles).flatMap((name) => {
    const file = readFile(joinPath(folder, name, world.platform), around);
    const stack = textAt(jsonIn(file), 'stack');
    return stack === undefined || file === undefined ? [] : [{ what: 'pulumi stack', name: stack, from: 'selected in ~/.pulumi' }];
  });
}

/** Stacks in the command, what `-c` says of the environment, and the account of the AWS profile. https://docs.aws.amazon.com/cdk/v2/guide/cli.html */
function placeCdk(asked: Asked, around: Surroundings): Place {
  const account = placeAws(asked, around);
  const context = (asked.settings.context ?? []).flatMap((pair) => spokenIn(pair) ?? []);
  const file = readAbove(['cdk.json'], around);
  const configured = environmentKeys.flatMap((key) => {
    const name = textAt(jsonIn(file), 'context', key);
    return name === undefined || file === undefined || context.length > 0 ? [] : [{ what: `context ${key}`, name, from: file.from }];
  });
  const stack = resourceNamed(asked, /^stack$/);
  return { ...account, clues: [stack && { what: 'stack', ...stack }, ...context, ...configured, ...account.clues] };
}

/** Names of variables that say which environment is meant. */
export const environmentKeys: readonly string[] = ['env', 'environment', 'stage', 'workspace', 'env_name', 'environment_name', 'envName', 'environmentName', 'deployment_environment', 'deploy_env', 'account_name', 'profile', 'aws_profile', 'project', 'project_id', 'namespace'];

/** `env=prod`: a variable that says which environment is meant. */
export function spokenIn(pair: string): Clue | undefined {
  const equals = pair.indexOf('=');
  const key = pair.slice(0, Math.max(0, equals));
  return environmentKeys.includes(key) ? { what: key, name: pair.slice(equals + 1) } : undefined;
}

/** Flag, SST_STAGE (also in .env), then the stage noted in .sst/stage. https://sst.dev/docs/reference/cli/#stage */
function placeSst(asked: Asked, around: Surroundings): Place {
  const dotenv = readFirst(['.env'], around);
  const written = dotenv && readDotenv(dotenv.text).get('SST_STAGE');
  const noted = readFirst(['.sst/stage'], around);
  const stage = flagged(asked) ?? variable(around, 'SST_STAGE') ?? (written && dotenv ? { name: written, from: dotenv.from } : noted && { name: noted.text.trim(), from: noted.from });
  return { clues: [stage && environmentClue('stage', stage)] };
}

/** Flag, then `provider.stage` of the configuration, then `dev`. https://www.serverless.com/framework/docs/providers/aws/cli-reference/remove */
function placeServerless(asked: Asked, around: Surroundings): Place {
  const file = readFirst(setting(asked, 'config') === undefined ? ['serverless.yml', 'serverless.yaml'] : [setting(asked, 'config') as string], around);
  const text = file?.text ?? '';
  const written = yamlScalar(text, 'provider', 'stage');
  // `${opt:stage, 'prod'}`: what stands last counts where there is no flag. What is taken from elsewhere is not known here.
  const standard = written?.startsWith('${') ? /,\s*'?([\w-]+)'?\}$/.exec(written)?.[1] : written;
  const byFile = standard === undefined || file === undefined ? undefined : { name: standard, from: file.from };
  const stage = flagged(asked) ?? byFile ?? (written === undefined && file ? { name: 'dev', from: 'by default' } : undefined);
  const profile = setting(asked, 'profile') ?? yamlScalar(text, 'provider', 'profile');
  const service = yamlScalar(text, 'service');
  const account = profile === undefined ? undefined : placeAws({ ...asked, name: profile, from: '--aws-profile', settings: {} }, around);
  return { clues: [stage && environmentClue('stage', stage), ...(account?.clues ?? []), service === undefined ? undefined : { what: 'service', name: service, label: true }, resourceClue(asked)] };
}
