import { inHome, readFirst, readSections, type Section } from './config-files.ts';
import { placeHost } from './hosts.ts';
import { flagged, resourceClue, setting, variable, type Asked, type Clue, type Place, type Placers, type Surroundings } from './placer.ts';

export const awsPlacers: Placers = { aws: placeAws };

const mostProfiles = 4;

/**
 * The account the AWS tools would use: by profile, or by keys in the environment, which count for more than AWS_PROFILE and less than --profile.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html
 */
export function placeAws(asked: Asked, around: Surroundings): Place {
  const file = configFile(around);
  const config = readSections(file?.text ?? '');
  const given = flagged(asked);
  const profile = given ?? variable(around, 'AWS_PROFILE', 'AWS_DEFAULT_PROFILE') ?? { name: 'default', from: 'by default' };
  const section = sectionOf(config, profile.name);
  const endpoint = endpointOf(asked, section, around);
  const reached = endpoint && placeHost('AWS endpoint', endpoint.name, endpoint.from);
  if (reached?.sure) return reached;
  const byKeys = given === undefined && variable(around, 'AWS_ACCESS_KEY_ID') !== undefined;
  const labels: readonly (Clue | undefined)[] = [profile.name === 'default' ? undefined : { what: 'AWS profile', ...profile }, ...(section ? cluesOf(section, config, file?.from ?? '') : [])];
  return {
    clues: [
      ...labels.map((clue) => (clue && byKeys ? { ...clue, label: true } : clue)),
      // An endpoint of one's own is where the call goes, whatever account the profile is of.
      ...(reached?.clues ?? []),
      ...accountsIn(asked.resource.name),
      resourceClue(asked),
    ],
  };
}

function configFile(around: Surroundings): ReturnType<typeof readFirst> {
  const { AWS_CONFIG_FILE: given } = around.env;
  return readFirst(given ? [given] : inHome(around, '.aws/config'), around);
}

/** https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html */
function sectionOf(config: ReadonlyMap<string, Section>, profile: string): Section | undefined {
  return config.get(`profile ${profile}`) ?? (profile === 'default' ? config.get('default') : undefined);
}

/** Account and role of a profile, and those of the profiles it takes its credentials from. */
function cluesOf(profile: Section, config: ReadonlyMap<string, Section>, from: string): readonly Clue[] {
  const clues: Clue[] = [];
  const seen = new Set<Section>();
  for (let at: Section | undefined = profile; at && !seen.has(at) && seen.size < mostProfiles; at = sectionOf(config, at.get('source_profile') ?? '')) {
    // Whoever takes a role works where the role is; the source only lends its credentials.
    const label = seen.size > 0;
    seen.add(at);
    const role = /^arn:[^:]*:iam::(\d{12}):role\/(.+)$/.exec(at.get('role_arn') ?? '');
    const named: readonly (readonly [string, string | undefined])[] = [
      ['AWS account', role?.[1] ?? at.get('sso_account_id')], ['role', role?.[2] ?? at.get('sso_role_name')],
      ['SSO account', at.get('sso_account_name')], ['source profile', at.get('source_profile')],
    ];
    for (const [what, name] of named) if (name !== undefined && name !== '') clues.push({ what, name, from, ...(label || what === 'source profile' ? { label: true } : {}) });
  }
  return clues;
}

/** Flag, variable of the service, variable of all, then the profile's own. https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
function endpointOf(asked: Asked, section: Section | undefined, around: Surroundings): { readonly name: string; readonly from?: string } | undefined {
  // https://docs.localstack.cloud/aws/integrations/aws-native-tools/aws-cli/
  const flag = setting(asked, 'endpoint') ?? (asked.program === 'awslocal' ? 'http://localhost:4566' : undefined);
  if (flag !== undefined) return { name: flag };
  if (/^true$/i.test(around.env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS ?? '')) return undefined;
  const service = serviceOf(setting(asked, 'service') ?? '');
  const byVariable = variable(around, ...(service === '' ? [] : [`AWS_ENDPOINT_URL_${service.toUpperCase()}`]), 'AWS_ENDPOINT_URL');
  if (byVariable) return byVariable;
  // A section of services gives each its own, which is not read here.
  const configured = section?.has('services') ? undefined : section?.get('endpoint_url');
  return configured === undefined ? undefined : { name: configured };
}

/** The name of a service in variables. */
function serviceOf(command: string): string {
  const service = command === 's3api' ? 's3' : command;
  return service.replaceAll('-', '_');
}

/** Accounts in an ARN or the address of a queue. */
function accountsIn(name: string): readonly Clue[] {
  return [...name.slice(0, 2048).matchAll(/(?:^|[:/])(\d{12})(?=[:/]|$)/g)].slice(0, 4).map((match) => ({ what: 'AWS account', name: match[1] as string }));
}
