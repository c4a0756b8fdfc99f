import { TooMuch, type Analysis, type Place } from '../analysis.ts';
import type { Effect, Span } from '../effect.ts';
import { appendEffects } from '../files/redirections.ts';
import { forWindows } from '../files/windows-paths.ts';
import type { Input } from '../invocation.ts';
import { knownWord, type Word } from '../shell/word.ts';
import { cmdBuiltins, type CmdCall } from './cmd-builtins.ts';
import { cmdEnvironment, commandsInValues, copyCmdState, endLine, newCmdState, resolveRaw, type CmdState } from './cmd-state.ts';
import { tokenizeCmd, type CmdToken, type RawWord } from './cmd-tokenize.ts';
import { builtinWords, commandOfCmd, programWords } from './cmd-words.ts';
import { noteFile } from './follow.ts';
import { changePaths, contentsOf, withWildcards } from './paths.ts';
import { runScriptFile } from './scripts.ts';
import { windowsInvocation } from './session.ts';
import { cutWord, joinPaths } from './values.ts';

const redirectionDocs = 'https://learn.microsoft.com/previous-versions/windows/it-pro/windows-xp/bb490982(v=technet.10)';
/** Variables in one command. */
const maxVariables = 256;
const comparisons = /^(?:equ|neq|lss|leq|gtr|geq)$/i;

/**
 * The effects of text for cmd.exe: a command line or a batch file. Its paths are Windows paths, whatever this machine is.
 * @throws TooMuch beyond the bounds.
 */
export function analyseCmd(command: string, place: Place, analysis: Analysis): readonly Effect[] {
  const walk = new CmdWalk(command, place, analysis);
  const { tokens, broken } = tokenizeCmd(command);
  analysis.spend(1 + Math.ceil(command.length / 256));
  walk.list(tokens, newCmdState(place.cwd, place.env), undefined, true);
  return broken ? [...walk.effects, brokenEffect(place)] : walk.effects;
}

function brokenEffect(place: Place): Effect {
  return {
    verb: 'runUnknown', resource: { kind: 'command', name: '' }, reversibility: 'irreversible', certainty: 'unknown', rule: 'cmd/syntax',
    why: 'Runs a command that could not be read to the end, so part of what it does is unknown.', saferWay: 'Write the command again without the syntax error.',
    target: { by: 'path' }, env: place.env, ...(place.span ? { span: place.span } : {}),
  };
}

/** What a command writes to its standard output, where that can be known. */
type Output = Input | undefined;

class CmdWalk {
  readonly effects: Effect[] = [];
  readonly #text: string;
  readonly #place: Place;
  readonly #analysis: Analysis;
  constructor(text: string, place: Place, analysis: Analysis) {
    this.#text = text;
    this.#place = place;
    this.#analysis = analysis;
  }

  /** Commands with `&`, `&&`, `||`, `|` and line ends between them. What decides whether one runs is left aside. */
  list(tokens: readonly CmdToken[], state: CmdState, input: Output, outermost = false): Output {
    let outputs = '';
    let isKnownOutput = true;
    let piped: Output = input;
    let command: CmdToken[] = [];
    const finish = (operator: string): void => {
      const intoPipe = operator === '|';
      const output = command.length > 0 ? this.#segment(command, intoPipe ? copyCmdState(state) : state, piped) : { text: '', known: true };
      // A bracket is read as a whole before anything in it runs; loops end with their line.
      if (operator === '\n' && outermost) {
        endLine(state);
        state.loops.clear();
      }
      piped = intoPipe ? (output ?? { text: '', known: false }) : input;
      if (!intoPipe) outputs += output?.text ?? '';
      isKnownOutput &&= intoPipe || output?.known === true;
      command = [];
    };
    for (const token of tokens) {
      if (token.kind === 'operator') finish(token.text);
      else command.push(token);
    }
    finish('');
    return { text: outputs, known: isKnownOutput };
  }

  /** One command with what stands before it: conditions, loops, brackets. */
  #segment(all: readonly CmdToken[], state: CmdState, input: Output): Output {
    const { tokens, redirects } = splitRedirects(all);
    let output: Output = { text: '', known: true };
    let at = 0;
    while (at < tokens.length) {
      this.#analysis.spend(1);
      const token = tokens[at] as CmdToken;
      if (token.kind === 'group') {
        output = this.list(token.tokens, state, input);
        at++;
        continue;
      }
      const word = token.kind === 'word' ? token.text.replace(/^@+/, '').toLowerCase() : '';
      if (word === 'if') at = afterCondition(tokens, at + 1);
      else if (word === 'for') at = this.#for(tokens, at + 1, state);
      else if (word === '' || word === 'else' || word === 'do') at++;
      else return this.#command(tokens.slice(at), redirects, state, input, all);
    }
    for (const redirect of redirects) this.#redirect(redirect, output?.text ?? '', output, tokens.length === 0, state, all);
    return output;
  }

  /** `for /d %i in (set) do command`: the command is looked at once, with the variable standing for the whole set. Gives where the command begins. */
  #for(tokens: readonly CmdToken[], from: number, state: CmdState): number {
    let at = from;
    while (at < tokens.length && tokens[at]?.kind !== 'group') at++;
    const set = tokens[at];
    const head = tokens.slice(from, at).filter((token) => token.kind === 'word');
    if (set?.kind !== 'group') return tokens.length;
    const flag = head.find((token) => /^\/[dfrl]$/i.test(token.text))?.text.toLowerCase() ?? '';
    const variable = head.flatMap((token) => token.marks.filter((mark) => mark.kind === 'loop')).at(0);
    if (variable) state.loops.set(variable.name, this.#loopValues(flag, head, set, state));
    return at + 1;
  }

  #loopValues(flag: string, head: readonly RawWord[], set: Extract<CmdToken, { kind: 'group' }>, state: CmdState): readonly Word[] {
    const unknownValue: Word = { text: '%line%', holes: [{ start: 0, end: 6, mayBeEmpty: true }], globs: [] };
    if (flag === '/l') return [{ ...unknownValue, text: '%number%', holes: [{ start: 0, end: 8, mayBeEmpty: false }] }];
    const source = set.source.trim();
    if (flag === '/f') {
      // A command in single quotes or backquotes is run, and its lines are the set.
      const command = /^(['`])([\s\S]*)\1$/.exec(source)?.[2];
      if (command !== undefined) this.effects.push(...this.#analysis.cmd(command, this.#innerPlace(state, this.#spanOf([set]))));
      const text = /^"([^"]*)"$/.exec(source)?.[1];
      return text === undefined ? [unknownValue] : [knownWord(text)];
    }
    const words = set.tokens.flatMap((token) => (token.kind === 'word' ? resolveRaw(token, state) : [])).flatMap(builtinWords).map((word) => withWildcards(word));
    if (flag !== '/r') return words;
    // `/r folder`: the set is looked for in every folder below; `.` stands for those folders themselves.
    const after = head.findIndex((token) => /^\/r$/i.test(token.text));
    const root = head.slice(after + 1).filter((token) => !/^in$/i.test(token.text) && !token.marks.some((mark) => mark.kind === 'loop')).flatMap((token) => resolveRaw(token, state)).flatMap(builtinWords)[0] ?? knownWord('.');
    return words.map((word) => (word.text === '.' ? contentsOf(root) : withWildcards(joinPaths(root, word))));
  }

  #command(tokens: readonly CmdToken[], redirects: readonly Redirect[], state: CmdState, input: Output, all: readonly CmdToken[]): Output {
    const raw = joinRaw(tokens);
    if (raw.marks.length > maxVariables) throw new TooMuch('the command is too large to look into');
    // A variable's own text may hold further commands.
    for (const text of commandsInValues(raw, state)) this.effects.push(...this.#analysis.cmd(text, this.#innerPlace(state, this.#spanOf(all))));
    const lines = resolveRaw(raw, state);
    const outputs = lines.map((line) => this.#run(withoutAt(line), state, input, this.#spanOf(all)));
    const output = outputs.length === 1 ? outputs[0] : undefined;
    const content = lines.map((line) => line.text).join('\n');
    for (const redirect of redirects) this.#redirect(redirect, content, output, false, state, all);
    return redirects.some((redirect) => redirect.kind !== '<') ? { text: '', known: true } : output;
  }

  #run(line: Word, state: CmdState, input: Output, span: Span | undefined): Output {
    this.#analysis.spend(8);
    const name = /^\s*([a-z]+)(?=$|[\s\\/.,;=(:+[\]"])/i.exec(line.text)?.[1]?.toLowerCase() ?? '';
    const builtin = isPath(line.text) ? undefined : cmdBuiltins.get(name);
    const rest = cutWord(line, (/^\s*/.exec(line.text)?.[0].length ?? 0) + name.length, line.text.length);
    const drive = /^\s*([a-z]:)\s*$/i.exec(line.text)?.[1];
    if (drive) {
      state.cwd = `${drive.toUpperCase()}\\`;
      return { text: '', known: true };
    }
    const call: CmdCall = { name, line: rest, words: [], state, input, place: this.#innerPlace(state, span), analysis: forWindows(this.#analysis), whole: this.#analysis, report: (effects) => this.effects.push(...effects), run: (text) => this.#run(text, state, input, span) };
    if (builtin) {
      const words = builtinWords(rest);
      if (name === 'type' || name === 'copy' || name === 'move') this.#seen(name, words, call);
      return builtin({ ...call, words });
    }
    this.#program(programWords(line), line, call);
    return undefined;
  }

  /** Lets those who know programs see a command that reads or copies files. */
  #seen(name: string, words: readonly Word[], call: CmdCall): void {
    this.effects.push(...this.#analysis.invocation(windowsInvocation([knownWord(name), ...words.filter((word) => !/^\/[a-z]/i.test(word.text)).map((word) => ({ ...word, text: word.text.replaceAll('\\', '/') }))], call.place)));
  }

  #program(argv: readonly Word[], line: Word, call: CmdCall): void {
    const [first, ...rest] = argv;
    if (!first) return;
    const script = runScriptFile(first, rest, call.place, this.#analysis);
    if (script) {
      this.effects.push(...script);
      return;
    }
    const { input } = call;
    const promptsAnswered = this.#place.promptsAnswered === true || (input?.known === true && /^\s*(?:y|yes|j|\d)\b/i.test(input.text));
    const invocation = windowsInvocation(argv, { ...call.place, promptsAnswered }, input ? { stdin: input } : {});
    if (invocation.program !== 'cmd') {
      this.effects.push(...this.#analysis.invocation(invocation));
      return;
    }
    const name = /^\s*(?:"[^"]*"|[^\s"/]+)/.exec(line.text)?.[0].length ?? 0;
    const command = commandOfCmd(line.text.slice(name)) ?? (input?.known ? input.text : undefined);
    if (command !== undefined) this.effects.push(...this.#analysis.cmd(command, { ...call.place, promptsAnswered }));
  }

  #redirect(redirect: Redirect, content: string, output: Output, empties: boolean, state: CmdState, all: readonly CmdToken[]): void {
    if (redirect.kind === '<' || !redirect.target) return;
    this.#analysis.spend(16);
    const words = resolveRaw(redirect.target, state).flatMap(builtinWords).filter((word) => !/^(?:nul|con|prn|aux|com\d|lpt\d):?$/i.test(word.text)).map((word) => ({ ...word, span: this.#spanOf(all) ?? { start: 0, end: 0 } }));
    const place = { cwd: state.cwd, env: this.#place.env, ...(this.#place.span ? { span: this.#place.span } : {}) };
    const analysis = forWindows(this.#analysis);
    if (redirect.kind === '>>') this.effects.push(...appendEffects(words.map((word) => ({ ...word, text: word.text.replaceAll('\\', '/') })), content, place, analysis));
    else this.effects.push(...changePaths(words, { verb: empties ? 'truncate' : 'overwrite', recursive: false, rule: 'cmd/redirect', docs: redirectionDocs, saferWay: 'Write to a new file, or append with >>.', content }, place, analysis));
    for (const word of words) noteFile(word, state.cwd, output, redirect.kind === '>>', this.#analysis);
  }

  #innerPlace(state: CmdState, span: Span | undefined): Place {
    const own = this.#place.span ?? span;
    return { cwd: state.cwd, env: cmdEnvironment(state), promptsAnswered: this.#place.promptsAnswered ?? false, ...(own ? { span: own } : {}) };
  }

  #spanOf(tokens: readonly CmdToken[]): Span {
    if (this.#place.span) return this.#place.span;
    return { start: tokens[0]?.start ?? 0, end: tokens.at(-1)?.end ?? this.#text.length };
  }
}

interface Redirect {
  readonly kind: '<' | '>' | '>>';
  readonly target: RawWord | undefined;
}

function splitRedirects(all: readonly CmdToken[]): { readonly tokens: readonly CmdToken[]; readonly redirects: readonly Redirect[] } {
  const tokens: CmdToken[] = [];
  const redirects: Redirect[] = [];
  for (let at = 0; at < all.length; at++) {
    const token = all[at] as CmdToken;
    if (token.kind !== 'redirect') tokens.push(token);
    else if (!token.merge) {
      const target = all[++at];
      redirects.push({ kind: token.text, target: target?.kind === 'word' ? target : undefined });
    }
  }
  return { tokens, redirects };
}

/** Where the command behind the condition of an `if` begins. */
function afterCondition(tokens: readonly CmdToken[], from: number): number {
  const textAt = (index: number): string => {
    const token = tokens[index];
    return token?.kind === 'word' ? token.text : '';
  };
  let at = from;
  while (/^(?:\/i|not)$/i.test(textAt(at))) at++;
  if (/^(?:exist|defined|errorlevel|cmdextversion)$/i.test(textAt(at))) return at + 2;
  const [first, second] = [textAt(at), textAt(at + 1)];
  if (first.includes('==')) return at + (first.endsWith('==') ? 2 : 1);
  if (second.startsWith('==')) return at + (second === '==' ? 3 : 2);
  return comparisons.test(second) ? at + 3 : at + 1;
}

/** The words of a command as one, a blank between them. */
function joinRaw(tokens: readonly CmdToken[]): RawWord {
  let text = '';
  const marks: RawWord['marks'][number][] = [];
  for (const token of tokens) {
    if (text !== '') text += ' ';
    if (token.kind === 'group') text += `(${token.source})`;
    if (token.kind !== 'word') continue;
    for (const mark of token.marks) marks.push({ ...mark, start: mark.start + text.length, end: mark.end + text.length });
    text += token.text;
  }
  return { text, marks };
}

function withoutAt(line: Word): Word {
  return cutWord(line, /^[@\s]*/.exec(line.text)?.[0].length ?? 0, line.text.length);
}

/** `del\x.exe` and `.\rd` are programs of that path. */
function isPath(text: string): boolean {
  return /^\s*(?:\.{1,2}[\\/]|[a-z]+\\[^\s\\/]+\.(?:exe|com|bat|cmd)\b)/i.test(text);
}

