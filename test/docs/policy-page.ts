import { managedPolicyPath } from '../../src/gate/managed-policy.ts';
import { code, page, table } from './markdown.ts';
import { type PolicyExample, policyExamples } from './policy-examples.ts';
import { policySchemas } from './policy-schemas.ts';

interface Schema {
  readonly description?: string;
  readonly type?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
}

const owners = { user: 'your `user-policy.jsonc`', team: 'the project’s `.interlock/policy.json`', managed: 'the machine’s `policy.json`' } as const;

/** What a policy file can say, from the schema that files are read by, and what becomes of commands under each example. */
export function policyPage(): string {
  const [person, team] = [...policySchemas().values()].map((text) => JSON.parse(text) as Schema);
  return page(
    '# Policy',
    'The built-in policy [is a table](rules/README.md) of what becomes of an effect. Three kinds of file stand on it. All are JSON with comments and trailing commas; *Interlock: Open Policy…* opens or creates them, with completion, and marks what does not count.',
    table(
      ['file', 'whose', 'what it can do'],
      [
        ['`~/.interlock/user-policy.jsonc` (Windows: `%LOCALAPPDATA%\\Interlock\\user-policy.jsonc`)', 'yours', 'Tighten and loosen. No agent may write to it; buttons in a question add to it, each after a click of its own.'],
        ['`.interlock/policy.json` in a workspace folder', 'the team’s', 'Tighten. An agent or a cloned repository could have written it.'],
        [`\`${managedPolicyPath('linux', {})}\`, \`${managedPolicyPath('darwin', {})}\`, \`%ProgramData%\\Interlock\\policy.json\``, 'your organisation’s', 'Tighten and loosen, and nobody can loosen what it says. It and its folder must belong to root and be writable by nobody else (on Windows: not by you); otherwise it only tightens.'],
      ],
    ),
    '## How it is put together',
    [
      '- Of your rows the first that fits counts, and likewise of your organisation’s. Where both have one, the stricter counts. The built-in table speaks where neither does.',
      '- A team’s row counts where it is stricter than all that. So does everything else a team says: a resource it places counts as both what it was and what the team calls it, and hidden files are only added.',
      '- Strict means, from the least: `allow`, `keep`, `ask`, `ask` with `typed`, `deny`.',
      '- What nobody can name counts as production. A tag of a folder makes no target of a command any safer.',
    ].join('\n'),
    '## When a file cannot be read',
    [
      '- **A slip never weakens.** Where a list has an entry that cannot be read, or a key is misspelt, the list as it was last read in full stays in force, and what can be read of the new one only tightens. The other lists count as they are written.',
      '- A file that is not JSON at all leaves everything as it was last read, also after a restart. Where it was never read, the built-in policy stands.',
      '- Entries of `allow`, `clearFiles` and `counts` that cannot be read are left out: without them nothing more is let through. Where `backups` cannot be read, what had to be backed up before is refused until it can be.',
      '- A notification and the status bar say so until it is corrected, and the places are marked in the file.',
    ].join('\n'),
    '## Examples',
    'Each is tested: what the tables say is what becomes of the commands, in `/home/dev/shop` on 15 January 2027.',
    ...policyExamples.flatMap(exampleBlocks),
    '## What no allow rule can do',
    'Let through what targets production or something nobody can name, a whole disk, home or drive, a secret shown or sent away, or a change to what guards the machine. A rule for one exact command counts for nothing that cannot be undone. Code that nobody could look into is only let through by its exact command. A rule that fits and does not count is named in the question, with the reason. Where files of this machine would be lost, a copy is kept first.',
    '## Your file and your organisation’s',
    ...sections(person),
    '## Where records are sent',
    'An organisation’s file can say [where the journal’s records are sent](open-telemetry.md), with one object `openTelemetry`. It counts in place of everybody’s settings, and not at all in a file that somebody else than an administrator could have written.',
    fieldTable(person?.properties?.['openTelemetry'] ?? {}),
    '## A team’s file',
    'The lists of a team’s file are those of yours without `allow`, `clearFiles`, `counts` and `backups`. Globs of `paths` are looked for below the workspace folder; a tag’s folder is relative to it.',
    table(['list', 'what it is'], Object.entries(team?.properties ?? {}).filter(([, { items }]) => items).map(([name, { description }]) => [code(name), description ?? ''])),
    '## Trying it out',
    '`node dist/cli.js explain --policy FILE "COMMAND"` says what becomes of a command under a file, and `check --policy FILE` judges many. Both tell on standard error what of the file does not count, with line and column, and refuse a file of which nothing can be read.',
  );
}

function exampleBlocks({ title, about, files, claims, counts = [], backups = [] }: PolicyExample): readonly string[] {
  return [
    `### ${title}`,
    about,
    ...files.map(({ owner, text }) => `In ${owners[owner]}:\n\n\`\`\`jsonc\n${text}\n\`\`\``),
    table(['command', 'without', 'with it'], claims.map(({ command, without, becomes }) => [code(command), without, becomes === without ? becomes : `**${becomes}**`])),
    ...(counts.length === 0 ? [] : [table(['command', 'what runs before you are asked'], counts.map(({ command, runs }) => [code(command), runs.startsWith('nothing') ? runs : code(runs)]))]),
    ...(backups.length === 0 ? [] : [table(['command', 'what must end with 0 once it is allowed'], backups.map(({ command, runs }) => [code(command), runs.startsWith('nothing') ? runs : code(runs)]))]),
  ];
}

function sections(file: Schema | undefined): readonly string[] {
  return Object.entries(file?.properties ?? {}).filter(([, { items }]) => items).flatMap(([name, list]) => [`### ${code(name)}`, list.description ?? '', ...entryBlocks(list.items ?? {}, list)]);
}

function entryBlocks(entry: Schema, list: Schema): readonly string[] {
  if (entry.anyOf) return entry.anyOf.flatMap((one) => [`**${one.description ?? ''}**`, fieldTable(one)]);
  if (entry.properties) return [entry.description ?? '', fieldTable(entry), ...valueTables(entry)];
  return list.examples ? [`Such as ${list.examples.map((example) => code(JSON.stringify(example))).join(' or ')}.`] : [];
}

function fieldTable({ properties = {}, required = [] }: Schema): string {
  const rows = Object.entries(properties).map(([name, field]) => [code(name), required.includes(name) ? 'yes' : '', [field.description, suchAs(field)].filter((text) => text !== undefined).join(' ')]);
  return table(['field', 'needed', 'what it is'], rows);
}

function suchAs({ examples, default: usual }: Schema): string | undefined {
  if (examples) return `Such as ${examples.map((example) => code(JSON.stringify(example))).join(' or ')}.`;
  return usual === undefined || Array.isArray(usual) ? undefined : `Without it: ${code(JSON.stringify(usual))}.`;
}

function valueTables({ properties = {} }: Schema): readonly string[] {
  return Object.entries(properties).flatMap(([name, field]) => {
    const { enum: values = [], enumDescriptions: meanings = [] } = field.items ?? field;
    return values.length === 0 ? [] : [`Values of ${code(name)}:`, values.map((value, at) => `- ${code(value)}: ${meanings[at] ?? ''}`).join('\n')];
  });
}
