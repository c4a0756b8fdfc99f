import { callAt, type CodeCall } from './calls.ts';
import { endOfStatement, isMark, isName, partsOf, skipTo, trimmed, type Program, type Range } from './program.ts';
import type { CodeToken } from './token.ts';

/** Where the value of a name comes from. `each`: it stands for each item in turn. */
export interface Binding {
  readonly kind: 'value' | 'each' | 'parameter' | 'changed';
  readonly range: Range;
}

/** What the names of a text stand for. Scopes are not told apart: a name bound twice may be either. */
export interface Scope {
  readonly bindings: ReadonlyMap<string, readonly Binding[]>;
  /** Names imported or made to stand for something else: `rm` → `fs.rm`. */
  readonly aliases: ReadonlyMap<string, string>;
}

const maxBindings = 8;

/** Collects assignments, loops, parameters and imports in one pass. */
export function scopeOf(program: Program, calls: readonly CodeCall[]): Scope {
  const bindings = new Map<string, Binding[]>();
  const aliases = new Map<string, string>();
  const bind = (name: string, binding: Binding): void => {
    const known = bindings.get(name) ?? [];
    if (known.length < maxBindings) bindings.set(name, [...known, binding]);
  };
  for (let at = 0; at < program.tokens.length; at++) {
    assignment(program, at, bind, aliases);
    loop(program, at, bind);
    imported(program, at, aliases);
  }
  parameters(program, calls, bind);
  return { bindings, aliases };
}

type Bind = (name: string, binding: Binding) => void;

function assignment(program: Program, at: number, bind: Bind, aliases: Map<string, string>): void {
  const { tokens } = program;
  const name = tokens[at];
  if (name?.kind !== 'name' || isMark(tokens[at - 1], '.', '->', '::', '?.')) return;
  const operator = typeEnd(program, at + 1);
  if (isMark(tokens[at + 1], '+=', '.=', '-=', '<<')) bind(name.text, { kind: 'changed', range: { from: at, to: at + 1 } });
  // `name=value` among the arguments of a Python call is no assignment.
  if (!isMark(tokens[operator], '=', ':=') || insideCall(program, at)) return;
  const range = trimmed(program, { from: operator + 1, to: endOfStatement(program, operator + 1) });
  if (range.to <= range.from) return;
  bind(name.text, { kind: 'value', range });
  aliasFromValue(program, name.text, range, aliases);
}

/** Behind a type annotation: `const x: string = …`. */
function typeEnd(program: Program, at: number): number {
  if (!isMark(program.tokens[at], ':')) return at;
  for (let index = at + 1; index < at + 12; index++) if (isMark(program.tokens[index], '=')) return index;
  return at;
}

function insideCall(program: Program, at: number): boolean {
  const before = program.tokens[at - 1];
  return program.language === 'python' && isMark(before, ',', '(') && !isMark(program.tokens[at + 1], ':=');
}

/** `const fs = require('fs')`, `run = subprocess.run`, `const sh = promisify(exec)`. */
function aliasFromValue(program: Program, name: string, range: Range, aliases: Map<string, string>): void {
  const { tokens } = program;
  const module = requiredModule(program, range.from);
  if (module !== undefined) {
    const property = isMark(tokens[range.from + 4], '.') && tokens[range.from + 5]?.kind === 'name' && range.to === range.from + 6 ? `.${tokens[range.from + 5]?.text}` : '';
    aliases.set(name, `${module}${property}`);
    return;
  }
  const names = tokens.slice(range.from, range.to);
  if (names.length >= 3 && names.length <= 7 && names.every((token, index) => (index % 2 === 0 ? token.kind === 'name' : isMark(token, '.', '::')))) {
    aliases.set(name, names.filter((_, index) => index % 2 === 0).map((token) => token.text).join('.'));
    return;
  }
  const wrapper = names.findIndex((token) => isName(token, 'promisify'));
  const wrapped = names[wrapper + 2];
  if (wrapper >= 0 && isMark(names[wrapper + 1], '(') && wrapped?.kind === 'name') {
    const rest = names.slice(wrapper + 3).filter((token) => token.kind === 'name').map((token) => `.${token.text}`);
    aliases.set(name, `${aliases.get(wrapped.text) ?? wrapped.text}${rest.slice(0, 1).join('')}`);
  }
}

/** The module of `require('x')` or `import('x')` at a token, by its plain name. */
function requiredModule(program: Program, at: number): string | undefined {
  const { tokens } = program;
  const module = tokens[at + 2];
  if (!isName(tokens[at], 'require', 'import', '__import__') || !isMark(tokens[at + 1], '(') || module?.kind !== 'string') return undefined;
  return moduleName(module.text);
}

/** `node:fs/promises` is `fs`, whose functions do the same. */
function moduleName(name: string): string {
  return name.replace(/^node:/, '').replace(/\/promises$/, '').replace(/^(?:fs-extra|graceful-fs)$/, 'fs');
}

function loop(program: Program, at: number, bind: Bind): void {
  const { tokens } = program;
  if (program.language === 'python' && isName(tokens[at], 'with')) withTargets(program, at, bind);
  if (isName(tokens[at], 'for', 'foreach')) {
    loopHead(program, at, bind);
    return;
  }
  // `list.forEach(x => …)`, `list.each { |x| … }`, `list.map(function (x) …)`.
  if (!isName(tokens[at], 'forEach', 'each', 'map', 'each_child') || !isMark(tokens[at - 1], '.', '&.')) return;
  const parameter = tokens.slice(at + 1, at + 6).find((token) => token.kind === 'name' && !/^(?:do|async|function)$/.test(token.text));
  const receiver = { from: startOfChain(program, at - 1), to: at - 1 };
  if (parameter) bind(parameter.text, { kind: 'each', range: receiver });
}

/** `with open(x) as f, y() as z:`. */
function withTargets(program: Program, at: number, bind: Bind): void {
  const head = { from: at + 1, to: endOfLoopHead(program, at + 1) };
  for (const part of partsOf(program, head)) {
    const as = program.tokens.slice(part.from, part.to).findIndex((token) => isName(token, 'as'));
    const name = program.tokens[part.from + as + 1];
    if (as > 0 && name?.kind === 'name') bind(name.text, { kind: 'value', range: { from: part.from, to: part.from + as } });
  }
}

/** Where the expression before a dot begins. */
function startOfChain(program: Program, dot: number): number {
  let at = dot - 1;
  for (let length = 0; length < 12 && at >= 0; length++) {
    if (isMark(program.tokens[at], ')', ']', '}')) at = program.partners[at] ?? -1;
    if (at < 0) return dot;
    if (isMark(program.tokens[at], '(', '[') && program.tokens[at - 1]?.kind === 'name') at--;
    if (!isMark(program.tokens[at - 1], '.', '::', '?.', '->')) return at;
    at -= 2;
  }
  return Math.max(0, at);
}

/** `for x in y:`, `for (const x of y)`, `foreach ($y as $x)`, `for my $x (…)`. */
function loopHead(program: Program, at: number, bind: Bind): void {
  const { tokens, language } = program;
  const head = tokens.slice(at + 1, at + 12);
  const joint = head.findIndex((token) => isName(token, 'in', 'of', 'as'));
  if (language === 'perl') {
    const variable = head.find((token) => token.kind === 'name' && token.text.startsWith('$'));
    const open = at + 1 + head.findIndex((token) => isMark(token, '('));
    if (variable && open > at) bind(variable.text, { kind: 'each', range: { from: open + 1, to: skipTo(program, open) } });
    return;
  }
  if (joint < 0) return;
  const middle = at + 1 + joint;
  if (isName(tokens[middle], 'as')) {
    const variable = tokens.slice(middle + 1, middle + 5).findLast((token) => token.kind === 'name');
    if (variable) bind(variable.text, { kind: 'each', range: { from: at + 2, to: middle } });
    return;
  }
  const variables = head.slice(0, joint).filter((token) => token.kind === 'name' && !/^(?:const|let|var|await)$/.test(token.text));
  const range = trimmed(program, { from: middle + 1, to: endOfLoopHead(program, middle + 1) });
  for (const variable of variables) bind(variable.text, { kind: 'each', range });
}

function endOfLoopHead(program: Program, from: number): number {
  for (let at = from; at < program.tokens.length; at++) {
    const token = program.tokens[at];
    if (token?.kind === 'newline' || isMark(token, ':', ')', '{', ';', ']', '}') || isName(token, 'do', 'if')) return at;
    if (isMark(token, '(', '[')) at = skipTo(program, at);
  }
  return program.tokens.length;
}

function imported(program: Program, at: number, aliases: Map<string, string>): void {
  const { tokens, language } = program;
  if (language === 'python' && isName(tokens[at], 'from', 'import') && startsStatement(tokens[at - 1])) importedPython(program, at, aliases);
  if (language !== 'javascript') return;
  // `const { rmSync: rm } = require('fs')` and `import { rm as x } from 'fs'`.
  if (isMark(tokens[at], '{')) {
    const close = skipTo(program, at);
    const module = close > at ? moduleBehind(program, close) : undefined;
    if (module === undefined) return;
    for (const part of partsOf(program, { from: at + 1, to: close })) {
      const names = tokens.slice(part.from, part.to).filter((token) => token.kind === 'name' && token.text !== 'as' && token.text !== 'type');
      const [original, renamed = original] = names;
      if (original && renamed) aliases.set(renamed.text, `${module}.${original.text}`);
    }
  }
  // `import fs from 'fs'`, `import * as fs from 'fs'`.
  if (isName(tokens[at], 'from') && tokens[at + 1]?.kind === 'string' && tokens[at - 1]?.kind === 'name') {
    const module = moduleName(tokens[at + 1]?.text ?? '');
    if (!aliases.has(tokens[at - 1]?.text ?? '')) aliases.set(tokens[at - 1]?.text ?? '', module);
  }
}

function startsStatement(before: CodeToken | undefined): boolean {
  return before === undefined || before.kind === 'newline' || isMark(before, ';', ':');
}

/** The module that braces take names from. */
function moduleBehind(program: Program, close: number): string | undefined {
  const { tokens } = program;
  if (isName(tokens[close + 1], 'from') && tokens[close + 2]?.kind === 'string') return moduleName(tokens[close + 2]?.text ?? '');
  if (!isMark(tokens[close + 1], '=')) return undefined;
  const at = isName(tokens[close + 2], 'await') ? close + 3 : close + 2;
  const module = requiredModule(program, at);
  if (module !== undefined) return module;
  const name = tokens[at];
  return name?.kind === 'name' && /^(?:fs|child_process|cp|shell|Deno|Bun|promises)$/.test(name.text) ? moduleName(name.text) : undefined;
}

/** `import a.b as c, d`, `from a import b as c, d`. */
function importedPython(program: Program, at: number, aliases: Map<string, string>): void {
  const { tokens } = program;
  const line = tokens.slice(at, at + 80);
  const stop = line.findIndex((token, index) => index > 0 && (token.kind === 'newline' || isMark(token, ';')));
  const words = (stop < 0 ? line : line.slice(0, stop)).filter((token) => !isMark(token, '(', ')'));
  const importAt = words.findIndex((token) => isName(token, 'import'));
  const isFrom = isName(words[0], 'from') && importAt > 0;
  const module = isFrom ? words.slice(1, importAt).filter((token) => token.kind === 'name').map((token) => token.text).join('.') : '';
  let current: string[] = [];
  let alias: string | undefined;
  let renamed = false;
  const flush = (): void => {
    const name = current.join('.');
    if (name !== '' && (isFrom || alias !== undefined)) aliases.set(alias ?? name, isFrom ? `${module}.${name}` : name);
    current = [];
    alias = undefined;
    renamed = false;
  };
  for (const token of words.slice(importAt + 1)) {
    if (isMark(token, ',')) flush();
    else if (isName(token, 'as')) renamed = true;
    else if (token.kind === 'name' && renamed) alias = token.text;
    else if (token.kind === 'name') current.push(token.text);
  }
  flush();
}

/** Gives parameters of functions the arguments that calls in the same text pass them. */
function parameters(program: Program, calls: readonly CodeCall[], bind: Bind): void {
  const functions = functionsIn(program);
  if (functions.size === 0) return;
  const called = new Set<string>();
  for (const call of calls) {
    const names = functions.get(call.method);
    if (!names) continue;
    called.add(call.method);
    for (const [index, name] of names.entries()) {
      const range = call.args[index];
      if (range) bind(name, { kind: 'value', range: withoutKeyword(program, range) });
    }
  }
  for (const [name, names] of functions) if (!called.has(name)) for (const parameter of names) bind(parameter, { kind: 'parameter', range: { from: 0, to: 0 } });
}

function withoutKeyword(program: Program, range: Range): Range {
  return program.tokens[range.from]?.kind === 'name' && isMark(program.tokens[range.from + 1], '=', ':') ? { from: range.from + 2, to: range.to } : range;
}

/** Parameters by function name. */
function functionsIn(program: Program): ReadonlyMap<string, readonly string[]> {
  const { tokens } = program;
  const functions = new Map<string, readonly string[]>();
  for (let at = 0; at < tokens.length; at++) {
    if (!isName(tokens[at], 'def', 'function', 'fn') || tokens[at + 1]?.kind !== 'name' || !isMark(tokens[at + 2], '(')) {
      arrowFunction(program, at, functions);
      continue;
    }
    functions.set(tokens[at + 1]?.text ?? '', parameterNames(program, { from: at + 3, to: skipTo(program, at + 2) }));
  }
  return functions;
}

/** `const f = (a, b) => …`, `f = lambda a: …`. */
function arrowFunction(program: Program, at: number, functions: Map<string, readonly string[]>): void {
  const { tokens } = program;
  if (tokens[at]?.kind !== 'name' || !isMark(tokens[at + 1], '=')) return;
  const open = isName(tokens[at + 2], 'async') ? at + 3 : at + 2;
  if (!isMark(tokens[open], '(')) return;
  const close = skipTo(program, open);
  if (isMark(tokens[close + 1], '=>')) functions.set(tokens[at]?.text ?? '', parameterNames(program, { from: open + 1, to: close }));
}

function parameterNames(program: Program, range: Range): readonly string[] {
  if (range.to < range.from) return [];
  const names = partsOf(program, range).map((part) => program.tokens.slice(part.from, part.to).find((token) => token.kind === 'name')?.text ?? '');
  return names.filter((name) => name !== 'self' && name !== 'cls');
}

/** The name a call goes by once imports are resolved, in the form the tables use. */
function canonicalName(callee: string, scope: Scope): string {
  const dot = callee.indexOf('.');
  const first = dot < 0 ? callee : callee.slice(0, dot);
  const known = scope.aliases.get(first);
  const name = known === undefined ? callee : `${known}${dot < 0 ? '' : callee.slice(dot)}`;
  return name.replace(/\.promises\./, '.').replace(/^(?:node:|globalThis\.|builtins\.)/, '').replace(/^require\(\)\./, '');
}

/** The call that `require('fs').rmSync(…)` makes names its module in the receiver. */
export function canonicalCall(call: CodeCall, program: Program, scope: Scope): string {
  const module = call.receiver ? requiredModule(program, call.receiver.from) : undefined;
  const name = canonicalName(call.callee, scope);
  return module === undefined ? name : `${module}.${call.callee.split('.').slice(1).filter((part) => part !== 'promises').join('.')}`;
}

/** The call at a token, for evaluating. */
export function callHere(program: Program, at: number): CodeCall | undefined {
  return callAt(program, at, new Set());
}
