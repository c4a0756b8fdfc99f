import { isAbsolute, isInside, joinPath, type Platform } from '../files/path.ts';
import type { Input } from '../invocation.ts';
import type { FileFacts, GitFacts, KnownSecret, Losses, World } from '../world.ts';
import type { SecretSource } from './word.ts';

/** Files one action may write before it counts as too much to follow; later ones are forgotten. */
const mostFiles = 2_000;

/**
 * What an action has done to files by the point its analysis has reached: a later part reads what an earlier part
 * wrote, and a folder that was moved is still the same work under its new name. Paths are absolute, or relative to
 * a folder nobody knows.
 */
export class WrittenFiles {
  readonly #texts = new Map<string, string | undefined>();
  readonly #origins = new Map<string, string>();
  readonly #folders = new Set<string>();
  readonly #links = new Map<string, { readonly from: string; readonly mounted: boolean }>();
  readonly #secrets = new Map<string, SecretSource>();
  readonly #substituted = new Map<string, Input>();
  readonly #platform: Platform;
  constructor(platform: Platform) {
    this.#platform = platform;
  }

  has(path: string): boolean {
    return this.#texts.has(path);
  }

  /** The text written to a path; undefined where it cannot be foreseen: it was fetched or comes from a program. */
  text(path: string): string | undefined {
    return this.#texts.get(path);
  }

  /** @param text undefined where it cannot be foreseen */
  write(path: string, text: string | undefined): void {
    if (this.#texts.size < mostFiles || this.#texts.has(path)) this.#texts.set(path, text);
  }

  /** Notes that a file now holds a secret under a name that does not say so. */
  holdSecret(path: string, secret: SecretSource): void {
    if (this.#secrets.size < mostFiles) this.#secrets.set(path, secret);
  }

  /** The secret an earlier part of the action has put into a file. */
  secret(path: string): SecretSource | undefined {
    return this.#secrets.get(path) ?? this.#secrets.get(this.origin(path));
  }

  /** Keeps what the commands of a process substitution write; `written` is how it looks in the command. */
  substitute(written: string, output: Input): void {
    if (this.#substituted.size < mostFiles) this.#substituted.set(written, output);
  }

  substituted(written: string): Input | undefined {
    return this.#substituted.get(written);
  }

  move(from: string, to: string): void {
    if (from === to) return;
    const origin = this.origin(from);
    if (this.#texts.has(from)) {
      this.write(to, this.#texts.get(from));
      this.#texts.delete(from);
    } else this.#texts.delete(to);
    this.#origins.delete(from);
    if (this.#origins.size < mostFiles) this.#origins.set(to, origin);
  }

  makeFolder(path: string): void {
    if (this.#folders.size < mostFiles) this.#folders.add(path);
  }

  isFolder(path: string): boolean {
    return this.#folders.has(path);
  }

  /** True for a name that the action has moved something to. */
  isMovedTo(path: string): boolean {
    return this.#origins.has(path);
  }

  /** Notes that what lies below `to` is what lies below `from`. `mounted`: the name cannot be removed without what is below it. */
  link(from: string, to: string, mounted: boolean): void {
    if (this.#links.size < mostFiles) this.#links.set(to, { from, mounted });
  }

  /** Where a path leads through a link the action has made; `itself`: the link's own name is followed too. */
  linked(path: string, itself: boolean): readonly string[] {
    return [...this.#links].flatMap(([to, { from, mounted }]) => {
      if (!isInside(path, to, this.#platform)) return [];
      const below = path.slice(to.length).replace(/^[\\/]/, '');
      return below !== '' ? [joinPath(from, below, this.#platform)] : itself || mounted ? [from] : [];
    });
  }

  /** The path by which a file was known before the action moved it or a folder above it. */
  origin(path: string): string {
    let found = path;
    let longest = -1;
    for (const [to, from] of this.#origins) {
      if (to.length <= longest || !isInside(path, to, this.#platform)) continue;
      longest = to.length;
      const below = path.slice(to.length).replace(/^[\\/]/, '');
      found = below === '' ? from : joinPath(from, below, this.#platform);
    }
    return found;
  }

  /** Where everything at or below a path may lie on the disk, which knows nothing of moves: a move may also fail. */
  whereabouts(path: string): readonly string[] {
    if (this.#origins.size === 0) return [path];
    const movedBelow = [...this.#origins].flatMap(([to, from]) => (isInside(to, path, this.#platform) ? [from] : []));
    return [...new Set([path, this.origin(path), ...movedBelow])];
  }
}

/** The world as the action has changed it so far. */
class FollowedWorld implements World {
  readonly written: WrittenFiles;
  readonly platform: Platform;
  readonly sighted: boolean;
  readonly distant: boolean;
  readonly #world: World;
  constructor(world: World) {
    this.#world = world;
    this.platform = world.platform;
    this.sighted = world.sighted;
    this.distant = world.distant ?? false;
    this.written = new WrittenFiles(world.platform);
  }

  /** Where the disk has what the action has moved to a path. */
  #at(path: string): string {
    const origin = this.written.origin(path);
    return origin !== path && isAbsolute(origin, this.platform) && this.#world.stat(origin) ? origin : path;
  }

  stat(path: string): FileFacts | undefined {
    const { written } = this;
    const known = written.has(path) ? path : written.origin(path);
    if (written.has(known)) return { kind: 'file', size: written.text(known)?.length ?? 0 };
    if (written.isFolder(path)) return { kind: 'folder', size: 0 };
    // A path relative to an unknown folder is no path the disk may be asked about.
    return isAbsolute(path, this.platform) ? this.#world.stat(this.#at(path)) : undefined;
  }

  read(path: string, limit: number): string | undefined {
    const { written } = this;
    const known = written.has(path) ? path : written.origin(path);
    if (written.has(known)) return written.text(known)?.slice(0, limit);
    return isAbsolute(path, this.platform) ? this.#world.read(this.#at(path), limit) : undefined;
  }

  resolve(path: string): string {
    return this.#world.resolve(this.#at(path));
  }

  list(folder: string): readonly string[] | undefined {
    return this.#world.list(this.#at(folder));
  }

  losses(paths: readonly string[]): Losses | undefined {
    return this.#world.losses(paths.map((path) => this.#at(path)));
  }

  ignores(path: string): boolean | undefined {
    return this.#world.ignores(this.#at(path));
  }

  git(path: string): GitFacts | undefined {
    return this.#world.git(path);
  }

  secretsIn(text: string): readonly KnownSecret[] {
    return this.#world.secretsIn(text);
  }

  isTestValue(value: string): boolean {
    return this.#world.isTestValue?.(value) ?? false;
  }
}

/** The world, with what the action does to it followed. */
export function followWrites(world: World): World & { readonly written: WrittenFiles } {
  return new FollowedWorld(world);
}
