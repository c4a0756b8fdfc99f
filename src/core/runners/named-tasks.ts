import type { Effect, TargetHint, Verb } from '../effect.ts';
import type { Invocation } from '../invocation.ts';
import { sentence } from '../sentence.ts';
import { isKnown, type Word } from '../shell/word.ts';
import { destructiveName, wordsOfName } from '../verbs.ts';

/** Where the names of a task runner's tasks stand among its words: all operands, or those behind a subcommand. */
const runners: Readonly<Record<string, 'operands' | readonly string[]>> = {
  make: 'operands', gmake: 'operands', just: 'operands', task: 'operands', 'go-task': 'operands', mage: 'operands', ant: 'operands', rake: 'operands', invoke: 'operands', inv: 'operands', fab: 'operands', doit: 'operands',
  gradle: 'operands', gradlew: 'operands', mvn: 'operands', mvnw: 'operands', pnpm: 'operands', yarn: 'operands', sbt: 'operands', lein: 'operands',
  npm: ['run', 'run-script'], bun: ['run'], deno: ['task'], composer: ['run', 'run-script'], turbo: ['run'], nx: ['run'], poe: 'operands', hatch: ['run'], pdm: ['run'], rye: ['run'],
};

/** Options of runners with which no task is run. */
const idle: ReadonlySet<string> = new Set(['-n', '--dry-run', '--just-print', '-T', '--tasks', '-W', '--where', '-P', '--prereqs', '-l', '--list', '--list-all', '--summary', '--show', '-p', '-q', '-h', '--help', '--version']);

/** Runners whose tasks may do anything to the machine they run on; those of package managers build and test. */
const runsAnything: ReadonlySet<string> = new Set(['make', 'gmake', 'just', 'task', 'go-task', 'mage', 'rake', 'invoke', 'inv', 'fab', 'npm', 'bun', 'deno', 'composer']);

/** Things people mourn: a task or option that destroys one of these is held although nobody could read it. */
const dataNouns: ReadonlySet<string> = new Set([
  'db', 'dbs', 'database', 'databases', 'data', 'dataset', 'datasets', 'table', 'tables', 'schema', 'schemas', 'prod', 'production', 'staging', 'volume', 'volumes', 'bucket', 'buckets', 'cluster', 'clusters', 'infra', 'infrastructure', 'stack', 'stacks',
  'users', 'accounts', 'tenants', 'customers', 'records', 'rows', 'backup', 'backups', 'snapshot', 'snapshots', 'storage', 'queues', 'topics', 'indices', 'namespace', 'namespaces', 'servers', 'instances', 'postgres', 'mysql', 'mongo', 'redis', 'elasticsearch', 'everything',
]);

/** What is made for tests is made to be thrown away. */
const throwaway: ReadonlySet<string> = new Set(['test', 'tests', 'testing', 'e2e', 'ci', 'mock', 'mocks', 'fixture', 'fixtures', 'sandbox', 'demo', 'example', 'spec', 'cache']);

/** Making something anew with force replaces what is there: `init-db --force`. */
const remaking: ReadonlySet<string> = new Set(['init', 'initialize', 'create', 'setup', 'seed', 'load', 'import', 'restore', 'recreate', 'rebuild', 'bootstrap', 'provision', 'sync']);
const forced = /^--(?:force|overwrite|clean|reset|drop|wipe|recreate|no-preserve)(?:=true)?$/;

/** A call to a running service that gives it a configuration in place of its own. */
const wholeConfiguration = /^(?:[a-z]\w*[.:/])*config(?:uration)?[.:](?:apply|replace|overwrite)$/i;

const mostWords = 16;

/** What the name of a task says that it loses. */
interface NamedLoss {
  readonly name: string;
  readonly verb: Verb;
}

/**
 * What a task loses by its name, where nobody could read what it does: names are all there is to go by without a workspace.
 * @param distant it would run on another machine, where a task of any name may do anything
 */
export function namedTaskEffects(invocation: Invocation, distant: boolean): readonly Effect[] {
  const tasks = Object.hasOwn(runners, invocation.program) ? runners[invocation.program] : undefined;
  if (tasks === undefined || invocation.argv.some(({ text }) => idle.has(text))) return [];
  const words = operandsOf(invocation);
  const names = tasks === 'operands' ? words : tasks.includes(words[0]?.text ?? '') ? words.slice(1, 2) : [];
  const loss = names.map(({ text }) => lossIn(text)).find((found) => found !== undefined);
  if (loss) return [effectOf(loss, 'tasks/by-name', invocation)];
  return distant && names[0] && runsAnything.has(invocation.program) ? [unseenTask(names[0].text, invocation)] : [];
}

const scriptFile = /(?:^|[\\/])([^\\/]+)\.(?:sh|bash|zsh|py|rb|pl|php|[cm]?[jt]s|ps1|bat|cmd)$/i;

/** Words for moving many files about, which goes wrong where two of them end at one name. */
const movesMany: ReadonlySet<string> = new Set(['reorganize', 'reorganise', 'reorg', 'restructure', 'rearrange']);

/** A login on another machine, as what to work on: `robot@192.0.2.7`; by name only behind such an option, for `bob@example.com` gets mail and `react@latest` is a package. */
const login = /^[a-z_][\w.-]{0,31}@\d{1,3}(?:\.\d{1,3}){3}$/i;
const namedLogin = /^[a-z_][\w.-]{0,31}@[a-z0-9][\w.-]{0,252}$/i;
const machineOption = /^--?(?:target|host|server|remote|machine|ssh|dest(?:ination)?)$/;

/** What a script that is not there to be read loses by the name of its file, and by the machine it is told to work on. */
export function namedScriptEffects(invocation: Invocation): readonly Effect[] {
  const words = invocation.argv.slice(0, mostWords);
  const at = words.findIndex((word) => isKnown(word) && scriptFile.test(word.text));
  const name = scriptFile.exec(words[at]?.text ?? '')?.[1];
  if (name === undefined || (at > 0 && !runsScript(words.slice(0, at)))) return [];
  const loss = lossIn(name) ?? (wordsOfName(name).some((word) => movesMany.has(word)) ? { name, verb: 'overwrite' as const } : undefined);
  if (loss) return [effectOf(loss, 'tasks/script', invocation)];
  const elsewhere = words.slice(at + 1).some(({ text }, index) => login.test(text) || (machineOption.test(words[at + index]?.text ?? '') && namedLogin.test(text)));
  return elsewhere ? [unseenTask(name, invocation)] : [];
}

/** An interpreter and its options: the word after them is what it runs. */
function runsScript([program, ...options]: readonly Word[]): boolean {
  return /^(?:.*[\\/])?(?:bash|sh|zsh|dash|ksh|python[\d.]*|node|deno|bun|tsx|ts-node|ruby|perl|php|pwsh|powershell|cmd)(?:\.exe)?$/i.test(program?.text ?? '') && options.every(({ text }, at) => /^[-/]/.test(text) || /^-(?:ExecutionPolicy|ep|ex)$/i.test(options[at - 1]?.text ?? '') || text === 'run');
}

/** What a program nobody knows loses by its subcommand and options: `admin reset-db`, `importer --wipe-data`, `pipeline init-db --force`. */
export function namedCommandEffects(invocation: Invocation): readonly Effect[] {
  const { argv } = invocation;
  // A word that is a path or a sentence is what the command works on, not what it does.
  const commands = operandsOf(invocation).slice(0, 2).filter(({ text }) => /^[a-z][\w:-]*$/i.test(text));
  const options = argv.slice(1, mostWords).filter(({ text }) => /^--[a-z][\w-]*$/i.test(text));
  const remade = options.some(({ text }) => forced.test(text)) ? commands.find(({ text }) => isRemaking(text)) : undefined;
  const loss = remade ? { name: remade.text, verb: 'overwrite' as const } : [...commands, ...options].map(({ text }) => lossIn(text)).find((found) => found !== undefined);
  if (loss) return [effectOf(loss, 'commands/by-name', invocation)];
  const config = operandsOf(invocation).slice(0, 4).find(({ text }) => wholeConfiguration.test(text));
  return config ? [effectOf({ name: config.text, verb: 'overwrite' }, 'commands/by-name', invocation)] : [];
}

function operandsOf({ argv }: Invocation): readonly Word[] {
  return argv.slice(1, mostWords).filter((word) => isKnown(word) && !word.text.startsWith('-'));
}

function lossIn(name: string): NamedLoss | undefined {
  const words = wordsOfName(name);
  if (words.length < 2 || words.some((word) => throwaway.has(word)) || !words.some((word) => dataNouns.has(word))) return undefined;
  const found = destructiveName(name);
  return found && { name, verb: found.verb === 'discard' ? 'drop' : found.verb };
}

function isRemaking(name: string): boolean {
  const words = wordsOfName(name);
  return words.some((word) => remaking.has(word)) && words.some((word) => dataNouns.has(word)) && !words.some((word) => throwaway.has(word));
}

function effectOf({ name, verb }: NamedLoss, rule: string, { program, cwd, env, span }: Invocation): Effect {
  const target: TargetHint = { by: 'database', tool: 'migration', folder: cwd ?? '' };
  return {
    verb, resource: { kind: 'task', name, provider: program }, reversibility: 'irreversible', certainty: 'unknown', rule,
    why: sentence('Runs {name}, which nobody could look into and which by its name loses data.', name, 'task'),
    saferWay: 'Read what it does first, and check which database or environment it reaches.',
    target, env, ...(span ? { span } : {}),
  };
}

function unseenTask(name: string, { program, env, span }: Invocation): Effect {
  return {
    verb: 'runUnknown', resource: { kind: 'task', name, provider: program }, reversibility: 'irreversible', certainty: 'unknown', rule: 'tasks/elsewhere',
    why: `Runs the task ${name} on another machine, where nobody could look into it.`, saferWay: 'Read the task on that machine first, and run its steps by themselves.',
    target: { by: 'path' }, env, ...(span ? { span } : {}),
  };
}
