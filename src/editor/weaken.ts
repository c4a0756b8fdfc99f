import * as vscode from 'vscode';
import { CANCEL } from './question-text.ts';

const KEEP = 'Keep as It Is';

/**
 * Puts a change that lets more through to the person, whoever asked for it: a command can be run by an agent or another extension too.
 * @param consequence one sentence
 * @param act the button's label
 */
export async function confirmWeakening(consequence: string, detail: string, act: string): Promise<boolean> {
  const chosen = await vscode.window.showWarningMessage(consequence, { modal: true, detail }, { title: KEEP }, { title: act }, { title: CANCEL, isCloseAffordance: true });
  return chosen?.title === act;
}
