import { TooMuch, type Analysis, type Place } from '../analysis.ts';
import type { Effect, Span } from '../effect.ts';
import { guardVariable } from '../guards/variables.ts';
import { appendEffects } from '../files/redirections.ts';
import { isSink } from '../files/places.ts';
import type { Input } from '../invocation.ts';
import { own } from '../own.ts';
import { outputOf } from '../shell/output.ts';
import { isKnown, knownWord, textOf, type Word } from '../shell/word.ts';
import { blindWorld } from '../world.ts';
import { builtinAliases, properName } from './aliases.ts';
import { cmdlets } from './cmdlets.ts';
import { evaluateArgument, evaluateExpression, splitTokens, variableKey, variableValue, type Context } from './evaluate.ts';
import { noteFile } from './follow.ts';
import type { Argument } from './parameters.ts';
import { changePaths } from './paths.ts';
import { commandOfCmd, legacyLine } from './cmd-words.ts';
import { blocksOf } from './run-cmdlets.ts';
import { runScriptFile } from './scripts.ts';
import { innerPlace, placeOf, windowsInvocation, type CmdletCall, type Session } from './session.ts';
import { copyState, type State } from './state.ts';
import { argumentRuns, endOfStatement, firstFrom, isCommand, isEnd, isOpen, isWord, parameterNames, skipSwitches, splitRedirects, type ArgumentRun, type Redirect } from './syntax.ts';
import { systemLoss } from './system-cmdlets.ts';
import { tokenize, type BareToken, type GroupToken, type Token } from './tokenize.ts';
import { isKnownValue, concatenate, joinValues, known, textItem, unknown, wordsOf, type Item, type Value } from './values.ts';

const maxRounds = 64;
const maxCallDepth = 8;
const maxNesting = 16;
const maxDepth = 200;

/** Statements whose brackets hold conditions and whose braces hold what may run. */
const blockWords = new Set(['if', 'elseif', 'else', 'while', 'until', 'do', 'for', 'switch', 'try', 'catch', 'finally', 'trap', 'begin', 'process', 'end', 'dynamicparam', 'class', 'data', 'parallel', 'sequence', 'inlinescript']);
/** Words that go on with the statement before them. */
const linkingWords = new Set(['elseif', 'else', 'while', 'until', 'catch', 'finally']);
const leavingWords = new Set(['return', 'throw', 'exit', 'break', 'continue']);
/** Cmdlets known here that others know as well: those that show what files hold, bring it elsewhere, start or stop something. */
const knownElsewhere = /^(?:get|select|format|import|copy|move|send|start|stop|invoke)-|^new-psdrive$/;
const redirectionDocs = 'https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_redirection';

/** Goes through PowerShell text as PowerShell would, as far as that can be done without running anything. Both sides of every branch are looked at. */
export class Walk implements Session {
  readonly analysis: Analysis;
  readonly place: Place;
  readonly effects: Effect[];
  /** True where the text could not be read to its end. */
  broken = false;
  readonly #text: string;
  readonly #nesting: number;
  #depth = 0;
  constructor(text: string, place: Place, analysis: Analysis, effects: Effect[] = [], nesting = 0) {
    this.#text = text;
    this.place = place;
    this.analysis = analysis;
    this.effects = effects;
    this.#nesting = nesting;
  }

  /** @throws TooMuch where text holds text too often. */
  run(state: State, input?: Value): Value {
    if (this.#nesting > maxNesting) throw new TooMuch('the command is nested too deeply to look into');
    const { tokens, broken } = tokenize(this.#text);
    this.broken = broken;
    this.analysis.spend(1 + Math.ceil(this.#text.length / 256));
    return this.statements(tokens, state, input);
  }

  report(effects: readonly Effect[]): void {
    this.effects.push(...effects);
  }

  nested(text: string, state: State): void {
    const span = this.place.span ?? this.spanOf([]);
    const walk = new Walk(text, { ...this.place, span: span ?? { start: 0, end: this.#text.length } }, this.analysis, this.effects, this.#nesting + 1);
    walk.run(state);
    if (walk.broken) this.report([brokenEffect(walk.place)]);
  }

  elsewhere(text: string, state: State, span: Span | undefined): readonly Effect[] {
    const remote: Analysis = { ...this.analysis, world: blindWorld(this.analysis.world.platform), home: undefined };
    const walk = new Walk(text, { ...innerPlace(this, state, span) }, remote, [], this.#nesting + 1);
    walk.run({ ...copyState(state), cwd: undefined, env: {} });
    return walk.effects;
  }

  spanOf(tokens: readonly Token[]): Span | undefined {
    if (this.place.span) return this.place.span;
    const [first, last] = [tokens[0], tokens.at(-1)];
    return this.analysis.depth === 0 && first && last ? { start: first.start, end: last.end } : undefined;
  }

  written(tokens: readonly Token[]): string {
    const [first, last] = [tokens[0], tokens.at(-1)];
    return first && last ? this.#text.slice(first.start, Math.min(last.end, first.start + 400)).replaceAll(/\s+/g, ' ').slice(0, 200) : '';
  }

  statements(tokens: readonly Token[], state: State, input?: Value): Value {
    if (this.#depth >= maxDepth) throw new TooMuch('the command is nested too deeply to look into');
    this.#depth++;
    const value = this.#each(tokens, state, input);
    this.#depth--;
    return value;
  }

  #each(tokens: readonly Token[], state: State, input?: Value): Value {
    if (input) state.variables.set('_', input).set('psitem', input);
    const outputs: Value[] = [];
    for (let at = 0; at < tokens.length;) {
      const token = tokens[at] as Token;
      this.analysis.spend(1);
      if (isEnd(token)) {
        at++;
        continue;
      }
      const word = token.kind === 'bare' && !tokens[at + 1]?.glued ? token.text.toLowerCase() : token.kind === 'bare' && isOpen(tokens[at + 1], '(', '{') ? token.text.toLowerCase() : '';
      const { next, value } = this.#statement(word, tokens, at, state);
      outputs.push(value);
      at = Math.max(next, at + 1);
    }
    return joinValues(outputs);
  }

  #statement(word: string, tokens: readonly Token[], at: number, state: State): { readonly next: number; readonly value: Value } {
    if (word === 'foreach' && isOpen(skipSwitches(tokens, at + 1), '(')) return this.#forEach(tokens, at, state);
    if (word === 'function' || word === 'filter' || word === 'workflow') return this.#function(tokens, at, state);
    if (word === 'param') return this.#parameters(tokens, at, state);
    if (word === 'enum' || word === 'using') return { next: endOfStatement(tokens, at), value: [] };
    if (blockWords.has(word)) return this.#blocks(tokens, at, state);
    const end = endOfStatement(tokens, at);
    const statement = tokens.slice(leavingWords.has(word) ? at + 1 : at, end);
    return { next: end, value: statement.length > 0 ? this.#chain(statement, state) : [] };
  }

  /** `if`, `while`, `try` and the like, with the parts that go on with them. */
  #blocks(tokens: readonly Token[], from: number, state: State): { readonly next: number; readonly value: Value } {
    const outputs: Value[] = [];
    let at = from;
    for (; at < tokens.length; at++) {
      const token = tokens[at] as Token;
      const isSwitch = tokens[from]?.kind === 'bare' && /^(?:switch|class)$/i.test(tokens[from].text);
      if (token.kind === 'group' && token.open === '{') {
        outputs.push(isSwitch ? this.#innerBlocks(token, state) : this.statements(token.tokens, state));
        const next = firstFrom(tokens, at + 1, (candidate) => !isEnd(candidate));
        const after = tokens[next];
        if (next < 0 || after?.kind !== 'bare' || !linkingWords.has(after.text.toLowerCase())) return { next: at + 1, value: joinValues(outputs) };
        at = next;
      } else if (token.kind === 'group' && token.open !== '[') {
        const condition = this.statements(token.tokens, state);
        // Within a switch `$_` is what is compared.
        if (isSwitch) state.variables.set('_', condition);
        const next = tokens[at + 1];
        // The condition after a block ends the statement: `do { … } while (…)`.
        if (next === undefined || isEnd(next)) {
          const block = firstFrom(tokens, at + 1, (candidate) => !isEnd(candidate));
          if (block < 0 || !isOpen(tokens[block], '{')) return { next: at + 1, value: joinValues(outputs) };
          at = block - 1;
        }
      } else if (isEnd(token) && !isOpen(tokens[at + 1], '{', '(') && !isEnd(tokens[at + 1])) return { next: at, value: joinValues(outputs) };
    }
    return { next: at, value: joinValues(outputs) };
  }

  /** The blocks of a `switch`'s cases or a class's methods. */
  #innerBlocks(group: GroupToken, state: State): Value {
    return joinValues(group.tokens.flatMap((token) => (token.kind === 'group' && token.open === '{' ? [this.statements(token.tokens, state)] : [])));
  }

  #forEach(tokens: readonly Token[], from: number, state: State): { readonly next: number; readonly value: Value } {
    const head = firstFrom(tokens, from + 1, (token) => isOpen(token, '('));
    const body = firstFrom(tokens, head + 1, (token) => !isEnd(token));
    const group = tokens[head] as GroupToken;
    const block = tokens[body];
    const [variable, ...rest] = group.tokens.filter((token) => !isEnd(token));
    const items = this.statements(rest.slice(1), state);
    if (variable?.kind !== 'variable' || block?.kind !== 'group') return { next: head + 1, value: items };
    const name = variableKey(variable.name);
    const rounds: Value[] = items.length === 0 ? [unknown(`$${variable.name}`)] : items.slice(0, maxRounds).map((item) => [item]);
    if (items.length > maxRounds) rounds.push(items);
    const outputs = rounds.map((round) => {
      state.variables.set(name, round);
      return this.statements(block.tokens, state);
    });
    return { next: body + 1, value: joinValues(outputs) };
  }

  #function(tokens: readonly Token[], from: number, state: State): { readonly next: number; readonly value: Value } {
    const name = tokens[from + 1];
    const body = firstFrom(tokens, from + 2, (token) => isOpen(token, '{'));
    const block = tokens[body];
    if (name?.kind !== 'bare' || block?.kind !== 'group') return { next: from + 2, value: [] };
    const head = tokens.slice(from + 2, body).find((token) => isOpen(token, '('));
    const inner = block.tokens.findIndex((token) => token.kind === 'bare' && token.text.toLowerCase() === 'param');
    const list = head ?? (inner >= 0 ? block.tokens.find((token, index) => index > inner && isOpen(token, '(')) : undefined);
    state.functions.set(variableKey(name.text), { parameters: list?.kind === 'group' ? parameterNames(list) : [], tokens: block.tokens });
    return { next: body + 1, value: [] };
  }

  /** `param($Path = 'x')`: a default holds where the caller gave nothing. */
  #parameters(tokens: readonly Token[], from: number, state: State): { readonly next: number; readonly value: Value } {
    const group = tokens[from + 1];
    if (group?.kind !== 'group') return { next: from + 1, value: [] };
    for (const part of splitTokens(group.tokens, ',')) {
      const at = part.findIndex((token) => token.kind === 'variable');
      const variable = part[at];
      if (variable?.kind === 'variable' && !state.variables.has(variableKey(variable.name)) && part.length > at + 1) this.#assign(part.slice(at), state);
    }
    return { next: from + 2, value: [] };
  }

  /** Pipelines with `&&` and `||` between them. */
  #chain(tokens: readonly Token[], state: State): Value {
    if (this.#assign(tokens, state)) return [];
    return joinValues(splitTokens(tokens, '&&', '||').map((pipeline) => this.#pipeline(pipeline, state)));
  }

  /** Carries out an assignment; false where the tokens are none. */
  #assign(tokens: readonly Token[], state: State): boolean {
    const at = tokens.findIndex((token) => token.kind === 'bare' && /^(?:[-+*/%]|\?\?)?=(?!=)/.test(token.text));
    const targets = tokens.slice(0, at);
    const isTarget = (token: Token): boolean => token.kind === 'variable' || (token.kind === 'group' && token.open === '[') || (token.kind === 'bare' && token.glued && token.text.startsWith('.')) || (token.kind === 'operator' && token.text === ',');
    if (at <= 0 || !targets.every(isTarget) || !targets.some((token) => token.kind === 'variable')) return false;
    const sign = tokens[at] as BareToken;
    const operator = /^\S*?=/.exec(sign.text)?.[0] ?? '=';
    const rest = sign.text.slice(operator.length);
    const right: readonly Token[] = rest === '' ? tokens.slice(at + 1) : [{ ...sign, text: rest, globs: [], start: sign.start + operator.length }, ...tokens.slice(at + 1)];
    const value = this.statements(right, state);
    const members = targets.filter((token) => token.kind === 'bare').map((token) => token.text.toLowerCase());
    if (members.includes('.commandtext')) this.report(this.analysis.sql(concatenate(wordsOf(value)).text, { client: 'sqlclient' }, innerPlace(this, state, this.spanOf(tokens))));
    if (members.length > 0) return true;
    for (const target of targets) if (target.kind === 'variable') this.#set(variableKey(target.name), operator, value, state);
    return true;
  }

  #set(name: string, operator: string, value: Value, state: State): void {
    const old = operator === '+=' ? variableValue(name, { session: this, state }) : [];
    const isText = old.length === 1 && old[0]?.kind === 'text';
    const joined: Value = operator !== '+=' ? value : isText ? [textItem(concatenate([...wordsOf(old), concatenate(wordsOf(value), ' ')]))] : joinValues([old, value]);
    // What the text sets is remembered with its unknown parts; programs get it as far as it is known.
    if (name.startsWith('env:')) {
      const [variable, text] = [name.slice(4).toUpperCase(), concatenate(wordsOf(joined), ' ').text];
      state.env = { ...state.env, [variable]: text };
      this.report(guardVariable(variable, text, this.place.span));
    }
    state.variables.set(name, joined);
  }

  #pipeline(tokens: readonly Token[], state: State): Value {
    const elements = splitTokens(tokens.filter((token) => !(token.kind === 'operator' && (token.text === '\n' || token.text === ';'))), '|');
    let value: Value | undefined;
    for (const [index, element] of elements.entries()) value = this.#element(element, index === 0 ? undefined : (value ?? []), state);
    return value ?? [];
  }

  #element(all: readonly Token[], input: Value | undefined, state: State): Value {
    this.analysis.spend(8);
    const { tokens, redirects } = splitRedirects(all);
    const context: Context = { session: this, state };
    const [first] = tokens;
    if (first && isCommand(tokens)) return this.#command(tokens, redirects, input, state);
    const value = first ? evaluateExpression(tokens, context) : [];
    const content = redirects.length > 0 ? concatenate(wordsOf(value), '\n').text : '';
    for (const redirect of redirects) {
      this.#redirect(redirect, content, tokens.length === 0, state);
      this.#keep(redirect, value, state);
    }
    return redirects.length > 0 ? [] : value;
  }

  /** Notes what a redirection leaves in its file. */
  #keep(redirect: Redirect, value: Value, state: State): void {
    const content = { text: `${concatenate(wordsOf(value), '\n').text}\n`, known: isKnownValue(value) };
    for (const word of wordsOf(evaluateArgument(redirect.target, { session: this, state }))) noteFile(word, state.cwd, content, redirect.append, this.analysis);
  }

  #redirect(redirect: Redirect, content: string, empties: boolean, state: State): void {
    this.analysis.spend(16);
    const words = wordsOf(evaluateArgument(redirect.target, { session: this, state })).filter((word) => !isSink(word.text));
    const place = placeOf(this, state);
    const slashed = words.map((word) => ({ ...word, text: word.text.replaceAll('\\', '/') }));
    if (redirect.append) this.report(appendEffects(slashed, content, place, this.analysis));
    else this.report(changePaths(words, { verb: empties ? 'truncate' : 'overwrite', recursive: false, rule: 'powershell/redirect', docs: redirectionDocs, saferWay: 'Write to a new file, or append with >>.', content }, place, this.analysis));
  }

  #command(tokens: readonly Token[], redirects: readonly Redirect[], input: Value | undefined, state: State): Value {
    const context: Context = { session: this, state };
    const first = tokens[0] as Token;
    const called = first.kind === 'operator' || (first.kind === 'bare' && first.text === '.' && tokens[1]?.glued === false);
    const runs = argumentRuns(called ? tokens.slice(1) : tokens);
    const [head, ...rest] = runs;
    if (!head) return [];
    const name = evaluateArgument(head.flat(), context);
    const { given, words } = this.#arguments(rest, state);
    const span = this.spanOf(tokens);
    const content = redirects.length > 0 ? concatenate([...wordsOf(name), ...words], ' ').text : '';
    for (const redirect of redirects) this.#redirect(redirect, content, false, state);
    const [item] = name;
    const output = item && item.kind !== 'text' ? this.#callItem(item, given, first.kind === 'bare' ? state : copyState(state), input) : this.#named(wordsOf(name)[0] ?? knownWord(''), { given, words, input, span, written: this.written(tokens), called }, state);
    for (const redirect of redirects) this.#keep(redirect, output, state);
    return redirects.length > 0 ? [] : output;
  }

  /** `& { … }`, `& ([scriptblock]::Create('…'))`. */
  #callItem(item: Item, given: readonly Argument[], state: State, input: Value | undefined): Value {
    if (item.kind === 'block') {
      const list = item.tokens.find((token, index) => isOpen(token, '(') && isWord(item.tokens[index - 1], 'param'));
      bindParameters(list?.kind === 'group' ? parameterNames(list) : [], given, state);
      return this.statements(item.tokens, state, input);
    }
    if (item.kind === 'object' && item.type === 'scriptblock') {
      const call: CmdletCall = { name: 'invoke-expression', given: [{ kind: 'value', value: item.made }], input: undefined, state, session: this, span: this.spanOf([]), written: '' };
      return cmdlets.get('invoke-expression')?.(call) ?? [];
    }
    return [];
  }

  /** Runs a command by its name: a function of the text, a cmdlet, a script, or a program. */
  #named(word: Word, at: { readonly given: readonly Argument[]; readonly words: readonly Word[]; readonly input: Value | undefined; readonly span: Span | undefined; readonly written: string; readonly called: boolean }, state: State): Value {
    const plain = (textOf(word) ?? '').toLowerCase();
    const aliased = state.aliases.get(plain)?.toLowerCase() ?? plain;
    const body = state.functions.get(aliased);
    if (body && !state.calling.includes(body) && state.calling.length < maxCallDepth) {
      const inner: State = { ...state, variables: new Map(state.variables), calling: [...state.calling, body] };
      bindParameters(body.parameters, at.given, inner);
      const value = this.statements(body.tokens, inner, at.input);
      state.cwd = inner.cwd;
      return value;
    }
    const full = isService(aliased, at.words) ? aliased : (own(builtinAliases, aliased) ?? aliased);
    const name = full.replace(/^(?:microsoft\.powershell\.\w+|[\w.]+)\\(?=\w+-\w+$)/, '');
    const call: CmdletCall = { name, given: at.given, input: at.input, state, session: this, span: at.span, written: at.written };
    const cmdlet = cmdlets.get(name);
    if (cmdlet) {
      if (knownElsewhere.test(name)) this.#seen(name, at.words, state, at.span);
      return cmdlet(call);
    }
    if (/^[a-z]+-[a-z]\w*$/.test(name)) {
      for (const block of blocksOf(at.given)) this.statements(block.tokens, copyState(state), at.input);
      this.#seen(name, at.words, state, at.span);
      return systemLoss(call) ?? unknown(`$(${at.written})`);
    }
    for (const block of blocksOf(at.given)) this.statements(block.tokens, copyState(state), at.input);
    const argv = [state.aliases.has(plain) ? knownWord(aliased, word.span) : word, ...at.words];
    this.invoke(argv, state, at.input, at.span);
    const output = outputOf(windowsInvocation(argv, innerPlace(this, state)), this.analysis);
    return output?.known === true && output.text.trim() !== '' ? known(output.text.trim()) : unknown(`$(${at.written})`);
  }

  /** Lets those who know programs see a cmdlet too: a secret file that is read, a protection that is switched off. */
  #seen(name: string, words: readonly Word[], state: State, span: Span | undefined): void {
    const argv = [knownWord(properName(name)), ...words.map((word) => ({ ...word, text: word.text.replaceAll('\\', '/') }))];
    this.report(this.analysis.invocation({ ...windowsInvocation(argv, innerPlace(this, state, span)), program: properName(name) }));
  }

  invoke(argv: readonly Word[], state: State, input: Value | undefined, span: Span | undefined): void {
    const [program, ...rest] = argv;
    if (!program) return;
    const place = innerPlace(this, state, span);
    const script = runScriptFile(program, rest, place, this.analysis);
    if (script) {
      this.report(script);
      return;
    }
    const stdin = inputOf(input);
    const promptsAnswered = this.place.promptsAnswered === true || (stdin?.known === true && /^\s*(?:y|yes|a|true|\d)\b/i.test(stdin.text));
    const invocation = windowsInvocation(argv, place, { promptsAnswered, ...(stdin ? { stdin } : {}) });
    const command = invocation.program === 'cmd' ? (commandOfCmd(legacyLine(rest)) ?? stdin?.text ?? '') : undefined;
    this.report(command === undefined ? this.analysis.invocation(invocation) : this.analysis.cmd(command, { ...place, promptsAnswered }));
  }

  /** The arguments as a cmdlet takes them, and the words a program would get. */
  #arguments(runs: readonly ArgumentRun[], state: State): { readonly given: readonly Argument[]; readonly words: readonly Word[] } {
    const context: Context = { session: this, state };
    const given: Argument[] = [];
    const words: Word[] = [];
    for (const run of runs) {
      const [first, ...more] = run[0] ?? [];
      const name = first?.kind === 'bare' ? /^[-–—―]([A-Za-z_?][\w-]*)(:?)/.exec(first.text) : null;
      if (first?.kind === 'bare' && name && name[0].length === first.text.length && (name[2] === ':' || more.length === 0) && run.length === 1) {
        const value = more.length > 0 ? { value: evaluateArgument(more, context) } : {};
        given.push({ kind: 'parameter', name: name[1] ?? '', ...value });
        words.push(concatenate([knownWord(first.text), ...wordsOf('value' in value ? value.value : [])]));
      } else if (first?.kind === 'bare' && name && name[2] === ':' && run.length >= 1) {
        const value = joinValues([[textItem(knownWord(first.text.slice(name[0].length), this.spanOf([first])))], ...run.slice(1).map((element) => evaluateArgument(element, context))]);
        given.push({ kind: 'parameter', name: name[1] ?? '', value });
        words.push(concatenate([knownWord(name[0]), ...wordsOf(value)]));
      } else if (first?.kind === 'variable' && first.splat) given.push(...splatted(state.variables.get(variableKey(first.name)) ?? []));
      else if (first?.kind === 'bare' && first.text === '--%') continue;
      else if (first?.kind === 'verbatim') words.push(...verbatimWords(first.text, this.spanOf([first])));
      else {
        const values = run.map((element) => evaluateArgument(element, context));
        given.push({ kind: 'value', value: joinValues(values) });
        words.push(...nativeWords(values));
      }
    }
    return { given, words };
  }
}

/** Text that could not be read to its end is judged on what was found, and held. */
export function brokenEffect(place: Place): Effect {
  return {
    verb: 'runUnknown', resource: { kind: 'command', name: '' }, reversibility: 'irreversible', certainty: 'unknown', rule: 'powershell/syntax',
    why: 'Runs a command that could not be read to the end, so part of what it does is unknown.', saferWay: 'Write the command again without the syntax error.',
    target: { by: 'path' }, env: place.env, ...(place.span ? { span: place.span } : {}),
  };
}

/** Gives a function's or block's parameters what the call gives. */
function bindParameters(names: readonly string[], given: readonly Argument[], state: State): void {
  const loose: Value[] = [];
  const named = new Set<string>();
  for (let at = 0; at < given.length; at++) {
    const argument = given[at] as Argument;
    if (argument.kind === 'value') {
      loose.push(argument.value);
      continue;
    }
    const name = names.find((candidate) => candidate.startsWith(argument.name.toLowerCase()));
    if (name === undefined) continue;
    const next = given[at + 1];
    const value = argument.value ?? (next?.kind === 'value' ? next.value : known('True'));
    if (argument.value === undefined && next?.kind === 'value') at++;
    state.variables.set(name, value);
    named.add(name);
  }
  const open = names.filter((name) => !named.has(name));
  for (const [index, name] of open.entries()) {
    const value = loose[index];
    if (value) state.variables.set(name, value);
    else state.variables.delete(name);
  }
  state.variables.set('args', joinValues(loose.slice(open.length)));
}

function splatted(value: Value): readonly Argument[] {
  return value.flatMap((item): readonly Argument[] => (item.kind === 'table' ? [...item.entries].map(([name, content]) => ({ kind: 'parameter', name, value: content })) : [{ kind: 'value', value: [item] }]));
}

/** A program gets elements with commas between them as one word, and a block as its text. */
function nativeWords(values: readonly Value[]): readonly Word[] {
  const words = values.map((value) => value.flatMap((item) => (item.kind === 'text' ? [item.word] : item.kind === 'block' ? [knownWord(item.source)] : [])));
  return words.length > 1 ? [concatenate(words.flat(), ',')] : (words[0] ?? []);
}

function verbatimWords(text: string, span: Span | undefined): readonly Word[] {
  return (text.match(/(?:"[^"]*"?|[^\s"])+/g) ?? []).slice(0, 256).map((word) => knownWord(word, span));
}

/** `sc` is also the program that changes services. */
function isService(name: string, words: readonly Word[]): boolean {
  return name === 'sc' && /^(?:delete|stop|start|pause|continue|config|query|queryex|create|failure|sdset|qc)$/i.test(words[0]?.text ?? '');
}

function inputOf(input: Value | undefined): Input | undefined {
  if (input === undefined) return undefined;
  return { text: `${wordsOf(input).map((word) => word.text).join('\n')}\n`, known: isKnownValue(input) && wordsOf(input).every(isKnown) };
}
