import * as vscode from 'vscode';
import type { JournalEvent, Recorder } from '../core/recording.ts';
import { commands } from '../ids.ts';
import { DenialPace, denialText } from './denial-text.ts';

export interface DenialNoticeOptions {
  readonly recorder: Recorder;
  /** Titles by id of the agents that do not show their person what was refused. */
  readonly silent: ReadonlyMap<string, string>;
  readonly mask: (text: string) => string;
}

const SHOW = 'Show';

/** Writes down what is decided, and tells the person of a refusal that nobody asked them about and that its agent does not show. */
export class DenialNotice implements Recorder {
  private readonly options: DenialNoticeOptions;
  private readonly pace = new DenialPace();

  constructor(options: DenialNoticeOptions) {
    this.options = options;
  }

  async record(event: JournalEvent): Promise<void> {
    await this.options.recorder.record(event);
    const text = denialText(event, this.options.silent, this.options.mask);
    if (text !== undefined && this.pace.allows(text, Date.now())) void this.tell(text);
  }

  private async tell(text: string): Promise<void> {
    const chosen = await vscode.window.showInformationMessage(text, SHOW);
    if (chosen === SHOW) await vscode.commands.executeCommand(commands.showActivity);
  }
}
