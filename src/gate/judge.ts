import { randomUUID } from 'node:crypto';
import { UnreadablePayload, type Adapter, type Answer, type Decoded, type HookAnswer, type HookCall } from '../agents/adapter.ts';
import type { Action, ShellAction } from '../core/action.ts';
import { canaryAnswer, canaryOf, type CanaryWitness } from '../core/canary.ts';
import { canBeKept, KeepFailed, losesLocalPaths, type Keeper, type Kept } from '../core/keeping.ts';
import type { Outcome, PersonAnswer, Recorder } from '../core/recording.ts';
import type { Masker } from '../core/shell/masked-command.ts';
import type { Verdict } from '../core/verdict.ts';
import type { Losses } from '../core/world.ts';
import { TIME_TO_ANSWER } from './bounds.ts';
import type { Backups } from './backups.ts';
import type { CountRows } from './counted-rows.ts';
import type { Granted } from './granted.ts';
import { maskOutput } from './mask-output.ts';
import { failure, refusal, type Refusal } from './messages.ts';
import type { Asker, Question } from './ports.ts';
import type { HookRequest } from './protocol.ts';
import { MOST_TRIES } from './session-record.ts';
import { mayBeAllowedAhead, type Objection, type RefusedTry, type Sessions } from './sessions.ts';
import type { SharedCalls } from './shared-calls.ts';

/** What `judge` works with. The editor gives all of it; a hook on its own has no `asker`. */
export interface JudgeServices {
  readonly adapters: readonly Adapter[];
  readonly decide: (action: Action) => Verdict;
  readonly keeper?: Keeper;
  readonly asker?: Asker;
  readonly recorder: Recorder;
  /** What was refused before. */
  readonly sessions: Sessions;
  /** How much work is lost with some paths of this machine. */
  readonly losses?: (paths: readonly string[]) => Losses | undefined;
  /** Has a command of the person's own count what would be lost, for the question. Never in a hook on its own. */
  readonly countRows?: CountRows;
  /** Backups of what is not on this machine. */
  readonly backups?: Backups;
  /** The text without the values of secrets. */
  readonly mask: (text: string) => string;
  /** Masks what commands print, where there is something to mask it with. */
  readonly masker?: Masker;
  /** Where the programs of a command may be asked about when they start. */
  readonly granted?: Granted;
  /** Where one call of a tool may come through several hooks. */
  readonly calls?: SharedCalls<Settled>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** How long a person has for an answer; milliseconds. Read at each question, so that a changed setting counts at once. */
  readonly answerWithin: () => number;
}

/** Why a request is no longer waited for; the reason of the signal given to `judge`. */
export type Withdrawal = 'editor closed' | 'agent gone';

/** What has become of an action. */
interface Settled {
  readonly verdict: Verdict;
  readonly outcome: Outcome;
  readonly kept?: Kept;
  /** What failed, in words fit for the agent. */
  readonly detail?: string;
  /** When the person was first asked. */
  readonly asked?: number;
}

interface Case {
  readonly action: Action;
  readonly adapter: Adapter;
  readonly services: JudgeServices;
  readonly signal: AbortSignal;
  /** The command as its agent has to run it itself, should its output have to be masked. */
  readonly piped: string | undefined;
}

/** Answers one request of a hook program. Never rejects: what goes wrong is a deny that says so. */
export function judge(request: HookRequest, services: JudgeServices, signal: AbortSignal = new AbortController().signal): Promise<HookAnswer> {
  const nothing: Verdict = { decision: 'deny', findings: [] };
  return answered(request, services, {
    settle(action, adapter, { call, way = '', piped }) {
      const settled = (): Promise<Settled> => settle({ action, adapter, services, signal, piped }).catch(() => refused(nothing, 'error'));
      // What a person has stopped meanwhile runs through no hook any more.
      return services.calls === undefined || call === undefined || services.sessions.isStopped() ? settled() : services.calls.settle(JSON.stringify([call, { ...action, env: {} }]), request.agent + way, settled);
    },
    witness(canary) {
      // It is refused whatever the policy says of it, and proves that there is one to ask.
      services.decide(canary);
      return services.asker === undefined ? 'no editor' : 'editor';
    },
  });
}

/** Answers a request that could not be judged where it should have been: always a deny, in the journal like any other. Never rejects. */
export function refuse(request: HookRequest, { adapters, mask, recorder }: Pick<JudgeServices, 'adapters' | 'mask' | 'recorder'>, by: Outcome['by'], detail?: string): Promise<HookAnswer> {
  return answered(request, { adapters, mask, recorder }, { settle: () => Promise.resolve(refused({ decision: 'deny', findings: [] }, by, detail)), witness: () => 'nobody' });
}

/** A deny for a caller that no adapter speaks for: exit code 2 is what every agent takes for one. */
function plainDeny(why: string): HookAnswer {
  return { stdout: '', stderr: `${failure(why).toAgent}\n`, exitCode: 2 };
}

/** What a request would do; nothing where it carries no action. */
export function actionsOf(decoded: Decoded): readonly Action[] {
  switch (decoded.kind) {
    case 'action':
    case 'draft':
    case 'output':
      return [decoded.action];
    case 'actions':
      return decoded.actions;
    case 'nothing':
    default:
      return [];
  }
}

/** What an adapter decodes. */
export function callOf({ payload, env, cwd, event }: HookRequest): HookCall {
  return { payload, env, cwd, ...(event === undefined ? {} : { event }) };
}

/** What it takes to answer; `decide` is not there where nothing is decided any more. */
type Answering = Pick<JudgeServices, 'adapters' | 'mask' | 'recorder' | 'masker'> & Partial<Pick<JudgeServices, 'decide'>>;

/** How actions are answered: what becomes of one, and who it is that answers a canary. */
interface Work {
  readonly settle: (action: Action, adapter: Adapter, how: { readonly call?: string; readonly way?: string; readonly piped?: string }) => Promise<Settled>;
  readonly witness: (canary: Action) => CanaryWitness;
}

async function answered(request: HookRequest, services: Answering, work: Work): Promise<HookAnswer> {
  const adapter = services.adapters.find(({ id }) => id === request.agent);
  if (adapter === undefined) return plainDeny('The hook was called without the name of an agent that Interlock knows.');
  let event: string | undefined;
  try {
    const decoded = adapter.decode(callOf(request));
    event = decoded.event;
    if (decoded.kind === 'nothing') return adapter.encode({ decision: 'allow' }, event);
    const actions = actionsOf(decoded);
    const [first] = actions;
    const canary = first && actions.length === 1 ? canaryOf(first) : undefined;
    if (first && canary) return encodeDeny(adapter, told(canaryAnswer(canary, work.witness(first))), event);
    if (decoded.kind === 'output') return await passedOn(decoded, adapter, services);
    if (decoded.kind === 'draft' && services.decide !== undefined) return drafted(decoded, services.decide, services.masker) ?? adapter.encode({ decision: 'allow' }, event);
    if (actions.length === 0) throw new UnreadablePayload('The request names nothing that it would do.');
    let masked: HookAnswer | undefined;
    for (const asked of actions) {
      const { action, wrapped, piped } = prepared(asked, decoded, adapter, services.masker);
      const settled = await work.settle(action, adapter, { ...(decoded.kind === 'action' ? decoded : {}), ...(piped === undefined ? {} : { piped }) });
      const answer = await written(action, settled, services);
      // Of what a request does together nothing runs when one part may not.
      if (answer.decision === 'deny') return adapter.encode(answer, event);
      if (settled.verdict.output === 'mask') masked = wrapped;
    }
    return masked ?? adapter.encode({ decision: 'allow' }, event);
  } catch (error) {
    const why = error instanceof UnreadablePayload ? error.message : 'Something failed inside Interlock.';
    // Denied already: a journal that cannot be written changes nothing.
    await services.recorder.record({ type: 'unreadable', agent: adapter.id, why }).catch(() => undefined);
    return encodeDeny(adapter, failure(why), event);
  }
}

/** UTF-16 units. Of a longer command an agent is told the form alone. */
const LONGEST_PIPED = 4_000;

/**
 * The action as it is judged: a command whose output is masked already without what does so, and one whose output nothing can hide as
 * such a one. With it comes how its output can be masked, should its verdict want that: the answer by which the host runs the command in
 * another form, or, where the host takes none, the form in which the agent is to ask for it. That is so for commands that print what may
 * hold secrets (dumps of an environment, searches for what secrets are called, history, logs, files with secrets in them), and only in
 * a shell of which it is known how.
 */
function prepared(action: Action, decoded: Decoded, adapter: Adapter, masker: Masker | undefined): { readonly action: Action; readonly wrapped?: HookAnswer; readonly piped?: string } {
  if (action.tool !== 'shell') return { action };
  const { encodeCommand, shown = adapter.encodeOutput === undefined }: Partial<Extract<Decoded, { kind: 'action' }>> = decoded.kind === 'action' ? decoded : {};
  const command = masker?.unwrap(action.command);
  if (command !== undefined) return { action: { ...action, command } };
  const wrapped = encodeCommand === undefined ? undefined : wrappedCommand(action, masker);
  if (encodeCommand !== undefined && wrapped !== undefined) return { action, wrapped: encodeCommand(wrapped) };
  if (!shown) return { action };
  const piped = adapter.limits.refusalEndsTask || action.shell !== 'bash' ? undefined : masker?.pipe(action.command);
  if (piped === undefined) return { action: { ...action, shown: true } };
  return { action, piped: piped.length <= LONGEST_PIPED ? piped : masker?.pipe('…') ?? piped };
}

/** The command with its output masked; undefined in a shell that takes it for something else. */
function wrappedCommand({ command, env }: ShellAction, masker: Masker | undefined): string | undefined {
  return /(?:^|\/)(?:ba|z)sh$/.test(env['SHELL'] ?? '') ? masker?.wrap(command) : undefined;
}

/** Another form of a command whose output must be masked. Whether it may run is judged when it is about to. */
function drafted({ action, encodeCommand }: Extract<Decoded, { kind: 'draft' }>, decide: JudgeServices['decide'], masker: Masker | undefined): HookAnswer | undefined {
  const wrapped = wrappedCommand(action, masker);
  return wrapped !== undefined && decide(action).output === 'mask' ? encodeCommand(wrapped) : undefined;
}

/** What a tool gave back, masked on its way to the model. What cannot be replaced is at least written down. */
async function passedOn({ action, output, replaceable, event }: Extract<Decoded, { kind: 'output' }>, adapter: Adapter, { mask, recorder }: Pick<JudgeServices, 'mask' | 'recorder'>): Promise<HookAnswer> {
  const masked = maskOutput(output, mask);
  if (masked.names.length === 0) return adapter.encode({ decision: 'allow' }, event);
  const replaced = replaceable ? adapter.encodeOutput?.(masked.output, event) : undefined;
  // The model is to see no more of it because the disk is full.
  await recorder.record({ type: 'masked', action, names: masked.names, shown: replaced === undefined }).catch(() => undefined);
  return replaced ?? adapter.encode({ decision: 'allow' }, event);
}

function told(text: string): Refusal {
  return { toAgent: text, toPerson: text };
}

function encodeDeny(adapter: Adapter, text: { readonly toAgent: string; readonly toPerson: string }, event: string | undefined): HookAnswer {
  try {
    return adapter.encode({ decision: 'deny', ...text }, event);
  } catch {
    return { stdout: '', stderr: `${text.toAgent}\n`, exitCode: 2 };
  }
}

/** The answer, once it is in the journal. What cannot be written down does not run. */
async function written(action: Action, settled: Settled, { recorder, mask }: Pick<JudgeServices, 'recorder' | 'mask'>): Promise<Answer> {
  const { verdict, outcome, kept, detail } = settled;
  try {
    await recorder.record({ type: 'action', action, verdict, outcome, ...(kept === undefined ? {} : { kept }) });
  } catch {
    if (outcome.decision === 'allow') return denied(refusal(verdict, 'error', 'The journal could not be written. Check that the disk is not full.'), mask);
  }
  return outcome.decision === 'allow' ? { decision: 'allow' } : denied(refusal(verdict, outcome.by, detail), mask);
}

/** What is said names resources and shows views of files: of values the index knows, core cannot tell. */
function denied({ toAgent, toPerson }: Refusal, mask: (text: string) => string): Answer {
  const { output } = maskOutput({ toAgent, toPerson }, mask);
  return { decision: 'deny', ...(output as Refusal) };
}

/** A person may change the policy from the question itself, and what they are asked then may differ; nobody does so without end. */
const MOST_ROUNDS = 4;

async function settle(given: Case): Promise<Settled> {
  const { action, services } = given;
  if (services.sessions.isStopped()) return refused({ decision: 'deny', findings: [] }, 'stopped');
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const verdict = services.decide(action);
    const objection = services.sessions.objection(action, verdict);
    if (objection === undefined && given.piped !== undefined && verdict.output === 'mask' && verdict.decision !== 'deny') return refused(verdict, 'unmasked', given.piped);
    const settled = objection === undefined ? await byVerdict(verdict, given) : refused(verdict, objection);
    if (settled === 'reconsider') continue;
    const unsaved = settled.outcome.decision === 'allow' ? await backedUp(settled, given) : undefined;
    if (unsaved !== undefined) return unsaved;
    if (settled.outcome.decision === 'allow' && settled.outcome.by !== 'hook') services.granted?.add(action, settled.verdict);
    return counted(settled, given);
  }
  return refused({ decision: 'deny', findings: [] }, 'error');
}

/** Makes the backups that must be there before what is allowed goes ahead; a refusal where one cannot be made, or where it is not allowed any more. */
async function backedUp({ verdict, outcome }: Settled, { action, services, signal }: Case): Promise<Settled | undefined> {
  // A program of a command that was allowed comes after that command's own backup.
  if (services.backups === undefined || outcome.by === 'hook') return undefined;
  const backup = await services.backups.make(action, verdict, signal);
  const withdrawn = withdrawalOf(signal) ?? services.sessions.objection(action, verdict);
  if (withdrawn !== undefined) return refused(verdict, withdrawn);
  if ('problem' in backup) return refused(verdict, 'backup failed', backup.problem);
  if (backup.made > 0) await services.recorder.record({ type: 'configuration', what: `Backup made before it was allowed: ${services.mask(verdict.findings[0]?.resource.name ?? '')}`, by: 'interlock' }).catch(() => undefined);
  return undefined;
}

/** Remembers what was refused, and says so where this was one try too many. */
async function counted(settled: Settled, { action, adapter, services }: Case): Promise<Settled> {
  const counts = countOf(settled);
  if (counts === undefined) return settled;
  const { verdict, asked } = settled;
  const locked = await services.sessions.refuse({ action, verdict, counts, what: services.mask(verdict.findings[0]?.why ?? ''), ...(asked === undefined ? {} : { since: asked }) }).catch(() => false);
  if (!locked) return settled;
  // Refused already: a journal that cannot be written changes nothing.
  await services.recorder.record({ type: 'configuration', what: `A session of ${adapter.title} in ${action.cwd} was locked after ${MOST_TRIES} refused tries`, by: 'interlock' }).catch(() => undefined);
  return { ...settled, detail: 'This was the third try that was refused, so this session may only read until the person unlocks it in the editor' };
}

/**
 * How a refusal counts towards the lock; undefined where it is none of the person's or the policy's: that nobody was there to answer
 * says nothing about the agent. Reading a file with secrets is an honest mistake until it is tried by a second route, and never one
 * where the answer is the file with its secrets hidden.
 */
function countOf({ outcome, verdict }: Settled): RefusedTry['counts'] | undefined {
  if (outcome.decision === 'allow') return undefined;
  if (outcome.by === 'person' || outcome.by === 'refused before') return 'yes';
  if (outcome.by !== 'verdict') return undefined;
  if (verdict.maskedView !== undefined) return 'no';
  return verdict.findings.every(({ decision, verb }) => decision !== 'deny' || verb === 'readSecret') ? 'again' : 'yes';
}

async function byVerdict(verdict: Verdict, given: Case): Promise<Settled | 'reconsider'> {
  switch (verdict.decision) {
    case 'allow':
      return { verdict, outcome: { decision: 'allow', by: 'verdict' } };
    case 'keep':
      return keep(verdict, given);
    case 'ask':
      return ask(verdict, given);
    case 'deny':
    default:
      return refused(verdict, 'verdict');
  }
}

/** Copies, then allows. Where no copy can be made, a person decides whether it goes without. */
async function keep(verdict: Verdict, given: Case): Promise<Settled | 'reconsider'> {
  const copy = await copied(verdict, given);
  if ('problem' in copy) {
    const without = withoutCopy(verdict, copy.problem);
    return given.services.asker === undefined ? refused(without, 'copy failed', copy.problem) : ask(without, given, false);
  }
  const withdrawn = withdrawalOf(given.signal) ?? given.services.sessions.objection(given.action, verdict);
  return withdrawn === undefined ? { verdict, outcome: { decision: 'allow', by: 'verdict' }, kept: copy } : refused(verdict, withdrawn);
}

/** Asks; after a yes, copies what would be lost and asks once more where that cannot be done. */
async function ask(verdict: Verdict, given: Case, copyFirst = given.services.keeper !== undefined && verdict.findings.some(canBeKept)): Promise<Settled | 'reconsider'> {
  const { asker, sessions, granted, now } = given.services;
  const asked = now();
  const by = sessions.isAllowed(given.action, verdict) ? 'session' : granted?.take(given.action, given.services.decide) ? 'hook' : asker === undefined ? 'no editor' : await askPerson(verdict, asker, given);
  if (by === 'reconsider') return by;
  if (by !== 'yes' && by !== 'session' && by !== 'hook') return { ...refused(verdict, by), asked };
  const outcome = { decision: 'allow', by: by === 'yes' ? 'person' : by } as const;
  if (!copyFirst) return { verdict, outcome };
  const copy = await copied(verdict, given);
  if ('problem' in copy) return ask(withoutCopy(verdict, copy.problem), given, false);
  const withdrawn = withdrawalOf(given.signal) ?? sessions.objection(given.action, verdict);
  return withdrawn === undefined ? { verdict, outcome, kept: copy } : refused(verdict, withdrawn);
}

function refused(verdict: Verdict, by: Outcome['by'], detail?: string): Settled {
  return { verdict, outcome: { decision: 'deny', by }, ...(detail === undefined ? {} : { detail }) };
}

async function copied(verdict: Verdict, { action, services }: Case): Promise<Kept | { readonly problem: string }> {
  if (services.keeper === undefined) return { problem: 'there is nowhere to keep one' };
  try {
    return await services.keeper.keep(action, verdict);
  } catch (error) {
    return { problem: error instanceof KeepFailed ? error.message : 'the copy failed' };
  }
}

/** The verdict for the same action when no copy can be kept. */
function withoutCopy(verdict: Verdict, problem: string): Verdict {
  const findings = verdict.findings.map((finding) =>
    canBeKept(finding) || finding.decision === 'keep' ? { ...finding, decision: finding.decision === 'keep' ? ('ask' as const) : finding.decision, because: `no copy could be kept first: ${problem}` } : finding,
  );
  return { ...verdict, decision: 'ask', confirmation: verdict.confirmation ?? { by: 'click' }, findings };
}

/**
 * The person's answer, or why there is none. The asker is not trusted to keep the deadline. What is refused, locked or stopped while
 * the question waits needs no answer any more.
 */
async function askPerson(verdict: Verdict, asker: Asker, { action, adapter, services, signal }: Case): Promise<'yes' | 'reconsider' | Outcome['by']> {
  const asked = services.now();
  const within = Math.min(services.answerWithin(), (adapter.timeoutSeconds - TIME_TO_ANSWER) * 1000);
  const losses = lossesOf(verdict, services);
  const question = { id: randomUUID(), action, verdict, agentTitle: adapter.title, deadline: asked + within, ...(losses === undefined ? {} : { losses }) };
  const stop = new AbortController();
  const withdrawn = (): void => stop.abort(signal.reason);
  if (signal.aborted) withdrawn();
  signal.addEventListener('abort', withdrawn);
  const timer = setTimeout(() => stop.abort('no answer in time'), within);
  const unwatch = services.sessions.onChange(() => {
    const objection = services.sessions.objection(action, verdict);
    if (objection !== undefined) stop.abort(objection);
  });
  let answer: PersonAnswer;
  try {
    answer = await Promise.race([askInformed(question, asker, services, stop.signal), whenAborted(stop.signal)]);
  } finally {
    clearTimeout(timer);
    unwatch();
    signal.removeEventListener('abort', withdrawn);
  }
  // An answer that arrives together with the end of its time counts for nothing.
  const ended = stop.signal.aborted ? endOf(stop.signal) : undefined;
  await services.recorder.record({ type: 'answer', action, question: question.id, answer: ended === undefined ? answer : { answer: 'unanswered', why: ended }, delayMs: services.now() - asked });
  if (ended !== undefined) return ended;
  switch (answer.answer) {
    case 'unanswered':
      return services.now() >= question.deadline ? 'no answer in time' : 'error';
    case 'allow': {
      const objection = services.sessions.objection(action, verdict);
      if (objection !== undefined) return objection;
      if (answer.for === 'session' && mayBeAllowedAhead(verdict)) await services.sessions.allow(action);
      return 'yes';
    }
    case 'reconsider':
      return 'reconsider';
    case 'deny':
    default:
      return 'person';
  }
}

/** Asks with what can be found out of the loss in a short while. What ends meanwhile is not asked any more. */
async function askInformed(question: Question, asker: Asker, { countRows, backups }: JudgeServices, signal: AbortSignal): Promise<PersonAnswer> {
  const { action, verdict } = question;
  const [rows, backup] = await Promise.all([orNothing(countRows?.(action, verdict, signal)), orNothing(backups?.facts(action, verdict, signal))]);
  if (signal.aborted) return { answer: 'unanswered', why: endOf(signal) };
  return asker.ask({ ...question, ...(rows === undefined ? {} : { rows }), ...(backup === undefined ? {} : { backup }) }, signal);
}

async function orNothing<Fact>(finding: Promise<Fact | undefined> | undefined): Promise<Fact | undefined> {
  try {
    return await finding;
  } catch {
    return undefined;
  }
}

/** Counted for the person alone: where it fails they are asked without. */
function lossesOf({ findings }: Verdict, { losses }: JudgeServices): Losses | undefined {
  const paths = [...new Set(findings.filter((finding) => finding.decision === 'ask' && losesLocalPaths(finding)).flatMap((finding) => finding.paths ?? []))];
  try {
    return paths.length === 0 ? undefined : losses?.(paths);
  } catch {
    return undefined;
  }
}

function whenAborted(signal: AbortSignal): Promise<PersonAnswer> {
  return new Promise((resolve) => {
    const end = (): void => resolve({ answer: 'unanswered', why: endOf(signal) });
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

/** Reasons to end a question that are an outcome of their own. */
const ends: readonly ('no answer in time' | Objection)[] = ['no answer in time', 'stopped', 'locked', 'refused before'];

function endOf(signal: AbortSignal): Withdrawal | Objection | 'no answer in time' {
  return ends.find((end) => end === signal.reason) ?? withdrawalOf(signal) ?? 'agent gone';
}

function withdrawalOf(signal: AbortSignal): Withdrawal | undefined {
  if (!signal.aborted) return undefined;
  return signal.reason === 'editor closed' ? 'editor closed' : 'agent gone';
}
