import * as vscode from 'vscode';
import type { Recorder } from '../core/recording.ts';
import { isInside, platformOf } from '../core/files/path.ts';
import type { Sessions, SessionSummary } from '../gate/sessions.ts';
import { commands, contextKeys } from '../ids.ts';
import { clock } from './activity-rows.ts';
import { oneLine } from '../core/shown-text.ts';
import { confirmWeakening } from './weaken.ts';

export interface SessionControlOptions {
  readonly sessions: Sessions;
  /** Titles of agents by id. */
  readonly titles: ReadonlyMap<string, string>;
  readonly recorder: Recorder;
  /** Absolute paths of the open folders. */
  readonly folders: () => readonly string[];
  readonly log: vscode.LogOutputChannel;
}

const UNLOCK = 'Unlock…';
const SHOW = 'Show Activity';
const NAME = 80;
const LINE = 160;
const SHOWN = 6;

/** A person's hand on agents' sessions: stopping all of them, and taking back locks and refusals, which no one else can. */
export class SessionControl implements vscode.Disposable {
  private readonly options: SessionControlOptions;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable;
  private stopped: boolean;
  private locked: ReadonlySet<string>;
  readonly onDidChange = this.changed.event;

  constructor(options: SessionControlOptions) {
    this.options = options;
    const { sessions, log } = options;
    this.stopped = sessions.isStopped();
    this.locked = lockedIn(sessions);
    const ends = [sessions.onChange(() => this.refresh()), sessions.watchFolder((error) => log.warn('the sessions cannot be watched', error))];
    this.subscriptions = vscode.Disposable.from(this.changed, ...ends.map((dispose) => ({ dispose })));
    this.tellEditor();
  }

  isStopped(): boolean {
    return this.stopped;
  }

  list(): readonly SessionSummary[] {
    return this.options.sessions.list();
  }

  /** Denies everything every agent asks for, at once and without a question: it only takes away. */
  async stopAll(): Promise<void> {
    if (this.options.sessions.isStopped()) return;
    await this.options.sessions.stop();
    await this.record('All agents stopped');
    const chosen = await vscode.window.showWarningMessage(vscode.l10n.t('All agents are stopped. Nothing they ask for is run, written or read until you resume them.'), 'Resume…');
    if (chosen) await vscode.commands.executeCommand(commands.resumeAgents);
  }

  /** Ends what `stopAll` began. */
  async resumeAll(): Promise<void> {
    if (!this.options.sessions.isStopped()) {
      void vscode.window.showInformationMessage(vscode.l10n.t('No agent is stopped.'));
      return;
    }
    const sure = await confirmWeakening(vscode.l10n.t('Agents go on with what they were doing.'), vscode.l10n.t('What they ask for is judged again, and what cannot be undone is put to you. Sessions that are locked stay locked.'), 'Resume');
    if (!sure) return;
    await this.options.sessions.resume();
    await this.record('All agents resumed');
  }

  /** Lets a locked session do more than read again. */
  async unlock(id?: string): Promise<void> {
    const session = await this.pick(id, ({ locked }) => locked, 'Unlock a Session', vscode.l10n.t('No session is locked.'));
    if (!session) return;
    const name = this.nameOf(session);
    const sure = await confirmWeakening(vscode.l10n.t('{0} may act again, not only read.', name), vscode.l10n.t('It was locked because several of its tries were refused. What you refused stays refused; anything else that cannot be undone is put to you.'), 'Unlock');
    if (!sure) return;
    await this.options.sessions.unlock(session.id);
    await this.record(`${name} unlocked`);
  }

  /** Lets what was refused in a session be asked about again. */
  async forget(id?: string): Promise<void> {
    const session = await this.pick(id, () => true, 'Forget Refusals of a Session', vscode.l10n.t('No refusal is remembered.'));
    if (!session) return;
    const name = this.nameOf(session);
    const sure = await confirmWeakening(vscode.l10n.t('{0} may ask again for what you refused.', name), vscode.l10n.t('{0}\n\nNothing is allowed by this: you are asked once more when it tries. A lock of the session ends too.', session.refusals.slice(0, SHOWN).map((what) => oneLine(what, LINE)).join('\n')), 'Forget Refusals');
    if (!sure) return;
    await this.options.sessions.forget(session.id);
    await this.record(`Refusals of ${name} forgotten`);
  }

  /** How a session is called in a sentence. */
  nameOf({ agent, folder }: SessionSummary): string {
    if (agent === '') return vscode.l10n.t('A session whose record cannot be read');
    const title = this.options.titles.get(agent) ?? agent;
    return folder === '' ? title : vscode.l10n.t('{0} in {1}', title, oneLine(folder.split(/[\\/]/).at(-1) || folder, NAME));
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private async pick(id: string | undefined, fits: (session: SessionSummary) => boolean, title: string, none: string): Promise<SessionSummary | undefined> {
    const sessions = this.list().filter(fits);
    if (sessions.length === 0) void vscode.window.showInformationMessage(none);
    const known = sessions.find((session) => session.id === id);
    if (known || sessions.length < 2) return known ?? sessions[0];
    const items = sessions.map((session) => ({ label: this.nameOf(session), description: [session.locked ? 'locked' : '', session.at > 0 ? clock(new Date(session.at)) : ''].filter((part) => part !== '').join(' · '), detail: session.refusals.map((what) => oneLine(what, NAME)).join(' ⏎ '), session }));
    return (await vscode.window.showQuickPick(items, { title }))?.session;
  }

  private refresh(): void {
    const { sessions } = this.options;
    const before = this.locked;
    this.stopped = sessions.isStopped();
    this.locked = lockedIn(sessions);
    this.tellEditor();
    this.changed.fire();
    for (const session of this.list()) if (session.locked && !before.has(session.id) && this.isHere(session)) void this.tellLocked(session);
  }

  /** Several windows see it; the one with the folder tells. */
  private isHere({ folder }: SessionSummary): boolean {
    return this.options.folders().some((open) => isInside(folder, open, platformOf(open))) || vscode.window.state.focused;
  }

  private async tellLocked(session: SessionSummary): Promise<void> {
    const chosen = await vscode.window.showWarningMessage(vscode.l10n.t('{0} is locked after three refused tries. It may only read.', this.nameOf(session)), UNLOCK, SHOW);
    if (chosen === UNLOCK) await vscode.commands.executeCommand(commands.unlockSession, { session: session.id });
    if (chosen === SHOW) await vscode.commands.executeCommand(commands.showActivity);
  }

  private tellEditor(): void {
    void vscode.commands.executeCommand('setContext', contextKeys.stopped, this.stopped);
  }

  private async record(what: string): Promise<void> {
    const { recorder, log } = this.options;
    await recorder.record({ type: 'configuration', what, by: 'person' }).catch((error: unknown) => log.error('the journal could not be written', error));
  }
}

function lockedIn(sessions: Sessions): ReadonlySet<string> {
  return new Set(sessions.list().filter(({ locked }) => locked).map(({ id }) => id));
}
