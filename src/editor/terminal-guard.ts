import { delimiter, join } from 'node:path';
import * as vscode from 'vscode';
import type { State } from '../gate/state.ts';
import { writeShims } from '../terminal/shims.ts';

/** Puts the folder of shims, one for each program that has a rule, first on the PATH of new terminals, or takes it away again. */
export async function setTerminalGuard(on: boolean, variables: vscode.EnvironmentVariableCollection, state: State): Promise<void> {
  const folder = join(state.root, 'shims');
  // Shims are POSIX shell scripts.
  if (!on || state.platform === 'windows') {
    variables.delete('PATH');
    return;
  }
  const { rules } = await import('../core/rules/all.ts');
  await writeShims(folder, [...new Set(rules.flatMap(({ programs }) => programs))], state.launcher);
  variables.description = vscode.l10n.t('Puts what agents start in terminals to Interlock first.');
  variables.prepend('PATH', `${folder}${delimiter}`, { applyAtProcessCreation: true, applyAtShellIntegration: true });
}
