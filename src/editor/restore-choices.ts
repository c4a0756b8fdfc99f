import { dirname, sep } from 'node:path';
import type { Manifest } from '../vault/manifest.ts';

/** A part of a copy that a person can choose. */
export interface Choice {
  readonly label: string;
  readonly detail: string;
  /** Paths as the manifest has them; none for the repositories. */
  readonly files: readonly string[];
  /** Branches, stashes and index of all repositories. */
  readonly repositories: boolean;
}

/** More rows than this nobody reads: what lies together is one row then. */
const MOST = 500;

/** What of a copy can come back by itself: each file, or where there are many each folder, and what repositories hold. */
export function choicesOf({ entries, git }: Manifest, most = MOST): readonly Choice[] {
  const paths = entries.filter(({ type }) => type === 'file' || type === 'link').map(({ path }) => path);
  const filled = new Set(entries.map(({ path }) => dirname(path)));
  // No file brings it back.
  const empty = entries.filter(({ type, path }) => type === 'folder' && !filled.has(path)).map(({ path }) => path);
  const repositories = git.length === 0 ? [] : [{ label: '$(repo) Branches, stashes and index', detail: git.map(({ root }) => root).join(', '), files: [], repositories: true }];
  return [...rowsOf([...paths, ...empty], most), ...repositories];
}

function rowsOf(paths: readonly string[], most: number): readonly Choice[] {
  if (paths.length <= most) return paths.map((path) => ({ label: `$(file) ${nameOf(path)}`, detail: dirname(path), files: [path], repositories: false }));
  const folders = grouped(paths, most);
  const rows = folders.map(([folder, inside]) => ({ label: `$(folder) ${nameOf(folder)}`, detail: `${folder} · ${inside.length} files`, files: inside, repositories: false }));
  if (rows.length <= most) return rows;
  const rest = rows.slice(most - 1).flatMap(({ files }) => files);
  return [...rows.slice(0, most - 1), { label: '$(folder) Everything else', detail: `${rest.length} files`, files: rest, repositories: false }];
}

/** By the deepest folders of which there are few enough, or the topmost. */
function grouped(paths: readonly string[], most: number): readonly (readonly [folder: string, paths: readonly string[]])[] {
  const parts = paths.map((path) => dirname(path).split(sep));
  for (let depth = Math.max(...parts.map(({ length }) => length)); ; depth--) {
    const groups = new Map<string, string[]>();
    for (const [at, path] of paths.entries()) {
      const folder = (parts[at] ?? []).slice(0, depth).join(sep) || sep;
      const inside = groups.get(folder);
      if (inside) inside.push(path);
      else groups.set(folder, [path]);
    }
    if (groups.size <= most || depth <= 1) return [...groups];
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf(sep) + 1) || path;
}
