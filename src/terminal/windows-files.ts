import { join } from 'node:path';
import { batchShim, canHaveBatchShims, type StandInProgram } from './batch-shims.ts';
import type { CoveredProgram } from './covered-programs.ts';
import { powershellFile, powershellScript } from './powershell.ts';
import { writeShimFiles } from './shim-folder.ts';

/** The folder of the stand-ins, below Interlock's own. */
export function windowsShims(root: string): string {
  return join(root, 'shims');
}

/**
 * Writes what an agent's PowerShell reads and the stand-ins that it puts first on PATH. Where the path of something would mean something
 * to cmd.exe there are no stand-ins; PowerShell asks for its own cmdlets all the same.
 * @param write replaces a file in one step, as a shell may be reading it
 */
export async function writeWindowsFiles(place: StandInProgram & { readonly launcher: string }, covered: readonly CoveredProgram[], write: (path: string, text: string) => Promise<void>): Promise<void> {
  const shims = windowsShims(place.root);
  await writeShimFiles(shims, canHaveBatchShims(place) ? covered : [], (one) => batchShim(one, place), '.cmd');
  // The mark has Windows PowerShell read it as UTF-8.
  await write(powershellFile(place.root), `\uFEFF${powershellScript({ shims, launcher: place.launcher })}`);
}
