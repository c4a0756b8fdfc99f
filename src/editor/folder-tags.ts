import type { Environment } from '../core/effect.ts';

/** A tag a person or a team can give a folder. */
export type Tag = Exclude<Environment, 'unknown'>;

export interface FolderTag {
  /** Absolute path. */
  readonly folder: string;
  readonly environment: Environment;
}

/** From most to least strict. */
export const tags: readonly Tag[] = ['production', 'staging', 'development', 'local'];

/** The tag of the innermost tagged folder that holds a path. */
export function tagOf(path: string, tagged: readonly FolderTag[]): Environment | undefined {
  const holding = tagged.filter(({ folder }) => path === folder || path.startsWith(folder.endsWith('/') || folder.endsWith('\\') ? folder : `${folder}/`) || path.startsWith(`${folder}\\`));
  return holding.toSorted((a, b) => b.folder.length - a.folder.length)[0]?.environment;
}

/** True when a change of tag lets more through. A folder without a tag counts as production, as everything unknown does. */
export function isLessStrict(from: Environment | undefined, to: Environment | undefined): boolean {
  const rank = (tag: Environment | undefined): number => Math.max(0, tags.findIndex((known) => known === tag));
  return rank(to) > rank(from);
}

/** The tags with one folder's set, or taken away where `environment` is undefined. */
export function withTag(tagged: readonly FolderTag[], folder: string, environment: Environment | undefined): readonly FolderTag[] {
  const others = tagged.filter((tag) => tag.folder !== folder);
  return environment ? [...others, { folder, environment }] : others;
}
