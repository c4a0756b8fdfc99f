import type { Analysis, Place } from '../analysis.ts';
import type { Effect, Span } from '../effect.ts';
import { expandGlob } from '../files/globs.ts';
import { joinPath } from '../files/path.ts';
import type { Folder, Input, Invocation, Redirection } from '../invocation.ts';
import { foldBuiltin } from './builtins.ts';
import { callsItselfAlways, hasCommand, startsJobsWithoutEnd, withoutEnd } from './endless.ts';
import { expandText, expandWhole, expandWord, joinWords, type Expander } from './expand.ts';
import { scriptText, unseenText } from './interpreters.ts';
import { readDotenv } from '../environment/dotenv.ts';
import { environmentLoads, lend, noteLoaded } from '../secrets/environment-loads.ts';
import { isEnvFile } from '../secrets/text-scan.ts';
import { printedEffects } from '../secrets/shell-reads.ts';
import { outputOf } from './output.ts';
import {
  forEachChild, parseShell,
  type ArithmeticExpression, type ArithmeticFor, type Assignment, type Command, type CommandNode, type CompoundCommand, type CompoundList, type Coproc,
  type Function as FunctionNode, type ParsedScript, type Pipeline, type PipelineNode, type Redirected, type Redirection as RedirectionSyntax, type Statement, type SyntaxNode, type TestExpression, type While, type Word as Syntax,
} from './parse.ts';
import { copyState, environmentOf, followFolder, isSameState, newState, setVariable, setVariables, variablesOf, type FunctionBody, type State, type Value, type Variables } from './state.ts';
import { isKnown, knownWord, programOf, textOf, type Word } from './word.ts';
import { noteRedirected } from './writes.ts';

const maxLoopRounds = 64;
const maxCallDepth = 8;
/** Ways through a text with branches that are followed one by one. */
const maxRounds = 5;
/** Texts the shell runs at its end or prompt that are looked at. */
const maxLater = 32;

/** Variables whose value the shell or common programs run as a command. https://man7.org/linux/man-pages/man7/environ.7.html */
const runVariable = /^(?:PROMPT_COMMAND|PAGER|[A-Z]{1,8}_?PAGER|EDITOR|VISUAL|[A-Z]{1,8}_(?:SEQUENCE_)?EDITOR|BROWSER|LESSOPEN|LESSCLOSE|RSYNC_RSH|GIT_SSH_COMMAND)$/;

/** Functions that the shell itself calls. https://www.gnu.org/software/bash/manual/html_node/Command-Search-and-Execution.html, https://zsh.sourceforge.io/Doc/Release/Functions.html */
const handlers = new Set(['command_not_found_handle', 'command_not_found_handler', 'precmd', 'preexec', 'chpwd', 'zshexit', 'TRAPEXIT']);
const movers = new Set(['mv', 'gmv']);
/** The first descriptor the shell picks itself. */
const firstFree = 10;
const maxDescriptors = 64;

/** What a run of commands writes to its standard output, where that can be known. */
type Output = Input | undefined;

/**
 * The effects of shell text. Walks it as the shell would, as far as that can be done without running anything:
 * variables, functions, loops over known words, folders, pipes, here-documents and substitutions are followed.
 * Both sides of every branch are looked at.
 * @throws TooMuch beyond the bounds.
 */
export function analyseShell(text: string, place: Place, analysis: Analysis, positional: readonly Word[] = []): readonly Effect[] {
  const { script, broken, unclosed } = parseShell(text);
  const effects: Effect[] = [];
  let rounds = 1;
  for (let round = 0; round < rounds; round++) {
    const walk = new Walk(analysis, place, round);
    walk.whole(script, newState(place.cwd, place.env, positional, analysis.world.sighted), { stdin: undefined, promptsAnswered: place.promptsAnswered ?? false });
    effects.push(...walk.effects);
    rounds = Math.min(Math.max(rounds, walk.ways + 1), maxRounds);
    // A line whose quote is never closed is not run, nor is one that `sh -c` cannot read; if it would only have shown something, that is no question.
    const harmless = (unclosed || analysis.depth > 0) && walk.shows && !walk.runs && !text.includes('\n');
    if (broken && !harmless) effects.push(brokenEffect(place));
  }
  return rounds > 1 ? different(effects) : effects;
}

/** Effects found again on another way through the text count once. */
function different(effects: readonly Effect[]): Effect[] {
  return [...new Map(effects.map((effect) => [JSON.stringify(effect), effect])).values()];
}

/** Programs that only show or compare: text that cannot be read to its end is no danger in their hands. */
const showers = new Set(['echo', 'printf', 'grep', 'egrep', 'fgrep', 'rg', 'ag', 'cat', 'head', 'tail', 'wc', 'ls', 'pwd', 'cd', 'true', 'false', ':', 'test', '[', 'date', 'which', 'type', 'cut', 'tr', 'uniq', 'jq', 'basename', 'dirname']);

function brokenEffect(place: Place): Effect {
  return {
    verb: 'runUnknown',
    resource: { kind: 'command', name: '' },
    reversibility: 'irreversible',
    certainty: 'unknown',
    rule: 'shell/syntax',
    why: 'Runs a command that could not be read to the end, so part of what it does is unknown.',
    saferWay: 'Write the command again without the syntax error.',
    target: { by: 'path' },
    ...(place.span ? { span: place.span } : {}),
  };
}

/** What surrounds a command: its input, and whether its questions are answered for it. */
interface Surroundings {
  readonly stdin: Input | undefined;
  readonly promptsAnswered: boolean;
}

class Walk {
  readonly effects: Effect[] = [];
  /** Most ways one branching of this text can go that leave variables different. */
  ways = 0;
  /** True once something was met that does more than show. */
  runs = false;
  /** True once something was met that only shows. */
  shows = false;
  /** Commands around this one that run beside others: in a pipeline or in the background. */
  #beside = 0;
  /** Files of variables that the substitution being walked reads to fill the environment; undefined outside of any. */
  #loading: string[] | undefined;
  readonly #analysis: Analysis;
  readonly #place: Place;
  readonly #round: number;
  #lastExpander: Expander | undefined;
  /** @param round 0 goes on with what any branch has set, the later ones over the earlier; round n with what the n-th way leaves. */
  constructor(analysis: Analysis, place: Place, round: number) {
    this.#analysis = analysis;
    this.#place = place;
    this.#round = round;
  }

  /** A text to its end, with what the shell runs then. */
  whole(script: ParsedScript, state: State, around: Surroundings): void {
    const output = this.script(script, state, around);
    if (output?.secret) this.effects.push(...printedEffects(output.secret, this.#analysis, this.#spanOf(script)));
    for (const text of state.later.splice(0, maxLater)) this.#inline(text, this.#bare(state, script), state, state.positional);
  }

  script(script: ParsedScript, state: State, around: Surroundings): Output {
    return this.#statements(script.commands, state, around);
  }

  #statements(statements: readonly Statement[], state: State, around: Surroundings): Output {
    const outputs: Output[] = statements.map((statement) => {
      const beside = statement.background ? 1 : 0;
      this.#beside += beside;
      const output = this.#node(statement.command, state, around);
      this.#beside -= beside;
      return output;
    });
    return joined(outputs);
  }

  #node(node: Statement['command'] | CommandNode | CompoundList | FunctionNode | Coproc, state: State, around: Surroundings): Output {
    this.#analysis.spend(1);
    switch (node.type) {
      case 'AndOr': {
        const outputs = [this.#node(node.commands[0] as PipelineNode, state, around)];
        const before = variablesOf(state);
        for (const command of node.commands.slice(1)) outputs.push(this.#node(command, state, around));
        this.#join([before, variablesOf(state)], state);
        return joined(outputs);
      }
      case 'Pipeline':
        return this.#pipeline(node, state, around);
      case 'Command':
        return this.#command(node, state, around);
      case 'Function':
        if (node.body.type !== undefined) state.functions.set(node.name.value, node.body);
        if (handlers.has(node.name.value) && state.later.length < maxLater) state.later.push(knownWord(node.name.value));
        return { text: '', known: true };
      case 'Coproc':
        return this.#coprocess(node, state, around);
      case 'Redirected':
        return this.#redirected(node, state, around);
      default:
        return this.#compound(node, state, around);
    }
  }

  /** Runs beside the line; its output can be read from a descriptor. */
  #coprocess(node: Coproc, state: State, around: Surroundings): Output {
    const output = this.#node(node.body, copyState(state), around);
    const from = this.#openDescriptor(undefined, output ?? { text: '', known: false }, state);
    state.variables.set(node.name?.value ?? 'COPROC', { kind: 'array', words: [knownWord(String(from)), knownWord(String(from + 1))] });
    return { text: '', known: true };
  }

  /** Notes what a descriptor reads, for `<&3` and `/dev/fd/3`. */
  #openDescriptor(wanted: number | undefined, input: Input, state: State): number {
    const descriptor = wanted ?? firstFree + 2 * state.descriptors.size;
    if (state.descriptors.size >= maxDescriptors) return descriptor;
    state.descriptors.set(descriptor, input);
    for (const folder of ['/dev/fd', '/proc/self/fd', '/proc/thread-self/fd']) this.#analysis.world.written?.substitute(`${folder}/${descriptor}`, input);
    return descriptor;
  }

  #pipeline(node: Pipeline, state: State, around: Surroundings): Output {
    if (node.commands.length === 1) return this.#node(node.commands[0] as CommandNode, state, around);
    let output: Output = around.stdin;
    let promptsAnswered = around.promptsAnswered;
    this.#beside++;
    for (const [index, command] of node.commands.entries()) {
      const input: Input | undefined = index === 0 ? around.stdin : (output ?? { text: '', known: false });
      output = this.#node(command, copyState(state), { stdin: input, promptsAnswered });
      promptsAnswered ||= answersPrompts(command, output);
    }
    this.#beside--;
    return output;
  }

  #redirected(node: Redirected, state: State, around: Surroundings): Output {
    const { stdin, redirections } = this.#redirections(node.redirects, state);
    // The shell opens the files itself: reported as a command of no name.
    if (redirections.length > 0) this.#report({ ...this.#bare(state, node), redirections });
    const output = this.#compound(node.command, state, { ...around, stdin: stdin ?? around.stdin });
    return this.#keepOutput(redirections, state.cwd, output) ? { text: '', known: true } : output;
  }

  /** Notes what output leaves in files; true when it goes nowhere else. */
  #keepOutput(redirections: readonly Redirection[], folder: Folder, output: Output): boolean {
    const taken = redirections.filter(({ kind }) => kind !== 'read');
    for (const { kind, target, otherwise } of taken) noteRedirected(kind, target, folder, otherwise ? undefined : output, this.#analysis);
    return taken.some(({ otherwise }) => !otherwise);
  }

  #compound(node: CompoundCommand | CompoundList, state: State, around: Surroundings): Output {
    switch (node.type) {
      case 'Subshell':
        return this.#statements(node.body.commands, copyState(state), around);
      case 'BraceGroup':
        return this.#statements(node.body.commands, state, around);
      case 'CompoundList':
        return this.#statements(node.commands, state, around);
      case 'If': {
        this.#statements(node.clause.commands, state, around);
        const tests = node.elif.map(({ clause, then }) => [clause, then]);
        this.#branches([[node.then], ...tests, ...(node.else ? [[node.else]] : [])], node.else !== undefined, state, around);
        return undefined;
      }
      case 'While':
        this.#noteEndless(node);
        return this.#while(node.clause, node.body, state, around);
      case 'For':
      case 'Select': {
        const words = node.wordlist ? node.wordlist.flatMap((word) => this.#words(word, state)) : state.positional;
        this.#loop(node.name.value, this.#oneByOne(words, node.body, state), node.body, state, around);
        return undefined;
      }
      case 'ArithmeticFor':
        this.#noteEndless(node);
        for (const expression of [node.initialize, node.test, node.update]) if (expression) this.#substitutionsIn(expression, state);
        this.#statements(node.body.commands, state, around);
        return undefined;
      case 'Case':
        this.#words(node.word, state);
        for (const item of node.items) for (const pattern of item.pattern) this.#words(pattern, state);
        this.#branches(node.items.map((item) => [item.body]), node.items.some((item) => item.pattern.some((pattern) => pattern.value === '*')), state, around);
        return undefined;
      case 'TestCommand':
        this.#substitutionsIn(node.expression, state);
        return { text: '', known: true };
      case 'ArithmeticCommand':
        if (node.expression) this.#substitutionsIn(node.expression, state);
        return { text: '', known: true };
    }
  }

  /** Looks at every branch from the same start. `complete`: one of them is taken in any case. */
  #branches(branches: readonly (readonly CompoundList[])[], complete: boolean, state: State, around: Surroundings): void {
    const before = variablesOf(state);
    const ends: Variables[] = complete ? [] : [before];
    for (const lists of branches) {
      setVariables(state, before);
      for (const list of lists) this.#statements(list.commands, state, around);
      ends.push(variablesOf(state));
    }
    this.#join(ends, state);
  }

  /** Goes on where several ways meet, with what this round's way has left. */
  #join(ends: readonly Variables[], state: State): void {
    const first = ends[0];
    if (!first || ends.every((end) => isSameState(end, first))) {
      if (first) setVariables(state, first);
      return;
    }
    this.ways = Math.max(this.ways, ends.length);
    const own = this.#round > 0 ? ends[(this.#round - 1) % ends.length] : undefined;
    setVariables(state, own ?? mergedVariables(ends));
  }

  #noteEndless(loop: While | ArithmeticFor): void {
    if (startsJobsWithoutEnd(loop, (steps) => this.#analysis.spend(steps))) this.effects.push(withoutEnd('Starts more and more jobs', 'fork-bomb', this.#spanOf(loop)));
  }

  /** `while read x` over known input goes round once for each line; anything else goes round once with unknown values. */
  #while(clause: CompoundList, body: CompoundList, state: State, around: Surroundings): Output {
    const names = readNames(clause);
    const lines = around.stdin?.known ? around.stdin.text.split('\n').filter(Boolean).slice(0, maxLoopRounds) : undefined;
    if (names && lines) {
      for (const line of lines) {
        assignRead(names, knownWord(line), state);
        this.#statements(body.commands, state, { ...around, stdin: undefined });
      }
      return undefined;
    }
    this.#statements(clause.commands, state, around);
    this.#statements(body.commands, state, around);
    return undefined;
  }

  /** A pattern before which its first names are gone through alone: what a second `mv` does depends on where the first one went. */
  #oneByOne(words: readonly Word[], body: CompoundList, state: State): readonly Word[] {
    const pattern = words[0];
    if (!pattern || words.length > 1 || pattern.globs.length === 0 || !this.#analysis.world.sighted || state.cwd === undefined) return words;
    if (!hasCommand(body, movers, (steps) => this.#analysis.spend(steps))) return words;
    const paths = expandGlob(pattern, state.cwd, this.#analysis) ?? [];
    return [...paths.slice(0, 2).map((path) => knownWord(path, pattern.span)), pattern];
  }

  #loop(name: string, words: readonly Word[], body: CompoundList, state: State, around: Surroundings): void {
    for (const word of words.slice(0, maxLoopRounds)) {
      state.variables.set(name, { kind: 'scalar', word, matched: true });
      this.#statements(body.commands, state, around);
    }
    if (words.length > maxLoopRounds) {
      state.variables.set(name, { kind: 'scalar', word: { ...knownWord(`$${name}`), holes: [{ start: 0, end: name.length + 1, mayBeEmpty: false }] } });
      this.#statements(body.commands, state, around);
    }
  }

  #command(node: Command, state: State, around: Surroundings): Output {
    const prefix = new Map<string, Word>();
    for (const part of node.prefix) if (part.type === 'Assignment') this.#assign(part, state, node.name ? prefix : undefined);
    const { stdin, redirections } = this.#redirections(node.redirects, state);
    if (!node.name) {
      if (redirections.length > 0) this.#report({ ...this.#bare(state, node), redirections });
      this.#keepOutput(redirections, state.cwd, { text: '', known: true });
      // `$(<file)` is the file's content.
      return stdin ?? { text: '', known: true };
    }
    const argv = this.#words(node.name, state);
    const loads = environmentLoads(node);
    for (const arg of node.args) {
      if (arg.type === 'Assignment') argv.push(this.#assignmentWord(arg, state));
      else if (loads.has(arg)) argv.push(...this.#loaded(arg, node, prefix, state));
      else argv.push(...this.#words(arg, state));
    }
    if (redirections.length > 0 && argv[0]?.text === 'exec' && argv.slice(1).every(({ text }) => text.startsWith('-'))) this.#openOutputs(node.redirects, state);
    return this.#run(argv, { node, prefix, redirections, stdin: stdin ?? around.stdin, promptsAnswered: around.promptsAnswered }, state);
  }

  /** A word of variables taken from files: for the line from there on, or for the one program of `env`. */
  #loaded(syntax: Syntax, node: Command, prefix: Map<string, Word>, state: State): readonly Word[] {
    const { loads, world } = this.#analysis;
    const outer = { files: this.#loading, loading: loads.loading };
    const files = (this.#loading = [] as string[]);
    loads.loading = true;
    const words = this.#words(syntax, state);
    this.#loading = outer.files;
    loads.loading = outer.loading;
    const isForOne = node.name?.value === 'env';
    for (const [name, value] of files.slice(0, 4).flatMap((file) => [...readDotenv(world.read(file, maxInput) ?? '')])) {
      noteLoaded(name, value, loads);
      if (isForOne) prefix.set(name, knownWord(value));
      else {
        setVariable(state, name, { kind: 'scalar', word: knownWord(value) });
        state.exported.add(name);
      }
    }
    // `env` takes them off before the program.
    return isForOne ? [] : words;
  }

  /** Runs words as a command: a function, an alias, a builtin that changes the state, or a program. */
  #run(argv: readonly Word[], at: { node: Command; prefix: ReadonlyMap<string, Word>; redirections: readonly Redirection[]; stdin: Input | undefined; promptsAnswered: boolean }, state: State): Output {
    const span = this.#spanOf(at.node);
    const invocation: Invocation = {
      program: programOf(argv[0]),
      argv,
      env: environmentOf(state, at.prefix),
      cwd: state.cwd,
      redirections: at.redirections,
      promptsAnswered: at.promptsAnswered,
      ...(span ? { span } : {}),
      ...(at.stdin ? { stdin: at.stdin } : {}),
    };
    const name = argv[0]?.holes.length === 0 ? argv[0].text : '';
    const alias = state.aliases.get(name);
    if (alias !== undefined && !state.calling.includes(name)) return this.#alias(alias, argv, state, name, invocation);
    const body = state.functions.get(name);
    if (body && state.calling.includes(name)) this.effects.push(...this.#again(name, body, invocation.span));
    const shallow = state.calling.length < maxCallDepth;
    const text = shallow && !body ? this.#textOf(invocation) : undefined;
    if (text || (body && shallow && !state.calling.includes(name))) {
      if (at.redirections.length > 0) this.#report({ ...invocation, program: '', argv: [] });
      const output = text ? this.#inline(text.word, invocation, state, text.positional ?? state.positional) : this.#call(name, body as FunctionBody, invocation, state);
      return this.#keepOutput(at.redirections, state.cwd, output) ? { text: '', known: true } : output;
    }
    const plain = withoutPrefix(argv);
    foldBuiltin(plain === argv ? invocation : { ...invocation, argv: plain }, state);
    this.#report(invocation);
    const output = outputOf(invocation, this.#analysis);
    return this.#keepOutput(at.redirections, state.cwd, output) ? { text: '', known: true } : output;
  }

  /** What a function does that calls itself. */
  #again(name: string, body: FunctionBody, span: Span | undefined): readonly Effect[] {
    if (this.#beside > 0) return [withoutEnd(`Starts ${name} over and over`, 'fork-bomb', span)];
    return callsItselfAlways(name, body, (steps) => this.#analysis.spend(steps)) ? [withoutEnd(`Calls ${name} over and over`, 'endless', span)] : [];
  }

  #call(name: string, body: FunctionBody, invocation: Invocation, state: State): Output {
    const outer = new Map<string, Value | undefined>();
    const inner: State = { ...state, positional: invocation.argv.slice(1), calling: [...state.calling, name], outer };
    const output = this.#node(body, inner, { stdin: invocation.stdin, promptsAnswered: invocation.promptsAnswered });
    for (const [variable, value] of outer) if (value) state.variables.set(variable, value);
    else state.variables.delete(variable);
    followFolder(state, inner);
    return output;
  }

  /** Text that a builtin runs in this very shell, with its functions and variables. */
  #textOf(invocation: Invocation): { readonly word: Word; readonly positional?: readonly Word[] } | undefined {
    const [name, first, ...rest] = withoutPrefix(invocation.argv);
    if (!first) return undefined;
    if (textOf(name) === 'eval') {
      const words = first.text === '--' ? rest : [first, ...rest];
      return { word: joinWords(words, invocation.span) };
    }
    if (textOf(name) !== 'source' && textOf(name) !== '.') return undefined;
    const text = scriptText(first, invocation, this.#analysis);
    if (text !== undefined && isEnvFile(programOf(first))) for (const [variable, value] of readDotenv(text)) noteLoaded(variable, value, this.#analysis.loads);
    return text === undefined ? undefined : { word: knownWord(text), ...(rest.length > 0 ? { positional: rest } : {}) };
  }

  /** Walks a text as a part of this one. */
  #inline(text: Word, invocation: Invocation, state: State, positional: readonly Word[]): Output {
    const { script, broken } = parseShell(text.text);
    const walk = new Walk(this.#analysis, { ...this.#place, ...(invocation.span ? { span: invocation.span } : {}) }, this.#round);
    const inner: State = { ...state, positional, calling: [...state.calling, ''] };
    const output = walk.script(script, inner, { stdin: invocation.stdin, promptsAnswered: invocation.promptsAnswered });
    followFolder(state, inner);
    this.ways = Math.max(this.ways, walk.ways);
    this.runs = true;
    this.effects.push(...walk.effects, ...unseenText(text, invocation), ...(broken ? [brokenEffect(this.#place)] : []));
    return output;
  }

  #alias(alias: string, argv: readonly Word[], state: State, name: string, invocation: Invocation): Output {
    const { script } = parseShell(alias);
    const first = script.commands[0]?.command;
    // The common alias is a command and some of its arguments; anything more is walked as it stands.
    if (script.commands.length === 1 && first?.type === 'Command' && first.name) {
      const words = [...this.#words(first.name, state), ...first.args.flatMap((arg) => (arg.type === 'Assignment' ? [this.#assignmentWord(arg, state)] : this.#words(arg, state)))];
      const whole = [...words, ...argv.slice(1)];
      this.#report({ ...invocation, program: programOf(whole[0]), argv: whole });
      return undefined;
    }
    return this.script(script, { ...copyState(state), calling: [...state.calling, name] }, { stdin: invocation.stdin, promptsAnswered: invocation.promptsAnswered });
  }

  #report(invocation: Invocation): void {
    this.#analysis.spend(1);
    if (invocation.argv.length > 0 && !showers.has(invocation.program)) this.runs = true;
    else this.shows = true;
    const found = this.#analysis.invocation(invocation);
    const effects = this.#loading ? this.#lent(invocation, found, this.#loading) : found;
    if (effects.length > 0) this.runs = true;
    this.effects.push(...effects);
  }

  #lent(invocation: Invocation, found: readonly Effect[], files: string[]): readonly Effect[] {
    const { effects, file } = lend(invocation, found, this.#analysis.loads);
    if (file !== undefined) files.push(file);
    return effects;
  }

  /** An invocation of nothing: what redirections without a command amount to. */
  #bare(state: State, node: { readonly pos: number; readonly end: number }): Invocation {
    const span = this.#spanOf(node);
    return { program: '', argv: [], env: state.env, cwd: state.cwd, redirections: [], promptsAnswered: false, ...(span ? { span } : {}) };
  }

  #redirections(syntax: readonly RedirectionSyntax[], state: State): { stdin: Input | undefined; redirections: Redirection[] } {
    const redirections: Redirection[] = [];
    let stdin: Input | undefined;
    const read = (part: RedirectionSyntax, input: Input): void => {
      const descriptor = part.descriptor?.type === 'FileDescriptor' ? part.descriptor.value : undefined;
      if (!part.descriptor || descriptor === 0) stdin = input;
      else {
        const opened = this.#openDescriptor(descriptor, input, state);
        if (part.descriptor.type === 'FileDescriptorVariable') state.variables.set(part.descriptor.name, { kind: 'scalar', word: knownWord(String(opened)) });
      }
    };
    for (const part of syntax) {
      if (part.type === 'HereDoc') read(part, this.#hereDocument(part, state));
      else if (part.type === 'HereString') {
        const word = part.target ? expandWhole(part.target, this.#expander(state)) : knownWord('');
        read(part, inputOf(word, `${word.text}\n`));
      } else if (part.target) {
        const written = expandWhole(part.target, this.#expander(state));
        const copied = part.operator.endsWith('&') ? /^(\d+)-?$/.exec(textOf(written) ?? '') : null;
        const source = part.operator === '<&' && copied ? state.descriptors.get(Number(copied[1])) : undefined;
        if (source) read(part, source);
        const opened = part.operator === '>&' && copied ? state.outputs.get(Number(copied[1])) : undefined;
        const target = opened ?? written;
        // `> >(cmd)` writes into a command, which has been walked; no file is opened. Nor is one for `2>&1` and `>&-`.
        if ((copied && !opened) || (part.operator.endsWith('&') && target.text === '-') || part.target.parts?.some((piece) => piece.type === 'ProcessSubstitution' && piece.operator === '>')) continue;
        if (part.operator === '<' || part.operator === '<>') {
          if (!part.target.parts?.some((piece) => piece.type === 'ProcessSubstitution')) redirections.push({ kind: 'read', target });
          read(part, this.#fileInput(target, state));
        } else {
          const otherwise = part.descriptor !== undefined && !(part.descriptor.type === 'FileDescriptor' && part.descriptor.value === 1);
          redirections.push({ kind: opened || part.operator === '>>' || part.operator === '&>>' ? 'append' : 'truncate', target, ...(otherwise ? { otherwise } : {}) });
        }
      }
    }
    return { stdin, redirections };
  }

  /** `exec 3>file`, `exec {name}>file`, `exec 3>&4-`: what the shell keeps open for later commands to write into. */
  #openOutputs(syntax: readonly RedirectionSyntax[], state: State): void {
    for (const part of syntax) {
      if (part.type !== 'Redirect' || !part.target || !part.descriptor || part.operator.startsWith('<&') || part.operator === '<') continue;
      const word = expandWhole(part.target, this.#expander(state));
      const copied = part.operator === '>&' ? /^(\d+)-?$/.exec(textOf(word) ?? '') : null;
      const opened = copied ? state.outputs.get(Number(copied[1])) : word;
      if (!opened || state.outputs.size >= maxDescriptors) continue;
      const { descriptor } = part;
      const number = descriptor.type === 'FileDescriptor' ? descriptor.value : firstFree + 2 * state.outputs.size + 1;
      if (descriptor.type !== 'FileDescriptor') state.variables.set(descriptor.name, { kind: 'scalar', word: knownWord(String(number)) });
      state.outputs.set(number, opened);
    }
  }

  #hereDocument(part: Extract<RedirectionSyntax, { type: 'HereDoc' }>, state: State): Input {
    const { body } = part;
    const word = body.parts ? expandText(body.parts, this.#expander(state)) : knownWord(body.text);
    return inputOf(word, part.operator === '<<-' ? word.text.replace(/^\t+/gm, '') : word.text);
  }

  #fileInput(target: Word, state: State): Input {
    const substituted = this.#analysis.world.written?.substituted(target.text);
    if (substituted) return substituted;
    if (target.text === '/dev/null') return { text: '', known: true };
    const text = target.holes.length === 0 ? this.#analysis.world.read(joinPath(state.cwd ?? '', target.text), maxInput) : undefined;
    return text === undefined ? { text: '', known: false } : { text, known: true };
  }

  #assign(part: Assignment, state: State, prefix: Map<string, Word> | undefined): void {
    if (part.index) expandWhole(part.index, this.#expander(state));
    if (part.value.type === 'ArrayValue') {
      const words = part.value.elements.flatMap((element) => this.#words(element, state));
      const old = state.variables.get(part.name);
      setVariable(state, part.name, { kind: 'array', words: part.append && old?.kind === 'array' ? [...old.words, ...words] : words });
      return;
    }
    const word = expandWhole(part.value, this.#expander(state));
    if (runVariable.test(part.name) && isKnown(word)) state.later.push(word);
    if (prefix) prefix.set(part.name, word);
    else setVariable(state, part.name, { kind: 'scalar', word: part.append ? appendTo(state, part.name, word) : word });
  }

  /** `export A=b`, `dd of=x`: an assignment standing among the arguments is an ordinary word to the program. */
  #assignmentWord(part: Assignment, state: State): Word {
    const span = this.#spanOf(part);
    if (part.value.type === 'ArrayValue') {
      this.#assign(part, state, undefined);
      return knownWord(part.name, span);
    }
    const value = expandWhole(part.value, this.#expander(state));
    if (runVariable.test(part.name) && isKnown(value)) state.later.push(value);
    const shift = part.name.length + (part.append ? 2 : 1);
    const word = {
      text: `${part.name}${part.append ? '+=' : '='}${value.text}`,
      holes: value.holes.map((hole) => ({ ...hole, start: hole.start + shift, end: hole.end + shift })),
      globs: [],
    };
    return span ? { ...word, span } : word;
  }

  #words(syntax: Syntax, state: State): Word[] {
    return expandWord(syntax, this.#expander(state));
  }

  /** Most words of a text stand in one state. */
  #expander(state: State): Expander {
    if (this.#lastExpander?.state !== state) this.#lastExpander = this.#expanderOf(state);
    return this.#lastExpander;
  }

  #expanderOf(state: State): Expander {
    return {
      state,
      home: this.#analysis.home,
      spend: (steps) => this.#analysis.spend(steps),
      spanOf: (node) => this.#spanOf(node),
      substitute: (part) => {
        if (!part.script) return undefined;
        return this.script(part.script, copyState(state), { stdin: undefined, promptsAnswered: false });
      },
      processSubstitution: (part) => {
        if (!part.script) return undefined;
        const output = this.script(part.script, copyState(state), { stdin: { text: '', known: false }, promptsAnswered: false });
        if (part.operator === '<') this.#analysis.world.written?.substitute(part.text, output ?? { text: '', known: false });
        return output;
      },
      arithmetic: (part) => {
        if (part.expression) this.#substitutionsIn(part.expression, state);
      },
    };
  }

  /** Commands hidden in arithmetic and tests run too. */
  #substitutionsIn(node: ArithmeticExpression | TestExpression, state: State): void {
    const waiting: SyntaxNode[] = [node];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      this.#analysis.spend(1);
      if (next.type === 'Word') this.#words(next, state);
      else if ((next.type === 'CommandExpansion' || next.type === 'ArithmeticCommandExpansion') && next.script) this.script(next.script, copyState(state), { stdin: undefined, promptsAnswered: false });
      else forEachChild(next, (child) => {
        waiting.push(child);
      });
    }
  }

  /** Offsets count in the action's own text only when this text is not nested in another. */
  #spanOf(node: { readonly pos: number; readonly end: number }): Span | undefined {
    return this.#place.span ?? (this.#analysis.depth === 0 ? { start: node.pos, end: node.end } : undefined);
  }
}

const maxInput = 64 * 1024;

/** What commands write one after the other. */
function joined(outputs: readonly Output[]): Output {
  let text = '';
  let known = true;
  for (const output of outputs) {
    if (output?.secret) return { text: '', known: false, secret: output.secret };
    text += output?.text ?? '';
    known &&= output?.known === true;
  }
  return known || text !== '' ? { text, known } : undefined;
}

/** A word handed to a program as its input. */
function inputOf(word: Word, text: string): Input {
  const secret = word.holes.find((hole) => hole.secret)?.secret;
  return { text, known: word.holes.length === 0, ...(secret ? { secret } : {}) };
}

/** What some ways leave together; a later way's value hides an earlier one's. */
function mergedVariables(ends: readonly Variables[]): Variables {
  return new Map(ends.flatMap((end) => [...end]));
}

/** `command cd x` and `builtin cd x` change the folder as `cd x` does. */
function withoutPrefix(argv: readonly Word[]): readonly Word[] {
  const start = argv.findIndex((word) => !/^(?:command|builtin|-p|--)$/.test(word.text) || !isKnown(word));
  return start <= 0 || !/^(?:command|builtin)$/.test(argv[0]?.text ?? '') ? argv : argv.slice(start);
}

function appendTo(state: State, name: string, word: Word): Word {
  const old = state.variables.get(name);
  if (old?.kind !== 'scalar') return word;
  const shift = old.word.text.length;
  return {
    ...word,
    text: old.word.text + word.text,
    holes: [...old.word.holes, ...word.holes.map((hole) => ({ ...hole, start: hole.start + shift, end: hole.end + shift }))],
    globs: [...old.word.globs, ...word.globs.map((at) => at + shift)],
  };
}

/** `yes`, or a known answer written into the next program. */
function answersPrompts(command: CommandNode, output: Output): boolean {
  if (command.type !== 'Command') return false;
  const name = command.name?.value;
  return name === 'yes' || ((name === 'echo' || name === 'printf') && output?.known === true && /^\s*(y|yes|true|\d)\b/i.test(output.text));
}

/** Names a `while read …` clause sets. */
function readNames(clause: CompoundList): string[] | undefined {
  const command = clause.commands[0]?.command;
  if (clause.commands.length !== 1 || command?.type !== 'Command' || command.name?.value !== 'read') return undefined;
  return command.args.flatMap((arg) => (arg.type === 'Word' && /^[A-Za-z_]\w*$/.test(arg.value) ? [arg.value] : []));
}

/** Gives a line's fields to names as `read` does: the last name takes the rest. */
function assignRead(names: readonly string[], line: Word, state: State): void {
  const fields = line.text.trim().split(/\s+/);
  for (const [index, name] of names.entries()) {
    const text = index === names.length - 1 ? fields.slice(index).join(' ') : (fields[index] ?? '');
    state.variables.set(name, { kind: 'scalar', word: knownWord(text) });
  }
}
