import type { HttpOperation, NameSource, Operation, Rule, TargetSource } from '../../src/core/rule.ts';
import type { Finding } from '../../src/core/verdict.ts';
import { listedIn, requestsOf, verdictOn, wantedBy } from '../unit/core/rule-cases.ts';
import { block, code, either, page, plain } from './markdown.ts';
import { certainty, undo, verbs } from './wording.ts';

/** What is said of one thing a rule holds. */
export interface Entry extends Pick<Operation, 'id' | 'verb' | 'kind' | 'reversibility' | 'certainty' | 'why'> {
  readonly saferWay?: string | undefined;
  readonly backup?: boolean;
  /** How it is written, in Markdown. */
  readonly form: string;
  /** When it holds and when it does not, in Markdown. */
  readonly when?: string;
}

/** The page of a rule, from its data and from what it finds in its own cases. */
export function rulePage(rule: Rule): string {
  const { caught, passes } = rule.cases;
  const listed = listedIn(rule);
  const subcommands = rule.operations.map((operation) => entryOf(rule, operation));
  const requests = requestsOf(rule).map(requestEntry);
  const known = new Set(listed.map(({ operation }) => operation.id));
  const inspected = [...new Set(caught.map(({ by }) => by))].filter((by) => !known.has(by) && !by.includes('/')).map((by) => foundEntry(rule, by));
  const handedOn = caught.filter(({ by }) => by.includes('/'));
  return page(
    `# ${rule.title}`,
    `What Interlock holds of ${either([...rule.programs, ...(rule.packages ?? [])].map(code))} until [the policy or a person](README.md) has decided. ${othersOf(rule)} The tool's own documentation: <${rule.docs}>.`,
    `**Environment.** ${rule.target ? environmentOf(rule.target) : environmentFound(rule)}`,
    `**Always passes.** ${either([...new Set(['--help', '--version', ...(rule.safeOptions ?? [])])].map(code))}.`,
    ...section('What is held', [...subcommands, ...inspected].map(entry)),
    ...section('Requests that are held', requests.map(entry), hostsOf(rule)),
    ...section('What it hands on', handedOnLines(handedOn)),
    '## These wait', block(caught.map(({ command }) => command)),
    '## These pass', block(passes),
  );
}

/** One thing that is held, with a heading that the modal's rule leads to. */
export function entry({ id, verb, kind, reversibility, certainty: sure = 'certain', why, saferWay, backup, form, when }: Entry): string {
  const facts = [`${capital(plain(kind))} ${verbs[verb]}.`, undo[reversibility], certainty[sure], backup ? 'This removes the way back.' : ''].filter((fact) => fact !== '').join(' ');
  const lines = [facts, ...(saferWay ? [`Safer: ${plain(saferWay)}`] : []), ...(when ? [when] : [])];
  return [`### ${id}`, form, plain(why), lines.map((line) => `- ${line}`).join('\n')].join('\n\n');
}

/** The example of an entry that no data describes, with what was found in it. */
export function entryOfFinding(id: string, example: string, { verb, resource, reversibility, certainty, why, saferWay }: Finding): Entry {
  return { id, verb, kind: resource.kind, reversibility, certainty, why: anywhere(why), saferWay, form: `For example ${example.includes('\n') ? `\n\n${block([example])}` : code(example)}` };
}

function section(title: string, entries: readonly string[], about = ''): readonly string[] {
  return entries.length === 0 ? [] : [`## ${title}`, about, ...entries];
}

function othersOf({ unlisted }: Rule): string {
  return unlisted === undefined ? 'Other calls pass.' : 'Subcommands that are not on this page are held when their name means a loss: delete, destroy, purge and the like.';
}

function entryOf(rule: Rule, operation: Operation): Entry {
  const { id, verb, kind, reversibility, certainty, saferWay, backup = false, words, needs = [], value, dataVariables, unless, target } = operation;
  const when = [
    ...(needs.length > 1 ? [`Only with ${either(needs.map(code))}.`] : []),
    ...(value ? [`Depends on the value of ${either(value.of.map(code))}.`] : []),
    ...(dataVariables ? ['Only for variables on which data hangs, such as `DATABASE_URL`.'] : []),
    ...(unless ? [`Passes with ${either(unless.map(code))}.`] : []),
    ...(target ? [`Its environment: ${environmentOf(target)}`] : []),
  ].join(' ');
  const form = code([programOf(rule, id), ...words, ...operandsOf(operation.name), ...needs.slice(0, 1)].join(' '));
  return { id, verb, kind, reversibility, ...(certainty ? { certainty } : {}), why: named(operation.why), saferWay, backup, form, when };
}

/** The program that an operation's first case calls. */
function programOf({ tool, programs, cases }: Rule, id: string): string {
  const words = cases.caught.find(({ by }) => by === id)?.command.split(/[\s/]+/) ?? [];
  return words.find((word) => programs.includes(word)) ?? programs[0] ?? tool;
}

function requestEntry({ id, verb, kind, reversibility, certainty, why, saferWay, backup = false, request }: HttpOperation): Entry {
  return { id, verb, kind, reversibility, ...(certainty ? { certainty } : {}), why: named(why), saferWay, backup, form: code(request.includes(' ') ? request : `mutation ${request}`) };
}

function foundEntry(rule: Rule, by: string): Entry {
  const { command: example, sighted } = rule.cases.caught.find((each) => each.by === by) ?? { command: '' };
  const finding = verdictOn(example, sighted).findings.find((each) => each.rule === wantedBy(rule, by));
  if (!finding) throw new Error(`${rule.tool}: “${example}” is not caught by ${by}`);
  return entryOfFinding(by, example, finding);
}

/** One list with the first command of each kind. */
function handedOnLines(cases: Rule['cases']['caught']): readonly string[] {
  const firsts = cases.filter(({ by }, index) => cases.findIndex((each) => each.by === by) === index);
  const lines = firsts.map(({ command, by }) => {
    const [room = '', part = ''] = by.split('/');
    const example = command.includes('\n') ? `${command.split('\n')[0]} …` : command;
    return `- ${code(example)} is judged as [${by}](${room}.md#${part}).`;
  });
  return lines.length === 0 ? [] : [lines.join('\n')];
}

function hostsOf({ controlPlane }: Rule): string {
  if (!controlPlane) return '';
  const { hosts, ports = [] } = controlPlane;
  return `Sent to ${either([...hosts.map(code), ...(ports.length > 0 ? [`port ${either(ports.map(String))} of any host`] : [])])}. Others are judged by their verb.`;
}

/** Words for where the environment of a target is read from. */
function environmentOf(target: TargetSource): string {
  const settings = 'settings' in target ? Object.values(target.settings ?? {}).flat() : [];
  const named = [...(target.option ?? []), ...settings, ...('variable' in target ? (target.variable ?? []) : [])].map(code);
  return `Read from ${either([...named, 'database' in target ? connection : current])}. ${unknown}`;
}

const connection = 'the connection that the tool itself would use';
const current = 'the context, profile or project that the tool itself would use';
const unknown = 'One that nobody can name counts as production.';

/** The same where code finds the targets: read from those of the cases. */
function environmentFound(rule: Rule): string {
  const places = new Set(rule.cases.caught.flatMap(({ command, sighted }) => verdictOn(command, sighted).findings.map(({ target }) => target.by)));
  const sources = [...(places.has('host') ? ['the host in the command'] : []), ...(places.has('database') ? [connection] : []), ...(places.has('named') ? [current] : [])];
  if (sources.length === 0) return 'This machine.';
  return `Read from ${either(sources)}. ${unknown}`;
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

const operandsOf = (sources: readonly NameSource[]): readonly string[] => (sources.some((source) => 'operand' in source || 'operands' in source) ? ['NAME'] : []);

/** A sentence of a rule with a word in place of the resource's name. */
const named = (why: string): string => why.replaceAll('{name}', 'NAME');

/** A sentence about a case without the folder that the cases stand in. */
const anywhere = (why: string): string => why.replaceAll('/home/dev/project/', '').replaceAll('/home/dev/project', 'the project').replaceAll('/home/dev', '~');
