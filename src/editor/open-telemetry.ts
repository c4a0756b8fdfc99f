import { createRequire } from 'node:module';
import { hostname, userInfo } from 'node:os';
import * as vscode from 'vscode';
import type { Collector, Destination } from '../gate/open-telemetry/collector.ts';
import { forgetProgress, type Progress } from '../gate/open-telemetry/progress.ts';
import type { Sending, SendingOptions } from '../gate/open-telemetry/sending.ts';
import type { State } from '../gate/state.ts';

export interface OpenTelemetryOptions {
  readonly state: State;
  /** Path of the program that sends, which ships with the extension. */
  readonly program: string;
  readonly version: string;
  /** Where records go, as it is now. */
  readonly destination: () => Destination;
  readonly leads: () => boolean;
  readonly titles: ReadonlyMap<string, string>;
  readonly mask: (text: string) => string;
  readonly log: vscode.LogOutputChannel;
}

/** What the program gives. */
interface Program {
  readonly startSending: (options: SendingOptions) => Sending;
}

/** A collector that is away for less long is nobody's worry: records wait. */
const LONG_MS = 3_600_000;

/** Has the journal's records sent where somebody wants it. What that needs is loaded then, and not before. */
export class OpenTelemetry implements vscode.Disposable {
  private readonly options: OpenTelemetryOptions;
  private readonly changed = new vscode.EventEmitter<void>();
  private destination: Destination | undefined;
  private sending: Sending | undefined;
  private trouble: string | undefined;
  /** One change after the other. */
  private work: Promise<void> = Promise.resolve();
  readonly onDidChange = this.changed.event;

  constructor(options: OpenTelemetryOptions) {
    this.options = options;
  }

  /** Why records have not reached the collector for long; undefined while they do, none is wanted, or another window sends by now. */
  unsent(): string | undefined {
    return this.destination?.state === 'on' && !this.options.leads() ? undefined : this.trouble;
  }

  /** To be called at the start, and when the settings or the policy may have changed. Never rejects: nothing else may fail for it. */
  refresh(): Promise<void> {
    this.work = this.work
      .then(() => this.follow())
      .catch((error: unknown) => {
        this.options.log.error('records cannot be sent to a collector', error);
        this.say('the log says why');
      });
    return this.work;
  }

  dispose(): void {
    void this.stop();
    this.changed.dispose();
  }

  private async follow(): Promise<void> {
    const destination = this.options.destination();
    if (JSON.stringify(destination) === JSON.stringify(this.destination)) return;
    const before = this.destination;
    this.destination = destination;
    await this.stop();
    const { state, leads, log } = this.options;
    if (destination.state === 'on') this.start(destination.collector);
    if (destination.state === 'unusable') log.warn(`records are not sent to a collector: ${destination.why}`);
    if (destination.state === 'off' && before !== undefined) log.info('records are not sent to a collector any more');
    this.say(destination.state === 'unusable' ? destination.why : undefined);
    // Where another window leads, its settings count.
    if (destination.state === 'off' && leads()) await forgetProgress(state);
  }

  private start(collector: Collector): void {
    const { state, program, version, leads, titles, mask, log } = this.options;
    log.info(`records go to ${collector.url.href}, as ${collector.by === 'organisation' ? 'your organisation’s policy' : 'your settings'} will have it, ${collector.texts ? 'with' : 'without'} texts`);
    const { startSending } = createRequire(program)(program) as Program;
    this.sending = startSending({
      state, collector, sender: { host: hostname(), user: userInfo().username, version }, titles, leads, mask, env: process.env, log: (line) => log.info(line), now: Date.now,
      onChange: ({ failing }: Progress) => this.say(failing !== undefined && Date.now() - Date.parse(failing.since) >= LONG_MS ? `${failing.why}, since ${failing.since}` : undefined),
    });
  }

  private async stop(): Promise<void> {
    const { sending } = this;
    this.sending = undefined;
    await sending?.stop();
  }

  private say(trouble: string | undefined): void {
    if (trouble === this.trouble) return;
    this.trouble = trouble;
    this.changed.fire();
  }
}
