import * as vscode from 'vscode';
import { Confirm } from './confirm.ts';
import { demoQuestion, maskDemo } from './demo.ts';
import { loadEngine } from '../gate/engine-loader.ts';

/** Shows the founding incident as a question. There is no program behind it: whatever is answered, nothing runs. */
export async function runDemo(explain: (rule: string) => Promise<void>, log: vscode.LogOutputChannel): Promise<void> {
  const { decide } = await loadEngine();
  const confirm = new Confirm({ mask: maskDemo, tagOf: () => 'staging', home: '/home/you', explain, log });
  try {
    const { answer } = await confirm.ask(demoQuestion(Date.now(), decide), new AbortController().signal);
    const message = answer === 'allow' ? vscode.l10n.t('You allowed it. This was a demonstration, so nothing ran; an agent would have deleted the volume now.') : vscode.l10n.t('Refused. This was a demonstration, so nothing ran; an agent would have been told why, and not to try another way.');
    void vscode.window.showInformationMessage(message);
  } finally {
    confirm.dispose();
  }
}
