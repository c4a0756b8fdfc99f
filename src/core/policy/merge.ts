import type { Environment } from '../effect.ts';
import { isInside, isSame, joinPath, normalise, platformOf } from '../files/path.ts';
import type { BackupCommands } from './backups.ts';
import type { CountCommand } from './counts.ts';
import type { AllowRule, Policy, ResourceMapping, TableRow } from './policy.ts';
import { isStricter } from './strictness.ts';

/** What a file may say that can only make the policy stricter. */
export interface TighteningLayer {
  readonly table: readonly TableRow[];
  readonly resources: readonly ResourceMapping[];
  /** Absolute folders, or relative to the workspace's own. */
  readonly tags: Policy['tags'];
  readonly hiddenFiles: readonly string[];
}

/** What a person or an organisation says. All of it is believed. */
export interface PolicyLayer extends TighteningLayer {
  readonly allow: readonly AllowRule[];
  readonly clearFiles: readonly string[];
  readonly counts: readonly CountCommand[];
  readonly backups: readonly BackupCommands[];
}

/** A policy with something added, and what of it was left out, one sentence each. */
export interface Merged {
  readonly policy: Policy;
  readonly problems: readonly string[];
}

/**
 * A person's or an organisation's layer on the policy below. Layers are put on from the strongest down, the managed one first: what came
 * before keeps its word, as its rows stand beside the new ones, its mappings before them and its hidden files after them.
 */
export function withLayer(policy: Policy, layer: PolicyLayer, source: 'user' | 'managed'): Merged {
  const { tags, problems } = withTags(policy.tags, layer.tags, undefined);
  return {
    policy: {
      ...policy,
      table: [...policy.table, ...layer.table.map((row) => ({ ...row, source }))],
      resources: [...policy.resources, ...layer.resources],
      tags,
      allow: [...policy.allow, ...layer.allow.map((rule) => ({ ...rule, source }))],
      // In gitignore's syntax the last pattern that fits counts, and one that begins with "!" takes back what stands before it.
      hiddenFiles: [...layer.hiddenFiles, ...policy.hiddenFiles],
      clearFiles: [...policy.clearFiles, ...layer.clearFiles],
      counts: [...policy.counts, ...layer.counts],
      backups: [...policy.backups, ...layer.backups],
    },
    problems,
  };
}

/**
 * The policy with what can only make it stricter: for every action, what is decided is at least as strict as without. What would loosen
 * has no effect, and where that can be told beforehand it is named in `problems`.
 * @param folder absolute path of the workspace folder the layer is for; undefined for a file of the whole machine
 */
export function withTightening(policy: Policy, layer: TighteningLayer, source: 'user' | 'managed' | 'team', folder?: string): Merged {
  const { tags, problems } = withTags(policy.tags, layer.tags, folder);
  const hidden = layer.hiddenFiles.filter((pattern) => !takesBack(pattern));
  const loosening = layer.table.some(({ decision }) => decision === 'allow') || layer.resources.some(({ environment }) => environment === 'local');
  return {
    policy: {
      ...policy,
      table: [...policy.table, ...layer.table.map((row) => ({ ...row, source, tightens: true as const, ...(folder !== undefined && row.paths ? { folder } : {}) }))],
      raises: [...policy.raises, ...layer.resources],
      tags,
      hiddenFiles: [...policy.hiddenFiles, ...hidden],
    },
    problems: [
      ...problems,
      ...(hidden.length < layer.hiddenFiles.length ? ['Patterns that begin with "!" are left out: this file may hide files, not show them.'] : []),
      ...(loosening ? ['Rows that allow and resources placed in local have no effect: this file may only make things stricter.'] : []),
    ],
  };
}

type Tags = Policy['tags'];

/** Tags that do not loosen what a stronger layer has said of a folder. */
function withTags(known: Tags, added: Tags, folder: string | undefined): { readonly tags: Tags; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const tags: { folder: string; environment: Environment }[] = [...known];
  for (const tag of added) {
    const place = folder === undefined ? tag.folder : joinPath(folder, tag.folder, platformOf(folder));
    const problem = problemOfTag(known, { folder: place, environment: tag.environment }, folder);
    if (problem === undefined) tags.push({ folder: folder === undefined ? place : normalise(place, platformOf(place)), environment: tag.environment });
    else problems.push(`The tag of ${tag.folder} has no effect: ${problem}`);
  }
  return { tags, problems };
}

function problemOfTag(known: Tags, tag: Tags[number], folder: string | undefined): string | undefined {
  const platform = platformOf(tag.folder);
  if (folder !== undefined && !isInside(tag.folder, folder, platform)) return 'a workspace may only tag its own folders.';
  if (known.some((other) => isSame(other.folder, tag.folder, platform))) return 'the folder is tagged by somebody with more say.';
  const above = known.filter((other) => isInside(tag.folder, other.folder, platform)).toSorted((a, b) => b.folder.length - a.folder.length)[0];
  return above !== undefined && isStricter(above.environment, tag.environment) ? `${above.folder} is ${above.environment}, and this file may only be stricter.` : undefined;
}

function takesBack(pattern: string): boolean {
  return pattern.startsWith('!') || /[\r\n]/.test(pattern);
}
