import * as z from 'zod/mini';
import type { JournalRecord } from '../journal/record.ts';
import type { Question } from '../gate/ports.ts';
import type { SessionSummary } from '../gate/sessions.ts';
import { treeItems } from '../ids.ts';
import { actionTitle } from './question-text.ts';
import { oneLine } from '../core/shown-text.ts';

/** A row of the Activity view. */
export interface Row {
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** Codicon. */
  readonly icon: string;
  /** Id of the vault's manifest, where files were copied first. */
  readonly manifest?: string;
  /** Id of the question that waits. */
  readonly question?: string;
  /** Id of an agent's session. */
  readonly session?: string;
  /** The action's record, where it says why something was held. */
  readonly record?: JournalRecord;
  readonly contextValue?: string;
}

const ActionRecord = z.looseObject({
  type: z.literal('action'),
  agent: z.string(),
  tool: z.string(),
  cwd: z.catch(z.string(), ''),
  what: z.record(z.string(), z.unknown()),
  outcome: z.object({ decision: z.enum(['allow', 'deny']), by: z.string() }),
  findings: z.catch(z.array(z.object({ rule: z.string(), why: z.string(), environment: z.string() })), []),
  kept: z.optional(z.object({ manifest: z.optional(z.string()), files: z.number() })),
});
type ActionRecord = z.infer<typeof ActionRecord>;

const MaskedRecord = z.object({ agent: z.string(), tool: z.string(), what: z.record(z.string(), z.unknown()), names: z.array(z.string()), shown: z.boolean() });

const NAME = 120;
const MOST_REFUSALS = 10;
/** Sessions end without a word; those before are in the list of the command. */
const MOST_SESSIONS = 5;

/** Records as rows. A person's answers are told with the action they belong to and have no row of their own. */
export function recentRows(records: readonly JournalRecord[], titles: ReadonlyMap<string, string>): readonly Row[] {
  return records.flatMap((record) => {
    const time = timeOf(record.time);
    switch (record.type) {
      case 'action': {
        const parsed = ActionRecord.safeParse(record);
        return parsed.success ? [actionRow(parsed.data, record, time, titles)] : [];
      }
      case 'masked': {
        const parsed = MaskedRecord.safeParse(record);
        return parsed.success ? [maskedRow(parsed.data, time, titles)] : [];
      }
      case 'unreadable':
        return [{ label: `A request of ${textOf(record['agent'])} could not be read`, description: `refused · ${time}`, tooltip: textOf(record['why']), icon: 'warning' }];
      case 'canary':
        return [{ label: `${titles.get(textOf(record['agent'])) ?? textOf(record['agent'])} is not guarded: its hook does not answer`, description: time, tooltip: textOf(record['why']), icon: 'warning' }];
      case 'configuration':
        return [{ label: textOf(record['what']), description: `by ${textOf(record['by'])} · ${time}`, tooltip: '', icon: 'gear' }];
      case 'torn':
        return [{ label: 'A record was cut off', description: time, tooltip: 'The machine or the editor stopped while the journal was written.', icon: 'warning' }];
      case 'answer':
      default:
        return [];
    }
  });
}

/** What one session of an agent did, or what was done without one. */
export interface SessionRows {
  readonly title: string;
  readonly description: string;
  readonly rows: readonly Row[];
}

/** Records as rows under the session they belong to, the session of the newest record first. */
export function sessionRows(records: readonly JournalRecord[], titles: ReadonlyMap<string, string>): readonly SessionRows[] {
  const sessions = new Map<string, JournalRecord[]>();
  for (const record of records) {
    const key = typeof record['agent'] === 'string' ? `${record['agent']}\n${textOf(record['session'])}` : '';
    const known = sessions.get(key);
    if (known) known.push(record);
    else sessions.set(key, [record]);
  }
  return [...sessions].flatMap(([key, own]) => {
    const rows = recentRows(own, titles);
    if (rows.length === 0) return [];
    const agent = key.split('\n', 1)[0] ?? '';
    const folder = own.map((record) => textOf(record['cwd'])).find((path) => path !== '');
    const again = own.filter((record) => ActionRecord.safeParse(record).data?.outcome.by === 'refused before').length;
    const stopped = own.filter((record) => ActionRecord.safeParse(record).data?.outcome.decision === 'deny').length;
    const parts = [`${rows.length} ${rows.length === 1 ? 'entry' : 'entries'}`, ...(stopped > 0 ? [`${stopped} stopped`] : []), ...(again > 0 ? [`tried again ${again === 1 ? 'once' : `${again} times`} after a no`] : [])];
    return [{ title: agent === '' ? 'Interlock' : `${titles.get(agent) ?? agent}${folder === undefined ? '' : ` in ${folder.split(/[\\/]/).at(-1) ?? folder}`}`, description: parts.join(' · '), rows }];
  });
}

/** Questions without an answer as rows; the first is on the screen. */
export function waitingRows(questions: readonly Question[], mask: (text: string) => string): readonly Row[] {
  return questions.map((question) => ({
    label: actionTitle(question.action, mask),
    description: `${question.agentTitle} · until ${clock(new Date(question.deadline))}`,
    tooltip: question.verdict.findings.map(({ why }) => oneLine(mask(why), NAME)).join('\n'),
    icon: 'question',
    question: question.id,
    contextValue: treeItems.waiting,
  }));
}

/** What holds agents back until the person says otherwise: a stop of all, locks, and the sessions that were refused something last. */
export function heldRows(stopped: boolean, sessions: readonly SessionSummary[], nameOf: (session: SessionSummary) => string): readonly Row[] {
  const locked = sessions.filter((session) => session.locked);
  const refused = sessions.filter((session) => !session.locked).slice(0, MOST_SESSIONS);
  return [
    ...(stopped ? [{ label: 'All agents are stopped', description: 'nothing they ask for is run or read', tooltip: '', icon: 'stop-circle', contextValue: treeItems.stopped }] : []),
    ...locked.map((session) => ({ ...heldRow(session, 'Three of its tries were refused.'), label: nameOf(session), description: 'locked, may only read', icon: 'lock', contextValue: treeItems.locked })),
    ...refused.map((session) => ({
      ...heldRow(session, 'The same result is refused by any other route too.'),
      label: oneLine(session.refusals[0] ?? '', NAME) || nameOf(session),
      description: `${nameOf(session)} is not asked again`,
      icon: 'circle-slash',
      contextValue: treeItems.refused,
    })),
  ];
}

function heldRow({ id, refusals }: SessionSummary, why: string): Pick<Row, 'session' | 'tooltip'> {
  return { session: id, tooltip: [why, ...refusals.slice(0, MOST_REFUSALS).map((what) => oneLine(what, NAME))].join('\n') };
}

function actionRow(record: ActionRecord, written: JournalRecord, time: string, titles: ReadonlyMap<string, string>): Row {
  const { outcome, kept, findings } = record;
  const agent = titles.get(record.agent) ?? record.agent;
  const files = kept && kept.files > 0 ? ` · ${kept.files} ${kept.files === 1 ? 'file' : 'files'} kept` : '';
  const reasons = findings.map(({ rule, why, environment }) => `${oneLine(why, NAME)} (${rule}, ${environment})`);
  return {
    label: oneLine(titleOf(record), NAME),
    description: `${outcomeText(outcome)}${files} · ${agent} · ${time}`,
    tooltip: [...reasons, record.cwd].filter((line) => line !== '').join('\n'),
    icon: outcome.decision === 'deny' ? 'circle-slash' : kept?.manifest ? 'archive' : 'pass',
    ...(findings.length > 0 ? { record: written, contextValue: treeItems.explained } : {}),
    ...(kept?.manifest ? { manifest: kept.manifest, contextValue: treeItems.kept } : {}),
  };
}

function maskedRow({ agent, tool, what, names, shown }: z.infer<typeof MaskedRecord>, time: string, titles: ReadonlyMap<string, string>): Row {
  const values = oneLine(names.join(', '), NAME);
  return {
    label: shown ? `${values}: shown to the agent` : `${values}: hidden from the agent`,
    description: `${oneLine(titleOf({ tool, what }), NAME)} · ${titles.get(agent) ?? agent} · ${time}`,
    tooltip: shown ? 'A command that failed printed it, and this agent does not let that be changed. Replace the value.' : 'It stood in what the tool gave back.',
    icon: shown ? 'warning' : 'eye-closed',
  };
}

function titleOf({ tool, what }: Pick<ActionRecord, 'tool' | 'what'>): string {
  switch (tool) {
    case 'shell':
      return textOf(what['command']);
    case 'mcp':
      return `${textOf(what['server'])} › ${textOf(what['name'])}`;
    case 'http':
      return `${textOf(what['method'])} ${textOf(what['url'])}`;
    case 'other':
      return textOf(what['name']);
    default:
      return `${tool} ${textOf(what['path'])}`;
  }
}

function outcomeText({ decision, by }: ActionRecord['outcome']): string {
  if (by === 'person') return decision === 'allow' ? 'allowed by you' : 'denied by you';
  if (by === 'session') return 'allowed by you for this session';
  if (by === 'unasked') return 'ran in a terminal, nobody was asked';
  if (by === 'unmasked') return 'told to run it with its output masked';
  if (by === 'hook') return 'allowed with the command it is part of';
  if (by === 'verdict') return decision === 'allow' ? 'allowed' : 'denied';
  return `${decision === 'allow' ? 'allowed' : 'denied'}: ${by}`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? oneLine(value, NAME) : '';
}

function timeOf(iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? '' : clock(time);
}

/** A time of day, with the day. */
export function clock(time: Date): string {
  return time.toLocaleString(undefined, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' });
}
