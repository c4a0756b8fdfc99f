import type { Verb } from '../../src/core/effect.ts';
import { defaultPolicy } from '../../src/core/policy/defaults.ts';
import type { Severity, TableRow } from '../../src/core/policy/policy.ts';
import type { Rule } from '../../src/core/rule.ts';
import { listedIn } from '../unit/core/rule-cases.ts';
import { coverage } from './coverage-list.ts';
import { page, table } from './markdown.ts';
import type { Room } from './rooms.ts';
import { severities, verbs } from './wording.ts';

/** What every page has in common: how it is decided, and a list of the pages. */
export function overviewPage(rules: readonly Rule[], rooms: readonly Room[]): string {
  return page(
    '# What Interlock holds, and why',
    'Every action of an agent is reduced to what it would do: delete a volume, drop a table, throw away uncommitted work. What it would do, where, and whether it can be undone decides what becomes of it. Reading, building, testing and adding pass.',
    '## What becomes of it',
    table(['what is', ...Object.values(severities)], Object.entries(verbs).map(([verb, said]) => [said, ...Object.keys(severities).map((severity) => becomes(verb as Verb, severity as Severity))])),
    '*kept*: a copy is put into the vault, then it runs. *asks*: it waits for a click. *asks for its name*: it waits until the name of what would be lost is typed. *refused*: it does not run, and the agent is told why.',
    'A target that nobody can place counts as production. A person, a team and an organisation can change the table with [a policy](../policy.md); a project’s can only make it stricter.',
    '## Pages by tool',
    ...grouped(rules).map(([title, members]) => `**${title}.** ${members.map(({ tool, title: name }) => `[${name}](${tool}.md)`).join(' · ')}`),
    '## Pages by kind of action',
    rooms.map(({ room, title }) => `[${title}](${room}.md)`).join(' · '),
  );
}

/** How many operations of each tool are known, and by how many cases they are tested. */
export function coveragePage(rules: readonly Rule[], rooms: readonly Room[]): string {
  const head = ['tool', 'programs', 'operations', 'must be held', 'must pass'];
  const row = (rule: Rule): readonly string[] => {
    const { operations, held, pass } = countsOf(rule);
    return [`[${rule.title}](rules/${rule.tool}.md)`, rule.programs.slice(0, 4).join(', ') + (rule.programs.length > 4 ? ', …' : ''), `${operations}`, `${held}`, `${pass}`];
  };
  const total = (of: keyof ReturnType<typeof countsOf>): number => rules.reduce((sum, rule) => sum + countsOf(rule)[of], 0);
  return page(
    '# Coverage',
    `${rules.length} tools with ${total('operations')} operations, tested by ${total('held')} commands that must be held and ${total('pass')} look-alikes that must pass. Operations that nobody has listed are judged by their verb.`,
    ...grouped(rules).flatMap(([title, members]) => [`## ${title}`, table(head, members.map(row))]),
    '## Whatever program does it',
    table(['kind of action', 'findings'], rooms.map(({ room, title, held }) => [`[${title}](rules/${room}.md)`, `${Object.keys(held).length}`])),
  );
}

/** The rules by the groups of the coverage list, the rest at the end. */
function grouped(rules: readonly Rule[]): readonly (readonly [title: string, rules: readonly Rule[]])[] {
  const placed = new Set<string>();
  const groups = coverage.map(({ title, tools }): readonly [string, readonly Rule[]] => {
    const wanted = new Set(Object.values(tools));
    const members = rules.filter(({ tool }) => wanted.has(tool) && !placed.has(tool));
    for (const { tool } of members) placed.add(tool);
    return [title, members];
  });
  return [...groups, ['Others', rules.filter(({ tool }) => !placed.has(tool))]];
}

/** What a rule's code finds beyond its list counts as an operation too. */
function countsOf(rule: Rule): { readonly operations: number; readonly held: number; readonly pass: number } {
  const { caught, passes } = rule.cases;
  const ids = new Set([...listedIn(rule).map(({ operation }) => operation.id), ...caught.map(({ by }) => by).filter((by) => !by.includes('/'))]);
  return { operations: ids.size, held: caught.length, pass: passes.length };
}

function becomes(verb: Verb, severity: Severity): string {
  const row = defaultPolicy.table.find(({ verbs, severities }) => verbs.includes(verb) && severities.includes(severity));
  return row ? decided(row) : 'asks';
}

function decided({ decision, typed }: TableRow): string {
  return { allow: 'runs', keep: 'kept', ask: typed ? 'asks for its name' : 'asks', deny: 'refused' }[decision];
}
