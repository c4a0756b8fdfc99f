import { delimiter, join } from 'node:path';
import * as vscode from 'vscode';
import type { State } from '../gate/state.ts';
import { writeShims } from '../terminal/shims.ts';

/**
 * Puts the folder of shims first on the PATH of new terminals, or takes it away again.
 * @param programs names of the programs that have rules
 */
export async function setTerminalGuard(on: boolean, variables: vscode.EnvironmentVariableCollection, state: State, programs: readonly string[]): Promise<void> {
  const folder = join(state.root, 'shims');
  // Shims are POSIX shell scripts.
  if (!on || state.platform === 'windows') {
    variables.delete('PATH');
    return;
  }
  await writeShims(folder, programs, state.launcher);
  variables.description = vscode.l10n.t('Puts what agents start in terminals to Interlock first.');
  variables.prepend('PATH', `${folder}${delimiter}`, { applyAtProcessCreation: true, applyAtShellIntegration: true });
}
