import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Adapter } from '../../../src/agents/adapter.ts';
import { adapter as claudeCode } from '../../../src/agents/claude-code.ts';
import { adapter as cline } from '../../../src/agents/cline.ts';
import { adapter as cursor } from '../../../src/agents/cursor.ts';
import { adapter as windsurf } from '../../../src/agents/windsurf.ts';
import type { Action } from '../../../src/core/action.ts';
import { KeepFailed, type Keeper } from '../../../src/core/keeping.ts';
import type { JournalEvent, Recorder } from '../../../src/core/recording.ts';
import type { Decision, Finding, Verdict } from '../../../src/core/verdict.ts';
import type { JudgeServices } from '../../../src/gate/judge.ts';
import type { Asker, PersonAnswer, Question } from '../../../src/gate/ports.ts';
import type { HookRequest } from '../../../src/gate/protocol.ts';
import { Sessions } from '../../../src/gate/sessions.ts';
import { locateState, type State } from '../../../src/gate/state.ts';
import { claudeTool } from '../agents/payloads.ts';

const adapters: readonly Adapter[] = [claudeCode, cursor, cline, windsurf];

/** A state folder of a test's own, and its removal. */
export function temporaryState(): { readonly state: State; readonly home: string; readonly remove: () => void } {
  const home = mkdtempSync(join(tmpdir(), 'il-gate-'));
  return { state: locateState({ INTERLOCK_HOME: join(home, 'il') }, home), home, remove: () => rmSync(home, { recursive: true, force: true }) };
}

/** A request of Claude Code to run a command. The command says what `decideByCommand` makes of it. */
export function commandRequest(command: string, cwd = '/work', session = 's1'): HookRequest {
  return { agent: 'claude-code', payload: claudeTool('Bash', { command }, { cwd, session_id: session }), env: {}, cwd, pid: 1 };
}

export function finding(decision: Decision, more: Partial<Finding> = {}): Finding {
  return {
    verb: 'delete', resource: { kind: 'folder', name: 'build' }, reversibility: 'irreversible', certainty: 'certain', rule: 'rm/delete', why: 'Deletes the folder build.',
    saferWay: 'Move it away', target: { by: 'path' }, paths: ['/work/build'], environment: 'local', evidence: [], decision, typed: false, because: 'it cannot be undone', source: 'built-in', ...more,
  };
}

export function verdictOf(decision: Decision, more: Partial<Verdict> = {}): Verdict {
  return { decision, findings: decision === 'allow' ? [] : [finding(decision)], ...(decision === 'ask' ? { confirmation: { by: 'click' } } : {}), ...more };
}

/** The first word of the command is the decision. */
export function decideByCommand(action: Action): Verdict {
  const word = action.tool === 'shell' ? action.command.split(' ')[0] : 'allow';
  if (word === 'throw') throw new Error('core failed');
  return verdictOf(word === 'keep' || word === 'ask' || word === 'deny' ? word : 'allow');
}

/** Keeps what it is told, in memory. */
export class MemoryRecorder implements Recorder {
  readonly events: JournalEvent[] = [];
  broken = false;

  record(event: JournalEvent): Promise<void> {
    if (this.broken) return Promise.reject(new Error('the disk is full'));
    this.events.push(event);
    return Promise.resolve();
  }

  /** `decision by` of each action, in order. */
  outcomes(): string[] {
    return this.events.flatMap((event) => (event.type === 'action' ? [`${event.outcome.decision} ${event.outcome.by}`] : []));
  }
}

/** Answers with what it is given; leaves questions open without it. */
export class TestAsker implements Asker {
  readonly questions: Question[] = [];
  readonly aborted: string[] = [];
  answer: PersonAnswer['answer'] | undefined;
  for: 'session' | undefined;
  private readonly waiting: (() => void)[] = [];
  private readonly open = new Map<string, (answer: PersonAnswer) => void>();

  constructor(answer?: PersonAnswer['answer']) {
    this.answer = answer;
  }

  ask(question: Question, signal: AbortSignal): Promise<PersonAnswer> {
    this.questions.push(question);
    for (const seen of this.waiting.splice(0)) seen();
    const { answer } = this;
    if (answer === 'unanswered') return Promise.resolve({ answer, why: 'the dialog could not be shown' });
    if (answer === 'allow') return Promise.resolve({ answer, ...(this.for ? { for: this.for } : {}) });
    if (answer !== undefined) return Promise.resolve({ answer });
    return new Promise((resolve) => {
      this.open.set(question.id, resolve);
      signal.addEventListener('abort', () => {
        this.aborted.push(String(signal.reason));
        resolve({ answer: 'unanswered', why: String(signal.reason) });
      });
    });
  }

  /** Answers one question that was left open. */
  settle(id: string, answer: 'allow' | 'deny'): void {
    this.open.get(id)?.({ answer });
  }

  /** Resolves when the n-th question has been asked. */
  async asked(count: number): Promise<void> {
    while (this.questions.length < count) await new Promise<void>((seen) => this.waiting.push(seen));
  }
}

export class TestKeeper implements Keeper {
  readonly kept: Action[] = [];
  problem: string | undefined;

  keep(action: Action): ReturnType<Keeper['keep']> {
    if (this.problem !== undefined) return Promise.reject(new KeepFailed(this.problem));
    this.kept.push(action);
    return Promise.resolve({ manifest: 'm1', files: 1, bytes: 2 });
  }
}

const sessionFolders = mkdtempSync(join(tmpdir(), 'il-sessions-'));
process.once('exit', () => rmSync(sessionFolders, { recursive: true, force: true }));

/** Sessions in a folder of a test's own. */
export function temporarySessions(now: () => number = Date.now): Sessions {
  return new Sessions({ folder: mkdtempSync(join(sessionFolders, 's-')), now });
}

export function services(given: Partial<JudgeServices> = {}): JudgeServices & { readonly recorder: MemoryRecorder } {
  const recorder = new MemoryRecorder();
  return { adapters, decide: decideByCommand, mask: (text: string) => text, recorder, sessions: temporarySessions(), now: Date.now, answerWithin: () => 60_000, ...given } as JudgeServices & { recorder: MemoryRecorder };
}
