import { knownWord, type Word } from '../shell/word.ts';
import { callMember, callStatic, property } from './members.ts';
import type { Session } from './session.ts';
import { environmentValue, type State } from './state.ts';
import type { BareToken, GroupToken, StringPart, Token } from './tokenize.ts';
import { concatenate, joinValues, known, textItem, textOfValue, unknown, unknownFilled, wordsOf, type Value } from './values.ts';

const maxRange = 64;
const maxOperators = 32;

/** Where something is evaluated: the session and what is known at this point. */
export interface Context {
  readonly session: Session;
  readonly state: State;
}

/** The value of one argument: tokens that stand together without white space. */
export function evaluateArgument(tokens: readonly Token[], context: Context): Value {
  const [first] = tokens;
  if (first === undefined) return [];
  const { value, next } = primary(tokens, 0, context);
  if (next >= tokens.length) return value;
  // `$HOME\x` and `pre$name` are one text.
  const pieces: Value[] = [value];
  for (let at = next; at < tokens.length;) {
    const piece = primary(tokens, at, context);
    pieces.push(piece.value);
    at = piece.next;
  }
  return [textItem(concatenate(pieces.map((piece) => concatenate(wordsOf(piece), ' '))))];
}

/** A value with the members and indexes written directly behind it; `next` is the first token after them. */
function primary(tokens: readonly Token[], at: number, context: Context): { readonly value: Value; readonly next: number } {
  const token = tokens[at] as Token;
  const following = tokens[at + 1];
  if (token.kind === 'group' && token.open === '[' && following?.kind === 'bare' && following.glued && following.text.startsWith('::')) return members([], typeName(token), tokens, at + 1, context);
  return members(single(token, context), undefined, tokens, at + 1, context);
}

function members(start: Value, type: string | undefined, tokens: readonly Token[], from: number, context: Context): { readonly value: Value; readonly next: number } {
  let value = start;
  let statics = type;
  let at = from;
  for (; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    if (!token.glued) break;
    if (token.kind === 'group' && token.open === '[' && statics === undefined) {
      value = indexed(value, token, context);
      continue;
    }
    const names = token.kind === 'bare' ? /^(?:(?:\.|::|\?\.)\w+)+$/.exec(token.text)?.[0].split(/[.:?]+/).filter((name) => name !== '') : undefined;
    if (!names) break;
    const next = tokens[at + 1];
    const isCall = next?.kind === 'group' && next.open === '(' && next.glued;
    for (const [index, name] of names.entries()) {
      const call = isCall && index === names.length - 1;
      const given = call ? argumentsOf(next, context) : undefined;
      const where = { ...context, span: context.session.spanOf(tokens), written: context.session.written(tokens.slice(0, at + 2)) };
      if (statics !== undefined) value = callStatic(statics, name, given, where);
      else value = given ? callMember(value, name, given, where) : property(value, name, where);
      statics = undefined;
    }
    if (isCall) at++;
  }
  return { value, next: at };
}

/** The arguments of a method, each a value of its own. */
function argumentsOf(group: GroupToken, context: Context): readonly Value[] {
  return splitTokens(group.tokens, ',').map((tokens) => evaluateExpression(tokens, context));
}

/** `[System.IO.File]` as `io.file`. */
function typeName(group: GroupToken): string {
  return group.source.trim().toLowerCase().replace(/^system\./, '');
}

function indexed(value: Value, group: GroupToken, context: Context): Value {
  const index = textOfValue(context.session.statements(group.tokens, context.state));
  const table = value.length === 1 && value[0]?.kind === 'table' ? value[0].entries : undefined;
  if (table && index !== undefined) return table.get(index.toLowerCase()) ?? [];
  const item = index !== undefined && /^-?\d{1,6}$/.test(index) ? value.at(Number(index)) : undefined;
  // A single text has characters, not elements.
  return item && value.length > 1 ? [item] : value.length > 1 ? value : unknown(context.session.written([group]));
}

function single(token: Token, context: Context): Value {
  const { session } = context;
  switch (token.kind) {
    case 'bare': {
      const span = session.spanOf([token]);
      return [textItem(span ? { text: token.text, holes: [], globs: token.globs, span } : { text: token.text, holes: [], globs: token.globs })];
    }
    case 'string': {
      const word = stringWord(token.parts, context);
      const span = session.spanOf([token]);
      return [textItem(span ? { ...word, span } : word)];
    }
    case 'variable': {
      const span = session.spanOf([token]);
      return variableValue(token.name, context).map((item) => (item.kind === 'text' && span ? { ...item, word: { ...item.word, span } } : item));
    }
    case 'group':
      return groupValue(token, context);
    case 'verbatim':
      return known(token.text);
    case 'operator':
    case 'redirect':
      return [];
  }
}

function groupValue(group: GroupToken, context: Context): Value {
  const { session, state } = context;
  switch (group.open) {
    case '{':
      return [{ kind: 'block', tokens: group.tokens, source: group.source }];
    case '@{':
      return [{ kind: 'table', entries: tableEntries(group, context) }];
    case '[':
      return known(`[${group.source}]`);
    case '(':
    case '$(':
    case '@(':
      return session.statements(group.tokens, state);
  }
}

function tableEntries(group: GroupToken, context: Context): ReadonlyMap<string, Value> {
  const entries = new Map<string, Value>();
  for (const tokens of splitTokens(group.tokens, ';', '\n')) {
    const equals = tokens.findIndex((token) => token.kind === 'bare' && token.text.includes('='));
    const sign = tokens[equals];
    if (sign?.kind !== 'bare') continue;
    const at = sign.text.indexOf('=');
    const key = concatenate([...tokens.slice(0, equals).flatMap((token) => wordsOf(single(token, context))), knownWord(sign.text.slice(0, at))]);
    const rest = sign.text.slice(at + 1);
    const value: readonly Token[] = rest === '' ? tokens.slice(equals + 1) : [{ ...sign, text: rest, globs: [] }, ...tokens.slice(equals + 1)];
    entries.set(key.text.trim().toLowerCase(), context.session.statements(value, context.state));
  }
  return entries;
}

/** A string with its variables and subexpressions put in. */
function stringWord(parts: readonly StringPart[], context: Context): Word {
  return concatenate(parts.map((part) => {
    if ('text' in part) return knownWord(part.text);
    const value = 'variable' in part ? variableValue(part.variable, context) : context.session.statements(part.tokens, context.state);
    const words = wordsOf(value);
    // Several values stand side by side in a string; one that is not known is shown as it is written.
    return words.length === 1 && words[0] && isOneHole(words[0]) ? { ...words[0], ...holeLike(words[0], part.written) } : concatenate(words, ' ');
  }));
}

function isOneHole({ text, holes }: Word): boolean {
  return holes.length === 1 && holes[0]?.start === 0 && holes[0].end === text.length;
}

function holeLike(word: Word, written: string): Word {
  return { text: written, holes: [{ start: 0, end: written.length, mayBeEmpty: word.holes[0]?.mayBeEmpty ?? true }], globs: [] };
}

/** Drives and scopes a variable's name may begin with. */
const scope = /^(?:global|script|local|private|using|variable):/;

/** Environment variables Windows sets for everybody. */
const alwaysSet = /^env:(?:userprofile|home|homepath|homedrive|systemroot|windir|systemdrive|appdata|localappdata|programfiles|programdata|public|temp|tmp|username)$/;

/** A variable's name as it is kept. */
export function variableKey(name: string): string {
  return name.toLowerCase().replace(scope, '');
}

/**
 * What a variable holds: from the text, else what PowerShell itself sets it to, else unknown and possibly empty.
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_automatic_variables
 */
export function variableValue(name: string, { session, state }: Context): Value {
  const key = variableKey(name);
  const value = state.variables.get(key);
  if (value) return value.map((item) => (item.kind === 'text' && isOneHole(item.word) && item.word.text.length > 60 ? textItem(holeLike(item.word, `$${name}`), item.deep) : item));
  if (key.startsWith('env:')) {
    const inherited = environmentValue(state.env, key.slice(4));
    if (inherited !== undefined) return known(inherited);
    return alwaysSet.test(key) ? unknownFilled(`$${name}`) : unknown(`$${name}`);
  }
  switch (key) {
    case 'null':
      return [];
    case 'true':
    case 'false':
      return known(key === 'true' ? 'True' : 'False');
    case 'home':
    case 'profile':
      return key === 'home' && session.analysis.home !== undefined ? known(session.analysis.home) : unknownFilled(key === 'home' ? '$HOME' : '$PROFILE');
    case 'pwd':
      return state.cwd === undefined ? unknownFilled('$PWD') : known(state.cwd);
    case 'pshome':
    case 'pid':
      return unknownFilled(`$${name}`);
    default:
      return unknown(`$${name}`);
  }
}

/** Tokens parted at operators, which are left out. */
export function splitTokens(tokens: readonly Token[], ...operators: readonly string[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'operator' && operators.includes(token.text)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

/** The value of an expression, as far as its operators are simple ones. */
export function evaluateExpression(all: readonly Token[], context: Context, depth = 0): Value {
  const tokens = all.filter((token) => !(token.kind === 'operator' && token.text === '\n'));
  const operator = tokens.findIndex((token, at) => at > 0 && token.kind === 'bare' && /^-(?:f|join|replace|split)$/i.test(token.text));
  if (operator > 0) {
    if (depth > maxOperators) return unknown(context.session.written(tokens));
    const left = evaluateExpression(tokens.slice(0, operator), context, depth + 1);
    const right = evaluateExpression(tokens.slice(operator + 1), context, depth + 1);
    return textOperator((tokens[operator] as BareToken).text.toLowerCase(), left, right) ?? unknown(context.session.written(tokens));
  }
  const elements = splitTokens(tokens, ',');
  if (elements.length > 1) return joinValues(elements.map((element) => evaluateExpression(element, context, depth + 1)));
  return sumOf(tokens, context);
}

function textOperator(operator: string, left: Value, right: Value): Value | undefined {
  if (operator === '-join') return [textItem(concatenate(wordsOf(left), textOfValue(right) ?? ''))];
  if (operator !== '-f') return undefined;
  const format = textOfValue(left);
  if (format === undefined) return undefined;
  const words = wordsOf(right);
  const pieces = format.split(/\{(\d{1,2})(?:[:,][^}]{0,40})?\}/);
  return [textItem(concatenate(pieces.map((piece, at) => (at % 2 === 0 ? knownWord(piece) : (words[Number(piece)] ?? knownWord(''))))))];
}

/** Operands with `+` between them; other operators give something nobody can foresee. */
function sumOf(tokens: readonly Token[], context: Context): Value {
  const terms: Value[] = [];
  let foreseen = true;
  for (let at = 0; at < tokens.length;) {
    const token = tokens[at] as Token;
    const following = tokens[at + 1];
    if (token.kind === 'bare' && !/^\d/.test(token.text)) {
      const plus = /^\+(?=[^+=]|$)/.test(token.text) && at > 0;
      if (!plus) foreseen = false;
      else if (token.text.length > 1) terms.push(known(token.text.slice(1)));
      at++;
    } else if (token.kind === 'group' && token.open === '[' && !(following?.kind === 'bare' && following.glued && following.text.startsWith('::')) && following !== undefined) {
      // A cast changes the kind of a value, hardly ever its text.
      at++;
    } else if (token.kind === 'bare') {
      terms.push(range(token.text) ?? known(token.text));
      at++;
    } else {
      const { value, next } = primary(tokens, at, context);
      terms.push(value);
      at = next;
    }
  }
  if (!foreseen) return unknown(context.session.written(tokens));
  if (terms.length <= 1) return terms[0] ?? [];
  const [first, ...rest] = terms;
  // A text grows by what is added to it, a list by the elements.
  if (first?.length === 1 && first[0]?.kind === 'text') return [textItem(concatenate([first, ...rest].map((term) => concatenate(wordsOf(term), ' '))))];
  return joinValues(terms);
}

/** `1..5`. */
function range(text: string): Value | undefined {
  const ends = /^(\d{1,6})\.\.(\d{1,6})$/.exec(text);
  if (!ends) return undefined;
  const [from, to] = [Number(ends[1]), Number(ends[2])];
  return Array.from({ length: Math.min(Math.abs(to - from) + 1, maxRange) }, (_, index) => textItem(knownWord(String(from < to ? from + index : from - index))));
}
