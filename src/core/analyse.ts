import type { Action } from './action.ts';
import { TooMuch, type Analysis, type Place } from './analysis.ts';
import { applyRule, hasRules, rulesFor } from './apply-rule.ts';
import { analyseCode } from './code/analyse.ts';
import type { Effect } from './effect.ts';
import { byStore, carriedTo, inContainer, inImage, isStore, onHost, onPlatform, withoutStored, withProfile } from './elsewhere.ts';
import { analyseFileTool } from './files/file-tools.ts';
import { expandHome, joinPath } from './files/path.ts';
import { redirectionEffects } from './files/redirections.ts';
import { analyseHttp } from './http/analyse.ts';
import { gateEffects } from './guards/gate.ts';
import { protectionEffects } from './guards/protection.ts';
import { guardRemoval } from './guards/removal.ts';
import { guardVariableEffects } from './guards/variables.ts';
import type { Invocation } from './invocation.ts';
import { analyseMcp } from './mcp/analyse.ts';
import { analyseCmd } from './powershell/cmd.ts';
import { analysePowershell } from './powershell/analyse.ts';
import { withDialects } from './powershell/dialect.ts';
import { windowsProgramEffects } from './powershell/programs.ts';
import { inService } from './runners/compose.ts';
import { namedCommandEffects, namedScriptEffects, namedTaskEffects } from './runners/named-tasks.ts';
import { runTask } from './runners/run-task.ts';
import { runScript } from './runners/scripts.ts';
import { noteDerived } from './secrets/derived.ts';
import { noLoads, showsEnvironment, type EnvironmentLoads } from './secrets/environment-loads.ts';
import { codeShows, needsMaskedOutput } from './secrets/output.ts';
import { secretWords } from './secrets/printers.ts';
import { isReader } from './secrets/readers.ts';
import { exposeEffects } from './secrets/expose.ts';
import { shellReadEffects } from './secrets/shell-reads.ts';
import { readWord } from './inputs.ts';
import { embeddedEffects } from './shell/embedded.ts';
import { withEnvFiles } from './shell/env-files.ts';
import { interpret, isInterpreter, scriptInvocation } from './shell/interpreters.ts';
import { isPlain, likelyCommands, likelyEffects } from './shell/likely-wrappers.ts';
import { analyseShell } from './shell/walk.ts';
import { isFed, isKnown, textOf } from './shell/word.ts';
import { isWrapper, unwrap } from './shell/wrappers.ts';
import { noteWrites, placed } from './shell/writes.ts';
import { followWrites } from './shell/written.ts';
import { analyseSql } from './sql/analyse.ts';
import { typedStatements } from './sql/typed.ts';
import { tunnelOf, type Tunnel } from './tunnels.ts';
import { blindWorld, type World } from './world.ts';

/** Steps one action may cost, each one to two microseconds; an ordinary command takes a few dozen, a long script a thousand or two. */
const maxSteps = 20_000;
const maxDepth = 16;
/** Steps of finding out who knows a program. */
const dispatchSteps = 8;

/**
 * Everything an action would do, before anybody asks where and whether it may.
 * @throws TooMuch when it cannot be looked into within the bounds.
 */
export function analyse(analysis: Analysis): readonly Effect[] {
  return [...done(analysis), ...readsShown(analysis)];
}

function done(analysis: Analysis): readonly Effect[] {
  const { action } = analysis;
  switch (action.tool) {
    case 'shell': {
      const place = { cwd: action.cwd || undefined, env: action.env };
      if (action.shell !== 'bash') return withDialects(analysis[action.shell](action.command, place), action.shell, action.command, place, analysis);
      return [...withDialects(analyseShell(action.command, place, analysis), 'bash', action.command, place, analysis), ...typedStatements(action.command, place, analysis), ...meantEffects(action.command, place, analysis)];
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

/** Reads that fill the environment, where the action may show it. What the shell itself says of a line it cannot take is masked. */
function readsShown({ loads, output }: Analysis): readonly Effect[] {
  output.masked ||= loads.lent.length > 0;
  return loads.shown ? loads.lent : [];
}

/**
 * A backslash before the line end of Windows is no continuation to the shell, though whoever wrote it meant one, and what
 * takes the line ends away on its way makes it one: both readings count.
 */
function meantEffects(command: string, place: Place, analysis: Analysis): readonly Effect[] {
  return command.includes('\\\r\n') ? analyseShell(command.replaceAll('\\\r\n', ' \\\n'), place, analysis) : [];
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
  readonly loads: EnvironmentLoads;
  readonly tunnels: Tunnel[];
}

/** The analysers wired to each other for one action. */
export function createAnalysis(action: Action, world: World, guardPaths: readonly string[] = []): Analysis {
  return analysisAt(0, followWrites(world), { action, guardPaths, bounds: { steps: maxSteps, tasks: new Set(), output: { masked: false }, loads: noLoads(), tunnels: [] } });
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
    loads: bounds.loads,
    tunnels: bounds.tunnels,
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
const openings: readonly ((invocation: Invocation, analysis: Analysis) => readonly Effect[])[] = [redirectionEffects, shellReadEffects, exposeEffects, embeddedEffects, guardVariableEffects, guardRemoval, gateEffects, protectionEffects];

/** Finds who knows what a program does: what it wraps, what it interprets, its rules. */
function dispatch(given: Invocation, analysis: Analysis, deeper: (world?: World) => Analysis): readonly Effect[] {
  analysis.spend(dispatchSteps);
  const invocation = withEnvFiles(given, (file, cwd) => readWord(file, cwd, analysis));
  const tunnel = tunnelOf(invocation);
  if (tunnel) analysis.tunnels.push(tunnel);
  const opened: Effect[] = [];
  for (const look of openings) opened.push(...look(invocation, analysis));
  if (invocation.argv.length === 0) return opened;
  analysis.output.masked ||= needsMaskedOutput(invocation, analysis);
  const shows = showsEnvironment(invocation, analysis.loads);
  analysis.loads.shown ||= shows;
  analysis.output.masked ||= shows && analysis.loads.values.size > 0;
  const unwrapped = unwrap(invocation, (file, { cwd }) => readWord(file, cwd, analysis));
  if (unwrapped) {
    const { elsewhere } = unwrapped;
    // Which files `xargs cat` shows is known only when it runs.
    analysis.output.masked ||= /^(?:g?xargs|parallel)$/.test(invocation.program) && isReader(unwrapped.invocation.program) && unwrapped.invocation.program !== 'grep';
    const inner = elsewhere === undefined ? deeper() : deeper(followWrites({ ...blindWorld('posix'), distant: elsewhere !== 'container' }));
    const stored = elsewhere === undefined && isStore(invocation.program);
    const found = [unwrapped.invocation, ...unwrapped.more].flatMap((each) => inner.invocation(stored ? withoutStored(each) : invocation.program === 'docker-compose' ? inService(invocation, each, analysis) : elsewhere === 'container' ? inImage(each, invocation) : each));
    const effects = stored ? found.map((effect) => byStore(effect, invocation)) : found;
    const own = unwrapped.acts ? rulesFor(invocation).flatMap((rule) => applyRule(rule, invocation, analysis)) : [];
    const place = carriedTo(invocation, rulesFor(invocation));
    const placed = (effect: Effect): Effect => {
      if (elsewhere === undefined) return withProfile(effect, invocation);
      if (elsewhere === 'container') return inContainer(effect, place, invocation);
      return place ? onPlatform(effect, place, invocation) : onHost(effect, elsewhere, invocation);
    };
    return [...opened, ...own, ...effects.map(placed)];
  }
  const own = isWritten(invocation, analysis) ? runScript(invocation, analysis) : (runTask(invocation, analysis) ?? interpret(invocation, analysis) ?? runScript(invocation, analysis));
  const script = scriptInvocation(invocation);
  const effects = opened;
  if (own) effects.push(...own);
  for (const rule of rulesFor(invocation)) effects.push(...applyRule(rule, invocation, analysis));
  if (script) for (const rule of rulesFor(script)) effects.push(...applyRule(rule, script, analysis));
  effects.push(...windowsProgramEffects(invocation, analysis), ...unknownProgram(invocation));
  if (effects.length === 0) effects.push(...unseenEffects(invocation, own, analysis, deeper));
  noteWrites(invocation, analysis);
  noteDerived(invocation, analysis);
  return effects;
}

/** What can be said of a program or task nobody could look into: by the command line its words spell, and by what it is called. */
function unseenEffects(invocation: Invocation, own: readonly Effect[] | undefined, analysis: Analysis, deeper: () => Analysis): readonly Effect[] {
  const named = analysis.world.sighted ? [] : [...namedTaskEffects(invocation, analysis.world.distant === true), ...namedScriptEffects(invocation)];
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
  return hasRules(program) || isInterpreter(program) || isWrapper(program);
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
