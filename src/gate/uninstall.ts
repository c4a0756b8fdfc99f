import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import type { Adapter } from '../agents/adapter.ts';
import { UnreadableConfig } from '../agents/adapter.ts';
import { InstallFailed, readConfig, uninstallHooks, shellPlace, uninstallHooksAt } from './install.ts';
import { USER_POLICY } from './person-policies.ts';
import { profilePlaces } from './powershell-profiles.ts';
import { startingFile } from './standby-start.ts';
import type { State } from './state.ts';
import { writeAtomic } from './write-atomic.ts';

export interface Removal {
  /** Agents whose files were brought back to what they were. */
  readonly done: readonly string[];
  /** Files that still name what is ours, and why they could not be changed. */
  readonly left: readonly { readonly file: string; readonly why: string }[];
  /** What stays, because it is the person's own. */
  readonly kept: readonly string[];
}

/**
 * Takes hooks out of every agent's file, then removes the launcher, its program, the shims, what shells read and what Interlock remembers.
 * The journal, the vault and the person's policy stay. Never rejects for one agent's sake.
 */
export async function removeEverything(adapters: readonly Adapter[], home: string, state: State): Promise<Removal> {
  const done: string[] = [];
  const left: { file: string; why: string }[] = [];
  // First, so that no window puts back what is taken out.
  await remove(join(state.root, 'guarded.json'));
  for (const adapter of adapters.filter(({ traces }) => traces.length > 0)) {
    const files = new Set([adapter.installation(home), shellPlace(adapter, home, state)?.installation].flatMap((installation) => installation?.file ?? []));
    try {
      if ((await uninstallHooks(adapter, home, state)).changed) done.push(adapter.title);
    } catch (error) {
      const why = error instanceof UnreadableConfig || error instanceof InstallFailed ? error.message : 'It could not be changed.';
      for (const file of files) if (await mentions(file, state.root)) left.push({ file, why });
    }
  }
  const places = await profilePlaces(state, home);
  for (const place of places) await uninstallHooksAt(place, state).catch(() => left.push({ file: place.installation.file, why: 'It could not be changed.' }));
  // What shells find first: it calls the launcher.
  for (const path of [join(state.root, 'shims'), join(state.root, 'shell'), dirname(state.program), ...(state.platform === 'posix' ? [state.run] : []), state.sessions, state.secrets, state.backups, state.policy, startingFile(state)]) await remove(path);
  if (left.length === 0) await remove(state.launcher);
  else await writeAtomic(state.launcher, passing(state, left.map(({ file }) => file)), 0o755);
  return { done, left, kept: await present([state.journal, state.vault, join(state.root, USER_POLICY)]) };
}

/** Whatever cannot be read may hold our lines. */
async function mentions(file: string, folder: string): Promise<boolean> {
  const text = await readConfig(file).catch(() => folder);
  return text?.includes(folder) ?? false;
}

/** For the lines that could not be taken out: an agent whose person has removed Interlock is not to stand still, nor to be guarded by nothing in silence. */
function passing({ platform }: State, files: readonly string[]): string {
  const says = `Interlock was uninstalled and guards nothing. Take its lines out of ${files.join(' and ')}.`;
  return platform === 'windows' ? `@echo off\r\necho ${says.replaceAll(/[&|<>^%]/g, ' ')} 1>&2\r\necho {}\r\n` : `#!/bin/sh\ncat >/dev/null\necho '${says.replaceAll("'", "'\\''")}' >&2\necho '{}'\n`;
}

async function remove(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined);
}

async function present(paths: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(paths.map(async (path) => ((await readdir(dirname(path)).catch(() => [] as string[])).includes(basename(path)) ? [path] : [])));
  return found.flat();
}

/** Where editors keep their extensions, under the home folder. */
const extensionFolders = ['.vscode', '.vscode-insiders', '.vscode-oss', '.vscode-server', '.vscode-server-insiders', '.cursor', '.cursor-server', '.windsurf', '.windsurf-server', '.local/share/code-server'];

/**
 * Another editor of the same person in which Interlock is installed, and which goes on guarding.
 * @param own folder of the extension that is being removed
 */
export async function otherEditor(home: string, own: string): Promise<string | undefined> {
  for (const name of extensionFolders) {
    const folder = join(home, ...name.split('/'), 'extensions');
    if (own.startsWith(folder + sep)) continue;
    if ((await readdir(folder).catch(() => [] as string[])).some((extension) => extension.startsWith('interlock.interlock-'))) return folder;
  }
  return undefined;
}
