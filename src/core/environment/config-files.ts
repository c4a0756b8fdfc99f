import { parse } from 'jsonc-parser';
import { displayPath, joinPath, parentOf } from '../files/path.ts';
import { isRecord, parseJson } from '../json.ts';
import type { Surroundings } from './placer.ts';

/** Readers of other tools' configuration: each takes what it needs of a file and nothing else, and gives up where the file is not as documented. */

const longestFile = 256 * 1024;
const highest = 32;

/** A file that was found, and how to name it in evidence. */
export interface ConfigFile {
  readonly path: string;
  readonly text: string;
  /** `in ~/.aws/config`. */
  readonly from: string;
}

/** A file by its path, which may be relative to the folder the tool works in. */
export function readFile(path: string, around: Surroundings): ConfigFile | undefined {
  const { world, folder, home, roots } = around;
  const whole = joinPath(folder, path, world.platform);
  const text = world.read(whole, longestFile);
  return text === undefined ? undefined : { path: whole, text: text.replace(/^\uFEFF/, ''), from: `in ${displayPath(whole, [...roots, folder], home, world.platform)}` };
}

/** The first of some files that is there. */
export function readFirst(paths: readonly string[], around: Surroundings): ConfigFile | undefined {
  for (const path of paths) {
    const file = readFile(path, around);
    if (file) return file;
  }
  return undefined;
}

/** A file in the folder the tool works in or the nearest one above that has it. */
export function readAbove(names: readonly string[], around: Surroundings): ConfigFile | undefined {
  for (const folder of foldersUp(around)) {
    const file = readFirst(names.map((name) => joinPath(folder, name, around.world.platform)), around);
    if (file) return file;
  }
  return undefined;
}

/** The folder the tool works in and those above it, nearest first. */
export function foldersUp({ folder, world }: Surroundings): readonly string[] {
  const folders: string[] = [];
  for (let at = folder; at !== '' && at !== folders.at(-1) && folders.length < highest; at = parentOf(at, world.platform)) folders.push(at);
  return folders;
}

/** Files below the home folder. */
export function inHome(around: Surroundings, ...paths: readonly string[]): readonly string[] {
  return around.home === undefined ? [] : paths.map((path) => joinPath(around.home as string, path, around.world.platform));
}

/** Where a program that follows the platform's habits keeps its configuration, on each platform. */
export function inConfigFolder(around: Surroundings, path: string): readonly string[] {
  const { env, world } = around;
  const given = env.XDG_CONFIG_HOME ?? (world.platform === 'windows' ? env.APPDATA : undefined);
  if (given) return [joinPath(given, path, world.platform)];
  return inHome(around, `.config/${path}`, `Library/Application Support/${path}`, `Library/Preferences/${path}`, `AppData/Roaming/${path}`);
}

/** The object a JSON file holds, with comments or without. */
export function jsonIn(file: ConfigFile | undefined): Readonly<Record<string, unknown>> {
  const value: unknown = file && (parseJson(file.text) ?? parse(file.text, [], { allowTrailingComma: true }));
  return isRecord(value) ? value : {};
}

/** The text at a path of keys; undefined where there is none. */
export function textAt(value: unknown, ...keys: readonly string[]): string | undefined {
  const found = valueAt(value, ...keys);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** The object at a path of keys. */
export function recordAt(value: unknown, ...keys: readonly string[]): Readonly<Record<string, unknown>> {
  const found = valueAt(value, ...keys);
  return isRecord(found) ? found : {};
}

function valueAt(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((at, key) => (isRecord(at) && Object.hasOwn(at, key) ? at[key] : undefined), value);
}

export type Section = ReadonlyMap<string, string>;

/** The sections of an INI file, or the tables of a TOML file as far as they hold plain texts. What stands before the first is the section ''. */
export function readSections(text: string, keyOf: (key: string) => string = (key) => key): ReadonlyMap<string, Section> {
  const sections = new Map<string, Map<string, string>>();
  let section = new Map<string, string>();
  sections.set('', section);
  for (const line of text.split('\n')) {
    const header = /^\s*\[{1,2}([^\]]*)\]{1,2}\s*(?:[#;].*)?$/.exec(line);
    if (header) {
      const name = (header[1] as string).split('.').map((part) => part.trim()).join('.');
      section = sections.get(name) ?? new Map<string, string>();
      sections.set(name, section);
      continue;
    }
    const entry = /^\s*"?([\w.-]+)"?\s*=\s*(.*)$/.exec(line);
    if (entry) section.set(keyOf(entry[1] as string), unquoted(entry[2] as string));
  }
  return sections;
}

/** A scalar of a YAML, TOML or INI file without its quotes and a comment behind it. */
export function unquoted(text: string): string {
  const trimmed = text.trim();
  const quote = trimmed[0];
  const end = quote === '"' || quote === "'" ? trimmed.indexOf(quote, 1) : -1;
  return end > 0 ? trimmed.slice(1, end) : trimmed.replace(/(?:^|\s)[#;].*$/, '').trim();
}

/** A scalar below some keys of a YAML file in block style: `provider`, `stage`. */
export function yamlScalar(text: string, ...keys: readonly string[]): string | undefined {
  let wanted = 0;
  let depth = -1;
  const depths: number[] = [];
  for (const line of text.split('\n')) {
    const entry = /^(\s*)(?:- )?["']?([\w./@-]+)["']?\s*:(?:\s+(.*))?$/.exec(line.trimEnd());
    if (!entry) continue;
    depth = (entry[1] as string).length;
    while (depths.length > 0 && depth <= (depths.at(-1) as number)) {
      depths.pop();
      wanted = depths.length;
    }
    if (entry[2] !== keys[wanted] || (depths.length === 0 && depth > 0)) continue;
    const value = unquoted(entry[3] ?? '');
    if (wanted === keys.length - 1) return value === '' ? undefined : value;
    depths.push(depth);
    wanted = depths.length;
  }
  return undefined;
}
