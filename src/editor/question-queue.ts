import type { Asker, PersonAnswer, Question } from '../gate/ports.ts';

/**
 * What came of showing a question. `session`: allowed for as long as the session lasts; `reconsider`: the person changed the policy;
 * `again`: the person wanted to know more first, which is no answer; `gone`: it closed itself because no answer was wanted any more.
 */
export type Shown = 'allow' | 'session' | 'reconsider' | 'deny' | 'again' | 'gone';

/** Shows one question; `signal` aborts when the answer no longer counts. */
type ShowQuestion = (question: Question, signal: AbortSignal) => Promise<Shown>;

export interface QueueEvents {
  /** The questions that wait for an answer have changed. */
  readonly changed: () => void;
  /** A person answered a question whose answer had already been given for them. */
  readonly late: (question: Question, chosen: Exclude<Shown, 'again' | 'gone'>) => void;
  /** A dialog could not be shown. */
  readonly failed: (question: Question, error: unknown) => void;
}

interface Waiter {
  readonly question: Question;
  readonly settle: (answer: PersonAnswer) => void;
}

/** Requests that are the same to a person, shown once. */
interface Entry {
  readonly key: string;
  readonly waiters: Set<Waiter>;
  readonly closed: AbortController;
}

/**
 * Puts questions to a person one at a time. Every request keeps its own deadline and its own way out, and is answered
 * `unanswered` at that moment even while its dialog stays on the screen: VS Code cannot close a modal.
 */
export class QuestionQueue implements Asker {
  private readonly show: ShowQuestion;
  private readonly events: QueueEvents;
  private readonly now: () => number;
  /** In the order they are shown. */
  private readonly entries: Entry[] = [];
  private showing = false;

  constructor(show: ShowQuestion, events: QueueEvents, now: () => number = Date.now) {
    this.show = show;
    this.events = events;
    this.now = now;
  }

  /** Questions without an answer yet, identical ones once, in the order they are shown. */
  waiting(): readonly Question[] {
    return this.entries.flatMap(({ waiters }) => {
      const [first] = waiters;
      return first ? [first.question] : [];
    });
  }

  ask(question: Question, signal: AbortSignal): Promise<PersonAnswer> {
    return new Promise((resolve) => {
      const left = question.deadline - this.now();
      if (signal.aborted || left <= 0) {
        resolve({ answer: 'unanswered', why: signal.aborted ? GONE : NO_TIME });
        return;
      }
      const entry = this.entryFor(question);
      const timer = setTimeout(() => waiter.settle({ answer: 'unanswered', why: NO_TIME }), Math.min(left, LONGEST_TIMER));
      const leave = (): void => waiter.settle({ answer: 'unanswered', why: GONE });
      const waiter: Waiter = {
        question,
        settle: (answer) => {
          if (!entry.waiters.delete(waiter)) return;
          clearTimeout(timer);
          signal.removeEventListener('abort', leave);
          if (entry.waiters.size === 0) entry.closed.abort();
          resolve(answer);
          this.events.changed();
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      entry.waiters.add(waiter);
      this.events.changed();
      void this.pump();
    });
  }

  /** Makes a question the next to be shown. False where it does not wait any more. */
  raise(id: string): boolean {
    const at = this.indexOf(id);
    const [entry] = at < 0 ? [] : this.entries.splice(at, 1);
    if (entry) this.entries.unshift(entry);
    return entry !== undefined;
  }

  /** Denies a question, shown or not, and those identical to it. */
  deny(id: string): void {
    const entry = this.entries[this.indexOf(id)];
    if (entry) settleAll(entry, { answer: 'deny' });
  }

  /** Answers everything that waits with "nobody was there". */
  close(why: string): void {
    for (const entry of this.entries) settleAll(entry, { answer: 'unanswered', why });
  }

  private indexOf(id: string): number {
    return this.entries.findIndex(({ waiters }) => [...waiters].some(({ question }) => question.id === id));
  }

  private entryFor(question: Question): Entry {
    const key = sameness(question);
    const known = this.entries.find((entry) => entry.key === key && !entry.closed.signal.aborted);
    if (known) return known;
    const entry: Entry = { key, waiters: new Set(), closed: new AbortController() };
    this.entries.push(entry);
    return entry;
  }

  private async pump(): Promise<void> {
    if (this.showing) return;
    this.showing = true;
    for (let entry = this.entries[0]; entry; entry = this.entries[0]) {
      if ((await this.showOne(entry)) === 'done') this.entries.splice(this.entries.indexOf(entry), 1);
    }
    this.showing = false;
    this.events.changed();
  }

  /** `again`: it has still no answer, and is still to be asked. */
  private async showOne(entry: Entry): Promise<'again' | 'done'> {
    const [first] = entry.waiters;
    if (!first) return 'done';
    try {
      const chosen = await this.show(first.question, entry.closed.signal);
      // After a sleep of the machine a click may come before the timer that it is too late for.
      for (const waiter of entry.waiters) if (waiter.question.deadline <= this.now()) waiter.settle({ answer: 'unanswered', why: NO_TIME });
      if (chosen === 'again') return 'again';
      if (chosen === 'gone') settleAll(entry, { answer: 'unanswered', why: 'the dialog was closed' });
      else if (entry.waiters.size === 0) this.events.late(first.question, chosen);
      else settleAll(entry, answerOf(chosen));
    } catch (error) {
      settleAll(entry, { answer: 'unanswered', why: 'the dialog could not be shown' });
      this.events.failed(first.question, error);
    }
    return 'done';
  }
}

const NO_TIME = 'nobody answered in time';
const GONE = 'the agent stopped waiting';
/** Longest delay a timer of Node can hold; a larger one would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;
const LONGEST_READING = 30_000;

/** Milliseconds a person may read before a question with that much time left is asked again: never so long that it could not be answered. */
export function readingTime(left: number): number {
  return Math.max(0, Math.min(LONGEST_READING, Math.floor(left / 2)));
}

function answerOf(chosen: Exclude<Shown, 'again' | 'gone'>): PersonAnswer {
  return chosen === 'session' ? { answer: 'allow', for: 'session' } : { answer: chosen };
}

function settleAll(entry: Entry, answer: PersonAnswer): void {
  for (const waiter of entry.waiters) waiter.settle(answer);
}

/** Two questions with the same key ask a person the same thing: one agent's session, one text, one place, one judgement. */
function sameness({ action, verdict }: Question): string {
  const findings = verdict.findings.map(({ rule, environment, resource, why }) => [rule, environment, resource.name, why]);
  return JSON.stringify([action, findings, verdict.confirmation]);
}
