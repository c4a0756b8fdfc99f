import { joinPath } from '../files/path.ts';
import { isRecord } from '../json.ts';
import { inHome, jsonIn, readFile, readFirst, readSections, textAt, type ConfigFile } from './config-files.ts';
import { flagged, resourceClue, resourceNamed, setting, variable, type Asked, type Clue, type Place, type Placers, type Surroundings } from './placer.ts';

export const cloudPlacers: Placers = { azure: placeAzure, oci: placeOracle, ibmcloud: placeIbm };

/** The subscription and group az would work on. https://learn.microsoft.com/cli/azure/azure-cli-configuration */
function placeAzure(asked: Asked, around: Surroundings): Place {
  const file = readFirst(inAzureFolder(around, 'azureProfile.json'), around);
  const subscriptions = subscriptionsIn(file);
  const named = flagged(asked);
  // A resource id says in which subscription and group it is.
  const id = /\/subscriptions\/([^/\s]+)(?:\/resourceGroups\/([^/\s]+))?/i.exec(`${setting(asked, 'ids') ?? ''} ${asked.resource.name}`.slice(0, 2048));
  const wanted = id?.[1] ?? named?.name;
  const subscription = subscriptions.find((each) => (wanted === undefined ? each.standard : same(each.id, wanted) || same(each.name, wanted)));
  const from = wanted === undefined && file ? `selected ${file.from}` : named?.from;
  const clue = (what: string, name: string | undefined): Clue | undefined => (name === undefined ? undefined : { what, name, ...(from === undefined ? {} : { from }) });
  return {
    clues: [
      clue('Azure subscription', subscription?.name ?? wanted),
      clue('Azure subscription', subscription?.id),
      groupOf(asked, id?.[2], around),
      resourceClue(asked),
    ],
  };
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function subscriptionsIn(file: ConfigFile | undefined): readonly { readonly id: string; readonly name: string; readonly standard: boolean }[] {
  const list = jsonIn(file).subscriptions;
  if (!Array.isArray(list)) return [];
  return list.slice(0, 256).filter(isRecord).map((each) => ({ id: textAt(each, 'id') ?? '', name: textAt(each, 'name') ?? '', standard: each.isDefault === true }));
}

/** Flag, variable, the settings of the folder, then those of the person. */
function groupOf(asked: Asked, inId: string | undefined, around: Surroundings): Clue | undefined {
  const what = 'resource group';
  const given = inId ?? asked.scope ?? resourceNamed(asked, /^resource group$/)?.name;
  if (given !== undefined) return { what, name: given };
  const named = variable(around, 'AZURE_DEFAULTS_GROUP');
  if (named) return { what, ...named };
  const files = ['.azure/config', ...inAzureFolder(around, 'config')].flatMap((path) => readFile(path, around) ?? []);
  const file = files.find(({ text }) => readSections(text).get('defaults')?.has('group'));
  return file && { what, name: readSections(file.text).get('defaults')?.get('group') ?? '', from: file.from };
}

function inAzureFolder(around: Surroundings, name: string): readonly string[] {
  const given = around.env.AZURE_CONFIG_DIR;
  return given ? [joinPath(given, name, around.world.platform)] : inHome(around, `.azure/${name}`);
}

/** The tenancy and compartment oci would work on. https://docs.oracle.com/iaas/Content/API/SDKDocs/cliconfigure.htm */
function placeOracle(asked: Asked, around: Surroundings): Place {
  const file = readFirst([setting(asked, 'config') ?? around.env.OCI_CLI_CONFIG_FILE ?? ''].filter(Boolean).concat(inHome(around, '.oci/config')), around);
  const standard = readFirst(inHome(around, '.oci/oci_cli_rc'), around);
  const selected = readSections(standard?.text ?? '').get('OCI_CLI_SETTINGS')?.get('default_profile');
  const profile = flagged(asked) ?? variable(around, 'OCI_CLI_PROFILE') ?? { name: selected ?? 'DEFAULT', ...(standard && selected !== undefined ? { from: `selected ${standard.from}` } : {}) };
  const tenancy = variable(around, 'OCI_CLI_TENANCY')?.name ?? readSections(file?.text ?? '').get(profile.name)?.get('tenancy');
  return {
    clues: [
      profile.name === 'DEFAULT' ? undefined : { what: 'OCI profile', ...profile },
      tenancy === undefined ? undefined : { what: 'tenancy', name: tenancy },
      asked.scope === undefined ? undefined : { what: 'compartment', name: asked.scope },
      resourceClue(asked),
    ],
  };
}

/** The account and group ibmcloud is logged in to. https://cloud.ibm.com/docs/cli?topic=cli-ibmcloud_cli#ibmcloud_target */
function placeIbm(asked: Asked, around: Surroundings): Place {
  const folder = around.env.IBMCLOUD_HOME;
  const file = readFirst(folder ? [joinPath(folder, '.bluemix/config.json', around.world.platform)] : inHome(around, '.bluemix/config.json'), around);
  const config = jsonIn(file);
  const clue = (what: string, ...keys: readonly string[]): Clue | undefined => {
    const name = textAt(config, ...keys);
    return name === undefined || file === undefined ? undefined : { what, name, from: file.from };
  };
  const group = flagged(asked);
  return { clues: [clue('IBM Cloud account', 'Account', 'Name'), clue('IBM Cloud account', 'Account', 'GUID'), group ? { what: 'resource group', ...group } : clue('resource group', 'ResourceGroup', 'Name'), resourceClue(asked)] };
}
