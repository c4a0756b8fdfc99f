import { lstatSync, readdirSync, type Dirent } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { isMadeFolder } from '../../core/files/places.ts';
import type { Losses } from '../../core/world.ts';
import type { Bounds } from './bounds.ts';
import { commitsOnlyIn, parseStatus, repositoryRoot } from './git-facts.ts';
import type { Git } from './git.ts';
import { isUndecodableName } from './undecodable-name.ts';

/** More paths than this are not named to git; it is then asked about the whole repository. */
const mostPathspecs = 200;

interface Counts {
  files: number;
  bytes: number;
  untracked: number;
  dirty: number;
  ignored: number;
  unpushed: number;
  truncated: boolean;
}

type FileState = 'clean' | 'dirty' | 'untracked' | 'ignored';

/** A repository as far as the paths in question go. */
interface Tree {
  readonly root: string;
  stateOf(path: string): FileState;
}

/** Counts what goes with some paths: what git has, what it has not, and what lies in repositories below them. */
export function countLosses(paths: readonly string[], bounds: Bounds, git: Git): Losses {
  const counts: Counts = { files: 0, bytes: 0, untracked: 0, dirty: 0, ignored: 0, unpushed: 0, truncated: false };
  const tops = topmost(paths);
  const byRoot = new Map<string, string[]>();
  const outside: string[] = [];
  for (const path of tops) {
    const root = repositoryRoot(dirname(path)) ?? (repositoryRoot(path) === path ? path : undefined);
    if (root === undefined) outside.push(path);
    else byRoot.set(root, [...(byRoot.get(root) ?? []), path]);
  }
  const walker = new Walker(counts, bounds, git);
  for (const [root, inside] of byRoot) {
    const tree = readTree(root, inside, git);
    for (const path of inside) walker.visit(path, tree, 0);
  }
  for (const path of outside) walker.visit(path, undefined, 0);
  return counts;
}

/** The paths that lie in no other of them. */
function topmost(paths: readonly string[]): readonly string[] {
  const sorted = [...new Set(paths)].toSorted();
  const tops: string[] = [];
  for (const path of sorted) {
    const last = tops.at(-1);
    if (last === undefined || !(path.startsWith(last.endsWith(sep) ? last : last + sep))) tops.push(path);
  }
  return tops;
}

function readTree(root: string, paths: readonly string[], git: Git): Tree {
  const specs = paths.length > mostPathspecs ? [] : ['--', ...paths.map((path) => relative(root, path) || '.')];
  const answer = git.run(root, ['--literal-pathspecs', 'status', '--porcelain=v2', '-z', '--untracked-files=all', '--ignored=matching', '--no-renames', ...specs]);
  // Without git's word, nothing has a copy.
  if (answer?.status !== 0) return { root, stateOf: () => 'untracked' };
  const status = parseStatus(answer.output);
  const states = new Map<string, FileState>();
  for (const path of status.dirty) states.set(path, 'dirty');
  for (const path of status.untracked) states.set(path, 'untracked');
  for (const path of status.ignored) states.set(path.replace(/\/$/, ''), 'ignored');
  return {
    root,
    stateOf(path) {
      const name = relative(root, path).split(sep).join('/');
      const own = states.get(name) ?? states.get(`${name}/`);
      if (own) return own;
      // An ignored or untracked folder is listed once for all it holds.
      for (let at = name.lastIndexOf('/'); at > 0; at = name.lastIndexOf('/', at - 1)) {
        const above = states.get(name.slice(0, at)) ?? states.get(`${name.slice(0, at)}/`);
        if (above) return above;
      }
      return 'clean';
    },
  };
}

class Walker {
  readonly #counts: Counts;
  readonly #bounds: Bounds;
  readonly #git: Git;

  constructor(counts: Counts, bounds: Bounds, git: Git) {
    this.#counts = counts;
    this.#bounds = bounds;
    this.#git = git;
  }

  /** Counts a path and all below it; `tree` is the repository that holds it. */
  visit(path: string, tree: Tree | undefined, depth: number): void {
    const facts = lstatSync(path, { throwIfNoEntry: false });
    if (!facts) {
      if (isUndecodableName(path)) this.#count(path, 0, tree);
      return;
    }
    if (!facts.isDirectory()) this.#count(path, facts.size, tree);
    else this.#visitFolder(path, tree, depth);
  }

  #visitFolder(folder: string, tree: Tree | undefined, depth: number): void {
    const entries = depth > this.#bounds.depth ? undefined : readFolder(folder);
    if (!entries) {
      // What cannot be looked into may hold anything.
      this.#counts.truncated = true;
      return;
    }
    const own = entries.some((entry) => entry.name === '.git') ? this.#enterRepository(folder) : tree;
    for (const entry of entries) {
      if (this.#counts.truncated) return;
      const path = join(folder, entry.name);
      if (entry.name === '.git' && own !== tree) continue;
      if (!entry.isDirectory()) this.#count(path, undefined, own);
      else if (!this.#isMade(entry.name, path, own)) this.#visitFolder(path, own, depth + 1);
    }
  }

  /** A repository that goes as a whole takes its commits along. */
  #enterRepository(root: string): Tree {
    this.#counts.unpushed += commitsOnlyIn(root, this.#git);
    return readTree(root, [], this.#git);
  }

  /** Build output needs no counting; a tracked folder of that name is work. */
  #isMade(name: string, path: string, tree: Tree | undefined): boolean {
    return isMadeFolder(name) && (tree === undefined || tree.stateOf(path) === 'ignored');
  }

  #count(path: string, size: number | undefined, tree: Tree | undefined): void {
    if (this.#counts.files >= this.#bounds.files) {
      this.#counts.truncated = true;
      return;
    }
    this.#counts.files++;
    this.#counts.bytes += size ?? lstatSync(path, { throwIfNoEntry: false })?.size ?? 0;
    const state = tree?.stateOf(path) ?? 'untracked';
    if (state !== 'clean') this.#counts[state]++;
  }
}

function readFolder(folder: string): readonly Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return undefined;
  }
}
