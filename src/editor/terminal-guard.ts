import { delimiter, join } from 'node:path';
import * as vscode from 'vscode';
import type { State } from '../gate/state.ts';
import type { CoveredProgram } from '../terminal/covered-programs.ts';
import { installedPrograms } from '../terminal/installed-programs.ts';
import { writeShims } from '../terminal/shims.ts';

/**
 * Puts the folder of shims first on the PATH of new terminals, or takes it away again.
 * @param covered the programs that are to be asked about
 */
export async function setTerminalGuard(on: boolean, variables: vscode.EnvironmentVariableCollection, state: State, covered: () => Promise<readonly CoveredProgram[]>): Promise<void> {
  // Shims are POSIX shell scripts.
  if (!on || state.platform === 'windows') {
    variables.delete('PATH');
    return;
  }
  const folder = join(state.root, 'shims');
  await writeShims(folder, await installedPrograms(await covered(), process.env), state.launcher);
  variables.description = vscode.l10n.t('Puts what agents start in terminals to Interlock first.');
  variables.prepend('PATH', `${folder}${delimiter}`, { applyAtProcessCreation: true, applyAtShellIntegration: true });
}
