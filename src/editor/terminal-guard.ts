import { delimiter } from 'node:path';
import * as vscode from 'vscode';
import type { State } from '../gate/state.ts';
import { writeAtomic } from '../gate/write-atomic.ts';
import type { CoveredProgram } from '../terminal/covered-programs.ts';
import { installedPrograms } from '../terminal/installed-programs.ts';
import { writeShims } from '../terminal/shims.ts';
import { shellFiles, shellVariables, writeStartupFiles } from '../terminal/startup-files.ts';

/**
 * Has new terminals find the shims first and their shells read what asks about the rest, or no longer.
 * @param covered the programs that are to be asked about
 */
export async function setTerminalGuard(on: boolean, variables: vscode.EnvironmentVariableCollection, state: State, covered: () => Promise<readonly CoveredProgram[]>): Promise<void> {
  // All of it is written for POSIX shells.
  if (!on || state.platform === 'windows') {
    variables.clear();
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
