import type { JournalRecord } from './record.ts';
import { summaryOf, type Summary } from './summary.ts';

/** What became of an action, in the order of the charts: from untouched to stopped. */
export const fates = ['ran', 'kept', 'allowed', 'denied', 'refused', 'failed'] as const;
export type Fate = (typeof fates)[number];

/** One action, told. */
export interface ReportAction extends Pick<Summary, 'agent' | 'session' | 'tool' | 'subject' | 'rules' | 'environments' | 'folder' | 'outcome'> {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly fate: Fate;
  /** Why it was held, said by the rule that weighed most. */
  readonly why: string;
  readonly filesKept: number;
}

/** Everything a report shows. */
export interface ReportFacts {
  /** Milliseconds since the epoch; of the first and last record. Undefined where there is none. */
  readonly period: { readonly from: number; readonly to: number } | undefined;
  readonly actions: readonly ReportAction[];
  /** True where there were more actions than are kept: the oldest are left out of lists, and counted. */
  readonly leftOut: number;
  readonly byFate: ReadonlyMap<Fate, number>;
  readonly byTool: ReadonlyMap<string, number>;
  readonly byEnvironment: ReadonlyMap<string, number>;
  /** Reads and uses of secrets that were refused. */
  readonly secretsRefused: number;
  readonly valuesHidden: number;
  readonly valuesShown: number;
  /** Milliseconds people took; questions nobody answered are counted apart. */
  readonly answers: readonly number[];
  readonly unanswered: number;
  readonly filesKept: number;
  /** What people and Interlock changed: tags, hooks, restored copies. */
  readonly changes: readonly { readonly time: number; readonly what: string; readonly by: string }[];
  /** Lines of the journal that were cut off. */
  readonly torn: number;
}

const MOST_ACTIONS = 5_000;
const MOST_CHANGES = 500;
const secretRules = /^(?:secrets|mcp\/secret|http\/secret)/;

/** Gathers what a report shows from records in the order they were written; each is looked at once and let go. */
export async function gatherFacts(records: AsyncIterable<JournalRecord>): Promise<ReportFacts> {
  const actions: ReportAction[] = [];
  const changes: { time: number; what: string; by: string }[] = [];
  const [byFate, byTool, byEnvironment] = [new Map<Fate, number>(), new Map<string, number>(), new Map<string, number>()];
  const answers: number[] = [];
  const sums = { leftOut: 0, secretsRefused: 0, valuesHidden: 0, valuesShown: 0, unanswered: 0, filesKept: 0, torn: 0 };
  let period: { from: number; to: number } | undefined;
  for await (const record of records) {
    const time = Date.parse(record.time);
    period = { from: Math.min(period?.from ?? time, time), to: Math.max(period?.to ?? time, time) };
    switch (record.type) {
      case 'action': {
        const action = actionOf(record, time);
        actions.push(action);
        count(byFate, action.fate);
        count(byTool, action.tool);
        for (const environment of action.environments.split(' ').filter(Boolean)) count(byEnvironment, environment);
        sums.filesKept += action.filesKept;
        if (isStopped(action.fate) && action.rules.split(' ').some((rule) => secretRules.test(rule))) sums.secretsRefused += 1;
        if (actions.length > MOST_ACTIONS) {
          actions.shift();
          sums.leftOut += 1;
        }
        break;
      }
      case 'answer':
        if (record['answer'] === 'unanswered') sums.unanswered += 1;
        else if (typeof record['delayMs'] === 'number') answers.push(record['delayMs']);
        break;
      case 'masked':
        sums[record['shown'] === true ? 'valuesShown' : 'valuesHidden'] += Array.isArray(record['names']) ? record['names'].length : 1;
        break;
      case 'configuration':
        if (changes.length < MOST_CHANGES) changes.push({ time, what: summaryOf(record).subject, by: String(record['by']) });
        break;
      case 'torn':
        sums.torn += 1;
        break;
      default:
        break;
    }
  }
  return { period, actions, byFate, byTool, byEnvironment, answers, changes, ...sums };
}

/** True for what did not run. */
export function isStopped(fate: Fate): boolean {
  return fate === 'denied' || fate === 'refused' || fate === 'failed';
}

function actionOf(record: JournalRecord, time: number): ReportAction {
  const { agent, session, tool, subject, rules, environments, folder, outcome, kept } = summaryOf(record);
  const [first] = Array.isArray(record['findings']) ? (record['findings'] as readonly unknown[]) : [];
  const why = typeof first === 'object' && first !== null && 'why' in first && typeof first.why === 'string' ? first.why : '';
  return { time, agent, session, tool, subject, rules, environments, folder, outcome, why, fate: fateOf(outcome, Number(kept) > 0), filesKept: Number(kept) || 0 };
}

/** @param outcome as the summary says it */
function fateOf(outcome: string, kept: boolean): Fate {
  if (outcome.startsWith('allowed')) return outcome === 'allowed' ? (kept ? 'kept' : 'ran') : 'allowed';
  if (outcome === 'denied by a person') return 'denied';
  return /^denied(?:: (?:refused before|unmasked|locked|stopped))?$/.test(outcome) ? 'refused' : 'failed';
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
