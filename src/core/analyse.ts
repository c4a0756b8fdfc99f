import type { Action } from './action.ts';
import { TooMuch, type Analysis } from './analysis.ts';
import { hasOption, optionValue, parseCall, type Call } from './call.ts';
import { analyseCode } from './code/analyse.ts';
import type { Effect, TargetHint, Verb } from './effect.ts';
import { analyseFileTool } from './files/file-tools.ts';
import { expandHome, joinPath } from './files/path.ts';
import { redirectionEffects } from './files/redirections.ts';
import { analyseHttp } from './http/analyse.ts';
import { protectionEffects } from './guards/protection.ts';
import { guardRemoval } from './guards/removal.ts';
import { guardVariableEffects } from './guards/variables.ts';
import { isLoopback } from './http/url.ts';
import type { Invocation } from './invocation.ts';
import { analyseMcp } from './mcp/analyse.ts';
import { analyseCmd } from './powershell/cmd.ts';
import { analysePowershell } from './powershell/analyse.ts';
import { withDialects } from './powershell/dialect.ts';
import { windowsProgramEffects } from './powershell/programs.ts';
import { own } from './own.ts';
import type { NameSource, Operation, Rule, TargetSource } from './rule.ts';
import { rules } from './rules/all.ts';
import { namedCommandEffects, namedTaskEffects } from './runners/named-tasks.ts';
import { runTask } from './runners/run-task.ts';
import { runScript } from './runners/scripts.ts';
import { noteDerived } from './secrets/derived.ts';
import { codeShows, needsMaskedOutput } from './secrets/output.ts';
import { secretWords } from './secrets/printers.ts';
import { isReader } from './secrets/readers.ts';
import { exposeEffects } from './secrets/expose.ts';
import { shellReadEffects } from './secrets/shell-reads.ts';
import { readWord } from './inputs.ts';
import { sentence } from './sentence.ts';
import { embeddedEffects } from './shell/embedded.ts';
import { interpret, isInterpreter, scriptInvocation } from './shell/interpreters.ts';
import { isPlain, likelyCommands, likelyEffects } from './shell/likely-wrappers.ts';
import { analyseShell } from './shell/walk.ts';
import { isFed, isKnown, textOf } from './shell/word.ts';
import { isWrapper, unwrap } from './shell/wrappers.ts';
import { noteWrites, placed } from './shell/writes.ts';
import { followWrites } from './shell/written.ts';
import { analyseSql } from './sql/analyse.ts';
import { typedStatements } from './sql/typed.ts';
import { dataVariables } from './variables.ts';
import { destructiveVerb, readVerbs } from './verbs.ts';
import { blindWorld, type World } from './world.ts';

/** Steps one action may cost, each one to two microseconds; an ordinary command takes a few dozen, a long script a thousand or two. */
const maxSteps = 20_000;
const maxDepth = 16;
/** Steps of finding out who knows a program. */
const dispatchSteps = 8;

const rulesByProgram = new Map<string, Rule[]>();
for (const rule of rules) {
  for (const program of [...rule.programs, ...(rule.packages ?? [])]) {
    const known = rulesByProgram.get(program);
    if (known) known.push(rule);
    else rulesByProgram.set(program, [rule]);
  }
}

/**
 * Everything an action would do, before anybody asks where and whether it may.
 * @throws TooMuch when it cannot be looked into within the bounds.
 */
export function analyse(analysis: Analysis): readonly Effect[] {
  const { action } = analysis;
  switch (action.tool) {
    case 'shell': {
      const place = { cwd: action.cwd || undefined, env: action.env };
      if (action.shell !== 'bash') return withDialects(analysis[action.shell](action.command, place), action.shell, action.command, place, analysis);
      return [...withDialects(analyseShell(action.command, place, analysis), 'bash', action.command, place, analysis), ...typedStatements(action.command, place, analysis)];
    }
    case 'write':
    case 'delete':
      return analyseFileTool(action, analysis);
    case 'mcp':
      return analyseMcp(action, analysis);
    case 'http': {
      const headers = Object.entries(action.headers).map(([name, value]) => ({ name, value }));
      const request = { method: action.method, url: action.url, headers, uploads: [], ...(action.body === undefined ? {} : { body: action.body }) };
      return analysis.http(request, { cwd: action.cwd || undefined, env: action.env });
    }
    case 'other':
      return action.unseen === undefined ? [] : [runsUnseen(action.unseen)];
    case 'read':
    case 'search':
      return [];
  }
}

/** A tool that runs what its request does not show can be held, never looked into. */
function runsUnseen(what: string): Effect {
  return {
    verb: 'runUnknown', resource: { kind: 'input', name: '' }, reversibility: 'irreversible', certainty: 'unknown', rule: 'agent/unseen',
    why: `Runs ${what}, which nobody can see beforehand.`, saferWay: 'Run it as a command of its own.', target: { by: 'path' },
  };
}

/** The bounds of one action, shared by everything that looks into it. */
interface Bounds {
  steps: number;
  /** Keys of the tasks it has come to. */
  readonly tasks: Set<string>;
  readonly output: { masked: boolean };
}

/** The analysers wired to each other for one action. */
export function createAnalysis(action: Action, world: World, guardPaths: readonly string[] = []): Analysis {
  return analysisAt(0, followWrites(world), { action, guardPaths, bounds: { steps: maxSteps, tasks: new Set(), output: { masked: false } } });
}

/** What is the same at every depth of one action. */
interface Whole {
  readonly action: Action;
  readonly guardPaths: readonly string[];
  readonly bounds: Bounds;
}

/** Where nothing is known of the machine, `~` still means one folder. */
const homeOfNobody = '/home/~';

function analysisAt(depth: number, world: World, whole: Whole): Analysis {
  const { action, guardPaths, bounds } = whole;
  const deeper = (inWorld: World = world): Analysis => {
    if (depth >= maxDepth) throw new TooMuch('the command is nested too deeply to look into');
    return analysisAt(depth + 1, inWorld, whole);
  };
  const analysis: Analysis = {
    action,
    world,
    guardPaths,
    home: action.env.HOME ?? action.env.USERPROFILE ?? (world.sighted || world.platform === 'windows' ? undefined : homeOfNobody),
    depth,
    spend: (steps) => {
      bounds.steps -= steps;
      if (bounds.steps < 0) throw new TooMuch('the command is too large to look into');
    },
    isNew: (task) => {
      const before = bounds.tasks.size;
      return bounds.tasks.add(task).size > before;
    },
    // Who hands on text for a shell seldom knows which: on Windows scripts of package.json and system() calls go to cmd.exe.
    shell: (command, place, positional) => withDialects(analyseShell(command, place, deeper(), positional), 'bash', command, place, analysis),
    powershell: (command, place) => analysePowershell(command, place, depth === 0 && !place.span ? analysis : deeper()),
    cmd: (command, place) => analyseCmd(command, place, depth === 0 && !place.span ? analysis : deeper()),
    invocation: (invocation) => dispatch(invocation, analysis, deeper),
    output: bounds.output,
    code: (language, text, place) => {
      bounds.output.masked ||= codeShows(text);
      return analyseCode(language, text, place, deeper());
    },
    sql: (text, database, place) => {
      bounds.output.masked ||= secretWords.test(text);
      return analyseSql(text, database, place, deeper());
    },
    http: (request, place) => analyseHttp(request, place, deeper()),
  };
  return analysis;
}

/** What is looked for in every invocation, whatever its program. */
const openings: readonly ((invocation: Invocation, analysis: Analysis) => readonly Effect[])[] = [redirectionEffects, shellReadEffects, exposeEffects, embeddedEffects, guardVariableEffects, guardRemoval, protectionEffects];

/** Finds who knows what a program does: what it wraps, what it interprets, its rules. */
function dispatch(invocation: Invocation, analysis: Analysis, deeper: (world?: World) => Analysis): readonly Effect[] {
  analysis.spend(dispatchSteps);
  const opened: Effect[] = [];
  for (const look of openings) opened.push(...look(invocation, analysis));
  if (invocation.argv.length === 0) return opened;
  analysis.output.masked ||= needsMaskedOutput(invocation, analysis);
  const unwrapped = unwrap(invocation, (file, { cwd }) => readWord(file, cwd, analysis));
  if (unwrapped) {
    const { elsewhere } = unwrapped;
    // Which files `xargs cat` shows is known only when it runs.
    analysis.output.masked ||= /^(?:g?xargs|parallel)$/.test(invocation.program) && isReader(unwrapped.invocation.program) && unwrapped.invocation.program !== 'grep';
    const inner = elsewhere === undefined ? deeper() : deeper(followWrites({ ...blindWorld('posix'), distant: elsewhere !== 'container' }));
    const effects = [unwrapped.invocation, ...unwrapped.more].flatMap((each) => inner.invocation(each));
    const own = unwrapped.acts ? rulesFor(invocation).flatMap((rule) => applyRule(rule, invocation, analysis)) : [];
    return [...opened, ...own, ...(elsewhere === undefined ? effects : effects.map((effect) => (elsewhere === 'container' ? inContainer(effect, invocation) : onHost(effect, elsewhere))))];
  }
  const own = isWritten(invocation, analysis) ? runScript(invocation, analysis) : (runTask(invocation, analysis) ?? interpret(invocation, analysis) ?? runScript(invocation, analysis));
  const script = scriptInvocation(invocation);
  const named = [invocation, ...(script ? [script] : [])].flatMap((each) => rulesFor(each).flatMap((rule) => applyRule(rule, each, analysis)));
  const effects = [...opened, ...(own ?? []), ...named, ...windowsProgramEffects(invocation, analysis), ...unknownProgram(invocation)];
  if (effects.length === 0) effects.push(...unseenEffects(invocation, own, analysis, deeper));
  noteWrites(invocation, analysis);
  noteDerived(invocation, analysis);
  return effects;
}

/** What can be said of a program or task nobody could look into: by the command line its words spell, and by what it is called. */
function unseenEffects(invocation: Invocation, own: readonly Effect[] | undefined, analysis: Analysis, deeper: () => Analysis): readonly Effect[] {
  const named = analysis.world.sighted ? [] : namedTaskEffects(invocation, analysis.world.distant === true);
  if (named.length > 0 || (own && !isUnread(invocation, analysis)) || isKnownProgram(invocation.program) || isPlain(invocation.program) || rulesFor(invocation).length > 0) return named;
  const wrapped = wrappedEffects(invocation, deeper);
  return wrapped.length > 0 ? wrapped : namedCommandEffects(invocation);
}

/** True for a script of the project that is not there to be read. */
function isUnread({ argv, cwd }: Invocation, { world, home }: Analysis): boolean {
  const name = textOf(argv[0]);
  const path = name?.includes('/') ? expandHome(name, home, world.platform) : undefined;
  return path !== undefined && world.stat(joinPath(cwd ?? '', path, world.platform)) === undefined;
}

/** True for a program something can be said of. */
function isKnownProgram(program: string): boolean {
  return rulesByProgram.has(program) || isInterpreter(program) || isWrapper(program);
}

/** What a program nobody knows would do if it ran the command line that its own words are. */
function wrappedEffects(invocation: Invocation, deeper: () => Analysis): readonly Effect[] {
  for (const command of likelyCommands(invocation, isKnownProgram)) {
    const effects = likelyEffects(command, deeper().invocation(command));
    if (effects.length > 0) return effects;
  }
  return [];
}

/** True for a file the command itself has written, run by its path: `./bash` is then no shell. */
function isWritten({ argv, cwd }: Invocation, analysis: Analysis): boolean {
  const path = argv[0]?.text.includes('/') ? placed(argv[0], cwd, analysis) : undefined;
  return path !== undefined && analysis.world.written?.has(path) === true;
}

/** The rules of a program, or of the package that npx and the like run: `@railway/cli@latest`. */
function rulesFor(invocation: Invocation): readonly Rule[] {
  const { program } = invocation;
  // Cmdlets have a dash, and PowerShell does not tell letter case apart.
  const known = rulesByProgram.get(program) ?? (program.includes('-') ? rulesByProgram.get(program.toLowerCase()) : undefined);
  if (known) return known;
  const named = textOf(invocation.argv[0])?.replace(/(.)@[^@/]*$/, '$1') ?? '';
  return rulesByProgram.get(named) ?? [];
}

/** What would happen to this machine happens on the other host: its paths, and the databases it finds beside it. */
function onHost(effect: Effect, host: string): Effect {
  if (!isBesideProgram(effect.target)) return effect;
  return { ...effect, target: { by: 'host', host: host.replace(/^.*@/, ''), login: true }, reversibility: effect.regenerable ? effect.reversibility : 'irreversible' };
}

/** A pod runs in the cluster that kubectl's context names, and so does the database beside it. */
function inContainer(effect: Effect, invocation: Invocation): Effect {
  if (!/^(?:kubectl|oc|k3s)$/.test(invocation.program) || !isBesideProgram(effect.target)) return effect;
  const context = optionValue(parseCall(invocation, { valueOptions: ['--context'] }), '--context')?.text;
  return { ...effect, target: { by: 'named', system: 'kubernetes', ...(context === undefined ? {} : { name: context }) } };
}

/** True for what a program finds on the machine it runs on. */
function isBesideProgram(target: TargetHint): boolean {
  switch (target.by) {
    case 'path':
      return true;
    case 'host':
      return isLoopback(target.host);
    case 'database':
      return target.url === undefined || /^(?:host=)?(?:localhost|127\.|\/|\.)|@(?:localhost|127\.)/.test(target.url) || !/[.:@=]/.test(target.url);
    case 'named':
      return false;
  }
}

/** A program whose name cannot be known is held when its words say that it removes things with everything below them, or another program's output names it. */
function unknownProgram(invocation: Invocation): readonly Effect[] {
  const [first, ...rest] = invocation.argv;
  if (!first || isKnown(first) || !(isFed(first) || rest.some((word) => /^-(?=[a-zA-Z]*r)(?=[a-zA-Z]*f)[a-zA-Z]+$/i.test(word.text)))) return [];
  return [{
    verb: 'runUnknown', resource: { kind: 'program', name: first.text }, reversibility: 'irreversible', certainty: 'unknown', rule: 'shell/unknown-program',
    why: isFed(first) ? 'Runs whatever programs its input names, which nobody can see beforehand.' : `Runs a program whose name is only known when it runs (${first.text}), with the options of a forced recursive removal.`,
    saferWay: 'Name the program in the command.', target: { by: 'path' }, ...(invocation.span ? { span: invocation.span } : {}),
  }];
}

/** The effects one rule sees in a call of its program. */
function applyRule(rule: Rule, invocation: Invocation, analysis: Analysis): readonly Effect[] {
  const call = withoutPrefixes(rule, parseCall(invocation, rule));
  // After a subcommand it names a version: `cargo yank --version 1.0.0 x`.
  const asksVersion = call.operands.length === 0 && hasOption(call, '--version');
  if (hasOption(call, '--help') || asksVersion || (rule.safeOptions && hasOption(call, ...rule.safeOptions))) return [];
  const calls = rule.tasks ? call.operands.map((_, at) => ({ ...call, operands: call.operands.slice(at) })) : [call];
  const listed = calls.flatMap((each) => {
    const match = partedOperations(rule).find((candidate) => matches(candidate, each));
    return match ? [operationEffect(rule, match.operation, each)] : [];
  });
  const inspected = rule.inspect?.(call, analysis) ?? [];
  if (listed.length > 0 || inspected.length > 0 || rule.unlisted === undefined) return [...listed, ...inspected];
  return unlistedEffect(rule, rule.unlisted, call);
}

function withoutPrefixes({ prefixes }: Rule, call: Call): Call {
  return prefixes?.includes(call.operands[0]?.text ?? '') ? { ...call, operands: call.operands.slice(1) } : call;
}

/** An operation with the alternatives of its words parted. */
interface PartedOperation {
  readonly operation: Operation;
  readonly words: readonly (readonly string[])[];
}

const parted = new WeakMap<Rule, readonly PartedOperation[]>();

/** A rule's operations, parted at its first call: every call of its program is compared with all of them. */
function partedOperations(rule: Rule): readonly PartedOperation[] {
  const known = parted.get(rule);
  if (known) return known;
  const operations = rule.operations.map((operation) => ({ operation, words: operation.words.map((alternatives) => alternatives.split('|')) }));
  parted.set(rule, operations);
  return operations;
}

function matches({ operation, words }: PartedOperation, call: Call): boolean {
  const fit = words.every((alternatives, index) => alternatives.some((word) => fits(word, call.operands[index]?.text ?? '')));
  if (!fit || (operation.needs && !hasOption(call, ...operation.needs)) || (operation.unless && hasOption(call, ...operation.unless))) return false;
  if (operation.dataVariables && dataVariables(call.operands.map((word) => word.text)).length === 0) return false;
  return operation.value === undefined || operation.value.fits.test(optionValue(call, ...operation.value.of)?.text ?? '');
}

/** True when a word of the call is the one the rule names, whole or up to its final `*`. */
function fits(word: string, given: string): boolean {
  return word.endsWith('*') ? given !== '' && given.startsWith(word.slice(0, -1)) : given === word;
}

function operationEffect(rule: Rule, operation: Operation, call: Call): Effect {
  const name = nameFrom(operation.name, call, operation.words.length);
  const { span } = call.invocation;
  return {
    verb: operation.verb,
    resource: { kind: operation.kind, name, provider: rule.title },
    reversibility: operation.reversibility,
    certainty: operation.certainty ?? 'certain',
    rule: `${rule.tool}/${operation.id}`,
    why: sentence(operation.why, name, operation.kind) + (operation.backup ? ' This removes the way back.' : ''),
    saferWay: operation.saferWay,
    target: targetFrom(operation.target ?? rule.target, call),
    env: call.invocation.env,
    docs: rule.docs,
    ...(span ? { span } : {}),
  };
}

function nameFrom(sources: readonly NameSource[], call: Call, skip: number): string {
  for (const source of sources) {
    const name = 'operand' in source ? call.operands[skip + source.operand]?.text
      : 'operands' in source ? call.operands.slice(skip).map((word) => word.text).join(', ')
      : 'option' in source ? optionValue(call, ...source.option)?.text
      : 'dataVariables' in source ? dataVariables(call.operands.map((word) => word.text)).join(', ')
      : 'variable' in source ? call.invocation.env[source.variable]
      : source.text;
    if (name) return name;
  }
  return '';
}

function targetFrom(source: TargetSource | undefined, call: Call): TargetHint {
  if (!source) return { by: 'path' };
  if ('database' in source) {
    const url = (source.option && optionValue(call, ...source.option)?.text) ?? (source.operand === undefined ? undefined : call.operands[source.operand]?.text);
    return { by: 'database', tool: source.database, folder: call.invocation.cwd ?? '', ...(url ? { url } : {}) };
  }
  const named = (source.option && optionValue(call, ...source.option)?.text) ?? source.variable?.map((variable) => call.invocation.env[variable]).find(Boolean);
  const scope = source.scope && optionValue(call, ...source.scope)?.text;
  const folder = call.invocation.cwd;
  return { by: 'named', system: source.system, ...(named ? { name: named } : {}), ...(scope ? { scope } : {}), ...(folder === undefined ? {} : { folder }) };
}

/** A subcommand nobody listed but whose verb means destruction. */
function unlistedEffect(rule: Rule, kind: string, call: Call): readonly Effect[] {
  const operands = call.operands.slice(0, 6);
  // Words after the first that cannot be a subcommand, or that only looks or makes, are names: `variable set DELETE_OLD=1`.
  const end = operands.findIndex((word, index) => !isKnown(word) || !/^[a-z][a-z0-9:._-]*$/.test(word.text) || readVerbs.has(word.text) || /^(?:new|create|add|set|generate)$/.test(word.text) || (index === 0 && /^(?:pub|publish|sub|subscribe|request|reply)$/.test(word.text)));
  const words = end < 0 ? operands : operands.slice(0, end);
  const verbAt = (index: number): Verb | undefined => {
    const word = words[index]?.text ?? '';
    // The word before it says of what: `cache flush` loses nothing.
    return (rule.verbs && own(rule.verbs, word)) ?? destructiveVerb(/^[a-z]+$/.test(word) ? `${words[index - 1]?.text ?? ''} ${word}` : word);
  };
  const at = words.findIndex((_, index) => verbAt(index) !== undefined);
  const verb = at < 0 ? undefined : verbAt(at);
  if (verb === undefined) return [];
  const name = call.operands[at + 1]?.text ?? '';
  const { span } = call.invocation;
  return [{
    verb, resource: { kind, name, provider: rule.title }, reversibility: 'irreversible', certainty: 'likely', rule: `${rule.tool}/unlisted`,
    why: `Asks ${rule.title} to ${words.slice(0, at + 1).map((word) => word.text).join(' ')}${name ? ` ${name}` : ''}, which by its name ${verb === 'stop' ? 'stops what is in use' : 'cannot be undone'}.`,
    saferWay: `Look at it first with ${rule.title}'s list or show command, and let a person run this one.`,
    target: targetFrom(rule.target, call), env: call.invocation.env, docs: rule.docs, ...(span ? { span } : {}),
  }];
}
