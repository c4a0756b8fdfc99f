import { posix } from 'node:path';
import * as z from 'zod/mini';
import type { Environment, Verb } from '../core/effect.ts';
import { USUAL_BACKUP_SECONDS } from '../core/policy/backups.ts';
import { isBounded } from '../core/policy/glob.ts';
import type { KnownEnvironment, PolicySource, Severity } from '../core/policy/policy.ts';
import type { Decision } from '../core/verdict.ts';
import { defaultWish, endpointOf, HEADERS_VARIABLE } from './open-telemetry/collector.ts';

/**
 * The one description of policy files: what is read by it, what the editor completes and explains by it, and what docs/policy.md says.
 * `media/*.schema.json` and the page are written from it by `npm run docs`.
 */

/** Characters; a policy is written by hand. */
export const MAX_POLICY = 1_048_576;
export const MAX_ENTRIES = 10_000;
const MAX_TEXT = 4_096;
const MAX_GLOB = 512;

// Written so that a value the core learns and this file does not is a type error: a saved policy must be readable again.
const verbMeanings: { readonly [Value in Verb]: string } = {
  delete: 'Files, resources or records are removed.',
  overwrite: 'Content is replaced.',
  drop: 'A database, table or the like is removed with all in it.',
  truncate: 'All of the content goes, the container stays.',
  discard: 'Uncommitted work is thrown away.',
  rewriteHistory: 'Commits that others may have are changed or removed.',
  revoke: 'A key, token or right is taken away.',
  stop: 'Something that runs is stopped.',
  publish: 'Something becomes public or live and cannot be called back.',
  expose: 'A secret or data leaves for somewhere it does not belong.',
  useCredential: 'A known secret is spent as a credential in the action itself.',
  readSecret: 'A secret would be shown to the agent.',
  runUnknown: 'Code that nobody could look into would run.',
  weakenGuard: 'What guards this machine would be changed.',
};
const severityMeanings: { readonly [Value in Severity]: string } = {
  regenerable: 'Build output, caches, installed packages, own temporary files.',
  'local-recoverable': 'On this machine, and all of it is in git or can be copied first.',
  'local-lost': 'On this machine, and not all of it can be brought back.',
  staging: 'In staging or development.',
  production: 'In production, or somewhere nobody can name.',
  everything: 'A whole disk, home folder, root or drive.',
};
const knownEnvironmentMeanings: { readonly [Value in KnownEnvironment]: string } = {
  production: 'What customers use. What nobody can name counts as this.',
  staging: 'A copy of production that others rely on.',
  development: 'Shared, and made to be broken.',
  local: 'Only this machine.',
};
const environmentMeanings: { readonly [Value in Environment]: string } = { ...knownEnvironmentMeanings, unknown: 'Not known; held as strictly as production.' };
const decisionMeanings: { readonly [Value in Decision]: string } = {
  allow: 'It runs, and nobody is asked.',
  keep: 'A copy of what it would lose is kept first, then it runs.',
  ask: 'It waits for a person.',
  deny: 'It is refused, and nobody is asked.',
};

/** What the editor shows of a field, and the page says of it. */
function meant<Value>(description: string, more: Readonly<Record<string, unknown>> = {}): z.core.$ZodCheck<Value> {
  return z.meta({ description, ...more });
}

function oneOf<const Meanings extends Readonly<Record<string, string>>>(meanings: Meanings): z.ZodMiniEnum<{ [Value in keyof Meanings & string]: Value }> {
  const values = Object.fromEntries(Object.keys(meanings).map((value) => [value, value])) as { [Value in keyof Meanings & string]: Value };
  return z.enum(values).check(z.meta({ enumDescriptions: Object.values(meanings) }));
}

const text = z.string().check(z.minLength(1), z.maxLength(MAX_TEXT));
const glob = z.string().check(z.minLength(1), z.maxLength(MAX_GLOB), z.refine(isBounded, { error: 'stands for too many patterns: write several with fewer braces.' }));
const severity = oneOf(severityMeanings);
const environment = oneOf(environmentMeanings);

/** What a row covers that names no severities: all but whole disks and homes, which have to be named. */
export const USUAL_SEVERITIES: readonly Severity[] = (Object.keys(severityMeanings) as Severity[]).filter((value) => value !== 'everything');

const rowFields = {
  verbs: z.array(oneOf(verbMeanings)).check(z.minLength(1), meant('What would happen. One or more.')),
  environments: z.exactOptional(z.array(oneOf(knownEnvironmentMeanings)).check(z.minLength(1), meant('Only targets in these environments; without it, any. `production` covers what nobody can name.'))),
  tools: z.exactOptional(z.array(text).check(z.minLength(1), meant('Only what these tools do; without it, any. The first part of a rule id, `terraform`, or all of it, `terraform/destroy`: `docs/rules` lists them, and every question names its rule.', { examples: [['terraform'], ['git/push-force']] }))),
  paths: z.exactOptional(z.array(glob).check(z.minLength(1), meant('Only files and folders that fit one of these globs, each with all below; without it, anything. `*`, `?`, `**`, `[ab]` and `{a,b}` count, letter case does not. A glob that does not begin with `/`, `~/` or a drive fits at any depth. Where an action takes several files each is judged by itself, and the strictest counts.', { examples: [['db/migrations'], ['**/*.sqlite']] }))),
  decision: oneOf(decisionMeanings).check(meant('What becomes of it.')),
  typed: z.exactOptional(z.boolean().check(meant('With `ask`: the person types the name of what is lost, and a click is not enough.', { default: false }))),
  because: text.check(meant('Why, as the part of a sentence that the question and the journal show.')),
};

const severities = z.array(severity).check(z.minLength(1), meant('How bad the loss must be. Without it all but `everything`, which has to be named.', { default: USUAL_SEVERITIES }));
export const Row = z.strictObject({ ...rowFields, severities: z.exactOptional(severities) }).check(meant('What becomes of some effects. Your first row that fits counts, and comes before the built-in ones.'));
const TighteningRow = z.strictObject({ ...rowFields, severities: z.exactOptional(severities) }).check(meant('What becomes of some effects. A row counts only where it is stricter than what would happen without it.'));

const resourceFields = {
  match: glob.check(meant('The exact name, id or host of a resource, or a glob. Letter case does not count.', { examples: ['db.staging.example.com', 'staging-*'] })),
  environment: environment.check(meant('Where it belongs.')),
};
const Resource = z.strictObject(resourceFields).check(meant('Places a resource in an environment. The first that fits counts, before any other evidence.'));
const TighteningResource = z.strictObject(resourceFields).check(meant('Places a resource in an environment; counts only where that is stricter than what is known of it without.'));

const tagFields = { environment: environment.check(meant('What the folder is.')) };
const Tag = z.strictObject({ folder: text.check(meant('Absolute path of the folder; `~/` is your home folder.')), ...tagFields }).check(meant('What a folder is for, as the status bar shows it. It makes no target of a command any safer.'));
const WorkspaceTag = z.strictObject({ folder: text.check(meant('Path relative to the workspace folder; `.` is the folder itself.')), ...tagFields }).check(meant('What a folder of this workspace is for. A person’s choice stands above it.'));

const allowTerms = {
  folder: z.exactOptional(text.check(meant('Absolute path; `~/` is your home folder. A command counts in exactly this folder, other rules in it and all below, for files there. Without it, anywhere.'))),
  owner: text.check(meant('Who answers for it.')),
  reason: text.check(meant('Why nobody needs to be asked. The journal shows it each time.')),
  expires: z.exactOptional(z.iso.date().check(meant('The last day on which it counts (UTC).', { examples: ['2027-03-31'] }))),
};
const AllowCommand = z.strictObject({ command: text.check(meant('The whole command, letter by letter.')), ...allowTerms }).check(meant('One exact command. Never for what cannot be undone.'));
const AllowResource = z.strictObject({ rule: text.check(meant('A whole rule id, as the question names it.', { examples: ['terraform/destroy'] })), resource: glob.check(meant('The name of what is lost, or a glob.')), ...allowTerms }).check(meant('What one rule finds about one resource.'));
const AllowOperation = z.strictObject({ tool: text.check(meant('The first part of a rule id.', { examples: ['docker'] })), operation: text.check(meant('The second part of a rule id.', { examples: ['volume-rm'] })), ...allowTerms }).check(meant('Everything one rule finds.'));
const AllowCredential = z.strictObject({ credential: text.check(meant('The fingerprint of a value Interlock has found, which means nothing on another machine. The question writes it.')), host: text.check(meant('The host it may be spent at, and no other.', { examples: ['api.example.com'] })), ...allowTerms }).check(meant('One credential at one host. What the request does there is judged by itself.'));
const Allow = z.union([AllowCommand, AllowResource, AllowOperation, AllowCredential]);

/** A relative path would be looked for in the folder of an action, where an agent could have put it. */
const command = z.array(text).check(
  z.minLength(1),
  z.maxLength(64),
  z.refine(([program = '']) => isProgram(program), { error: 'must begin with the name of a program or its absolute path.' }),
);
const commandScope = {
  environment: z.exactOptional(environment.check(meant('Only what is in this environment; without it, any.'))),
  tools: z.exactOptional(z.array(text).check(z.minLength(1), meant('Only what these tools or rules do; without it, any.', { examples: [['psql']] }))),
};
const NAMED = 'A program and its words, run as they stand and by no shell. `{name}` is the name of what would be lost, where that has only letters, digits, `_` and `.`; otherwise nothing runs.';
const Count = z.strictObject({
  kind: z.exactOptional(oneOf({ table: 'A table, a collection, or rows of one.', database: 'A whole database, schema or keyspace.' }).check(meant('What it counts the rows of; without it, either.'))),
  ...commandScope,
  match: z.exactOptional(glob.check(meant('Only what has this name or, where the command names one, is on this host; or a glob. An entry with neither this nor `environment` does not count what a command names a server or database for: the number could come from another one.', { examples: ['db.staging.example.com', 'orders*'] }))),
  command: command.check(meant(`${NAMED} What it prints first must be a number. Use an account that can only read, and say which server is meant.`, { examples: [['psql', '-XAt', '-h', 'db.staging.example.com', '-c', 'select count(*) from {name}']] })),
}).check(meant('How rows are counted. The first that fits is run, within two seconds.'));
const backupScope = {
  kind: z.exactOptional(oneOf({ table: 'A table, a collection, an index, or rows of one.', database: 'A whole database, schema or dataset.', volume: 'A volume, a disk, a bucket or other storage.' }).check(meant('Only what is of this kind; without it, whatever would be lost elsewhere than in files of this machine.'))),
  ...commandScope,
  match: z.exactOptional(glob.check(meant('Only what has this name or, where the command names one, is on this host; or a glob.', { examples: ['db.example.com', 'orders*'] }))),
  seconds: z.exactOptional(z.number().check(z.int(), z.gte(1), z.lte(3000), meant('How long the command may take.', { default: USUAL_BACKUP_SECONDS }))),
};
const Backup = z.strictObject({
  ...backupScope,
  command: z.exactOptional(command.check(meant(`Must end with 0 before what is allowed goes ahead; otherwise that does not run. ${NAMED}`, { examples: [['/home/ana/bin/backup-shop', '{name}']] }))),
  newest: z.exactOptional(command.check(meant(`Prints when the newest backup was made, as \`2027-01-15T03:00:00Z\` or in seconds since 1970, within two seconds. The question says how long ago that is. ${NAMED}`, { examples: [['/home/ana/bin/newest-backup', '{name}']] }))),
}).check(z.refine(({ command: required, newest }) => required !== undefined || newest !== undefined, { error: 'must have a "command", a "newest", or both.' }), meant('How something is backed up before it is lost. The first that fits counts.'));

function isProgram(text: string): boolean {
  return !/[\\/]/.test(text) || text.startsWith('~/') || posix.isAbsolute(text) || /^[a-z]:[\\/]/i.test(text);
}

/** Where an organisation has the journal's records sent. */
export const OpenTelemetry = z.strictObject({
  endpoint: text.check(z.refine((address) => typeof endpointOf(address) !== 'string', { error: 'must be an address that begins with https:// (http:// on this machine only), without user, password or query.' }), meant('Where records are posted to. An address without a path is given `/v1/logs`.', { examples: ['https://collector.example.com'] })),
  headersFile: z.exactOptional(text.check(meant(`Absolute path, or one in the home folder with \`~/\`, of a file with a header \`Name: value\` on each line. Without it they are taken from the variable \`${HEADERS_VARIABLE}\` of the editor’s environment.`, { examples: ['/etc/interlock/collector.key'] }))),
  texts: z.exactOptional(z.boolean().check(meant('`false` leaves out all text that agents and people wrote: commands, paths, names of resources, reasons.', { default: defaultWish.texts }))),
  maxDays: z.exactOptional(z.int().check(z.gte(1), z.lte(3650), meant('How many days of records wait for a collector that cannot be reached. Older ones are passed over, and their number is sent.', { default: defaultWish.maxDays }))),
  maxMegabytes: z.exactOptional(z.int().check(z.gte(1), z.lte(1_048_576), meant('How many megabytes of records wait.', { default: defaultWish.maxMegabytes }))),
});

const hiddenFile = glob;
const version = z.exactOptional(z.literal(1).check(meant('The form of this file.', { default: 1 })));
const schemaLink = z.exactOptional(z.string().check(meant('Where an editor finds the description of this file.')));

/** The lists of a person's or an organisation's file, and what stands in each. */
export const policyLists = {
  table: z.array(Row).check(meant('Rows that come before the built-in table.')),
  allow: z.array(Allow).check(meant('What runs without asking, each with somebody who answers for it. None counts for production or what nobody can name (but for a credential at its host), for a whole disk or home, for reading or sending secrets away, or for what guards this machine.')),
  resources: z.array(Resource).check(meant('Which environment named resources belong to.')),
  tags: z.array(Tag).check(meant('What your folders are for. The status bar sets these too.')),
  hiddenFiles: z.array(hiddenFile).check(meant('Files whose content no agent may see, as in `.gitignore`, on top of those known by name.', { examples: [['secrets/**', '*.dump']] })),
  clearFiles: z.array(hiddenFile).check(meant('Files that are fine to see although their name sounds secret, as in `.gitignore`.', { examples: [['fixtures/*.pem']] })),
  counts: z.array(Count).check(meant('Commands of yours that count the rows of a table or database before you are asked about losing it. The question shows the number, or why there is none, and waits two seconds for it at most. A database client runs in the folder of the action and is given its variables for connections (`PGHOST` and the like); any other program runs in its own folder. Nothing is counted while no editor runs, nor by a program in a folder that an agent works in.')),
  backups: z.array(Backup).check(meant('Commands of yours that back up what an allowed action would lose elsewhere, a database or a volume: the action goes ahead only once they have ended with 0, whoever or whatever allowed it, and is refused where they fail, take too long, or no editor runs. They run as those of `counts` do. An environment that nobody knows counts as production.')),
} as const;

/** The lists of a workspace's file: those that can be stricter, and nothing that loosens. */
export const workspaceLists = {
  table: z.array(TighteningRow).check(meant('Rows that count where they are stricter.')),
  resources: z.array(TighteningResource).check(meant('Resources that belong to a stricter environment than is known without.')),
  tags: z.array(WorkspaceTag).check(meant('What the folders of this workspace are for.')),
  hiddenFiles: policyLists.hiddenFiles,
} as const;

function optionalLists<const Lists extends Readonly<Record<string, z.ZodMiniType>>>(lists: Lists): { [List in keyof Lists]: z.ZodMiniExactOptional<Lists[List]> } {
  return Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, z.exactOptional(list)])) as { [List in keyof Lists]: z.ZodMiniExactOptional<Lists[List]> };
}

/** A whole file. Files are read entry by entry, so that a slip in one does not take the others with it; these are for the editor. */
export const PolicyFile = z.strictObject({
  $schema: schemaLink,
  version,
  ...optionalLists(policyLists),
  openTelemetry: z.exactOptional(OpenTelemetry.check(meant('Has the journal’s records sent to a collector. Counts in an organisation’s file only, and then in place of a person’s settings.'))),
}).check(meant('What Interlock holds, refuses and lets through, on top of its built-in policy.'));
export const WorkspacePolicyFile = z.strictObject({ $schema: schemaLink, version, ...optionalLists(workspaceLists) }).check(meant('A team’s policy for this workspace. It can only make Interlock stricter.'));

const sources = { 'built-in': 'built-in', user: 'user', team: 'team', managed: 'managed' } as const satisfies { [Value in PolicySource]: Value };
const snapshotAllow = { source: z.enum(['user', 'managed']), expired: z.exactOptional(z.literal(true)) };

/** The policy in force as it is saved for hooks: what stands in files, with where it came from. */
export const SavedPolicy = z.object({
  table: z.array(z.object({ ...rowFields, severities, source: z.enum(sources), tightens: z.exactOptional(z.literal(true)), folder: z.exactOptional(text) })).check(z.minLength(1)),
  resources: z.array(Resource),
  raises: z.array(Resource),
  tags: z.array(Tag),
  allow: z.array(z.union([z.extend(AllowCommand, snapshotAllow), z.extend(AllowResource, snapshotAllow), z.extend(AllowOperation, snapshotAllow), z.extend(AllowCredential, snapshotAllow)])),
  guardPaths: z.array(text),
  hiddenFiles: z.array(glob),
  clearFiles: z.array(glob),
  /** What must be backed up. The commands are not saved: they may hold a password, and none is run without an editor. */
  backups: z.exactOptional(z.array(z.object(backupScope))),
});

/** A file's lists as they were when all of it could last be read. */
export const SavedLayer = z.object({ table: z.array(z.strictObject({ ...rowFields, severities })), resources: z.array(Resource), tags: z.array(Tag), hiddenFiles: z.array(glob), allow: z.array(Allow), clearFiles: z.array(glob), backups: z.exactOptional(z.array(z.object(backupScope))) });
