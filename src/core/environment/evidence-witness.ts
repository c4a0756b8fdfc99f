import type { World } from '../world.ts';

/** What was looked at on the way to an answer: watching it tells when the answer may have changed. */
export interface Witness {
  /** The same world, whose reads and listings are noted. */
  readonly world: World;
  /** Absolute paths of files that were asked for, there or not. */
  readonly files: ReadonlySet<string>;
  /** The last of them that had text. */
  readonly last: () => string | undefined;
  /** Absolute paths of folders whose names were asked for. */
  readonly folders: ReadonlySet<string>;
}

/** Notes what is asked of a world. */
export function witness(world: World): Witness {
  const files = new Set<string>();
  const folders = new Set<string>();
  let last: string | undefined;
  const noting: World = {
    ...world,
    read(path, limit) {
      files.add(path);
      const text = world.read(path, limit);
      if (text !== undefined) last = path;
      return text;
    },
    list(folder) {
      folders.add(folder);
      return world.list(folder);
    },
  };
  return { world: noting, files, folders, last: () => last };
}
