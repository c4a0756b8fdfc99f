import { mkdir } from 'node:fs/promises';
import { delimiter, dirname } from 'node:path';
import * as vscode from 'vscode';
import type { State } from '../gate/state.ts';
import { writeAtomic } from '../gate/write-atomic.ts';
import type { CoveredProgram } from '../terminal/covered-programs.ts';
import { installedOnWindows, installedPrograms } from '../terminal/installed-programs.ts';
import { writeShims } from '../terminal/shims.ts';
import { shellFiles, shellVariables, writeStartupFiles } from '../terminal/startup-files.ts';
import { writeWindowsFiles } from '../terminal/windows-files.ts';

/**
 * Has new terminals find the shims first and their shells read what asks about the rest, or no longer.
 * @param covered the programs that are to be asked about
 */
export async function setTerminalGuard(on: boolean, variables: vscode.EnvironmentVariableCollection, state: State, covered: () => Promise<readonly CoveredProgram[]>): Promise<void> {
  if (!on || state.platform === 'windows') variables.clear();
  if (!on) return;
  if (state.platform === 'windows') {
    // A batch file on the PATH of a person's own prompt would end the batch files that call it: an agent's PowerShell puts them there.
    await writeWindowsFiles({ ...state, node: process.execPath }, await installedOnWindows(await covered(), process.env), async (path, text) => {
      await mkdir(dirname(path), { recursive: true });
      await writeAtomic(path, text, 0o600);
    });
    return;
  }
  const files = shellFiles(state.root, state.launcher);
  await writeStartupFiles(files, (path, text) => writeAtomic(path, text, 0o600));
  await writeShims(files.shims, await installedPrograms(await covered(), process.env), state.launcher);
  const hasFish = (await installedPrograms([{ program: 'fish' }], process.env)).length > 0;
  variables.description = vscode.l10n.t('Puts what agents start in terminals to Interlock first.');
  variables.prepend('PATH', `${files.shims}${delimiter}`, { applyAtProcessCreation: true, applyAtShellIntegration: true });
  for (const [name, value] of Object.entries(shellVariables(files, process.env, hasFish))) variables.replace(name, value);
}
