import type { DatabaseTarget } from '../../effect.ts';
import { joinPath } from '../../files/path.ts';
import type { Tunnel } from '../../tunnels.ts';
import type { World } from '../../world.ts';
import type { HostSurroundings } from '../host.ts';

const longestFile = 256 * 1024;

/** One connection a tool may open. */
export interface Connection {
  /** URL, connection string, host or file; undefined where something names it that nobody can read from here. */
  readonly text: string | undefined;
  /** `DATABASE_URL in .env`, without any of its secrets. */
  readonly from: string;
  /** Name of the database where the text holds none. */
  readonly database?: string | undefined;
  /** It can only be another machine: a bare name is then an account, never a service beside this one. */
  readonly hosted?: true;
  /** What a person would not expect of the way it was found. */
  readonly note?: string | undefined;
}

export interface DatabaseSurroundings extends HostSurroundings {
  readonly env: Readonly<Record<string, string>>;
  /** The environment the command itself was given; what differs from it the command has set. */
  readonly given?: Readonly<Record<string, string>>;
  readonly home: string | undefined;
  readonly world: World;
  /** Tunnels that the same command opens: what is at this machine's address may be at their other end. */
  readonly tunnels?: readonly Tunnel[];
}

/** How a tool finds the connections it would open; none where it would find none. */
export type Finder = (target: DatabaseTarget, around: DatabaseSurroundings) => readonly Connection[];

/** A path in the folder the tool runs in. */
export function inFolder(target: DatabaseTarget, path: string, { world }: DatabaseSurroundings): string {
  return joinPath(target.folder, path, world.platform);
}

export function readFile(path: string, { world }: DatabaseSurroundings): string | undefined {
  return world.read(path, longestFile);
}

/** A file with its text. */
export interface FoundFile {
  readonly path: string;
  /** As a person would name it. */
  readonly name: string;
  readonly text: string;
}

/** The first of some files of a folder that can be read. */
export function firstFile(names: readonly string[], target: DatabaseTarget, around: DatabaseSurroundings): FoundFile | undefined {
  for (const name of names) {
    const path = inFolder(target, name, around);
    const text = readFile(path, around);
    if (text !== undefined) return { path, name, text };
  }
  return undefined;
}
