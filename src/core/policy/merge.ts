import type { Environment } from '../effect.ts';
import { isInside, isSame, joinPath, normalise, type Platform, platformOf } from '../files/path.ts';
import type { Policy, PolicySource, ResourceMapping, TableRow } from './policy.ts';

/** What one person or organisation says on top of the policy below. All of it is believed. */
export interface PolicyLayer {
  readonly table: readonly TableRow[];
  readonly resources: readonly ResourceMapping[];
  readonly tags: Policy['tags'];
  readonly hiddenFiles: readonly string[];
  readonly clearFiles: readonly string[];
}

/** What a workspace says, which a cloned repository or the agent itself may have written. */
export interface WorkspaceLayer {
  readonly resources: readonly ResourceMapping[];
  /** Folders relative to the workspace's own. */
  readonly tags: readonly { readonly folder: string; readonly environment: Environment }[];
  readonly hiddenFiles: readonly string[];
}

/** A layer's rows and mappings come before those below it, since the first that matches counts. */
export function withLayer(policy: Policy, layer: PolicyLayer, source: Exclude<PolicySource, 'built-in'>): Policy {
  return {
    ...policy,
    table: [...layer.table.map((row) => ({ ...row, source })), ...policy.table],
    resources: [...layer.resources, ...policy.resources],
    tags: [...layer.tags, ...policy.tags],
    hiddenFiles: [...policy.hiddenFiles, ...layer.hiddenFiles],
    clearFiles: [...policy.clearFiles, ...layer.clearFiles],
  };
}

/**
 * The policy with what a workspace may add to it. It may only tighten; what would loosen is left out and named in `problems`.
 * @param folder absolute path of the workspace folder
 */
export function withWorkspace(policy: Policy, workspace: WorkspaceLayer, folder: string): { readonly policy: Policy; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const platform = platformOf(folder);
  let { resources, tags } = policy;
  for (const mapping of workspace.resources) {
    const tightened = withResource(resources, mapping);
    if (tightened === undefined) problems.push(`${mapping.match} stays as it is: a workspace may only place it in a stricter environment.`);
    else resources = tightened;
  }
  for (const tag of workspace.tags) {
    const tagged = withTag(tags, { folder: joinPath(folder, tag.folder, platform), environment: tag.environment }, folder, platform);
    if (tagged === undefined) problems.push(`The tag of ${tag.folder} stays as it is: a workspace may only tag its own folders, and not against a person's choice.`);
    else tags = tagged;
  }
  const hidden = workspace.hiddenFiles.filter((pattern) => !takesBack(pattern));
  if (hidden.length < workspace.hiddenFiles.length) problems.push('Patterns that begin with "!" are left out: a workspace may hide files, not show them.');
  return { policy: { ...policy, resources, tags, hiddenFiles: [...policy.hiddenFiles, ...hidden] }, problems };
}

/** How much is at stake; unknown counts as production. */
const strictness: Readonly<Record<Environment, number>> = { local: 0, development: 1, staging: 2, production: 3, unknown: 3 };

/**
 * A mapping of the same words is tightened where it stands, so that it still yields to those before it. A new one can only be
 * production: it takes the place of whatever evidence would have said.
 */
function withResource(resources: readonly ResourceMapping[], mapping: ResourceMapping): readonly ResourceMapping[] | undefined {
  const at = resources.findIndex(({ match }) => match === mapping.match);
  const current = resources[at];
  if (strictness[mapping.environment] < strictness[current?.environment ?? 'unknown']) return undefined;
  return current === undefined ? [mapping, ...resources] : resources.with(at, mapping);
}

type Tags = Policy['tags'];

function withTag(tags: Tags, tag: Tags[number], folder: string, platform: Platform): Tags | undefined {
  const place = normalise(tag.folder, platform);
  if (!isInside(place, normalise(folder, platform), platform)) return undefined;
  if (tags.some((known) => isSame(known.folder, place, platform))) return undefined;
  const above = tags.filter((known) => isInside(place, known.folder, platform)).toSorted((a, b) => b.folder.length - a.folder.length)[0];
  if (above !== undefined && strictness[tag.environment] < strictness[above.environment]) return undefined;
  return [...tags, { folder: place, environment: tag.environment }];
}

/** In gitignore's syntax a leading `!` takes back what an earlier pattern said. */
function takesBack(pattern: string): boolean {
  return pattern.startsWith('!') || /[\r\n]/.test(pattern);
}
