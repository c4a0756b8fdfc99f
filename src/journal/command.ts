import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import { csvLine } from './csv.ts';
import { fits, query, type Query } from './query.ts';
import { verify, type Verification } from './read.ts';
import { JournalRecord } from './record.ts';
import { gatherFacts } from './report-facts.ts';
import { reportPage } from './report-page.ts';
import { summaryOf, type Summary } from './summary.ts';

/** A call of the `journal` command that cannot be carried out; `message` says what is wrong and what to do. */
export class JournalUsage extends Error {
  override readonly name = 'JournalUsage';
}

export interface JournalCommandOptions {
  /** Folder of the journal. */
  readonly folder: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly utcOffsetMinutes: number;
  /** Names of agents by id. */
  readonly titles: ReadonlyMap<string, string>;
  /** Resolves when the reader has taken the text. */
  readonly write: (text: string) => Promise<void>;
  /** Aborts when the person has seen enough. */
  readonly stop: AbortSignal;
}

export const journalUsage = `  cli.js journal verify                            follows the chain of hashes through all records
  cli.js journal query [CONDITIONS] [TEXT]         records, newest first: --since 2h|3d|2026-11-01 --until … --agent ID --session ID
                                                   --tool shell --outcome allow|deny --environment production --rule railway
                                                   --type action|answer|masked|unreadable|configuration --limit 50 --json
  cli.js journal tail [CONDITIONS]                 the last records and those that follow, until Ctrl+C
  cli.js journal export [CONDITIONS] [--format jsonl|csv]
                                                   all records that fit, oldest first
  cli.js journal report [CONDITIONS] > report.html a page with what was done, stopped and kept
`;

const DEFAULT_LIMIT = 50;
const TAIL_LIMIT = 10;
const TAIL_PAUSE_MS = 400;

const options = {
  since: { type: 'string' }, until: { type: 'string' }, agent: { type: 'string' }, session: { type: 'string' }, tool: { type: 'string' }, outcome: { type: 'string' },
  environment: { type: 'string' }, rule: { type: 'string' }, type: { type: 'string' }, limit: { type: 'string' }, format: { type: 'string' }, json: { type: 'boolean' },
} as const;

/** Everything `journal …` can be told, checked. */
const Call = z.object({
  outcome: z.optional(z.enum(['allow', 'deny'])),
  type: z.optional(JournalRecord.shape.type),
  format: z.optional(z.enum(['jsonl', 'csv'])),
  limit: z.optional(z.coerce.number().check(z.int(), z.positive())),
  json: z.optional(z.boolean()),
  agent: z.optional(z.string()), session: z.optional(z.string()), tool: z.optional(z.string()), environment: z.optional(z.string()), rule: z.optional(z.string()),
});

/**
 * The `journal` command: verify, query, tail, export, report. Gives the exit code: 1 where the chain is broken.
 * @throws JournalUsage
 */
export async function runJournal(argv: readonly string[], to: JournalCommandOptions): Promise<number> {
  const { what, wanted, limit, json, format } = parseCall(argv, to.now());
  switch (what) {
    case 'verify':
      return writeVerification(await verify(to.folder), json, to.write);
    case 'query':
      for (const record of await newest(to.folder, wanted, limit ?? DEFAULT_LIMIT)) await to.write(json ? `${JSON.stringify(record)}\n` : rowText(summaryOf(record)));
      return 0;
    case 'tail':
      return tail(wanted, limit ?? TAIL_LIMIT, json, to);
    case 'report':
      await to.write(reportPage(await gatherFacts(query(to.folder, wanted, 'oldest first')), { titles: to.titles, now: to.now(), utcOffsetMinutes: to.utcOffsetMinutes }));
      return 0;
    case 'export':
      return exportAll(wanted, limit, format, to);
    default:
      throw new JournalUsage(what === undefined ? 'Say what to do with the journal: verify, query, tail, export or report.' : `journal does not know ${what}. It knows verify, query, tail, export and report.`);
  }
}

function parseCall(argv: readonly string[], now: number): { what: string | undefined; wanted: Query; limit: number | undefined; json: boolean; format: 'jsonl' | 'csv' } {
  const { values, positionals } = parsed(argv);
  const call = Call.safeParse(values);
  if (!call.success) {
    const name = String(call.error.issues[0]?.path[0] ?? '');
    throw new JournalUsage(`--${name} cannot be ${JSON.stringify(values[name as keyof typeof values])}.`);
  }
  const [what, ...words] = positionals;
  const { limit, json = false, format = 'jsonl', ...conditions } = call.data;
  const text = words.join(' ');
  const since = momentOf('since', values.since, now);
  const until = momentOf('until', values.until, now);
  return { what, limit, json, format, wanted: { ...given(conditions), ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }), ...(text === '' ? {} : { text }) } };
}

function parsed(argv: readonly string[]): ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new JournalUsage(error instanceof Error ? error.message : 'The options could not be read.');
  }
}

/** Only what was given: an absent condition is none. */
function given(conditions: Readonly<Record<string, string | undefined>>): Query {
  return Object.fromEntries(Object.entries(conditions).filter(([, value]) => value !== undefined));
}

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `2h` is two hours ago; anything else is a date or time of ISO 8601. */
function momentOf(name: string, value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  const ago = /^(\d{1,6})([mhdw])$/.exec(value);
  const moment = ago ? now - Number(ago[1]) * (units[ago[2] ?? ''] ?? 0) : /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(moment)) throw new JournalUsage(`--${name} takes 30m, 2h, 3d, 1w or a date such as 2026-11-29, not ${JSON.stringify(value)}.`);
  return moment;
}

async function newest(folder: string, wanted: Query, limit: number): Promise<JournalRecord[]> {
  const records: JournalRecord[] = [];
  for await (const record of query(folder, wanted)) {
    records.push(record);
    if (records.length >= limit) break;
  }
  return records;
}

function rowText({ time, type, agent, subject, outcome, rules, environments }: Summary): string {
  const details = [agent, rules, environments].filter((part) => part !== '').join(' · ');
  return `${time.slice(0, 19).replace('T', ' ')}  ${(outcome || type).padEnd(20)}  ${subject}${details === '' ? '' : `  (${details})`}\n`;
}

/** A broken chain is told, line by line, and never mended. */
async function writeVerification(found: Verification, json: boolean, write: (text: string) => Promise<void>): Promise<number> {
  const { records, torn, problems } = found;
  if (json) await write(`${JSON.stringify(found)}\n`);
  else {
    const lines = problems.map(({ file, line, what }) => `${file}:${line}: ${what === 'changed' ? 'this line is not what was written' : 'records before this line are missing, or it stands in the wrong place'}`);
    const sum = problems.length === 0 ? `The chain holds: ${records} records follow each other.` : `The chain is broken in ${problems.length} ${problems.length === 1 ? 'place' : 'places'}. Somebody or something has changed the journal.`;
    await write(`${[...lines, sum, ...(torn > 0 ? [`${torn} ${torn === 1 ? 'line was' : 'lines were'} cut off by a crash; none of them had been acknowledged.`] : [])].join('\n')}\n`);
  }
  return problems.length === 0 ? 0 : 1;
}

async function tail(wanted: Query, limit: number, json: boolean, { folder, write, stop }: JournalCommandOptions): Promise<number> {
  const show = (record: JournalRecord): Promise<void> => write(json ? `${JSON.stringify(record)}\n` : rowText(summaryOf(record)));
  let last = (await newest(folder, {}, 1))[0]?.seq ?? 0;
  for (const record of (await newest(folder, wanted, limit)).toReversed()) if (record.seq <= last) await show(record);
  while (!stop.aborted) {
    await pause(TAIL_PAUSE_MS, undefined, { signal: stop }).catch(() => undefined);
    const followed = await after(folder, last);
    for (const record of followed.toReversed()) if (fits(record, wanted)) await show(record);
    last = followed[0]?.seq ?? last;
  }
  return 0;
}

/** The records that came after one, newest first. Their numbers grow, so the first that is not newer ends the search. */
async function after(folder: string, seq: number): Promise<JournalRecord[]> {
  const records: JournalRecord[] = [];
  for await (const record of query(folder, {})) {
    if (record.seq <= seq) break;
    records.push(record);
  }
  return records;
}

const columns: readonly (keyof Summary)[] = ['time', 'type', 'agent', 'session', 'tool', 'subject', 'outcome', 'rules', 'environments', 'folder', 'kept'];

async function exportAll(wanted: Query, limit: number | undefined, format: 'jsonl' | 'csv', { folder, write }: JournalCommandOptions): Promise<number> {
  if (format === 'csv') await write(csvLine(columns));
  let count = 0;
  for await (const record of query(folder, wanted, 'oldest first')) {
    if (count === limit) break;
    count += 1;
    const summary = summaryOf(record);
    await write(format === 'csv' ? csvLine(columns.map((column) => summary[column])) : `${JSON.stringify(record)}\n`);
  }
  return 0;
}
