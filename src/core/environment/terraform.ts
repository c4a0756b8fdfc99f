import { displayPath, isBelow, joinPath } from '../files/path.ts';
import { jsonIn, readFile, recordAt, unquoted, type ConfigFile } from './config-files.ts';
import { environmentKeys, spokenIn } from './infrastructure.ts';
import { environmentInName } from './named.ts';
import { resourceNamed, variable, type Asked, type Clue, type Place, type Placers, type Surroundings } from './placer.ts';

export const terraformPlacers: Placers = { terraform: placeWorkspace };

const mostFiles = 32;

/**
 * What terraform, tofu and terragrunt would work on: the workspace (`TF_WORKSPACE`, else the one selected in the folder), the variables
 * that speak of an environment as they would be set, where the state is kept, and what files and folders are called. The strictest of them wins.
 * https://developer.hashicorp.com/terraform/language/state/workspaces
 */
function placeWorkspace(asked: Asked, around: Surroundings): Place {
  const { folder, roots, world } = around;
  // Only the names below the workspace speak; the path to it is a matter of the person's own disk.
  const below = roots.some((root) => isBelow(folder, root, world.platform));
  return {
    clues: [
      asked.name === undefined ? resourceNamedWorkspace(asked) : { what: 'terraform is told', name: asked.name },
      asked.name === undefined ? workspaceClue(around) : undefined,
      ...(asked.settings.files ?? []).map((name) => ({ what: 'terraform is told', name })),
      asked.scope === undefined ? undefined : { what: 'terraform is told', name: asked.scope },
      ...variableClues(asked, around),
      ...stateClues(around),
      below ? folderClue(displayPath(folder, roots, undefined, world.platform)) : undefined,
    ],
  };
}

/** `live` is what many call the folder of everything that runs: `live/staging`. https://terragrunt.gruntwork.io/docs/getting-started/terminology/ */
function folderClue(path: string): Clue {
  const rest = path.replace(/(?:^|(?<=[\\/]))live[\\/]/g, '');
  return { what: 'folder', name: environmentInName(rest) === 'unknown' ? path : rest };
}

function resourceNamedWorkspace(asked: Asked): Clue | undefined {
  const named = resourceNamed(asked, /^workspace$/);
  return named && { what: 'terraform workspace', ...named };
}

function dataFolder({ env, folder, world }: Surroundings): string {
  return joinPath(folder, env.TF_DATA_DIR || '.terraform', world.platform);
}

function workspaceClue(around: Surroundings): Clue | undefined {
  const named = variable(around, 'TF_WORKSPACE');
  const file = named ? undefined : readFile(joinPath(dataFolder(around), 'environment', around.world.platform), around);
  const workspace = named ?? (file && { name: file.text.slice(0, 256).trim(), from: `selected ${file.from}` });
  return workspace === undefined || workspace.name === 'default' ? undefined : { what: 'terraform workspace', ...workspace };
}

/**
 * Variables as terraform sets them, the later the stronger: TF_VAR_…, terraform.tfvars, *.auto.tfvars in order, then -var and -var-file.
 * https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
 */
function variableClues(asked: Asked, around: Surroundings): readonly Clue[] {
  const { env, folder, world } = around;
  const set = new Map<string, Clue>();
  for (const key of environmentKeys) {
    const value = env[`TF_VAR_${key}`];
    if (value) set.set(key, { what: key, name: value, from: `from TF_VAR_${key}` });
  }
  const names = folder === '' ? [] : (world.list(folder) ?? []);
  const automatic = names.filter((name) => /\.auto\.tfvars(?:\.json)?$/.test(name)).slice(0, mostFiles);
  const given = (asked.settings.varFiles ?? []).slice(0, mostFiles);
  const files = ['terraform.tfvars', 'terraform.tfvars.json', ...automatic, ...given].flatMap((name) => readFile(name, around) ?? []);
  for (const file of files) for (const clue of assignedIn(file)) set.set(clue.what, clue);
  for (const clue of (asked.settings.variables ?? []).flatMap((pair) => spokenIn(pair) ?? [])) set.set(clue.what, clue);
  return [...set.values()];
}

/** `environment = "prod"` at the beginning of a line, or the same in JSON. */
function assignedIn(file: ConfigFile): readonly Clue[] {
  return file.text.split('\n').flatMap((line) => {
    const entry = /^[ \t]*"?(\w+)"?[ \t]*[=:][ \t]*("[^"$]*")/.exec(line);
    return entry && environmentKeys.includes(entry[1] as string) ? [{ what: entry[1] as string, name: unquoted(entry[2] as string), from: file.from }] : [];
  });
}

/** What a backend's settings name: the place where the state is. */
const stateKeys = ['key', 'bucket', 'prefix', 'workspace_key_prefix', 'profile', 'container_name', 'storage_account_name', 'resource_group_name', 'organization', 'hostname', 'name', 'schema_name', 'path', 'address'];

/** Where the state is kept: as noted by `terraform init`, else as the configuration says. https://developer.hashicorp.com/terraform/language/backend */
function stateClues(around: Surroundings): readonly Clue[] {
  const noted = readFile(joinPath(dataFolder(around), 'terraform.tfstate', around.world.platform), around);
  const settings = recordAt(jsonIn(noted), 'backend', 'config');
  if (noted && Object.keys(settings).length > 0) {
    const nested = recordAt({ workspaces: Array.isArray(settings.workspaces) ? (settings.workspaces as readonly unknown[])[0] : settings.workspaces }, 'workspaces');
    return stateKeys.flatMap((key) => [settings[key], nested[key]].filter((value) => typeof value === 'string' && value !== '').map((name) => ({ what: `state ${key}`, name: withoutCredentials(name as string), from: noted.from })));
  }
  return ['backend.tf', 'main.tf', 'terraform.tf', 'versions.tf', 'providers.tf', 'backend.hcl', 'terragrunt.hcl'].flatMap((name) => readFile(name, around) ?? []).flatMap((file) => backendIn(file)).slice(0, mostFiles);
}

/** The texts set in a backend or cloud block, as far as they are plain. */
function backendIn(file: ConfigFile): readonly Clue[] {
  const clues: Clue[] = [];
  let depth = file.path.endsWith('backend.hcl') ? 1 : 0;
  for (const line of file.text.split('\n').slice(0, 2000)) {
    if (depth === 0 && !/^\s*(?:backend\s+"|cloud\s*\{|remote_state\s*\{)/.test(line)) continue;
    const entry = /^[ \t]*(\w+)[ \t]*=[ \t]*"([^"]*)"/.exec(line);
    // A part that is put in when it runs says nothing here; what stands around it does.
    if (entry && stateKeys.includes(entry[1] as string)) clues.push({ what: `state ${entry[1]}`, name: withoutCredentials((entry[2] as string).replace(/\$\{[^}]*\}/g, '-')), from: file.from });
    depth += line.split('{').length - line.split('}').length;
    if (depth < 0) depth = 0;
  }
  return clues;
}

function withoutCredentials(address: string): string {
  return address.replace(/^(\w+:\/\/)[^/@]*@/, '$1').split('?')[0] as string;
}
