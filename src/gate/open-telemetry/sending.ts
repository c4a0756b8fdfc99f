import { setTimeout as pause } from 'node:timers/promises';
import { oneLine } from '../../core/shown-text.ts';
import { type Batch, batchAfter, type BatchSize, bytesAfter, placeAtEnd } from '../../journal/following.ts';
import { LockTimeout, withLock } from '../../journal/lock-file.ts';
import type { State } from '../state.ts';
import { type Collector, headersFor, HeadersUnusable } from './collector.ts';
import { encode, partialSuccessIn, type Sender } from './encode.ts';
import { entryOf } from './entry.ts';
import { post, type Reply } from './post.ts';
import { loadProgress, type Progress, saveProgress, sendingLock } from './progress.ts';

export interface SendingOptions {
  readonly state: State;
  readonly collector: Collector;
  readonly sender: Sender;
  /** Names of agents by id. */
  readonly titles: ReadonlyMap<string, string>;
  /** True while this window is the one of all that sends. */
  readonly leads: () => boolean;
  /** Replaces every secret in a text. */
  readonly mask: (text: string) => string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** One line for the log. */
  readonly log: (line: string) => void;
  /** The sending begins to fail, goes on failing, or works again. */
  readonly onChange: (progress: Progress) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly pace?: Partial<Pace>;
}

/** Milliseconds. */
export interface Pace {
  /** Between two looks at whether the journal has grown. */
  readonly look: number;
  /** For one request. */
  readonly request: number;
  /** The first wait after a failure; each is twice the one before. */
  readonly firstRetry: number;
  readonly longestRetry: number;
}

export interface Sending {
  /** Ends it at once. What was not acknowledged is sent again by whoever sends next. */
  stop(): Promise<void>;
}

const usualPace: Pace = { look: 5_000, request: 10_000, firstRetry: 1_000, longestRetry: 300_000 };
/** A collector may ask for more patience than we have by ourselves, but not for any. */
const LONGEST_ASKED_MS = 3_600_000;
/** Small enough to be masked and written between two keystrokes: that is done where agents are answered. */
const wholeBatch: BatchSize = { records: 100, bytes: 131_072 };

/** How a step ended: all is sent, there is more, or it has to wait. */
type Step = { readonly is: 'done' } | { readonly is: 'more' } | { readonly is: 'failed'; readonly why: string; readonly afterMs?: number };

/**
 * Sends what is in the journal behind the place that was last acknowledged, batch by batch, while this window leads. It begins with what
 * is written from now on. Nothing waits for it: an action is over when its record is in the journal.
 */
export function startSending(options: SendingOptions): Sending {
  const pace = { ...usualPace, ...options.pace };
  const stop = new AbortController();
  const wait = (ms: number): Promise<void> => pause(ms, undefined, { signal: stop.signal }).catch(() => undefined);
  const work = new Work(options, pace, stop.signal);

  const run = async (): Promise<void> => {
    for (let failures = 0; !stop.signal.aborted; ) {
      const step: Step = options.leads() ? await work.step().catch(failed) : { is: 'done' };
      failures = step.is === 'failed' ? failures + 1 : 0;
      if (step.is !== 'more') await wait(step.is === 'done' ? pace.look : patience(failures, step.afterMs, pace));
    }
  };
  const running = run();
  return {
    async stop() {
      stop.abort();
      await running;
    },
  };
}

function failed(error: unknown): Step {
  return { is: 'failed', why: error instanceof HeadersUnusable ? error.message : error instanceof LockTimeout ? 'another process is sending' : `an error (${error instanceof Error ? error.name : 'unknown'}) on this machine` };
}

/** Between half of the wait and all of it, so that a fleet does not come back at one moment; what the collector asks for is the least. */
function patience(failures: number, afterMs: number | undefined, { firstRetry, longestRetry }: Pace): number {
  const longest = Math.min(longestRetry, firstRetry * 2 ** Math.min(failures - 1, 30));
  const own = longest * (0.5 + Math.random() / 2);
  return afterMs === undefined ? own : Math.max(own, Math.min(afterMs, LONGEST_ASKED_MS) + own / 10);
}

/** The steps of one sender. */
class Work {
  private readonly options: SendingOptions;
  private readonly pace: Pace;
  private readonly stop: AbortSignal;
  private size = wholeBatch;

  constructor(options: SendingOptions, pace: Pace, stop: AbortSignal) {
    this.options = options;
    this.pace = pace;
    this.stop = stop;
  }

  /** Sends one batch. Under a lock: two windows may lead for a moment when one takes over from the other. */
  async step(): Promise<Step> {
    const { state } = this.options;
    const known = await loadProgress(state);
    if (known !== undefined && (await bytesAfter(state.journal, known.place)) === 0) return { is: 'done' };
    const held = this.pace.request * 2;
    return withLock(sendingLock(state), () => this.sendAndNote(), { within: held * 2, abandonedAfter: held });
  }

  private async sendAndNote(): Promise<Step> {
    const step = await this.sendNext().catch(failed);
    if (step.is === 'failed' && !this.stop.aborted) await this.note(step.why);
    return step;
  }

  /** Writes down that nothing can be sent; in the log once for each reason. */
  private async note(why: string): Promise<void> {
    const { state, log, now, onChange } = this.options;
    const before = await this.progress();
    const progress = { ...before, failing: { since: before.failing?.since ?? iso(now()), why } };
    if (before.failing?.why !== why) {
      log(`records could not be sent to ${progress.endpoint}: ${why}. They wait in the journal.`);
      await saveProgress(state, progress);
    }
    onChange(progress);
  }

  private async progress(): Promise<Progress> {
    const { state, collector, log } = this.options;
    const known = await loadProgress(state);
    const endpoint = collector.url.href;
    if (known !== undefined) return known.endpoint === endpoint ? known : { version: 1, place: known.place, endpoint, rejected: 0 };
    const first: Progress = { version: 1, place: await placeAtEnd(state.journal), endpoint, rejected: 0 };
    await saveProgress(state, first);
    log(`records are sent from number ${first.place.seq + 1} on`);
    return first;
  }

  private async sendNext(): Promise<Step> {
    const { state, collector, now } = this.options;
    const progress = await this.progress();
    const batch = await batchAfter(state.journal, progress.place, this.size, collector.bounds, now());
    if (batch.items.length === 0) return { is: 'done' };
    const reply = await this.post(batch);
    switch (reply.is) {
      case 'accepted':
        return this.acknowledged(progress, batch, this.notTaken(reply.body));
      case 'unfit':
        return this.withFewer(progress, batch, reply.why);
      case 'later':
        return { is: 'failed', why: reply.why, ...(reply.afterMs === undefined ? {} : { afterMs: reply.afterMs }) };
      case 'refused':
        return { is: 'failed', why: reply.why };
    }
  }

  private async post({ items }: Batch): Promise<Reply> {
    const { collector, sender, titles, mask, env, now } = this.options;
    const headers = await headersFor(collector, env);
    const forEntries = { titles, texts: collector.texts, mask: once(mask) };
    const body = encode(items.map((item) => entryOf(item, forEntries)), sender, now());
    return post({ url: collector.url, headers: { 'user-agent': `Interlock/${sender.version}`, ...headers }, body, withinMs: this.pace.request, stop: this.stop, now });
  }

  private notTaken(body: Buffer): number {
    const { log, mask } = this.options;
    const { rejected, message } = partialSuccessIn(body);
    if (rejected > 0 || message !== '') log(`the collector took a batch${rejected === 0 ? ' and warns' : ` without ${rejected} of its records`}: ${oneLine(mask(message), 200) || 'it does not say why'}`);
    return rejected;
  }

  private async acknowledged(progress: Progress, batch: Batch, rejected: number): Promise<Step> {
    const { state, log, now, onChange } = this.options;
    const { failing, ...rest } = progress;
    const next: Progress = { ...rest, place: batch.next, sent: iso(now()), rejected: rest.rejected + rejected };
    await saveProgress(state, next);
    if (failing !== undefined || progress.sent === undefined) log(`records are sent to ${next.endpoint}`);
    onChange(next);
    this.size = wholeBatch;
    return { is: batch.more ? 'more' : 'done' };
  }

  /**
   * A record that the collector cannot read must not keep all others back: halves find it, and alone it is left out. Only from a
   * collector that has taken others: an address where none listens says the same of everything.
   */
  private async withFewer(progress: Progress, batch: Batch, why: string): Promise<Step> {
    const records = batch.items.filter(({ what }) => what === 'record').length;
    if (records > 1) {
      this.size = { ...wholeBatch, records: Math.floor(records / 2) };
      return { is: 'more' };
    }
    if (progress.sent === undefined) return { is: 'failed', why };
    this.options.log(`a record was left out: ${why}`);
    return this.acknowledged(progress, batch, 1);
  }
}

/** Most of what is said of one record is said of the next as well. */
function once(mask: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const hidden = mask(text);
    known.set(text, hidden);
    return hidden;
  };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
