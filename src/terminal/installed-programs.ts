import { readdir } from 'node:fs/promises';
import { isAbsolute, join, win32 } from 'node:path';
import type { CoveredProgram } from './covered-programs.ts';
import { FOLDER_MARK } from './shim-mark.ts';

/** Where programs lie that an editor started from a desktop does not have on its PATH. */
const usual = ['/usr/local/bin', '/usr/local/sbin', '/usr/bin', '/usr/sbin', '/bin', '/sbin', '/opt/homebrew/bin', '/opt/homebrew/sbin', '/opt/local/bin', '/snap/bin'];
const usualAtHome = ['.local/bin', 'bin', '.cargo/bin', 'go/bin', '.npm-global/bin', '.bun/bin', '.volta/bin', '.asdf/shims', '.pyenv/shims', '.rbenv/shims', '.fly/bin', '.pulumi/bin', 'google-cloud-sdk/bin'];

/**
 * Of the programs those that are on this machine: a shim for one that is not would have scripts believe that it is there.
 * @param env the environment whose `PATH` and `HOME` say where to look
 */
export async function installedPrograms(covered: readonly CoveredProgram[], { PATH = '', HOME }: Readonly<Record<string, string | undefined>>): Promise<readonly CoveredProgram[]> {
  const folders = new Set([...PATH.split(':').filter(isAbsolute), ...usual, ...(HOME === undefined ? [] : usualAtHome.map((folder) => join(HOME, folder)))]);
  const names = await Promise.all([...folders].map((folder) => readdir(folder).catch((): string[] => [])));
  const installed = new Set(names.filter((inside) => !inside.includes(FOLDER_MARK)).flat());
  return covered.filter(({ program }) => installed.has(program));
}

/** The same on Windows, where a file's ending is no part of a program's name, and letters are the same in both cases. */
export async function installedOnWindows(covered: readonly CoveredProgram[], env: Readonly<Record<string, string | undefined>>): Promise<readonly CoveredProgram[]> {
  const { PATH: path = env['Path'] ?? '' } = env;
  const folders = new Set(path.split(';').filter((folder) => win32.isAbsolute(folder)));
  const names = await Promise.all([...folders].map((folder) => readdir(folder).catch((): string[] => [])));
  const installed = new Set(names.filter((inside) => !inside.includes(FOLDER_MARK)).flat().flatMap((name) => /^(.+)\.(?:com|exe|bat|cmd)$/i.exec(name)?.[1]?.toLowerCase() ?? []));
  return covered.filter(({ program }) => installed.has(program.toLowerCase()));
}
