import { createHash } from 'node:crypto';
import { mkdir, readFile, readlink, realpath, rmdir, stat, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod/mini';
import { UnreadableConfig, type Adapter, type Installation } from '../agents/adapter.ts';
import { SHARED_LAUNCHER } from '../agents/hook-line.ts';
import { shellFiles, shellVariables } from '../terminal/startup-files.ts';
import { createState, type State } from './state.ts';
import { writeAtomic } from './write-atomic.ts';

/** A configuration file that could not be read or written; `message` is fit for a person. */
export class InstallFailed extends Error {
  override readonly name = 'InstallFailed';
}

export interface InstallResult {
  /** The file as the agent names it, before links are followed. */
  readonly file: string;
  readonly changed: boolean;
}

/** Bytes; no agent's settings come near. */
const MAX_CONFIG = 4_194_304;
const NEW_FILE_MODE = 0o600;
/** Of a file that others read too. */
const SHARED_FILE_MODE = 0o644;

/** What is needed to put a file back byte for byte. The original's content lies beside it. */
const Backup = z.object({
  /** Where the file really is. */
  file: z.string(),
  existed: z.boolean(),
  mode: z.int(),
  /** The outermost folder made for it, if any. */
  madeFolder: z.optional(z.string()),
  /** SHA-256 of the file as installed: while it has this, nobody else has changed it. */
  installed: z.string(),
});
type Backup = z.infer<typeof Backup>;

interface Config {
  readonly text: string | undefined;
  readonly bytes: Uint8Array | undefined;
  readonly mode: number;
}

/** Where hooks of an agent stand, and what their lines call. */
export interface HookPlace {
  /** Names the backup. */
  readonly id: string;
  readonly installation: Installation;
  readonly launcher: string;
}

/** The agent's own settings of this person. */
export function ownPlace(adapter: Adapter, home: string, state: State): HookPlace {
  return { id: adapter.id, installation: adapter.installation(home), launcher: state.launcher };
}

/** The agent's settings that everybody gets with a folder; undefined where it has none. */
export function projectPlace(adapter: Adapter, folder: string): HookPlace | undefined {
  return adapter.project && { id: `${adapter.id}-${hash(Buffer.from(folder)).slice(0, 12)}`, installation: adapter.project(folder), launcher: SHARED_LAUNCHER };
}

/** The agent's settings that an administrator writes for everybody on this machine; undefined where it has none. */
export function managedPlace(adapter: Adapter, platform: NodeJS.Platform = process.platform): HookPlace | undefined {
  return adapter.managed && { id: `${adapter.id}-managed`, installation: adapter.managed(platform), launcher: SHARED_LAUNCHER };
}

/** What they find puts the stand-ins on PATH; a PATH in settings would be of the day it was written. */
const givenToShells = ['BASH_ENV', 'ZDOTDIR'] as const;
/**
 * A first shell with a socket as its input, as agents start them, takes itself for one of a remote login and reads no BASH_ENV. Started
 * from a desktop an agent has no SHLVL to give. https://www.gnu.org/software/bash/manual/html_node/Bash-Startup-Files.html
 */
const NOT_THE_FIRST_SHELL = { SHLVL: '1' } as const;

/**
 * The place of the variables in an agent's settings; undefined where it has none, or there are none to set.
 * @param env variables that are set there to something of the person's own are left alone: in settings they would be lost
 */
export function shellPlace({ id, shells }: Adapter, home: string, state: State, env: Readonly<Record<string, string | undefined>> = {}): HookPlace | undefined {
  const files = shellFiles(state.root, state.launcher);
  const ours = shellVariables(files, {}, false);
  const variables = Object.fromEntries(givenToShells.flatMap((name) => (ours[name] !== undefined && (env[name] || ours[name]) === ours[name] ? [[name, ours[name]]] : [])));
  if (shells === undefined || state.platform !== 'posix' || Object.keys(variables).length === 0) return undefined;
  const given = variables['BASH_ENV'] === undefined ? variables : { ...variables, ...NOT_THE_FIRST_SHELL };
  return { id: `${id}-shells`, installation: shells(home, { variables: given, shims: files.shims }), launcher: state.launcher };
}

/** As `installHooksAt`, in the agent's own settings. */
export function installHooks(adapter: Adapter, home: string, state: State): Promise<InstallResult> {
  return installHooksAt(ownPlace(adapter, home, state), state);
}

/**
 * As `uninstallHooksAt`, in the agent's own settings, with what its shells are given. Hooks are taken out of their file also where what
 * shells are given stands in another, which cannot be changed; it throws then all the same.
 */
export async function uninstallHooks(adapter: Adapter, home: string, state: State): Promise<InstallResult> {
  const shells = shellPlace(adapter, home, state);
  // Put in after the hooks and taken out before them, so that the file is as it was.
  const left = shells && (await uninstallHooksAt(shells, state).then(() => undefined, (error: unknown) => ({ error })));
  const result = await uninstallHooksAt(ownPlace(adapter, home, state), state);
  if (left !== undefined) throw left.error;
  return result;
}

/** As `areHooksInstalledAt`, in the agent's own settings. */
export function areHooksInstalled(adapter: Adapter, home: string, state: State): Promise<boolean> {
  return areHooksInstalledAt(ownPlace(adapter, home, state));
}

/**
 * Puts the agent's hooks into a configuration file, through links, with a backup, in one step.
 * @throws UnreadableConfig when the file cannot be edited safely; InstallFailed when it cannot be read or written.
 */
export async function installHooksAt(place: HookPlace, state: State): Promise<InstallResult> {
  const { installation, launcher } = place;
  const { file } = installation;
  return explained(file, async () => {
    await createState(state);
    const target = await followLinks(file);
    const config = await read(target, launcher === SHARED_LAUNCHER ? SHARED_FILE_MODE : NEW_FILE_MODE);
    if (config.text === undefined) await silencesNothing(installation);
    const edited = installation.install(config.text, launcher);
    if (edited === config.text) return { file, changed: false };
    const known = await readBackup(place, state);
    const untouched = known !== undefined && known.file === target && config.bytes !== undefined && known.installed === hash(config.bytes);
    // Our own entries of an earlier version are no original worth going back to.
    const original = config.text === undefined || installation.uninstall(config.text ?? '', launcher) === config.text;
    const madeFolder = await mkdir(dirname(target), { recursive: true });
    await unchangedSince(target, config);
    if (untouched) await writeBackup(place, state, { ...known, installed: hash(Buffer.from(edited)) }, undefined);
    else if (original) await writeBackup(place, state, { file: target, existed: config.bytes !== undefined, mode: config.mode, installed: hash(Buffer.from(edited)), ...(madeFolder === undefined ? {} : { madeFolder }) }, config.bytes ?? new Uint8Array());
    else await forgetBackup(place, state);
    await writeAtomic(target, edited, config.mode);
    return { file, changed: true };
  });
}

/** A file that makes the agent leave out another must not switch off the hooks a person has there. */
async function silencesNothing({ file, silences = [] }: Installation): Promise<void> {
  for (const other of silences) {
    const { text = '' } = await read(other);
    if (/"command"\s*:/.test(text)) throw new InstallFailed(`It is not there yet, and once it is, the hooks in ${other} no longer run. Move them to ${file} first.`);
  }
}

/** Takes them out again: the file is byte for byte as it was before when nothing else has changed it. Throws as `installHooksAt`. */
export async function uninstallHooksAt(place: HookPlace, state: State): Promise<InstallResult> {
  const { installation, launcher } = place;
  const { file } = installation;
  return explained(file, async () => {
    const target = await followLinks(file);
    const config = await read(target);
    if (config.text === undefined || config.bytes === undefined) return { file, changed: false };
    const backup = await readBackup(place, state);
    if (backup !== undefined && backup.file === target && backup.installed === hash(config.bytes)) {
      await unchangedSince(target, config);
      await restore(backup, await readFile(originalPath(place, state)));
      await forgetBackup(place, state);
      return { file, changed: true };
    }
    const text = config.text;
    const edited = installation.uninstall(text, launcher);
    if (edited === text) return { file, changed: false };
    await unchangedSince(target, config);
    if (edited === undefined) await unlink(target);
    else await writeAtomic(target, edited, config.mode);
    await forgetBackup(place, state);
    return { file, changed: true };
  });
}

/** True when the configuration holds our entries as we would write them now; false also where it cannot be read. */
export async function areHooksInstalledAt({ installation, launcher }: HookPlace): Promise<boolean> {
  try {
    const text = await readConfig(installation.file);
    return text !== undefined && installation.isInstalled(text, launcher);
  } catch {
    return false;
  }
}

/**
 * An agent's configuration as text; undefined where there is none.
 * @throws UnreadableConfig, InstallFailed or an error of the system.
 */
export async function readConfig(file: string): Promise<string | undefined> {
  return (await read(await followLinks(file))).text;
}

/** Where a file really is, also when the link's target is not there yet. */
async function followLinks(file: string): Promise<string> {
  let here = file;
  for (let steps = 0; steps < 40; steps += 1) {
    try {
      return await realpath(here);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
    }
    const target = await readlink(here).catch(() => undefined);
    if (target === undefined) return here;
    here = resolve(dirname(here), target);
  }
  throw new InstallFailed('It is a link that leads nowhere.');
}

async function read(target: string, newMode = NEW_FILE_MODE): Promise<Config> {
  try {
    const { mode, size } = await stat(target);
    if (size > MAX_CONFIG) throw new InstallFailed('It is too large to be a configuration file.');
    const bytes = await readFile(target);
    return { bytes, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), mode: mode & 0o777 };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { bytes: undefined, text: undefined, mode: newMode };
    if (codeOf(error) === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw new UnreadableConfig('It is not UTF-8 text; nothing was changed.');
    throw error;
  }
}

/** Agents write these files too; what one of them has just written must not be lost. */
async function unchangedSince(target: string, config: Config): Promise<void> {
  const now = await read(target);
  if (now.text !== config.text) throw new InstallFailed('It was changed by something else at the same moment. Try again.');
}

async function restore(backup: Backup, original: Uint8Array): Promise<void> {
  if (backup.existed) {
    await writeAtomic(backup.file, original, backup.mode);
    return;
  }
  await unlink(backup.file);
  if (backup.madeFolder === undefined) return;
  for (let folder = dirname(backup.file); folder.startsWith(backup.madeFolder); folder = dirname(folder)) {
    const removed = await rmdir(folder).then(() => true, () => false);
    if (!removed) return;
  }
}

function recordPath({ id }: HookPlace, state: State): string {
  return join(state.backups, `${id}.json`);
}

function originalPath({ id }: HookPlace, state: State): string {
  return join(state.backups, `${id}.original`);
}

async function readBackup(place: HookPlace, state: State): Promise<Backup | undefined> {
  try {
    return Backup.parse(JSON.parse(await readFile(recordPath(place, state), 'utf8')));
  } catch {
    // No backup, or none that can be trusted: the entries are then taken out one by one.
    return undefined;
  }
}

async function writeBackup(place: HookPlace, state: State, backup: Backup, original: Uint8Array | undefined): Promise<void> {
  if (original !== undefined) await writeAtomic(originalPath(place, state), original, 0o600);
  await writeAtomic(recordPath(place, state), `${JSON.stringify(backup, undefined, 2)}\n`, 0o600);
}

async function forgetBackup(place: HookPlace, state: State): Promise<void> {
  for (const file of [recordPath(place, state), originalPath(place, state)]) await unlink(file).catch(() => undefined);
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'You do not have the right to change it.',
  EPERM: 'You do not have the right to change it.',
  EROFS: 'It is on a disk that cannot be written.',
  ENOSPC: 'The disk is full.',
  EISDIR: 'It is a folder.',
  ENOTDIR: 'A part of its path is not a folder.',
  ELOOP: 'Its links lead in a circle.',
};

/** Says which file an error is about: adapters know the text, not where it is from. */
async function explained<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UnreadableConfig) throw new UnreadableConfig(`${file} was left alone. ${error.message}`);
    if (error instanceof InstallFailed) throw new InstallFailed(`${file} was left alone. ${error.message}`);
    const code = codeOf(error);
    throw new InstallFailed(`${file} could not be changed. ${(code && reasons[code]) ?? (error instanceof Error ? error.message : 'The reason is not known.')}`, { cause: error });
  }
}
