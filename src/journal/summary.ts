import { oneLine } from '../core/shown-text.ts';
import type { JournalRecord } from './record.ts';

/** What a record says, in the columns a person looks for. Empty where it says nothing of it. */
export interface Summary {
  readonly time: string;
  readonly type: string;
  readonly agent: string;
  readonly session: string;
  readonly tool: string;
  /** The command, path, address or sentence it is about. */
  readonly subject: string;
  /** What became of it: `denied by a person`. */
  readonly outcome: string;
  readonly rules: string;
  readonly environments: string;
  readonly folder: string;
  /** Files copied before it. */
  readonly kept: string;
}

const LONGEST = 4_096;

/** A record as a row. What was written by a version that wrote more, or less, gives the columns that it has. */
export function summaryOf(record: JournalRecord): Summary {
  const findings = listOf(record['findings']);
  const each = (name: string): string => [...new Set(findings.map((finding) => text(part(finding, name))))].filter((value) => value !== '').join(' ');
  return {
    time: record.time,
    type: record.type,
    agent: text(record['agent']),
    session: text(record['session']),
    tool: text(record['tool']),
    subject: subjectOf(record),
    outcome: outcomeOf(record),
    rules: each('rule'),
    environments: each('environment'),
    folder: text(record['cwd']),
    kept: text(part(record['kept'], 'files')),
  };
}

function subjectOf(record: JournalRecord): string {
  const { what } = record;
  if (typeof what === 'string') return oneLine(what, LONGEST);
  switch (record.type) {
    case 'answer':
      return `question ${text(record['question'])}`;
    case 'unreadable':
      return text(record['why']);
    case 'torn':
      return 'A record was cut off while it was written.';
    default:
      break;
  }
  const of = (name: string): string => text(part(what, name));
  switch (record['tool']) {
    case 'shell':
      return of('command');
    case 'mcp':
      return `${of('server')} › ${of('name')}`;
    case 'http':
      return `${of('method')} ${of('url')}`;
    case 'other':
      return of('name');
    default:
      return `${text(record['tool'])} ${of('path')}`.trim();
  }
}

function outcomeOf(record: JournalRecord): string {
  switch (record.type) {
    case 'action': {
      const did = part(record['outcome'], 'decision') === 'allow' ? 'allowed' : 'denied';
      const by = text(part(record['outcome'], 'by'));
      return by === 'verdict' ? did : by === 'person' ? `${did} by a person` : `${did}: ${by}`;
    }
    case 'answer':
      return `${text(record['answer'])} after ${(Number(record['delayMs']) / 1000).toFixed(1)} s`;
    case 'masked':
      return record['shown'] === true ? 'shown' : 'hidden';
    case 'configuration':
      return `by ${text(record['by'])}`;
    default:
      return '';
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function part(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? oneLine(value, LONGEST) : typeof value === 'number' ? String(value) : '';
}
