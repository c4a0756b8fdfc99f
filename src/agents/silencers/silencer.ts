import { join, resolve } from 'node:path';
import { parse } from 'jsonc-parser';
import * as z from 'zod/mini';

/** What can be seen around an agent, as far as it decides whether the agent runs hooks. */
export interface Surroundings {
  readonly home: string;
  /** Absolute paths of the folders it would work in. */
  readonly folders: readonly string[];
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A file's text; undefined where there is none that can be read. */
  read(file: string): string | undefined;
  /** Names in a folder; none where there is no such folder. */
  list(folder: string): readonly string[];
  /** The value of an editor's setting; undefined where no editor is asked. */
  setting(id: string): unknown;
}

/** Something that keeps an agent from running our hooks though they are installed. */
export interface Silence {
  /** A sentence for a person. */
  readonly why: string;
  /** Where it is said. */
  readonly file?: string;
  /** Hooks that an administrator has put in place are silenced too. */
  readonly managedToo?: true;
}

/** Finds what silences an agent's hooks. */
export type Silencer = (around: Surroundings) => readonly Silence[];

/** A JSON file, comments allowed, in the shape given; undefined where it is not there or has another. */
export function jsonFile<Schema extends z.ZodMiniType>(around: Surroundings, file: string, schema: Schema): z.output<Schema> | undefined {
  const text = around.read(file);
  return text === undefined ? undefined : schema.safeParse(parse(text, [], { allowTrailingComma: true })).data;
}

const Switch = z.object({ disableAllHooks: z.literal(true) });

/** The files in which `disableAllHooks` is true. */
export function allHooksDisabled(around: Surroundings, files: readonly string[]): readonly Silence[] {
  return files.filter((file) => jsonFile(around, file, Switch) !== undefined).map((file) => ({ why: `disableAllHooks is true in ${file}, so no hook is run. Set it to false there.`, file }));
}

/** A variable that has the agent read its settings from another folder than the one our hooks are in. `who`: what of the agent reads them there. */
export function movedBy(around: Surroundings, variable: string, usual: string, who = 'it'): readonly Silence[] {
  const folder = around.env[variable];
  return folder && resolve(folder) !== usual ? [{ why: `${variable} is set, so ${who} reads its settings from ${folder} and not from ${usual}, where the hooks are. Start it without ${variable}.` }] : [];
}

/** The same for agents whose settings lie in the person's folder for settings, wherever that is. */
export function movedWithSettings(around: Surroundings): readonly Silence[] {
  return movedBy(around, 'XDG_CONFIG_HOME', join(around.home, '.config'));
}

/** A variable that starts the agent without plugins, set to one of these words. */
export function startedWithoutPlugins({ env }: Surroundings, variable: string, words: readonly string[]): readonly Silence[] {
  const value = env[variable]?.toLowerCase();
  return value !== undefined && words.includes(value) ? [{ why: `${variable} is set to ${value}, so no plugin is loaded. Start it without ${variable}.` }] : [];
}

/** One of three paths, by the machine's system. */
export function systemPath({ platform, env }: Surroundings, mac: string, linux: string, windows: string): string {
  if (platform === 'win32') return windows.replace('%ProgramData%', env['ProgramData'] || 'C:\\ProgramData').replace('%ProgramFiles%', env['ProgramFiles'] || 'C:\\Program Files');
  return platform === 'darwin' ? mac : linux;
}
