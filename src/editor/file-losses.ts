import { lstatSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isBelow, isInside, platformOf } from '../core/files/path.ts';
import { tryGit } from '../vault/git-run.ts';
import type { Vault } from '../vault/vault.ts';

/** How many files have to go at once for it to be told. */
export const MANY = 50;
/** Paths of one burst that are looked at. */
const MOST = 5_000;
/** Paths that may have been folders are looked for one by one. */
const MOST_FOLDERS = 200;

/** Paths that went or changed at about the same time. */
export class Burst {
  private readonly paths = new Set<string>();
  private readonly now: () => number;
  private first = 0;
  private last = 0;

  constructor(now: () => number) {
    this.now = now;
  }

  /** Takes a path down. True for the first of a burst. */
  add(path: string): boolean {
    this.last = this.now();
    const begins = this.paths.size === 0;
    if (begins) this.first = this.last;
    if (this.paths.size < MOST) this.paths.add(path);
    return begins;
  }

  /** Milliseconds since the last of them. */
  quietFor(): number {
    return this.now() - this.last;
  }

  /** The paths of the burst, which then is over, and how long it took in milliseconds. */
  take(): { readonly paths: readonly string[]; readonly took: number } {
    const paths = [...this.paths];
    this.paths.clear();
    return { paths, took: this.last - this.first };
  }
}

/** The files that went with these paths: of a folder that went as a whole the editor names only itself, and git knows what was in it. */
export async function filesBelow(folder: string, gone: readonly string[]): Promise<readonly string[]> {
  if (gone.length === 0 || gone.length > MOST_FOLDERS) return gone;
  const tracked = await listed(folder, ['--literal-pathspecs', 'ls-files', '-z', '--deleted', '--', ...gone.map((path) => relative(folder, path))]);
  return [...new Set([...gone.filter((path) => !tracked.some((name) => isBelow(join(folder, name), path, platformOf(path)))), ...tracked.map((name) => join(folder, name))])];
}

async function listed(folder: string, args: readonly string[], input?: string): Promise<readonly string[]> {
  const { status, output } = await tryGit(folder, args, input === undefined ? {} : { input }).catch(() => ({ status: 128, output: Buffer.alloc(0) }));
  return status === 0 ? output.toString('utf8').split('\0').filter(Boolean) : [];
}

/** Of files that changed or went those that hold nothing any more. */
export function lostAmong(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => {
    const facts = lstatSync(path, { throwIfNoEntry: false });
    return facts === undefined || (facts.isFile() && facts.size === 0);
  });
}

/** Where lost files can be had again. */
export interface Recoverable {
  /** Those that git has, as they last were in its index. */
  readonly inGit: readonly string[];
  /** Copies in the vault that hold others, by the id of the copy. */
  readonly inVault: ReadonlyMap<string, readonly string[]>;
  /** Those that git ignores: what builds and installs made. */
  readonly ignored: readonly string[];
}

/** Finds out what is left of the files of one folder. */
export async function findRecoverable(folder: string, lost: readonly string[], vault: Pick<Vault, 'list'>): Promise<Recoverable> {
  const names = lost.filter((path) => isInside(path, folder, platformOf(folder))).map((path) => relative(folder, path));
  const [modified, skipped] = await Promise.all([listed(folder, ['ls-files', '-z', '--modified', '--deleted']), listed(folder, ['check-ignore', '-z', '--stdin'], names.join('\0'))]);
  const [changed, ignored] = [new Set(modified), new Set(skipped)];
  const inGit = names.filter((name) => changed.has(name)).map((name) => join(folder, name));
  const left = new Set(lost.filter((path) => !inGit.includes(path)));
  const inVault = new Map<string, readonly string[]>();
  // The newest copy of each.
  for (const { id, entries } of left.size === 0 ? [] : await vault.list()) {
    const held = entries.filter(({ type, path }) => type === 'file' && left.delete(path)).map(({ path }) => path);
    if (held.length > 0) inVault.set(id, held);
  }
  return { inGit, inVault, ignored: names.filter((name) => ignored.has(name)).map((name) => join(folder, name)) };
}

/** Puts files back as git's index has them; of those that are there only empty ones are replaced. */
export async function restoreFromGit(folder: string, paths: readonly string[]): Promise<boolean> {
  const { status } = await tryGit(folder, ['checkout-index', '-f', '-z', '--stdin'], { input: lostAmong(paths).map((path) => relative(folder, path)).join('\0') });
  return status === 0;
}
