import { joinPath } from '../files/path.ts';
import { inConfigFolder, inHome, readFirst, readSections, type ConfigFile } from './config-files.ts';
import { flagged, resourceClue, resourceNamed, setting, variable, type Asked, type Clue, type Place, type Placers, type Surroundings } from './placer.ts';

export const gcloudPlacers: Placers = {
  gcloud: placeGcloud,
  bigquery(asked, around) {
    const project = flagged(asked) ?? bigqueryProject(asked, around);
    return placeGcloud({ ...asked, ...project }, around);
  },
};

/** The project gcloud, gsutil and bq would work on. https://cloud.google.com/sdk/docs/properties and https://cloud.google.com/sdk/docs/configurations */
function placeGcloud(asked: Asked, around: Surroundings): Place {
  const configuration = activeConfiguration(asked, around);
  const file = readFirst(inGcloudFolder(around, `configurations/config_${configuration.name}`), around);
  const settings = readSections(file?.text ?? '');
  const configured = settings.get('core')?.get('project');
  // A table or dataset may carry its project: `shop-prod:sales.orders`.
  const qualified = /^([a-z][a-z0-9.:-]{4,40})[:.][\w-]+/.exec(asked.resource.name)?.[1];
  const named = resourceNamed(asked, /^project$/) ?? flagged(asked) ?? variable(around, 'CLOUDSDK_CORE_PROJECT');
  const project = named ?? (configured === undefined || file === undefined ? undefined : { name: configured, from: file.from });
  return {
    clues: [
      project && { what: 'Google Cloud project', ...project },
      // The name of the configuration says something of the project only where the project comes from it.
      configuration.name === 'default' ? undefined : { what: 'gcloud configuration', ...configuration, ...(named ? { label: true } : {}) },
      qualified === undefined ? undefined : { what: 'Google Cloud project', name: qualified, label: true },
      resourceClue(asked),
    ],
  };
}

function activeConfiguration(asked: Asked, around: Surroundings): Omit<Clue, 'what'> {
  const given = setting(asked, 'configuration');
  if (given !== undefined) return { name: given, from: 'from --configuration' };
  const named = variable(around, 'CLOUDSDK_ACTIVE_CONFIG_NAME');
  if (named) return named;
  const file = readFirst(inGcloudFolder(around, 'active_config'), around);
  const active = file?.text.trim();
  return active && file ? { name: active, from: `selected ${file.from}` } : { name: 'default' };
}

function inGcloudFolder(around: Surroundings, path: string): readonly string[] {
  const given = around.env.CLOUDSDK_CONFIG;
  return given ? [joinPath(given, path, around.world.platform)] : inConfigFolder(around, `gcloud/${path}`);
}

/** https://cloud.google.com/bigquery/docs/bq-command-line-tool#setting_default_values_for_command-line_flags */
function bigqueryProject(asked: Asked, around: Surroundings): Omit<Clue, 'what'> | undefined {
  const given = setting(asked, 'bigqueryrc') ?? around.env.BIGQUERYRC;
  const file: ConfigFile | undefined = readFirst(given ? [given] : inHome(around, '.bigqueryrc'), around);
  const project = /^[ \t]*(?:--)?project_id[ \t]*=[ \t]*(\S+)/m.exec(file?.text.split(/^\[/m)[0] ?? '')?.[1];
  return project === undefined || file === undefined ? undefined : { name: project, from: file.from.replace(/^in /, '') };
}
