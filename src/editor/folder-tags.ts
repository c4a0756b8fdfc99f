import type { Environment } from '../core/effect.ts';
import { type Evidence, proposedBy } from '../core/environment/evidence-source.ts';

/** A tag a person or a team can give a folder. */
export type Tag = Exclude<Environment, 'unknown'>;

export interface FolderTag {
  /** Absolute path. */
  readonly folder: string;
  readonly environment: Environment;
}

/** What a folder counts as, and who says so. What is only evidence is shown with a question mark and never makes anything less strict. */
export interface Standing {
  readonly environment: Environment;
  readonly by: 'person' | 'policy' | 'evidence';
}

/** From most to least strict. */
export const tags: readonly Tag[] = ['production', 'staging', 'development', 'local'];

/** The tag of the innermost tagged folder that holds a path. */
export function tagOf(path: string, tagged: readonly FolderTag[]): Environment | undefined {
  return innermost(path, tagged)?.environment;
}

/**
 * What a folder counts as: a tag, else what the evidence proposes.
 * @param tagged all tags in force
 * @param chosen those of them that the person chose
 */
export function standingOf(path: string, tagged: readonly FolderTag[], chosen: readonly FolderTag[], evidence: readonly Evidence[]): Standing | undefined {
  const tag = innermost(path, tagged);
  if (tag) return { environment: tag.environment, by: chosen.some(({ folder, environment }) => folder === tag.folder && environment === tag.environment) ? 'person' : 'policy' };
  const proposed = proposedBy(evidence);
  return proposed && { environment: proposed, by: 'evidence' };
}

/** The environment that evidence speaks of and a tag denies: a stricter one that others rely on. */
export function contradiction(standing: Standing | undefined, evidence: readonly Evidence[]): Tag | undefined {
  const proposed = proposedBy(evidence);
  const isTag = standing !== undefined && standing.by !== 'evidence';
  return isTag && (proposed === 'production' || proposed === 'staging') && isLessStrict(proposed, standing.environment) ? proposed : undefined;
}

/** True when a change of tag lets more through. A folder without a tag counts as production, as everything unknown does. */
export function isLessStrict(from: Environment | undefined, to: Environment | undefined): boolean {
  return rank(to) > rank(from);
}

/** True when a change of tag is one for a modal: it lets more through, or takes away a tag that warns. */
export function weakens(from: Environment | undefined, to: Environment | undefined): boolean {
  return isLessStrict(from, to) || (to === undefined && (from === 'production' || from === 'staging'));
}

/** The strictest of the tags of several folders. */
export function strictestTag(environments: readonly (Environment | undefined)[]): Tag | undefined {
  return tags.find((tag) => environments.includes(tag));
}

/** The tags with one folder's set, or taken away where `environment` is undefined. */
export function withTag(tagged: readonly FolderTag[], folder: string, environment: Environment | undefined): readonly FolderTag[] {
  const others = tagged.filter((tag) => tag.folder !== folder);
  return environment ? [...others, { folder, environment }] : others;
}

function rank(tag: Environment | undefined): number {
  return Math.max(0, tags.findIndex((known) => known === tag));
}

function innermost(path: string, tagged: readonly FolderTag[]): FolderTag | undefined {
  const holding = tagged.filter(({ folder }) => path === folder || path.startsWith(folder.endsWith('/') || folder.endsWith('\\') ? folder : `${folder}/`) || path.startsWith(`${folder}\\`));
  return holding.toSorted((a, b) => b.folder.length - a.folder.length)[0];
}
