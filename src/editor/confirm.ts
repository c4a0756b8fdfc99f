import * as vscode from 'vscode';
import type { Environment } from '../core/effect.ts';
import type { Asker, PersonAnswer, Question } from '../gate/ports.ts';
import { QuestionQueue, readingTime, type Shown } from './question-queue.ts';
import { rarerAnswers } from './question-choices.ts';
import { actionTitle, CANCEL, DENY, MORE, questionText, typedText, WHY } from './question-text.ts';
import { askForMore, type Remembering } from './rarer-answers.ts';

export interface ConfirmOptions {
  /** Replaces the values of known secrets. */
  readonly mask: (text: string) => string;
  /** The tag of the folder that holds a path. */
  readonly tagOf: (path: string) => Environment | undefined;
  readonly home: string;
  /** Opens what there is to read about a finding's rule. */
  readonly explain: (rule: string) => Promise<void>;
  /** Absent where nothing can be remembered: a demonstration. */
  readonly remembering?: Remembering;
  readonly log: vscode.LogOutputChannel;
}

/** Puts an agent's question to the person in a modal, and keeps the list of those that wait. */
export class Confirm implements Asker, vscode.Disposable {
  private readonly options: ConfirmOptions;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly queue: QuestionQueue;
  /** Ends the time that the person takes to read about a question. */
  private reading: AbortController | undefined;
  readonly onDidChange = this.changed.event;

  constructor(options: ConfirmOptions) {
    this.options = options;
    this.queue = new QuestionQueue((question, signal) => this.show(question, signal), {
      changed: () => this.changed.fire(),
      late: (question, chosen) => this.tellLate(question, chosen),
      failed: (question, error) => options.log.error(`question ${question.id} could not be shown`, error),
    });
  }

  ask(question: Question, signal: AbortSignal): Promise<PersonAnswer> {
    return this.queue.ask(question, signal);
  }

  /** Puts a question to the person before the others, and at once where another one is being read about. */
  showNow(id: string): void {
    if (this.queue.raise(id)) this.reading?.abort();
  }

  /** Denies a question that waits. */
  deny(id: string): void {
    this.queue.deny(id);
  }

  /** Questions without an answer yet, in the order they are shown. */
  waiting(): readonly Question[] {
    return this.queue.waiting();
  }

  dispose(): void {
    this.queue.close('the editor was closed');
    this.changed.dispose();
  }

  private async show(question: Question, signal: AbortSignal): Promise<Shown> {
    const { mask, tagOf, home, remembering } = this.options;
    const tag = tagOf(question.action.cwd);
    const { message, detail, allow } = questionText(question, { now: Date.now(), mask, home, behind: this.waiting().length - 1, ...(tag ? { tag } : {}) });
    // The workbench focuses the first button that is not the close affordance, so Deny has to stand first and cannot be that
    // affordance; Cancel is what Escape presses, and it is no answer but Deny.
    const rarer = remembering && offersMore(question) ? [{ title: MORE }] : [];
    const chosen = await vscode.window.showWarningMessage(message, { modal: true, detail }, { title: DENY }, { title: allow }, { title: WHY }, ...rarer, { title: CANCEL, isCloseAffordance: true });
    if (chosen?.title === WHY) return this.explain(question, signal);
    if (chosen?.title === MORE && remembering) return this.offerMore(question, signal, remembering);
    if (chosen?.title !== allow) return 'deny';
    const confirmation = question.verdict.confirmation;
    return confirmation?.by === 'type' && !signal.aborted ? typeName(question, confirmation.text, mask, signal) : 'allow';
  }

  /** What cannot be remembered is told, and the question comes back. */
  private async offerMore(question: Question, signal: AbortSignal, remembering: Remembering): Promise<Shown> {
    try {
      return await askForMore(question, signal, { remembering, mask: this.options.mask });
    } catch (error) {
      this.options.log.error('an answer could not be remembered', error);
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : vscode.l10n.t('This could not be remembered. The log says more.'));
      return 'again';
    }
  }

  /** Opens the rule's page and leaves the screen to it for a while: the question waits, and is asked again. */
  private async explain({ verdict, agentTitle, deadline }: Question, signal: AbortSignal): Promise<'again'> {
    const { explain, log } = this.options;
    await explain(verdict.findings[0]?.rule ?? '').catch((error: unknown) => log.error('the page of a rule could not be opened', error));
    const title = vscode.l10n.t('{0} still waits for your answer. You are asked again in a moment; Cancel asks now.', agentTitle);
    this.reading = new AbortController();
    const reading = AbortSignal.any([signal, this.reading.signal, AbortSignal.timeout(readingTime(deadline - Date.now()))]);
    await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, (_, cancelled) => {
      return new Promise<void>((resolve) => {
        if (reading.aborted) resolve();
        reading.addEventListener('abort', () => resolve(), { once: true });
        cancelled.onCancellationRequested(() => resolve());
      });
    });
    return 'again';
  }

  private tellLate(question: Question, chosen: Exclude<Shown, 'again' | 'gone'>): void {
    if (chosen === 'deny') return;
    const title = actionTitle(question.action, this.options.mask);
    void vscode.window.showWarningMessage(vscode.l10n.t('Too late: {0} had already been refused. Nothing ran.', title));
  }
}

function offersMore(question: Question): boolean {
  const { session, always, place, credential } = rarerAnswers(question);
  return session || always || place !== undefined || credential !== undefined;
}

/** Asks for the resource's name; resolves `deny` on Escape and `gone` when the answer no longer counts. */
function typeName(question: Question, name: string, mask: (text: string) => string, signal: AbortSignal): Promise<'allow' | 'deny' | 'gone'> {
  const expected = name.trim() || 'allow';
  const text = typedText(question, expected, mask);
  const input = vscode.window.createInputBox();
  input.title = text.title;
  input.prompt = text.prompt;
  input.placeholder = text.placeholder;
  input.ignoreFocusOut = true;
  return new Promise((resolve) => {
    const finish = (answer: 'allow' | 'deny' | 'gone'): void => {
      resolve(answer);
      signal.removeEventListener('abort', leave);
      input.dispose();
    };
    const leave = (): void => finish('gone');
    signal.addEventListener('abort', leave, { once: true });
    input.onDidChangeValue(() => {
      input.validationMessage = undefined;
    });
    input.onDidAccept(() => {
      if (input.value.trim() === expected) finish('allow');
      else input.validationMessage = text.refusal;
    });
    input.onDidHide(() => finish('deny'));
    input.show();
  });
}
