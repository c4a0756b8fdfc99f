import * as vscode from 'vscode';
import type { Action } from '../core/action.ts';
import type { Environment } from '../core/effect.ts';
import type { Question } from '../gate/ports.ts';
import { type Credential, type Placeable, rarerAnswers } from './question-choices.ts';
import type { Shown } from './question-queue.ts';
import { actionTitle } from './question-text.ts';
import { oneLine } from '../core/shown-text.ts';
import { confirmWeakening } from './weaken.ts';

/** What a person can have remembered from a question; each is written into their own policy. */
export interface Remembering {
  /** Lets this very command run in its folder from now on. */
  readonly allowExactly: (action: Action) => Promise<void>;
  readonly allowCredential: (spent: Credential['spent']) => Promise<void>;
  readonly placeResource: (name: string, environment: Environment) => Promise<void>;
  /** Writes down that the person did so. */
  readonly record: (what: string) => Promise<void>;
}

export interface RarerOptions {
  readonly remembering: Remembering;
  readonly mask: (text: string) => string;
}

interface Item extends vscode.QuickPickItem {
  readonly choose: () => Promise<Shown>;
}

const NAME = 80;

/** Offers the answers that few questions need. Leaving the list is no answer: the question comes back. */
export async function askForMore(question: Question, signal: AbortSignal, options: RarerOptions): Promise<Shown> {
  if (signal.aborted) return 'gone';
  const { session, always, place, credential } = rarerAnswers(question);
  const items: readonly Item[] = [
    ...(session ? [{ label: '$(clock) Allow for This Session…', detail: 'The same command in the same folder, until this agent’s session ends.', choose: () => allowForSession(question, options) }] : []),
    ...(always ? [{ label: '$(check-all) Always Allow Here…', detail: 'This exact command in this folder, in every session.', choose: () => allowAlways(question, options) }] : []),
    ...(credential ? [{ label: '$(key) Remember for This Host…', detail: `${credential.name} at ${credential.spent.host}`, choose: () => allowCredential(credential, options) }] : []),
    ...(place ? (['staging', 'development'] as const).map((environment) => ({ label: `$(tag) Remember This Target as ${environment === 'staging' ? 'Staging' : 'Development'}…`, detail: place.name, choose: () => remember(place, environment, options) })) : []),
  ];
  const cancelled = new vscode.CancellationTokenSource();
  const cancel = (): void => cancelled.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const picked = await vscode.window.showQuickPick(items, { title: oneLine(actionTitle(question.action, options.mask), NAME), placeHolder: 'Nothing is answered yet. Escape goes back to the question.', ignoreFocusOut: true }, cancelled.token);
    return picked ? await picked.choose() : 'again';
  } finally {
    signal.removeEventListener('abort', cancel);
    cancelled.dispose();
  }
}

/** A modal too: another extension can press Enter in a list, but not in a dialog. */
async function allowForSession({ action, agentTitle }: Question, { mask }: RarerOptions): Promise<Shown> {
  const detail = vscode.l10n.t('{0}\n\nin {1}\n\nThis exact action may run again until the session of {2} ends, as long as it could not lose anything for good.', actionTitle(action, mask), action.cwd, agentTitle);
  return (await confirmWeakening(vscode.l10n.t('You are not asked about this again in this session.'), detail, 'Allow for This Session')) ? 'session' : 'again';
}

async function allowAlways({ action }: Question, { remembering, mask }: RarerOptions): Promise<Shown> {
  const title = actionTitle(action, mask);
  const detail = vscode.l10n.t('{0}\n\nin {1}\n\nEvery agent may run this exact command there from now on, as long as it could not lose anything for good. It is written into your own policy file.', title, action.cwd);
  if (!(await confirmWeakening(vscode.l10n.t('You are not asked about this command any more.'), detail, 'Always Allow'))) return 'again';
  await remembering.allowExactly(action);
  await remembering.record(`Always allowed in ${action.cwd}: ${title}`);
  return 'reconsider';
}

async function allowCredential({ name, spent }: Credential, { remembering }: RarerOptions): Promise<Shown> {
  const detail = vscode.l10n.t('Every agent may spend this value at {0}, in every session and folder, and at no other host. What a request does there is judged as before. Your own policy file gets a fingerprint of the value, never the value.', spent.host);
  if (!(await confirmWeakening(vscode.l10n.t('You are not asked about {0} at {1} any more.', oneLine(name, NAME), spent.host), detail, 'Remember for This Host'))) return 'again';
  await remembering.allowCredential(spent);
  await remembering.record(`${oneLine(name, NAME)} may be spent at ${spent.host}`);
  return 'reconsider';
}

async function remember({ name }: Placeable, environment: 'staging' | 'development', { remembering, mask }: RarerOptions): Promise<Shown> {
  const shown = oneLine(mask(name), NAME);
  const detail = vscode.l10n.t('Whatever an agent does to it is held as for {0}, in every session and folder, not as for production. Be sure that you know it. It is written into your own policy file, and the question is then judged again.', environment);
  if (!(await confirmWeakening(vscode.l10n.t('{0} counts as {1} from now on.', shown, environment), detail, `Remember as ${environment}`))) return 'again';
  await remembering.placeResource(name, environment);
  await remembering.record(`${shown} placed in ${environment}`);
  return 'reconsider';
}
