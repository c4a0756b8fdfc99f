import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CoveredProgram } from './covered-programs.ts';
import { FOLDER_MARK, SHIM_MARK } from './shim-mark.ts';

const PROGRAM = /^[A-Za-z0-9][A-Za-z0-9._+-]*$/;

/** True for a name that can stand in a script as it is. */
export function isProgramName(name: string): boolean {
  return PROGRAM.test(name);
}

/**
 * Writes a shim for each program and removes those of programs that are no longer covered. Files that are not shims are left alone.
 * @param folder absolute path; made where it does not exist
 * @param scriptOf the text of a program's shim
 * @param ending what the file is called behind the program's name
 */
export async function writeShimFiles(folder: string, covered: readonly CoveredProgram[], scriptOf: (program: CoveredProgram) => string, ending = ''): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, FOLDER_MARK), '', { mode: 0o600 });
  const wanted = new Map(covered.filter(({ program }) => isProgramName(program)).map((one) => [one.program + ending, one]));
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (!wanted.has(name) && (await isShim(path))) await rm(path);
  }
  for (const [name, one] of wanted) await writeShim(join(folder, name), scriptOf(one));
}

async function writeShim(path: string, script: string): Promise<void> {
  if ((await readFile(path, 'utf8').catch(() => undefined)) === script) return;
  const draft = `${path}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, script, { mode: 0o700 });
  await chmod(draft, 0o700);
  // A shell may be reading the old one.
  await rename(draft, path);
}

async function isShim(path: string): Promise<boolean> {
  return (await readFile(path, 'utf8').catch(() => '')).split('\n', 2)[1]?.trim().endsWith(SHIM_MARK) === true;
}
