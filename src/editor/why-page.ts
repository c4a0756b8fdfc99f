import { visible } from '../core/shown-text.ts';
import type { JournalRecord } from '../journal/record.ts';
import { summaryOf } from '../journal/summary.ts';

const LONGEST = 4_096;

/** A finding as it stands in a record of any version. */
interface Told {
  readonly rule: string;
  readonly why: string;
  readonly environment: string;
  readonly because: string;
  readonly part: string;
}

/** Why an action was held, as Markdown: what it would do, the command with the very part marked, and each reason with its rule. */
export function whyPage(record: JournalRecord, titles: ReadonlyMap<string, string>): string {
  const { subject, outcome, agent, time, folder } = summaryOf(record);
  const findings = (Array.isArray(record['findings']) ? record['findings'] : []).map(toldOf);
  const command = record['tool'] === 'shell' ? commandOf(record) : subject;
  return [
    `# ${markdown(findings[0]?.why || subject)}`,
    '',
    `${markdown(outcome)} · ${markdown(titles.get(agent) ?? agent)} · ${time.slice(0, 19).replace('T', ' ')} UTC · ${markdown(folder)}`,
    '',
    `<pre><code>${marked(command, findings.map(({ part }) => part).find((part) => part !== '') ?? '')}</code></pre>`,
    '',
    ...findings.flatMap(({ rule, why, environment, because, part }) => [`- **${markdown(why)}** ${markdown(because)}${because === '' ? '' : '.'}${part === '' ? '' : ` In <code>${html(part.slice(0, 200))}</code>.`} Environment: ${markdown(environment)}. Rule: <code>${html(rule)}</code>`]),
    '',
  ].join('\n');
}

/** The rule that weighed most. */
export function ruleOf(record: JournalRecord): string {
  return toldOf((Array.isArray(record['findings']) ? record['findings'] : [])[0]).rule;
}

function toldOf(finding: unknown): Told {
  const of = (name: string): string => {
    const value: unknown = typeof finding === 'object' && finding !== null && name in finding ? (finding as Readonly<Record<string, unknown>>)[name] : undefined;
    return typeof value === 'string' ? value : '';
  };
  return { rule: of('rule'), why: of('why'), environment: of('environment'), because: of('because'), part: of('part') };
}

function commandOf(record: JournalRecord): string {
  const { what } = record;
  const command: unknown = typeof what === 'object' && what !== null && 'command' in what ? what.command : '';
  return typeof command === 'string' ? command.slice(0, LONGEST) : '';
}

/** The part is looked for as text: masking has moved what comes before it. */
function marked(command: string, part: string): string {
  const at = part === '' ? -1 : command.indexOf(part);
  if (at < 0) return html(command);
  return `${html(command.slice(0, at))}<mark>${html(part)}</mark>${html(command.slice(at + part.length))}`;
}

/** An empty line would end the block of HTML that it stands in. */
function html(text: string): string {
  return visible(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '&#10;');
}

/** Text of an agent is no markup. */
function markdown(text: string): string {
  return visible(text).replaceAll('\n', ' ').replace(/[\\`*_{}[\]()#+!|<>&~]/g, (character) => `&#${character.codePointAt(0) ?? 32};`);
}
