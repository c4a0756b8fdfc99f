import { oneLine } from '../../core/shown-text.ts';
import type { Following } from '../../journal/following.ts';
import { sha256, type JournalRecord } from '../../journal/record.ts';
import { summaryOf } from '../../journal/summary.ts';

/** What is sent of one record, in the fields of OpenTelemetry's log data model. https://opentelemetry.io/docs/specs/otel/logs/data-model/ */
export interface Entry {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly severity: Severity;
  readonly event: string;
  /** A sentence. */
  readonly body: string;
  readonly attributes: Attributes;
  /** Name of the workspace folder it belongs to, where that is known. */
  readonly workspace: string | undefined;
}

type Attributes = Readonly<Record<string, string | number | boolean | readonly string[]>>;
export type Severity = 'INFO' | 'INFO2' | 'WARN' | 'WARN2' | 'ERROR';

export interface EntryOptions {
  /** Names of agents by id. */
  readonly titles: ReadonlyMap<string, string>;
  /** False: nothing but what Interlock itself says; no command, path, name or reason. */
  readonly texts: boolean;
  /** Replaces every secret in a text: one that was not known yet when the record was written is known now. */
  readonly mask: (text: string) => string;
}

const LONGEST = 4_096;
const tools: Readonly<Record<string, string>> = { shell: 'shell command', read: 'read', write: 'write', delete: 'deletion', search: 'search', mcp: 'tool call', http: 'request' };
const verdicts: Readonly<Record<string, Severity>> = { allow: 'INFO', keep: 'INFO2', ask: 'WARN', deny: 'ERROR' };

/** What follows in the journal as it is sent. The same item always has the same `log.record.uid`, so that one sent twice is known for one. */
export function entryOf(item: Following, options: EntryOptions): Entry {
  return masked(item.what === 'record' ? recordEntry(item.record, options) : noticeEntry(item), options.mask);
}

/** What the collector has to know of the journal itself. */
function noticeEntry(item: Exclude<Following, { what: 'record' }>): Entry {
  const { what, records, before } = item;
  const isBroken = what === 'broken';
  return {
    time: Date.parse(before.time),
    severity: isBroken ? 'ERROR' : 'WARN2',
    event: isBroken ? 'interlock.journal.broken' : 'interlock.journal.passed_over',
    body: isBroken ? 'The chain of the journal is broken: records before this one were changed or taken out.' : `${records} ${records === 1 ? 'record was' : 'records were'} not sent: the collector could not be reached for too long.`,
    attributes: { 'log.record.uid': sha256(`${what} ${records} ${before.hash}`), 'interlock.records': records, 'interlock.record.seq': before.seq },
    workspace: undefined,
  };
}

function recordEntry(record: JournalRecord, options: EntryOptions): Entry {
  const { workspace } = record;
  return {
    time: Date.parse(record.time),
    severity: severityOf(record),
    event: `interlock.${record.type}`,
    body: bodyOf(record, options),
    attributes: { 'log.record.uid': record.hash, 'interlock.record.seq': record.seq, ...given({ 'interlock.agent': record['agent'], 'interlock.session': record['session'], 'interlock.tool': record['tool'] }), ...detailsOf(record), ...(options.texts ? textsOf(record) : {}) },
    workspace: typeof workspace === 'string' ? workspace : undefined,
  };
}

function severityOf(record: JournalRecord): Severity {
  switch (record.type) {
    case 'action':
      return partOf(record['outcome'], 'by') === 'unasked' ? 'ERROR' : (verdicts[text(record['decision'])] ?? 'WARN');
    case 'masked':
      return record['shown'] === true ? 'ERROR' : 'INFO2';
    case 'answer':
      return record['answer'] === 'allow' ? 'INFO2' : 'WARN';
    case 'canary':
    case 'unreadable':
      return 'ERROR';
    case 'torn':
      return 'WARN';
    case 'configuration':
      return 'INFO';
  }
}

function bodyOf(record: JournalRecord, { titles, texts }: EntryOptions): string {
  const id = text(record['agent']);
  const agent = titles.get(id) ?? (id || 'an agent');
  switch (record.type) {
    case 'action': {
      const why = texts ? weightiest(record) : '';
      return `A ${tools[text(record['tool'])] ?? 'tool call'} of ${agent} ${fateOf(record)}${why === '' ? '.' : `: ${why}`}`;
    }
    case 'answer': {
      const seconds = (Number(record['delayMs']) / 1000).toFixed(1);
      const did = { allow: 'A person allowed it', deny: 'A person denied it', reconsider: 'A person changed the policy' }[text(record['answer'])];
      return `${did ?? 'Nobody answered'} after ${seconds} s.`;
    }
    case 'masked': {
      const count = listOf(record['names']).length;
      return `${count === 1 ? 'The value of a secret was' : `The values of ${count} secrets were`} ${record['shown'] === true ? 'shown to' : 'hidden from'} ${agent}.`;
    }
    case 'unreadable':
      return `A request of ${agent} could not be read.`;
    case 'canary':
      return `The hooks of ${agent} do not answer.`;
    case 'configuration':
      return texts ? oneLine(text(record['what']), LONGEST) : 'Something was set or changed.';
    case 'torn':
      return 'A record was cut off while it was written.';
  }
}

function fateOf(record: JournalRecord): string {
  const by = text(partOf(record['outcome'], 'by'));
  const did = partOf(record['outcome'], 'decision') === 'allow' ? 'allowed' : 'denied';
  if (by === 'unasked') return 'ran and nobody was asked';
  const kept = partOf(record['kept'], 'manifest') === undefined ? '' : ', with a copy kept';
  return `was ${did}${by === 'verdict' || by === '' ? '' : by === 'person' ? ' by a person' : ` (${by})`}${kept}`;
}

/** What the finding says that decided. */
function weightiest(record: JournalRecord): string {
  const findings = listOf(record['findings']);
  const decisive = findings.find((finding) => partOf(finding, 'decision') === record['decision']) ?? findings[0];
  return oneLine(text(partOf(decisive, 'why')), LONGEST);
}

/** What Interlock itself says. Lists are as long as there are findings, and what stands at one place is of one finding. */
function detailsOf(record: JournalRecord): Attributes {
  const findings = listOf(record['findings']);
  const each = (name: string): readonly string[] | undefined => (findings.length === 0 ? undefined : findings.map((finding) => text(partOf(finding, name))));
  switch (record.type) {
    case 'action':
      return given({
        'interlock.verdict': record['decision'], 'interlock.outcome.decision': partOf(record['outcome'], 'decision'), 'interlock.outcome.by': partOf(record['outcome'], 'by'),
        'interlock.rules': each('rule'), 'interlock.verbs': each('verb'), 'interlock.resource.kinds': each('kind'), 'interlock.environments': each('environment'), 'interlock.kept.files': partOf(record['kept'], 'files'),
      });
    case 'answer':
      return given({ 'interlock.question': record['question'], 'interlock.answer.given': record['answer'], 'interlock.answer.delay_ms': record['delayMs'], 'interlock.answer.for': record['for'] });
    case 'masked':
      return given({ 'interlock.secrets': listOf(record['names']).length, 'interlock.shown': record['shown'] });
    case 'configuration':
      return given({ 'interlock.by': record['by'] });
    default:
      return {};
  }
}

/** What agents and people wrote: commands, paths, names, reasons. */
function textsOf(record: JournalRecord): Attributes {
  const findings = listOf(record['findings']);
  const { subject, folder } = summaryOf(record);
  return given({
    'interlock.subject': ['action', 'masked'].includes(record.type) && subject !== '' ? subject : undefined,
    'interlock.folder': folder === '' ? undefined : folder,
    'interlock.resource.names': findings.length === 0 ? undefined : findings.map((finding) => text(partOf(finding, 'resource'))),
    'interlock.why': record['why'],
  });
}

/** Only what is there, and of a kind that can be sent. */
function given(values: Readonly<Record<string, unknown>>): Attributes {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, Attributes[string]] => ['string', 'number', 'boolean'].includes(typeof entry[1]) || Array.isArray(entry[1])));
}

function masked(entry: Entry, mask: (text: string) => string): Entry {
  const hidden = (value: Attributes[string]): Attributes[string] => (typeof value === 'string' ? mask(value) : typeof value === 'object' ? value.map(mask) : value);
  const { 'log.record.uid': uid = '', ...attributes } = entry.attributes;
  return {
    ...entry,
    body: mask(entry.body),
    attributes: { 'log.record.uid': uid, ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, hidden(value)])) },
    workspace: entry.workspace === undefined ? undefined : mask(entry.workspace),
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function partOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
